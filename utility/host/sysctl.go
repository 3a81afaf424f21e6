package host

import (
	"bytes"
	"sort"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// sysctlRoot is where the kernel's parameters are.
const sysctlRoot = "/proc/sys/"

// sysctl is one run of sysctl.
type sysctl struct {
	c                      *call.Call
	values, names, noLine  bool // -n, -N, -b
	quiet, ignore, writing bool // -q, -e, -w
	dry                    bool
	status                 int
}

// setting is a value to be written.
type setting struct {
	key, value string
	// optional is a "-" before the key in a file: a failure does not count.
	optional bool
}

// Sysctl is sysctl(8) of procps: names and NAME=VALUE, with -n, -N, -b, -e,
// -q, -w, --dry-run and -p [FILE]. It refuses a pattern and --all.
func Sysctl(c *call.Call) int {
	s := &sysctl{c: c}
	opts, operands, unknown, ok := c.Getopt("bneNwqoxp::f", "binary>b", "ignore>e", "names>N", "values>n", "write>w", "quiet>q",
		"load=?>p", "dry-run")
	if !ok {
		return badOption(c, unknown, 1)
	}
	load := false
	var files []string
	for _, o := range opts {
		switch o.Name {
		case "b":
			s.values, s.noLine = true, true
		case "n":
			s.values = true
		case "N":
			s.names = true
		case "e":
			s.ignore = true
		case "q":
			s.quiet = true
		case "w":
			s.writing = true
		case "dry-run":
			s.dry = true
		case "p", "f":
			load = true
			if o.Arg != "" {
				files = append(files, o.Arg)
			}
		}
	}
	for _, o := range append(operands, files...) {
		if strings.ContainsAny(o, "*?[") {
			return c.Refuse(o)
		}
	}
	switch {
	case load:
		if files = append(files, operands...); len(files) == 0 {
			files = []string{"/etc/sysctl.conf"}
		}
		return s.load(files)
	case len(operands) == 0:
		return c.Refuse("to show its usage")
	}
	return s.arguments(operands)
}

// arguments reads and writes what the command line names, in its order.
func (s *sysctl) arguments(operands []string) int {
	for _, o := range operands {
		key, _, sets := strings.Cut(o, "=")
		if key = strings.TrimSpace(key); odd(key) || key == "" && !sets && !s.writing {
			return s.c.Refuse(o)
		}
	}
	for _, o := range operands {
		if !s.writing && !strings.Contains(o, "=") {
			s.read(o)
			continue
		}
		if strings.Trim(o, "= \t") == "" {
			s.status = 1
			continue
		}
		if set, ok := s.parse(o, "command line", 0); ok {
			s.write(set)
		} else {
			s.status = 1
		}
	}
	return s.status
}

// odd tells of names with empty parts, which the original says something
// about for each thing that it does with them.
func odd(key string) bool {
	for i := range key {
		if strings.IndexByte("./", key[i]) >= 0 && (i == 0 || i == len(key)-1 || strings.IndexByte("./", key[i-1]) >= 0) {
			return true
		}
	}
	return false
}

// parse takes NAME = VALUE apart.
func (s *sysctl) parse(line, file string, number int) (set setting, ok bool) {
	key, value, found := strings.Cut(line, "=")
	key = strings.TrimSpace(key)
	optional := strings.HasPrefix(key, "-")
	if optional {
		key = key[1:]
	}
	value = strings.TrimSpace(value)
	if !found && optional {
		// A pattern's exception, which this has no patterns for.
		return setting{}, false
	}
	if !found {
		s.c.Errorf("%s(%d): invalid syntax, continuing...", file, number)
		return setting{}, false
	}
	return setting{key: key, value: value, optional: optional}, true
}

// load reads settings from files and writes them.
func (s *sysctl) load(files []string) int {
	var settings []setting
	for _, name := range files {
		in := s.c.Stdin()
		if name != "-" {
			f, err := s.c.Open(name, system.ReadOnly, 0)
			if err != nil {
				s.c.Errorf("cannot open \"%s\": %v", name, err)
				s.status = 1
				continue
			}
			defer f.Close()
			in = f
		}
		text, err := system.ReadAll(in, 0)
		if err != nil {
			return 1
		}
		number := 0
		for line := range strings.Lines(string(text)) {
			number++
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' || line[0] == ';' {
				continue
			}
			if set, ok := s.parse(line, name, number); ok {
				settings = append(settings, set)
			}
		}
	}
	for _, set := range settings {
		if s.c.Stop() {
			return 1
		}
		s.write(set)
	}
	return s.status
}

// sysctlPath is where a parameter is: dots are slashes, unless a slash comes first;
// then a slash is a directory's and a dot is a dot.
func sysctlPath(key string) string {
	b := []byte(key)
	if i := strings.IndexAny(key, "./"); i >= 0 && key[i] == '.' {
		for i, ch := range b {
			switch ch {
			case '.':
				b[i] = '/'
			case '/':
				b[i] = '.'
			}
		}
	}
	return sysctlRoot + string(b)
}

