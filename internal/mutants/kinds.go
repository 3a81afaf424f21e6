package mutants

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"sysv/script"
)

// Kinds are all kinds of fault.
func Kinds() []Kind {
	return slices.Concat(idempotence(), blocking(), codes(), processes(), security(), controls())
}

// started is a kind that adds commands to the start, in one of several forms
// that a script may have them in.
func started(family, name, commands string) Kind {
	return Kind{Name: name, Family: family, Adds: true, mutate: func(m *maker) bool {
		return m.beforeStart(strings.ReplaceAll(form(commands, m.name+name), "NAME", plain(m.name)))
	}}
}

// form puts commands into other words, one of four by a seed: as they are,
// under a condition that has nothing to do with them, in a loop, or with a
// failure that ends the script.
func form(commands, seed string) string {
	n := uint32(2166136261)
	for i := range len(seed) {
		n = (n ^ uint32(seed[i])) * 16777619
	}
	inside := strings.ReplaceAll(commands, "\n", "\n\t")
	switch n >> 8 % 4 {
	case 1:
		return "if [ -r /etc/default/NAME ]; then\n\t" + inside + "\nfi"
	case 2:
		return "for each in one; do\n\t" + inside + "\ndone"
	case 3:
		if !strings.ContainsAny(commands, "\n&") {
			return commands + " || exit 1"
		}
	}
	return commands
}

// plain is a name as a user, a directory or a variable may have it.
func plain(name string) string {
	return strings.Trim(regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(strings.ToLower(name), ""), "0123456789")
}

func idempotence() []Kind {
	return []Kind{
		{Name: "--start loses --oknodo", Family: "SV2", mutate: func(m *maker) bool { return loseOkNoDo(m, "start") }},
		{Name: "--stop loses --oknodo", Family: "SV2", mutate: func(m *maker) bool { return loseOkNoDo(m, "stop") }},
		{Name: "--stop loses --retry before a restart", Family: "SV2", mutate: loseRetry},
		{Name: "mkdir loses -p", Family: "SV2", mutate: func(m *maker) bool {
			for _, c := range m.s.Calls {
				// Where the directory is tested for, or a failure expected,
				// -p is not needed.
				around := m.before(c, 4)
				line, _ := m.rest(c)
				if c.Name != "mkdir" || !c.Has("-p") || !c.Runs(m.s, "start") || strings.Contains(around, "-d ") || strings.Contains(around, "-e ") || strings.Contains(around, "-L ") || line != "" || len(c.Simple.Redirs) > 0 || len(c.Guards()) > 0 && len(c.Args) > 2 {
					continue
				}
				if c.In != nil && guardedByText(m, c) || c.In == nil && c.Action == nil && strings.Contains(around, "if ") {
					continue
				}
				return m.remove(c, false, "-p")
			}
			return false
		}},
		{Name: "ln loses -f", Family: "SV2", mutate: func(m *maker) bool {
			for _, c := range m.s.Calls {
				around := m.before(c, 3)
				if c.Name == "ln" && c.Arg(0) == "-sf" && c.Words[1].At.Known() && c.Runs(m.s, "start") && !strings.Contains(around, "-L ") && !strings.Contains(around, "-h ") && !strings.Contains(around, "-e ") && !strings.Contains(around, "rm ") {
					return m.replace(int(c.Words[1].At.Pos), int(c.Words[1].At.End), "-s")
				}
			}
			return false
		}},
		started("SV2", "mkdir in start", "mkdir /run/NAME-state"),
		started("SV2", "ln -s in start", "ln -s /run/NAME.pid /run/sendsigs.omit.d/NAME-daemon"),
		started("SV2", "useradd in start", "useradd --system --home /var/lib/NAME NAME-user"),
		started("SV2", "mount in start", "mount -t tmpfs -o size=10m tmpfs /run/NAME-state"),
		started("SV2", "iptables -A in start", "iptables -A INPUT -p tcp --dport 8080 -j ACCEPT"),
		started("SV2", "ip addr add in start", "ip addr add 192.0.2.1/24 dev eth0"),
		started("SV2", ">> to /etc/hosts in start", `echo "192.0.2.1 NAME" >> /etc/hosts`),
		started("SV2", "mkfifo in start", "mkfifo -m 600 /run/NAME.ctl"),
		started("SV2", "modprobe with options in start", "modprobe dummy numdummies=2"),
		started("SV2", "lock file made, never removed", "touch /var/lock/subsys/NAME-lock"),
	}
}

// guardedByText says that the function's callers stand behind a test of a file.
func guardedByText(m *maker, c *script.Call) bool {
	for _, caller := range c.In.Callers {
		if strings.Contains(m.before(caller, 2), "[ ! -") {
			return true
		}
	}
	return false
}

