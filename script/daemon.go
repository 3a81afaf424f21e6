package script

import "strings"

// Daemon is what a script's daemon is, as far as its text tells.
type Daemon struct {
	// Path is its program.
	Path string
	// PIDFile is the file for its pid.
	PIDFile string
	// Name is the name by which its processes are found.
	Name string
	// Start is the command that starts it, or nil.
	Start *Call
}

// StartStop is a call of start-stop-daemon: what its options say. Values have
// constants put in ([Script.Expand]).
type StartStop struct {
	Call *Call
	// Args are the arguments, those taken apart that the shell takes apart.
	Args []string
	// Command is "start", "stop" or "status", "" where none is known.
	Command                                   string
	Exec, StartAs, PIDFile, Name, User, Chuid string
	Signal, Retry, Chdir                      string
	OkNoDo, Test, Background, MakePID, Quiet  bool
	RemovePID, NotifyAwait                    bool
	HasPID, HasUser, HasPPID                  bool
	// Rest are the arguments behind "--".
	Rest []string
	// Opaque says that an argument is not known and could be any option.
	Opaque bool
}

// StartStop is what a call of start-stop-daemon says, nil for another command.
// It must not be changed.
func (s *Script) StartStop(c *Call) *StartStop { return c.startStop }

// readStartStop reads a call of start-stop-daemon with these arguments.
func readStartStop(c *Call, args []string) *StartStop {
	o := &StartStop{Call: c, Args: args}
	for i := 0; i < len(args); i++ {
		a := args[i]
		next := func() string {
			if i++; i < len(args) {
				return args[i]
			}
			return ""
		}
		switch {
		case a == "--":
			o.Rest = args[i+1:]
			return o
		case strings.HasPrefix(a, "--"):
			name, value, has := strings.Cut(a[2:], "=")
			if o.long(name) {
				if !has {
					value = next()
				}
				o.set(name, value)
			} else {
				o.set(name, "")
			}
		case len(a) > 1 && a[0] == '-':
			for j := 1; j < len(a); j++ {
				name := longName(a[j])
				if !o.long(name) {
					o.set(name, "")
					continue
				}
				value := a[j+1:]
				if value == "" {
					value = next()
				}
				o.set(name, value)
				break
			}
		case strings.HasPrefix(a, "$"):
			o.Opaque = true
		}
	}
	return o
}

// long says that an option takes an argument.
func (o *StartStop) long(name string) bool {
	switch name {
	case "exec", "startas", "pidfile", "name", "user", "chuid", "signal", "retry", "chdir", "group", "chroot",
		"nicelevel", "procsched", "iosched", "umask", "ppid", "pid", "notify-timeout", "output", "remove-on-exit":
		return true
	}
	return false
}

func longName(c byte) string {
	switch c {
	case 'S':
		return "start"
	case 'K':
		return "stop"
	case 'T':
		return "status"
	case 'x':
		return "exec"
	case 'a':
		return "startas"
	case 'p':
		return "pidfile"
	case 'n':
		return "name"
	case 'u':
		return "user"
	case 'c':
		return "chuid"
	case 's':
		return "signal"
	case 'R':
		return "retry"
	case 'd':
		return "chdir"
	case 'g':
		return "group"
	case 'r':
		return "chroot"
	case 'N':
		return "nicelevel"
	case 'P':
		return "procsched"
	case 'I':
		return "iosched"
	case 'k':
		return "umask"
	case 'O':
		return "output"
	case 'o':
		return "oknodo"
	case 't':
		return "test"
	case 'b':
		return "background"
	case 'm':
		return "make-pidfile"
	case 'q':
		return "quiet"
	}
	return ""
}

func (o *StartStop) set(name, value string) {
	switch name {
	case "start", "stop", "status":
		o.Command = name
	case "exec":
		o.Exec = value
	case "startas":
		o.StartAs = value
	case "pidfile":
		o.PIDFile = value
	case "name":
		o.Name = value
	case "user":
		o.User, o.HasUser = value, true
	case "chuid":
		o.Chuid = value
	case "signal":
		o.Signal = value
	case "retry":
		o.Retry = value
	case "chdir":
		o.Chdir = value
	case "oknodo":
		o.OkNoDo = true
	case "test":
		o.Test = true
	case "background":
		o.Background = true
	case "make-pidfile":
		o.MakePID = true
	case "remove-pidfile":
		o.RemovePID = true
	case "notify-await":
		o.NotifyAwait = true
	case "quiet":
		o.Quiet = true
	case "pid":
		o.HasPID = true
	case "ppid":
		o.HasPPID = true
	}
}

// findDaemon looks at what starts a daemon, and at the names that variables
// and headers give.
func (s *Script) findDaemon() {
	d := &s.Daemon
	for _, c := range s.Calls {
		if o := s.StartStop(c); o != nil && o.Command == "start" && !o.Test && d.Start == nil {
			d.Start, d.Path, d.PIDFile, d.Name = c, o.Exec, o.PIDFile, o.Name
			if o.StartAs != "" && d.Path == "" {
				d.Path = o.StartAs
			}
		}
	}
	if d.Start == nil {
		for _, c := range s.Calls {
			switch c.Name {
			case "daemon", "start_daemon", "startproc":
				if c.Function == nil && d.Start == nil {
					d.Start = c
					s.launched(c)
				}
			}
		}
	}
	if d.Path == "" {
		d.Path = s.firstVariable("DAEMON", "daemon", "prog", "PROG", "exec", "BIN")
	}
	if d.PIDFile == "" {
		d.PIDFile = s.firstVariable("PIDFILE", "pidfile", "PIDFile", "PID_FILE", "PID")
	}
	if d.Name == "" {
		d.Name = s.firstVariable("NAME", "name")
	}
}

// launched reads the options of the libraries' commands that start a daemon.
func (s *Script) launched(c *Call) {
	for i := 0; i < len(c.Args); i++ {
		a := c.Args[i]
		switch {
		case a == "-p" || a == "--pidfile":
			i++
			s.Daemon.PIDFile = c.Arg(i)
		case strings.HasPrefix(a, "--pidfile="):
			s.Daemon.PIDFile = a[len("--pidfile="):]
		case a == "-u" || a == "-l" || a == "-n" || a == "--user" || a == "--check":
			i++
		case a == "--" || strings.HasPrefix(a, "-") || strings.HasPrefix(a, "+"):
		default:
			s.Daemon.Path = a
			return
		}
	}
}

func (s *Script) firstVariable(names ...string) string {
	for _, n := range names {
		if v, ok := s.Variable(n); ok && v != "" {
			return v
		}
	}
	return ""
}
