package process

import (
	"fmt"
	"strings"

	"sysv/daemon"
	"sysv/system"
	"sysv/utility/call"
)

// ssd is one run of start-stop-daemon(8), as of dpkg 1.21.22 (and --pidof,
// which 1.23.8 added).
type ssd struct {
	*call.Call
	action string // "start", "stop", "status", "pidof" or ""
	match  daemon.Criteria

	exec, user, startAs           *string
	test, okNoDo                  bool
	quiet                         int // 1 with --quiet, -1 with --verbose
	background, keepOpen          bool
	output                        *string
	notifyAwait                   bool
	notifyTimeout                 int // seconds
	makePIDFile, removePIDFile    bool
	signal                        system.Signal
	schedule                      []daemon.Step
	changeUser, changeGroup       *string
	uid, gid                      int
	root                          *string
	dir                           string
	nice                          int
	scheduler                     *system.Scheduler
	ioPriority                    *system.IOPriority
	schedulerName, ioPriorityName string
	umask                         *system.Mode
	operands, env                 []string

	// Options' arguments that are only looked at when all have been read.
	pidText, ppidText, signalText, retryText, procText, ioText, umaskText, notifyTimeoutText *string
}

// Exit statuses of start-stop-daemon, beyond 0 and 1 (nothing done).
const (
	ssdRefused     = 2 // the processes would not die, or any other failure
	ssdUsage       = 3
	ssdNotKnown    = 4 // of --status, for both
	ssdNotifyLimit = 60
)

// StartStopDaemon is start-stop-daemon.
func StartStopDaemon(c *call.Call) int {
	s := &ssd{Call: c, signal: system.SIGTERM, dir: "/", uid: -1, gid: -1, notifyTimeout: ssdNotifyLimit, env: c.Env}
	if status, done := s.options(); done {
		return status
	}
	if status, ok := s.usage(); !ok {
		return status
	}
	if err := s.setup(); err != nil {
		return s.fatal(err)
	}
	switch s.action {
	case "start":
		return s.start()
	case "stop":
		return s.stop()
	}
	found, state, err := s.finder().Find()
	if err != nil {
		return s.fatal(s.findError(err))
	}
	if s.action == "pidof" {
		for _, id := range found {
			fmt.Fprintln(s.Out, id.PID)
		}
	}
	return int(state)
}

// info prints unless --quiet was given, debug only with --verbose.
func (s *ssd) info(format string, args ...any) {
	if s.quiet <= 0 {
		fmt.Fprintf(s.Out, format, args...)
	}
}

func (s *ssd) debug(format string, args ...any) {
	if s.quiet < 0 {
		fmt.Fprintf(s.Out, format, args...)
	}
}

func (s *ssd) warning(format string, args ...any) {
	s.Errorf("warning: "+format, args...)
}

// fatal prints what went wrong and gives the status for it.
func (s *ssd) fatal(err error) int {
	s.Errorf("%v", err)
	return s.trouble(ssdRefused)
}

// trouble is the status of a failure: a --status cannot tell then.
func (s *ssd) trouble(status int) int {
	if s.action == "status" || s.action == "pidof" {
		return ssdNotKnown
	}
	return status
}

// bad is a usage error.
func (s *ssd) bad(message string) int {
	if message != "" {
		s.Errorf("%s", message)
	}
	s.Hint()
	return s.trouble(ssdUsage)
}

// findError gives a failed search dpkg's words.
func (s *ssd) findError(err error) error {
	if e, ok := err.(*daemon.Error); ok {
		return e
	}
	if err == system.ENOENT {
		return &daemon.Error{Text: "nothing in /proc - not mounted?"}
	}
	return &daemon.Error{Text: "unable to opendir /proc", Err: err}
}

func (s *ssd) finder() *daemon.Finder {
	m := s.match
	m.Absent = s.action == "stop"
	return daemon.NewFinder(s.Process, m)
}

// setup looks up the program, the users and the groups.
func (s *ssd) setup() error {
	if s.exec != nil {
		if !strings.HasPrefix(*s.exec, "/") {
			path := s.dir + "/" + *s.exec
			s.exec = &path
		}
		path := *s.exec
		if s.root != nil {
			path = *s.root + "/" + path
		}
		st, err := s.Stat(path)
		if err != nil {
			return &daemon.Error{Text: "unable to stat " + path, Err: err}
		}
		s.match.Exec = &st
	}
	if s.root != nil {
		s.match.Root = s.Abs(*s.root)
	}
	users := system.Users{Sys: s.Sys}
	if s.user != nil {
		uid, ok := daemon.Unsigned(*s.user)
		if !ok {
			u, found := users.User(*s.user)
			if !found {
				return &daemon.Error{Text: "user '" + *s.user + "' not found"}
			}
			uid = u.UID
		}
		s.match.User = &uid
	}
	if s.changeGroup != nil {
		gid, ok := daemon.Unsigned(*s.changeGroup)
		if !ok {
			g, found := users.Group(*s.changeGroup)
			if !found {
				return &daemon.Error{Text: "group '" + *s.changeGroup + "' not found"}
			}
			gid = g.GID
		}
		s.gid = gid
	}
	if s.changeUser == nil {
		return nil
	}
	var u system.User
	uid, found := daemon.Unsigned(*s.changeUser)
	if found {
		u, found = users.UserByID(uid)
	} else {
		u, found = users.User(*s.changeUser)
	}
	if !found {
		return &daemon.Error{Text: "user '" + *s.changeUser + "' not found"}
	}
	s.changeUser, s.uid = &u.Name, u.UID
	if s.changeGroup == nil {
		none := ""
		s.changeGroup, s.gid = &none, u.GID
	}
	if _, err := s.Stat(u.Home); err == nil {
		s.env = setenv(s.env, "HOME", u.Home)
	}
	return nil
}

// setenv gives an environment in which name has this value, in the place
// where it was.
func setenv(env []string, name, value string) []string {
	out := make([]string, 0, len(env)+1)
	done := false
	for _, kv := range env {
		if n, _, _ := strings.Cut(kv, "="); n == name {
			if !done {
				out = append(out, name+"="+value)
			}
			done = true
			continue
		}
		out = append(out, kv)
	}
	if !done {
		out = append(out, name+"="+value)
	}
	return out
}
