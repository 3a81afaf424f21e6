package file

import (
	"fmt"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// linker is one run of ln.
type linker struct {
	c                                         *call.Call
	symbolic, force, ask, verbose, rel, logic bool
	// made are the hard links made so far by name, so that -f never removes
	// one of them; nil if that cannot happen.
	made map[string]system.FileInfo
}

// Ln is ln(1) with -s, -f, -i, -n, -r, -t, -T, -v, -L and -P.
func Ln(c *call.Call) int {
	opts, names, unknown, ok := c.Getopt("finrst:vLPT", "no-dereference>n", "no-target-directory>T", "force>f", "interactive>i",
		"target-directory=>t", "logical>L", "physical>P", "relative>r", "symbolic>s", "verbose>v")
	if !ok {
		return badOption(c, unknown)
	}
	l := linker{c: c}
	follow, noDir := true, false
	var dir *string
	for _, o := range opts {
		switch o.Name {
		case "f":
			l.force, l.ask = true, false
		case "i":
			l.ask, l.force = true, false
		case "n":
			follow = false
		case "r":
			l.rel = true
		case "s":
			l.symbolic = true
		case "t":
			if dir != nil {
				return c.Fail("multiple target directories specified")
			}
			st, err := c.Stat(o.Arg)
			if err != nil {
				return c.Fail("failed to access %s: %v", call.Quote(o.Arg), err)
			}
			if !st.Mode.IsDir() {
				return c.Fail("target %s is not a directory", call.Quote(o.Arg))
			}
			dir = &o.Arg
		case "v":
			l.verbose = true
		case "L":
			l.logic = true
		case "P":
			l.logic = false
		case "T":
			noDir = true
		}
	}
	if len(names) == 0 {
		return missing(c, "file operand")
	}
	if l.rel && !l.symbolic {
		return c.Fail("cannot do --relative without --symbolic")
	}
	if noDir {
		if dir != nil {
			return c.Fail("cannot combine --target-directory and --no-target-directory")
		}
		if len(names) < 2 {
			return missing(c, "destination file operand after "+call.Quote(names[0]))
		}
		if len(names) > 2 {
			return usage(c, "extra operand %s", call.Quote(names[2]))
		}
		return l.status(l.link(names[0], names[1]))
	}
	if dir == nil {
		d := "."
		if len(names) > 1 {
			d = names[len(names)-1]
			if err := isDirectory(c, d, follow); err == nil {
				names, dir = names[:len(names)-1], &d
			} else if len(names) > 2 {
				return c.Fail("target %s: %v", call.Quote(d), err)
			}
		} else {
			dir = &d
		}
	}
	if dir == nil {
		return l.status(l.link(names[0], names[1]))
	}
	if len(names) > 1 && l.force && !l.symbolic {
		l.made = map[string]system.FileInfo{}
	}
	status := 0
	for _, n := range names {
		if c.Stop() {
			return 1
		}
		base := stripSlashes(lastComponent(n))
		if base == "" {
			// "/" has no name that it could have there.
			l.failed(n, join(*dir, base), system.ENOENT)
			status = 1
		} else if !l.link(n, join(*dir, base)) {
			status = 1
		}
	}
	return status
}

// isDirectory tells why a name is no directory; a link to one counts only if
// follow is true.
func isDirectory(c *call.Call, name string, follow bool) error {
	stat := c.Lstat
	if follow {
		stat = c.Stat
	}
	st, err := stat(name)
	if err == nil && !st.Mode.IsDir() {
		err = system.ENOTDIR
	}
	return err
}

func (l *linker) status(ok bool) int {
	if ok {
		return 0
	}
	return 1
}

// link makes one link: the easy way if it can be done, else with more care.
func (l *linker) link(source, dest string) bool {
	c := l.c
	err := l.try(source, dest)
	var src system.FileInfo
	known := false
	if (err != nil || l.made != nil) && !l.symbolic {
		stat := c.Lstat
		if l.logic {
			stat = c.Stat
		}
		st, serr := stat(source)
		if serr != nil {
			c.Errorf("failed to access %s: %v", call.Quote(source), serr)
			return false
		}
		src, known = st, true
		if err != nil && st.Mode.IsDir() {
			c.Errorf("%s: hard link not allowed for directory", call.QuoteName(source))
			return false
		}
	}
	if l.rel {
		source = l.relativeTo(source, dest)
	}
	if err == system.EEXIST && (l.force || l.ask) {
		done, replace := l.mayReplace(source, dest, src, known)
		if !replace {
			return done
		}
		err = l.replace(source, dest)
	} else if l.rel {
		err = c.Symlink(source, dest)
	}
	if err != nil {
		l.failed(source, dest, err)
		return false
	}
	if l.made != nil {
		l.made[dest] = src
	}
	if l.verbose {
		arrow := "="
		if l.symbolic {
			arrow = "-"
		}
		fmt.Fprintf(c.Out, "%s %s> %s\n", call.Quote(dest), arrow, call.Quote(source))
	}
	return true
}

// try makes the link as it stands. For a relative one it only looks whether
// there is something at dest.
func (l *linker) try(source, dest string) error {
	switch {
	case l.rel:
		if _, err := l.c.Lstat(dest); err == nil {
			return system.EEXIST
		}
		return nil
	case l.symbolic:
		return l.c.Symlink(source, dest)
	}
	return l.c.Link(source, dest, l.logic)
}

// relativeTo is the name of source as seen from the directory of dest.
func (l *linker) relativeTo(source, dest string) string {
	dir, err := canonical(l.c, dirName(dest), canonMissing, false)
	if err != nil {
		return source
	}
	src, err := canonical(l.c, source, canonMissing, false)
	if err != nil {
		return source
	}
	return relative(src, dir)
}

// mayReplace tells whether what is at dest may go. If not, done tells whether
// that is all right (the user said no).
func (l *linker) mayReplace(source, dest string, src system.FileInfo, known bool) (done, replace bool) {
	c := l.c
	st, err := c.Lstat(dest)
	if err != nil {
		if err == system.ENOENT {
			return false, true
		}
		c.Errorf("failed to access %s: %v", call.Quote(dest), err)
		return false, false
	}
	if st.Mode.IsDir() {
		c.Errorf("%s: cannot overwrite directory", call.QuoteName(dest))
		return false, false
	}
	if m, ok := l.made[dest]; ok && m.SameFile(st) {
		c.Errorf("will not overwrite just-created %s with %s", call.Quote(dest), call.Quote(source))
		return false, false
	}
	if l.force {
		if !known {
			src, err = c.Stat(source)
			known = err == nil
		}
		if known && src.SameFile(st) && (src.Nlink == 1 || sameName(c, source, dest)) {
			c.Errorf("%s and %s are the same file", call.Quote(source), call.Quote(dest))
			return false, false
		}
	}
	if l.ask && !prompt(c, "replace "+call.Quote(dest)+"?") {
		return true, false
	}
	return false, true
}

// sameName tells whether two names are one entry of one directory.
func sameName(c *call.Call, a, b string) bool {
	if stripSlashes(lastComponent(a)) != stripSlashes(lastComponent(b)) {
		return false
	}
	x, err1 := c.Stat(dirName(a))
	y, err2 := c.Stat(dirName(b))
	return err1 == nil && err2 == nil && x.SameFile(y)
}

// replace puts a new link in the place of what is at dest, in one step, so
// that there is never nothing.
func (l *linker) replace(source, dest string) error {
	return replaceBy(l.c, dest, func(tmp string) error {
		if l.symbolic {
			return l.c.Symlink(source, tmp)
		}
		return l.c.Link(source, tmp, l.logic)
	})
}

// replaceBy has a file made under another name beside dest, and then renamed.
func replaceBy(c *call.Call, dest string, make func(tmp string) error) error {
	dir := dest[:len(dest)-len(lastComponent(dest))]
	for {
		tmp := dir + "Cu" + randomName(c, 6)
		err := make(tmp)
		if err == system.EEXIST {
			continue
		}
		if err != nil {
			return err
		}
		err = c.Rename(tmp, dest)
		// rename(2) does nothing if both are already the same file.
		c.Unlink(tmp)
		return err
	}
}

func (l *linker) failed(source, dest string, err error) {
	d, s := call.Quote(dest), call.Quote(source)
	what := "failed to create hard link " + d
	switch {
	case l.symbolic:
		what = "failed to create symbolic link " + d
		if err == system.ENAMETOOLONG || source == "" {
			what += " -> " + s
		}
	case err == system.EMLINK:
		what = "failed to create hard link to " + s
	case err != system.EDQUOT && err != system.EEXIST && err != system.ENOSPC && err != system.EROFS:
		what += " => " + s
	}
	l.c.Errorf("%s: %v", what, err)
}

// linkTargets tells whether a symbolic link already leads to target.
func linkTargets(c *call.Call, name, target string) bool {
	have, err := c.Readlink(name)
	return err == nil && strings.Compare(have, target) == 0
}
