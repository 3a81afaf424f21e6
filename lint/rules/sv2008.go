package rules

import (
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv2008() *lint.Rule {
	return &lint.Rule{
		ID: "SV2008", Name: "mount-again", Severity: lint.Warning, Since: "0.2",
		Title: "a file system is mounted at each start",
		Text: `The second mount fails, or, of a tmpfs, lies over the first one and hides what is
in it. Ask ` + "`mountpoint -q DIR`" + ` first.`,
		Bad:  "mount -t tmpfs tmpfs /run/example",
		Good: "mountpoint -q /run/example || mount -t tmpfs tmpfs /run/example",
		Run: func(p *lint.Pass) {
			gone := undone(p, "umount")
			again(p, func(c *script.Call) (string, string) {
				names := operands(c, "toOLUT")
				if len(names) == 0 || c.HasFlag('a') || c.Has("--all", "-V", "-l") {
					return "", ""
				}
				for _, a := range c.Args {
					if strings.Contains(a, "remount") || strings.Contains(a, "move") {
						return "", ""
					}
				}
				name := names[len(names)-1]
				if gone[name] || asks(p, c, "mountpoint", "/proc/mounts", "/proc/self/mount", "/etc/mtab", "findmnt", "mounted", "/proc/filesystems") {
					return "", ""
				}
				return name, "mount on %q at each start, without a look whether it is there"
			}, nil, "mount")
		},
	}
}
