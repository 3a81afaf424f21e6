//go:build linux

package shell_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// The snippets of testdata/snippets are run by the real dash and by ours, in
// equal directories, and must do the same: standard output and error, exit
// status, files. A file holds snippets one after the other, each after a line
// "### name". Known differences are named in known.

// known has the snippets in which ours differs from dash, and why.
var known = map[string]string{
	"sig-kill-self-default":      "a subshell is in the shell's own process: a signal that ends the one ends the other",
	"sig-kill-ppid-subshell":     "$PPID is the script's own in a subshell too, which is in its process: the signal is the script's, and its trap runs",
	"limit-own-writes":           "a limit binds the programs that are started and not the shell's own writes: it would bind all that is in the shell's process, and could not be lifted again",
	"limit-own-files":            "as limit-own-writes: the shell makes its pipes within the limit that it was started with",
	"limit-pipeline":             "the shell holds both ends of the pipes of a pipeline that runs, two descriptors for each: dash forks and closes them one by one. It takes a pipeline of half as many commands as the process may have files",
	"cmd-binary-file":            "a binary in a script's place is said to be one, status 126 as bash's and POSIX's: dash reads it as text and finds syntax errors, status 2",
	"sig-trap-ignored-entry":     "the Go runtime forgets which signals but HUP and INT it found ignored, before our first instruction",
	"sig-trap-ignored-inherited": "as sig-trap-ignored-entry, in a dash that is ours",
	"cmd-dir-file":               "a directory in a script's place is said to be one, status 126 as bash's: dash reads nothing from it, says nothing, and gives 0",
}

// knownForm has those that differ only in one way of running ("stdin/name").
var knownForm = map[string]string{
	"prefer/redir-dev-stdin": "cat /dev/stdin goes on where the shell has read to, the program cat begins anew",
}

type snippet struct{ name, text string }

func readSnippets(t *testing.T) []snippet { return readSnippetsFrom(t, "testdata/snippets/*.txt") }

func readSnippetsFrom(t *testing.T, pattern string) []snippet {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatal("no snippets")
	}
	var all []snippet
	seen := map[string]bool{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range strings.Split("\n"+string(b), "\n### ")[1:] {
			name, text, _ := strings.Cut(part, "\n")
			if seen[name] {
				t.Errorf("%s: snippet %s is there twice", f, name)
			}
			seen[name] = true
			all = append(all, snippet{name, strings.TrimSuffix(text, "\n") + "\n"})
		}
	}
	return all
}

// requireOracle finds a real program to compare with.
func requireOracle(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
		t.Fatalf("%s is not installed: nothing to compare with", name)
	}
	t.Skipf("SKIPPED COMPARISON: %s is not installed", name)
	return ""
}

var (
	buildOnce sync.Once
	buildDir  string
	buildErr  error
)

// ours builds the program and gives a link to it that has the given name.
func ours(t *testing.T, name string) string {
	t.Helper()
	buildOnce.Do(func() {
		buildDir, buildErr = os.MkdirTemp("", "sysv-test-")
		if buildErr == nil {
			out, err := exec.Command("go", append(strings.Fields("build "+os.Getenv("SYSV_TEST_BUILDFLAGS")), "-o", filepath.Join(buildDir, "sysv"), "sysv/cmd/sysv")...).CombinedOutput()
			if err != nil {
				buildErr = fmt.Errorf("%v: %s", err, out)
			}
		}
	})
	if buildErr != nil {
		t.Fatal(buildErr)
	}
	link := filepath.Join(buildDir, name)
	os.Symlink("sysv", link)
	return link
}

func TestMain(m *testing.M) {
	// Snippets kill and leave processes: they have a pid namespace of their
	// own, in which nothing of the host can be reached.
	if os.Getenv("SYSV_TEST_NAMESPACE") == "" {
		os.Exit(inNamespace())
	}
	// Snippets wait more than they work.
	flag.Parse()
	flag.Set("test.parallel", "8")
	code := m.Run()
	if buildDir != "" {
		os.RemoveAll(buildDir)
	}
	os.Exit(code)
}

