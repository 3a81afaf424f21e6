package rules

import "sysv/lint"

func sv8015() *lint.Rule {
	return &lint.Rule{
		ID: "SV8015", Name: "no-interpreter", Severity: lint.Error, Since: "0.2",
		Title: "the script does not begin with #!",
		Text:  "The kernel does not execute it (\"Exec format error\"): init, `service` and systemd cannot\nrun it; only a shell that tries it as a script of its own can.",
		Bad:   "# example\ncase \"$1\" in start) ;; stop) ;; esac\n",
		Good:  "#!/bin/sh\ncase \"$1\" in start) ;; stop) ;; esac\n",
		Any:   true,
		Run: func(p *lint.Pass) {
			if p.Interpreter == "" && (p.Header.Found() || p.Dispatch != nil && p.Action("start") != nil && p.Action("stop") != nil) {
				x := p.ReportLine(1, "the first line is no \"#!/bin/sh\": the kernel does not execute the script")
				x.Replace("begin with #!/bin/sh", 0, 0, "#!/bin/sh\n")
			}
		},
	}
}