func loseOkNoDo(m *maker, command string) bool {
	for _, c := range m.calls(command) {
		if m.seen(c) && !m.asked(c) && m.remove(c, false, "--oknodo", "-o") {
			return true
		}
	}
	return false
}

func loseRetry(m *maker) bool {
	restart := m.s.Action("restart")
	if restart == nil || strings.Contains(m.text, "sleep") || strings.Contains(m.text, "while ") || strings.Contains(m.text, "wait") || strings.Contains(m.text, "killproc") {
		return false
	}
	for _, c := range m.calls("stop") {
		// A stop that restart comes to, by its function or by the script.
		_, to, ok := m.clause("restart")
		from, _, _ := m.clause("restart")
		if !ok || !c.Runs(m.s, "restart") && !strings.Contains(m.text[from:to], "$0 stop") && !strings.Contains(m.text[from:to], `"$0" stop`) {
			continue
		}
		if len(m.calls("stop")) == 1 && !c.Runs(m.s, "start") && m.remove(c, true, "--retry", "-R") {
			return true
		}
	}
	return false
}

func blocking() []Kind {
	stopped := func(name, commands string) Kind {
		return Kind{Name: name, Family: "SV3", Adds: true, mutate: func(m *maker) bool {
			return m.insert("stop", strings.ReplaceAll(commands, "NAME", plain(m.name)))
		}}
	}
	return []Kind{
		{Name: "--start loses --background", Family: "SV3", mutate: func(m *maker) bool {
			for _, c := range m.calls("start") {
				if o := m.s.StartStop(c); o.MakePID && m.remove(c, false, "--background", "-b") {
					return true
				}
			}
			return false
		}},
		{Name: "the daemon is given --foreground", Family: "SV3", mutate: func(m *maker) bool { return foreground(m, "--foreground") }},
		{Name: "the daemon is given --nodaemon", Family: "SV3", mutate: func(m *maker) bool { return foreground(m, "--nodaemon") }},
		stopped("endless wait for the pid file to go", "while [ -e /run/NAME.pid ]; do\n\tsleep 1\ndone"),
		stopped("endless wait for the process to go", "while pidof NAME > /dev/null; do\n\tsleep 1\ndone"),
		stopped("endless wait for a number to go", "while kill -0 \"$pid\" 2> /dev/null; do :; done"),
		started("SV3", "endless wait for a server", "until nc -z -w 1 localhost 8080; do\n\tsleep 1\ndone"),
		{Name: "--retry forever", Family: "SV3", mutate: func(m *maker) bool {
			for _, c := range m.calls("stop") {
				if m.remove(c, true, "--retry", "-R") {
					return m.add(c, "--retry TERM/forever/5")
				}
			}
			return false
		}},
		started("SV3", "a question in start", "echo \"Start NAME?\"\nread answer"),
		started("SV3", "tail -f in start", "tail -f /var/log/NAME.log"),
		started("SV3", "sleep 60 in start", "sleep 60"),
		stopped("sleep 2m in stop", "sleep 2m"),
		started("SV3", "wait in start", "/usr/lib/NAME/prepare &\nwait"),
		started("SV3", "wget without a limit", "wget -q -O /run/NAME.list http://www.example.org/list"),
		started("SV3", "curl without a limit", "curl -s -o /run/NAME.list http://www.example.org/list"),
		started("SV3", "ping for ever", "ping -q www.example.org > /dev/null"),
		started("SV3", "flock without a limit", "exec 9> /run/lock/NAME.guard\nflock 9"),
		started("SV3", "dhclient in start", "dhclient eth0"),
		started("SV3", "ntpdate in start", "ntpdate -s pool.example.org"),
		started("SV3", "apt-get in start", "apt-get -q update"),
		{Name: "fsck in start", Family: "SV3", Adds: true, mutate: func(m *maker) bool {
			// Of those whose work it is, it is none.
			return !strings.Contains(m.name, "check") && m.beforeStart("fsck -a /dev/vdb1")
		}},
	}
}

func foreground(m *maker, option string) bool {
	for _, c := range m.calls("start") {
		o := m.s.StartStop(c)
		line, _ := m.rest(c)
		if o.Background || strings.HasPrefix(line, "&") && !strings.HasPrefix(line, "&&") || c.Has("--foreground", "--nodaemon") || o.Exec == "" && o.StartAs == "" {
			continue
		}
		if !c.Has("--") {
			option = "-- " + option
		}
		return m.append(c, option)
	}
	return false
}

