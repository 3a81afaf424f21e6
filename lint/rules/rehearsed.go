package rules

import (
	"strings"

	"sysv/lint"
)

// The rules that the rehearsal finds broken (package rehearse); their numbers
// are those from 100 on in each family. They are in one file, as all that is
// of them here is their page: package rehearse acts the script out.

// act is one of them.
func act(id, name string, severity lint.Severity, title, text, bad, good string) *lint.Rule {
	return &lint.Rule{ID: id, Name: name, Severity: severity, Since: "0.2", Title: title, Text: text, Bad: bad, Good: good, Rehearsed: true}
}

// actions is a dispatch with some clauses in the place of the good ones:
// each change is "name: commands".
func actions(changes ...string) string {
	names := []string{"start", "stop", "restart|force-reload", "status", "*"}
	body := map[string]string{
		"start":                "start-stop-daemon --start --quiet --oknodo --pidfile \"$PIDFILE\" --exec \"$DAEMON\"",
		"stop":                 "start-stop-daemon --stop --quiet --oknodo --retry 5 --pidfile \"$PIDFILE\" --exec \"$DAEMON\" --remove-pidfile",
		"restart|force-reload": "\"$0\" stop\n\"$0\" start",
		"status":               "status_of_proc -p \"$PIDFILE\" \"$DAEMON\" exampled",
		"*":                    "echo \"Usage: $0 {start|stop|restart|force-reload|status}\" >&2\nexit 2",
	}
	for _, c := range changes {
		name, commands, _ := strings.Cut(c, ": ")
		if _, ok := body[name]; !ok {
			names = append(names[:len(names)-1], name, "*")
		}
		body[name] = commands
	}
	var b strings.Builder
	b.WriteString("#!/bin/sh\n" + header() + "PATH=/sbin:/usr/sbin:/bin:/usr/bin\nDAEMON=/usr/sbin/exampled\nPIDFILE=/run/exampled.pid\n[ -x \"$DAEMON\" ] || exit 0\n. /lib/lsb/init-functions\ncase \"$1\" in\n")
	for _, n := range names {
		b.WriteString(n + ")\n\t" + strings.ReplaceAll(body[n], "\n", "\n\t") + "\n\t;;\n")
	}
	b.WriteString("esac\n")
	return b.String()
}

// without is a text without a part of it.
func without(text, part string) string { return strings.Replace(text, part, "", 1) }

// rehearsed2 to rehearsed5 are those of each family.
func rehearsed2() []*lint.Rule {
	good := actions()
	return []*lint.Rule{
		act("SV2101", "second-start-starts-another", lint.Error, "a second start starts another daemon, or replaces the first",
			"The LSB wants a start of what runs to succeed and to change nothing. Configuration\nmanagement, `service --full-restart` and administrators call start without asking; two\ndaemons fight for a port, and stop ends one of them.",
			actions("start: /usr/sbin/exampled &\necho $! >\"$PIDFILE\""), good),
		act("SV2102", "second-start-fails", lint.Error, "a start of what runs says that it failed",
			"\"The service runs\" is what was asked for: the LSB wants 0. With start-stop-daemon it is\n`--oknodo`.",
			actions("start: start-stop-daemon --start --quiet --pidfile \"$PIDFILE\" --exec \"$DAEMON\""), good),
		act("SV2103", "second-stop-fails", lint.Error, "a stop of what is stopped says that it failed",
			"The LSB wants 0. A package's removal, a restart and a shutdown stop services that do\nnot run; with 1 they end there. With start-stop-daemon it is `--oknodo`.",
			actions("stop: start-stop-daemon --stop --quiet --retry 5 --pidfile \"$PIDFILE\" --exec \"$DAEMON\" --remove-pidfile"), good),
		act("SV2104", "restart-does-not", lint.Error, "restart does not leave one new daemon",
			"After restart one daemon runs, and it is a new one: also if none ran before. A restart\nthat gives up where there is nothing to stop, or that starts while the old one is still\nending, leaves none.",
			actions("restart|force-reload: start-stop-daemon --stop --quiet --pidfile \"$PIDFILE\" --exec \"$DAEMON\" || exit 1\nstart-stop-daemon --start --quiet --pidfile \"$PIDFILE\" --exec \"$DAEMON\""), good),
		act("SV2105", "try-restart-starts", lint.Error, "try-restart starts what was stopped",
			"try-restart (condrestart) is what packages call after an upgrade: a service that the\nadministrator has stopped stays so.",
			actions("try-restart: \"$0\" stop\n\"$0\" start"), actions("try-restart: if \"$0\" status >/dev/null; then \"$0\" stop; \"$0\" start; fi")),
		act("SV2106", "two-starts-at-once", lint.Warning, "two starts at once give two daemons, or none",
			"Between the look whether it runs and the start another start may do the same: a\nhot-plug event and the boot, cron and an administrator. A daemon that takes a lock or\nbinds its port first, or `flock` around the start, settles it.",
			actions("start: if ! pidofproc -p \"$PIDFILE\" \"$DAEMON\" >/dev/null; then start-stop-daemon --start --background --make-pidfile --pidfile \"$PIDFILE\" --startas \"$DAEMON\"; fi"),
			actions("start: flock /run/lock/exampled start-stop-daemon --start --quiet --oknodo --pidfile \"$PIDFILE\" --exec \"$DAEMON\"")),
		act("SV2107", "killed-start-stays-broken", lint.Error, "a start that was killed cannot be repeated",
			"A start that is interrupted (its deadline, a power failure) leaves a lock, a directory or\nhalf a file, and the next start trips over it.",
			actions("start: mkdir /run/exampled.lock || exit 1\nstart-stop-daemon --start --quiet --oknodo --pidfile \"$PIDFILE\" --exec \"$DAEMON\"\nrmdir /run/exampled.lock"),
			actions("start: start-stop-daemon --start --quiet --oknodo --exec \"$DAEMON\"")),
	}
}

