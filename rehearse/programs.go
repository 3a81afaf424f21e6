package rehearse

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"sysv/interp"
	"sysv/library/debian"
	"sysv/shell"
	"sysv/system"
	"sysv/system/simulated"
	"sysv/utility"
	"sysv/utility/call"
)

// find gives the model of a program. It is called under the machine's lock.
func (s *stage) find(path string) simulated.Program {
	switch {
	case s.r.isDaemon(path):
		return s.daemon
	case path == debian.InitDScriptPath, path == "/usr"+debian.InitDScriptPath:
		return s.initD
	case isShell(path):
		return s.shell
	case isInterpreter(path):
		return s.interpreter
	}
	if u := utility.Lookup(base(path)); u != nil {
		return func(ctx context.Context, p *system.Process, args []string) int {
			p.Run = shell.RunProgram
			// A utility finds its name in its first argument, as it is called
			// on a machine.
			status, refused := call.Run(ctx, u, p, args)
			if refused == "" {
				return bySignal(ctx, status)
			}
			if base(args[0]) == "ps" && len(args) == 2 && !strings.HasPrefix(args[1], "-") && strings.Trim(args[1], "aefhjlnrsuvwxS0123456789") != "" {
				return 1 // ps(1): neither a pid nor options
			}
			return s.unknown(ctx, p, args)
		}
	}
	return s.unknown
}

// bySignal is the status of a model whose context a signal has ended.
func bySignal(ctx context.Context, status int) int {
	if simulated.EndedBy(ctx) != 0 {
		return simulated.BySignal
	}
	return status
}

// programTime is how long a shell or start-stop-daemon takes to start, more or
// less, on a machine: what a daemon does in two milliseconds is done by then.
const programTime = 3 * time.Millisecond

// shellSteps is how many commands the start of a shell counts for: it costs
// about as much.
const shellSteps = 50

// shell is the model of sh, dash and bash: this module's own.
func (s *stage) shell(ctx context.Context, p *system.Process, args []string) int {
	p.Sys.Sleep(ctx, programTime)
	s.mu.Lock()
	s.steps += shellSteps
	s.mu.Unlock()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	t := &tracer{s: s, p: p}
	if args[0] == interp.SubshellName && len(args) == 2 {
		fd, err := strconv.Atoi(args[1])
		if err != nil {
			return 2
		}
		return bySignal(ctx, shell.ResumeTraced(ctx, p, fd, t))
	}
	o := shell.Options{Name: args[0], Dialect: dialectOf(args[0]), Mode: interp.Prefer, Trace: t}
	rest, flags := args[1:], ""
	for len(rest) > 0 && len(rest[0]) > 1 && rest[0][0] == '-' {
		a := rest[0]
		rest = rest[1:]
		if a == "--" {
			break
		}
		if strings.HasPrefix(a, "--") {
			continue
		}
		flags += a[1:]
		if strings.HasSuffix(a, "o") && len(rest) > 0 {
			rest = rest[1:]
		}
	}
	if len(rest) == 0 {
		return 0 // from standard input, which is empty
	}
	if base(args[0]) == "sh" && s.r.read.dialect == interp.Bash && rest[0] == s.r.at {
		o.Dialect = interp.Bash
	}
	text := ""
	if strings.Contains(flags, "c") {
		text, rest = rest[0], rest[1:]
		if len(rest) > 0 {
			o.Name, o.Args = rest[0], rest[1:]
		}
	} else {
		o.Name, o.Args = rest[0], rest[1:]
	}
	sh := shell.New(p, o)
	for _, f := range []byte(flags) {
		if f != 'c' && f != 's' && f != 'l' && f != 'o' && f != 'i' {
			sh.SetOption(f, true)
		}
	}
	if strings.Contains(flags, "c") {
		return bySignal(ctx, sh.RunText(ctx, text))
	}
	src, err := p.ReadFile(o.Name, maxFile)
	if err != nil {
		return 127
	}
	return bySignal(ctx, sh.RunFile(ctx, src))
}

// initD is the model of Debian's init-d-script, where the tree has none.
func (s *stage) initD(ctx context.Context, p *system.Process, args []string) int {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	o := shell.Options{Name: args[0], Args: args[1:], Mode: interp.Prefer, Trace: &tracer{s: s, p: p}}
	return bySignal(ctx, shell.New(p, o).RunGo(ctx, debian.InitDScript))
}

