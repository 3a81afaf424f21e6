package debian

import (
	"context"
	"strconv"

	"sysv/interp"
)

// The functions of init-d-script, which a script may define anew or add to:
// as NAME_override, do_ACTION_prepare, do_ACTION_cleanup.

func isCallImplemented(_ context.Context, sh *interp.Shell, args []string) int {
	name := sh.At(21).Expand("1")
	// Aliases and functions need no look at the empty PATH.
	if _, ok := sh.Alias(name); len(args) == 2 && (ok || sh.HasFunction(name)) {
		return 0
	}
	return sh.Eval("PATH= command -V $1 >/dev/null 2>&1")
}

func doUsage(_ context.Context, sh *interp.Shell, _ []string) int {
	actions, line := "{start|stop|status|restart|try-restart|force-reload}", 28
	if implemented(sh, 25, "do_reload") {
		actions, line = "{start|stop|status|reload|restart|try-restart|force-reload}", 26
	}
	text := "Usage: " + sh.At(line).Expand("SCRIPTNAME") + " " + actions
	return sh.Call(words("echo", text), interp.Redirect{Fd: 1, From: 2})
}

// callOverridden is call: it runs NAME_override in place of NAME if there is
// such a function.
func callOverridden(_ context.Context, sh *interp.Shell, _ []string) int {
	sh.Set("cmd", sh.At(33).Expand("1"))
	sh.At(34).Call(words("shift"))
	override := sh.Split(get(sh, "cmd") + "_override")
	if sh.At(35).Try(words("is_call_implemented", override...)) == 0 {
		return sh.At(36).Call(append(override, sh.Params()...))
	}
	return sh.At(38).Call(append(sh.Split(get(sh, "cmd")), sh.Params()...))
}

// ifSet is ${NAME:+OPTION "$NAME"}.
func ifSet(sh *interp.Shell, argv []string, option, name string) []string {
	if v := get(sh, name); v != "" {
		return append(argv, option, v)
	}
	return argv
}

// matching adds the options by which start-stop-daemon finds the daemon.
func matching(sh *interp.Shell, argv []string) []string {
	argv = ifSet(sh, argv, "--pidfile", "PIDFILE")
	argv = ifSet(sh, argv, "--name", "COMMAND_NAME")
	return ifSet(sh, argv, "--exec", "DAEMON")
}

func doStartCmd(_ context.Context, sh *interp.Shell, _ []string) int {
	argv := matching(sh.At(47), words("start-stop-daemon", "--start", "--quiet"))
	argv = append(append(argv, sh.Split(sh.Expand("START_ARGS"))...), "--")
	return sh.Call(append(argv, sh.Split(sh.Expand("DAEMON_ARGS"))...))
}

// step runs 'call NAME' if there is such a function: the do_…_prepare and
// do_…_cleanup of an action.
func step(sh *interp.Shell, line int, name string) {
	if implemented(sh, line, name) {
		sh.At(line + 1).Call(words("call", name))
	}
}

// setStatus puts a status into retval; failed is then 'retval=$(( … > 1 ))'.
func setStatus(sh *interp.Shell, name string, status int) int {
	sh.Set(name, strconv.Itoa(status))
	return status
}

func moreThanOne(status int) int {
	if status > 1 {
		return 1
	}
	return 0
}

// already tells in the message that there was nothing to do.
func already(sh *interp.Shell, line int, text string) {
	if get(sh, "retval") == "1" && sh.At(line).Expand("VERBOSE") != "no" {
		sh.At(line + 1).Call(words("log_progress_msg", text))
	}
}

// finish ends an action's message, cleans up and gives the status.
func finish(sh *interp.Shell, line int, cleanup string) int {
	sh.At(line).Call(words("vlog_end_msg", sh.Split(get(sh, "retval"))...))
	step(sh, line+1, cleanup)
	return returnValue(sh.At(line+4), get(sh, "retval"))
}

