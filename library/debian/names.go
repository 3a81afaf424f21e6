package debian

import "sysv/interp"

// lsbNames are the functions that init-functions defines.
func lsbNames() []string {
	return []string{
		"start_daemon", "pidofproc", "killproc", "status_of_proc", "log_use_fancy_output",
		"log_success_msg", "log_failure_msg", "log_warning_msg", "get_lsb_header_val", "init_is_upstart",
		"log_begin_msg", "log_daemon_msg", "log_progress_msg", "log_end_msg",
		"log_action_msg", "log_action_begin_msg", "log_action_cont_msg", "log_action_end_msg",
		"log_daemon_msg_pre", "log_daemon_msg_post", "log_begin_msg_pre", "log_begin_msg_post",
		"log_end_msg_pre", "log_end_msg_post", "log_action_msg_pre", "log_action_msg_post",
		"log_action_begin_msg_pre", "log_action_begin_msg_post", "log_action_end_msg_pre", "log_action_end_msg_post",
	}
}

// verboseNames are those of init-functions.d/00-verbose.
func verboseNames() []string {
	return []string{
		"vlog_daemon_msg", "vlog_begin_msg", "vlog_action_msg", "vlog_action_begin_msg", "vlog_action_end_msg", "vlog_end_msg",
	}
}

// find finds a function and the file that it comes from.
func find(name string) (interp.Function, file) {
	if f := findProcess(name); f != nil {
		return f, initFunctions
	}
	if f := findLog(name); f != nil {
		return f, initFunctions
	}
	if f := findVerbose(name); f != nil {
		return f, verboseHook
	}
	if name == systemctlRedirect {
		return redirectToSystemctl, systemdHook
	}
	return findInitD(name), initDScript
}

func findProcess(name string) interp.Function {
	switch name {
	case "start_daemon":
		return startDaemon
	case "pidofproc":
		return pidofproc
	case "killproc":
		return killproc
	case "status_of_proc":
		return statusOfProc
	case "get_lsb_header_val":
		return getLSBHeaderVal
	case "init_is_upstart":
		return initIsUpstart
	}
	return nil
}

func findLog(name string) interp.Function {
	switch name {
	case "log_use_fancy_output":
		return logUseFancyOutput
	case "log_success_msg":
		return logSuccessMsg
	case "log_failure_msg":
		return logFailureMsg
	case "log_warning_msg":
		return logWarningMsg
	case "log_begin_msg":
		return logBeginMsg
	case "log_daemon_msg":
		return logDaemonMsg
	case "log_progress_msg":
		return logProgressMsg
	case "log_end_msg":
		return logEndMsg
	case "log_action_msg":
		return logActionMsg
	case "log_action_begin_msg":
		return logActionBeginMsg
	case "log_action_cont_msg":
		return logActionContMsg
	case "log_action_end_msg":
		return logActionEndMsg
	case "log_daemon_msg_pre", "log_daemon_msg_post", "log_begin_msg_pre", "log_begin_msg_post",
		"log_end_msg_pre", "log_end_msg_post", "log_action_msg_pre", "log_action_msg_post",
		"log_action_begin_msg_pre", "log_action_begin_msg_post", "log_action_end_msg_pre", "log_action_end_msg_post":
		return hook
	}
	return nil
}

func findVerbose(name string) interp.Function {
	switch name {
	case "vlog_daemon_msg":
		return verbosely("log_daemon_msg", 3)
	case "vlog_begin_msg":
		return verbosely("log_begin_msg", 11)
	case "vlog_action_msg":
		return verbosely("log_action_msg", 19)
	case "vlog_action_begin_msg":
		return verbosely("log_action_begin_msg", 27)
	case "vlog_action_end_msg":
		return verbosely("log_action_end_msg", 35)
	case "vlog_end_msg":
		return vlogEndMsg
	}
	return nil
}
