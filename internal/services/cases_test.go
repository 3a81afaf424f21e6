//go:build linux

package services

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// state is what a system looks like around a call.
type state struct {
	// init tells that there is /sbin/init.
	init bool
	// level is what /sbin/runlevel prints; "" is no such program, "?" one
	// that fails.
	level string
	// policy is the text of policy-rc.d, "" for none.
	policy string
	// links are names in /etc, as rc2.d/S01plain, with what they lead to; ""
	// is a file that is no link.
	links map[string]string
	// systemd is how systemctl answers; "" is a machine where systemd does not
	// run. unit is the service that has a unit there.
	systemd, unit string
}

// systemctl is one that tells what it was asked; answers are cases of "$*".
func systemctl(answers string) string {
	return "#!/bin/sh\necho \"systemctl $*\" >>/out/systemctl\ncase \"$*\" in\n" + answers + "\n*) exit 0 ;;\nesac\n"
}

// apply makes a root so.
func (s state) apply(t *testing.T, root string) {
	t.Helper()
	sbin := filepath.Join(root, "usr/sbin")
	put := func(name, text string) {
		if text == "" {
			os.Remove(filepath.Join(sbin, name))
			return
		}
		write(t, filepath.Join("usr/sbin", name), text, 0o755, root)
	}
	put("init", map[bool]string{true: "#!/bin/sh\n"}[s.init])
	put("policy-rc.d", s.policy)
	os.RemoveAll(filepath.Join(root, "run/systemd"))
	os.RemoveAll(filepath.Join(root, "etc/systemd"))
	put("systemctl", "")
	if s.systemd != "" {
		put("systemctl", systemctl(s.systemd))
		os.MkdirAll(filepath.Join(root, "run/systemd/system"), 0o755)
		if unit := strings.TrimSuffix(s.unit, ".sh"); unit != "" && !strings.Contains(unit, "/") {
			write(t, "etc/systemd/system/"+unit+".service", "[Service]\n", 0o644, root)
		}
	}
	switch s.level {
	case "":
		put("runlevel", "")
	case "?":
		put("runlevel", "#!/bin/sh\necho unknown\nexit 1\n")
	default:
		put("runlevel", "#!/bin/sh\necho '"+s.level+"'\n")
	}
	dirs, _ := filepath.Glob(filepath.Join(root, "etc/rc?.d"))
	for _, d := range dirs {
		os.RemoveAll(d)
	}
	for name, target := range s.links {
		at := filepath.Join(root, "etc", name)
		os.MkdirAll(filepath.Dir(at), 0o755)
		if target == "" {
			os.WriteFile(at, []byte("#!/bin/sh\n"), 0o755)
			continue
		}
		if err := os.Symlink(target, at); err != nil {
			t.Fatal(err)
		}
	}
}

// maker makes calls and states by chance.
type maker struct{ *rand.Rand }

func pick[T any](m maker, from ...T) T { return from[m.IntN(len(from))] }

// chance is true in n of 100 cases.
func (m maker) chance(n int) bool { return m.IntN(100) < n }

func (m maker) name() string {
	if m.chance(12) {
		return pick(m, "no-such", "directory", "dangling", "link", "loop", "program", "", "..", ".", "../init.d/plain", "/etc/init.d/plain",
			"a/b", "report plain", "-x", "plain ", "*", "$HOME", "Plain", "report.dpkg-old", "plain~")
	}
	all := initScripts()
	return all[m.IntN(len(all))].name
}

func (m maker) action() string {
	return pick(m, "start", "stop", "restart", "status", "reload", "force-reload", "try-restart", "force-stop", "fail", "exit7", "exit255", "condrestart",
		"start", "stop", "restart", "status")
}

// extra are words after the action.
func (m maker) extra() []string {
	var words []string
	for m.chance(30) && len(words) < 4 {
		words = append(words, pick(m, "a", "two words", "", "-v", "--now", "*", "/etc/init.d/p*", "a=b", "$PATH", "'quoted'", "x\ty", "ü", "?", "[a-z]tc", "\\*", "end "))
	}
	return words
}

