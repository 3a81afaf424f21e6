package system

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Process is what a process has and hands to those that it starts: open
// files, working directory, umask, limits, environment. A shell environment,
// each of its subshells, and each built-in utility that runs in one, has a
// Process; none of them need be a process of the machine's own.
type Process struct {
	Sys System
	// Files is the table of descriptors.
	Files Descriptors
	// Dir is the working directory: absolute, and as the shell calls it (it
	// may lead through symbolic links). It is empty where a directory that is
	// held (see [Process.Hold]) has no name.
	Dir string
	// Umask is the file mode creation mask.
	Umask Mode
	// Env is the environment for programs, as NAME=VALUE.
	Env []string
	// Limits are the resource limits where they differ from the machine
	// process's own.
	Limits map[Resource]Limit
	// Ignored and Restored are signals as in [Command].
	Ignored, Restored []Signal
	// Background is as in [Command].
	Background bool
	// Run runs a program for a utility such as env, nice or xargs, the way
	// the shell would (built in, or found on the PATH of env): argv[0] is
	// the name. It is nil where nothing can be run.
	Run func(ctx context.Context, p *Process, argv []string) int
}

// Stdin is descriptor 0; a closed one gives a file on which every call fails
// with [EBADF].
func (p *Process) Stdin() File { return p.file(0) }

// Stdout is descriptor 1, as [Process.Stdin] is 0.
func (p *Process) Stdout() File { return p.file(1) }

// Stderr is descriptor 2, as [Process.Stdin] is 0.
func (p *Process) Stderr() File { return p.file(2) }

func (p *Process) file(fd int) File {
	if f := p.Files.Get(fd); f != nil {
		return f
	}
	return closedFile{}
}

// Abs makes a path absolute against the working directory, and changes
// nothing else about it: ".." stays, since what is before it may be a link.
// An empty path stays empty (the system answers ENOENT). Where the working
// directory is held and no longer what its name leads to, the path begins with
// what the machine calls it.
func (p *Process) Abs(path string) string {
	if path == "" || path[0] == '/' {
		return path
	}
	dir := p.place()
	if dir == "/" {
		return "/" + path
	}
	return dir + "/" + path
}

// Open is open(2) in this process: path is relative to Dir, and perm is
// subject to Umask.
//
// A name of an own descriptor (/dev/stdin, /dev/fd/3 …) is that of this
// Process, whatever number its file has in the machine's process.
func (p *Process) Open(path string, flag OpenFlag, perm Mode) (File, error) {
	if fd, ok := OwnDescriptor(path); ok {
		return p.reopen(fd, flag)
	}
	return p.Sys.Open(p.Abs(path), flag, perm&^p.Umask)
}

// OwnDescriptor tells which of its descriptors a process means by a path, if
// it means one: /dev/stdin, /dev/stdout, /dev/stderr, /dev/fd/N,
// /proc/self/fd/N.
func OwnDescriptor(path string) (fd int, ok bool) {
	if !strings.HasPrefix(path, "/dev/") && !strings.HasPrefix(path, "/proc/self/fd/") {
		return 0, false
	}
	switch path {
	case "/dev/stdin":
		return 0, true
	case "/dev/stdout":
		return 1, true
	case "/dev/stderr":
		return 2, true
	}
	n, isFD := strings.CutPrefix(path, "/dev/fd/")
	if !isFD {
		n, isFD = strings.CutPrefix(path, "/proc/self/fd/")
	}
	fd, err := strconv.Atoi(n)
	return fd, isFD && err == nil && fd >= 0
}

// reopen opens the file of a descriptor once more, as open(2) of its name in
// /proc/self/fd does.
func (p *Process) reopen(fd int, flag OpenFlag) (File, error) {
	f := p.Files.Get(fd)
	if f == nil {
		return nil, ENOENT
	}
	if c, ok := f.(*Capture); ok {
		r, err := c.Real()
		if err != nil {
			return nil, err
		}
		f = r
	}
	n, ok := f.(interface{ FD() int })
	if !ok {
		// A machine without /proc/self/fd: the file itself, which its owner
		// closes.
		if flag&Truncate != 0 {
			f.Truncate(0)
		}
		return lent{f}, nil
	}
	return p.Sys.Open("/proc/self/fd/"+strconv.Itoa(n.FD()), flag&^Create, 0)
}

