package host

import (
	"strconv"
	"strings"

	"sysv/utility/call"
)

// Uname is uname(1) of coreutils. The processor and the hardware platform are
// "unknown", as GNU's has them on Linux, and
// left out by -a.
func Uname(c *call.Call) int {
	opts, operands, unknown, ok := c.Getopt("asnrvmpio", "all>a", "kernel-name>s", "sysname>s", "nodename>n", "kernel-release>r",
		"release>r", "kernel-version>v", "machine>m", "processor>p", "hardware-platform>i", "operating-system>o")
	if !ok {
		return badOption(c, unknown, 1)
	}
	if status, wrong := noOperands(c, operands); wrong {
		return status
	}
	asked := ""
	for _, o := range opts {
		asked += o.Name
	}
	all := strings.Contains(asked, "a")
	if asked == "" {
		asked = "s"
	}
	u := c.Sys.Uname()
	var words []string
	for _, f := range [...]struct{ option, text string }{
		{"s", u.Sysname}, {"n", u.Nodename}, {"r", u.Release}, {"v", u.Version}, {"m", u.Machine},
		{"p", "unknown"}, {"i", "unknown"}, {"o", "GNU/Linux"},
	} {
		if strings.Contains(asked, f.option) && !all || all && f.text != "unknown" {
			words = append(words, f.text)
		}
	}
	c.Out.WriteString(strings.Join(words, " ") + "\n")
	return 0
}

// Arch is arch(1) of coreutils.
func Arch(c *call.Call) int {
	_, operands, unknown, ok := c.Getopt("")
	if !ok {
		return badOption(c, unknown, 1)
	}
	if status, wrong := noOperands(c, operands); wrong {
		return status
	}
	c.Out.WriteString(c.Sys.Uname().Machine + "\n")
	return 0
}

// Nproc is nproc(1) of coreutils: the processors that this process may use,
// heeding OMP_NUM_THREADS and OMP_THREAD_LIMIT, or with --all all that are
// installed.
func Nproc(c *call.Call) int {
	opts, operands, unknown, ok := c.Getopt("", "all", "ignore=")
	if !ok {
		return badOption(c, unknown, 1)
	}
	all, ignore := false, 0
	for _, o := range opts {
		if o.Name == "all" {
			all = true
			continue
		}
		n, err := strconv.ParseUint(strings.TrimLeft(o.Arg, " \t\n"), 10, 64)
		if err != nil {
			return c.Fail("invalid number: %s", call.QuoteArg(o.Arg))
		}
		ignore = int(min(n, 1<<30))
	}
	if status, wrong := noOperands(c, operands); wrong {
		return status
	}
	n := 0
	if all {
		n = installed(c)
	} else {
		n = usable(c)
	}
	if n == 0 {
		return c.Refuse("where the processors are not listed")
	}
	c.Out.WriteString(strconv.Itoa(max(n-ignore, 1)) + "\n")
	return 0
}

// installed is the processors that there may be (sysfs).
func installed(c *call.Call) int {
	list, _ := readLine(c, "/sys/devices/system/cpu/possible")
	return countList(list)
}

// online is the processors that are switched on (sysfs, or else /proc/stat).
func online(c *call.Call) int {
	list, _ := readLine(c, "/sys/devices/system/cpu/online")
	if n := countList(list); n > 0 {
		return n
	}
	b, _ := c.ReadFile("/proc/stat", 1<<24)
	n := 0
	for line := range strings.Lines(string(b)) {
		if len(line) > 3 && strings.HasPrefix(line, "cpu") && line[3] >= '0' && line[3] <= '9' {
			n++
		}
	}
	return n
}

// usable is what nproc says: OpenMP's variables first, then the affinity.
func usable(c *call.Call) int {
	limit := 1 << 30
	if v, ok := c.Getenv("OMP_THREAD_LIMIT"); ok {
		if n := openMP(v); n > 0 {
			limit = n
		}
	}
	if v, ok := c.Getenv("OMP_NUM_THREADS"); ok {
		if n := openMP(v); n > 0 {
			return min(n, limit)
		}
	}
	b, _ := c.ReadFile("/proc/self/status", 1<<20)
	for line := range strings.Lines(string(b)) {
		if list, ok := strings.CutPrefix(line, "Cpus_allowed_list:"); ok {
			if n := countList(strings.TrimSpace(list)); n > 0 {
				return min(n, limit)
			}
		}
	}
	return min(online(c), limit)
}

// openMP reads a number of threads; what follows a comma is for nested ones.
func openMP(s string) int {
	s, _, _ = strings.Cut(strings.TrimSpace(s), ",")
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 1 {
		return 0
	}
	return n
}
