package rules

import (
	"errors"
	"strings"
	"testing"

	"sysv/lint"
	"sysv/runlevel"
)

// TestHeadersConfirm has insserv's own steps (which are compared with the
// original elsewhere) say of the examples what the rules' pages say that it
// does.
func TestHeadersConfirm(t *testing.T) {
	byID := map[string]*lint.Rule{}
	for _, r := range All() {
		byID[r.ID] = r
	}
	for _, c := range []struct {
		id string
		// says is a part of insserv's messages, start the runlevels that it
		// starts the script in, number the place there; 0 is not looked at.
		says, start string
		number      int
		refused     bool
	}{
		{id: "SV1001", says: "missing LSB tags", start: ""},
		{id: "SV1002", says: "missing end of LSB comment", refused: true},
		{id: "SV1004", start: "2 3 4 5", number: 1},
		{id: "SV1006", says: "incomplete LSB comment", start: "2 3 4 5"},
		{id: "SV1009", says: "overlapping Default-Start and Default-Stop", start: "2 3 4 5"},
		{id: "SV1010", start: ""},
		{id: "SV1016", says: "could not find all dependencies for $remotefs", start: "2 3 4 5"},
		{id: "SV1017", says: "skipped", start: "2 3 4 5"},
		{id: "SV1025", start: "2 3 4 5", number: 1},
		{id: "SV1026", start: "2 3 4 5 S"},
	} {
		for _, good := range []bool{false, true} {
			rule := byID[c.id]
			text := rule.Bad
			if good {
				text = rule.Good
			}
			in := &runlevel.Insserv{
				FS: memory{
					"etc/init.d/example": []byte(lint.Example(text)),
					"etc/init.d/rsyslog": []byte("#!/bin/sh\n" + header("Provides: rsyslog", "Required-Start:", "Required-Stop:")),
				},
				Dir: "etc/init.d", ShownDir: "/etc/init.d", Depend: "etc/init.d/.", ShownDepend: "/etc/init.d/.",
				Configs: configs(nil), Defaults: true,
				Overrides:      [2]string{"etc/insserv/overrides", "usr/share/insserv/overrides"},
				ShownOverrides: [2]string{"/etc/insserv/overrides", "/usr/share/insserv/overrides"},
				Scripts:        []runlevel.Argument{{Name: "example"}, {Name: "rsyslog"}},
			}
			seq, err := in.Plan()
			if seq == nil {
				t.Fatalf("%s: %v", c.id, err)
			}
			says := ""
			for _, m := range seq.Messages {
				if !m.Change {
					says += m.Text
				}
			}
			if good {
				if err != nil || c.says != "" && strings.Contains(says, c.says) {
					t.Errorf("%s, good: %v\n%s", c.id, err, says)
				}
				continue
			}
			if errors.Is(err, runlevel.ErrRefused) != c.refused || !strings.Contains(says, c.says) {
				t.Errorf("%s: %v\n%s", c.id, err, says)
			}
			for _, o := range seq.Scripts() {
				if o.Name == "example" && !c.refused && (o.Start.String() != c.start || c.number != 0 && o.StartNumber != c.number) {
					t.Errorf("%s starts in %q with %d", c.id, o.Start, o.StartNumber)
				}
			}
		}
	}
}
