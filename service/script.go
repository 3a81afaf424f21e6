package service

import (
	"bytes"
	"fmt"
	"strings"

	"sysv/interp"
	"sysv/system"
)

// Script is an init script that has been read.
type Script struct {
	// Path is where it was found.
	Path string
	// Source is its text.
	Source []byte
	// Interpreter and Options are those of its #! line; without one they are
	// "/bin/sh" and none.
	Interpreter string
	Options     []string
	// Kind says what runs it.
	Kind    Kind
	Dialect interp.Dialect
}

// Kind is what runs a script.
type Kind int

// Kinds of scripts.
const (
	// Shell is run by the embedded shell.
	Shell Kind = iota
	// InitDScript is a #!/lib/init/init-d-script: variables for Debian's
	// script of that name.
	InitDScript
	// Foreign is run by its own interpreter (perl, python …).
	Foreign
)

// Exit statuses of a script that is not run, as a shell gives them.
const (
	StatusNotExecutable = 126
	StatusNotFound      = 127
)

// LoadError is a script that is not run, and why.
type LoadError struct {
	Path string
	// Why says what is wrong and what was expected.
	Why string
	// Status is the exit status that it gives.
	Status int
	// Program tells that it is no script but a program for this machine, and
	// would be safe to run as one.
	Program bool
}

func (e *LoadError) Error() string {
	if strings.HasPrefix(e.Why, ":") {
		return e.Path + e.Why // it names a line
	}
	return e.Path + ": " + e.Why
}

// maxScript bounds a script in bytes: the largest real ones have 100 kB.
const maxScript = 16 << 20

// Load reads a script and checks that it can be run, and that it is safe to:
// one that another user could have written is refused when root runs it,
// unless allowWritable says that it is meant. The error is a *LoadError.
func Load(p *system.Process, path string, allowWritable bool) (*Script, error) {
	refuse := func(status int, format string, args ...any) (*Script, error) {
		return nil, &LoadError{Path: path, Why: fmt.Sprintf(format, args...), Status: status}
	}
	f, err := p.Open(path, system.ReadOnly|system.NonBlock|system.NoCTTY, 0)
	switch err {
	case nil:
	case system.ENOENT, system.ENOTDIR:
		return refuse(StatusNotFound, "no such script")
	default:
		return refuse(StatusNotExecutable, "%v", err)
	}
	defer f.Close()
	// The checks are of the file that was opened, and not of what may stand
	// at its path by now.
	info, err := f.Stat()
	switch {
	case err != nil:
		return refuse(StatusNotExecutable, "%v", err)
	case info.Mode.IsDir():
		return refuse(StatusNotExecutable, "is a directory, expected a script")
	case !info.Mode.IsRegular():
		return refuse(StatusNotExecutable, "is not a regular file, expected a script")
	}
	if !allowWritable {
		why := unsafe(p.Sys.Identity(), info)
		if why == "" {
			why = unsafeDirectory(p, path)
		}
		if why != "" {
			return refuse(StatusNotExecutable, "%s: not run as root (chmod and chown it, or say --allow-writable)", why)
		}
	}
	src, err := system.ReadAll(f, maxScript)
	if err == system.EFBIG {
		return refuse(StatusNotExecutable, "is larger than %d MB, expected a script", maxScript>>20)
	}
	if err != nil {
		return refuse(StatusNotExecutable, "%v", err)
	}
	s := &Script{Path: path, Source: src, Interpreter: "/bin/sh"}
	if why := s.readFirstLine(); why != "" {
		return nil, &LoadError{Path: path, Why: why, Status: StatusNotExecutable, Program: bytes.HasPrefix(src, []byte(elf))}
	}
	return s, nil
}

// unsafe says why root should not run a file: somebody else could have
// written it.
func unsafe(id system.Identity, info system.FileInfo) string {
	switch {
	case id.EUID != 0:
		return ""
	case info.UID != 0:
		return fmt.Sprintf("belongs to user %d, who could have written anything into it", info.UID)
	case info.Mode&0o002 != 0:
		return fmt.Sprintf("can be written by everybody (mode %04o)", info.Mode.Perm())
	case info.Mode&0o020 != 0 && info.GID != 0:
		return fmt.Sprintf("can be written by group %d (mode %04o)", info.GID, info.Mode.Perm())
	}
	return ""
}

// unsafeDirectory says why root should not run what stands at a path: somebody
// else could have put another file there. In a directory with the sticky bit
// (/tmp) nobody can take away what is not theirs.
func unsafeDirectory(p *system.Process, path string) string {
	if p.Sys.Identity().EUID != 0 {
		return ""
	}
	path = p.Abs(path)
	for range maxLinks {
		dir := path[:strings.LastIndexByte(path, '/')+1]
		info, err := p.Sys.Stat(dir)
		if err != nil {
			return "its directory: " + err.Error()
		}
		if info.Mode&0o1000 == 0 {
			switch {
			case info.Mode&0o002 != 0:
				return fmt.Sprintf("is in %s, where everybody can put files (mode %04o)", dir, info.Mode.Perm())
			case info.Mode&0o020 != 0 && info.GID != 0:
				return fmt.Sprintf("is in %s, where group %d can put files (mode %04o)", dir, info.GID, info.Mode.Perm())
			}
		}
		target, err := p.Sys.Readlink(path)
		if err != nil {
			return ""
		}
		if !strings.HasPrefix(target, "/") {
			target = dir + target
		}
		path = target
	}
	return "has too many symbolic links in front of it"
}

// maxLinks is how many symbolic links the kernel follows (path_resolution(7)).
const maxLinks = 40

// elf begins a program.
const elf = "\x7fELF"

// readFirstLine finds out what runs the script; it returns why nothing does.
func (s *Script) readFirstLine() string {
	head := s.Source
	if len(head) > 4096 {
		head = head[:4096]
	}
	if bytes.HasPrefix(head, []byte(elf)) {
		return "is a binary program, expected a script"
	}
	line, rest, _ := bytes.Cut(head, []byte("\n"))
	if !bytes.HasPrefix(line, []byte("#!")) {
		if bytes.IndexByte(line, 0) >= 0 || len(line) > 0 && bytes.IndexByte(rest, 0) >= 0 {
			return "is not text, expected a script"
		}
		return ""
	}
	// Blanks alone are what the kernel splits it at: after a carriage return
	// it looks for a program whose name ends in one.
	words := strings.FieldsFunc(string(line[2:]), func(c rune) bool { return c == ' ' || c == '\t' })
	if len(words) == 0 {
		return `:1:3: empty "#!" line, expected an interpreter`
	}
	s.Interpreter, s.Options = words[0], words[1:]
	base := func(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }
	name := base(s.Interpreter)
	if name == "env" && len(s.Options) > 0 {
		name, s.Options = base(s.Options[0]), s.Options[1:]
	}
	switch name {
	case "sh", "dash", "ash", "ksh", "busybox":
		s.Kind, s.Dialect = Shell, interp.Dash
	case "bash":
		s.Kind, s.Dialect = Shell, interp.Bash
	case "init-d-script":
		s.Kind, s.Dialect = InitDScript, interp.Dash
	default:
		s.Kind = Foreign
	}
	return ""
}
