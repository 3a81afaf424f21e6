package process

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sysv/daemon"
	"sysv/utility/call"
)

const pidofHelp = `pidof usage: [options] <program-name>

 -c           Return PIDs with the same root directory
 -d <sep>     Use the provided character as output separator
 -h           Display this help text
 -n           Avoid using stat system function on network shares
 -o <pid>     Omit results with a given PID
 -q           Quiet mode. Do not display output
 -s           Only return one PID
 -x           Return PIDs of shells running scripts with a matching name
 -z           List zombie and I/O waiting processes. May cause pidof to hang.

`

// PIDOf is pidof(8) of sysvinit 3.06. Its messages go to the system log, not
// to standard error; here they are not made at all.
func PIDOf(c *call.Call) int {
	in := scan(c, "qhco:d:sxzn")
	in.quiet = true
	var sameRoot, quiet, single, scripts, zombies bool
	var omit []int
	separator := " "
	for {
		name, arg := in.next()
		if name == "" {
			break
		}
		switch name {
		case bad:
			return 1
		case "h":
			c.Out.WriteString(pidofHelp)
			return 0
		case "c":
			sameRoot = c.Sys.Identity().EUID == 0
		case "d":
			// An empty argument is a NUL byte, as a string's end is in C.
			separator = (arg + "\x00")[:1]
		case "o":
			omit = append(omit, omitted(c, arg)...)
		case "q":
			quiet = true
		case "s":
			single = true
		case "x":
			scripts = true
		case "z":
			zombies = true
		}
	}
	table := daemon.Table{Sys: c.Sys}
	list, err := table.Seen(zombies)
	if err != nil {
		return 1
	}
	n := 0
	for _, prog := range in.operands {
		for _, p := range table.PIDOf(list, prog, scripts) {
			if slices.Contains(omit, p.PID) {
				continue
			}
			if !sameRoot || inOurRoot(c, p.PID) {
				if !quiet {
					if n > 0 {
						c.Out.WriteString(separator)
					}
					fmt.Fprint(c.Out, p.PID)
				}
				n++
			}
			// The one that -s allows is used up even where its root is
			// another one.
			if single {
				break
			}
		}
	}
	if n == 0 {
		return 1
	}
	if !quiet {
		c.Out.WriteByte('\n')
	}
	return 0
}

// omitted reads a list of pids to leave out.
func omitted(c *call.Call, list string) (pids []int) {
	for _, word := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ';' || r == ':' }) {
		switch n := atoi(word); {
		case word == "%PPID":
			pids = append(pids, caller(c))
		case n > 0:
			pids = append(pids, n)
		}
	}
	return pids
}

func inOurRoot(c *call.Call, pid int) bool {
	ours, err := c.Sys.Stat("/proc/self/root")
	if err != nil {
		return false
	}
	theirs, err := c.Sys.Stat("/proc/" + strconv.Itoa(pid) + "/root")
	return err == nil && theirs.SameFile(ours)
}
