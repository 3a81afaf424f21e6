package debian

import (
	"context"
	"slices"
	"strings"

	"sysv/interp"
	"sysv/system"
)

// hooks is where other packages put files that init-functions sources.
const hooks = "/lib/lsb/init-functions.d"

// logging is the file in which an administrator, or a distribution such as
// Ubuntu, defines other messages.
const logging = "/etc/lsb-base-logging.sh"

// sourceInitFunctions does what sourcing init-functions does. present tells
// whether the file is there; where it is not, what comes in the same package
// is missing too, and is made up.
func sourceInitFunctions(sh *interp.Shell, present bool) int {
	for _, name := range lsbNames() {
		sh.Define(name, Function(name))
	}
	for _, file := range listHooks(sh.At(418)) {
		sh.At(418).Set("hook", file)
		if sh.At(419).Try(test(append([]string{"-r"}, sh.Split(get(sh, "hook"))...)...)) == 0 {
			orTrue(sh, words(".", sh.Split(get(sh, "hook"))...))
		}
	}
	if !present && !sh.HasFunction("vlog_end_msg") {
		sourceVerbose(sh)
	}
	sh.At(422).Set("FANCYTTY", "")
	if sh.At(423).Try(test("-e", logging)) == 0 {
		orTrue(sh, words(".", logging))
	}
	sh.SetStatus(0)
	return 0
}

// listHooks is $(run-parts --lsbsysinit --list hooks 2>/dev/null). Only where
// somebody has put another run-parts before the system's own is it run.
func listHooks(sh *interp.Shell) []string {
	if sh.HasFunction("run-parts") || !isSystems(sh.Find("run-parts")) {
		out, _ := sh.Output(words("run-parts", "--lsbsysinit", "--list", hooks), interp.Null(2))
		return sh.Split(out)
	}
	p := sh.Process()
	entries, err := p.ReadDir(hooks)
	if err != nil {
		return nil
	}
	var files []string
	for _, e := range entries {
		if !isHookName(e.Name) {
			continue
		}
		file := hooks + "/" + e.Name
		if info, err := p.Stat(file); err == nil && info.Mode.IsRegular() && p.Access(file, system.ReadOK) == nil {
			files = append(files, file)
		}
	}
	slices.Sort(files)
	return sh.Split(strings.Join(files, "\n"))
}

// isSystems tells whether a program is one of the system's own, or missing.
func isSystems(path string) bool {
	switch path {
	case "", "/bin/run-parts", "/usr/bin/run-parts":
		return true
	}
	return false
}

// isHookName tells whether run-parts --lsbsysinit takes a file of this name:
// one in LANANA's assigned name space ([a-z0-9][a-z0-9-]*) or in LSB's
// hierarchical or reserved ones (_?([a-z0-9_.]+-)+[a-z0-9]+), but none that
// dpkg has left behind (run-parts(8)).
func isHookName(name string) bool {
	if name == "" {
		return false
	}
	if isHierarchical(name) {
		return !isLeftByDpkg(name)
	}
	for i := range len(name) {
		if !isLowerDigit(name[i]) && (name[i] != '-' || i == 0) {
			return false
		}
	}
	return true
}

// isLeftByDpkg is [a-z0-9-].*\.dpkg-(old|dist|new|tmp).
func isLeftByDpkg(name string) bool {
	if !isLowerDigit(name[0]) && name[0] != '-' {
		return false
	}
	for _, end := range [...]string{".dpkg-old", ".dpkg-dist", ".dpkg-new", ".dpkg-tmp"} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}

func isHierarchical(name string) bool {
	last := strings.LastIndexByte(name, '-')
	if last <= 0 || last == len(name)-1 {
		return false
	}
	for i := last + 1; i < len(name); i++ {
		if !isLowerDigit(name[i]) {
			return false
		}
	}
	for part := range strings.SplitSeq(name[:last], "-") {
		if part == "" {
			return false
		}
		for j := range len(part) {
			if !isLowerDigit(part[j]) && part[j] != '_' && part[j] != '.' {
				return false
			}
		}
	}
	return true
}

func isLowerDigit(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }

func getLSBHeaderVal(_ context.Context, sh *interp.Shell, _ []string) int {
	if sh.At(252).Try(test("!", "-f", sh.Expand("1"))) == 0 || get(sh, "2") == "" {
		return 1
	}
	sh.At(255).Set("LSB_S", "### BEGIN INIT INFO")
	sh.At(256).Set("LSB_E", "### END INIT INFO")
	program := "/" + get(sh, "LSB_S") + "/,/" + get(sh, "LSB_E") + "/ s/# " + get(sh, "2") + `: \+\(.*\)/\1/p`
	return sh.At(257).Call(words("sed", "-n", program, get(sh, "1")))
}

func initIsUpstart(_ context.Context, sh *interp.Shell, _ []string) int {
	if sh.At(265).Try(test("-x", "/sbin/initctl")) != 0 {
		return 1
	}
	return sh.At(265).Eval("/sbin/initctl version 2>/dev/null | /bin/grep -q upstart && true")
}
