package rules

import (
	"bytes"
	"io/fs"
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv9009() *lint.Rule {
	return &lint.Rule{
		ID: "SV9009", Name: "enabled-by-variable", Severity: lint.Info, Since: "0.2",
		Title: "a variable of the defaults file says whether the service starts",
		Text:  "ENABLED=no in /etc/default hides from the init system whether the service is enabled:\n`service NAME start` says that all went well, and nothing runs. `update-rc.d NAME disable`\nis for that, and a unit does not read it.",
		Like:  []string{"lintian init.d-script-should-always-start-service"},
		Bad:   ". /etc/default/exampled\nif [ \"$ENABLED\" != yes ]; then\n\texit 0\nfi\nexampled\n",
		Good:  ". /etc/default/exampled\nexampled $OPTIONS\n",
		Run: func(p *lint.Pass) {
			defaults := false
			for _, s := range p.Sources {
				defaults = defaults || isDefaults(s.Path)
			}
			if !defaults {
				return
			}
			told := map[string]bool{}
			p.EachCall(func(c *script.Call) {
				for i := range c.Args {
					w := c.Word(i)
					for _, part := range w.Parts {
						name := paramName(part)
						if enabling(name) && !told[name] && c.Tested() {
							told[name] = true
							p.ReportCall(c, "$%s says whether the service starts, which the init system does not see", name)
						}
					}
				}
			}, "[", "test")
			if len(told) > 0 || p.Root == nil {
				return
			}
			src, err := fs.ReadFile(p.Root, "etc/default/"+script.Base(p.Path))
			if err != nil {
				return
			}
			for line := range bytes.Lines(src) {
				name, _, ok := strings.Cut(strings.TrimLeft(string(line), "# \t"), "=")
				if ok && enabling(name) && !told[name] && p.Source != nil && bytes.Contains(p.Source, []byte(name)) {
					told[name] = true
					p.ReportLine(0, "/etc/default/%s has %s=, by which the service is turned on and off", script.Base(p.Path), name)
				}
			}
		},
	}
}

// enabling tells the names of variables that turn a service on and off.
func enabling(name string) bool {
	if len(name) > 2 && name[1] == '_' {
		name = name[2:]
	}
	switch name {
	case "ENABLED", "ENABLE", "DISABLED", "START", "NO_START", "START_DAEMON", "RUN_DAEMON":
		return true
	}
	return strings.HasSuffix(name, "RUN") && strings.ToUpper(name) == name && name != "DRY_RUN" && name != "DRYRUN"
}
