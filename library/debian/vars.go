package debian

import (
	"strings"

	"sysv/interp"
)

// rcS is the file of settings for the boot, kernelLine what the kernel was
// started with.
const (
	rcS        = "/etc/default/rcS"
	kernelLine = "/proc/cmdline"
)

// sourceVars does what sourcing /lib/init/vars.sh does: it sets TMPTIME,
// SULOGIN, DELAYLOGIN, UTC, VERBOSE, FSCKFIX, and NOSWAP.
func sourceVars(sh *interp.Shell) int {
	sh.At(8).Set("TMPTIME", "0")
	sh.At(9).Set("SULOGIN", "no")
	sh.At(10).Set("DELAYLOGIN", "no")
	sh.At(11).Set("UTC", "yes")
	sh.At(12).Set("VERBOSE", "no")
	sh.At(13).Set("FSCKFIX", "no")
	if sh.At(16).Try(test("-f", rcS)) == 0 {
		sh.At(17).Call(words(".", rcS))
	}
	sh.At(21).Call(words("unset", "EDITMOTD"))
	sh.At(22).Call(words("unset", "RAMRUN"))
	sh.At(23).Call(words("unset", "RAMLOCK"))
	if sh.At(27).Try(test("-r", kernelLine)) == 0 {
		for _, arg := range sh.Split(readKernelLine(sh.At(28))) {
			sh.At(28).Set("ARG", arg)
			switch arg {
			case "noswap":
				sh.At(34).Set("NOSWAP", "yes")
			case "quiet":
				if sh.At(41).Expand("RUNLEVEL") != "" && sh.Expand("PREVLEVEL") != "" {
					sh.At(42).Set("VERBOSE", "no")
				}
			}
		}
	}
	if v := sh.At(51).Expand("INIT_VERBOSE"); v != "" {
		sh.At(52).Set("VERBOSE", v)
	}
	sh.SetStatus(0)
	return 0
}

// maxKernelLine is above the longest command line of any architecture (8 kB).
const maxKernelLine = 1 << 20

// readKernelLine is $(cat /proc/cmdline).
func readKernelLine(sh *interp.Shell) string {
	if sh.HasFunction("cat") {
		out, _ := sh.Output(words("cat", kernelLine))
		return out
	}
	text, err := sh.Process().ReadFile(kernelLine, maxKernelLine)
	if err != nil {
		return ""
	}
	return strings.TrimRight(strings.ReplaceAll(string(text), "\x00", ""), "\n")
}
