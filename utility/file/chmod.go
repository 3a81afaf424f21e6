package file

import (
	"fmt"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// How much chmod, chown and chgrp tell of what they change.
const (
	quiet = iota
	changesOnly
	everything
)

// modeChanger is one run of chmod.
type modeChanger struct {
	c              *call.Call
	changes        []modeChange
	umask          system.Mode
	recursive      bool
	silent         bool
	verbosity      int
	diagnose, keep bool
	root           system.FileInfo
}

// Chmod is chmod(1) with -R, -c, -f, -v, --reference and --preserve-root; a
// mode may look like an option (chmod -x FILE).
func Chmod(c *call.Call) int {
	args, mode, asOption := c.Args, "", false
	c.Args, mode = modeOptions(args)
	asOption = mode != ""
	opts, names, unknown, ok := c.Getopt("Rcfv", "changes>c", "recursive>R", "silent>f", "quiet>f", "verbose>v",
		"reference=", "preserve-root", "no-preserve-root")
	c.Args = args
	if !ok {
		return badOption(c, unknown)
	}
	m := modeChanger{c: c, diagnose: asOption}
	reference, isRef := "", false
	for _, o := range opts {
		switch o.Name {
		case "R":
			m.recursive = true
		case "c":
			m.verbosity = changesOnly
		case "f":
			m.silent = true
		case "v":
			m.verbosity = everything
		case "reference":
			reference, isRef = o.Arg, true
		case "preserve-root":
			m.keep = true
		case "no-preserve-root":
			m.keep = false
		}
	}
	if isRef && asOption {
		return usage(c, "cannot combine mode and --reference options")
	}
	if !isRef && !asOption {
		switch len(names) {
		case 0:
			return missing(c, "operand")
		case 1:
			return missing(c, "operand after "+call.QuoteArg(names[0]))
		}
		mode, names = names[0], names[1:]
	}
	if len(names) == 0 {
		return missing(c, "operand")
	}
	if isRef {
		st, err := c.Stat(reference)
		if err != nil {
			return c.Fail("failed to get attributes of %s: %v", call.Quote(reference), err)
		}
		m.changes = []modeChange{{op: '=', affected: system.PermMask, value: st.Mode.Perm(), mentioned: system.PermMask}}
	} else {
		if m.changes, ok = parseMode(mode); !ok {
			return usage(c, "invalid mode: %s", call.QuoteArg(mode))
		}
		m.umask = c.Umask
	}
	if m.recursive && m.keep {
		m.root, _ = c.Lstat("/")
	}
	status := 0
	for _, n := range names {
		if c.Stop() {
			return 1
		}
		if !m.operand(operandPath(n)) {
			status = 1
		}
	}
	return status
}

// modeOptions takes arguments such as -x and -rw, which are modes, out of an
// argument vector, and joins them with commas.
func modeOptions(args []string) (rest []string, mode string) {
	var modes []string
	for i, a := range args {
		if a == "--" {
			rest = append(rest, args[i:]...)
			break
		}
		if i > 0 && len(a) > 1 && a[0] == '-' && strings.IndexByte("rwxXstugoa,+=01234567", a[1]) >= 0 {
			modes = append(modes, a)
			continue
		}
		rest = append(rest, a)
	}
	return rest, strings.Join(modes, ",")
}

// operand changes a file named on the command line: there, symbolic links are
// followed.
func (m *modeChanger) operand(path string) bool {
	st, err := m.c.Stat(path)
	if err != nil {
		link, lerr := m.c.Lstat(path)
		switch {
		case m.silent:
		case err == system.ENOENT && lerr == nil && link.Mode.IsSymlink():
			m.c.Errorf("cannot operate on dangling symlink %s", call.Quote(path))
		default:
			m.c.Errorf("cannot access %s: %v", call.Quote(path), err)
		}
		if m.verbosity == everything {
			fmt.Fprintf(m.c.Out, "%s could not be accessed\n", call.Quote(path))
		}
		return false
	}
	return m.file(path, st, true)
}

func (m *modeChanger) file(path string, st system.FileInfo, top bool) bool {
	c := m.c
	if st.Mode.IsSymlink() {
		// Below an operand: neither the link nor what it leads to is changed.
		if m.verbosity == everything {
			fmt.Fprintf(c.Out, "neither symbolic link %s nor referent has been changed\n", call.Quote(path))
		}
		return true
	}
	if m.root.Ino != 0 && st.SameFile(m.root) {
		warnRoot(c, path)
		return false
	}
	ok := m.change(path, st)
	if !m.recursive || !st.Mode.IsDir() {
		return ok
	}
	var list []system.DirEntry
	var err error
	if top {
		list, err = c.ReadDir(path)
	} else {
		list, err = readDir(c, path, st)
	}
	if err != nil {
		if !m.silent {
			c.Errorf("cannot read directory %s: %v", call.Quote(path), err)
		}
		return false
	}
	for _, e := range list {
		if c.Stop() {
			return false
		}
		name := join(path, e.Name)
		sub, err := c.Lstat(name)
		if err != nil {
			if !m.silent {
				c.Errorf("cannot access %s: %v", call.Quote(name), err)
			}
			ok = false
			continue
		}
		ok = m.file(name, sub, false) && ok
	}
	return ok
}

// change is chmod(2) and what is said of it.
func (m *modeChanger) change(path string, st system.FileInfo) bool {
	c := m.c
	mode := adjustMode(st.Mode, st.Mode.IsDir(), m.umask, m.changes)
	err := c.Chmod(path, mode)
	if err != nil && !m.silent {
		c.Errorf("changing permissions of %s: %v", call.Quote(path), err)
	}
	if m.verbosity != quiet {
		m.describe(path, st.Mode, mode, err)
	}
	if m.diagnose {
		if naive := adjustMode(st.Mode, st.Mode.IsDir(), 0, m.changes); mode&^naive != 0 {
			c.Errorf("%s: new permissions are %s, not %s", call.QuoteName(path), mode.String()[1:], naive.String()[1:])
			return false
		}
	}
	return err == nil
}

func (m *modeChanger) describe(path string, old, mode system.Mode, err error) {
	now := mode
	if err == nil && mode&^0o777 != 0 {
		// chmod(2) may have dropped a special bit without a word.
		if st, err := m.c.Stat(path); err == nil {
			now = st.Mode
		}
	}
	q := call.Quote(path)
	switch {
	case err != nil:
		if m.verbosity == everything {
			fmt.Fprintf(m.c.Out, "failed to change mode of %s from %04o (%s) to %04o (%s)\n", q, uint32(old.Perm()), old.String()[1:], uint32(mode), mode.String()[1:])
		}
	case old.Perm() != now.Perm():
		fmt.Fprintf(m.c.Out, "mode of %s changed from %04o (%s) to %04o (%s)\n", q, uint32(old.Perm()), old.String()[1:], uint32(mode), mode.String()[1:])
	case m.verbosity == everything:
		fmt.Fprintf(m.c.Out, "mode of %s retained as %04o (%s)\n", q, uint32(mode), mode.String()[1:])
	}
}
