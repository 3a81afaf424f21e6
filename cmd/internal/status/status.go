// Package status is the command status: what is so of services, next to what
// their scripts say.
package status

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"sysv/service"
	"sysv/system"
)

// Exit statuses.
const (
	// ExitDisagree is a service of which the script says one thing, and the
	// process table or a pid file another.
	ExitDisagree = 1
	// ExitUsage is a wrong command line, or no service of a name.
	ExitUsage = 2
	// ExitStopped is a service, of those named, that does not run.
	ExitStopped = 3
)

// Help is the command's manual.
const Help = `Usage: sysv status [--json] [NAME]...

Shows of each service what its script's status action says, and what is so:
its processes, since when they run and with how much memory, and the pid files
that name none of them. Pid files and programs are taken from the script's
text (# pidfile:, PIDFILE=, DAEMON=, --pidfile), from its file in
/etc/default, and /run/NAME.pid. Without a name all services are shown.

  --json      one object for each service, in a list
  --help      this text

EXIT STATUS
  0 all is as the scripts say, and each service named runs; 1 a script or a
  pid file says what is not so; 2 wrong command line, or no such service;
  3 a service named does not run

EXAMPLES
  sysv status
  sysv status nginx cron
  sysv status --json | jq '.[] | select(.disagree != [])'
`

// answerTime is how long a script may take to tell its status.
const answerTime = 20 * time.Second

// Run runs the command; args[0] is its name.
func Run(_ context.Context, p *system.Process, args []string) int {
	asJSON := false
	var names []string
	for _, a := range args[1:] {
		switch {
		case a == "--json":
			asJSON = true
		case a == "--help" || a == "-h":
			system.WriteAll(p.Stdout(), []byte(Help))
			return 0
		case strings.HasPrefix(a, "-"):
			return fail(p, "unknown option "+a+": see sysv status --help")
		default:
			names = append(names, a)
		}
	}
	named := len(names) > 0
	for _, n := range names {
		if _, ok := service.ScriptOf(p, n); !ok {
			return fail(p, n+": no such service in "+service.Dir)
		}
	}
	if !named {
		names = all(p)
	}
	p.Env, p.Dir = service.CleanEnvironment(p.Env), "/"
	if null, err := p.Sys.Open("/dev/null", system.ReadOnly, 0); err == nil {
		p.Files.Set(0, null)
	}
	var truths []*service.Truth
	status := 0
	for _, n := range names {
		t, err := look(p, n)
		if err != nil {
			fail(p, err.Error())
			status = ExitUsage
			continue
		}
		truths = append(truths, t)
		switch {
		case len(t.Disagree) > 0 && status != ExitUsage:
			status = ExitDisagree
		case named && t.Running() == "stopped" && status == 0:
			status = ExitStopped
		}
	}
	text := []byte(asText(truths, p.Sys.Now()))
	if asJSON {
		text = jsonText(truths)
	}
	system.WriteAll(p.Stdout(), text)
	return status
}

func fail(p *system.Process, text string) int {
	system.WriteAll(p.Stderr(), []byte("sysv status: "+text+"\n"))
	return ExitUsage
}

// look asks the script, and then looks for itself.
func look(p *system.Process, name string) (*service.Truth, error) {
	ws, says := service.Ask(p, service.Order{Program: "service", Name: name, Args: []string{"status"}, Limit: answerTime})
	t, err := service.Look(p, name, path.Join(service.Dir, name))
	if err != nil {
		return nil, err
	}
	t.Status, t.Says = ws.Status(), strings.TrimSpace(string(says))
	t.Compare()
	return t, nil
}

// all are the services.
func all(p *system.Process) []string {
	entries, _ := p.Sys.ReadDir(service.Dir)
	var names []string
	for _, e := range entries {
		switch e.Name {
		case "functions", "rc", "rcS", "single", "halt", "reboot", "killall", "skeleton", "README":
			continue
		}
		if info, err := p.Sys.Stat(service.Dir + "/" + e.Name); err != nil || !info.Mode.IsRegular() {
			continue
		}
		if _, ok := service.ScriptOf(p, e.Name); ok {
			names = append(names, e.Name)
		}
	}
	slices.Sort(names)
	return names
}

// asText is the services for people: a line each, and one for each process and
// each contradiction.
func asText(truths []*service.Truth, now time.Time) string {
	width := 0
	for _, t := range truths {
		width = max(width, len(t.Name))
	}
	var b strings.Builder
	for _, t := range truths {
		fmt.Fprintf(&b, "%-*s  %-8s  script: %s\n", width, t.Name, t.Running(), t.Meaning())
		for _, r := range t.Processes {
			fmt.Fprintf(&b, "%-*s    %d %s, since %s (%s), %s\n", width, "", r.PID, command(r), r.Since.UTC().Format("2006-01-02 15:04:05Z"), ago(now.Sub(r.Since)), size(r.Memory))
		}
		for _, d := range t.Disagree {
			fmt.Fprintf(&b, "%-*s    ! %s\n", width, "", d)
		}
	}
	return b.String()
}

func command(r service.Running) string {
	if r.Exe != "" {
		return r.Exe
	}
	return strings.Join(r.Command, " ")
}

// ago is a time for people, in its two largest units.
func ago(d time.Duration) string {
	d = max(d, 0).Truncate(time.Second)
	switch days := int(d / (24 * time.Hour)); {
	case days > 0:
		return fmt.Sprintf("%dd%dh", days, int(d/time.Hour)%24)
	case d >= time.Hour:
		return fmt.Sprintf("%dh%dm", int(d/time.Hour), int(d/time.Minute)%60)
	}
	return d.String()
}

// size is a number of bytes for people.
func size(n int64) string {
	if n < 10<<20 {
		return fmt.Sprintf("%d kB", n>>10)
	}
	return fmt.Sprintf("%d MB", n>>20)
}
