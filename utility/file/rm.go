package file

import (
	"fmt"

	"sysv/system"
	"sysv/utility/call"
)

// remover is one run of rm.
type remover struct {
	c                               *call.Call
	force, ask, recursive, emptyDir bool
	verbose, oneFS                  bool
	// tty tells that standard input is a terminal, so that there is someone
	// to ask before a write-protected file goes.
	tty  bool
	root system.FileInfo
	keep bool // --preserve-root
}

// Rm is rm(1) with -f, -i, -r, -R, -d, -v and --one-file-system. As in GNU's,
// "/", "." and ".." are never removed.
func Rm(c *call.Call) int {
	opts, names, unknown, ok := c.Getopt("dfirRv", "force>f", "recursive>r", "dir>d", "verbose>v",
		"one-file-system", "preserve-root", "no-preserve-root")
	if !ok {
		return badOption(c, unknown)
	}
	r := remover{c: c, keep: true}
	for _, o := range opts {
		switch o.Name {
		case "f":
			r.force, r.ask = true, false
		case "i":
			r.ask, r.force = true, false
		case "r", "R":
			r.recursive = true
		case "d":
			r.emptyDir = true
		case "v":
			r.verbose = true
		case "one-file-system":
			r.oneFS = true
		case "no-preserve-root":
			return c.Refuse("--no-preserve-root")
		}
	}
	if len(names) == 0 {
		if r.force {
			return 0
		}
		return missing(c, "operand")
	}
	if r.recursive && r.keep {
		r.root, _ = c.Lstat("/")
	}
	r.tty = !r.force && c.Stdin().IsTerminal()
	status := 0
	for _, n := range names {
		if c.Stop() {
			return 1
		}
		if !r.operand(operandPath(n)) {
			status = 1
		}
	}
	return status
}

// operand removes a file named on the command line.
func (r *remover) operand(path string) bool {
	st, err := r.c.Lstat(path)
	if err != nil || !st.Mode.IsDir() {
		return r.unlink(path, st)
	}
	if !r.recursive {
		empty := r.emptyDir && r.isEmpty(path)
		if !empty {
			why := system.EISDIR
			if r.emptyDir {
				why = system.ENOTEMPTY
			}
			return r.fail(path, why)
		}
	}
	if isDot(lastComponent(path)) {
		r.c.Errorf("refusing to remove '.' or '..' directory: skipping %s", call.Quote(path))
		return false
	}
	if r.root.Ino != 0 && st.SameFile(r.root) {
		warnRoot(r.c, path)
		return false
	}
	ok, _ := r.dir(path, st, st.Dev)
	return ok
}

// warnRoot is what a recursive program says instead of working on "/".
func warnRoot(c *call.Call, path string) {
	if path == "/" {
		c.Errorf("it is dangerous to operate recursively on %s", call.Quote(path))
	} else {
		c.Errorf("it is dangerous to operate recursively on %s (same as %s)", call.Quote(path), call.Quote("/"))
	}
	c.Errorf("use --no-preserve-root to override this failsafe")
}

func (r *remover) fail(path string, err error) bool {
	r.c.Errorf("cannot remove %s: %v", call.Quote(path), err)
	return false
}

func (r *remover) isEmpty(path string) bool {
	list, err := r.c.ReadDir(path)
	return err == nil && len(list) == 0
}

// dir removes a directory and what is in it. gone is false where it (or
// something in it) stays, for which a message has been printed unless the
// user wanted it so.
func (r *remover) dir(path string, st system.FileInfo, dev uint64) (ok, gone bool) {
	empty := r.ask && r.isEmpty(path)
	if r.ask || r.tty {
		if yes, fine := r.confirm(path, st, !empty); !yes {
			return fine, false
		}
		if empty {
			gone = r.rmdir(path, nil)
			return gone, gone
		}
	}
	list, err := readDir(r.c, path, st)
	if err != nil {
		// An empty directory that cannot be read can still be removed.
		gone = r.rmdir(path, err)
		return gone, gone
	}
	ok, all := true, true
	for _, e := range list {
		if r.c.Stop() {
			return false, false
		}
		name := join(path, e.Name)
		fine, went := r.entry(name, e, dev)
		ok, all = ok && fine, all && went
	}
	if !all {
		return ok, false
	}
	if r.oneFS && st.Dev != dev {
		r.c.Errorf("skipping %s, since it's on a different device", call.Quote(path))
		return false, false
	}
	if r.ask && !empty {
		if yes, fine := r.confirm(path, st, false); !yes {
			return ok && fine, false
		}
	}
	gone = r.rmdir(path, nil)
	return ok && gone, gone
}

func (r *remover) entry(name string, e system.DirEntry, dev uint64) (ok, gone bool) {
	var st system.FileInfo
	if e.Type == 0 || e.Type == system.TypeDir || r.ask || r.tty {
		var err error
		if st, err = r.c.Lstat(name); err == nil && st.Mode.IsDir() {
			if r.oneFS && st.Dev != dev {
				r.c.Errorf("skipping %s, since it's on a different device", call.Quote(name))
				return false, false
			}
			return r.dir(name, st, dev)
		}
	}
	if (r.ask || r.tty) && st.Ino != 0 {
		if yes, fine := r.confirm(name, st, false); !yes {
			// As in the original, the directory is tried all the same.
			return fine, fine
		}
	}
	gone = r.remove(name)
	return gone, gone
}

// unlink removes a file that is not a directory and was named by the user.
func (r *remover) unlink(path string, st system.FileInfo) bool {
	if (r.ask || r.tty) && st.Ino != 0 {
		if yes, fine := r.confirm(path, st, false); !yes {
			return fine
		}
	}
	return r.remove(path)
}

func (r *remover) remove(path string) bool {
	err := r.c.Unlink(path)
	if err == nil {
		if r.verbose {
			fmt.Fprintf(r.c.Out, "removed %s\n", call.Quote(path))
		}
		return true
	}
	if err == system.EROFS {
		// A read-only file system says so even of a file that is not there.
		if _, e := r.c.Lstat(path); e == system.ENOENT {
			err = e
		}
	}
	if r.force && notThere(err) {
		return true
	}
	return r.fail(path, err)
}

// notThere tells whether an error means that there is no such file.
func notThere(err error) bool {
	return err == system.ENOENT || err == system.ENOTDIR || err == system.EINVAL || err == system.EILSEQ
}

// rmdir removes an emptied directory; unread is why it could not be listed.
func (r *remover) rmdir(path string, unread error) bool {
	err := r.c.Rmdir(path)
	if err == nil {
		if r.verbose {
			fmt.Fprintf(r.c.Out, "removed directory %s\n", call.Quote(path))
		}
		return true
	}
	if r.force && notThere(err) {
		return true
	}
	if unread != nil && (err == system.ENOTEMPTY || err == system.EISDIR || err == system.ENOTDIR || err == system.EEXIST) {
		err = unread
	}
	return r.fail(path, err)
}

// confirm asks about one file where that is due. fine is false where it could
// not even be asked.
func (r *remover) confirm(path string, st system.FileInfo, descend bool) (yes, fine bool) {
	link := st.Mode.IsSymlink()
	protected := !link && r.c.Access(path, system.WriteOK) != nil
	if !r.ask && !protected {
		return true, true
	}
	kind := ""
	if protected {
		kind = "write-protected "
	}
	q := "remove " + kind + typeName(st) + " " + call.Quote(path) + "?"
	if descend && st.Mode.IsDir() {
		q = "descend into " + kind + "directory " + call.Quote(path) + "?"
	}
	return prompt(r.c, q), true
}
