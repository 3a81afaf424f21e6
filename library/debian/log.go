package debian

import (
	"context"

	"sysv/interp"
)

// The messages of init-functions: "Starting …: name" and ".", "failed!".

// The colours of a terminal.
const (
	escape = "\x1b"
	red    = escape + "[31m"
	yellow = escape + "[33m"
	normal = escape + "[0m"
)

// hook is a function that does nothing until a file of init-functions.d
// defines it anew.
func hook(context.Context, *interp.Shell, []string) int { return 0 }

func logUseFancyOutput(_ context.Context, sh *interp.Shell, _ []string) int {
	if sh.At(212).Try(test("-t", "1")) != 0 {
		return 1
	}
	if term := get(sh, "TERM"); term == "" || term == "dumb" {
		return 1
	}
	fancy := sh.At(216).Expand("FANCYTTY")
	if sh.Try(test(append([]string{"-z"}, sh.Split(fancy)...)...)) == 0 {
		return 0
	}
	sh.Call(words("true"))
	switch fancy = get(sh, "FANCYTTY"); fancy {
	case "1", "Y", "yes", "true":
		return sh.At(221).Call(words("true"))
	}
	return sh.At(222).Call(words("false"))
}

func logSuccessMsg(_ context.Context, sh *interp.Shell, args []string) int {
	if get(sh, "1") != "" {
		sh.At(228).Call(words("log_begin_msg", args[1:]...))
	}
	return sh.At(230).Call(words("log_end_msg", "0"))
}

func logFailureMsg(_ context.Context, sh *interp.Shell, args []string) int {
	if get(sh, "1") != "" {
		sh.At(235).Call(append(words("log_begin_msg", args[1:]...), "..."))
	}
	sh.At(237)
	orTrue(sh, words("log_end_msg", "1"))
	return sh.Status()
}

func logWarningMsg(_ context.Context, sh *interp.Shell, args []string) int {
	if get(sh, "1") != "" {
		sh.At(242).Call(append(words("log_begin_msg", args[1:]...), "..."))
	}
	sh.At(244)
	orTrue(sh, words("log_end_msg", "255"))
	return sh.Status()
}

func logBeginMsg(_ context.Context, sh *interp.Shell, args []string) int {
	sh.At(273).Call(words("log_begin_msg_pre", args[1:]...))
	if get(sh, "1") == "" {
		return 1
	}
	echo(sh.At(277), append([]string{"-n"}, args[1:]...)...)
	return sh.At(278).Call(words("log_begin_msg_post", args[1:]...))
}

func logDaemonMsg(_ context.Context, sh *interp.Shell, args []string) int {
	if get(sh, "1") == "" {
		return 1
	}
	sh.At(299).Call(words("log_daemon_msg_pre", args[1:]...))
	if get(sh, "2") == "" {
		echo(sh.At(302), "-n", args[1]+":")
		return sh.Status()
	}
	echo(sh.At(306), "-n", args[1]+": "+args[2])
	return sh.At(307).Call(words("log_daemon_msg_post", args[1:]...))
}

func logProgressMsg(_ context.Context, sh *interp.Shell, args []string) int {
	if get(sh, "1") == "" {
		return 1
	}
	echo(sh.At(329), append([]string{"-n"}, withPrefix(" ", args[1:])...)...)
	return sh.Status()
}

func logEndMsg(_ context.Context, sh *interp.Shell, args []string) int {
	if get(sh, "1") == "" {
		return 1
	}
	sh.At(340).Call(words("log_end_msg_pre", args[1:]...))
	if sh.At(343).Try(words("log_use_fancy_output")) == 0 {
		sh.At(344).Set("esc", escape)
		sh.At(345).Set("red", red)
		sh.At(346).Set("yellow", yellow)
		sh.At(347).Set("normal", normal)
	} else {
		sh.At(349).Set("red", "")
		sh.Set("yellow", "")
		sh.Set("normal", "")
	}
	given := args[1]
	switch {
	case sh.At(352).Try(test(append(sh.Split(given), "-eq", "0")...)) == 0:
		echo(sh.At(353), ".")
	case sh.At(354).Try(test(append(sh.Split(given), "-eq", "255")...)) == 0:
		echo(sh.At(355), " "+get(sh, "yellow")+"(warning)."+get(sh, "normal"))
	default:
		echo(sh.At(357), " "+get(sh, "red")+"failed!"+get(sh, "normal"))
	}
	sh.At(359).Call(words("log_end_msg_post", args[1:]...))
	return returnValue(sh.At(360), given)
}

func logActionMsg(_ context.Context, sh *interp.Shell, args []string) int {
	sh.At(364).Call(words("log_action_msg_pre", args[1:]...))
	echo(sh.At(365), withSuffix(args[1:], ".")...)
	return sh.At(366).Call(words("log_action_msg_post", args[1:]...))
}

func logActionBeginMsg(_ context.Context, sh *interp.Shell, args []string) int {
	sh.At(370).Call(words("log_action_begin_msg_pre", args[1:]...))
	echo(sh.At(371), append([]string{"-n"}, withSuffix(args[1:], "...")...)...)
	return sh.At(372).Call(words("log_action_begin_msg_post", args[1:]...))
}

func logActionContMsg(_ context.Context, sh *interp.Shell, args []string) int {
	echo(sh.At(376), append([]string{"-n"}, withSuffix(args[1:], "...")...)...)
	return sh.Status()
}

func logActionEndMsg(_ context.Context, sh *interp.Shell, args []string) int {
	sh.At(380).Call(words("local", "end"))
	sh.At(381).Call(words("log_action_end_msg_pre", args[1:]...))
	if why := get(sh, "2"); why == "" {
		sh.At(383).Set("end", ".")
	} else {
		sh.At(385).Set("end", " ("+why+").")
	}
	end := get(sh, "end")
	switch {
	case sh.At(388).Try(test(append(sh.Split(sh.Expand("1")), "-eq", "0")...)) == 0:
		echo(sh.At(389), "done"+end)
	case sh.At(391).Try(words("log_use_fancy_output")) == 0:
		sh.At(392).Set("esc", escape)
		sh.At(393).Set("red", red)
		sh.At(394).Set("normal", normal)
		echo(sh.At(395), red+"failed"+end+normal)
	default:
		echo(sh.At(397), "failed"+end)
	}
	return sh.At(400).Call(words("log_action_end_msg_post", args[1:]...))
}
