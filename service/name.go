package service

import (
	"strings"

	"sysv/lsb"
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
	return name == "" || strings.IndexByte(`$.#%_+-\*[]^:()~`, name[0]) >= 0 || name[len(name)-1] == '~' || !lsb.ConfigName(name, nil)
}
