//go:build linux

package shell_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"sysv/internal/shutin"
	"sysv/interp"
	"sysv/shell"
	"sysv/system"
	"sysv/system/linux"
	"sysv/system/simulated"
	"sysv/utility"
)

// What starts no process must do the same on the real machine and on the
// invented one: standard output and error, status, files. The real side runs
// in a process for each snippet (it may signal itself), the invented side all
// in one process that the kernel kills for any call that leaves its memory.

// notSimulated has the snippets that do something else on the invented
// machine, and why they have to.
var notSimulated = map[string]string{
	"bi-command-v":           "the invented machine has no programs in /usr/bin",
	"bi-hash-path-change":    "the invented machine has no programs in /usr/bin",
	"fun-prefix-path-lookup": "the invented machine has no programs in /usr/bin",
	"init-ssd-status":        "the invented machine has no /bin/true",
	"dir-removed-made-again": "the invented machine knows a working directory by its path alone",
	"dir-removed-physical":   "the invented machine knows a working directory by its path alone",
}

// rehearseEnv makes this binary run the snippets on one of the machines.
const rehearseEnv = "SYSV_TEST_REHEARSE"

func init() {
	// The real machine starts programs by way of this binary.
	linux.RunStage()
	if fd, ok := linux.Resumed(); ok {
		os.Exit(shell.Resume(context.Background(), shell.HostProcess(), fd))
	}
	switch os.Getenv(rehearseEnv) {
	case "real":
		os.Unsetenv(rehearseEnv)
		os.Exit(realSnippet())
	case "simulated":
		os.Exit(simulatedSnippets())
	}
}

// rehearsed is an outcome as it is sent from one process to another.
type rehearsed struct {
	Stdout, Stderr string
	Status         int
	Files          string
	// Started are the processes that it started, in words.
	Started []string
}

func (r rehearsed) outcome() outcome { return outcome{r.Stdout, r.Stderr, r.Status, r.Files} }

// noting is a System that notes every program that it starts.
type noting struct {
	*linux.Machine
	note *os.File
}

func (s *noting) Start(c *system.Command) (system.Child, error) {
	fmt.Fprintln(s.note, c.Path)
	return s.Machine.Start(c)
}

func (s *noting) Exec(c *system.Command) error {
	fmt.Fprintln(s.note, c.Path)
	return s.Machine.Exec(c)
}

// realSnippet runs the text of argument 1 on the real machine, and notes on
// descriptor 3 what it starts.
func realSnippet() int {
	p := shell.HostProcess()
	note := os.NewFile(3, "note")
	syscall.CloseOnExec(3)
	p.Files.Close(3)
	p.Sys = &noting{linux.New(), note}
	return shell.New(p, shell.Options{Name: "dash", Mode: interp.Prefer}).RunText(context.Background(), os.Args[1])
}

// onReal runs a snippet on the real machine.
func onReal(t *testing.T, text string) rehearsed {
	t.Helper()
	top, err := os.MkdirTemp("", "snippet-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(top)
	dir := filepath.Join(top, "lab")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	note, err := os.Create(filepath.Join(top, "note"))
	if err != nil {
		t.Fatal(err)
	}
	defer note.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "/proc/self/exe", text)
	if cmd.Path, err = os.Executable(); err != nil {
		t.Fatal(err)
	}
	cmd.Args[0] = "dash"
	cmd.Dir = dir
	cmd.Env = append(slices.Clone(snippetEnv), rehearseEnv+"=real")
	cmd.ExtraFiles = []*os.File{note}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.WaitDelay = 5 * time.Second
	cmd.Run()
	r := rehearsed{Stdout: stdout.String(), Stderr: stderr.String(), Status: cmd.ProcessState.ExitCode()}
	if ws, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		r.Status = 128 + int(ws.Signal())
	}
	started, _ := os.ReadFile(note.Name())
	r.Started = strings.Fields(string(started))
	if len(r.Started) > 0 {
		settle(top)
	}
	r.Stdout = strings.ReplaceAll(r.Stdout, top, "TOP")
	r.Stderr = strings.ReplaceAll(r.Stderr, top, "TOP")
	r.Files = listFiles(t, dir, top)
	return r
}