func rehearsed3() []*lint.Rule {
	good := actions()
	return []*lint.Rule{
		act("SV3101", "action-does-not-end", lint.Error, "an action does not end",
			"The boot, or whoever has called, waits for ever: a daemon that stays in the foreground, a\nloop that waits for what does not come, a read from a terminal that is not there.",
			actions("start: start-stop-daemon --start --quiet --oknodo --pidfile \"$PIDFILE\" --exec \"$DAEMON\"\nwhile ! [ -e /run/exampled.ready ]; do sleep 60; done"), good),
		act("SV3102", "action-is-slow", lint.Warning, "an action takes longer than its deadline",
			"It ends, but so late that callers have given up: systemd kills a generated unit's\nscript after five minutes, `sysv service` and many others earlier.",
			actions("start: start-stop-daemon --start --quiet --oknodo --pidfile \"$PIDFILE\" --exec \"$DAEMON\"\nsleep 600"), good),
	}
}

func rehearsed4() []*lint.Rule {
	good := actions()
	return []*lint.Rule{
		act("SV4101", "status-lies", lint.Error, "status does not tell the truth",
			"0 is running, 1 dead with a pid file, 2 dead with a lock, 3 not running, 4 unknown. Pacemaker,\nAnsible, Puppet and monit believe it: a status that says 0 of what is dead keeps it dead.",
			actions("status: echo running\nexit 0"), actions("status: start-stop-daemon --status --pidfile \"$PIDFILE\" --exec \"$DAEMON\"")),
		act("SV4102", "status-acts", lint.Error, "status changes something",
			"A question must not start, stop, remove or write anything: monitoring asks it every\nminute, and perhaps as another user.",
			actions("status: rm -f \"$PIDFILE\"\nstatus_of_proc -p \"$PIDFILE\" \"$DAEMON\" exampled"), good),
		act("SV4103", "start-does-not-say", lint.Error, "start does not say what came of it",
			"0 only if the daemon runs; another status if it does not. `exit 0` at the end, or a\nmessage as the last command, hides that it failed.",
			actions("start: start-stop-daemon --start --quiet --oknodo --pidfile \"$PIDFILE\" --exec \"$DAEMON\"\nexit 0"), good),
		act("SV4104", "stop-does-not-stop", lint.Error, "stop does not stop the daemon, or does not say so",
			"After a stop with status 0 nothing of the service runs any more. One that sends a\nsignal and does not wait is followed by a start that finds the old one.",
			actions("stop: kill $(cat \"$PIDFILE\")\nexit 0"), good),
		act("SV4105", "unknown-action-acts", lint.Error, "an unknown action does something",
			"A word that the script does not know has no effect, and says how it is used: a default\nclause that starts the service is one slip of the finger away from an accident.",
			actions("*: start-stop-daemon --start --quiet --oknodo --pidfile \"$PIDFILE\" --exec \"$DAEMON\""), good),
		act("SV4106", "unknown-action-status", lint.Warning, "an unknown action does not exit with 2 or 3",
			"The LSB has 2 for excess or wrong arguments and 3 for an action that is not implemented. With\n0 a caller takes it for done; most of Debian's have 1, which is a warning here.",
			actions("*: echo \"Usage: $0 {start|stop}\" >&2\nexit 1"), good),
		act("SV4107", "absent-program", lint.Warning, "a program that is not installed is not noticed",
			"A package that was removed and not purged leaves its script: it has to exit with 5, or as\nDebian's do with 0, before it does anything.",
			without(actions("start: mkdir -p /run/exampled\nstart-stop-daemon --start --quiet --oknodo --pidfile \"$PIDFILE\" --exec \"$DAEMON\""), "[ -x \"$DAEMON\" ] || exit 0\n"), good),
		act("SV4108", "defaults-file", lint.Warning, "a defaults file that is missing or unreadable is not noticed",
			"The file may be deleted, or belong to another user: the script has to start with its own\ndefaults, or say why not, and not end with the shell's message.",
			"-- etc/init.d/example --\n"+strings.Replace(good, ". /lib/lsb", ". /etc/default/exampled\n. /lib/lsb", 1)+"-- etc/default/exampled --\nOPTIONS=\"\"\n",
			"-- etc/init.d/example --\n"+strings.Replace(good, ". /lib/lsb", "[ ! -r /etc/default/exampled ] || . /etc/default/exampled\n. /lib/lsb", 1)+"-- etc/default/exampled --\nOPTIONS=\"\"\n"),
		act("SV4109", "not-root", lint.Info, "another user than root is not refused",
			"The LSB has 4 for insufficient privilege. A start by an ordinary user that does half of its\nwork, or says that all went well, misleads.",
			actions("start: [ \"$(id -u)\" = 0 ] || exit 0\nstart-stop-daemon --start --quiet --oknodo --pidfile \"$PIDFILE\" --exec \"$DAEMON\""),
			actions("start: [ \"$(id -u)\" = 0 ] || exit 4\nstart-stop-daemon --start --quiet --oknodo --pidfile \"$PIDFILE\" --exec \"$DAEMON\"")),
		act("SV4110", "depends-on-surroundings", lint.Warning, "the outcome depends on the caller's terminal, environment or directory",
			"What works by hand fails at boot, where there is no terminal, no HOME, and the directory is /.",
			without(good, "PATH=/sbin:/usr/sbin:/bin:/usr/bin\n"), good),
		act("SV4111", "reload-ends", lint.Error, "reload ends the daemon, or does not say that it is not implemented",
			"Reload has the configuration read again without a break. A script whose daemon cannot do that\nexits with 3.",
			actions("reload: start-stop-daemon --stop --quiet --pidfile \"$PIDFILE\" --exec \"$DAEMON\""), actions("reload: start-stop-daemon --stop --signal HUP --quiet --pidfile \"$PIDFILE\" --exec \"$DAEMON\"")),
	}
}

