package host

import (
	"strings"

	"sysv/utility/call"
)

// Hostname is Debian's hostname(1), also as dnsdomainname: the host's name,
// and with -s, -f or -d its first part, its full name and what follows the
// first part. The full name is looked up in /etc/hosts alone; where it is not
// there, a resolver is needed, and this utility refuses. It refuses to set the
// name, too.
func Hostname(c *call.Call) int {
	opts, operands, unknown, ok := c.Getopt("sfd", "short>s", "fqdn>f", "long>f", "domain>d")
	if !ok {
		return badOption(c, unknown, 255)
	}
	if len(operands) > 0 {
		return c.Refuse("setting the name")
	}
	what := ""
	if name := c.Name()[strings.LastIndexByte(c.Name(), '/')+1:]; name == "dnsdomainname" {
		what = "d"
	}
	for _, o := range opts {
		if what != "" && what != o.Name {
			return c.Refuse("-" + what + o.Name)
		}
		what = o.Name
	}
	name := c.Sys.Uname().Nodename
	switch what {
	case "s":
		name, _, _ = strings.Cut(name, ".")
	case "f", "d":
		full, ok := canonicalName(c, name)
		if !ok {
			return c.Refuse("-" + what + " of a name that is not in /etc/hosts")
		}
		name = full
		if what == "d" {
			if _, name, ok = strings.Cut(full, "."); !ok {
				return 0
			}
		}
	}
	c.Out.WriteString(name + "\n")
	return 0
}

// canonicalName is the first name of the line of /etc/hosts that has name.
func canonicalName(c *call.Call, name string) (string, bool) {
	b, err := c.ReadFile("/etc/hosts", 1<<24)
	if err != nil {
		return "", false
	}
	for line := range strings.Lines(string(b)) {
		line, _, _ = strings.Cut(line, "#")
		words := strings.Fields(line)
		for i, w := range words {
			if i > 0 && strings.EqualFold(w, name) {
				return words[1], true
			}
		}
	}
	return "", false
}
