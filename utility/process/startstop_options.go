package process

import (
	"errors"
	"strconv"
	"strings"

	"sysv/daemon"
	"sysv/system"
)

const ssdShort = "HKSVTa:n:op:qr:s:tu:vx:c:N:P:I:k:bCO:mR:g:d:"

// options reads the options; done tells that the run is over with status.
func (s *ssd) options() (status int, done bool) {
	in := scan(s.Call, ssdShort,
		"help>H", "stop>K", "start>S", "status>T", "version>V", "startas=>a", "name=>n", "oknodo>o", "pid=", "ppid=",
		"pidfile=>p", "quiet>q", "signal=>s", "test>t", "user=>u", "group=>g", "chroot=>r", "verbose>v", "exec=>x",
		"chuid=>c", "nicelevel=>N", "procsched=>P", "iosched=>I", "umask=>k", "background>b", "notify-await",
		"notify-timeout=", "no-close>C", "output=>O", "make-pidfile>m", "remove-pidfile", "retry=>R", "chdir=>d", "pidof")
	for {
		name, arg := in.next()
		switch name {
		case "":
			s.operands = in.operands
			return 0, false
		case bad:
			return s.bad(""), true
		case "H":
			s.Out.WriteString(ssdHelp)
			return 0, true
		case "V":
			s.Out.WriteString(ssdVersion)
			return 0, true
		case "K", "S", "T", "pidof":
			action := ssdAction(name)
			if s.action != "" && s.action != action {
				return s.bad("only one command can be specified"), true
			}
			s.action = action
		case "c":
			user, group, has := strings.Cut(arg, ":")
			s.changeUser = &user
			if has && group == "" {
				return s.fatal(&daemon.Error{Text: "missing group name"}), true
			}
			if has {
				s.changeGroup = &group
			}
		default:
			s.option(name, arg)
		}
	}
}

// option takes one that nothing can be wrong with by itself.
func (s *ssd) option(name, arg string) {
	switch name {
	case "a":
		s.startAs = &arg
	case "n":
		s.match.Name = &arg
	case "o":
		s.okNoDo = true
	case "pid":
		s.pidText = &arg
	case "ppid":
		s.ppidText = &arg
	case "p":
		s.match.PIDFile = &arg
	case "q":
		s.quiet = 1
	case "s":
		s.signalText = &arg
	case "t":
		s.test = true
	case "u":
		s.user = &arg
	case "v":
		s.quiet = -1
	case "x":
		s.exec = &arg
	case "g":
		s.changeGroup = &arg
	case "r":
		s.root = &arg
	case "N":
		s.nice = atoi(arg)
	case "P":
		s.procText = &arg
	case "I":
		s.ioText = &arg
	case "k":
		s.umaskText = &arg
	case "b":
		s.background = true
	case "notify-await":
		s.notifyAwait = true
	case "notify-timeout":
		s.notifyTimeoutText = &arg
	case "C":
		s.keepOpen = true
	case "O":
		s.output = &arg
	case "m":
		s.makePIDFile = true
	case "remove-pidfile":
		s.removePIDFile = true
	case "R":
		s.retryText = &arg
	case "d":
		s.dir = arg
	}
}

// usage checks the options together, in dpkg's order.
func (s *ssd) usage() (status int, ok bool) {
	switch err := s.values().(type) {
	case nil:
	case *daemon.Error:
		return s.fatal(err), false
	default:
		return s.bad(err.Error()), false
	}
	if s.output != nil && !strings.HasPrefix(*s.output, "/") {
		return s.bad("--output file needs to be an absolute filename"), false
	}
	if s.notifyTimeoutText != nil {
		n, ok := daemon.Unsigned(*s.notifyTimeoutText)
		if !ok {
			return s.bad("invalid notify timeout value"), false
		}
		s.notifyTimeout = n
	}
	if s.action == "" {
		return s.bad("need one of --start or --stop or --status"), false
	}
	if s.exec == nil && s.match.Name == nil && s.user == nil && s.pidText == nil && s.ppidText == nil && s.match.PIDFile == nil {
		return s.bad("need at least one of --exec, --pid, --ppid, --pidfile, --user or --name"), false
	}
	if s.match.Name != nil && len(*s.match.Name) > 15 {
		s.warning("this system is not able to track process names\n" +
			"longer than 15 characters, please use --exec instead of --name.")
	}
	if s.startAs == nil && s.exec != nil {
		path := *s.exec
		s.startAs = &path
	}
	switch {
	case s.action == "start" && s.startAs == nil:
		return s.bad("--start needs --exec or --startas"), false
	case s.makePIDFile && s.match.PIDFile == nil:
		return s.bad("--make-pidfile requires --pidfile"), false
	case s.removePIDFile && s.match.PIDFile == nil:
		return s.bad("--remove-pidfile requires --pidfile"), false
	case s.pidText != nil && s.match.PIDFile != nil:
		return s.bad("need either --pid or --pidfile, not both"), false
	case s.background && s.action != "start":
		return s.bad("--background is only relevant with --start"), false
	case s.keepOpen && !s.background:
		return s.bad("--no-close is only relevant with --background"), false
	case s.output != nil && !s.background:
		return s.bad("--output is only relevant with --background"), false
	}
	return 0, true
}

