//go:build linux

package clients

// scriptBody is an init script's, for a daemon that is a sleep of its own
// length, so that one can be told from another.
func scriptBody(header, seconds, more string) string {
	return "#!/bin/sh\n" + header + `
DAEMON=/bin/sleep
NAME=${0##*/}
PIDFILE=/run/$NAME.pid
case $1 in
start)
	start-stop-daemon --start --oknodo --quiet --background --make-pidfile --pidfile $PIDFILE --exec $DAEMON -- ` + seconds + `
	rc=$?
	# It returns before the program is executed: who asks at once hears that
	# none runs.
	sleep 0.3
	exit $rc
	;;
stop)
	start-stop-daemon --stop --oknodo --quiet --retry 5 --remove-pidfile --pidfile $PIDFILE --exec $DAEMON
	;;
restart|force-reload)
	$0 stop
	$0 start
	;;
` + more + `*)
	echo "Usage: $0 {start|stop|restart|force-reload}" >&2
	exit 3
	;;
esac
`
}

const statusAction = `status)
	start-stop-daemon --status --pidfile $PIDFILE --exec $DAEMON
	rc=$?
	[ $rc = 0 ] && echo "$NAME is running" || echo "$NAME is stopped"
	exit $rc
	;;
reload)
	start-stop-daemon --stop --signal 0 --quiet --pidfile $PIDFILE --exec $DAEMON && echo reloaded
	;;
`

// header is an LSB header.
func header(name, needs, start, stop string) string {
	return `### BEGIN INIT INFO
# Provides:          ` + name + `
# Required-Start:    $remote_fs ` + needs + `
# Required-Stop:     $remote_fs ` + needs + `
# Default-Start:     ` + start + `
# Default-Stop:      ` + stop + `
# Short-Description: the bench's ` + name + `
### END INIT INFO
`
}

const redHatHeader = `# chkconfig: 2345 85 15
# description: a service that only \
#              Red Hat's chkconfig can order
`

// scripts are those that every sandbox has besides the daemons' own. The words
// of their headers are this project's.
func scripts() map[string]string {
	return map[string]string{
		"/etc/init.d/alpha":   scriptBody(header("alpha", "", "2 3 4 5", "0 1 6"), "1001", statusAction),
		"/etc/init.d/beta":    scriptBody(header("beta", "alpha", "2 3 4 5", "0 1 6"), "1002", statusAction),
		"/etc/init.d/early":   scriptBody(header("early", "", "S", ""), "1003", statusAction),
		"/etc/init.d/three":   scriptBody(header("three", "beta", "3", "0 1 2 6"), "1004", statusAction),
		"/etc/init.d/mute":    scriptBody(header("mute", "", "2 3 4 5", "0 1 6"), "1005", ""),
		"/etc/init.d/useless": "#!/bin/sh\n" + header("useless", "", "2 3 4 5", "0 1 6") + "echo \"$1: no\" >&2\nexit 1\n",
		"/etc/init.d/chatty": "#!/bin/sh\n" + header("chatty", "", "2 3 4 5", "0 1 6") + `case $1 in
status) echo "chatty is running"; echo "and has much to say"; env | sort; pwd; exit 0 ;;
*) echo "out $*"; echo "err $*" >&2; exit 0 ;;
esac
`,
	}
}

// odd are scripts that insserv warns of, or with which it refuses to work.
func odd() map[string]string {
	return map[string]string{
		"/etc/init.d/bare":   scriptBody("", "1006", statusAction),
		"/etc/init.d/redhat": scriptBody(redHatHeader, "1007", statusAction),
		"/etc/init.d/orphan": scriptBody(header("orphan", "nowhere", "2 3 4 5", "0 1 6"), "1008", statusAction),
	}
}
