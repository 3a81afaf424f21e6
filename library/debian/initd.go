package debian

import (
	"context"

	"sysv/interp"
)

// InitDScriptPath is the interpreter of scripts that consist of variables.
const InitDScriptPath = "/lib/init/init-d-script"

// initDNames are the functions that init-d-script defines for its script.
func initDNames() []string {
	return []string{
		"is_call_implemented", "do_usage", "call", "do_start_cmd", "do_start", "do_stop_cmd", "do_stop", "do_restart",
		"do_reload_wrapper", "do_reload_signal", "do_reload_sigusr1", "do_status",
	}
}

func findInitD(name string) interp.Function {
	switch name {
	case "is_call_implemented":
		return isCallImplemented
	case "do_usage":
		return doUsage
	case "call":
		return callOverridden
	case "do_start_cmd":
		return doStartCmd
	case "do_start":
		return doStart
	case "do_stop_cmd":
		return doStopCmd
	case "do_stop":
		return doStop
	case "do_restart":
		return doRestart
	case "do_reload_wrapper":
		return doReloadWrapper
	case "do_reload_signal":
		return doReloadSignal
	case "do_reload_cmd":
		return doReloadCmd
	case "do_reload_sigusr1":
		return doReloadSigusr1
	case "do_status":
		return doStatus
	}
	return nil
}

// ServesInitDScript tells whether [InitDScript] does what a file at
// [InitDScriptPath] with this text would.
func ServesInitDScript(sh *interp.Shell, text []byte) bool {
	debug, _ := sh.Get("DEBUG")
	return debug != "true" && !sh.Option('x') && !sh.Option('v') && !sh.Option('n') &&
		sh.Utilities() != interp.Never && initDScript.isKnown(text)
}

// InitDScript is the program init-d-script (init-d-script(5)), as
// [interp.Shell.RunGo] runs it: the shell's first parameter is the script,
// the second the action.
func InitDScript(_ context.Context, sh *interp.Shell) int {
	script := sh.At(6).Expand("1")
	sh.Set("__init_d_script_name", script)
	sh.At(7).Call(words("shift"))
	sh.At(12).Call(words(".", initFunctions.path()))
	sh.At(17).Set("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
	sh.At(18).Call(words("export", "PATH"))
	for _, name := range initDNames() {
		sh.Define(name, Function(name))
	}
	if sh.At(173).Expand("DEBUG") == "true" {
		sh.At(174).Call(words("set", "-x"))
	}
	sh.At(179).Call(words("unset", "DAEMON", "DAEMON_ARGS", "DESC", "NAME", "COMMAND_NAME", "PIDFILE",
		"RELOAD_ARGS", "RELOAD_SIGNAL", "START_ARGS", "STOP_ARGS"))
	script = get(sh, "__init_d_script_name")
	sh.At(182).Set("SCRIPTNAME", script)
	sh.At(183).Set("scriptbasename", baseName(script))
	if get(sh, "scriptbasename") == "init-d-script" {
		sh.Exit(0)
	}
	sh.At(185).Call(words(".", script))
	configure(sh)
	setUpReload(sh)
	act(sh)
	return sh.Status()
}

// setDefault is ': ${NAME:=VALUE}'.
func setDefault(sh *interp.Shell, name, value string) {
	if get(sh, name) == "" {
		sh.Set(name, value)
	}
}

// configure completes the variables that the script has set.
func configure(sh *interp.Shell) {
	setDefault(sh.At(190), "NAME", baseName(sh.Expand("DAEMON")))
	setDefault(sh.At(191), "DESC", get(sh, "NAME"))
	setDefault(sh.At(192), "COMMAND_NAME", get(sh, "NAME"))
	switch sh.At(196).Expand("PIDFILE") {
	case "none":
		sh.At(197).Set("PIDFILE", "")
	case "":
		sh.At(199).Set("PIDFILE", "/var/run/"+get(sh, "NAME")+".pid")
	}
	settings := "/etc/default/" + get(sh, "NAME")
	if sh.At(203).Try(test("-r", settings)) == 0 {
		sh.Call(words(".", settings))
	}
	if daemon := sh.At(206).Expand("DAEMON"); daemon != "none" && sh.Try(test("!", "-x", daemon)) == 0 {
		sh.Exit(0)
	}
	if get(sh, "DAEMON") == "none" {
		sh.At(211).Set("DAEMON", "")
	}
	if get(sh, "COMMAND_NAME") == "none" {
		sh.At(212).Set("COMMAND_NAME", "")
	}
	sh.At(215).Call(words(".", varsFile.path()))
	if sh.At(216).Try(test("-t", "0")) == 0 {
		sh.At(217).Set("VERBOSE", "yes")
	}
}

// implemented asks whether there is a function (or anything else) of a name.
func implemented(sh *interp.Shell, line int, name string) bool {
	return sh.At(line).Try(words("is_call_implemented", name)) == 0
}

func setUpReload(sh *interp.Shell) {
	if implemented(sh, 221, "do_reload") {
		return
	}
	if !implemented(sh, 222, "do_reload_cmd") && sh.Expand("RELOAD_SIGNAL") != "" {
		sh.Define("do_reload_cmd", Function("do_reload_cmd"))
	}
	if implemented(sh, 226, "do_reload_cmd") {
		sh.At(227).Call(words("alias", "do_reload=do_reload_wrapper"))
	}
}

// act runs the action; its status is the shell's.
func act(sh *interp.Shell) {
	switch action := sh.At(231).Expand("1"); action {
	case "start":
		sh.At(233).Call(words("call", "do_start"))
	case "stop":
		sh.At(236).Call(words("call", "do_stop"))
	case "status":
		sh.At(239).Call(words("call", "do_status"))
	case "reload":
		if !implemented(sh, 242, "do_reload") {
			usage(sh, 245)
		}
		reload(sh, 243)
	case "force-reload":
		switch {
		case implemented(sh, 250, "do_force_reload"):
			sh.At(251).Call(words("call", "do_force_reload"))
		case implemented(sh, 252, "do_reload"):
			reload(sh, 253)
		default:
			sh.At(255).Call(words("call", "do_restart"))
		}
	case "restart":
		sh.At(259).Call(words("call", "do_restart"))
	case "try-restart":
		tryRestart(sh)
	case "":
		usage(sh, 272)
	default:
		if implemented(sh, 276, "do_unknown") {
			sh.At(277).Call(words("call", "do_unknown", action))
			sh.Exit(3)
		}
		usage(sh, 280)
	}
}

// reload runs do_reload, which may be an alias.
func reload(sh *interp.Shell, line int) { sh.At(line).Eval("do_reload") }

func usage(sh *interp.Shell, line int) {
	sh.At(line).Call(words("call", "do_usage"))
	sh.Exit(3)
}

func tryRestart(sh *interp.Shell) {
	sh.At(262).Call(words("vlog_daemon_msg", "Trying to restart "+sh.Expand("DESC"), sh.Expand("NAME")))
	// Both are subshells: what the functions set, or an exit, stays there.
	if sh.At(263).Eval("(call do_status) >/dev/null && true") == 0 {
		sh.At(264).Eval("(call do_restart) >/dev/null")
	} else {
		if sh.At(266).Expand("VERBOSE") != "no" {
			sh.Call(words("log_progress_msg", "is not running"))
		}
		sh.At(267).Call(words("true"))
	}
	sh.At(269).Call(words("vlog_end_msg", statusText(sh)))
}
