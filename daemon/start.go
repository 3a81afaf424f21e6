package daemon

import (
	"fmt"
	"strconv"

	"sysv/system"
)

// Start is a program to be started as start-stop-daemon(8) does it. The zero
// value of each field but Path, Args and Dir asks for nothing.
type Start struct {
	// Path is the program: not looked up on any PATH, relative to Dir, and
	// inside Root. Args is the whole argument vector.
	Path string
	Args []string
	Env  []string
	// Dir is the working directory, inside Root.
	Dir  string
	Root string
	// Identity is whom to become; nil is nobody else. User is how the user
	// was called, for messages.
	Identity *system.Identity
	User     string

	Nice       int
	Scheduler  *system.Scheduler
	IOPriority *system.IOPriority
	// Umask replaces the process's.
	Umask *system.Mode
	// PIDFile is where the pid is written, outside of Root.
	PIDFile string
	// Background makes it a daemon: in a session without a leader, a child of
	// init, with /dev/null as its standard input.
	Background bool
	// Exec makes this process become the program, instead of a new one.
	Exec bool
	// KeepOpen leaves the descriptors of a Background process as they are.
	KeepOpen bool
	// Output is where standard output and standard error of a Background
	// process go, added to the end; "" is /dev/null, or with KeepOpen what
	// they were.
	Output string
}

// backgroundPIDFileMode is the mode of the pid file of a background process,
// whatever the umask is: dpkg makes it under umask 022. The other one is made
// under the umask that the program gets.
const backgroundPIDFileMode = 0o644

// Run starts it, and returns as soon as the program runs. What can be known to
// fail is found out before anything is changed, and in dpkg's order. The error
// is an [*Error].
func (s *Start) Run(p *system.Process) (system.Child, error) {
	p = p.Fork()
	defer p.Files.CloseAll()
	if s.Umask != nil {
		p.Umask = *s.Umask & 0o777
	}
	cmd := p.Command(s.program(), s.Args)
	cmd.Env, cmd.Dir, cmd.Root = s.Env, p.Abs(s.Dir), s.Root
	cmd.Nice, cmd.Scheduler, cmd.IOPriority = s.Nice, s.Scheduler, s.IOPriority
	cmd.Identity = s.Identity
	if s.Root != "" {
		cmd.Root = p.Abs(s.Root)
		if s.Dir != "" && s.Dir[0] != '/' {
			cmd.Dir = "/" + s.Dir
		}
	}
	if s.Background {
		cmd.Setsid, cmd.Detach = true, true
	}
	if s.PIDFile != "" {
		if err := s.makePIDFile(p); err != nil {
			return nil, err
		}
		// Inside a new root the path means another file, and so it is
		// written from here, a moment later.
		if s.Root == "" {
			cmd.PIDFile = p.Abs(s.PIDFile)
		}
	}
	if s.Background {
		files, err := s.files(p, cmd.Files)
		if err != nil {
			return nil, err
		}
		cmd.Files = files
	}
	if err := s.check(p, cmd); err != nil {
		return nil, err
	}
	if s.Exec {
		if s.PIDFile != "" && s.Root != "" {
			if err := writePIDFile(p, s.PIDFile, p.Sys.Getpid()); err != nil {
				return nil, err
			}
		}
		return nil, &Error{"unable to start " + s.Path, p.Sys.Exec(cmd)}
	}
	child, err := p.Sys.Start(cmd)
	if err != nil {
		return nil, &Error{"unable to start " + s.Path, err}
	}
	if s.PIDFile != "" && s.Root != "" {
		if err := writePIDFile(p, s.PIDFile, child.PID()); err != nil {
			return child, err
		}
	}
	return child, nil
}

// program is the absolute path, inside Root.
func (s *Start) program() string {
	if s.Path == "" || s.Path[0] == '/' {
		return s.Path
	}
	return s.Dir + "/" + s.Path
}

