package rules

import (
	"strings"

	"sysv/lint"
	"sysv/lsb"
)

func sv1024() *lint.Rule {
	return &lint.Rule{
		ID: "SV1024", Name: "key-spelling", Severity: lint.Info, Since: "0.2",
		Title: "a key is spelt as only some programs read it",
		Text: `insserv takes keys in any case, with "_" for "-", and with or without an X- of
any vendor; chkconfig and others compare letter by letter. The LSB's spelling
is read by all.`,
		Bad:  header("-Default-Start", "default-start: 2 3 4 5"),
		Good: header("X-Start-Before: other"),
		Any:  true,
		Run: func(p *lint.Pass) {
			for i := range p.Header.Fields {
				f := &p.Header.Fields[i]
				want := title(f.Key)
				if !isHeaderKey(f.Key) || strings.HasPrefix(want, "X-") || strings.HasPrefix(strings.ToLower(f.Name), "x-") || f.Name == want {
					continue
				}
				switch f.Key {
				case lsb.ChkconfigLine, lsb.ProcessName, lsb.PIDFile, lsb.ConfigFile, lsb.Hide, lsb.Probe, lsb.Description, lsb.ShortDescription:
					continue
				}
				at := p.Offset(f.Line) + f.Col - 1
				p.ReportField(f, "%q is read by insserv alone: the key is %s", f.Name, want).
					Replace("write "+want, at, at+len(f.Name), want)
			}
		},
	}
}
