package rules

import (
	"strings"

	"sysv/lint"
	"sysv/lsb"
)

func sv1021() *lint.Rule {
	return &lint.Rule{
		ID: "SV1021", Name: "bad-header-line", Severity: lint.Style, Since: "0.2",
		Title: "a line of the header is neither a field nor its continuation",
		Text: `A field is "# Key: value" with one blank behind the "#"; only a Description goes
on in further lines, which begin with "#" and a tab or two blanks. A line that
is no comment ends the header for some readers. A key without its colon says
nothing at all: that is a warning.`,
		Like: []string{"lintian init.d-script-has-bad-lsb-line"},
		Bad:  header("Default-Stop: 0 1 6\n# Should-Start $named"),
		Good: header("Should-Start: $named", "Description: one line\n#  and another"),
		Any:  true,
		Run: func(p *lint.Pass) {
			if !p.Header.Found() {
				return
			}
			fields := map[int]*lsb.Field{}
			for i := range p.Header.Fields {
				fields[p.Header.Fields[i].Line] = &p.Header.Fields[i]
			}
			var last lsb.Key
			for n := p.Header.Begin + 1; n < p.Header.End; n++ {
				line := strings.TrimRight(p.Line(n), " \t\r")
				if f := fields[n]; f != nil {
					last = f.Key
					continue
				}
				switch {
				case last == lsb.Description && (strings.HasPrefix(line, "#\t") || strings.HasPrefix(line, "#  ") || line == "#"):
				case !strings.HasPrefix(line, "#"):
					p.ReportLine(n, "a line inside the header that is no comment").Severity = lint.Warning
				case keyWithoutColon(line) != "":
					p.ReportLine(n, "%s has no colon behind it, and says nothing", keyWithoutColon(line)).Severity = lint.Warning
				default:
					p.ReportLine(n, "a line of the header that is no field")
				}
			}
		},
	}
}

// keyWithoutColon is the key with which a comment begins, if it is one.
func keyWithoutColon(line string) string {
	word, rest, _ := strings.Cut(strings.TrimLeft(line, "# \t"), " ")
	if !strings.Contains(word, "-") || strings.HasPrefix(strings.TrimSpace(rest), ":") {
		return ""
	}
	for _, k := range headerKeys() {
		if lsb.KeyOf(word) == k {
			return word
		}
	}
	return ""
}
