package debian

import (
	"context"
	"strconv"
	"strings"
	"time"

	"sysv/interp"
	"sysv/system"
)

// startStopDaemon and pidof are the programs as init-functions names them.
const (
	startStopDaemon = "/sbin/start-stop-daemon"
	pidof           = "/bin/pidof"
)

// options reads a function's options as its getopts loop does, puts the
// arguments into variables, and shifts them away. set is called for each.
func options(sh *interp.Shell, line int, spec string, set func(letter, arg string)) {
	sh.At(line-1).Set("OPTIND", "1")
	for sh.At(line).Try(words("getopts", spec, "opt")) == 0 {
		set(get(sh, "opt"), get(sh, "OPTARG"))
	}
}

// shiftOptions drops the options that have been read.
func shiftOptions(sh *interp.Shell, line int) {
	n, _ := strconv.Atoi(get(sh, "OPTIND"))
	sh.At(line).Call(words("shift", strconv.Itoa(n-1)))
}

// baseName is ${NAME##*/}.
func baseName(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

func startDaemon(_ context.Context, sh *interp.Shell, _ []string) int {
	sh.At(31).Call(words("local", "force", "nice", "pidfile", "exec", "args", "OPTIND"))
	sh.At(32).Set("force", "")
	sh.At(33).Set("nice", "0")
	sh.At(34).Set("pidfile", "/dev/null")
	options(sh, 37, "fn:p:", func(letter, arg string) {
		switch letter {
		case "f":
			sh.At(39).Set("force", "force")
		case "n":
			sh.At(40).Set("nice", arg)
		case "p":
			sh.At(41).Set("pidfile", arg)
		}
	})
	shiftOptions(sh, 45)
	if sh.At(46).Expand("1") == "--" {
		sh.At(47).Call(words("shift"))
	}
	sh.Set("exec", sh.At(50).Expand("1"))
	sh.Call(words("shift"))
	sh.At(52).Set("args", "--start --nicelevel "+get(sh, "nice")+" --quiet --oknodo")

	argv := words(startStopDaemon, sh.Split(get(sh, "args"))...)
	pidfile := get(sh, "pidfile")
	exec := sh.Split(get(sh, "exec"))
	dir := sh.At(54).Expand("PWD")
	line := 54
	switch {
	case get(sh, "force") != "":
		argv = append(append(append(argv, "--chdir", dir, "--startas"), exec...), "--pidfile", "/dev/null")
	case sh.At(56).Try(test(sh.Split(pidfile)...)) == 0:
		line = 57
		argv = append(append(append(argv, "--chdir", dir, "--exec"), exec...), "--oknodo", "--pidfile", pidfile)
	default:
		line = 60
		argv = append(append(argv, "--chdir", dir, "--exec"), exec...)
	}
	return sh.At(line).Program(startStopDaemon).Call(append(append(argv, "--"), sh.Params()...))
}

func pidofproc(_ context.Context, sh *interp.Shell, _ []string) int {
	sh.At(65).Call(words("local", "pidfile", "base", "status", "specified", "pid", "OPTIND"))
	sh.At(66).Set("pidfile", "")
	sh.At(67).Set("specified", "")
	options(sh, 70, "p:", func(letter, arg string) {
		if letter == "p" {
			sh.At(72).Set("pidfile", arg)
			sh.At(73).Set("specified", "specified")
		}
	})
	shiftOptions(sh, 77)
	if len(sh.Params()) != 1 {
		sh.At(79).Call(words("echo", get(sh, "0")+": invalid arguments"), interp.Redirect{Fd: 1, From: 2})
		return 4
	}
	name := sh.Params()[0]
	sh.At(83).Set("base", baseName(name))
	specified := get(sh, "specified") != ""
	if !specified {
		sh.At(85).Set("pidfile", "/var/run/"+get(sh, "base")+".pid")
	}
	if file := get(sh, "pidfile"); file != "" {
		if sh.At(89).Try(test("-e", file)) != 0 {
			return withoutPidFile(sh, name, specified)
		}
		if sh.At(90).Try(test("-r", file)) != 0 {
			return 4 // the file cannot be read
		}
		sh.At(91).Call(words("read", "pid"), interp.Redirect{Path: file, Read: true})
		if pid := get(sh, "pid"); pid != "" {
			return fromPidFile(sh, pid)
		}
	}
	if specified {
		return 3
	}
	return 4
}

// fromPidFile tells whether the process of a pid file runs, and prints its
// pid: 0 if it does, also as somebody else's (ps sees it then), else 1.
func fromPidFile(sh *interp.Shell, pid string) int {
	running := false
	if out, status := sh.At(93).Output(words("kill", "-0", pid), interp.Null(2)); out == "" {
		running = status == 0
	} else {
		running = sh.Try(sh.Split(out)) == 0
	}
	if !running && sh.At(96).Try(words("ps", pid), interp.Null(1), interp.Redirect{Fd: 2, From: 1}) != 0 {
		return 1
	}
	echo(sh.At(94), pid)
	return 0
}

// withoutPidFile looks for the program itself, unless a pid file was named.
func withoutPidFile(sh *interp.Shell, name string, specified bool) int {
	if specified || !hasPidof(sh) {
		return 3
	}
	sh.At(109).Set("status", "0")
	argv := append(words(pidof, "-c", "-o", "%PPID", "-x"), sh.Split(name)...)
	if status := sh.At(110).Program(pidof).Try(argv); status != 0 {
		sh.Set("status", strconv.Itoa(status))
		if status == 1 {
			return 3
		}
	}
	return 0
}

// hasPidof is [ -x /bin/pidof ]: the file comes with the package that has
// init-functions, so where both are missing the built-in one counts.
func hasPidof(sh *interp.Shell) bool {
	return sh.At(108).Try(test("-x", pidof)) == 0 || sh.HasUtility("pidof")
}

func killproc(ctx context.Context, sh *interp.Shell, _ []string) int {
	sh.At(127).Call(words("local", "pidfile", "sig", "status", "base", "name_param", "is_term_sig", "OPTIND"))
	sh.At(128).Set("pidfile", "")
	sh.At(129).Set("name_param", "")
	sh.At(130).Set("is_term_sig", "")
	options(sh, 133, "p:", func(letter, arg string) {
		if letter == "p" {
			sh.At(135).Set("pidfile", arg)
		}
	})
	shiftOptions(sh, 138)
	program := sh.At(140).Expand("1")
	sh.Set("base", baseName(program))
	pidfile, base := get(sh, "pidfile"), get(sh, "base")
	if sh.At(141).Try(test(append([]string{"!"}, sh.Split(pidfile)...)...)) == 0 {
		sh.At(142).Set("name_param", "--name "+base+" --pidfile /var/run/"+base+".pid")
	} else {
		sh.At(144).Set("name_param", "--name "+base+" --pidfile "+pidfile)
	}
	sig := strings.TrimPrefix(strings.TrimPrefix(get(sh, "2"), "-"), "SIG")
	sh.At(147).Set("sig", sig)
	isTerm := sig == "15" || sig == "TERM"
	if isTerm {
		sh.At(149).Set("is_term_sig", "terminate_signal")
	}
	sh.At(151).Set("status", "0")
	argv, line := words(startStopDaemon, "--stop"), 157
	switch {
	case isTerm:
		line = 162
		argv = append(argv, "--quiet", "--oknodo")
	case sig != "":
		line = 154
		argv = append(argv, "--signal", sig, "--quiet")
	default:
		argv = append(argv, "--retry", "5", "--quiet")
	}
	argv = append(argv, sh.Split(get(sh, "name_param"))...)
	status := sh.At(line).Program(startStopDaemon).Try(argv)
	if status != 0 {
		sh.Set("status", strconv.Itoa(status))
	}
	if status == 1 {
		if sig == "" {
			return 0
		}
		return 3
	}
	if status == 0 && isTerm && pidfile != "" {
		awaitEnd(ctx, sh, pidfile)
		if sh.At(173).Try(words("pidofproc", "-p", pidfile, program), interp.Null(1)) != 0 {
			sh.At(173).Call(words("rm", "-f", pidfile))
		}
	}
	return 0
}

// awaitEnd gives a daemon that was sent TERM the time to end that it has where
// start-stop-daemon is a program, and takes about 2 ms to end itself: daemons
// that end at once are gone by then, and their pid file is removed.
func awaitEnd(ctx context.Context, sh *interp.Shell, pidfile string) {
	p := sh.Process()
	text, err := p.ReadFile(pidfile, maxFile)
	if err != nil {
		return
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || pid <= 1 {
		return
	}
	for range 4 {
		if p.Sys.Kill(pid, 0) == system.ESRCH || p.Sys.Sleep(ctx, 500*time.Microsecond) != nil {
			return
		}
	}
}

func statusOfProc(_ context.Context, sh *interp.Shell, _ []string) int {
	sh.At(180).Call(words("local", "pidfile", "daemon", "name", "status", "OPTIND"))
	sh.At(182).Set("pidfile", "")
	options(sh, 184, "p:", func(letter, arg string) {
		if letter == "p" {
			sh.At(187).Set("pidfile", arg)
		}
	})
	shiftOptions(sh, 189)
	if file := get(sh, "pidfile"); file != "" {
		sh.At(192).Set("pidfile", "-p "+file)
	}
	sh.Set("daemon", sh.At(194).Expand("1"))
	sh.Set("name", sh.At(195).Expand("2"))
	sh.At(197).Set("status", "0")
	argv := append(words("pidofproc", sh.Split(get(sh, "pidfile"))...), sh.Split(get(sh, "daemon"))...)
	if status := sh.At(198).Try(argv, interp.Null(1)); status != 0 {
		sh.Set("status", strconv.Itoa(status))
	}
	name := get(sh, "name")
	switch get(sh, "status") {
	case "0":
		sh.At(200).Call(words("log_success_msg", name+" is running"))
		return 0
	case "4":
		sh.At(203).Call(words("log_failure_msg", "could not access PID file for "+name))
		return returnValue(sh.At(204), get(sh, "status"))
	}
	sh.At(206).Call(words("log_failure_msg", name+" is not running"))
	return returnValue(sh.At(207), get(sh, "status"))
}
