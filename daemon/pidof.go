package daemon

import (
	"slices"
	"strings"

	"sysv/system"
)

// nameLength is how much of a process name the kernel keeps.
const nameLength = 15

// Seen is a process as pidof(8) sees it.
type Seen struct {
	Process
	// Exe is the link to the program, with " (deleted)" as the kernel gives
	// it; "" if it cannot be read.
	Exe string
	// Argv0 is the first argument, Script the first further one that does
	// not begin with a dash.
	Argv0, Script string
}

// Seen reads the whole table for [Seen.Is], in ascending order of pids.
// Zombies are left out unless they are asked for.
func (t Table) Seen(zombies bool) ([]Seen, error) {
	rows, err := t.All()
	if err != nil {
		return nil, err
	}
	list := make([]Seen, 0, len(rows))
	for _, p := range rows {
		if p.State == 'Z' && !zombies {
			continue
		}
		s := Seen{Process: p}
		args, err := t.Cmdline(p.PID)
		if err != nil {
			continue
		}
		if len(args) > 0 {
			s.Argv0 = args[0]
			for _, a := range args[1:] {
				s.Script = a
				if !strings.HasPrefix(a, "-") {
					break
				}
			}
			if strings.HasPrefix(s.Script, "-") {
				s.Script = ""
			}
		}
		s.Exe, _ = t.Sys.Readlink(t.path(p.PID, "exe"))
		list = append(list, s)
	}
	return list, nil
}

// PIDOf finds the processes of a program, the newest first, by the rules of
// pidof(8) of sysvinit 3.06: a program given by its path is looked for by the
// file that the link /proc/PID/exe names; where none runs, and for a name, the
// first argument counts, and with scripts that of an interpreter, too.
func (t Table) PIDOf(list []Seen, prog string, scripts bool) []Seen {
	base := prog[strings.LastIndexByte(prog, '/')+1:]
	if base == "" {
		return nil
	}
	var found []Seen
	if prog[0] == '/' {
		if real, err := RealPath(t.Sys, prog); err == nil {
			for _, l := range slices.Backward(list) {
				if l.Exe == real {
					found = append(found, l)
				}
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	root := t.Sys.Identity().UID == 0
	for _, s := range slices.Backward(list) {
		if prog[0] == '/' {
			if s.Exe == "" && root {
				continue
			}
			if s.Exe == prog || s.Exe == prog+deletedMark {
				found = append(found, s)
				continue
			}
			if s.Exe != "" && !scripts {
				continue
			}
		}
		if s.is(prog, base, scripts) {
			found = append(found, s)
		}
	}
	return found
}

// is compares the names. Two paths are not the same program because their
// last parts are: only one of the two may be without its directory.
func (s *Seen) is(prog, base string, scripts bool) bool {
	if s.Argv0 != "" && named(s.Argv0, prog, base) {
		return true
	}
	if scripts && s.Script != "" && sameName(s.Comm, lastPart(s.Script)) && named(s.Script, prog, base) {
		return true
	}
	if len(base) > nameLength {
		return false
	}
	// A process that has written a title for itself, and a login shell.
	title := s.Argv0 == "" || strings.IndexByte(s.Argv0, ' ') >= 0
	login := s.Script == "" && strings.HasPrefix(s.Argv0, "-")
	return (title || login) && s.Comm == base
}

func named(arg, prog, base string) bool {
	return arg == prog || base != prog && arg == base || lastPart(arg) == prog
}

// sameName compares as much of a name as the kernel keeps.
func sameName(a, b string) bool { return clip(a) == clip(b) }

func clip(s string) string { return s[:min(len(s), nameLength)] }

func lastPart(s string) string { return s[strings.LastIndexByte(s, '/')+1:] }

// maxLinks is how many symbolic links a path may lead through, as in Linux.
const maxLinks = 40

// RealPath is realpath(3): the path with no symbolic link in it.
func RealPath(sys system.System, path string) (string, error) {
	var done string
	rest := strings.Split(path, "/")
	for links := 0; len(rest) > 0; {
		name := rest[0]
		rest = rest[1:]
		switch name {
		case "", ".":
			continue
		case "..":
			done = done[:max(0, strings.LastIndexByte(done, '/'))]
			continue
		}
		st, err := sys.Lstat(done + "/" + name)
		if err != nil {
			return "", err
		}
		if !st.Mode.IsSymlink() {
			done += "/" + name
			continue
		}
		if links++; links > maxLinks {
			return "", system.ELOOP
		}
		to, err := sys.Readlink(done + "/" + name)
		if err != nil {
			return "", err
		}
		if strings.HasPrefix(to, "/") {
			done = ""
		}
		rest = append(strings.Split(to, "/"), rest...)
	}
	if done == "" {
		done = "/"
	}
	return done, nil
}
