package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

// sv6 are the rules on security: what a script does as root with what others
// can write.
func sv6() []*lint.Rule {
	return []*lint.Rule{
		sv6001(), sv6002(), sv6003(), sv6004(), sv6005(), sv6006(), sv6007(), sv6008(),
		sv6009(), sv6010(), sv6011(), sv6012(), sv6013(),
	}
}

// shared says that a name is in a directory in which everybody can make files.
func shared(name string) bool {
	return strings.HasPrefix(name, "/tmp/") || strings.HasPrefix(name, "/var/tmp/") || strings.HasPrefix(name, "/dev/shm/")
}

// owners are the directories that the script gives to another user than root,
// with the user.
func owners(p *lint.Pass) map[string]string {
	out := map[string]string{}
	p.EachCall(func(c *script.Call) {
		names := operands(c, "mgot")
		owner := ""
		if c.Name == "chown" {
			if len(names) < 2 {
				return
			}
			owner, names = names[0], names[1:]
		} else {
			owner, _ = option(c, "-o", "--owner")
			if !c.HasFlag('d') && !c.Has("--directory") {
				return
			}
		}
		if !foreign(owner) {
			return
		}
		for _, n := range names {
			if strings.HasPrefix(n, "/") {
				out[strings.TrimRight(n, "/")] = owner
			}
		}
	}, "chown", "install")
	return out
}

// foreign says that an owner, as chown takes it, is not root.
func foreign(owner string) bool {
	user, _, _ := strings.Cut(owner, ":")
	if user == owner {
		user, _, _ = strings.Cut(owner, ".")
	}
	return user != "" && user != "root" && user != "0"
}
