package runlevel

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"sysv/lsb"
)

// Places that chkconfig(8) reads.
const (
	chkconfigScripts   = "etc/init.d"
	chkconfigOverrides = "etc/chkconfig.d"
)

// ChkconfigLevels is how many runlevels chkconfig knows: 0 to 6.
const ChkconfigLevels = 7

// ErrNotSupported is a script that chkconfig does not take: it says no
// runlevels, or no numbers and is not the LSB's.
var ErrNotSupported = errors.New("does not support chkconfig")

// A LevelError is a directory of links that cannot be read.
type LevelError struct {
	// Pattern is the path of the links that were looked for, without a slash
	// at its front, as chkconfig has it in its message.
	Pattern string
	Err     error
}

func (e *LevelError) Error() string { return fmt.Sprintf("/%s: %v", e.Pattern, e.Err) }
func (e *LevelError) Unwrap() error { return e.Err }

// A LinkError is a link that could not be made.
type LinkError struct {
	// Path is the link's, below the root.
	Path string
	Err  error
}

func (e *LinkError) Error() string { return fmt.Sprintf("/%s: %v", e.Path, e.Err) }
func (e *LinkError) Unwrap() error { return e.Err }

// ChkconfigService is a script as chkconfig sees it.
type ChkconfigService struct {
	Name string
	// Header is what the script says, and its override.
	Header *lsb.Chkconfig
	// Current has a bit for each runlevel that it starts in now.
	Current int32
	// Start and Stop are its numbers: those of its chkconfig line, or as
	// [ChkconfigTree.Order] has changed them; lsb.None without.
	Start, Stop int
}

// On says whether the service starts in a runlevel of 0 to 6 now.
func (s *ChkconfigService) On(level int) bool { return s.Current&(1<<level) != 0 }

// ChkconfigTree is the scripts of /etc/init.d and the links of /etc/rc0.d to
// /etc/rc6.d as chkconfig sees them. Changes that are computed change the
// links that it remembers, and nothing else: Plan is the difference.
type ChkconfigTree struct {
	fsys fs.FS
	dirs [ChkconfigLevels]*chkconfigDir
	// touched are the levels' scripts whose links were changed, with the
	// links that they had.
	touched map[chkconfigPlace][]chkconfigEntry
	// reasons say why.
	reasons map[chkconfigPlace]string
	// Failed are links that cannot be made.
	Failed []*LinkError
	// Lenient takes a directory of links that is not there for an empty one.
	Lenient bool
}

// chkconfigPlace is a script's links in a runlevel.
type chkconfigPlace struct {
	level  int
	script string
}

// chkconfigDir is one directory of links.
type chkconfigDir struct {
	// err is why it cannot be read; file tells that it is no directory, which
	// chkconfig takes for an empty one.
	err  error
	file bool
	// entries are the links by script, each list sorted by name: S80x after
	// K20x. Where a script has several in one runlevel the first counts.
	entries map[string][]chkconfigEntry
}

// chkconfigEntry is a link, or what is in a link's place.
type chkconfigEntry struct {
	Link
	name string
	dir  bool
}

// OpenChkconfig is a tree's scripts and links; nothing is read yet.
func OpenChkconfig(fsys fs.FS) *ChkconfigTree {
	return &ChkconfigTree{
		fsys: fsys, touched: map[chkconfigPlace][]chkconfigEntry{}, reasons: map[chkconfigPlace]string{},
	}
}

// dir reads the links of a runlevel once.
func (t *ChkconfigTree) dir(level int) *chkconfigDir {
	if t.dirs[level] != nil {
		return t.dirs[level]
	}
	d := &chkconfigDir{entries: map[string][]chkconfigEntry{}}
	t.dirs[level] = d
	name := RcDir(byte('0' + level))
	info, err := fs.Stat(t.fsys, name)
	if err == nil && !info.IsDir() {
		d.file = true
		return d
	}
	if t.Lenient && errors.Is(err, fs.ErrNotExist) {
		return d
	}
	if err != nil {
		d.err = err
		return d
	}
	entries, err := fs.ReadDir(t.fsys, name)
	if err != nil {
		d.err = err
		return d
	}
	for _, e := range entries {
		l, ok := ParseName(e.Name())
		if !ok {
			continue
		}
		l.Level = byte('0' + level)
		if e.Type()&fs.ModeSymlink != 0 {
			// A target that cannot be read is none that is kept.
			l.Target, _ = fs.ReadLink(t.fsys, name+"/"+e.Name())
		}
		d.entries[l.Script] = append(d.entries[l.Script], chkconfigEntry{Link: l, name: e.Name(), dir: e.IsDir()})
	}
	return d
}

// links are a script's in a runlevel.
func (t *ChkconfigTree) links(script string, level int) ([]chkconfigEntry, error) {
	d := t.dir(level)
	if d.err != nil {
		return nil, &LevelError{
			Pattern: RcDir(byte('0'+level)) + "/[SK][0-9][0-9]" + script, Err: d.err,
		}
	}
	return d.entries[script], nil
}

