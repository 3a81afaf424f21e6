package rules

import (
	"strings"

	"sysv/lint"
	"sysv/lsb"
)

func sv1019() *lint.Rule {
	return &lint.Rule{
		ID: "SV1019", Name: "missing-remote-fs", Severity: lint.Info, Since: "0.2",
		Title: "a script that uses /usr does not ask for $remote_fs",
		Text: `/usr may be a file system of its own, and one of the network: it is there after
$remote_fs. Where it is mounted by the initramfs, as Debian's is, nothing goes
wrong; on a small board or a diskless one the daemon is not found at boot.`,
		Bad:  header("Required-Start: $local_fs", "Required-Stop: $local_fs"),
		Good: header("Required-Start: $remote_fs"),
		Run: func(p *lint.Pass) {
			f := p.Header.Get(lsb.RequiredStart)
			if f == nil || len(p.Header.Words(lsb.DefaultStart)) == 0 {
				return
			}
			// Another service, or a facility of one, is behind $remote_fs
			// itself.
			for _, w := range f.Words {
				switch w.Text {
				case "$local_fs", "$network", "mountkernfs", "udev", "hostname":
				default:
					return
				}
			}
			if !strings.HasPrefix(p.Daemon.Path, "/usr/") {
				return
			}
			x := p.ReportField(f, "the daemon is %s, but %s does not have $remote_fs", p.Daemon.Path, f.Name)
			value := strings.TrimSpace(f.Raw())
			if strings.Contains(value, "$local_fs") {
				value = strings.Replace(value, "$local_fs", "$remote_fs", 1)
			} else {
				value = strings.TrimSpace(value + " $remote_fs")
			}
			setValue(p, x, f, "ask for $remote_fs", value)
		},
	}
}
