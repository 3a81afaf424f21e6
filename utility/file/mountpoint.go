package file

import (
	"fmt"
	"strconv"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// Exit statuses of mountpoint(1).
const (
	mountpointFailed = 1
	mountpointIsNot  = 32
)

// Mountpoint is util-linux' mountpoint(1) with -q, -d and -x.
func Mountpoint(c *call.Call) int {
	opts, names, unknown, ok := c.Getopt("qdx", "quiet>q", "fs-devno>d", "devno>x")
	if !ok {
		return badOption(c, unknown)
	}
	var quietly, fsDev, devno bool
	for _, o := range opts {
		switch o.Name {
		case "q":
			quietly = true
		case "d":
			fsDev = true
		case "x":
			devno = true
		}
	}
	if len(names) != 1 {
		return usage(c, "bad usage")
	}
	name := names[0]
	st, err := c.Stat(name)
	if err != nil {
		if !quietly {
			c.Errorf("%s: %v", name, err)
		}
		return mountpointFailed
	}
	if devno {
		if st.Mode.Type() != system.TypeBlock {
			if !quietly {
				c.Errorf("%s: not a block device", name)
			}
			return mountpointIsNot
		}
		fmt.Fprintf(c.Out, "%d:%d\n", system.Major(st.Rdev), system.Minor(st.Rdev))
		return 0
	}
	if !isMountpoint(c, name, st) {
		if !quietly {
			fmt.Fprintf(c.Out, "%s is not a mountpoint\n", name)
		}
		return mountpointIsNot
	}
	switch {
	case fsDev:
		fmt.Fprintf(c.Out, "%d:%d\n", system.Major(st.Dev), system.Minor(st.Dev))
	case !quietly:
		fmt.Fprintf(c.Out, "%s is a mountpoint\n", name)
	}
	return 0
}

// isMountpoint looks into the kernel's table of mounts, or, where /proc is
// not there yet, tells by the device numbers of a directory and its parent.
func isMountpoint(c *call.Call, name string, st system.FileInfo) bool {
	if table, err := c.ReadFile("/proc/self/mountinfo", 0); err == nil {
		path, err := canonical(c, name, canonExisting, false)
		if err != nil {
			return false
		}
		for line := range strings.Lines(string(table)) {
			// proc(5): the fifth field is the mount point.
			if f := strings.Fields(line); len(f) > 4 && unescapeMount(f[4]) == path {
				return true
			}
		}
		return false
	}
	if !st.Mode.IsDir() {
		return false
	}
	up, err := c.Stat(join(name, ".."))
	return err == nil && (up.Dev != st.Dev || up.Ino == st.Ino)
}

// unescapeMount turns \040 and the like in a table of mounts back.
func unescapeMount(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+3 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+4], 8, 8); err == nil {
				b.WriteByte(byte(n))
				i += 3
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
