package rules

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"sysv/lint"
	"sysv/lsb"
	"sysv/runlevel"
)

func sv7004() *lint.Rule {
	return &lint.Rule{
		ID: "SV7004", Name: "links-against-header", Severity: lint.Warning, Since: "0.2",
		Title: "the links of /etc/rc?.d do not fit the headers",
		Text: `A script is linked before one that it requires, or a link leads to a script that
is not there. The links were made by hand, or before the header was changed:
` + "`insserv`" + ` or ` + "`update-rc.d NAME defaults`" + ` makes them again. Scripts with the
same number are started in the order of their names, or at once.`,
		Bad: "-- etc/init.d/one --\n" + header("Provides: one", "Required-Start: two") + "-- etc/init.d/two --\n" + header("Provides: two") +
			"-- etc/rc2.d/S01one --\n-> ../init.d/one\n-- etc/rc2.d/S02two --\n-> ../init.d/two\n",
		Good: "-- etc/init.d/one --\n" + header("Provides: one", "Required-Start: two") + "-- etc/init.d/two --\n" + header("Provides: two") +
			"-- etc/rc2.d/S02one --\n-> ../init.d/one\n-- etc/rc2.d/S01two --\n-> ../init.d/two\n",
		Tree: func(t *lint.Tree) {
			if t.Root == nil {
				return
			}
			links, err := runlevel.ReadLinks(t.Root, func(level byte) string {
				dir := "etc/rc" + string(level) + ".d"
				if _, err := fs.Stat(t.Root, dir); err != nil {
					return ""
				}
				return dir
			})
			if err != nil || len(links) == 0 {
				return
			}
			byName := map[string]*lint.Neighbour{}
			for _, n := range t.Scripts {
				byName[n.Name] = n
			}
			s := servicesOf(t)
			number := map[string]int{}
			told := map[string]bool{}
			for _, l := range links {
				if l.Kind == runlevel.Start {
					number[string(l.Level)+l.Script] = l.Number
				}
				dangling(t, l, byName, told)
			}
			for _, l := range links {
				n := byName[l.Script]
				if n == nil || l.Kind != runlevel.Start {
					continue
				}
				for _, w := range n.Header.Words(lsb.RequiredStart) {
					for _, p := range s.by[w.Text] {
						before, ok := number[string(l.Level)+p.Name]
						if key := l.Script + "\x00" + p.Name; ok && before > l.Number && !told[key] {
							told[key] = true
							t.Report(w.Position, len(w.Text), "in rc%c.d %s comes before %s, which it requires",
								l.Level, l.Name(), fmt.Sprintf("S%02d%s", before, p.Name))
						}
					}
				}
			}
		},
	}
}

// dangling tells of a link to a script that is not there.
func dangling(t *lint.Tree, l runlevel.Link, byName map[string]*lint.Neighbour, told map[string]bool) {
	if !strings.Contains(l.Target, "init.d/") || byName[path.Base(l.Target)] != nil || told[l.Target] {
		return
	}
	if _, err := fs.Stat(t.Root, "etc/init.d/"+path.Base(l.Target)); err == nil {
		return
	}
	told[l.Target] = true
	at := lsb.Position{Path: t.Scripts[0].Path}
	f := t.Report(at, 1, "/etc/rc%c.d/%s leads to a script that is not there", l.Level, l.Name())
	f.Path, f.Line, f.Col, f.EndCol = "/etc/rc"+string(l.Level)+".d/"+l.Name(), 0, 0, 0
}
