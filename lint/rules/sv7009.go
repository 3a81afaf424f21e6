package rules

import (
	"io/fs"
	"path"
	"strings"

	"sysv/lint"
	"sysv/lsb"
	"sysv/script"
)

func sv7009() *lint.Rule {
	return &lint.Rule{
		ID: "SV7009", Name: "not-a-conffile", Severity: lint.Warning, Since: "0.2",
		Title: "a package's script is not among its conffiles, or is not in it at all",
		Text: `In an unpacked Debian package (` + "`dpkg-deb -R`" + `) DEBIAN/conffiles names the files that an
upgrade must not overwrite: a script that the administrator has changed is one.
A script for which the postinst calls update-rc.d has to be in the package.`,
		Like: []string{"lintian init.d-script-not-marked-as-conffile", "lintian init.d-script-not-included-in-package"},
		Bad:  "-- etc/init.d/one --\n" + header("Provides: one") + "-- DEBIAN/control --\nPackage: one\n-- DEBIAN/postinst --\n#!/bin/sh\nupdate-rc.d two defaults >/dev/null\n",
		Good: "-- etc/init.d/one --\n" + header("Provides: one") + "-- DEBIAN/control --\nPackage: one\n-- DEBIAN/conffiles --\n/etc/init.d/one\n-- DEBIAN/postinst --\n#!/bin/sh\nupdate-rc.d one defaults >/dev/null\n",
		Tree: func(t *lint.Tree) {
			if t.Root == nil || !t.Whole || len(t.Scripts) == 0 {
				return
			}
			if _, err := fs.Stat(t.Root, "DEBIAN/control"); err != nil {
				return
			}
			conffiles, _ := fs.ReadFile(t.Root, "DEBIAN/conffiles")
			listed := map[string]bool{}
			for line := range strings.Lines(string(conffiles)) {
				listed[strings.TrimSpace(line)] = true
			}
			for _, n := range t.Scripts {
				if !listed["/etc/init.d/"+n.Name] {
					f := t.Report(lsb.Position{Path: n.Path}, 1, "/etc/init.d/%s is not in DEBIAN/conffiles", n.Name)
					f.Line, f.Col, f.EndCol = 0, 0, 0
				}
			}
			registered(t)
		},
	}
}

// registered tells of scripts for which a postinst calls update-rc.d, and
// that are not there.
func registered(t *lint.Tree) {
	src, err := fs.ReadFile(t.Root, "DEBIAN/postinst")
	if err != nil {
		return
	}
	s := script.Parse(path.Join(t.Dir, "../../DEBIAN/postinst"), src)
	for _, c := range s.Calls {
		if c.Name != "update-rc.d" || c.Has("remove") {
			continue
		}
		for i, name := range c.Args {
			if strings.HasPrefix(name, "-") {
				continue
			}
			if _, known := s.Constant(c.Word(i)); known {
				if _, err := fs.Stat(t.Root, "etc/init.d/"+name); err != nil {
					t.Report(lsb.Position{Path: s.Path, Line: c.Line, Col: 1}, len(name), "the postinst registers %q, which is not in the package", name)
				}
			}
			break
		}
	}
}
