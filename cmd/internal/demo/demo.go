// Package demo is the command demo: a real script and a real daemon, started,
// asked, reloaded and stopped, without root and with nothing installed.
package demo

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fatih/color"

	"sysv/system"
	"sysv/testdata"
)

// ExitFailed is a step that did not do what it should have.
const ExitFailed = 1

// Help is the command's manual.
const Help = `Usage: sysv demo

Takes a script from testdata/init.d and a small web server (this program
itself), and runs them as init would: start, status, a page fetched, start
again, reload, stop, stop again. It needs no root and nothing installed, works
in a directory below $TMPDIR, and leaves nothing behind.

EXIT STATUS
  0 every step did what it should, 1 one did not
`

// step is one thing that is shown: an action of the script, its exit status,
// and what must be true after it.
type step struct {
	action string
	status int
	then   string
}

func steps() []step {
	return []step{
		{"status", 3, ""},
		{"start", 0, "fetch"},
		{"status", 0, ""},
		{"start", 0, "same pid"},
		{"edit", 0, ""},
		{"reload", 0, "fetch"},
		{"stop", 0, "gone"},
		{"status", 3, ""},
		{"stop", 0, "gone"},
	}
}

// demo is one demonstration.
type demo struct {
	ctx  context.Context
	p    *system.Process
	root string
	port string
	page string
	pid  string
	// signals has those that would have ended the demonstration.
	signals <-chan system.Signal
}

// Run runs the command; args[0] is its name.
func Run(ctx context.Context, p *system.Process, args []string) int {
	if len(args) > 1 {
		if args[1] == "--help" || args[1] == "-h" {
			p.Stdout().Write([]byte(Help))
			return 0
		}
		fmt.Fprintf(p.Stderr(), "sysv demo: %s: expected nothing: see sysv demo --help\n", args[1])
		return 2
	}
	d := &demo{ctx: ctx, p: p}
	defer d.clean()
	signals := make(chan system.Signal, 4)
	p.Sys.Notify(signals, system.SIGHUP, system.SIGINT, system.SIGTERM)
	d.signals = signals
	if err := d.prepare(); err != nil {
		fmt.Fprintf(p.Stderr(), "sysv demo: %v\n", err)
		return ExitFailed
	}
	d.say("%s is the script, in a tree of its own below %s.\n", bold("testdata/init.d/hello"), d.root)
	for _, s := range steps() {
		select {
		case sig := <-signals:
			d.say("interrupted: the daemon is stopped and the tree removed\n")
			return 128 + int(sig)
		default:
		}
		if err := d.run(s); err != nil {
			d.say("%s %v\n", color.RedString("failed:"), err)
			return ExitFailed
		}
	}
	d.say("%s\n", color.GreenString("Every step did what it should; nothing is left behind."))
	return 0
}

func bold(s string) string { return color.New(color.Bold).Sprint(s) }

func (d *demo) say(format string, args ...any) { fmt.Fprintf(d.p.Stdout(), format, args...) }

// prepare makes the tree that the script works in.
func (d *demo) prepare() error {
	root, err := os.MkdirTemp("", "sysv-demo-")
	if err != nil {
		return err
	}
	if d.root, err = filepath.EvalSymlinks(root); err != nil {
		return err
	}
	for _, dir := range []string{"etc/init.d", "etc/default", "usr/sbin", "run"} {
		if err := os.MkdirAll(filepath.Join(d.root, dir), 0o755); err != nil {
			return err
		}
	}
	if d.port, err = freePort(); err != nil {
		return err
	}
	script, err := testdata.InitD.ReadFile("init.d/hello")
	if err != nil {
		return err
	}
	d.page = "<p>hello from an init script</p>"
	files := []struct {
		name, text string
		mode       os.FileMode
	}{
		{"etc/init.d/hello", string(script), 0o755},
		{"etc/default/hello", "PORT=" + d.port + "\n", 0o644},
		{"etc/hello.html", d.page + "\n", 0o644},
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(d.root, f.name), []byte(f.text), f.mode); err != nil {
			return err
		}
	}
	return os.Symlink(d.p.Sys.Executable(), filepath.Join(d.root, "usr/sbin", DaemonName))
}

// freePort finds a loopback port that nobody uses.
func freePort() (string, error) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, err
}

// run runs a step and checks what must be true after it.
func (d *demo) run(s step) error {
	if s.action == "edit" {
		d.page = "<p>hello again, after a reload</p>"
		d.say("%s the page is written anew\n", bold("*"))
		return os.WriteFile(filepath.Join(d.root, "etc/hello.html"), []byte(d.page+"\n"), 0o644)
	}
	script := filepath.Join(d.root, "etc/init.d/hello")
	d.say("%s %s\n", bold("$"), bold("sysv run …/etc/init.d/hello "+s.action))
	c := d.p.Command(d.p.Sys.Executable(), []string{"sysv", "run", "--timeout=30", script, s.action})
	child, err := d.p.Sys.Start(c)
	if err != nil {
		return err
	}
	st, err := child.Wait(false)
	if err != nil {
		return err
	}
	d.say("  exit status %d\n", st.Status())
	if st.Status() != s.status {
		return fmt.Errorf("%s: exit status %d, expected %d", s.action, st.Status(), s.status)
	}
	return d.check(s.then)
}

// pidNow is what the pid file says, "" without one.
func (d *demo) pidNow() string {
	b, _ := os.ReadFile(filepath.Join(d.root, "run/hello.pid"))
	return strings.TrimSpace(string(b))
}

// alive tells whether the daemon's process runs: one that init has not reaped
// yet (state Z) does not.
func (d *demo) alive() bool {
	b, err := os.ReadFile("/proc/" + d.pid + "/stat")
	if err != nil {
		return false
	}
	_, rest, _ := strings.Cut(string(b), ") ")
	return !strings.HasPrefix(rest, "Z")
}

func (d *demo) check(what string) error {
	switch what {
	case "fetch":
		return d.checkPage()
	case "same pid":
		pid := d.pidNow()
		d.say("  the daemon is still pid %s: a second start changes nothing\n", pid)
		if pid != d.pid {
			return fmt.Errorf("the daemon's pid was %s and is %s", d.pid, pid)
		}
	case "gone":
		if pid := d.pidNow(); pid != "" {
			return fmt.Errorf("the pid file is still there, with %s", pid)
		}
		if d.alive() {
			return fmt.Errorf("process %s is still there", d.pid)
		}
		d.say("  process %s is gone, and so is the pid file\n", d.pid)
	}
	return nil
}

// checkPage fetches the page until it is the one that is expected: a reload
// is a signal, which takes its time.
func (d *demo) checkPage() error {
	d.pid = d.pidNow()
	var got string
	var err error
	for deadline := time.Now().Add(startTime); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if got, err = fetch(d.port); err == nil && got == d.page {
			d.say("  http://127.0.0.1:%s/ says %s (pid %s)\n", d.port, color.CyanString(got), d.pid)
			return nil
		}
	}
	return fmt.Errorf("the page is %q (%w), expected %q", got, err, d.page)
}

// clean ends the daemon if it is still there, and removes the tree.
func (d *demo) clean() {
	if d.root == "" {
		return
	}
	if pid := d.pidNow(); pid != "" {
		c := d.p.Command(d.p.Sys.Executable(), []string{"sysv", "run", filepath.Join(d.root, "etc/init.d/hello"), "stop"})
		if child, err := d.p.Sys.Start(c); err == nil {
			child.Wait(false)
		}
	}
	os.RemoveAll(d.root)
}