// dotted is the name under which a path is shown.
func dotted(path string) string {
	b := []byte(strings.TrimPrefix(path, sysctlRoot))
	for i, ch := range b {
		switch ch {
		case '.':
			b[i] = '/'
		case '/':
			b[i] = '.'
		}
	}
	return string(b)
}

// read shows one parameter, or a directory of them.
func (s *sysctl) read(key string) {
	path := sysctlPath(key)
	if outside(path) {
		s.c.Errorf("Path is not under %s: %s", sysctlRoot, path)
		s.status = 1
		return
	}
	st, err := s.c.Stat(path)
	if err != nil {
		if !s.ignore {
			s.c.Errorf("cannot stat %s: %v", path, err)
			s.status = 1
		}
		return
	}
	if st.Mode.IsDir() {
		s.readDir(path)
		return
	}
	if s.names {
		s.c.Out.WriteString(dotted(path) + "\n")
		return
	}
	if st.Mode&0o444 == 0 {
		// One that can only be written, such as net.ipv4.route.flush.
		return
	}
	s.show(path, false)
}

// outside tells whether a path leads out of /proc/sys.
func outside(path string) bool {
	for _, part := range strings.Split(path, "/") {
		if part == ".." {
			return true
		}
	}
	return strings.TrimRight(path, "/") == "/proc/sys"
}

func (s *sysctl) readDir(path string) {
	entries, err := s.c.ReadDir(path)
	if err != nil {
		s.c.Errorf("unable to open directory \"%s\"", path)
		s.status = 1
		return
	}
	sort.Slice(entries, func(i, j int) bool { return entries[i].Name < entries[j].Name })
	for _, e := range entries {
		below := strings.TrimSuffix(path, "/") + "/" + e.Name
		st, err := s.c.Lstat(below)
		switch {
		case err != nil || s.c.Stop():
		case st.Mode.IsDir():
			s.readDir(below)
		case s.names:
			s.c.Out.WriteString(dotted(below) + "\n")
		case st.Mode&0o444 != 0:
			s.show(below, true)
		}
	}
}

// show prints a parameter's value, each of its lines with the name before it.
func (s *sysctl) show(path string, among bool) {
	name := dotted(path)
	text, err := s.c.ReadFile(path, 1<<24)
	if err != nil {
		switch err {
		case system.ENOENT:
			if s.ignore {
				return
			}
			s.c.Errorf("\"%s\" is an unknown key", name)
		case system.EACCES:
			s.c.Errorf("permission denied on key '%s'", name)
		case system.EIO:
			// As of net.ipv6.conf.NAME.stable_secret, which is not set.
			if among {
				return
			}
			s.c.Errorf("reading key \"%s\": %v", name, err)
			return
		default:
			s.c.Errorf("reading key \"%s\": %v", name, err)
		}
		s.status = 1
		return
	}
	if len(text) == 0 {
		if !s.values {
			s.c.Out.WriteString(name + " = \n")
		}
		return
	}
	if s.noLine {
		s.c.Out.Write(bytes.TrimSuffix(text, []byte("\n")))
		return
	}
	for line := range strings.Lines(string(text)) {
		if !s.values {
			s.c.Out.WriteString(name + " = ")
		}
		s.c.Out.WriteString(strings.TrimSuffix(line, "\n") + "\n")
	}
}

func (s *sysctl) write(set setting) {
	c := s.c
	path := sysctlPath(set.key)
	name := dotted(path)
	if outside(path) {
		c.Errorf("Path is not under %s: %s", sysctlRoot, path)
		s.status = 1
		return
	}
	st, err := c.Stat(path)
	switch {
	case err != nil:
		if !s.ignore {
			c.Errorf("cannot stat %s: %v", path, err)
			s.status = 1
		}
		return
	case st.Mode&0o200 == 0, st.Mode.IsDir():
		// The reason is what went wrong before; the status tells nothing.
		c.Errorf("setting key \"%s\": %v", name, system.EINVAL)
		return
	}
	if !s.dry && !s.put(set, path, name) {
		return
	}
	switch {
	case s.quiet:
	case s.noLine:
		c.Out.WriteString(set.value)
	case s.values, s.names:
		c.Out.WriteString(set.value + "\n")
	default:
		c.Out.WriteString(name + " = " + set.value + "\n")
	}
}

// put writes a value; false is a failure, which counts unless it is that of
// opening an optional one.
func (s *sysctl) put(set setting, path, name string) bool {
	f, err := s.c.Open(path, system.WriteOnly|system.Truncate, 0)
	if err == nil {
		defer f.Close()
		if err = system.WriteAll(f, []byte(set.value+"\n")); err == nil {
			return true
		}
		s.c.Errorf("setting key \"%s\": %v", name, err)
		s.status = 1
		return false
	}
	suffix := ""
	if set.optional {
		suffix = ", ignoring"
	}
	switch err {
	case system.ENOENT:
		if !s.ignore {
			s.c.Errorf("\"%s\" is an unknown key%s", name, suffix)
		}
		return false
	case system.EACCES, system.EPERM, system.EROFS:
		s.c.Errorf("permission denied on key \"%s\"%s", name, suffix)
	default:
		s.c.Errorf("setting key \"%s\"%s: %v", name, suffix, err)
	}
	if !set.optional {
		s.status = 1
	}
	return false
}
