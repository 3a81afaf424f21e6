package host

import (
	"sort"
	"strconv"
	"strings"
	"sync"

	"sysv/system"
	"sysv/utility/call"
	"sysv/utility/regex"
)

// runParts is one run of run-parts.
type runParts struct {
	c                             *call.Call
	test, list, verbose, report   bool
	reverse, exitOnError, sysinit bool
	pattern                       *regex.Regexp
	args                          []string
	umask                         system.Mode
	status                        int
}

// RunParts is run-parts(8) of debianutils, with --test, --list, --verbose,
// --report, --reverse, --exit-on-error, --lsbsysinit, --regex, --arg and
// --umask.
func RunParts(c *call.Call) int {
	r := &runParts{c: c, umask: 0o022}
	opts, dirs, unknown, ok := c.Getopt("va:u:", "verbose>v", "arg=>a", "umask=>u", "test", "list", "report", "reverse", "exit-on-error",
		"lsbsysinit", "regex=")
	if !ok {
		return badOption(c, unknown, 1)
	}
	for _, o := range opts {
		switch o.Name {
		case "v":
			r.verbose = true
		case "a":
			r.args = append(r.args, o.Arg)
		case "u":
			n, err := strconv.ParseUint(o.Arg, 8, 32)
			if err != nil {
				return c.Fail("bad umask value")
			}
			r.umask = system.Mode(n) & 0o777
		case "test":
			r.test = true
		case "list":
			r.list = true
		case "report":
			r.report = true
		case "reverse":
			r.reverse = true
		case "exit-on-error":
			r.exitOnError = true
		case "lsbsysinit":
			r.sysinit = true
		case "regex":
			re, err := regex.Compile(o.Arg, regex.Extended)
			if err != nil {
				return c.Refuse("--regex=" + o.Arg)
			}
			r.pattern = re
		}
	}
	if len(dirs) != 1 {
		return r.usage("missing operand")
	}
	if r.test && r.list {
		return r.usage("--list and --test can not be used together")
	}
	return r.run(dirs[0])
}

// usage is this program's own form of a usage error.
func (r *runParts) usage(message string) int {
	r.c.Errorf("%s", message)
	write(r.c, r.c.Stderr(), "Try `"+r.c.Name()+" --help' for more information.\n")
	return 1
}

func (r *runParts) run(dir string) int {
	c := r.c
	entries, err := c.ReadDir(dir)
	if err != nil {
		return c.Fail("failed to open directory %s: %v", dir, err)
	}
	var names []string
	for _, e := range entries {
		if r.valid(e.Name) {
			names = append(names, e.Name)
		}
	}
	sort.Strings(names)
	if r.reverse {
		sort.Sort(sort.Reverse(sort.StringSlice(names)))
	}
	for _, name := range names {
		if c.Stop() {
			return 1
		}
		if !r.part(dir+"/"+name) && r.exitOnError {
			return 1
		}
	}
	return r.status
}

// valid tells whether a name is of the kind that is run: see run-parts(8).
func (r *runParts) valid(name string) bool {
	if r.pattern != nil && !r.sysinit {
		match, err := r.pattern.Match([]byte(name))
		return match && err == nil
	}
	if !r.sysinit {
		return only(name, "_-", true)
	}
	for _, end := range [...]string{"old", "dist", "new", "tmp"} {
		if strings.HasSuffix(name, ".dpkg-"+end) {
			return false
		}
	}
	if name != "" && name[0] != '-' && only(name, "-", false) {
		return true
	}
	// The LSB's names of a vendor: _?([a-z0-9_.]+-)+[a-z0-9]+
	i := strings.LastIndexByte(name, '-')
	if i < 0 || !only(name[i+1:], "", false) {
		return false
	}
	for part := range strings.SplitSeq(name[:i], "-") {
		if !only(part, "_.", false) {
			return false
		}
	}
	return true
}

// only tells whether a name has lower-case letters and digits, and what more
// is allowed, and is not empty.
func only(name, more string, upper bool) bool {
	for i := 0; i < len(name); i++ {
		switch ch := name[i]; {
		case ch >= 'a' && ch <= 'z', ch >= '0' && ch <= '9', upper && ch >= 'A' && ch <= 'Z', strings.IndexByte(more, ch) >= 0:
		default:
			return false
		}
	}
	return name != ""
}

// part lists or runs one file; false is a failure.
func (r *runParts) part(path string) bool {
	c := r.c
	st, err := c.Stat(path)
	switch {
	case err != nil:
		c.Errorf("failed to stat component %s: %v", path, err)
		return true
	case st.Mode.IsDir():
		return true
	case !st.Mode.IsRegular():
		if r.list {
			return true
		}
		// The name and the newline are there twice.
		c.Errorf("%s: component %s is not an executable plain file\n", c.Name(), path)
		r.status = 1
		return false
	case r.list:
		c.Out.WriteString(path + "\n")
		return true
	case c.Access(path, system.ExecuteOK) != nil:
		return true
	case r.test:
		c.Out.WriteString(path + "\n")
		return true
	}
	if r.verbose {
		c.Errorf("executing %s", path)
	}
	how := r.start(path)
	switch {
	case how.Signal != 0:
		c.Errorf("%s exited because of uncaught signal %d", path, int(how.Signal))
	case how.Code != 0 && r.exitOnError:
	case how.Code != 0:
		c.Errorf("%s exited with return code %d", path, how.Code)
	default:
		return true
	}
	r.status = 1
	return false
}

// start runs a part and waits for it. A script whose interpreter is not there
// is the shell's to run.
func (r *runParts) start(path string) system.WaitStatus {
	c := r.c
	p := c.Process.Fork()
	defer p.Files.CloseAll()
	p.Umask = r.umask
	c.Out.Flush()
	done := func() {}
	if r.report {
		var err error
		if done, err = r.watch(p, path); err != nil {
			c.Errorf("failed to create pipes: %v", err)
			return system.WaitStatus{Code: 1}
		}
	}
	argv := append([]string{path}, r.args...)
	child, err := c.Sys.Start(p.Command(p.Abs(path), argv))
	if err == system.ENOENT && p.Run != nil {
		status := p.Run(c.Ctx, p, argv)
		p.Files.CloseAll()
		done()
		return system.WaitStatus{Code: status}
	}
	if err != nil {
		write(c, p.Stderr(), c.Name()+": failed to exec "+path+": "+err.Error()+"\n")
		p.Files.CloseAll()
		done()
		return system.WaitStatus{Code: 1}
	}
	p.Files.CloseAll()
	done()
	how, err := child.Wait(false)
	if err != nil {
		return system.WaitStatus{Code: 1}
	}
	return how
}

// watch puts pipes in place of p's output, and passes on what comes out of
// them, with the part's name before the first of it. done waits for the end.
func (r *runParts) watch(p *system.Process, path string) (done func(), err error) {
	var named sync.Once
	var wait sync.WaitGroup
	for fd, to := range map[int]system.File{1: r.c.Stdout(), 2: r.c.Stderr()} {
		in, out, err := r.c.Sys.Pipe()
		if err != nil {
			return nil, err
		}
		p.Files.Set(fd, out)
		wait.Go(func() {
			defer in.Close()
			buf := make([]byte, 4096)
			for {
				n, err := in.Read(buf)
				if n > 0 {
					named.Do(func() { system.WriteAll(to, []byte(path+":\n")) })
					system.WriteAll(to, buf[:n])
				}
				if err != nil {
					return
				}
			}
		})
	}
	return wait.Wait, nil
}
