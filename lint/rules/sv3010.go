package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv3010() *lint.Rule {
	return &lint.Rule{
		ID: "SV3010", Name: "never-ends", Severity: lint.Error, Since: "0.2",
		Title: "a program that does not end by itself is run in the foreground",
		Text: `` + "`tail -f`, `journalctl -f`, `watch`, `top`" + ` and the like run until somebody stops them:
the action does not come back.`,
		Bad:  "tail -f /var/log/example.log",
		Good: "tail -n 20 /var/log/example.log",
		Run: func(p *lint.Pass) {
			p.EachCall(func(c *script.Call) {
				if c.Background() || c.Wrapped("timeout") {
					return
				}
				// Of a pipeline only the last command keeps it going: the
				// others get SIGPIPE.
				if line, i := c.Piped(); line != nil && i < len(line.Cmds)-1 && c.Name != "tail" {
					return
				}
				endless := false
				switch c.Name {
				case "tail":
					endless = (c.HasFlag('f') || c.HasFlag('F') || c.Has("--follow", "--retry")) && !hasPrefix(c, "--pid")
				case "journalctl":
					endless = c.HasFlag('f') || c.Has("--follow")
				case "dmesg":
					endless = c.HasFlag('w') || c.Has("--follow")
				case "top":
					endless = !c.HasFlag('n') && !c.HasFlag('b')
				case "inotifywait":
					endless = c.HasFlag('m') || c.Has("--monitor")
				case "vmstat", "iostat":
				case "yes":
					line, _ := c.Piped()
					endless = line == nil
				default:
					endless = true
				}
				if endless && c.Line > 0 {
					p.ReportCall(c, "%s does not end by itself: the action does not come back", c.Name)
				}
			}, "tail", "journalctl", "dmesg", "top", "watch", "less", "vi", "vim", "nano", "inotifywait", "yes", "tcpdump")
		},
	}
}

func hasPrefix(c *script.Call, prefix string) bool {
	for _, a := range c.Args {
		if strings.HasPrefix(a, prefix) {
			return true
		}
	}
	return false
}
