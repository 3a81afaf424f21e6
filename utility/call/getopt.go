package call

import (
	"strings"
)

// Opt is one option that was given: its short letter or its long name
// (without dashes), and its argument.
type Opt struct {
	Name string
	Arg  string
}

// Getopt reads options as glibc's getopt_long does: short ones may be joined,
// long ones abbreviated, operands may stand between them (unless spec begins
// with "+"), and "--" ends them.
//
// spec lists the short options as getopt(3) does: "ab:c::" (: an argument, ::
// one that may be joined). long lists the long ones: "name", "name=" with an
// argument, "name=?" with one that may be joined by "=". A long name that is
// followed by ">x" ("recursive>r", "output=>o") is given under x.
//
// ok is false where an option is not among them: unknown then has it as it
// was written ("-Z" or "--frob"), for [Call.Refuse], or a message about a
// missing argument has been printed (and unknown is empty).
func (c *Call) Getopt(spec string, long ...string) (opts []Opt, operands []string, unknown string, ok bool) {
	inOrder := strings.HasPrefix(spec, "+")
	spec = strings.TrimPrefix(spec, "+")
	args := c.Args[1:]
	for i := 0; i < len(args); i++ {
		a := args[i]
		switch {
		case a == "--":
			return opts, append(operands, args[i+1:]...), "", true
		case strings.HasPrefix(a, "--"):
			name, val, joined := strings.Cut(a[2:], "=")
			l, n := findLong(long, name)
			if n != 1 {
				return nil, nil, a, false
			}
			key, wants := splitLong(l)
			o := Opt{Name: key, Arg: val}
			switch {
			case wants == "=" && !joined:
				if i++; i == len(args) {
					full, _, _ := strings.Cut(strings.SplitN(l, ">", 2)[0], "=")
					c.Errorf("option '--%s' requires an argument", full)
					c.Hint()
					return nil, nil, "", false
				}
				o.Arg = args[i]
			case wants == "" && joined:
				full, _, _ := strings.Cut(strings.SplitN(l, ">", 2)[0], "=")
				c.Errorf("option '--%s' doesn't allow an argument", full)
				c.Hint()
				return nil, nil, "", false
			}
			opts = append(opts, o)
		case len(a) > 1 && a[0] == '-':
			for j := 1; j < len(a); j++ {
				at := strings.IndexByte(spec, a[j])
				if at < 0 || a[j] == ':' {
					return nil, nil, "-" + a[j:j+1], false
				}
				o := Opt{Name: a[j : j+1]}
				rest := spec[at+1:]
				switch {
				case strings.HasPrefix(rest, "::"):
					o.Arg, j = a[j+1:], len(a)
				case strings.HasPrefix(rest, ":"):
					if o.Arg = a[j+1:]; o.Arg == "" {
						if i++; i == len(args) {
							c.Errorf("option requires an argument -- '%s'", o.Name)
							c.Hint()
							return nil, nil, "", false
						}
						o.Arg = args[i]
					}
					j = len(a)
				}
				opts = append(opts, o)
			}
		case inOrder:
			return opts, append(operands, args[i:]...), "", true
		default:
			operands = append(operands, a)
		}
	}
	return opts, operands, "", true
}

// Hint is the second line of a GNU usage error.
func (c *Call) Hint() {
	c.Out.Flush()
	c.Stderr().Write([]byte("Try '" + c.Name() + " --help' for more information.\n"))
}

// splitLong gives the key under which a long option is reported and whether
// it wants an argument: "", "=" or "=?".
func splitLong(l string) (key, wants string) {
	head, alias, has := strings.Cut(l, ">")
	name := head
	if i := strings.IndexByte(head, '='); i >= 0 {
		name, wants = head[:i], head[i:]
	}
	if has {
		return alias, wants
	}
	return name, wants
}

// findLong finds a long option by its name or an unambiguous beginning of it.
func findLong(long []string, name string) (found string, n int) {
	for _, l := range long {
		full, _, _ := strings.Cut(strings.SplitN(l, ">", 2)[0], "=")
		if full == name {
			return l, 1
		}
		if name != "" && strings.HasPrefix(full, name) {
			found = l
			n++
		}
	}
	return found, n
}
