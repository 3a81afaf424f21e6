package runlevel

import (
	"errors"
	"io/fs"
	"strconv"
)

// Levels are the runlevels that Debian and Red Hat know, in the order in which
// [ReadLinks] reads them.
const Levels = "0123456789S"

// RcDir is the directory of a runlevel's links: "etc/rc2.d".
func RcDir(level byte) string { return "etc/rc" + string(level) + ".d" }

// Name is the name of a link: "S01cron".
func (l Link) Name() string {
	n := strconv.Itoa(l.Number)
	if l.Number < 10 {
		n = "0" + n
	}
	return string(rune(l.Kind)) + n + l.Script
}

// ParseName reads the name of a link; Level and Target stay empty. It is no
// link's if it is not S or K, two digits and at least one more byte.
func ParseName(name string) (Link, bool) {
	if len(name) < 4 || name[0] != 'S' && name[0] != 'K' || !digit(name[1]) || !digit(name[2]) {
		return Link{}, false
	}
	return Link{
		Kind:   Kind(name[0]),
		Number: int(name[1]-'0')*10 + int(name[2]-'0'),
		Script: name[3:],
	}, true
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// ReadLinks reads the links of all [Levels], and 'B' if rcDir knows it, as
// they are: a dangling one, two with the same number, and a file in a link's
// place (its Target is "") are among them. Other entries are left out. rcDir
// gives the directory of a level, "" for none ([RcDir]); one that is not there
// has no links. They come by level, and in a level by name.
func ReadLinks(fsys fs.FS, rcDir func(level byte) string) ([]Link, error) {
	var links []Link
	for _, level := range []byte(Levels + "B") {
		dir := rcDir(level)
		if dir == "" {
			continue
		}
		entries, err := fs.ReadDir(fsys, dir)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, describe(dir, err)
		}
		for _, e := range entries {
			l, ok := ParseName(e.Name())
			if !ok {
				continue
			}
			l.Level = level
			if e.Type()&fs.ModeSymlink != 0 {
				if l.Target, err = fs.ReadLink(fsys, dir+"/"+e.Name()); err != nil {
					return nil, describe(dir+"/"+e.Name(), err)
				}
			}
			links = append(links, l)
		}
	}
	return links, nil
}
