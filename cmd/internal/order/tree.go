package order

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"sysv/lsb"
	"sysv/runlevel"
)

// scriptsDir is where the scripts are.
const scriptsDir = "etc/init.d"

// maxScript is how much of a script is read.
const maxScript = 4 << 20

// tree is a root directory, read once for all orderers.
type tree struct {
	root *runlevel.Root
	// files are the scripts by name, in the order of names.
	files []file
	links []runlevel.Link
	// byScript are the links of a script.
	byScript map[string][]runlevel.Link
}

// file is one script of /etc/init.d.
type file struct {
	name, path string
	// link tells that it is a symbolic link.
	link, executable bool
	src              []byte
	header           *lsb.Header
	// from is the header's own file if an override stands in for it.
}

// readTree reads the scripts and the links below a root directory.
func readTree(root *runlevel.Root) (*tree, error) {
	t := &tree{root: root, byScript: map[string][]runlevel.Link{}}
	entries, err := fs.ReadDir(root, scriptsDir)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", root.Path(scriptsDir), bare(err))
	}
	filters, _ := fs.ReadFile(root, "etc/insserv/file-filters")
	extensions := lsb.FileFilters(filters)
	for _, e := range entries {
		name := e.Name()
		if lsb.Ignored(name, extensions) != "" {
			continue
		}
		info, err := fs.Stat(root, scriptsDir+"/"+name)
		if err != nil || !info.Mode().IsRegular() {
			continue
		}
		f := file{name: name, path: "/" + scriptsDir + "/" + name, link: e.Type()&fs.ModeSymlink != 0, executable: info.Mode()&0o100 != 0}
		if f.src, err = readSome(root, scriptsDir+"/"+name); err != nil {
			return nil, fmt.Errorf("%s: %w", f.path, bare(err))
		}
		f.header = lsb.Parse(f.path, f.src)
		for _, over := range lsb.OverridePaths(name) {
			if src, err := readSome(root, over[1:]); err == nil {
				if h := lsb.Parse(over, src); h.Begin != 0 {
					f.header = h
					break
				}
			}
		}
		t.files = append(t.files, f)
	}
	if t.links, err = runlevel.ReadLinks(root, runlevel.RcDir); err != nil {
		return nil, err
	}
	for _, l := range t.links {
		t.byScript[l.Script] = append(t.byScript[l.Script], l)
	}
	return t, nil
}

// readSome reads a file as far as a header can reasonably be.
func readSome(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxScript))
}

// bare is an error without the path that it has already.
func bare(err error) error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return pe.Err
	}
	return err
}

// linked are the runlevels in which a script has links of a kind, and the
// highest number of these.
func (t *tree) linked(name string, kind runlevel.Kind) (levels string, number int) {
	number = none
	for _, l := range t.byScript[name] {
		if l.Kind == kind {
			if !strings.Contains(levels, string(l.Level)) {
				levels += string(l.Level)
			}
			number = max(number, l.Number)
		}
	}
	return levels, number
}

// letters are a set of runlevels without the spaces between them.
func letters(l lsb.Levels) string { return strings.ReplaceAll(l.String(), " ", "") }

// written is a key as the header has it.
func written(h *lsb.Header, key lsb.Key) string {
	if f := h.Get(key); f != nil {
		return f.Name
	}
	return string(key)
}
