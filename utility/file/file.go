// Package file is the built-in utilities that work on files: GNU coreutils
// 9.1's rm, cp, mv, ls and the like, findutils' find, and util-linux' flock
// and mountpoint, as far as init scripts use them. Output, messages and exit
// statuses are those of the originals in the C locale.
//
// What all of them leave out: ACLs, extended attributes and security
// contexts, which the seam below (package system) does not carry, and names
// in any encoding but bytes.
package file

import (
	"strconv"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// lastComponent is the part of a name after its last directory, with any
// trailing slashes: "b/" of "a/b/". It is empty for "/".
func lastComponent(name string) string {
	end := len(name)
	for end > 0 && name[end-1] == '/' {
		end--
	}
	if end == 0 {
		return ""
	}
	return name[strings.LastIndexByte(name[:end], '/')+1:]
}

// stripSlashes takes trailing slashes off, but leaves "/".
func stripSlashes(name string) string {
	for len(name) > 1 && name[len(name)-1] == '/' {
		name = name[:len(name)-1]
	}
	return name
}

// join puts an entry's name behind its directory's.
func join(dir, name string) string {
	if dir == "" {
		return name
	}
	if dir[len(dir)-1] == '/' {
		return dir + name
	}
	return dir + "/" + name
}

// operandPath is how a file named on the command line appears in messages of
// a program that walks trees: of several trailing slashes one is kept.
func operandPath(name string) string {
	for len(name) > 2 && strings.HasSuffix(name, "//") {
		name = name[:len(name)-1]
	}
	return name
}

func isDot(name string) bool {
	name = strings.TrimRight(name, "/")
	return name == "." || name == ".."
}

// missing prints what a program says when it was called with no operand.
func missing(c *call.Call, what string) int {
	c.Errorf("missing %s", what)
	c.Hint()
	return 1
}

// usage prints a message and the hint, and returns status 1.
func usage(c *call.Call, format string, args ...any) int {
	c.Errorf(format, args...)
	c.Hint()
	return 1
}

// badOption ends a utility whose options Getopt did not accept.
func badOption(c *call.Call, unknown string) int {
	if unknown != "" {
		return c.Refuse(unknown)
	}
	return 1
}

// descriptor tells which of the process's own descriptors a name such as
// /dev/stdin or /dev/fd/3 stands for.
func descriptor(name string) (fd int, ok bool) {
	switch name {
	case "/dev/stdin":
		return 0, true
	case "/dev/stdout":
		return 1, true
	case "/dev/stderr":
		return 2, true
	}
	for _, dir := range [...]string{"/dev/fd/", "/proc/self/fd/"} {
		if n, found := strings.CutPrefix(name, dir); found {
			fd, err := strconv.Atoi(n)
			return fd, err == nil && fd >= 0
		}
	}
	return 0, false
}

// ownDescriptors finds a name that looks into the process's own descriptors.
// The file system shows those of sysv there, not those of the shell
// environment, so that such a use is left to the real program.
func ownDescriptors(names []string) (string, bool) {
	for _, n := range names {
		if !strings.HasPrefix(n, "/dev/") && !strings.HasPrefix(n, "/proc/self/") {
			continue
		}
		if _, ok := descriptor(n); ok {
			return n, true
		}
		if d := strings.TrimRight(n, "/"); d == "/proc/self/fd" || d == "/dev/fd" || strings.HasPrefix(n, "/proc/self/fdinfo") {
			return n, true
		}
	}
	return "", false
}

// borrowed is a descriptor of the process, used under a name such as
// /dev/stdin: closing it leaves the descriptor open.
type borrowed struct{ system.File }

func (borrowed) Close() error { return nil }

// open is c.Open, where /dev/stdin and its like mean the process's own
// descriptors.
func open(c *call.Call, name string, flag system.OpenFlag, perm system.Mode) (system.File, error) {
	fd, ok := descriptor(name)
	if !ok {
		return c.Open(name, flag, perm)
	}
	f := c.Files.Get(fd)
	if f == nil {
		return nil, system.ENOENT
	}
	return borrowed{f}, nil
}

// readDir lists a directory that lstat showed as want, and makes sure that it
// still was that one while it was read: a symbolic link put in its place
// gives an error.
func readDir(c *call.Call, path string, want system.FileInfo) ([]system.DirEntry, error) {
	list, err := c.ReadDir(path)
	if err != nil {
		return nil, err
	}
	now, err := c.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !now.SameFile(want) {
		return nil, system.ENOTDIR
	}
	return list, nil
}

// prompt asks a question on standard error and reports whether the answer,
// a line of standard input, is yes.
func prompt(c *call.Call, question string) bool {
	c.Out.Flush()
	system.WriteAll(c.Stderr(), []byte(c.Name()+": "+question+" "))
	in := c.Stdin()
	var b [1]byte
	answer := byte(0)
	for {
		n, err := in.Read(b[:])
		if n == 0 || err != nil || b[0] == '\n' {
			return answer == 'y' || answer == 'Y'
		}
		if answer == 0 {
			answer = b[0]
		}
	}
}

// typeName is how GNU's utilities call a file's type.
func typeName(st system.FileInfo) string {
	switch st.Mode.Type() {
	case system.TypeRegular:
		if st.Size == 0 {
			return "regular empty file"
		}
		return "regular file"
	case system.TypeDir:
		return "directory"
	case system.TypeBlock:
		return "block special file"
	case system.TypeChar:
		return "character special file"
	case system.TypeFIFO:
		return "fifo"
	case system.TypeSymlink:
		return "symbolic link"
	case system.TypeSocket:
		return "socket"
	}
	return "weird file"
}
