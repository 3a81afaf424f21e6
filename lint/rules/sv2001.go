package rules

import (
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

func sv2001() *lint.Rule {
	return &lint.Rule{
		ID: "SV2001", Name: "start-without-a-look", Severity: lint.Warning, Since: "0.2",
		Title: "a daemon is put into the background, and nothing looks for one that runs already",
		Text: `The action start may be called for a service that runs: by a package's update, by
a configuration management, by hand. A daemon that is started with ` + "`&`" + ` and no
look at its pid file is then there twice. Use start-stop-daemon with
` + "`--background --make-pidfile`" + `, or ask for the process before.`,
		Bad:  `$DAEMON --foreground > /dev/null 2>&1 &`,
		Good: "if ! pidofproc -p \"$PIDFILE\" \"$DAEMON\" > /dev/null; then\n\t$DAEMON --foreground > /dev/null 2>&1 &\nfi",
		Run: func(p *lint.Pass) {
			p.EachCall(func(c *script.Call) {
				if c.Function != nil || !c.Background() || !starts(p, c) || !longLived(p, c) || asksWhetherRunning(p, c) || c.Substituted() {
					return
				}
				p.ReportCall(c, "%q is started once more by each start: nothing looks for one that runs", c.Name)
			})
		},
	}
}

// longLived says that a command in the background looks like a daemon.
func longLived(p *lint.Pass, c *script.Call) bool {
	if c.Name == "start-stop-daemon" || c.Name == "sleep" {
		return false
	}
	if p.Daemon.Path != "" && c.Path == p.Daemon.Path {
		return true
	}
	if isDaemonVariable(c.Words[0]) {
		return true
	}
	return strings.Contains(c.Path, "sbin/") && strings.HasSuffix(c.Name, "d")
}

// isDaemonVariable says that a word is a variable by the name of which
// scripts keep their daemon.
func isDaemonVariable(w *ast.Word) bool {
	if len(w.Parts) != 1 {
		return false
	}
	x, ok := w.Parts[0].(*ast.Param)
	if !ok {
		return false
	}
	switch strings.ToUpper(x.Name) {
	case "DAEMON", "DAEMON_EXEC", "DAEMON_PATH", "DAEMONBIN":
		return true
	}
	return false
}