func (m maker) env() []string {
	env := []string{"PATH=" + pick(m, "/usr/sbin:/usr/bin:/sbin:/bin", "/usr/bin:/bin:/usr/sbin", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")}
	for _, kv := range []string{
		"LC_ALL=C", "LANG=C", "TERM=xterm", "HOME=/root", "LANGUAGE=de en", "LC_NUMERIC=C", "LC_IDENTIFICATION=C", "FOO=bar", "IFS=:", "ENV=/no/such", "PS4=%",
		"LD_LIBRARY_PATH=/tmp", "VISIBLE=1\n2", "TERM=", "LC_CTYPE=C", "SYSTEMCTL_SKIP_REDIRECT=1", "_SYSTEMCTL_SKIP_REDIRECT=true", "USER=root", "PWD=/etc", "DPKG_MAINTSCRIPT_PACKAGE=x",
	} {
		if m.chance(25) {
			env = append(env, kv)
		}
	}
	return env
}

// around makes a call's surroundings.
func (m maker) around(c call) call {
	c.env = m.env()
	c.dir = pick(m, "/", "/etc", "/root", "/tmp")
	c.stdin = pick(m, "", "", "a line\nanother\n", "no newline")
	c.joined, c.pipes = m.chance(50), m.chance(50)
	return c
}

// in is a call in a state: on a machine with systemd it must find our
// systemctl, and not the machine's own.
func (c call) in(s state) (call, state) {
	if s.systemd != "" {
		c.env[0] = "PATH=/usr/sbin:/usr/bin:/sbin:/bin"
	}
	return c, s
}

// service makes a call of service, and a state for it.
func (m maker) service() (call, state) {
	var argv []string
	s := state{init: true}
	switch n := m.IntN(100); {
	case n < 3:
		argv = []string{"--status-all"}
	case n < 6:
		argv = []string{pick(m, "--help", "-h", "--version", "-V", "--hello", "--status-all", "-x", "--skip-redirect", "--ignore-dependencies")}
	case n < 8:
		argv = nil
	case n < 11:
		argv = []string{m.name()}
	case n < 22:
		argv = []string{m.name(), "--full-restart"}
	case n < 24:
		argv = []string{"--full-restart", m.name()}
	case n < 26:
		argv = []string{m.name(), pick(m, m.name(), ""), "--full-restart"}
	default:
		argv = append([]string{m.name(), m.action()}, m.extra()...)
	}
	for m.chance(4) && len(argv) > 0 {
		i := m.IntN(len(argv) + 1)
		argv = append(argv[:i:i], append([]string{pick(m, "-h", "--help", "-V", "--version", "--status-all", "--", "-", "--full-restart")}, argv[i:]...)...)
	}
	if len(argv) > 0 && m.chance(15) {
		s = m.onSystemd(s, argv[0])
	}
	return m.around(call{argv: append([]string{"/usr/sbin/service"}, argv...)}).in(s)
}

// invoke makes a call of invoke-rc.d, and a state for it.
func (m maker) invoke() (call, state) {
	var argv []string
	for m.chance(45) && len(argv) < 4 {
		argv = append(argv, pick(m, "--quiet", "--force", "--try-anyway", "--disclose-deny", "--query", "--no-fallback", "--skip-systemd-native"))
	}
	name := pick(m, "plain", "report", "stopped", m.name(), m.name())
	switch n := m.IntN(100); {
	case n < 3:
		argv = append(argv, pick(m, "--help", "--nonsense", "--", "-h", ""))
	case n < 5:
		argv = append(argv, name)
	case n < 7:
		argv = append(argv, name, pick(m, "", "two words", " start", "stop ", "*"))
	default:
		argv = append(append(argv, name, m.action()), m.extra()...)
	}
	s := m.state(name)
	if m.chance(20) {
		s = m.onSystemd(s, name)
	}
	return m.around(call{argv: append([]string{"/usr/sbin/invoke-rc.d"}, argv...)}).in(s)
}

func (m maker) state(name string) state {
	s := state{init: m.chance(70), level: pick(m, "N 2", "N 2", "N 2", "N 3", "2 5", "3 2", "N S", "N 0", "2 6", "5", "", "?", "S", "unknown")}
	s.links = map[string]string{}
	if name != "" && !strings.Contains(name, "/") {
		for range m.IntN(4) {
			link := fmt.Sprintf("rc%c.d/%c%02d%s", pick(m, '2', '2', '2', '3', '5', 'S'), pick(m, 'S', 'S', 'K'), m.IntN(100), name)
			s.links[link] = pick(m, "../init.d/"+name, "../init.d/"+name, "../init.d/"+name, "../init.d/"+name, "/no/such", "")
		}
	}
	if m.chance(60) {
		s.policy = m.policy()
	}
	return s
}

// onSystemd makes the state of a machine that runs systemd, on which the
// service that a call names has a unit.
func (m maker) onSystemd(s state, name string) state {
	s.unit = name
	var answers []string
	answer := func(n int, pattern string, texts ...string) {
		if m.chance(n) {
			answers = append(answers, pattern+") "+pick(m, texts...)+" ;;")
		}
	}
	answer(50, "*CanReload*", "echo CanReload=no", "echo CanReload=yes", "exit 1")
	answer(30, "*LoadState*", "echo LoadState=masked", "echo LoadState=loaded")
	answer(40, "*is-enabled*", "exit 1", "echo enabled")
	answer(40, "*is-active*", "exit 3", "echo active")
	answer(50, "*is-system-running*", "exit 1", "exit 0")
	answer(50, "*list-unit-files*", "printf 'a.socket enabled\\nb.socket   static  \\nc.socket enabled enabled\\nd.socket\\n\\n3 unit files listed.\\n'")
	answer(70, "*Triggers*a.socket", "echo Triggers="+strings.TrimSuffix(name, ".sh")+".service")
	answer(30, "*SourcePath*", "echo /etc/init.d/"+name, "echo /lib/systemd/system/x.service")
	answer(40, "start*|stop*|restart*|reload*|status*|--*", "exit 5", "echo done", "echo bad >&2; exit 1")
	s.systemd = strings.Join(append(answers, "none) ;;"), "\n")
	return s
}

// policy makes a policy-rc.d.
func (m maker) policy() string {
	status := pick(m, 0, 1, 100, 101, 101, 102, 103, 104, 104, 105, 106, 106, 106, 2, 127, 255)
	list := pick(m, "", "start", "stop", "status", "fail stop", "fail start status", "exit7", "exit7  fail", "reload", "restart\nstop")
	text := "#!/bin/sh\necho \"policy: $*\" >>/out/policy\n"
	if m.chance(20) {
		text += "echo 'policy says' >&2\n"
	}
	if status == 106 || m.chance(10) {
		text += "echo '" + list + "'\n"
	}
	if m.chance(5) {
		return text + "kill -KILL $$\n"
	}
	return text + fmt.Sprintf("exit %d\n", status)
}