// makePIDFile makes the file, empty, so that a path that cannot be written is
// known before the program runs.
func (s *Start) makePIDFile(p *system.Process) error {
	if s.Background {
		was := p.Umask
		p.Umask = 0o666 &^ backgroundPIDFileMode
		defer func() { p.Umask = was }()
	}
	f, err := p.Open(s.PIDFile, system.Create|system.WriteOnly|system.Truncate|system.NoFollow, 0o666)
	if err != nil {
		return &Error{"unable to open pidfile '" + s.PIDFile + "' for writing", err}
	}
	f.Close()
	return nil
}

func writePIDFile(p *system.Process, path string, pid int) error {
	f, err := p.Open(path, system.WriteOnly|system.Truncate|system.NoFollow, 0)
	if err != nil {
		return &Error{"unable to open pidfile '" + path + "' for writing", err}
	}
	defer f.Close()
	if err := system.WriteAll(f, []byte(strconv.Itoa(pid)+"\n")); err != nil {
		return &Error{"unable to close pidfile '" + path + "'", err}
	}
	return nil
}

// files are the descriptors of a background process. What is opened here goes
// into p's table, to be closed with it.
func (s *Start) files(p *system.Process, was []system.File) ([]system.File, error) {
	files := append([]system.File(nil), was...)
	output := s.Output
	if !s.KeepOpen {
		if output == "" {
			output = "/dev/null"
		}
		null, err := p.Open("/dev/null", system.ReadOnly, 0)
		if err != nil {
			return nil, &Error{"unable to open '/dev/null'", err}
		}
		p.Files.Set(0, null)
		files = make([]system.File, max(len(was), lastDescriptor(p.Sys)+1))
		files[0] = null
	}
	if output != "" {
		out, err := p.Open(output, system.Create|system.WriteOnly|system.Append, 0o664)
		if err != nil {
			return nil, &Error{"unable to open '" + output + "'", err}
		}
		p.Files.Set(1, out)
		files[1], files[2] = out, out
	}
	return files, nil
}

// lastDescriptor is the highest descriptor that this process has open: each
// has to be named to be closed for the program.
func lastDescriptor(sys system.System) int {
	last := 2
	list, _ := sys.ReadDir("/proc/self/fd")
	for _, e := range list {
		if n, ok := number(e.Name); ok && n > last {
			last = n
		}
	}
	return last
}

// check finds out what [system.Processes.Start] would fail at, since its error
// number alone does not say which step it was.
func (s *Start) check(p *system.Process, cmd *system.Command) error {
	me := p.Sys.Identity()
	root := me.EUID == 0
	if s.Nice < 0 && !root {
		return &Error{fmt.Sprintf("unable to alter nice level by %d", s.Nice), system.EPERM}
	}
	if s.Scheduler != nil && s.Scheduler.Policy != 0 && !root {
		return &Error{"unable to set process scheduler", system.EPERM}
	}
	if cmd.Root != "" {
		if err := directory(p.Sys, cmd.Root); err != nil {
			return &Error{"unable to chdir() to " + s.Root, err}
		}
		if !root {
			return &Error{"unable to chroot() to " + s.Root, system.EPERM}
		}
	}
	if err := directory(p.Sys, cmd.Root+cmd.Dir); err != nil {
		return &Error{"unable to chdir() to " + s.Dir, err}
	}
	if s.Identity == nil || root {
		return nil
	}
	if s.Identity.GID != me.GID {
		return &Error{fmt.Sprintf("unable to set gid to %d", s.Identity.GID), system.EPERM}
	}
	if s.Identity.UID != me.UID {
		return &Error{fmt.Sprintf("unable to set initgroups() with gid %d", s.Identity.GID), system.EPERM}
	}
	return nil
}

func directory(sys system.System, path string) error {
	st, err := sys.Stat(path)
	if err != nil {
		return err
	}
	if !st.Mode.IsDir() {
		return system.ENOTDIR
	}
	return sys.Access(path, system.ExecuteOK)
}
