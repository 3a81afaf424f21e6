//go:build linux

package clients

import (
	"encoding/json"
	"strings"

	"sysv/internal/daemons"
)

// seconds is the deadline of one step: Ansible's own target, which is one, runs
// for 20 s on a machine that has nothing else to do.
const seconds = 300

// step is one call of a client.
type step struct {
	name string
	argv []string
	// want must each be in the client's output, whichever tools it works with;
	// one that begins with ! must not be.
	want []string
}

// expect adds what must be in the output.
func (s step) expect(want ...string) step {
	s.want = append(s.want[:len(s.want):len(s.want)], want...)
	return s
}

// task is what one client does with one set of tools.
type task struct {
	name  string
	layer string   // of packages
	hides []string // tools that are not there, so that the client takes others
	files map[string]string
	steps []step
	short int // of the steps, how many an ordinary run has
	// redHat is a task that needs chkconfig, which Debian has not.
	redHat bool
}

func (t task) ops() []daemons.Op {
	var ops []daemons.Op
	for _, s := range t.steps {
		ops = append(ops, daemons.Command(s.name, seconds, s.argv...))
	}
	return ops
}

// shell is a step of the bench's own.
func shell(name, text string) step { return step{name: name, argv: []string{"/bin/sh", "-c", text}} }

// depends shows what insserv leaves for startpar.
func depends() step {
	return shell("the .depend files", `cd /etc/init.d; for f in .depend.*; do echo "$f:"; cat "$f"; done`)
}

// links shows a service's links.
func links(name string) step {
	return shell("links of "+name, `cd /etc; ls -d rc?.d/[SK]??`+name+` 2>/dev/null; :`)
}

// word is an argument of a module.
type word struct {
	name  string
	value any
}

// module is a call of an Ansible module by itself: the module's own text, run
// as Ansible runs it on the machine that it manages.
func module(name string, words ...word) step {
	args := map[string]any{}
	var title []string
	for _, w := range words {
		args[w.name] = w.value
		value, _ := json.Marshal(w.value)
		title = append(title, w.name+"="+strings.Trim(string(value), `"`))
	}
	text, _ := json.Marshal(map[string]any{"ANSIBLE_MODULE_ARGS": args})
	return step{name: name + " " + strings.Join(title, " "),
		argv: []string{"/usr/bin/python3", "-m", "ansible.modules." + name, string(text)}}
}

// ansible is a call of the whole of Ansible for this machine.
func ansible(name string, words ...word) step {
	args := map[string]any{}
	var title []string
	for _, w := range words {
		args[w.name] = w.value
		value, _ := json.Marshal(w.value)
		title = append(title, w.name+"="+strings.Trim(string(value), `"`))
	}
	argv := clientEnvironment("/usr/bin/ansible", "localhost", "-c", "local", "-i", "localhost,", "-m", name)
	if len(words) > 0 {
		text, _ := json.Marshal(args)
		argv = append(argv, "-a", string(text))
	}
	return step{name: "ansible " + name + " " + strings.Join(title, " "), argv: argv}
}

// clientEnvironment runs a client as root's shell would.
func clientEnvironment(argv ...string) []string {
	return append([]string{"/usr/bin/env", "HOME=/root", "LC_ALL=C.UTF-8", "ANSIBLE_NOCOLOR=1", "ANSIBLE_PYTHON_INTERPRETER=/usr/bin/python3"}, argv...)
}

const (
	changed = `"changed": true`
	same    = `"changed": false`
	failed  = `"failed": true`
)
