package file

import (
	"fmt"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// Rmdir is rmdir(1) with -p, -v and --ignore-fail-on-non-empty.
func Rmdir(c *call.Call) int {
	opts, names, unknown, ok := c.Getopt("pv", "parents>p", "path>p", "verbose>v", "ignore-fail-on-non-empty>i")
	if !ok {
		return badOption(c, unknown)
	}
	var parents, verbose, ignore bool
	for _, o := range opts {
		switch o.Name {
		case "p":
			parents = true
		case "v":
			verbose = true
		case "i":
			ignore = true
		}
	}
	if len(names) == 0 {
		return missing(c, "operand")
	}
	// one removes a directory: done, or to be passed over, or an error.
	one := func(dir string) (done, ignored bool, err error) {
		if verbose {
			fmt.Fprintf(c.Out, "%s: removing directory, %s\n", c.Name(), call.Quote(dir))
		}
		if err = c.Rmdir(dir); err == nil {
			return true, false, nil
		}
		return false, ignore && nonEmpty(c, dir, err), err
	}
	status := 0
	for _, dir := range names {
		if c.Stop() {
			return 1
		}
		done, ignored, err := one(dir)
		if ignored {
			continue
		}
		if !done {
			if err == system.ENOTDIR && linkWithSlash(c, dir) {
				c.Errorf("failed to remove %s: Symbolic link not followed", call.Quote(dir))
			} else {
				c.Errorf("failed to remove %s: %v", call.Quote(dir), err)
			}
			status = 1
			continue
		}
		for d := stripSlashes(dir); parents; {
			i := strings.LastIndexByte(d, '/')
			if i < 0 {
				break
			}
			if d = stripSlashes(d[:i+1]); d == "/" && i == 0 && dir == "/" {
				break
			}
			done, ignored, err := one(d)
			if done {
				continue
			}
			if !ignored {
				what := "directory "
				if err == system.ENOTDIR {
					what = ""
				}
				c.Errorf("failed to remove %s%s: %v", what, call.Quote(d), err)
				status = 1
			}
			break
		}
	}
	return status
}

// nonEmpty tells whether rmdir(2) failed because there is something in dir.
func nonEmpty(c *call.Call, dir string, err error) bool {
	switch err {
	case system.ENOTEMPTY, system.EEXIST:
		return true
	case system.EACCES, system.EPERM, system.EROFS, system.EBUSY:
		list, err := c.ReadDir(dir)
		return err == nil && len(list) > 0
	}
	return false
}

// linkWithSlash tells whether a name is a symbolic link to a directory (or to
// nothing) with a slash behind it, which rmdir(2) does not follow.
func linkWithSlash(c *call.Call, dir string) bool {
	if !strings.HasSuffix(dir, "/") {
		return false
	}
	if st, err := c.Stat(dir); err == system.ENOTDIR || err == nil && !st.Mode.IsDir() {
		return false
	}
	st, err := c.Lstat(stripSlashes(dir))
	return err == nil && st.Mode.IsSymlink()
}
