package rules

import (
	"io/fs"
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv9004() *lint.Rule {
	return &lint.Rule{
		ID: "SV9004", Name: "unit-beside", Severity: lint.Info, Since: "0.2",
		Title: "a unit of the same name starts another program",
		Text: `Under systemd the unit is what runs, under sysvinit the script: if they start
different programs, or one is no service, the two machines differ. Both are read
from the tree that the script is in.`,
		Bad:  "-- etc/init.d/example --\n#!/bin/sh\n" + header() + "case \"$1\" in\nstart) start-stop-daemon --start --exec /usr/sbin/exampled ;;\nstop) ;;\nesac\n-- lib/systemd/system/example.service --\n[Service]\nExecStart=/usr/bin/other --foreground\n",
		Good: "-- etc/init.d/example --\n#!/bin/sh\n" + header() + "case \"$1\" in\nstart) start-stop-daemon --start --exec /usr/sbin/exampled ;;\nstop) ;;\nesac\n-- lib/systemd/system/example.service --\n[Service]\nExecStart=/usr/sbin/exampled --foreground\n",
		Run: func(p *lint.Pass) {
			if p.Root == nil || p.Daemon.Path == "" || strings.Contains(p.Daemon.Path, "$") {
				return
			}
			name := strings.TrimSuffix(script.Base(p.Path), ".sh") + ".service"
			for _, dir := range []string{"etc/systemd/system/", "usr/lib/systemd/system/", "lib/systemd/system/"} {
				src, err := fs.ReadFile(p.Root, dir+name)
				if err != nil {
					continue
				}
				starts, programs := execStart(string(src))
				if len(programs) == 0 {
					return
				}
				for _, x := range programs {
					for _, d := range daemons(p) {
						if script.Base(d) == script.Base(x) {
							return
						}
					}
					if script.Base(x) == script.Base(p.Daemon.Path) || strings.Contains(starts, p.Daemon.Path) || strings.Contains(x, "init.d/") {
						return
					}
				}
				line := 1
				if c := p.Daemon.Start; c != nil {
					line = c.Line
				}
				p.ReportLine(line, "the script starts %s, /%s starts %s", p.Daemon.Path, dir+name, programs[0])
				return
			}
		},
	}
}

// execStart is what a unit starts: its lines, and the programs of them.
func execStart(unit string) (text string, programs []string) {
	for line := range strings.Lines(unit) {
		value, ok := strings.CutPrefix(strings.TrimSpace(line), "ExecStart=")
		if !ok {
			continue
		}
		text += value + "\n"
		if f := strings.Fields(strings.TrimLeft(value, "-@:+!")); len(f) > 0 {
			programs = append(programs, f[0])
		}
	}
	return text, programs
}

// daemons are all programs that the script starts.
func daemons(p *lint.Pass) (out []string) {
	p.EachCall(func(c *script.Call) {
		if o := p.StartStop(c); o != nil && o.Command == "start" {
			out = append(out, o.Exec, o.StartAs)
		}
	}, "start-stop-daemon")
	return out
}
