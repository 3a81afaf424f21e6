package rules

import (
	"sysv/lint"
	"sysv/script"
)

func sv9005() *lint.Rule {
	return &lint.Rule{
		ID: "SV9005", Name: "work-before-start", Severity: lint.Style, Since: "0.2",
		Title: "the start does work that a unit has to say otherwise",
		Text: `Directories, limits, modules, addresses and kernel settings that the script makes
before it starts its daemon are no part of a unit's ExecStart: they become
RuntimeDirectory=, LimitNOFILE=, ExecStartPre= and the like, or are forgotten.`,
		Bad:  "ulimit -n 65536\nmodprobe example\nstart-stop-daemon --start --oknodo --exec \"$DAEMON\"\n",
		Good: "start-stop-daemon --start --oknodo --exec \"$DAEMON\"\n",
		Run: func(p *lint.Pass) {
			if p.Daemon.Start == nil {
				return
			}
			for _, c := range p.Calls {
				if c.Function != nil || !c.Runs(p.Script, "start") || c.Substituted() {
					continue
				}
				if as := unitSetting(c); as != "" {
					p.ReportCall(c, "%s before the start: in a unit it is %s", c.Name, as)
				}
			}
		},
	}
}

// unitSetting is how a unit says what a command does.
func unitSetting(c *script.Call) string {
	switch c.Name {
	case "ulimit":
		return "LimitNOFILE= and its like"
	case "modprobe", "insmod":
		return "a file of modules-load.d"
	case "sysctl":
		return "a file of sysctl.d"
	case "mkdir", "install":
		return "RuntimeDirectory=, StateDirectory= or a file of tmpfiles.d"
	case "mount":
		return "a .mount unit"
	case "iptables", "ip6tables", "nft":
		return "ExecStartPre=, or a service of its own"
	case "umask":
		return "UMask="
	case "renice", "ionice", "chrt":
		return "Nice=, IOSchedulingClass=, CPUSchedulingPolicy="
	case "cgcreate", "cgexec":
		return "Slice= and what it limits"
	case "swapon", "losetup", "cryptsetup", "vgchange":
		return "a unit of its own"
	}
	return ""
}
