package process

import (
	"fmt"
	"slices"

	"sysv/daemon"
	"sysv/system"
)

// start is --start.
func (s *ssd) start() int {
	found, _, err := s.finder().Find()
	if err != nil {
		return s.fatal(s.findError(err))
	}
	if len(found) > 0 {
		what := "process"
		if s.exec != nil {
			what = *s.exec
		}
		s.info("%s already running.\n", what)
		return s.nothingDone()
	}
	if s.test {
		s.wouldStart()
		return 0
	}
	s.debug("Starting %s...\n", *s.startAs)
	d := daemon.Start{
		Path: *s.startAs, Args: append([]string{*s.startAs}, s.operands...), Env: s.env, Dir: s.dir,
		Identity: s.identity(), Nice: s.nice, Scheduler: s.scheduler, IOPriority: s.ioPriority, Umask: s.umask,
		Background: s.background, KeepOpen: s.keepOpen,
	}
	if s.root != nil {
		d.Root = *s.root
	}
	if s.output != nil {
		d.Output = *s.output
	}
	if s.makePIDFile {
		d.PIDFile = *s.match.PIDFile
	}
	if !s.background {
		return s.foreground(&d)
	}
	s.debug("Detaching to start %s...\n", *s.startAs)
	return s.detached(&d)
}

// foreground runs the program in this one's place: a process of its own
// becomes the program, and where this is built into a shell the program's
// status is waited for.
func (s *ssd) foreground(d *daemon.Start) int {
	s.Out.Flush()
	d.Exec = self(s.Call) != 0
	child, err := d.Run(s.Process)
	if err != nil {
		return s.fatal(err)
	}
	return wait(s.Call, child)
}

// detached starts a background process and, if asked to, waits until it says
// that it is ready.
func (s *ssd) detached(d *daemon.Start) int {
	var ready system.NotifySocket
	if s.notifyAwait {
		var err error
		if ready, err = s.listen(); err != nil {
			return s.fatal(err)
		}
		defer ready.Close()
		d.Env = setenv(d.Env, "NOTIFY_SOCKET", ready.Path())
	}
	s.Out.Flush()
	if _, err := d.Run(s.Process); err != nil {
		s.Errorf("%v", err)
		return s.trouble(ssdRefused)
	}
	s.debug("Detaching complete...\n")
	if ready != nil {
		if err := s.awaitReady(ready); err != nil {
			return s.fatal(err)
		}
	}
	return 0
}

// identity is whom the process becomes: nil where that is who we are.
func (s *ssd) identity() *system.Identity {
	me := s.Sys.Identity()
	id := system.Identity{UID: me.UID, EUID: me.UID, GID: me.GID, EGID: me.GID, Groups: me.Groups}
	if s.changeGroup != nil {
		id.GID, id.EGID = s.gid, s.gid
	}
	if s.changeUser != nil {
		if me.GID != s.gid || me.UID != s.uid {
			id.Groups = system.Users{Sys: s.Sys}.GroupIDs(*s.changeUser, s.gid)
		}
		id.UID, id.EUID = s.uid, s.uid
	}
	if id.UID == me.UID && id.GID == me.GID && slices.Equal(id.Groups, me.Groups) {
		return nil
	}
	return &id
}

func (s *ssd) nothingDone() int {
	if s.okNoDo {
		return 0
	}
	return 1
}

// wouldStart is what --start --test says.
func (s *ssd) wouldStart() {
	if s.quiet > 0 {
		return
	}
	fmt.Fprintf(s.Out, "Would start %s ", *s.startAs)
	for _, a := range s.operands {
		fmt.Fprintf(s.Out, "%s ", a)
	}
	if s.changeUser != nil {
		fmt.Fprintf(s.Out, " (as user %s[%d]", *s.changeUser, s.uid)
		fmt.Fprintf(s.Out, ", and group %s[%d])", *s.changeGroup, s.gid)
	}
	if s.root != nil {
		fmt.Fprintf(s.Out, " in directory %s", *s.root)
	}
	if s.nice != 0 {
		fmt.Fprintf(s.Out, ", and add %d to the priority", s.nice)
	}
	if s.scheduler != nil {
		fmt.Fprintf(s.Out, ", with scheduling policy %s with priority %d", s.schedulerName, s.scheduler.Priority)
	}
	if s.ioPriority != nil {
		fmt.Fprintf(s.Out, ", with IO scheduling class %s with priority %d", s.ioPriorityName, s.ioPriority.Level)
	}
	s.Out.WriteString(".\n")
}

// stop is --stop.
func (s *ssd) stop() int {
	if s.test && s.schedule != nil {
		s.info("Ignoring --retry in test mode\n")
		s.schedule = nil
	}
	what := s.what()
	st := daemon.Stop{
		Finder: s.finder(), Signal: s.signal, Schedule: s.schedule,
		Failed: func(id daemon.Identity, err error) { s.warning("failed to kill %d: %v", id.PID, err) },
		Sent: func(retry int, to []daemon.Identity) {
			if s.quiet >= 0 {
				return
			}
			fmt.Fprintf(s.Out, "Stopped %s (pid", what)
			for _, id := range to {
				fmt.Fprintf(s.Out, " %d", id.PID)
			}
			s.Out.WriteByte(')')
			if retry > 0 {
				fmt.Fprintf(s.Out, ", retry #%d", retry)
			}
			s.Out.WriteString(".\n")
		},
	}
	if s.test {
		st.Before = func(id daemon.Identity, sig system.Signal) bool {
			s.info("Would send signal %d to %d.\n", sig, id.PID)
			return false
		}
	}
	r, err := st.Run(s.Ctx)
	if err != nil {
		if s.Ctx.Err() != nil {
			return s.trouble(ssdRefused)
		}
		return s.fatal(s.findError(err))
	}
	if s.schedule != nil && r.Left > 0 {
		s.info("Program %s, %d process(es), refused to die.\n", what, r.Left)
		return ssdRefused
	}
	if s.schedule == nil && r.NotSignalled > 0 {
		s.info("%d pids were not killed\n", r.NotSignalled)
	}
	if s.removePIDFile && !s.test {
		if err := s.Unlink(*s.match.PIDFile); err != nil && err != system.ENOENT {
			return s.fatal(&daemon.Error{Text: "cannot remove pidfile '" + *s.match.PIDFile + "'", Err: err})
		}
	}
	if r.Signalled {
		return 0
	}
	s.info("No %s found running; none killed.\n", what)
	return s.nothingDone()
}

// what is how messages call that which shall be stopped.
func (s *ssd) what() string {
	switch {
	case s.match.Name != nil:
		return *s.match.Name
	case s.exec != nil:
		return *s.exec
	case s.match.PIDFile != nil:
		return "process in pidfile '" + *s.match.PIDFile + "'"
	case s.match.PID > 0:
		return fmt.Sprintf("process with pid %d", s.match.PID)
	case s.match.PPID > 0:
		return fmt.Sprintf("process(es) with parent pid %d", s.match.PPID)
	}
	return "process(es) owned by '" + *s.user + "'"
}
