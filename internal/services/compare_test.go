//go:build linux

package services

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var (
	calls = flag.Int("calls", 560, "how many calls are made of service and invoke-rc.d")
	seed  = flag.Uint64("seed", 3, "what the calls are made from")
)

// known are the differences: a kind of call, and why ours differs there. A
// kind of which no call differs any more fails the test.
var known = map[string]string{
	"PS4 in the environment, a bash script, invoke-rc.d":         "bash does not take it from root's environment; ours does",
	"a name with a slash, . or ..":                               "ours is a script of /etc/init.d or none",
	"a name of a file that a package or an editor leaves":        "insserv(8) passes over it, and so does ours: no service",
	"a script that everybody can write":                          "root does not run what another user can write",
	"a script that has no interpreter, invoke-rc.d":              "the original's shell names its own line; ours names the interpreter, its carriage return in quotes",
	"a directory, invoke-rc.d":                                   "the original's shell names its own line",
	"a script that is not executable, by systemctl":              "the original's shell names its own line",
	"a name or an action that a shell would expand, invoke-rc.d": "the original uses some of its variables without quotes",
	"systemd runs and has no unit of the name":                   "the original takes for granted that systemd makes units of scripts, which it does no more: ours runs the script",
	"IFS in the environment, invoke-rc.d":                        "a script's programs do not find the variable; a shell takes it from nobody",
	"a script that env cannot run, in UTF-8":                     "env has other quotes there; ours speak C",
	"no /etc/init.d, --status-all":                               "the original's shell names its own line",
}

// named are calls of each of these kinds.
func named() []namedCall {
	service := func(kind string, args ...string) namedCall {
		return namedCall{kind, call{argv: append([]string{"/usr/sbin/service"}, args...)}}
	}
	invoke := func(kind string, args ...string) namedCall {
		return namedCall{kind, call{argv: append([]string{"/usr/sbin/invoke-rc.d"}, args...)}}
	}
	calls := []namedCall{
		service("a name with a slash, . or ..", "../init.d/plain", "start"),
		service("a name of a file that a package or an editor leaves", "plain~", "start"),
		service("a script that everybody can write", "open", "start"),
		invoke("a script that has no interpreter, invoke-rc.d", "no-interpreter", "stop"),
		invoke("a directory, invoke-rc.d", "directory", "stop"),
		invoke("a script that is not executable, by systemctl", "not-executable", "none"),
		invoke("a name or an action that a shell would expand, invoke-rc.d", "*", "start"),
		invoke("IFS in the environment, invoke-rc.d", "report", "stop"),
		invoke("PS4 in the environment, a bash script, invoke-rc.d", "report-bash", "stop"),
		service("systemd runs and has no unit of the name", "plain", "start"),
		service("a script that env cannot run, in UTF-8", "no-interpreter", "start"),
		service("no /etc/init.d, --status-all", "--status-all"),
	}
	for i := range calls {
		calls[i].env, calls[i].dir = []string{"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"}, "/"
		switch {
		case strings.HasPrefix(calls[i].kind, "PS4"):
			calls[i].env = append(calls[i].env, "PS4=%")
		case strings.HasPrefix(calls[i].kind, "IFS"):
			calls[i].env = append(calls[i].env, "IFS=:")
		case strings.HasSuffix(calls[i].kind, "UTF-8"):
			calls[i].env[1] = "LC_ALL=C.UTF-8"
		}
	}
	return calls
}

type namedCall struct {
	kind string
	call
}

