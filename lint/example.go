package lint

import "strings"

// exampleHeader is that of an example that brings none of its own.
const exampleHeader = `### BEGIN INIT INFO
# Provides:          example
# Required-Start:    $remote_fs $syslog
# Required-Stop:     $remote_fs $syslog
# Default-Start:     2 3 4 5
# Default-Stop:      0 1 6
# Short-Description: Example daemon
# Description:       A daemon that serves as an example.
### END INIT INFO
`

// exampleBody is the rest of such a script.
const exampleBody = `
PATH=/sbin:/usr/sbin:/bin:/usr/bin
DAEMON=/usr/sbin/exampled
NAME=exampled
PIDFILE=/run/exampled.pid

[ -x "$DAEMON" ] || exit 0

. /lib/lsb/init-functions

case "$1" in
start)
	log_daemon_msg "Starting example daemon" "$NAME"
	start-stop-daemon --start --quiet --oknodo --pidfile "$PIDFILE" --exec "$DAEMON"
	log_end_msg $?
	;;
stop)
	log_daemon_msg "Stopping example daemon" "$NAME"
	start-stop-daemon --stop --quiet --oknodo --retry 5 --pidfile "$PIDFILE" --exec "$DAEMON" --remove-pidfile
	log_end_msg $?
	;;
restart|force-reload)
	"$0" stop
	"$0" start
	;;
status)
	status_of_proc -p "$PIDFILE" "$DAEMON" "$NAME"
	;;
*)
	echo "Usage: $0 {start|stop|restart|force-reload|status}" >&2
	exit 2
	;;
esac
`

// ExamplePath is the name of an example's file.
const ExamplePath = "/etc/init.d/example"

// Example is the script that a rule's example stands for:
//
//   - one that begins with "### BEGIN" is the header of a script that is else
//     good;
//   - a text that begins with another comment, as #! is, is the whole script;
//   - one that begins with "case" is its dispatch, from there to the end;
//   - one of clauses ("start)" …, ending in "*)") is that dispatch's inside;
//   - anything else is what its start does, in place of starting the daemon.
func Example(text string) string {
	text = strings.TrimLeft(text, "\n")
	first, _, _ := strings.Cut(text, "\n")
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	head, rest, _ := strings.Cut(exampleBody, "case \"$1\" in\n")
	switch {
	case strings.HasPrefix(text, "### BEGIN"):
		return "#!/bin/sh\n" + text + exampleBody
	case strings.HasPrefix(text, "#"):
		return text
	case strings.HasPrefix(text, "case "):
		return "#!/bin/sh\n" + exampleHeader + head + text
	case strings.HasSuffix(strings.TrimSpace(first), ")") && !strings.ContainsAny(first, "( \t"):
		return "#!/bin/sh\n" + exampleHeader + head + "case \"$1\" in\n" + text + "esac\n"
	}
	_, after, _ := strings.Cut(rest, "log_end_msg $?\n")
	return "#!/bin/sh\n" + exampleHeader + head + "case \"$1\" in\nstart)\n\t" +
		strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n\t") + "\n" + after
}

// Section is one file of an example of several files.
type Section struct{ Name, Data string }

// Sections are the files of an example that has lines "-- name --", each
// before a file, as in the txtar format; nil for one that is one script.
func Sections(text string) (out []Section) {
	_, text, ok := strings.Cut("\n"+text, "\n-- ")
	if !ok {
		return nil
	}
	for part := range strings.SplitSeq(text, "\n-- ") {
		name, data, ok := strings.Cut(part, " --")
		if !ok {
			continue
		}
		data = strings.TrimPrefix(data, "\n")
		if data != "" && !strings.HasSuffix(data, "\n") {
			data += "\n"
		}
		out = append(out, Section{name, data})
	}
	return out
}