// snippetEnv is the environment of snippets on both machines.
var snippetEnv = []string{"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LC_ALL=C", "TERM=dumb"}

// simulatedTop stands for the temporary directory; there is none such here.
const simulatedTop = "/tmp/snippet-simulated"

// simulatedSnippets reads snippets from standard input, shuts this process in,
// and writes what each did.
func simulatedSnippets() int {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	paths := map[string]bool{"/usr/bin/printf": true}
	for _, name := range utility.Names() {
		if path, err := exec.LookPath(name); err == nil {
			paths[path] = true
		}
	}
	// What is read from the host, the runtime has read by now.
	time.Now().Local().Zone()
	if err := shutin.Shut(); err != nil {
		fmt.Fprintln(os.Stderr, "seccomp:", err)
		return 1
	}
	out := json.NewEncoder(os.Stdout)
	for _, text := range texts {
		hung := time.AfterFunc(10*time.Second, func() {
			debug.SetTraceback("all")
			panic("no end of: " + text)
		})
		if err := out.Encode(onSimulated(text, paths)); err != nil {
			return 1
		}
		hung.Stop()
	}
	return 0
}

// sysvModel is this program on the invented machine: sysv sh -c TEXT, and a
// subshell of it.
func sysvModel(ctx context.Context, p *system.Process, args []string) int {
	status := 0
	if args[0] == interp.SubshellName && len(args) == 2 {
		fd, _ := strconv.Atoi(args[1])
		status = shell.Resume(ctx, p, fd)
	} else {
		status = shell.New(p, shell.Options{Name: args[0], Mode: interp.Prefer}).RunText(ctx, args[2])
	}
	if ctx.Err() != nil {
		return simulated.BySignal
	}
	return status
}

// sysvPath is where the program is on the invented machine.
const sysvPath = "/usr/sbin/sysv"

// onSimulated runs a snippet on a new invented machine, in a process that the
// machine's first one starts and waits for.
func onSimulated(text string, programs map[string]bool) rehearsed {
	m := simulated.Standard(simulated.Options{Env: snippetEnv, Programs: map[string]simulated.Program{sysvPath: sysvModel}})
	defer m.Close()
	for path := range programs {
		m.AddProgram(path)
	}
	dir := simulatedTop + "/lab"
	m.AddDir(dir, 0o755)
	p := m.Process()
	p.Dir = dir
	for fd, name := range []string{1: "stdout", 2: "stderr"} {
		if name == "" {
			continue
		}
		f, err := m.Open(simulatedTop+"/"+name, system.WriteOnly|system.Create|system.Append, 0o600)
		if err != nil {
			return rehearsed{Stderr: err.Error()}
		}
		p.Files.Set(fd, f)
	}
	m.SetNextPID(4242)
	var r rehearsed
	child, err := m.Start(p.Command(sysvPath, []string{"dash", "-c", text}))
	if err != nil {
		return rehearsed{Stderr: err.Error()}
	}
	ctx, cancel := m.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	stop := context.AfterFunc(ctx, func() { m.Kill(child.PID(), system.SIGKILL) })
	ws, _ := child.Wait(false)
	if !stop() {
		r.Stderr = "TIMED OUT\n"
	}
	r.Status = ws.Status()
	r.Stdout = readSimulated(m, simulatedTop+"/stdout")
	r.Stderr += readSimulated(m, simulatedTop+"/stderr")
	var b strings.Builder
	listSimulated(&b, m, dir, "")
	r.Files = b.String()
	return r
}

// listSimulated is listFiles on the invented machine.
func listSimulated(b *strings.Builder, m *simulated.Machine, dir, prefix string) {
	entries, _ := m.ReadDir(dir)
	slices.SortFunc(entries, func(a, b system.DirEntry) int { return strings.Compare(a.Name, b.Name) })
	for _, e := range entries {
		path := dir + "/" + e.Name
		info, err := m.Lstat(path)
		if err != nil {
			continue
		}
		fmt.Fprintf(b, "%s %v", prefix+e.Name, goMode(info.Mode))
		switch {
		case info.Mode.IsRegular():
			fmt.Fprintf(b, " %q", readSimulated(m, path))
		case info.Mode.IsSymlink():
			target, _ := m.Readlink(path)
			fmt.Fprintf(b, " -> %s", strings.ReplaceAll(target, simulatedTop, "TOP"))
		}
		b.WriteByte('\n')
		if info.Mode.IsDir() {
			listSimulated(b, m, path, prefix+e.Name+"/")
		}
	}
}