// interpreter is the model of python and the like: a daemon, if its script is
// one, or a program of which nothing is known.
func (s *stage) interpreter(ctx context.Context, p *system.Process, args []string) int {
	script := scriptArg(args)
	if !s.r.isDaemon(script) {
		return s.unknown(ctx, p, args)
	}
	// A script that is started in place of the program that the init script
	// calls its daemon becomes that.
	for _, d := range s.r.read.daemons() {
		if d == script || !s.r.read.isValue(d) {
			continue
		}
		if i, err := p.Sys.Stat(d); err == nil && i.Mode.IsRegular() && !isText(p, d) {
			s.r.note(script + " is taken to become " + d)
			p.Sys.Exec(p.Command(d, []string{d}))
		}
	}
	return s.daemon(ctx, p, args)
}

// isText tells a program that is a script.
func isText(p *system.Process, path string) bool {
	f, err := p.Open(path, system.ReadOnly, 0)
	if err != nil {
		return false
	}
	defer f.Close()
	b := make([]byte, 2)
	n, _ := f.Read(b)
	return string(b[:n]) == "#!"
}

// unknown is the model of a program that nothing is known of: it succeeds and
// prints nothing, or fails where that is what is being tried.
func (s *stage) unknown(ctx context.Context, p *system.Process, args []string) int {
	if s.o.noNetwork && usesNetwork(base(args[0])) {
		s.mu.Lock()
		s.hanging = true
		s.mu.Unlock()
		simulated.Pause(ctx, p)
		return simulated.BySignal
	}
	if out, status, ok := answers(args); ok {
		system.WriteAll(p.Stdout(), []byte(out))
		return status
	}
	if name := base(args[0]); !isBystander(name) {
		s.mu.Lock()
		if !slices.Contains(s.meddlers, name) {
			s.meddlers = append(s.meddlers, name)
		}
		s.mu.Unlock()
	}
	key := strings.Join(args, " ")
	if len(key) > 200 {
		key = key[:200]
	}
	return s.r.ask(key)
}

// answers are what programs say of a machine that has just been booted, and
// are asked for what they say.
func answers(args []string) (out string, status int, ok bool) {
	first := ""
	if len(args) > 1 {
		first = args[1]
	}
	switch base(args[0]) {
	case "ip", "ifconfig":
		switch first {
		case "addr", "address", "a", "link", "l", "", "-a", "-o":
			return loopback, 0, true
		}
	case "uname":
		return "GNU/Linux\n", 0, first == "-o"
	case "runlevel":
		return "N 2\n", 0, true
	case "systemctl", "initctl", "systemd-notify", "rc-status":
		return "", 1, true // another init runs
	case "systemd-detect-virt", "selinuxenabled":
		return "", 1, true
	case "lsmod":
		return "Module                  Size  Used by\n", 0, true
	}
	return "", 0, false
}

// loopback is the one network interface that every machine has.
const loopback = `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
`

// isBystander tells unknown programs that have nothing to do with a daemon:
// they set the machine up.
func isBystander(name string) bool {
	switch name {
	case "modprobe", "rmmod", "insmod", "depmod", "sysctl", "mount", "umount", "restorecon", "logger", "udevadm", "systemd-tmpfiles", "ldconfig",
		"resolvconf", "lsb_release", "iptables", "ip6tables", "ip", "ifconfig", "route", "setfacl", "dbus-uuidgen", "hostname", "df", "du", "uname",
		"ulimit", "update-rc.d", "dpkg", "dpkg-query", "stty", "tput", "ls", "who", "uptime", "ps", "mktemp", "openssl", "ssh-keygen", "plymouth",
		"swapon", "swapoff", "hwclock", "setupcon", "ionice", "chrt", "numactl", "taskset", "schedtool", "lsof", "getconf", "xargs", "perl", "python3":
		return true
	}
	return strings.HasPrefix(name, "mkfs") || strings.HasPrefix(name, "fsck")
}

// usesNetwork tells programs that wait, by their own time or for ever, for a
// network or a name service that does not answer.
func usesNetwork(name string) bool {
	switch name {
	case "ping", "ping6", "nslookup", "host", "dig", "wget", "curl", "ntpdate", "sntp", "rdate", "dhclient", "udhcpc", "nc", "ncat", "telnet", "ssh", "scp",
		"rsync", "mount.nfs", "showmount", "rpcinfo", "ldapsearch", "smbclient", "ftp", "fetch", "apt-get", "yum", "dnf", "pip", "git":
		return true
	}
	return false
}

