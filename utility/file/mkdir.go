package file

import (
	"fmt"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// Mkdir is mkdir(1) with -p, -m and -v.
func Mkdir(c *call.Call) int {
	opts, names, unknown, ok := c.Getopt("pm:v", "parents>p", "mode=>m", "verbose>v")
	if !ok {
		return badOption(c, unknown)
	}
	var parents, verbose bool
	var mode *string
	for _, o := range opts {
		switch o.Name {
		case "p":
			parents = true
		case "m":
			mode = &o.Arg
		case "v":
			verbose = true
		}
	}
	if len(names) == 0 {
		return missing(c, "operand")
	}
	m := dirMaker{c: c, parents: parents, mode: 0o777 &^ c.Umask}
	if verbose {
		m.announce = func(dir string) {
			fmt.Fprintf(c.Out, "%s: created directory %s\n", c.Name(), call.Quote(dir))
		}
	}
	if mode != nil {
		ch, ok := parseMode(*mode)
		if !ok {
			return c.Fail("invalid mode %s", call.QuoteArg(*mode))
		}
		m.mode, m.explicit = adjustMode(0o777, true, c.Umask, ch), true
	}
	status := 0
	for _, dir := range names {
		if c.Stop() {
			return 1
		}
		if !m.make(dir) {
			status = 1
		}
	}
	return status
}

// dirMaker makes directories for mkdir.
type dirMaker struct {
	c       *call.Call
	parents bool
	// mode is the directory's, with the umask taken off; explicit tells that
	// the user gave it.
	mode     system.Mode
	explicit bool
	announce func(dir string)
}

func (m *dirMaker) make(dir string) bool {
	if m.parents && !makeAncestors(m.c, dir, 0o777&^(m.c.Umask&^0o300), m.announce, call.QuoteArg) {
		return false
	}
	err := m.c.Sys.Mkdir(m.c.Abs(dir), m.mode&0o777)
	if err != nil {
		if m.parents && err != system.ENOTDIR {
			if st, e := m.c.Stat(dir); e == nil && st.Mode.IsDir() {
				return true
			}
		}
		m.c.Errorf("cannot create directory %s: %v", call.QuoteArg(dir), err)
		return false
	}
	if m.announce != nil {
		m.announce(dir)
	}
	if !m.explicit || m.mode&^0o777 == 0 {
		return true
	}
	// mkdir(2) does not set the special bits; set-group-id may come from the
	// parent and then stays.
	mode := m.mode
	if st, err := m.c.Lstat(dir); err == nil {
		mode |= st.Mode & setIDs
	}
	if err := m.c.Chmod(dir, mode); err != nil {
		m.c.Errorf("cannot set permissions of %s: %v", call.QuoteArg(dir), err)
		return false
	}
	return true
}

// makeAncestors makes the directories that lead to path, with the mode given,
// where they are missing. quote is for messages.
func makeAncestors(c *call.Call, path string, mode system.Mode, announce func(dir string), quote func(string) string) bool {
	end := len(stripSlashes(path)) - len(strings.TrimRight(lastComponent(path), "/"))
	if parent := stripSlashes(path[:max(end, 0)]); parent != "" {
		// The usual case is that all of them are there.
		if st, err := c.Stat(parent); err == nil && st.Mode.IsDir() {
			return true
		}
	}
	for i := range end {
		if path[i] != '/' || i == 0 || path[i-1] == '/' {
			continue
		}
		dir := path[:i]
		if isDot(lastComponent(dir)) {
			continue
		}
		err := c.Sys.Mkdir(c.Abs(dir), mode)
		if err == nil {
			if announce != nil {
				announce(dir)
			}
			continue
		}
		st, e := c.Stat(dir)
		if e == nil && st.Mode.IsDir() {
			continue
		}
		if e == nil {
			err = system.ENOTDIR
		} else if err == system.EEXIST && e != system.ENOENT {
			err = e
		}
		c.Errorf("cannot create directory %s: %v", quote(dir), err)
		return false
	}
	return true
}