// inNamespace runs this test binary again in namespaces of its own.
func inNamespace() int {
	cmd := exec.Command("/proc/self/exe", os.Args[1:]...)
	cmd.Args[0] = os.Args[0]
	cmd.Stdin, cmd.Stdout, cmd.Stderr = nil, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), "SYSV_TEST_NAMESPACE=1")
	flags := syscall.CLONE_NEWPID | syscall.CLONE_NEWNS
	attr := &syscall.SysProcAttr{Cloneflags: uintptr(flags), Pdeathsig: syscall.SIGKILL}
	if os.Getuid() != 0 {
		attr.Cloneflags |= syscall.CLONE_NEWUSER
		attr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		attr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	// An init of its own: unshare(1)'s child would be pid 1, which gets no
	// default signals; so a small shell waits in front.
	cmd.Path = "/bin/sh"
	cmd.Args = append([]string{"sh", "-c", `mount -t proc proc /proc && "$@" & wait $!`, "sh", "/proc/self/exe"}, os.Args[1:]...)
	self, err := os.Executable()
	if err == nil {
		cmd.Args[4] = self
	}
	cmd.SysProcAttr = attr
	if err := cmd.Run(); err != nil {
		if e, ok := err.(*exec.ExitError); ok {
			return e.ExitCode()
		}
		fmt.Fprintln(os.Stderr, "namespaces for the tests:", err)
		return 1
	}
	return 0
}

// outcome is what a snippet did.
type outcome struct {
	stdout, stderr string
	status         int
	files          string
}

func (o outcome) String() string {
	return fmt.Sprintf("status %d\n--- stdout\n%s--- stderr\n%s--- files\n%s", o.status, o.stdout, o.stderr, o.files)
}

// form is a way to give a snippet to a shell.
type form int

const (
	formText   form = iota // dash -c TEXT
	formFile               // dash FILE
	formStdin              // dash <FILE
	formPrefer             // dash -c TEXT, ours with its own utilities
)

func (f form) String() string {
	return [...]string{"text", "file", "stdin", "prefer"}[f]
}

// runSnippet runs text with a shell, from a file or as the operand of -c.
func runSnippet(t *testing.T, shell string, asFile bool, text string) outcome {
	t.Helper()
	if asFile {
		return runForm(t, shell, formFile, text)
	}
	return runForm(t, shell, formText, text)
}

