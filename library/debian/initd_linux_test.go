package debian_test

// plain is a script of init-d-script for a daemon that goes to the
// background; own is what the script adds.
func plain(own string) string {
	return `#!/lib/init/init-d-script
### BEGIN INIT INFO
# Provides: thing
### END INIT INFO
DESC="a thing"
DAEMON=/run/d/daemon
START_ARGS="--background --make-pidfile"
DAEMON_ARGS="1000"
` + own
}

// running is what makes the daemon run before the action.
const running = `( exec >/dev/null 2>&1; /run/d/daemon 1000 & echo $! >/run/daemon.pid ); until [ "$(cat /proc/$(cat /run/daemon.pid)/comm)" = daemon ]; do :; done; `

// verboseBoot makes init-d-script speak although there is no terminal.
const verboseBoot = `echo VERBOSE=yes >/etc/default/rcS; `

var initDCases = []testCase{
	{name: "start", text: plain(""), action: []string{"start"}},
	{name: "start verbose", setup: verboseBoot, text: plain(""), action: []string{"start"}},
	{name: "start what runs", setup: running, text: plain(""), action: []string{"start"}},
	{name: "start what runs, verbose", setup: verboseBoot + running, text: plain(""), action: []string{"start"}},
	{name: "start fails", setup: verboseBoot, text: plain(`START_ARGS=--bogus`), action: []string{"start"}},
	{name: "start with steps", setup: verboseBoot, text: plain("do_start_prepare() { echo \"[prepare $#]\"; }\ndo_start_cleanup() { echo '[cleanup]'; }\n"), action: []string{"start"}},
	{name: "start with an override", text: plain("do_start_override() { echo \"[mine $*]\"; return 5; }\n"), action: []string{"start"}},
	{name: "start with its own", text: plain("do_start() { echo \"[mine $*]\"; return 4; }\n"), action: []string{"start"}},
	{name: "start with its own command", text: plain("do_start_cmd() { echo; echo '[cmd]'; return 2; }\n"), action: []string{"start"}},
	{name: "start with a command override", text: plain("do_start_cmd_override() { return 1; }\n"), setup: verboseBoot, action: []string{"start"}},
	{name: "stop", setup: running, text: plain(""), action: []string{"stop"}},
	{name: "stop verbose", setup: verboseBoot + running, text: plain(""), action: []string{"stop"}},
	{name: "stop what does not run", text: plain(""), action: []string{"stop"}},
	{name: "stop what does not run, verbose", setup: verboseBoot, text: plain(""), action: []string{"stop"}},
	{name: "stop with steps", setup: verboseBoot + running, text: plain("do_stop_prepare() { echo '[prepare]'; }\ndo_stop_cleanup() { echo '[cleanup]'; ls /run/*.pid; }\n"), action: []string{"stop"}},
	{name: "stop with an override", text: plain("do_stop_cmd_override() { return 2; }\n"), setup: verboseBoot, action: []string{"stop"}},
	{name: "status of what runs", setup: running, text: plain(""), action: []string{"status"}},
	{name: "status of what does not", text: plain(""), action: []string{"status"}},
	{name: "status of what died", setup: `echo 99999 >/run/daemon.pid`, text: plain(""), action: []string{"status"}},
	{name: "status with an override", text: plain("do_status_override() { echo mine; return 42; }\n"), action: []string{"status"}},
	{name: "restart", setup: verboseBoot + running, text: plain(""), action: []string{"restart"}},
	{name: "restart what does not run", text: plain(""), action: []string{"restart"}},
	{name: "restart with steps", setup: verboseBoot, text: plain("do_restart_prepare() { echo '[prepare]'; }\ndo_restart_cleanup() { echo '[cleanup]'; }\ndo_stop_cmd() { echo stop; }\ndo_start_cmd() { echo start; return 3; }\n"), action: []string{"restart"}},
	{name: "restart that cannot stop", setup: verboseBoot, text: plain("do_stop_cmd() { return 2; }\n"), action: []string{"restart"}},
	{name: "try-restart", setup: verboseBoot + running, text: plain(""), action: []string{"try-restart"}},
	{name: "try-restart what does not run", setup: verboseBoot, text: plain(""), action: []string{"try-restart"}},
	{name: "try-restart quietly", text: plain(""), action: []string{"try-restart"}},
	{name: "try-restart, functions exit", setup: verboseBoot, text: plain("do_status() { X=1; exit 0; }\ndo_restart() { echo \"$X\" >&2; exit 3; }\n"), action: []string{"try-restart"}},
	{name: "reload without one", text: plain(""), action: []string{"reload"}},
	{name: "force-reload without one", setup: verboseBoot + running, text: plain(""), action: []string{"force-reload"}},
	{name: "reload by signal", setup: verboseBoot + running, text: plain("RELOAD_SIGNAL=HUP\n"), action: []string{"reload"}},
	{name: "reload by signal, not running", setup: verboseBoot, text: plain("RELOAD_SIGNAL=1\n"), action: []string{"reload"}},
	{name: "force-reload by signal", setup: verboseBoot + running, text: plain("RELOAD_SIGNAL=0\n"), action: []string{"force-reload"}},
	{name: "reload by its own command", setup: verboseBoot, text: plain("do_reload_cmd() { echo reloading; return 3; }\ndo_reload_prepare() { echo '[p]'; }\ndo_reload_cleanup() { echo '[c]'; }\n"), action: []string{"reload"}},
	{name: "reload by its own function", text: plain("do_reload() { echo mine; return 6; }\n"), action: []string{"reload"}},
	{name: "reload by the old alias", setup: verboseBoot + running, text: plain("alias do_reload=do_reload_sigusr1\n"), action: []string{"reload"}},
	{name: "force-reload by its own function", text: plain("do_force_reload() { echo forced; return 7; }\n"), action: []string{"force-reload"}},
	{name: "no action", text: plain("")},
	{name: "no action, with reload", text: plain("RELOAD_SIGNAL=1\n")},
	{name: "bogus", text: plain(""), action: []string{"bogus"}},
	{name: "bogus, with reload", text: plain("do_reload() { :; }\n"), action: []string{"bogus"}},
	{name: "bogus, its own", text: plain("do_unknown() { echo \"unknown $*\"; return 9; }\n"), action: []string{"frob", "x"}},
	{name: "bogus, an override", text: plain("do_usage_override() { echo mine; }\n"), action: []string{"frob"}},
	{name: "more arguments", text: plain("do_start() { echo \"$# $*\"; }\necho \"$0 $# $*\"\n"), action: []string{"start", "a", "b c"}},
	{name: "defaults", text: plain("do_start() { echo \"$NAME|$DESC|$COMMAND_NAME|$PIDFILE|$DAEMON|$SCRIPTNAME|$scriptbasename|$PATH|$VERBOSE|$cmd\"; }\n"), action: []string{"start"}},
	{name: "names given", text: plain("NAME=other COMMAND_NAME=daemon PIDFILE=/run/x.pid\ndo_start() { echo \"$NAME|$DESC|$COMMAND_NAME|$PIDFILE|$DAEMON\"; }\n"), action: []string{"start"}},
	{name: "none", text: "#!/lib/init/init-d-script\nDAEMON=none COMMAND_NAME=none PIDFILE=none NAME=it\ndo_start() { echo \"$NAME|$DESC|<$COMMAND_NAME>|<$PIDFILE>|<$DAEMON>\"; }\n", action: []string{"start"}},
	{name: "none, status", text: "#!/lib/init/init-d-script\nDAEMON=none COMMAND_NAME=daemon PIDFILE=none NAME=it\n", action: []string{"status"}},
	{name: "none, stop", text: "#!/lib/init/init-d-script\nDAEMON=none COMMAND_NAME=daemon NAME=daemon\n", setup: verboseBoot + running, action: []string{"stop"}},
	{name: "no pid file, stop", text: plain("PIDFILE=none\n"), setup: verboseBoot + running, action: []string{"stop"}},
	{name: "daemon missing", text: plain("DAEMON=/run/d/nosuch\n"), action: []string{"start"}},
	{name: "daemon not named", text: "#!/lib/init/init-d-script\nNAME=x\n", action: []string{"start"}},
	{name: "settings", setup: `echo 'DAEMON_ARGS=2000; DESC=changed; echo read' >/etc/default/daemon; echo VERBOSE=yes >/etc/default/rcS`, text: plain("do_start_cleanup() { sleep 0.2; tr '\\0' ' ' </proc/$(cat /run/daemon.pid)/cmdline; echo; }\n"), action: []string{"start"}},
	{name: "settings that leave", setup: `echo 'exit 0' >/etc/default/daemon`, text: plain(""), action: []string{"start"}},
	{name: "script that leaves", text: plain("echo bye; exit 4\n"), action: []string{"start"}},
	{name: "script with an error", text: plain("if\n"), action: []string{"start"}},
	{name: "through env", text: "#!/usr/bin/env /lib/init/init-d-script\nDAEMON=/run/d/daemon\n", action: []string{"status"}},
	{name: "call by the script", text: plain("do_hello() { echo \"hello $*\"; return 3; }\ndo_hello_override() { echo \"over $*\"; }\ndo_start() { call do_hello a b; call do_bye; echo $?; unset -f do_hello_override; call do_hello c; }\n"), action: []string{"start"}},
	{name: "is_call_implemented by the script", text: plain("do_start() { for f in do_stop do_frob echo call 'a b' ''; do is_call_implemented $f; echo \"$f $?\"; done; }\n"), action: []string{"start"}},
	{name: "is_call_implemented redefined", text: plain("is_call_implemented() { return 1; }\n"), action: []string{"reload"}},
	{name: "messages redefined", setup: verboseBoot, text: plain("log_daemon_msg() { echo \"M $*\"; }\nlog_end_msg() { echo \"E $*\"; return $1; }\n"), action: []string{"start"}},
	{name: "set -e", setup: verboseBoot, text: plain("set -e\n"), action: []string{"stop"}},
	{name: "set -e, reload", setup: verboseBoot, text: plain("set -e\nRELOAD_SIGNAL=1\n"), action: []string{"reload"}},
	{name: "set -u", text: plain("set -u\n"), action: []string{"start"}},
	{name: "exit trap", text: plain("trap 'echo leaving $?' EXIT\n"), action: []string{"bogus"}},
	{name: "stop arguments", setup: verboseBoot + running, text: plain("STOP_ARGS='--user root'\n"), action: []string{"stop"}},
	{name: "a shell script as the script", text: "#!/bin/sh\nexit 0\n", action: []string{"start"}},
}