func doStart(_ context.Context, sh *interp.Shell, _ []string) int {
	step(sh, 55, "do_start_prepare")
	sh.At(58).Call(words("log_daemon_msg", "Starting "+sh.Expand("DESC"), sh.Expand("NAME")))
	status := setStatus(sh, "retval", sh.At(59).Call(words("call", "do_start_cmd")))
	already(sh, 61, "is already running")
	setStatus(sh, "retval", moreThanOne(status))
	return finish(sh, 65, "do_start_cleanup")
}

func doStopCmd(_ context.Context, sh *interp.Shell, _ []string) int {
	argv := matching(sh.At(77), words("start-stop-daemon", "--stop", "--quiet", "--retry=TERM/0/CONT/30/KILL/5"))
	status := setStatus(sh, "RETVAL", sh.Call(append(argv, sh.Split(sh.Expand("STOP_ARGS"))...)))
	if status == 2 {
		return 2
	}
	if daemon := sh.At(90).Expand("DAEMON"); daemon != "" {
		argv := words("start-stop-daemon", "--stop", "--quiet", "--oknodo", "--retry=0/30/KILL/5", "--exec", daemon)
		if sh.At(91).Call(append(argv, sh.Split(sh.Expand("STOP_ARGS"))...)) == 2 {
			return 2
		}
	}
	sh.At(96).Call(append(words("rm", "-f"), sh.Split(sh.Expand("PIDFILE"))...))
	return returnValue(sh.At(97), get(sh, "RETVAL"))
}

func doStop(_ context.Context, sh *interp.Shell, _ []string) int {
	step(sh, 102, "do_stop_prepare")
	sh.At(105).Call(words("vlog_daemon_msg", "Stopping "+sh.Expand("DESC"), sh.Expand("NAME")))
	status := setStatus(sh, "retval", sh.At(106).Call(words("call", "do_stop_cmd")))
	already(sh, 108, "is not running")
	setStatus(sh, "retval", moreThanOne(status))
	return finish(sh, 112, "do_stop_cleanup")
}

func doRestart(_ context.Context, sh *interp.Shell, _ []string) int {
	step(sh, 120, "do_restart_prepare")
	sh.At(123).Call(words("vlog_daemon_msg", "Restarting "+sh.Expand("DESC"), sh.Expand("NAME")))
	failed := setStatus(sh, "retval", moreThanOne(sh.At(124).Call(words("call", "do_stop_cmd"))))
	if failed == 0 {
		setStatus(sh, "retval", moreThanOne(sh.At(127).Call(words("call", "do_start_cmd"))))
	}
	return finish(sh, 130, "do_restart_cleanup")
}

func doReloadWrapper(_ context.Context, sh *interp.Shell, _ []string) int {
	step(sh, 139, "do_reload_prepare")
	sh.At(142).Call(words("vlog_daemon_msg", "Reloading "+sh.Expand("DESC")+" configuration files", sh.Expand("NAME")))
	failed := 0
	if sh.At(143).Call(words("call", "do_reload_cmd")) != 0 {
		failed = 1
	}
	setStatus(sh, "retval", failed)
	return finish(sh, 145, "do_reload_cleanup")
}

func doReloadSignal(_ context.Context, sh *interp.Shell, _ []string) int {
	argv := append(words("start-stop-daemon", "--stop", "--signal"), sh.Split(sh.At(154).Expand("RELOAD_SIGNAL"))...)
	argv = matching(sh, append(argv, "--quiet"))
	return sh.Call(append(argv, sh.Split(sh.Expand("RELOAD_ARGS"))...))
}

func doReloadCmd(_ context.Context, sh *interp.Shell, _ []string) int {
	return sh.At(224).Call(words("do_reload_signal"))
}

func doReloadSigusr1(_ context.Context, sh *interp.Shell, _ []string) int {
	sh.Set("RELOAD_SIGNAL", "1")
	sh.Define("do_reload_cmd", Function("do_reload_cmd"))
	return sh.At(166).Call(words("do_reload_wrapper"))
}

func doStatus(_ context.Context, sh *interp.Shell, _ []string) int {
	argv := words("status_of_proc")
	argv = ifSet(sh.At(170), argv, "-p", "PIDFILE")
	daemon := get(sh, "DAEMON")
	if daemon == "" {
		daemon = "none"
	}
	return sh.Call(append(argv, daemon, sh.Expand("NAME")))
}
