package rules

import (
	"slices"
	"strings"

	"sysv/lint"
	"sysv/lsb"
	"sysv/script"
)

func sv3012() *lint.Rule {
	return &lint.Rule{
		ID: "SV3012", Name: "long-work", Severity: lint.Warning, Since: "0.2",
		Title: "work that may take minutes is done at each start",
		Text: `A check of a file system, a package manager, or a compiler may take minutes, wait
for a lock that another one holds, or ask somebody. It belongs to the installation,
to a timer, or into the background.`,
		Bad:  "apt-get update",
		Good: "start-stop-daemon --start --oknodo --exec /usr/sbin/exampled",
		Run: func(p *lint.Pass) {
			checks := slices.ContainsFunc(p.Header.Words(lsb.Provides), func(w lsb.Word) bool {
				return strings.HasPrefix(w.Text, "check") || strings.Contains(w.Text, "fsck")
			})
			p.EachCall(func(c *script.Call) {
				if c.Background() || c.Wrapped("timeout") || !starts(p, c) || len(c.Args) == 0 {
					return
				}
				switch c.Name {
				case "dpkg":
					if !c.HasFlag('i') && !c.Has("--configure", "--install", "--unpack") {
						return
					}
				case "rpm":
					if c.HasFlag('q') || c.Has("--query", "--eval") {
						return
					}
				case "fsck", "fsck.ext4", "e2fsck":
					// The scripts whose work that is.
					if checks {
						return
					}
				case "mdadm":
					if !c.Has("--wait", "-W") {
						return
					}
				case "pip", "pip3", "npm", "gem", "opkg", "yum", "dnf", "apt", "apt-get", "aptitude", "zypper", "apk":
					if c.Has("list", "show", "--version", "clean") {
						return
					}
				}
				p.ReportCall(c, "%s may take minutes, at each start", c.Name)
			}, "apt-get", "apt", "aptitude", "dpkg", "rpm", "yum", "dnf", "zypper", "opkg", "apk", "pip", "pip3", "npm", "gem", "fsck", "fsck.ext4", "e2fsck", "xfs_repair", "btrfsck", "updatedb", "mandb", "mdadm", "make", "gcc")
		},
	}
}
