package chkconfig

import "strings"

// options are what a command line says.
type options struct {
	list, add, del, override, noRedirect, help, version, dryRun bool
	// levels, kind and root are the values of --level, --type and --root; has
	// tells which were given.
	levels, kind, root          string
	hasLevels, hasKind, hasRoot bool
	// own is how many words are of options that the original does not have.
	own int
	// args are the words that are no options.
	args []string
}

// parse reads a command line as popt(3) does: options may stand anywhere, "--"
// ends them, and a value may follow an equals sign. bad is the message of the
// first that is wrong.
func parse(args []string) (o options, bad string) {
	for i := 0; i < len(args); i++ {
		a := args[i]
		if a == "--" {
			o.args = append(o.args, args[i+1:]...)
			return o, ""
		}
		if len(a) < 2 || a[0] != '-' {
			o.args = append(o.args, a)
			continue
		}
		if !strings.HasPrefix(a, "--") {
			if bad := o.short(a); bad != "" {
				return o, bad
			}
			continue
		}
		name, value, valued := strings.Cut(a[2:], "=")
		if flag := o.flag(name); flag != nil {
			if valued {
				return o, a + ": option does not take an argument"
			}
			*flag = true
			if name == "dry-run" {
				o.own++
			}
			continue
		}
		text, has := o.text(name)
		if text == nil {
			return o, a + ": unknown option"
		}
		before := i
		if !valued {
			if i++; i == len(args) {
				return o, a + ": missing argument"
			}
			value = args[i]
		}
		*text, *has = value, true
		if name == "root" {
			o.own += i - before + 1
		}
	}
	return o, ""
}

// short reads a word of options of one letter.
func (o *options) short(a string) (bad string) {
	for i := 1; i < len(a); i++ {
		switch {
		case a[i] == 'h':
			o.help = true
		case a[i] == 'v':
			o.version = true
		default:
			return a + ": unknown option"
		}
		if i+1 < len(a) && a[i+1] == '=' {
			return a + ": option does not take an argument"
		}
	}
	return ""
}

// flag is where an option without a value is kept.
func (o *options) flag(name string) *bool {
	switch name {
	case "list":
		return &o.list
	case "add":
		return &o.add
	case "del":
		return &o.del
	case "override":
		return &o.override
	case "no-redirect":
		return &o.noRedirect
	case "help":
		return &o.help
	case "version":
		return &o.version
	case "dry-run":
		return &o.dryRun
	}
	return nil
}

// text is where an option's value is kept, and that it was given.
func (o *options) text(name string) (*string, *bool) {
	switch name {
	case "level", "levels":
		return &o.levels, &o.hasLevels
	case "type":
		return &o.kind, &o.hasKind
	case "root":
		return &o.root, &o.hasRoot
	}
	return nil, nil
}