// ask gives an unknown program's outcome.
func (r *run) ask(key string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, k := range r.asked {
		if k == key {
			return r.forced[key]
		}
	}
	if len(r.asked) < maxAsked {
		r.asked = append(r.asked, key)
	}
	return r.forced[key]
}

// maxAsked bounds how many unknown programs are remembered.
const maxAsked = 200

// tracer is told of every command of a shell.
type tracer struct {
	s *stage
	p *system.Process
}

// Locate implements [interp.Locator].
func (t *tracer) Locate(file string, line int) {
	if isLibrary(file) {
		return // what a library's function does, the script's line does that calls it
	}
	t.s.mu.Lock()
	t.s.last = t.s.position(file, line)
	t.s.mu.Unlock()
	if l, ok := t.p.Sys.(simulated.Locator); ok {
		l.Locate(file, line)
	}
}

// isLibrary tells files of functions that belong to the distribution.
func isLibrary(file string) bool {
	file = strings.TrimPrefix(file, "/usr")
	return strings.HasPrefix(file, "/lib/lsb/") || strings.HasPrefix(file, "/lib/init/") || strings.HasPrefix(file, "/etc/rc.d/init.d/functions") ||
		strings.HasPrefix(file, "/etc/init.d/functions") || file == "/etc/rc.status" || file == "/etc/rc.common"
}

// Begin implements [interp.Tracer]: it learns what the script's own commands
// say of its daemon, and keeps to the budget.
func (t *tracer) Begin(file string, line int, argv []string) {
	s := t.s
	s.mu.Lock()
	s.steps++
	over := s.steps > s.r.budget.Steps
	if over && s.cut == "" {
		s.cut = "steps"
	}
	s.mu.Unlock()
	if over {
		t.p.Sys.Exit(128 + int(system.SIGKILL))
	}
	s.learnFrom(argv)
	if base(argv[0]) == "start-stop-daemon" {
		t.p.Sys.Sleep(context.Background(), programTime)
	}
}

// End implements [interp.Tracer].
func (t *tracer) End(int) {}

// learnFrom looks at a command that names the daemon or its pid file.
func (s *stage) learnFrom(argv []string) {
	s.r.addAccounts(accountsOf(argv))
	daemon, pidFile := named(argv)
	if daemon != "" {
		s.r.addDaemon(daemon)
		s.r.pair(daemon, pidFile)
		if pidFile == "" && base(argv[0]) != "start-stop-daemon" {
			s.r.addUsual("/var/run/" + base(daemon) + ".pid") // where the LSB's functions look without -p
		}
	}
	if pidFile != "" {
		s.r.addPIDFile(pidFile)
	}
}

// named are the daemon and the pid file that a command names, if it is one
// that is about a daemon.
func named(argv []string) (daemon, pidFile string) {
	switch base(argv[0]) {
	case "start-stop-daemon":
		for i := 1; i < len(argv) && argv[i] != "--"; i++ {
			name, value := argv[i], ""
			if n, v, ok := strings.Cut(argv[i], "="); ok {
				name, value = n, v
			} else if i+1 < len(argv) {
				value = argv[i+1]
			}
			switch {
			case name == "--exec", name == "-x", name == "--startas", name == "-a":
				daemon = value
			case strings.HasPrefix(name, "-x/"), strings.HasPrefix(name, "-a/"):
				daemon = name[2:]
			case name == "--pidfile", name == "-p":
				pidFile = value
			case strings.HasPrefix(name, "-p/"):
				pidFile = name[2:]
			}
		}
	case "start_daemon", "killproc", "pidofproc", "status_of_proc", "daemon", "startproc", "checkproc", "status":
		for i := 1; i < len(argv); i++ {
			switch a := argv[i]; {
			case a == "-p" && i+1 < len(argv):
				i++
				pidFile = argv[i]
			case strings.HasPrefix(a, "--pidfile="):
				pidFile = strings.TrimPrefix(a, "--pidfile=")
			case strings.HasPrefix(a, "/"):
				daemon, _, _ = strings.Cut(a, " ")
				return daemon, pidFile
			}
		}
	}
	return daemon, pidFile
}
