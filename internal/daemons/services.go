//go:build linux

package daemons

import (
	"os"
	"path/filepath"
	"strings"
)

// Places of our binary.
const (
	inSandbox = "/.daemons/sysv" // in the whole root
	bareSysv  = "/sysv"          // in the root that has nothing else
)

// stepSeconds is the deadline of one step.
const stepSeconds = 60

// service is one init script of the root, and what it needs to be of use.
type service struct {
	name  string // of the script
	files map[string]string
	probe Probe
}

var http = Probe{"127.0.0.1:80", "GET / HTTP/1.0\r\n\r\n"}

// services are the daemons that are run.
func services() []service {
	return []service{
		{name: "anacron"},
		{name: "atd"},
		// Without -x it would set the clock, which no namespace parts.
		{name: "chrony", files: map[string]string{"/etc/default/chrony": "DAEMON_OPTS=\"-x -F 0\"\n"}},
		{name: "cron"},
		{name: "dbus"},
		{name: "dnsmasq"},
		{name: "dropbear", probe: Probe{"127.0.0.1:22", ""}},
		{name: "haveged"},
		{name: "lighttpd", probe: http},
		{name: "nginx", probe: http},
		{name: "redis-server", probe: Probe{"127.0.0.1:6379", "PING\r\n"}},
		{name: "rsync", probe: Probe{"127.0.0.1:873", ""}, files: map[string]string{
			"/etc/default/rsync": "RSYNC_ENABLE=true\nRSYNC_NICE=10\n", "/etc/rsyncd.conf": "[public]\npath = /srv\n"}},
		{name: "ssh", probe: Probe{"127.0.0.1:22", ""}},
	}
}

// sequence is what each daemon goes through.
func sequence() []string {
	return strings.Fields("start status start reload force-reload stop stop status restart status kill-9 status start status stop bogus none")
}

// side is one way to run a script.
type side struct {
	name string
	// script is the command line of an init script, text that of a script of
	// ours.
	script, text func(path string, options, args []string) []string
	bare         bool
}

func shellWords(words ...string) func(string, []string, []string) []string {
	return func(path string, options, args []string) []string {
		argv := append(words[:len(words):len(words)], options...)
		return append(append(argv, path), args...)
	}
}

func runWords(binary string) func(string, []string, []string) []string {
	return func(path string, _, args []string) []string { return append([]string{binary, "run", path}, args...) }
}

var (
	dash   = side{name: "dash", script: shellWords("/bin/sh"), text: shellWords("/bin/sh")}
	never  = side{name: "never", script: shellWords(inSandbox, "sh", "--utilities=never"), text: shellWords(inSandbox, "sh", "--utilities=never")}
	prefer = side{name: "prefer", script: runWords(inSandbox), text: shellWords(inSandbox, "sh", "--utilities=prefer")}
	bare   = side{name: "bare", script: runWords(bareSysv), bare: true}
)

// options are those of a script's #! line.
func options(root, script string) []string {
	text, err := os.ReadFile(filepath.Join(root, script))
	if err != nil {
		return nil
	}
	line, _, _ := strings.Cut(string(text), "\n")
	f := strings.Fields(strings.TrimPrefix(line, "#!"))
	if len(f) < 2 {
		return nil
	}
	return f[1:]
}

// task is one thing to be run by every side.
type task struct {
	name  string
	files map[string]string
	probe Probe
	ops   func(side) []Op
	// killed is a case whose script is killed: of its processes ours may leave
	// fewer behind.
	killed bool
	bare   []string // what a bare root holds
	sides  []side
}

func serviceTasks(root string) []task {
	var out []task
	for _, s := range services() {
		out = append(out, task{name: s.name, files: s.files, probe: s.probe, sides: []side{never, prefer},
			ops: actions(root, s.name, sequence())})
	}
	return out
}

// actions are steps that call an init script, and what the bench does itself.
func actions(root, name string, list []string) func(side) []Op {
	script := "/etc/init.d/" + name
	opts := options(root, script)
	return func(sd side) []Op {
		var ops []Op
		for _, a := range list {
			o := Op{Kind: opRun, Name: a, Seconds: stepSeconds}
			switch a {
			case "kill-9":
				o.Kind = opKillAll
			case "move-log":
				o.Kind, o.Path, o.To = opRename, "/var/log/nginx/access.log", "/var/log/nginx/access.log.1"
			case "count-log":
				o.Kind, o.Path, o.To = opCount, "/var/log/nginx/access.log", "/var/log/nginx/access.log.1"
			case "none":
				o.Argv = sd.script(script, opts, nil)
			default:
				o.Argv = sd.script(script, opts, []string{a})
			}
			ops = append(ops, o)
		}
		return ops
	}
}
