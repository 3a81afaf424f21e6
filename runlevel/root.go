package runlevel

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
)

// ErrOutside is a path whose symbolic links lead above the root: what is
// changed there would not be in the tree.
var ErrOutside = errors.New("leads out of the root directory")

// maxLinks is how many symbolic links one path may lead through, as in
// path_resolution(7).
const maxLinks = 40

// Root is the tree below a directory, its symbolic links resolved inside it as
// in a chroot: an absolute one starts at the directory. Names are those of
// [io/fs]: "etc/rc2.d/S01cron".
//
// It reads as an [fs.FS], [fs.ReadLinkFS], [fs.StatFS], [fs.ReadDirFS] and
// [fs.ReadFileFS]. It is not safe against somebody who exchanges directories
// of the tree for links meanwhile, and not for use by several goroutines.
type Root struct {
	dir string
	// whole tells that dir is the machine's own root, where the system's
	// resolution is the right one.
	whole bool
	// dirs are the directories that were resolved.
	dirs map[string]resolved
	tree *tree
	// state is the directory of the lock and the journal, with a "/" at its
	// end: "etc/", or "" for dir itself.
	state string
	// pretended are changes that are not made.
	pretended *pretended
	failed    error
}

// resolved is where a name is, and whether its links led above the root.
type resolved struct {
	path    string
	outside bool
}

var (
	_ fs.ReadLinkFS = (*Root)(nil)
	_ fs.StatFS     = (*Root)(nil)
	_ fs.ReadDirFS  = (*Root)(nil)
	_ fs.ReadFileFS = (*Root)(nil)
)

// OpenRoot is the tree below dir, which must be a directory; "" is "/".
func OpenRoot(dir string) (*Root, error) {
	if dir == "" {
		dir = "/"
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, describe(dir, err)
	}
	whole := abs == "/" && runtime.GOOS != "windows"
	if !whole {
		if real, err := filepath.EvalSymlinks(abs); err == nil {
			abs = real
		}
		info, err := os.Stat(abs)
		if err != nil {
			return nil, describe(dir, err)
		}
		if !info.IsDir() {
			return nil, describe(dir, syscall.ENOTDIR)
		}
		whole = abs == "/" && runtime.GOOS != "windows"
	}
	return &Root{dir: abs, whole: whole, tree: treeOf(abs), state: "etc/"}, nil
}

// OpenScripts is the tree in which the directories of the runlevels are those
// beside scripts, an absolute path: what /etc/init.d, or Red Hat's
// /etc/rc.d/init.d, is the init scripts of. Where the path has no such etc, it
// is the directory above, and the lock and the journal are right in it.
func OpenScripts(scripts string) (*Root, error) {
	above := filepath.Dir(filepath.Clean(scripts))
	etc := above
	if filepath.Base(etc) == "rc.d" {
		etc = filepath.Dir(etc)
	}
	if filepath.Base(etc) == "etc" {
		return OpenRoot(filepath.Dir(etc))
	}
	r, err := OpenRoot(above)
	if err == nil {
		r.state = ""
	}
	return r, err
}

// own is the name of a file that is our own.
func (r *Root) own(base string) string { return r.state + base }

// Dir is the directory, absolute.
func (r *Root) Dir() string { return r.dir }

// Path is the machine's path of a name, its links not resolved: what messages
// say.
func (r *Root) Path(name string) string {
	if r.dir == "/" {
		return "/" + name
	}
	return r.dir + string(filepath.Separator) + filepath.FromSlash(name)
}

// pathError is an error with the path in front, in the words of strerror(3),
// and none of the call's name.
type pathError struct {
	path string
	err  error
}

func (e *pathError) Error() string { return e.path + ": " + words(e.err) }
func (e *pathError) Unwrap() error { return e.err }

// words are those of strerror(3), where the error is one of the system's.
func words(err error) string {
	var no syscall.Errno
	switch {
	case err == fs.ErrExist:
		return "File exists"
	case err == fs.ErrNotExist:
		return "No such file or directory"
	case errors.As(err, &no) && err == error(no):
		text := no.Error()
		return strings.ToUpper(text[:1]) + text[1:]
	}
	return err.Error()
}

// describe is an error as pathError has it.
func describe(path string, err error) error {
	var pe *fs.PathError
	var le *os.LinkError
	switch {
	case errors.As(err, &pe):
		err = pe.Err
	case errors.As(err, &le):
		err = le.Err
	}
	return &pathError{path, err}
}