func readSimulated(m *simulated.Machine, path string) string {
	f, err := m.Open(path, system.ReadOnly, 0)
	if err != nil {
		return ""
	}
	defer f.Close()
	data, _ := system.ReadAll(f, 1<<30)
	return strings.ReplaceAll(string(data), simulatedTop, "TOP")
}

// goMode is a mode as package os shows it.
func goMode(m system.Mode) os.FileMode {
	mode := os.FileMode(m.Perm() & 0o777)
	for _, bit := range []struct {
		is bool
		as os.FileMode
	}{
		{m.IsDir(), os.ModeDir}, {m.IsSymlink(), os.ModeSymlink}, {m&system.TypeMask == system.TypeFIFO, os.ModeNamedPipe},
		{m&0o4000 != 0, os.ModeSetuid}, {m&0o2000 != 0, os.ModeSetgid}, {m&0o1000 != 0, os.ModeSticky},
	} {
		if bit.is {
			mode |= bit.as
		}
	}
	return mode
}

func TestSimulatedIsTheSame(t *testing.T) {
	if runtime.GOARCH != "amd64" && runtime.GOARCH != "arm64" {
		t.Skip("SKIPPED: no filter of system calls for this processor")
	}
	snippets := readSnippets(t)
	results := make([]rehearsed, len(snippets))
	var wg sync.WaitGroup
	next := make(chan int)
	for range runtime.NumCPU() {
		wg.Go(func() {
			for i := range next {
				results[i] = onReal(t, snippets[i].text)
			}
		})
	}
	for i := range snippets {
		next <- i
	}
	close(next)
	wg.Wait()

	var both []int
	var starting, texts []string
	for i, s := range snippets {
		if len(results[i].Started) > 0 {
			starting = append(starting, s.name)
			continue
		}
		both = append(both, i)
		texts = append(texts, s.text)
	}
	simulatedResults := rehearseAll(t, snippets, both, texts)
	differ := 0
	for n, i := range both {
		s := snippets[i]
		t.Run(s.name, func(t *testing.T) {
			want, got := results[i].outcome(), simulatedResults[n].outcome()
			equal := same(s.name, want, got)
			if !equal {
				differ++
			}
			reason, isKnown := notSimulated[s.name]
			switch {
			case !equal && !isKnown:
				t.Errorf("%s\n== real\n%v\n== simulated\n%v", s.text, want, got)
			case equal && isKnown:
				t.Errorf("known difference (%s) is none", reason)
			}
		})
	}
	t.Logf("%d snippets ran on both machines, %d differ; %d start a process: %s", len(both), differ, len(starting), strings.Join(starting, " "))
	if len(both) < 200 {
		t.Errorf("only %d snippets could be compared, expected 200", len(both))
	}
}

// rehearseAll runs snippets on the invented machine in a shut-in process.
func rehearseAll(t *testing.T, snippets []snippet, both []int, texts []string) []rehearsed {
	t.Helper()
	in, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), rehearseEnv+"=simulated", "TZ=UTC", "GOMAXPROCS=2")
	cmd.Stdin = bytes.NewReader(in)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	var all []rehearsed
	d := json.NewDecoder(&stdout)
	for d.More() {
		var r rehearsed
		if d.Decode(&r) != nil {
			break
		}
		all = append(all, r)
	}
	if err != nil || len(all) != len(texts) {
		at := "none"
		if len(all) < len(both) {
			at = snippets[both[len(all)]].name
		}
		t.Fatalf("the shut-in process ended in snippet %s: %v (SIGSYS: it reached out of its memory)\n%.4000s", at, err, stderr.String())
	}
	if _, err := os.Lstat(simulatedTop); err == nil {
		t.Errorf("%s is on the host", simulatedTop)
	}
	return all
}