func codes() []Kind {
	return []Kind{
		{Name: "exit 0 forced in status", Family: "SV4", mutate: forceStatus},
		{Name: "an unknown action exits with 0", Family: "SV4", mutate: func(m *maker) bool {
			return inClause(m, "*", `exit [123]\b`, "exit 0", true)
		}},
		{Name: "an unknown action exits with -1", Family: "SV4", mutate: func(m *maker) bool {
			return m.s.Shell == script.Sh && inClause(m, "*", `exit [123]\b`, "exit -1", true)
		}},
		{Name: "no status", Family: "SV4", mutate: func(m *maker) bool { return dropAction(m, "status") }},
		{Name: "no force-reload", Family: "SV4", mutate: func(m *maker) bool { return dropAction(m, "force-reload") }},
		{Name: "no restart", Family: "SV4", mutate: func(m *maker) bool { return dropAction(m, "restart") }},
		{Name: "|| true behind --start", Family: "SV4", mutate: func(m *maker) bool {
			for _, c := range m.calls("start") {
				if line, _ := m.rest(c); line == "" && !c.Tested() {
					at := int(script.SpanOf(c.Simple).End)
					return m.replace(at, at, " || true")
				}
			}
			return false
		}},
		{Name: "log_end_msg 0 for log_end_msg $?", Family: "SV4", mutate: func(m *maker) bool {
			for _, c := range slices.Concat(m.calls("start"), m.calls("stop")) {
				at := int(script.SpanOf(c.Simple).End)
				line, next := m.rest(c)
				if i := strings.Index(m.text[at:], "log_end_msg $?"); !m.errexit() && line == "" && strings.HasPrefix(next, "log_end_msg $?") && i >= 0 {
					return m.replace(at+i, at+i+len("log_end_msg $?"), "log_end_msg 0")
				}
			}
			return false
		}},
		{Name: "exit 1 if it is not installed", Family: "SV4", mutate: func(m *maker) bool {
			at := regexp.MustCompile(`(?m)^(\[|test) -x [^|\n]*\|\| *exit 0\b`).FindStringIndex(m.text)
			return at != nil && m.replace(at[1]-1, at[1], "1")
		}},
		{Name: "set -e before log_end_msg $?", Family: "SV4", mutate: func(m *maker) bool {
			for _, c := range m.calls("start") {
				line, next := m.rest(c)
				if line == "" && strings.HasPrefix(next, "log_end_msg $?") && !strings.Contains(m.text, "set -e") && !strings.Contains(m.text, "set +e") && !strings.Contains(m.s.Interpreter, "-e") {
					if c.In != nil && slices.ContainsFunc(c.In.Callers, (*script.Call).Tested) {
						continue
					}
					return m.top("set -e")
				}
			}
			return false
		}},
	}
}

// forceStatus has status end with exit 0.
func forceStatus(m *maker) bool {
	from, to, ok := m.clause("status")
	if !ok || m.errexit() || !strings.Contains(m.text, "start-stop-daemon --start") {
		return false
	}
	body := m.text[from:to]
	if strings.Contains(body, "exit") || !strings.Contains(body, "status_of_proc") || len(m.s.Action("status").Clause.Patterns) > 1 {
		return false
	}
	// Those that exit with 0 already have the fault.
	if _, tail, _ := strings.Cut(m.text[to:], "esac"); strings.Contains(tail, "exit 0") || strings.TrimSpace(tail) == ":" {
		return false
	}
	return m.replace(to, to, "\n\texit 0\n\t")
}

// inClause replaces what matches in an action's clause.
func inClause(m *maker, action, pattern, with string, alone bool) bool {
	from, to, ok := m.clause(action)
	if !ok || alone && len(m.s.Action(action).Clause.Patterns) > 1 {
		return false
	}
	body := m.text[from:to]
	all := regexp.MustCompile(pattern).FindAllStringIndex(body, -1)
	if len(all) != 1 || strings.Contains(body, "if ") {
		return false
	}
	return m.replace(from+all[0][0], from+all[0][1], with)
}

// dropAction takes an action away: its pattern, or the whole clause.
func dropAction(m *maker, name string) bool {
	a := m.s.Action(name)
	if a == nil || a.Clause == nil || a.Pattern == nil || !a.Pattern.At.Known() || !a.Clause.At.Known() {
		return false
	}
	if d := m.s.Action("*"); d != nil && d.Clause == a.Clause {
		return false
	}
	n := 0
	for _, other := range m.s.Actions {
		if other.Name == name {
			n++
		}
	}
	if n > 1 {
		return false
	}
	return m.replace(int(a.Pattern.At.Pos), int(a.Pattern.At.End), "no-"+name)
}

// directory is where a file is, by the text of its word.
func directory(name string) string { return path.Dir(name) }
