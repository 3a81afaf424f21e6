package rules

import (
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
	"sysv/lsb"
)

func sv1018() *lint.Rule {
	return &lint.Rule{
		ID: "SV1018", Name: "missing-local-fs", Severity: lint.Warning, Since: "0.2",
		Title: "a script that uses /var does not ask for $local_fs",
		Text: `Before $local_fs only the root file system is mounted: what the script writes
under /var would be hidden by the file system that is mounted over it, or fail.
$remote_fs includes $local_fs; so does every service that asks for one of them
itself.`,
		Like: []string{"lintian init.d-script-missing-dependency-on-local_fs"},
		Bad:  header("Required-Start: $network", "Required-Stop: $network") + "#\nmkdir -p /var/lib/example\n",
		Good: header("Required-Start: $local_fs", "Required-Stop: $local_fs") + "#\nmkdir -p /var/lib/example\n",
		Run: func(p *lint.Pass) {
			f := p.Header.Get(lsb.RequiredStart)
			if f == nil || len(p.Header.Words(lsb.DefaultStart)) == 0 || !earlyOnly(p) {
				return
			}
			// /var/run and /var/lock are links into /run today.
			at := firstPath(p, func(path string) bool {
				return strings.HasPrefix(path, "/var/") && !strings.HasPrefix(path, "/var/run/") && !strings.HasPrefix(path, "/var/lock/")
			})
			if at == nil {
				return
			}
			x := p.ReportField(f, "the script uses %s, but %s does not have $local_fs", p.Expand(at), f.Name)
			x.Step(p.Position(int(at.At.Pos)), "%s is used here", p.Text(at.At))
			setValue(p, x, f, "add $local_fs", strings.TrimSpace(strings.TrimSpace(f.Raw())+" $local_fs"))
		},
	}
}

// earlyOnly says that all that the script asks for before its start may be
// there before local file systems are: nothing, or the network.
func earlyOnly(p *lint.Pass) bool {
	for _, k := range []lsb.Key{lsb.RequiredStart} {
		for _, w := range p.Header.Words(k) {
			switch w.Text {
			case "$network", "$time", "mountkernfs", "udev", "hostname", "hwclock":
			default:
				return false
			}
		}
	}
	return true
}

// firstPath is the first word of a command, an assignment or a redirection
// whose text is a path for which f is true, in what the script does at its
// start; nil if there is none.
func firstPath(p *lint.Pass, f func(path string) bool) *ast.Word {
	var found *ast.Word
	p.Inspect(func(n any) bool {
		w, ok := n.(*ast.Word)
		if !ok || found != nil {
			return found == nil
		}
		if !w.At.Known() {
			return true
		}
		if text := p.Expand(w); strings.HasPrefix(text, "/") && !strings.ContainsAny(text, " \n") && f(text) {
			found = w
		}
		return true
	})
	return found
}
