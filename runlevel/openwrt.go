package runlevel

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"sysv/lsb"
)

// openWrtLinks is where OpenWrt has its links.
const openWrtLinks = "etc/rc.d"

// OpenWrt is the order of an OpenWrt tree: procd calls /etc/rc.d/S* with boot
// and /etc/rc.d/K* with shutdown, both in the order of their names, byte by
// byte: unlike elsewhere K10 is stopped before K90 whatever was started first.
// A link that leads nowhere is passed by.
func OpenWrt(fsys fs.FS) (NameOrder, error) {
	var o NameOrder
	var err error
	if o.Start, err = named(fsys, openWrtLinks, 'S'); err != nil {
		return o, err
	}
	o.Stop, err = named(fsys, openWrtLinks, 'K')
	return o, err
}

// RCCommon is what a script of OpenWrt's rc.common says of its order.
type RCCommon struct {
	Name string
	// Start and Stop are the values of START and STOP, "" without.
	Start, Stop     string
	StartAt, StopAt lsb.Position
}

// ErrNotRCCommon is a script that rc.common does not run.
var ErrNotRCCommon = errors.New("is no script of /etc/rc.common")

// ParseRCCommon reads a script that begins with #!/bin/sh /etc/rc.common. The
// script is not run: START and STOP are those of the last line that assigns
// them a plain value; one that has to be expanded is an error.
func ParseRCCommon(file string, src []byte) (*RCCommon, error) {
	s := &RCCommon{Name: path.Base(file)}
	first, _, _ := strings.Cut(string(src), "\n")
	if !strings.HasPrefix(first, "#!") || !strings.Contains(first, "/rc.common") {
		return nil, fmt.Errorf("%s:1:1: %w", file, ErrNotRCCommon)
	}
	n := 0
	for line := range strings.Lines(string(src)) {
		n++
		text := strings.TrimLeft(line, " \t")
		name, value, ok := strings.Cut(text, "=")
		if !ok || name != "START" && name != "STOP" {
			continue
		}
		at := lsb.Position{Path: file, Line: n, Col: len(line) - len(text) + 1}
		value, ok = plainValue(value)
		if !ok {
			return nil, fmt.Errorf("%s:%d:%d: the value of %s is not plain", file, n, at.Col, name)
		}
		if name == "START" {
			s.Start, s.StartAt = value, at
		} else {
			s.Stop, s.StopAt = value, at
		}
	}
	return s, nil
}

// plainValue is the value of an assignment that the shell would not expand.
func plainValue(s string) (string, bool) {
	end := strings.IndexAny(s, " \t\r\n;#")
	if end < 0 {
		end = len(s)
	}
	s = s[:end]
	if len(s) >= 2 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0] {
		s = s[1 : len(s)-1]
	}
	return s, !strings.ContainsAny(s, "$`\\\"'*?[/")
}

// readRCCommon reads a script of the tree.
func readRCCommon(fsys fs.FS, name string) (*RCCommon, error) {
	if name == "" || strings.Contains(name, "/") {
		return nil, fmt.Errorf("%s: is no script's name", name)
	}
	p := "etc/init.d/" + name
	src, err := fs.ReadFile(fsys, p)
	if err != nil {
		return nil, describe("/"+p, err)
	}
	return ParseRCCommon("/"+p, src)
}

// OpenWrtEnabled says whether a script's start link is there and leads to
// something.
func OpenWrtEnabled(fsys fs.FS, name string) (bool, error) {
	s, err := readRCCommon(fsys, name)
	if err != nil {
		return false, err
	}
	_, err = fs.Stat(fsys, path.Join(openWrtLinks, "S"+s.Start+withoutNumber(name, 'S')))
	return err == nil, nil
}

// OpenWrtEnable is the plan of "SCRIPT enable": a link S and START, and one K
// and STOP, as far as the script says these; one that is there is replaced.
// Links with other numbers stay, as rc.common leaves them. A script that says
// neither is an error.
func OpenWrtEnable(fsys fs.FS, name string) (Plan, error) {
	s, err := readRCCommon(fsys, name)
	if err != nil {
		return Plan{}, err
	}
	if s.Start == "" && s.Stop == "" {
		return Plan{}, fmt.Errorf("/etc/init.d/%s: sets neither START nor STOP", name)
	}
	var plan Plan
	for _, l := range []struct {
		kind   byte
		number string
		at     lsb.Position
	}{{'S', s.Start, s.StartAt}, {'K', s.Stop, s.StopAt}} {
		if l.number == "" {
			continue
		}
		link := path.Join(openWrtLinks, string(l.kind)+l.number+withoutNumber(name, l.kind))
		target := "../init.d/" + name
		if _, err := fs.Lstat(fsys, link); err == nil {
			if old, err := fs.ReadLink(fsys, link); err == nil && old == target {
				continue
			}
			plan.Steps = append(plan.Steps, Step{Op: Remove, Old: link, Reason: "replaced"})
		}
		plan.Steps = append(plan.Steps, Step{
			Op: Create, New: link, Target: target, Reason: fmt.Sprintf("%s:%d", l.at.Path, l.at.Line),
		})
	}
	return plan, nil
}

// OpenWrtDisable is the plan of "SCRIPT disable": all links S??NAME and
// K??NAME go.
func OpenWrtDisable(fsys fs.FS, name string) (Plan, error) {
	entries, err := fs.ReadDir(fsys, openWrtLinks)
	if errors.Is(err, fs.ErrNotExist) {
		return Plan{}, nil
	}
	if err != nil {
		return Plan{}, describe("/"+openWrtLinks, err)
	}
	var plan Plan
	for _, e := range entries {
		n := e.Name()
		if len(n) < 3 || n[0] != 'S' && n[0] != 'K' || n[3:] != name || e.IsDir() {
			continue
		}
		plan.Steps = append(plan.Steps, Step{Op: Remove, Old: path.Join(openWrtLinks, n), Reason: "disabled"})
	}
	return plan, nil
}

// withoutNumber is a script's name without a letter and two digits at its
// front.
func withoutNumber(name string, letter byte) string {
	if len(name) >= 3 && name[0] == letter && digit(name[1]) && digit(name[2]) {
		return name[3:]
	}
	return name
}
