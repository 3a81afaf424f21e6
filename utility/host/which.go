package host

import (
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// Which is which(1) of debianutils, with -a.
func Which(c *call.Call) int {
	all := false
	names := c.Args[1:]
	for len(names) > 0 && len(names[0]) > 1 && names[0][0] == '-' {
		o := names[0]
		if o != "--" && strings.Trim(o[1:], "a") != "" {
			return c.Refuse(o)
		}
		names = names[1:]
		if o == "--" {
			break
		}
		all = true
	}
	if len(names) == 0 {
		return 1
	}
	path, _ := c.Getenv("PATH")
	status := 0
	for _, name := range names {
		if !which(c, name, path, all) {
			status = 1
		}
	}
	return status
}

func which(c *call.Call, name, path string, all bool) (found bool) {
	if strings.Contains(name, "/") {
		if !program(c, name) {
			return false
		}
		c.Out.WriteString(name + "\n")
		return true
	}
	if path == "" {
		return false
	}
	for dir := range strings.SplitSeq(path, ":") {
		if dir == "" {
			dir = "."
		}
		if !program(c, dir+"/"+name) {
			continue
		}
		c.Out.WriteString(dir + "/" + name + "\n")
		if found = true; !all {
			break
		}
	}
	return found
}

// program tells whether a path is a file that can be executed.
func program(c *call.Call, path string) bool {
	st, err := c.Stat(path)
	return err == nil && st.Mode.IsRegular() && c.Access(path, system.ExecuteOK) == nil
}
