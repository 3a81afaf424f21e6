package rules

import (
	"path"
	"strings"

	"sysv/lint"
	"sysv/script"
)

func sv5006() *lint.Rule {
	return &lint.Rule{
		ID: "SV5006", Name: "exec-of-interpreter", Severity: lint.Warning, Since: "0.2",
		Title: "start-stop-daemon --exec is given an interpreter or a script",
		Text: `--exec compares the program that a process runs: for a script that is its
interpreter. Given the interpreter, it matches each script of that language; given
the script, it matches nothing, so that each start starts another one and stop
stops none. Use ` + "`--startas`" + ` for the program, and ` + "`--pidfile`" + ` with ` + "`--name`" + ` to find it.`,
		Bad:  "start-stop-daemon --start --oknodo --background --exec /usr/bin/python3 -- /usr/lib/example/server.py",
		Good: "start-stop-daemon --start --oknodo --background --make-pidfile --pidfile \"$PIDFILE\" --startas /usr/bin/python3 -- /usr/lib/example/server.py",
		Run: func(p *lint.Pass) {
			startStops(p, func(o *script.StartStop) {
				if o.Exec == "" {
					return
				}
				name := script.Base(o.Exec)
				switch {
				case interpreter(name):
					f := p.ReportCall(o.Call, "--exec %q matches each process of that interpreter", o.Exec)
					if o.PIDFile == "" && o.Name == "" && o.User == "" {
						f.Severity = lint.Error
					}
				case scriptFile(p, o.Exec):
					p.ReportCall(o.Call, "%q is a script: --exec compares the interpreter, and never matches", o.Exec)
				}
			})
		},
	}
}

// scriptFile says that a program is a script, by its name, or by its first
// bytes where its tree is at hand.
func scriptFile(p *lint.Pass, name string) bool {
	for _, ext := range [...]string{".py", ".pl", ".sh", ".rb", ".php", ".js"} {
		if strings.HasSuffix(name, ext) {
			return true
		}
	}
	if p.Root == nil || !strings.HasPrefix(name, "/") || strings.Contains(name, "$") {
		return false
	}
	f, err := p.Root.Open(strings.TrimPrefix(path.Clean(name), "/"))
	if err != nil {
		return false
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return false
	}
	var head [2]byte
	n, _ := f.Read(head[:])
	return n == 2 && head == [2]byte{'#', '!'}
}