// locate finds where a name is. With follow, a link at the end is followed
// too. What is not there is where it would be.
func (r *Root) locate(op, name string, follow bool) (resolved, error) {
	if !fs.ValidPath(name) {
		return resolved{}, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	if r.whole {
		return resolved{path: "/" + name}, nil
	}
	if name == "." {
		return resolved{path: r.dir}, nil
	}
	dir, base := ".", name
	if i := strings.LastIndexByte(name, '/'); i >= 0 {
		dir, base = name[:i], name[i+1:]
	}
	at, err := r.directory(dir)
	if err != nil {
		return resolved{}, &fs.PathError{Op: op, Path: name, Err: err}
	}
	if !follow {
		at.path = join(at.path, base)
		return at, nil
	}
	at, err = r.walk(at, base)
	if err != nil {
		return resolved{}, &fs.PathError{Op: op, Path: name, Err: err}
	}
	return at, nil
}

// join is a name in a directory, which filepath.Join would look through.
func join(dir, name string) string {
	if strings.HasSuffix(dir, string(filepath.Separator)) {
		return dir + name
	}
	return dir + string(filepath.Separator) + name
}

// directory finds a directory, and remembers it.
func (r *Root) directory(name string) (resolved, error) {
	if at, ok := r.dirs[name]; ok {
		return at, nil
	}
	at := resolved{path: r.dir}
	if name != "." {
		above, base := ".", name
		if i := strings.LastIndexByte(name, '/'); i >= 0 {
			above, base = name[:i], name[i+1:]
		}
		var err error
		if at, err = r.directory(above); err != nil {
			return at, err
		}
		if at, err = r.walk(at, base); err != nil {
			return at, err
		}
	}
	if info, err := os.Lstat(at.path); err == nil && info.IsDir() {
		if r.dirs == nil {
			r.dirs = map[string]resolved{}
		}
		r.dirs[name] = at
	}
	return at, nil
}

// walk follows the components of rest, from a directory in the tree.
func (r *Root) walk(at resolved, rest string) (resolved, error) {
	for links := 0; rest != ""; {
		var c string
		c, rest, _ = strings.Cut(rest, "/")
		switch c {
		case "", ".":
			continue
		case "..":
			if at.path == r.dir {
				at.outside = r.dir != "/"
				continue
			}
			at.path = filepath.Dir(at.path)
			continue
		}
		next := join(at.path, c)
		target, err := r.readLink(next)
		if err != nil {
			// No link, or nothing there: the call that uses the path says so.
			at.path = next
			continue
		}
		if links++; links > maxLinks {
			return at, syscall.ELOOP
		}
		target = filepath.ToSlash(target)
		if strings.HasPrefix(target, "/") {
			at.path = r.dir
		}
		rest = target + "/" + rest
	}
	return at, nil
}

// Open opens a file or a directory for reading.
func (r *Root) Open(name string) (fs.File, error) {
	at, err := r.locate("open", name, true)
	if err != nil {
		return nil, err
	}
	path, err := r.stored("open", at.path)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if r.pretended != nil {
		return pretendedFile{f, r, at.path}, nil
	}
	return f, nil
}

// ReadFile is the content of a file.
func (r *Root) ReadFile(name string) ([]byte, error) {
	at, err := r.locate("read", name, true)
	if err != nil {
		return nil, err
	}
	path, err := r.stored("open", at.path)
	if err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// ReadDir is what is in a directory, sorted by name.
func (r *Root) ReadDir(name string) ([]fs.DirEntry, error) {
	at, err := r.locate("readdir", name, true)
	if err != nil {
		return nil, err
	}
	return r.readDir(at.path)
}

// Stat is what a name is, links followed.
func (r *Root) Stat(name string) (fs.FileInfo, error) {
	at, err := r.locate("stat", name, true)
	if err != nil {
		return nil, err
	}
	path, err := r.stored("stat", at.path)
	if err != nil {
		return nil, err
	}
	return os.Stat(path)
}

// Lstat is what a name is itself.
func (r *Root) Lstat(name string) (fs.FileInfo, error) {
	at, err := r.locate("lstat", name, false)
	if err != nil {
		return nil, err
	}
	return r.lstat(at.path)
}

// ReadLink is where a symbolic link leads, as it is written.
func (r *Root) ReadLink(name string) (string, error) {
	at, err := r.locate("readlink", name, false)
	if err != nil {
		return "", err
	}
	return r.readLink(at.path)
}

// place is the machine's path of a name that is to be changed: its directory
// resolved, itself not.
func (r *Root) place(name string) (string, error) {
	if name == "." {
		return "", fmt.Errorf("%s: is the root directory", r.Path(name))
	}
	at, err := r.locate("change", name, false)
	if err != nil {
		return "", describe(r.Path(name), err)
	}
	if at.outside {
		return "", fmt.Errorf("%s: %w", r.Path(name), ErrOutside)
	}
	return at.path, nil
}
