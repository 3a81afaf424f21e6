package rules

import (
	"sysv/lint"
)

func sv2003() *lint.Rule {
	return &lint.Rule{
		ID: "SV2003", Name: "stop-without-oknodo", Severity: lint.Warning, Since: "0.2",
		Title: "start-stop-daemon --stop without --oknodo: the second stop fails",
		Text: `start-stop-daemon exits with 1 if no process was there to be stopped. The LSB and
Debian's Policy want 0 from the stop of a service that does not run: a package
could not be removed, and restart may never come to its start.`,
		Bad: `start)
	start-stop-daemon --start --oknodo --pidfile "$PIDFILE" --exec "$DAEMON"
	;;
stop)
	start-stop-daemon --stop --quiet --retry 5 --pidfile "$PIDFILE" --exec "$DAEMON"
	log_end_msg $?
	;;
`,
		Good: `start)
	start-stop-daemon --start --oknodo --pidfile "$PIDFILE" --exec "$DAEMON"
	;;
stop)
	start-stop-daemon --stop --quiet --oknodo --retry 5 --pidfile "$PIDFILE" --exec "$DAEMON"
	log_end_msg $?
	;;
`,
		Run: func(p *lint.Pass) { withoutOkNoDo(p, "stop", "does not run") },
	}
}
