//go:build linux

package services

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// hostile is what a script does, and what comes of it at its deadline, which
// is one second.
type hostile struct {
	name, text string
	// line is where it is at the deadline, 0 for anywhere.
	line string
	// within bounds the time on an idle machine.
	within time.Duration
	// left are the daemons that stay.
	left []string
	// processes limits them.
	processes int
}

func hostiles() []hostile {
	return []hostile{
		{name: "hangs in a program", text: "/bin/sleep 1001\n", line: "2", within: 2 * time.Second},
		{name: "hangs in a utility", text: "sleep 1001\necho not here >/out/no\n", line: "2", within: 2 * time.Second},
		{name: "loops", text: "while :; do :; done\n", line: "2", within: 2 * time.Second},
		{name: "loops in a subshell", text: "(while :; do :; done; echo x)\necho >/out/no\n", line: "2", within: 2 * time.Second},
		{name: "reads", text: "mkfifo /run/fifo\nread x </run/fifo\n", line: "", within: 2 * time.Second},
		{name: "ignores TERM", text: "trap '' TERM\nwhile :; do sleep 1; done\n", line: "3", within: 7 * time.Second},
		{name: "ignores TERM in a program", text: "/bin/sh -c 'trap \"\" TERM; while :; do /bin/sleep 1; done'\n", line: "2", within: 7 * time.Second},
		{name: "cleans up", text: "trap 'echo clean; exit 0' TERM\nsleep 1001\n", line: "3", within: 2 * time.Second},
		{name: "stops itself", text: "kill -STOP $$\n", line: "2", within: 2 * time.Second},
		{name: "is another program", text: "exec /bin/sleep 1001\n", line: "2", within: 2 * time.Second},
		{name: "waits for what it has started", text: "/bin/sleep 1001 &\n(/bin/sleep 1002; :) &\nsetsid /bin/sleep 1003 &\nwait\n", line: "5", within: 2 * time.Second},
		{name: "hangs after a daemon", text: "start-stop-daemon --start --background --exec /bin/sleep -- 1004\n/bin/sleep 1005\n", line: "3", within: 2 * time.Second, left: []string{"/bin/sleep 1004"}},
		{name: "leaves orphans", text: "/bin/sh -c '/bin/sleep 1006 & /bin/sleep 1007 &'\n/bin/sleep 1008\n", line: "3", within: 2 * time.Second},
		{name: "forks without end", text: "f() { f | f & }\nf\nsleep 1001\n", within: 20 * time.Second, processes: 600},
		{name: "forks without end in dash", text: "/bin/dash -c 'f() { f | f & }; f'\nsleep 1001\n", within: 20 * time.Second, processes: 600},
		{name: "makes sessions without end", text: "x='setsid /bin/dash -c \"$0\" \"$0\" & setsid /bin/dash -c \"$0\" \"$0\" &'\nsetsid /bin/dash -c \"$x\" \"$x\" &\nsleep 1001\n", within: 20 * time.Second, processes: 600},
		{name: "writes without end", text: "while :; do echo a line that is not the shortest; done\n", line: "2", within: 2 * time.Second},
		{name: "lets a program write without end", text: "yes\n", line: "2", within: 2 * time.Second},
	}
}

// ourLines reads to the end, and keeps what service says among what the script
// does.
func ourLines(r io.Reader) string {
	var ours strings.Builder
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadString('\n')
		if strings.Contains(line, "service:") {
			ours.WriteString(line)
		}
		if err != nil {
			return ours.String()
		}
	}
}

// busy is how much longer anything may take on a machine that has other work.
const busy = 5

