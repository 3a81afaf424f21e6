package interp

import (
	"strconv"
	"strings"

	"sysv/system"
)

// limits has dash's ulimit options in the order of ulimit -a: the text, the
// resource, the unit in bytes (or 1), the letter.
var limits = [...]struct {
	text   string
	what   system.Resource
	unit   uint64
	letter byte
	bash   string
}{
	{"time(seconds)", system.LimitCPU, 1, 't', "cpu time               (seconds, -t) "},
	{"file(blocks)", system.LimitFileSize, 512, 'f', "file size               (blocks, -f) "},
	{"data(kbytes)", system.LimitData, 1024, 'd', "data seg size           (kbytes, -d) "},
	{"stack(kbytes)", system.LimitStack, 1024, 's', "stack size              (kbytes, -s) "},
	{"coredump(blocks)", system.LimitCore, 512, 'c', "core file size          (blocks, -c) "},
	{"memory(kbytes)", system.LimitRSS, 1024, 'm', "max memory size         (kbytes, -m) "},
	{"locked memory(kbytes)", system.LimitMemlock, 1024, 'l', "max locked memory       (kbytes, -l) "},
	{"process", system.LimitProcesses, 1, 'p', "max user processes              (-u) "},
	{"nofiles", system.LimitOpenFiles, 1, 'n', "open files                      (-n) "},
	{"vmemory(kbytes)", system.LimitAddress, 1024, 'v', "virtual memory          (kbytes, -v) "},
	{"locks", system.LimitLocks, 1, 'w', "file locks                      (-x) "},
	{"rtprio", system.LimitRTPrio, 1, 'r', "real-time priority              (-r) "},
}

// getLimit is a limit as the shell's programs will find it.
func (sh *Shell) getLimit(r system.Resource) system.Limit {
	if l, ok := sh.p.Limits[r]; ok {
		return l
	}
	l, err := sh.sys.Limit(r)
	if err != nil {
		return system.Limit{Soft: system.Infinity, Hard: system.Infinity}
	}
	return l
}

// builtinUlimit is ulimit. The new limits are for the programs that the shell
// starts: in a built-in utility they are not enforced.
func builtinUlimit(sh *Shell, argv []string, _ evalFlags) int {
	spec := "HSatfdscmlpnvwr"
	if sh.dialect == Bash {
		spec = "HSatfdscmlunvxri"
	}
	opts, args := sh.options(argv, spec)
	soft, hard, all := true, true, false
	show, letter := 'S', byte('f')
	for _, o := range opts {
		switch o.letter {
		case 'H':
			show = 'H'
			if soft {
				soft = false
			}
			hard = true
		case 'S':
			show = 'S'
			if hard && soft {
				hard = false
			}
			soft = true
		case 'a':
			all = true
		default:
			letter = o.letter
		}
	}
	if sh.dialect == Bash {
		switch letter {
		case 'u':
			letter = 'p'
		case 'x':
			letter = 'w'
		}
	}
	value := func(l system.Limit, unit uint64) string {
		v := l.Soft
		if show == 'H' {
			v = l.Hard
		}
		if v == system.Infinity {
			return "unlimited"
		}
		return strconv.FormatUint(v/unit, 10)
	}
	if all {
		if len(args) > 0 {
			sh.fatal(2, "too many arguments")
		}
		for _, l := range limits {
			if sh.dialect == Bash {
				sh.printf("%s%s\n", l.bash, value(sh.getLimit(l.what), bashUnit(l.unit)))
				continue
			}
			sh.printf("%-20s %s\n", l.text, value(sh.getLimit(l.what), l.unit))
		}
		return 0
	}
	for _, l := range limits {
		if l.letter != letter {
			continue
		}
		unit := l.unit
		if sh.dialect == Bash {
			unit = bashUnit(unit)
		}
		cur := sh.getLimit(l.what)
		switch {
		case len(args) == 0:
			sh.printf("%s\n", value(cur, unit))
			return 0
		case len(args) > 1 && sh.dialect == Dash:
			sh.fatal(2, "too many arguments")
		}
		return sh.setLimit(l.what, cur, args[0], unit, soft, hard)
	}
	return 0
}

// bashUnit is bash's unit where it is not dash's: blocks are of 1024 bytes.
func bashUnit(unit uint64) uint64 {
	if unit == 512 {
		return 1024
	}
	return unit
}

func (sh *Shell) setLimit(what system.Resource, cur system.Limit, text string, unit uint64, soft, hard bool) int {
	var n uint64
	switch {
	case text == "unlimited":
		n = system.Infinity
	case sh.dialect == Bash && text == "hard":
		n = cur.Hard
	case sh.dialect == Bash && text == "soft":
		n = cur.Soft
	case strings.Trim(text, "0123456789") != "" || text == "" && sh.dialect == Bash:
		if sh.dialect == Bash {
			sh.warn("%s: invalid number", text)
			return 1
		}
		sh.fatal(2, "bad number")
	default:
		// As in dash no digits are 0, and too many begin anew.
		for _, c := range []byte(text) {
			n = n*10 + uint64(c-'0')
		}
		n *= unit
	}
	l := cur
	if soft {
		l.Soft = n
	}
	if hard {
		l.Hard = n
	}
	var failed error
	switch {
	case l.Soft > l.Hard:
		failed = system.EINVAL
	case l.Hard > cur.Hard:
		failed = sh.raiseLimit(what, l.Hard)
	}
	if failed != nil {
		if sh.dialect == Bash {
			sh.warn("open files: cannot modify limit: %v", failed)
			return 1
		}
		sh.fatal(2, "error setting limit (%v)", failed)
	}
	if sh.p.Limits == nil {
		sh.p.Limits = map[system.Resource]system.Limit{}
	}
	sh.p.Limits[what] = l
	return 0
}

// raiseLimit raises a hard limit. What the shell has lowered is lower for its
// programs alone, so that the kernel has no say in it: whether it may be raised
// again is a matter of the capability that the kernel would look for. Beyond
// this process's own limit the kernel decides; raising that too does no harm,
// as lowering it might.
func (sh *Shell) raiseLimit(what system.Resource, hard uint64) error {
	own, err := sh.sys.Limit(what)
	if err != nil {
		return err
	}
	if own.Hard >= hard {
		if !sh.mayRaiseLimits() {
			return system.EPERM
		}
		return nil
	}
	own.Hard = hard
	return sh.sys.SetLimit(what, own)
}

// capSysResource is the bit of CAP_SYS_RESOURCE of capabilities(7).
const capSysResource = 24

// mayRaiseLimits reports whether this process may raise hard limits. Without
// /proc, root may.
func (sh *Shell) mayRaiseLimits() bool {
	f, err := sh.sys.Open("/proc/self/status", system.ReadOnly, 0)
	if err != nil {
		return sh.sys.Identity().EUID == 0
	}
	defer f.Close()
	text, err := system.ReadAll(f, 1<<20)
	if err != nil {
		return sh.sys.Identity().EUID == 0
	}
	_, after, found := strings.Cut(string(text), "\nCapEff:")
	if !found {
		return sh.sys.Identity().EUID == 0
	}
	line, _, _ := strings.Cut(after, "\n")
	caps, err := strconv.ParseUint(strings.TrimSpace(line), 16, 64)
	return err == nil && caps>>capSysResource&1 != 0
}