func rehearsed5() []*lint.Rule {
	good := actions()
	return []*lint.Rule{
		act("SV5101", "signals-a-stranger", lint.Error, "a process is signalled that is not the daemon",
			"The number in a pid file may be another process's by now; a name may be a user's own program, an\neditor's, or that of a daemon in a container. `--pidfile` together with `--exec` looks at both.",
			actions("stop: kill $(cat \"$PIDFILE\") 2>/dev/null; rm -f \"$PIDFILE\""), good),
		act("SV5102", "pid-file-left", lint.Warning, "stop leaves the pid file behind",
			"The next status says \"dead, with a pid file\", and after a while the number is somebody\nelse's. start-stop-daemon has `--remove-pidfile`.",
			actions("start: start-stop-daemon --start --quiet --oknodo --background --make-pidfile --pidfile \"$PIDFILE\" --exec \"$DAEMON\"",
				"stop: start-stop-daemon --stop --quiet --oknodo --retry 5 --pidfile \"$PIDFILE\" --exec \"$DAEMON\""), good),
		act("SV5103", "bad-pid-file-blocks", lint.Warning, "a bad pid file keeps the daemon from starting",
			"An empty file, or one with other text in it, is what a full disk or a crash leaves: the start has\nto pass over it.",
			actions("start: [ -e \"$PIDFILE\" ] && exit 0\nstart-stop-daemon --start --quiet --oknodo --pidfile \"$PIDFILE\" --exec \"$DAEMON\""), good),
		act("SV5104", "children-left", lint.Warning, "stop leaves processes of the daemon behind",
			"Workers that outlive their parent hold its port and its files: the next start fails, or two\ngenerations serve at a time.",
			actions("stop: start-stop-daemon --stop --quiet --oknodo --signal KILL --pidfile \"$PIDFILE\" --exec \"$DAEMON\"; rm -f \"$PIDFILE\""), good),
		act("SV5105", "one-of-two-left", lint.Info, "stop leaves one of several daemons",
			"If a second daemon was started by hand or by a fault, stop ends the one of the pid file only. With\n`--exec` alone all of them are found; with a pid file that is a choice, so it is a note.",
			actions(), actions("stop: start-stop-daemon --stop --quiet --oknodo --retry 5 --exec \"$DAEMON\"\nrm -f \"$PIDFILE\"")),
	}
}
