package rules

import (
	"strings"

	"sysv/lint"
	"sysv/lsb"
)

func sv7005() *lint.Rule {
	return &lint.Rule{
		ID: "SV7005", Name: "file-of-another", Severity: lint.Warning, Since: "0.2",
		Title: "a script uses another one's pid file, and is not ordered behind it",
		Text: `Whether the other daemon has written its pid file yet is a matter of luck: in a
parallel boot, or after a new numbering, it has not. Ask for its service in
Required-Start or Should-Start.`,
		Bad: "-- etc/init.d/logd --\n#!/bin/sh\n" + header("Provides: logd") + "PIDFILE=/run/logd.pid\ncase \"$1\" in\nstart) start-stop-daemon --start --pidfile $PIDFILE --exec /usr/sbin/logd ;;\nstop) ;;\nesac\n" +
			"-- etc/init.d/one --\n#!/bin/sh\n" + header("Provides: one") + "case \"$1\" in\nstart) kill -HUP $(cat /run/logd.pid) ;;\nstop) ;;\nesac\n",
		Good: "-- etc/init.d/logd --\n#!/bin/sh\n" + header("Provides: logd") + "PIDFILE=/run/logd.pid\ncase \"$1\" in\nstart) start-stop-daemon --start --pidfile $PIDFILE --exec /usr/sbin/logd ;;\nstop) ;;\nesac\n" +
			"-- etc/init.d/one --\n#!/bin/sh\n" + header("Provides: one", "Should-Start: logd") + "case \"$1\" in\nstart) kill -HUP $(cat /run/logd.pid) ;;\nstop) ;;\nesac\n",
		Tree: func(t *lint.Tree) {
			owner := map[string]*lint.Neighbour{}
			for _, n := range t.Scripts {
				if f := runPath(n.PIDFile); strings.HasPrefix(f, "/") {
					if owner[f] != nil {
						// Whose it is, SV7006 asks.
						owner[f] = nil
						continue
					}
					owner[f] = n
				}
			}
			var facilities map[string][]string
			s := servicesOf(t)
			for _, n := range t.Scripts {
				if len(n.Header.Words(lsb.DefaultStart)) == 0 {
					continue
				}
				var before map[string]bool
				for _, w := range n.Files {
					o := owner[runPath(w.Text)]
					if o == nil || o == n {
						continue
					}
					if before == nil {
						if facilities == nil {
							facilities = stands(t.Root)
						}
						before = s.behind(n, facilities)
					}
					if !before[o.Name] && !s.behind(o, facilities)[n.Name] {
						t.Report(w.Position, len(w.Text), "%s is the pid file of %s, which this script does not ask for", w.Text, o.Name)
					}
				}
			}
		},
	}
}

// runPath is a path with /var/run as what it is today.
func runPath(p string) string {
	if rest, ok := strings.CutPrefix(p, "/var/run/"); ok {
		return "/run/" + rest
	}
	return p
}