// Configured says whether a script has a link in a runlevel, and which: the
// first one by name.
func (t *ChkconfigTree) Configured(script string, level int) (Link, bool, error) {
	links, err := t.links(script, level)
	if err != nil || len(links) == 0 {
		return Link{}, false, err
	}
	return links[0].Link, true, nil
}

// Referenced says whether a script has a link in any runlevel.
func (t *ChkconfigTree) Referenced(script string) (bool, error) {
	for level := range ChkconfigLevels {
		if _, ok, err := t.Configured(script, level); ok || err != nil {
			return ok, err
		}
	}
	return false, nil
}

// on says whether a script starts in a runlevel.
func (t *ChkconfigTree) on(script string, level int) (bool, error) {
	l, ok, err := t.Configured(script, level)
	return ok && l.Kind == Start, err
}

// under is a path of the tree for a name that a user gave.
func under(dir, name string) string {
	p := path.Clean("/" + dir + "/" + name)[1:]
	if p == "" {
		return "."
	}
	return p
}

// read is what a script or an override says. A file that is empty is one that
// cannot be read, as chkconfig maps files into memory.
func (t *ChkconfigTree) read(dir, name string) (*lsb.Chkconfig, error) {
	p := under(dir, name)
	f, err := t.fsys.Open(p)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, &fs.PathError{Op: "read", Path: p, Err: ErrIsDirectory}
	}
	src, err := io.ReadAll(io.LimitReader(f, maxScript))
	if err != nil {
		return nil, err
	}
	if len(src) == 0 {
		return nil, &fs.PathError{Op: "read", Path: p, Err: fs.ErrInvalid}
	}
	return lsb.ParseChkconfig("/"+p, src), nil
}

// maxScript is how much of a script is read: headers are at the front, and a
// file without end is not waited for.
const maxScript = 4 << 20

// ErrIsDirectory is a directory in the place of a script.
var ErrIsDirectory = errors.New("is a directory")

// Service is a script of /etc/init.d with its override of /etc/chkconfig.d.
// The error is of the script that cannot be read, [ErrNotSupported], or a
// [LevelError].
func (t *ChkconfigTree) Service(name string) (*ChkconfigService, error) {
	h, err := t.read(chkconfigScripts, name)
	if err != nil {
		return nil, err
	}
	if !h.Supported() {
		return nil, &NotSupportedError{Name: name, Header: h}
	}
	if o, err := t.read(chkconfigOverrides, name); err == nil {
		h = h.Override(o)
	}
	s := &ChkconfigService{Name: name, Header: h, Start: h.Start, Stop: h.Stop}
	for level := range ChkconfigLevels {
		on, err := t.on(name, level)
		if err != nil {
			return nil, err
		}
		if on {
			s.Current |= 1 << level
		}
	}
	return s, nil
}

// NotSupportedError is [ErrNotSupported] with the script's name and header.
type NotSupportedError struct {
	Name   string
	Header *lsb.Chkconfig
}

// Error says why, with the line where there is one.
func (e *NotSupportedError) Error() string {
	f := e.Header.Fault
	switch {
	case f != nil:
		return fmt.Sprintf("%s:%d:%d: %s", f.Path, f.Line, f.Col, f.Text)
	case !e.Header.HasLevels:
		return e.Header.Path + ": says none of the runlevels 0 to 6, by chkconfig: or Default-Start"
	}
	return e.Header.Path + ": has no chkconfig line and no LSB header"
}

// Is makes it an [ErrNotSupported].
func (e *NotSupportedError) Is(target error) bool { return target == ErrNotSupported }

// ChkconfigIgnored says whether chkconfig passes a file of /etc/init.d by:
// hidden ones and what editors and rpm leave.
func ChkconfigIgnored(name string) bool {
	switch path.Ext(name) {
	case ".rpmsave", ".rpmnew", ".rpmorig", ".swp":
		return true
	}
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.HasSuffix(name, ",")
}

// Services are all scripts that chkconfig takes, by name.
func (t *ChkconfigTree) Services() ([]*ChkconfigService, error) {
	entries, err := fs.ReadDir(t.fsys, chkconfigScripts)
	if err != nil {
		return nil, err
	}
	var all []*ChkconfigService
	for _, e := range entries {
		if ChkconfigIgnored(e.Name()) {
			continue
		}
		if !e.Type().IsRegular() {
			info, err := fs.Stat(t.fsys, chkconfigScripts+"/"+e.Name())
			if err != nil || !info.Mode().IsRegular() {
				continue
			}
		}
		s, err := t.Service(e.Name())
		if _, ok := errors.AsType[*LevelError](err); ok {
			return nil, err
		}
		if err == nil {
			all = append(all, s)
		}
	}
	return all, nil
}
