package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv6004() *lint.Rule {
	return &lint.Rule{
		ID: "SV6004", Name: "world-writable", Severity: lint.Warning, Since: "0.2",
		Title: "something is made writable for everybody",
		Text: `Any user, and any service that was broken into, can change it. A directory that is
meant for all needs at least the sticky bit (1777). Give it to a group.`,
		Bad:  "chmod 777 /var/lib/example",
		Good: "chmod 2770 /var/lib/example",
		Run: func(p *lint.Pass) {
			p.EachCall(func(c *script.Call) {
				mode := ""
				switch c.Name {
				case "umask":
					if m := c.Arg(0); m == "0" || m == "00" || m == "000" || m == "0000" {
						p.ReportCall(c, "umask %s: whatever the daemon makes can be written by everybody", m)
					}
					return
				case "chmod":
					if names := operands(c, ""); len(names) > 1 {
						mode = names[0]
						if strings.HasPrefix(names[1], "/dev/") {
							return
						}
					}
				default:
					mode, _ = option(c, "-m", "--mode")
					if c.Name == "mkfifo" || c.Name == "mknod" {
						return
					}
				}
				sticky := len(mode) == 4 && (mode[0]-'0')&1 != 0 || len(mode) == 5 && mode[0] == '0' && mode[1] == '1' || strings.Contains(mode, "t")
				if worldWritable(mode) && !sticky {
					p.ReportCall(c, "mode %q lets everybody write", mode)
				}
			}, "chmod", "mkdir", "install", "umask")
		},
	}
}