// runForm runs text with a shell in a directory of its own. The shell's name
// is the same shell for what the snippet starts.
func runForm(t *testing.T, shell string, f form, text string) outcome {
	t.Helper()
	top, err := os.MkdirTemp("", "snippet-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(top)
	dir := filepath.Join(top, "lab")
	bin := filepath.Join(top, "bin")
	for _, d := range []string{dir, bin} {
		if err := os.Mkdir(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(shell, filepath.Join(bin, filepath.Base(shell))); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	args := []string{"-c", text}
	script := filepath.Join(top, "script")
	if f == formFile || f == formStdin {
		if err := os.WriteFile(script, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		args = []string{script}
	}
	if f == formPrefer && shell != oracleDash {
		args = append([]string{"--utilities=prefer"}, args...)
	}
	cmd := exec.CommandContext(ctx, shell, args...)
	cmd.Args[0] = filepath.Base(shell)
	if f == formStdin {
		cmd.Args = cmd.Args[:1]
		in, err := os.Open(script)
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		cmd.Stdin = in
	}
	cmd.Dir = dir
	cmd.Env = []string{"PATH=" + bin + ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LC_ALL=C", "TERM=dumb"}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.WaitDelay = 5 * time.Second
	cmd.Run()
	o := outcome{stdout: stdout.String(), stderr: stderr.String(), status: cmd.ProcessState.ExitCode()}
	if ws, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		o.status = 128 + int(ws.Signal())
	}
	if ctx.Err() != nil {
		t.Errorf("it does not end: %s", text)
	}
	o.stdout = strings.ReplaceAll(o.stdout, top, "TOP")
	o.stderr = strings.ReplaceAll(o.stderr, top, "TOP")
	settle(top)
	o.files = listFiles(t, dir, top)
	return o
}

// settle waits for processes that a snippet has left in its directory.
func settle(top string) {
	for range 200 {
		busy := false
		dirs, _ := filepath.Glob("/proc/[0-9]*/cwd")
		for _, d := range dirs {
			if to, err := os.Readlink(d); err == nil && strings.HasPrefix(to, top) {
				busy = true
			}
		}
		if !busy {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func listFiles(t *testing.T, dir, top string) string {
	var b strings.Builder
	filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return nil
		}
		fmt.Fprintf(&b, "%s %v", strings.TrimPrefix(path, dir+"/"), info.Mode())
		switch {
		case info.Mode().IsRegular():
			text, _ := os.ReadFile(path)
			fmt.Fprintf(&b, " %q", strings.ReplaceAll(string(text), top, "TOP"))
		case info.Mode()&fs.ModeSymlink != 0:
			target, _ := os.Readlink(path)
			fmt.Fprintf(&b, " -> %s", target)
		}
		b.WriteByte('\n')
		return nil
	})
	return b.String()
}

// printsPID has the snippets that put a pid somewhere: no two runs agree on it.
var printsPID = map[string]bool{
	"exec-pid": true, "pid": true, "pid-vs-child": true, "lsb-pidofproc": true,
	"bi-pid-subshell": true, "job-bg-pid-file": true, "init-ssd-cycle": true, "bi-ppid": true, "bi-exec-pid": true,
}

var number = regexp.MustCompile(`\b[0-9]+\b`)

// comparable hides what may differ between two runs of one shell.
func (o outcome) comparable(name string) outcome {
	if printsPID[name] {
		o.stdout = number.ReplaceAllString(o.stdout, "N")
		o.stderr = number.ReplaceAllString(o.stderr, "N")
		o.files = number.ReplaceAllString(o.files, "N")
	}
	return o
}

func same(name string, a, b outcome) bool { return a.comparable(name) == b.comparable(name) }

// alike compares two runs of one form. With built-in utilities the messages are left out:
// they have their own comparison.
func alike(f form, name string, a, b outcome) bool {
	if f == formPrefer {
		a.stderr, b.stderr = "", ""
	}
	return same(name, a, b)
}

// oracleDash is the real dash.
var oracleDash string

func TestConfirmDash(t *testing.T) {
	oracleDash = requireOracle(t, "dash")
	sysv := ours(t, "dash")
	snippets := readSnippets(t)
	var mu sync.Mutex
	count, differ := 0, []string{}
	// What dash did with a text is used again for our own utilities.
	texts := map[string]outcome{}
	oracle := func(name string, f form) (outcome, bool) {
		mu.Lock()
		defer mu.Unlock()
		o, ok := texts[name]
		return o, ok && f == formPrefer
	}
	remember := func(name string, f form, o outcome) {
		mu.Lock()
		defer mu.Unlock()
		if f == formText {
			texts[name] = o
		}
	}
	compare := func(t *testing.T, s snippet, f form) {
		want, done := oracle(s.name, f)
		if !done {
			want = runForm(t, oracleDash, f, s.text)
			remember(s.name, f, want)
		}
		got := runForm(t, sysv, f, s.text)
		reason := known[s.name]
		if reason == "" {
			reason = knownForm[f.String()+"/"+s.name]
		}
		// dash itself may give more than one outcome, and so may we where
		// signals and ends of processes come together: on a busy machine the
		// usual one of a script of several such lines takes some tries.
		tries := 24
		if reason != "" {
			tries = 6
		}
		for i := 0; i < tries && !alike(f, s.name, want, got); i++ {
			if i%2 == 0 {
				want = runForm(t, oracleDash, f, s.text)
			} else {
				got = runForm(t, sysv, f, s.text)
			}
		}
		equal := alike(f, s.name, want, got)
		mu.Lock()
		count++
		if !equal {
			differ = append(differ, f.String()+"/"+s.name)
		}
		mu.Unlock()
		switch {
		case !equal && reason == "":
			t.Errorf("%s\n== dash\n%v\n== ours\n%v", s.text, want, got)
		case equal && reason != "":
			t.Errorf("known difference (%s) is none", reason)
		}
	}
	for f := formText; f <= formPrefer; f++ {
		t.Run(f.String(), func(t *testing.T) {
			for _, s := range snippets {
				t.Run(s.name, func(t *testing.T) {
					t.Parallel()
					compare(t, s, f)
				})
			}
		})
	}
	slices.Sort(differ)
	t.Logf("%d snippets, %d runs compared, %d differ from dash: %v", len(snippets), count, len(differ), differ)
}
