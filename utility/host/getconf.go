package host

import (
	"encoding/binary"
	"strconv"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// Getconf is getconf(1) of the C library for the variables that scripts ask
// for, with the values of Linux; PATH_MAX and PIPE_BUF want a path after them.
func Getconf(c *call.Call) int {
	args := c.Args[1:]
	if len(args) == 2 && (args[0] == "PATH_MAX" || args[0] == "PIPE_BUF") {
		if _, err := c.Stat(args[1]); err != nil {
			return c.Refuse(strings.Join(args, " "))
		}
		c.Out.WriteString("4096\n")
		return 0
	}
	if len(args) != 1 {
		return c.Refuse(strings.Join(args, " "))
	}
	text, ok := configuration(c, args[0])
	if !ok {
		return c.Refuse(args[0])
	}
	c.Out.WriteString(text + "\n")
	return 0
}

func configuration(c *call.Call, name string) (text string, ok bool) {
	switch name {
	case "PATH", "CS_PATH":
		return "/bin:/usr/bin", true
	case "PAGE_SIZE", "PAGESIZE":
		return number(auxiliary(c, auxPageSize))
	case "CLK_TCK":
		return number(auxiliary(c, auxClockTick))
	case "_NPROCESSORS_ONLN":
		return number(uint64(online(c)))
	case "_NPROCESSORS_CONF":
		return number(uint64(installed(c)))
	case "ARG_MAX", "_POSIX_ARG_MAX":
		return argMax(c)
	case "OPEN_MAX":
		return limit(c, system.LimitOpenFiles)
	case "CHILD_MAX":
		return limit(c, system.LimitProcesses)
	case "_PHYS_PAGES":
		return number(memoryPages(c))
	case "LONG_BIT":
		return strconv.Itoa(strconv.IntSize), true
	case "WORD_BIT":
		return "32", true
	case "CHAR_BIT":
		return "8", true
	case "INT_MAX":
		return "2147483647", true
	case "UINT_MAX":
		return "4294967295", true
	case "HOST_NAME_MAX":
		return "64", true
	case "LOGIN_NAME_MAX":
		return "256", true
	case "NGROUPS_MAX":
		return "65536", true
	case "LINE_MAX":
		return "2048", true
	case "IOV_MAX":
		return "1024", true
	case "_POSIX_VERSION":
		return "200809", true
	}
	return "", false
}

// number is a value that was found; 0 is one that was not.
func number(n uint64) (string, bool) { return strconv.FormatUint(n, 10), n != 0 }

// Entries of the auxiliary vector (getauxval(3)).
const (
	auxPageSize  = 6
	auxClockTick = 17
)

// auxiliary is an entry of the vector that the kernel gave this process.
func auxiliary(c *call.Call, key uint64) uint64 {
	b, err := c.ReadFile("/proc/self/auxv", 1<<16)
	if err != nil {
		return 0
	}
	word := strconv.IntSize / 8
	read := func(b []byte) uint64 {
		if word == 4 {
			return uint64(binary.NativeEndian.Uint32(b))
		}
		return binary.NativeEndian.Uint64(b)
	}
	for ; len(b) >= 2*word; b = b[2*word:] {
		if read(b) == key {
			return read(b[word:])
		}
	}
	return 0
}

func softLimit(c *call.Call, r system.Resource) (uint64, bool) {
	if l, ok := c.Limits[r]; ok {
		return l.Soft, true
	}
	l, err := c.Sys.Limit(r)
	return l.Soft, err == nil
}

func limit(c *call.Call, r system.Resource) (string, bool) {
	n, ok := softLimit(c, r)
	if ok && n == system.Infinity {
		return "undefined", true
	}
	return strconv.FormatUint(n, 10), ok
}

// argMax is a quarter of the stack, within the kernel's bounds for the
// arguments of execve(2).
func argMax(c *call.Call) (string, bool) {
	const least, most = 131072, 6 << 20
	n, ok := softLimit(c, system.LimitStack)
	return strconv.FormatUint(min(max(n/4, least), most), 10), ok
}

// memoryPages is the size of the memory, from /proc/meminfo.
func memoryPages(c *call.Call) uint64 {
	page := auxiliary(c, auxPageSize)
	line, _ := readLine(c, "/proc/meminfo")
	words := strings.Fields(line)
	if page == 0 || len(words) < 2 || words[0] != "MemTotal:" {
		return 0
	}
	n, _ := strconv.ParseUint(words[1], 10, 64)
	return n * 1024 / page
}