// lent is a file that somebody else closes.
type lent struct{ File }

func (lent) Close() error { return nil }

// Stat and the methods that follow are the calls of [Files] of their names,
// with a path relative to Dir, and modes subject to Umask.
func (p *Process) Stat(path string) (FileInfo, error) {
	if fd, ok := OwnDescriptor(path); ok {
		if f := p.Files.Get(fd); f != nil {
			return f.Stat()
		}
		return FileInfo{}, ENOENT
	}
	return p.Sys.Stat(p.Abs(path))
}

// Lstat is [Files].Lstat.
func (p *Process) Lstat(path string) (FileInfo, error) { return p.Sys.Lstat(p.Abs(path)) }

// Access is [Files].Access.
func (p *Process) Access(path string, mode AccessMode) error { return p.Sys.Access(p.Abs(path), mode) }

// Readlink is [Files].Readlink.
func (p *Process) Readlink(path string) (string, error) { return p.Sys.Readlink(p.Abs(path)) }

// ReadDir is [Files].ReadDir.
func (p *Process) ReadDir(path string) ([]DirEntry, error) { return p.Sys.ReadDir(p.Abs(path)) }

// Mkdir is [Files].Mkdir, less Umask.
func (p *Process) Mkdir(path string, perm Mode) error { return p.Sys.Mkdir(p.Abs(path), perm&^p.Umask) }

// Symlink is [Files].Symlink; target is kept as it is.
func (p *Process) Symlink(target, path string) error { return p.Sys.Symlink(target, p.Abs(path)) }

// Link is [Files].Link.
func (p *Process) Link(old, path string, follow bool) error {
	return p.Sys.Link(p.Abs(old), p.Abs(path), follow)
}

// Rename is [Files].Rename.
func (p *Process) Rename(old, path string) error { return p.Sys.Rename(p.Abs(old), p.Abs(path)) }

// Unlink is [Files].Unlink.
func (p *Process) Unlink(path string) error { return p.Sys.Unlink(p.Abs(path)) }

// Rmdir is [Files].Rmdir.
func (p *Process) Rmdir(path string) error { return p.Sys.Rmdir(p.Abs(path)) }

// Chmod is [Files].Chmod, whatever Umask.
func (p *Process) Chmod(path string, mode Mode) error { return p.Sys.Chmod(p.Abs(path), mode) }

// Chown is [Files].Chown.
func (p *Process) Chown(path string, u, g int, flw bool) error {
	return p.Sys.Chown(p.Abs(path), u, g, flw)
}

// Mknod is [Files].Mknod, less Umask.
func (p *Process) Mknod(path string, mode Mode, dev uint64) error {
	return p.Sys.Mknod(p.Abs(path), mode&TypeMask|mode.Perm()&^p.Umask, dev)
}

// ReadFile reads a whole file of at most limit bytes; a larger one gives
// [EFBIG]. A limit of 0 is 64 MiB.
func (p *Process) ReadFile(path string, limit int64) ([]byte, error) {
	f, err := p.Open(path, ReadOnly, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return ReadAll(f, limit)
}

// Getenv looks a variable up in Env; the last one of a name counts.
func (p *Process) Getenv(name string) (string, bool) {
	for _, kv := range slices.Backward(p.Env) {
		if v, ok := strings.CutPrefix(kv, name); ok && v != "" && v[0] == '=' {
			return v[1:], true
		}
	}
	return "", false
}

// Fork is a copy to be changed without an effect on p; its descriptors must
// be closed with Files.CloseAll.
func (p *Process) Fork() *Process {
	c := *p
	c.Files = p.Files.Clone()
	if p.Limits != nil {
		c.Limits = make(map[Resource]Limit, len(p.Limits))
		maps.Copy(c.Limits, p.Limits)
	}
	c.Ignored, c.Restored = slices.Clone(p.Ignored), slices.Clone(p.Restored)
	return &c
}

// Command is a [Command] that runs the program at path with all that p hands
// on.
func (p *Process) Command(path string, args []string) *Command {
	return &Command{
		Path: path, Args: args, Env: p.Env, Dir: p.place(), Files: p.Files.List(), Umask: p.Umask,
		Limits: p.Limits, Ignored: p.Ignored, Restored: p.Restored, Background: p.Background,
	}
}
