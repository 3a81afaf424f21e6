package runlevel

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// A NamedScript is a script whose place in the order is its name's.
type NamedScript struct {
	// Path is its file or link, below the root.
	Path string
	// Script is the service's name: Path's last part without the letter and
	// the two characters of its number.
	Script string
	// Number is these two characters: any two, not digits alone.
	Number string
	// Sourced tells a script that the caller's shell reads, not a process of
	// its own (Buildroot's *.sh).
	Sourced bool
}

// NameOrder is what is started and what is stopped, each in its order.
type NameOrder struct {
	Start, Stop []NamedScript
}

// Buildroot is the order of a Buildroot or BusyBox tree: rcS starts
// /etc/init.d/S??* in the order of their names, byte by byte, and rcK stops
// the same in the reverse order. What is no file is passed by; whether it may
// be executed nobody asks before.
//
// rcK splits names at white space: a name that has some is not stopped, and is
// left out of Stop.
func Buildroot(fsys fs.FS) (NameOrder, error) {
	var o NameOrder
	scripts, err := named(fsys, "etc/init.d", 'S')
	if err != nil {
		return o, err
	}
	for _, s := range scripts {
		s.Sourced = strings.HasSuffix(s.Path, ".sh")
		o.Start = append(o.Start, s)
		if !strings.ContainsAny(s.Path, " \t\n") {
			o.Stop = append(o.Stop, s)
		}
	}
	slices.Reverse(o.Stop)
	return o, nil
}

// named are the files of a directory whose name is a letter and at least two
// more characters, sorted. A directory that is not there has none.
func named(fsys fs.FS, dir string, letter byte) ([]NamedScript, error) {
	entries, err := fs.ReadDir(fsys, dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []NamedScript
	for _, e := range entries {
		name := e.Name()
		if name[0] != letter || len(name) < 3 {
			continue
		}
		p := path.Join(dir, name)
		if info, err := fs.Stat(fsys, p); err != nil || !info.Mode().IsRegular() {
			continue
		}
		all = append(all, NamedScript{Path: p, Script: name[3:], Number: name[1:3]})
	}
	return all, nil
}