// values reads the options' arguments, and gives the message about the first
// that is wrong.
func (s *ssd) values() error {
	var ok bool
	if s.pidText != nil {
		if s.match.PID, ok = daemon.Unsigned(*s.pidText); !ok || s.match.PID == 0 {
			return errors.New("pid value must be a number greater than 0")
		}
	}
	if s.ppidText != nil {
		if s.match.PPID, ok = daemon.Unsigned(*s.ppidText); !ok || s.match.PPID == 0 {
			return errors.New("ppid value must be a number greater than 0")
		}
	}
	if s.signalText != nil {
		if s.signal, ok = daemon.ParseSignal(*s.signalText); !ok {
			return errors.New("signal value must be numeric or name of signal (KILL, INT, ...)")
		}
	}
	if s.retryText != nil {
		steps, err := daemon.ParseSchedule(*s.retryText, s.signal)
		if err != nil {
			return err
		}
		s.schedule = steps
	}
	if s.procText != nil {
		if err := s.parseScheduler(*s.procText); err != nil {
			return err
		}
	}
	if s.ioText != nil {
		if err := s.parseIOPriority(*s.ioText); err != nil {
			return err
		}
	}
	if s.umaskText != nil {
		n, ok := anyBase(*s.umaskText)
		if !ok {
			return errors.New("umask value must be a positive number")
		}
		m := system.Mode(n)
		s.umask = &m
	}
	return nil
}

func (s *ssd) parseScheduler(text string) error {
	policy, prio, has := strings.Cut(text, ":")
	n := 0
	if has {
		var ok bool
		if n, ok = daemon.Unsigned(prio); !ok {
			return &daemon.Error{Text: "invalid process scheduler priority"}
		}
	}
	s.schedulerName = policy
	lowest := 1
	switch policy {
	case "other":
		s.scheduler, lowest, n = &system.Scheduler{Policy: 0}, 0, 0
	case "fifo":
		s.scheduler = &system.Scheduler{Policy: 1, Priority: n}
	case "rr":
		s.scheduler = &system.Scheduler{Policy: 2, Priority: n}
	default:
		return errors.New("invalid process scheduler policy")
	}
	// sched_get_priority_min(2) and max on Linux: 1 to 99 for real time.
	if n < lowest {
		return errors.New("process scheduler priority less than min")
	}
	if n > 99 {
		return errors.New("process scheduler priority greater than max")
	}
	return nil
}

func (s *ssd) parseIOPriority(text string) error {
	class, prio, has := strings.Cut(text, ":")
	n := 4
	if has {
		var ok bool
		if n, ok = daemon.Unsigned(prio); !ok {
			return &daemon.Error{Text: "invalid IO scheduler priority"}
		}
	}
	s.ioPriorityName = class
	switch class {
	case "real-time":
		s.ioPriority = &system.IOPriority{Class: 1, Level: n}
	case "best-effort":
		s.ioPriority = &system.IOPriority{Class: 2, Level: n}
	case "idle":
		s.ioPriority, n = &system.IOPriority{Class: 3, Level: 7}, 7
	default:
		return errors.New("invalid IO scheduler policy")
	}
	if n > 7 {
		return errors.New("IO scheduler priority greater than max")
	}
	return nil
}

// atoi is C's: what is no number counts as 0.
func atoi(s string) int {
	s = strings.TrimLeft(s, " \t\n\v\f\r")
	end := 0
	for end < len(s) && (s[end] >= '0' && s[end] <= '9' || end == 0 && (s[0] == '-' || s[0] == '+')) {
		end++
	}
	n, _ := strconv.Atoi(s[:end])
	return n
}

func ssdAction(option string) string {
	switch option {
	case "K":
		return "stop"
	case "S":
		return "start"
	case "T":
		return "status"
	}
	return option
}

// anyBase reads a number as strtol(3) does with base 0: 022, 18 or 0x12.
func anyBase(text string) (int, bool) {
	text = strings.TrimLeft(text, " \t\n\v\f\r")
	text = strings.TrimPrefix(text, "+")
	base := 10
	switch {
	case strings.HasPrefix(text, "0x") || strings.HasPrefix(text, "0X"):
		text, base = text[2:], 16
	case strings.HasPrefix(text, "0"):
		base = 8
	}
	n, err := strconv.ParseUint(text, base, 31)
	return int(n), err == nil
}