func TestDeadline(t *testing.T) {
	root := filepath.Join(base, "ours")
	settings := "# of the test\n"
	for i := range hostiles() {
		settings += fmt.Sprintf("deadline hostile%d * 1\n", i)
	}
	write(t, "etc/sysv/service.conf", settings, 0o644, root)
	t.Cleanup(func() { os.RemoveAll(filepath.Join(root, "etc/sysv")) })
	for i, h := range hostiles() {
		t.Run(h.name, func(t *testing.T) {
			t.Parallel() // they wait
			name := fmt.Sprintf("hostile%d", i)
			write(t, "etc/init.d/"+name, "#!/bin/sh\n"+h.text, 0o755, root)
			null, err := os.OpenFile("/dev/null", os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer null.Close()
			r, w, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			text := make(chan string, 1)
			go func() {
				text <- ourLines(r)
				r.Close()
			}()
			settle := 3 * time.Second
			if h.left != nil {
				settle = 200 * time.Millisecond
			}
			got := jail(t, order{Root: root, Argv: []string{"/usr/sbin/service", name, "start"}, Processes: h.processes, Settle: settle}, null, w)
			w.Close()
			stderr := <-text
			if got.Status != 124 {
				t.Errorf("status %d, expected 124", got.Status)
			}
			if got.Took > busy*h.within {
				t.Errorf("it took %v, expected %v", got.Took, h.within)
			}
			if !slices.Equal(got.Left, h.left) {
				t.Errorf("left: %q, expected %q", got.Left, h.left)
			}
			where := "(:\\d+)?"
			if h.line != "" {
				where = ":" + h.line
			}
			want := regexp.MustCompile("(?m)service: /etc/init.d/" + name + where + ": start: not done after 1s: ended$")
			if !want.MatchString(stderr) {
				t.Errorf("error output %.300q, expected %v", stderr, want)
			}
			if _, err := os.Stat(filepath.Join(root, "out/no")); err == nil {
				t.Error("it went on after its deadline")
			}
			log, err := os.ReadFile(filepath.Join(root, "var/log/sysv", name+".log"))
			if !h.limitedUser() && (err != nil || !bytes.Contains(log, []byte(": start: not done after 1s: ended")) && !bytes.Contains(log, []byte("at the deadline"))) {
				t.Errorf("%v: the log does not say it: %s", err, log)
			}
		})
	}
}

// limitedUser tells that the script had to run as somebody who can write no
// log.
func (h hostile) limitedUser() bool { return h.processes > 0 && !ownPIDMax() }

// A gigabyte goes through, and the log stays as small as it is to be.
func TestGigabyte(t *testing.T) {
	root := filepath.Join(base, "ours")
	const size = 1 << 30
	write(t, "etc/init.d/much-more", "#!/bin/sh\nhead -c 1073741824 /dev/zero | tr '\\0' 'x'\n", 0o755, root)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	count := make(chan int64, 1)
	go func() {
		n, _ := io.Copy(io.Discard, r)
		count <- n
	}()
	got := jail(t, order{Root: root, Argv: []string{"/usr/sbin/service", "much-more", "start"}, Settle: time.Second}, w, os.Stderr)
	w.Close()
	if n := <-count; n != size || got.Status != 0 || len(got.Left) > 0 {
		t.Errorf("%d bytes, status %d, left %q", n, got.Status, got.Left)
	}
	var logs int64
	files, _ := filepath.Glob(filepath.Join(root, "var/log/sysv/much-more.log*"))
	for _, f := range files {
		if info, err := os.Stat(f); err == nil {
			logs += info.Size()
		}
	}
	if logs == 0 || logs > 600<<10 {
		t.Errorf("logs of %d bytes", logs)
	}
	t.Logf("1 GiB in %v", got.Took)
}

// A process that the script has left, and that holds its output, holds
// neither service nor, after the deadline, who reads the output; and it may
// write on, into the log.
func TestHeldOutput(t *testing.T) {
	root := filepath.Join(base, "ours")
	write(t, "etc/sysv/service.conf", "deadline held * 2\n", 0o644, root)
	defer os.RemoveAll(filepath.Join(root, "etc/sysv"))
	write(t, "etc/init.d/held", "#!/bin/sh\n/bin/sh -c 'sleep 1; echo early; sleep 2; echo late; echo alive >/out/alive; sleep 1' &\necho started\n", 0o755, root)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	type reading struct {
		text string
		took time.Duration
	}
	read := make(chan reading, 1)
	go func() {
		b, _ := io.ReadAll(r)
		read <- reading{string(b), time.Since(begun)}
	}()
	done := make(chan result, 1)
	go func() {
		done <- jail(t, order{Root: root, Argv: []string{"/usr/sbin/service", "held", "start"}, Settle: 20 * time.Second}, w, nil)
	}()
	got := <-done
	w.Close()
	said := <-read
	if got.Status != 0 || got.Took > busy*time.Second/2 {
		t.Errorf("status %d after %v, expected 0 at once", got.Status, got.Took)
	}
	if said.text != "started\nearly\n" {
		t.Errorf("the caller read %q", said.text)
	}
	if len(got.Left) > 0 {
		t.Errorf("left: %q", got.Left)
	}
	if files := takeFiles(t, root); !strings.Contains(files, "alive") {
		t.Error("the process did not live on")
	}
	log, _ := os.ReadFile(filepath.Join(root, "var/log/sysv/held.log"))
	if !bytes.Contains(log, []byte("start| late")) {
		t.Errorf("the log does not have what came late: %s", log)
	}
}
