package rules

import (
	"strings"

	"sysv/lint"
	"sysv/lsb"
)

func sv7006() *lint.Rule {
	return &lint.Rule{
		ID: "SV7006", Name: "shared-pid-file", Severity: lint.Warning, Since: "0.2",
		Title: "two scripts have the same pid file",
		Text:  "The one that starts last overwrites it: stop of the first then signals the second's\ndaemon, and its own is never stopped. Scripts of which only one can be enabled\n(each conflicts with the other) are no fault.",
		Bad: "-- etc/init.d/one --\n#!/bin/sh\n" + header("Provides: one") + "case \"$1\" in\nstart) start-stop-daemon --start --pidfile /run/d.pid --exec /usr/sbin/d1 ;;\nstop) ;;\nesac\n" +
			"-- etc/init.d/two --\n#!/bin/sh\n" + header("Provides: two") + "case \"$1\" in\nstart) start-stop-daemon --start --pidfile /run/d.pid --exec /usr/sbin/d2 ;;\nstop) ;;\nesac\n",
		Good: "-- etc/init.d/one --\n#!/bin/sh\n" + header("Provides: one") + "case \"$1\" in\nstart) start-stop-daemon --start --pidfile /run/d1.pid --exec /usr/sbin/d1 ;;\nstop) ;;\nesac\n" +
			"-- etc/init.d/two --\n#!/bin/sh\n" + header("Provides: two") + "case \"$1\" in\nstart) start-stop-daemon --start --pidfile /run/d2.pid --exec /usr/sbin/d2 ;;\nstop) ;;\nesac\n",
		Tree: func(t *lint.Tree) {
			first := map[string]*lint.Neighbour{}
			for _, n := range t.Scripts {
				f := runPath(n.PIDFile)
				if !strings.HasPrefix(f, "/") || strings.Contains(f, "$") {
					continue
				}
				o := first[f]
				if o == nil {
					first[f] = n
					continue
				}
				at := lsb.Position{Path: n.Path, Line: 1, Col: 1}
				for _, w := range n.Files {
					if runPath(w.Text) == f {
						at = w.Position
					}
				}
				t.Report(at, len(f), "%s is the pid file of %s, too", n.PIDFile, o.Name)
			}
		},
	}
}
