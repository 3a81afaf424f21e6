package rules

import (
	"strings"

	"sysv/lint"
	"sysv/lsb"
	"sysv/runlevel"
)

func sv7001() *lint.Rule {
	return &lint.Rule{
		ID: "SV7001", Name: "order-loop", Severity: lint.Error, Since: "0.2",
		Title: "scripts wait for each other in a circle",
		Text: `There is no order in which each comes after what it asks for. insserv refuses to
change anything on the machine, so that installing another package fails; systemd
and chkconfig drop a dependency that they choose themselves. Take the word out
that is not true; "Should-" only helps where the service is not there.`,
		Bad: "-- etc/init.d/one --\n" + header("Provides: one", "Required-Start: two") +
			"-- etc/init.d/two --\n" + header("Provides: two", "Required-Start: one"),
		Good: "-- etc/init.d/one --\n" + header("Provides: one", "Required-Start: two") +
			"-- etc/init.d/two --\n" + header("Provides: two", "Required-Start: $remote_fs"),
		Tree: func(t *lint.Tree) {
			if len(t.Scripts) < 2 {
				// What asks for itself, SV1022 tells.
				return
			}
			seq, err := enabled(t)
			if seq == nil || err != nil && len(seq.Loops()) == 0 {
				return
			}
			paths := map[string]string{}
			for _, n := range t.Scripts {
				paths[n.Name] = n.Path
			}
			for _, l := range seq.Loops() {
				if len(l.Cycle) > 0 {
					reportLoop(t, l, paths)
				}
			}
		},
	}
}

func reportLoop(t *lint.Tree, l runlevel.Loop, paths map[string]string) {
	does := "start"
	if l.Kind == runlevel.Stop {
		does = "stop"
	}
	at := 0
	for i, e := range l.Cycle {
		if e.Script == l.Wrong {
			at = i
			break
		}
	}
	place := func(e runlevel.Edge) lsb.Position {
		p := e.Word.Position
		p.Path = paths[e.Script]
		return p
	}
	e := l.Cycle[at]
	text := "there is no order to " + does + " " + strings.Join(l.Members, ", ") + " in: each waits for another"
	if l.Wrong != "" && l.Why != "" {
		text += "; most probably " + l.Wrong + "'s header is wrong: " + l.Why
	}
	f := t.Report(place(e), len(e.Word.Text), "%s", text)
	for _, e := range l.Cycle {
		key := "its present links"
		if e.Field != nil {
			key = e.Field.Name
		}
		f.Step(place(e), "%s: %s: %s %ss after %s", key, e.Word.Text, e.After, does, e.Before)
	}
}
