package service

import (
	"strings"

	"sysv/system"
)

// Dir is where the scripts are.
const Dir = "/etc/init.d"

// ScriptOf is the path of a service's script, and whether there is one: an
// executable file of that name in [Dir] and nowhere else. A name with a
// slash, "." and "..", and what a package manager or an editor leaves beside
// the scripts, are no services.
func ScriptOf(p *system.Process, name string) (path string, ok bool) {
	path = Dir + "/" + name
	if name == "" || name == "." || name == ".." || strings.IndexByte(name, '/') >= 0 || IsLeftover(name) {
		return path, false
	}
	return path, p.Sys.Access(path, system.ExecuteOK) == nil
}

// IsLeftover tells the names that insserv(8) passes over: copies of
// configuration files (name.dpkg-old, name.rpmsave), of editors (name~), and
// names that begin with punctuation.
func IsLeftover(name string) bool {
	if name == "" || strings.IndexByte(`$.#%_+-\*[]^:()~`, name[0]) >= 0 || name[len(name)-1] == '~' {
		return true
	}
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		return false
	}
	end := name[i+1:]
	for _, begin := range [...]string{"dpkg", "ucf", "rpm", "ba"} {
		if strings.HasPrefix(end, begin) {
			return true
		}
	}
	switch end {
	case "old", "new", "org", "orig", "save", "swp", "core":
		return true
	}
	return false
}