// TestNamed shows that each known difference is one.
func TestNamed(t *testing.T) {
	originals(t)
	plant(t)
	write(t, "etc/init.d/open", "#!/bin/sh\necho open\n", 0o777, bothRoots()...)
	defer func() {
		for _, root := range bothRoots() {
			os.Remove(filepath.Join(root, "etc/init.d/open"))
		}
	}()
	for _, c := range named() {
		var got [2]outcome
		for side, root := range bothRoots() {
			s := state{init: true, level: "N 2"}
			if strings.HasSuffix(c.kind, "by systemctl") {
				s.systemd, s.unit = "none) ;;", "not-executable"
			}
			if strings.HasPrefix(c.kind, "systemd runs") {
				s.systemd, s.unit = "none) ;;", "another"
			}
			s.apply(t, root)
			dir := filepath.Join(root, "etc/init.d")
			if strings.HasPrefix(c.kind, "no /etc/init.d") {
				os.Rename(dir, dir+".away")
			}
			got[side] = c.run(t, root)
			os.Rename(dir+".away", dir)
		}
		if known[c.kind] == "" {
			t.Errorf("%s: no known difference", c.kind)
		}
		if got[0].equal(got[1]) {
			t.Errorf("%s: %q differs no more", c.kind, c.argv)
		}
	}
	if len(named()) != len(known) {
		t.Errorf("%d calls for %d known differences", len(named()), len(known))
	}
}

// kindOf is the known difference that a call may have, or "".
func kindOf(c call, s state) string {
	invoke := strings.HasSuffix(c.argv[0], "invoke-rc.d")
	var words []string // those that are no options
	for _, a := range c.argv[1:] {
		if !strings.HasPrefix(a, "--") && a != "" {
			words = append(words, a)
		}
	}
	name, leading := "", strings.Join(words[:min(2, len(words))], "\x00")
	if len(words) > 0 {
		name = words[0]
	}
	for _, a := range c.argv[1:] {
		switch {
		case strings.Contains(a, "/init.d/plain") || a == ".." || a == "." || a == "a/b":
			return "a name with a slash, . or .."
		case a == "report.dpkg-old" || a == "plain~" || a == ".hidden":
			return "a name of a file that a package or an editor leaves"
		}
	}
	full := len(words) > 1 && c.argv[len(c.argv)-1] == "--full-restart"
	switch {
	case s.systemd != "" && (full || name != s.unit):
		return "systemd runs and has no unit of the name"
	case !invoke:
		return ""
	case slices.Contains(c.env, "IFS=:") && (name == "report" || name == "report-bash" || name == "link"):
		return "IFS in the environment, invoke-rc.d"
	case slices.Contains(c.env, "PS4=%") && name == "report-bash":
		return "PS4 in the environment, a bash script, invoke-rc.d"
	case name == "no-interpreter" || name == "crlf":
		return "a script that has no interpreter, invoke-rc.d"
	case name == "not-executable" && s.systemd != "":
		return "a script that is not executable, by systemctl"
	case name == "directory":
		return "a directory, invoke-rc.d"
	case strings.ContainsAny(leading, "*?[$ "):
		return "a name or an action that a shell would expand, invoke-rc.d"
	}
	return ""
}

func TestCalls(t *testing.T) {
	originals(t)
	plant(t)
	m := maker{rand.New(rand.NewPCG(*seed, 0))}
	differ := map[string]int{}
	equal := 0
	for i := range *calls {
		c, s := m.service()
		if i%2 == 1 {
			c, s = m.invoke()
		}
		var got [2]outcome
		for side, root := range bothRoots() {
			s.apply(t, root)
			got[side] = c.run(t, root)
		}
		if got[0].equal(got[1]) {
			equal++
			continue
		}
		if kind := kindOf(c, s); kind != "" {
			differ[kind]++
			continue
		}
		t.Errorf("call %d: %q in %s, environment %q, input %q, joined %v, pipes %v\n%s\n== original: %v\n== ours: %v", i, c.argv, c.dir, c.env, c.stdin, c.joined, c.pipes, s, got[0], got[1])
	}
	t.Logf("%d calls, %d equal, known differences: %v", *calls, equal, differ)
}

func (s state) String() string {
	return fmt.Sprintf("init %v, runlevel %q, policy %q, links %v, systemd %q for %q", s.init, s.level, s.policy, s.links, s.systemd, s.unit)
}
