//go:build linux

package shell_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sysv/interp"
	"sysv/shell"
	"sysv/system"
	"sysv/system/simulated"
)

const (
	// fuzzCommands and fuzzTime are how many commands a fuzzed script may run,
	// and for how long, before its context ends.
	fuzzCommands = 3000
	fuzzTime     = time.Second
	// fuzzPatience is how long it may take to end then, on a busy machine.
	fuzzPatience = 30 * time.Second
)

// budget is a Tracer that ends a context after a number of commands.
type budget struct {
	left   atomic.Int64
	cancel context.CancelFunc
}

func (b *budget) Begin(string, int, []string) {
	if b.left.Add(-1) < 0 {
		b.cancel()
	}
}

func (b *budget) End(int) {}

// seeds gives the snippets of testdata to a fuzzer.
func seeds(f *testing.F) {
	files, _ := filepath.Glob("testdata/*/*.txt")
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, part := range strings.Split("\n"+string(text), "\n### ")[1:] {
			_, text, _ := strings.Cut(part, "\n")
			f.Add(text, strings.Contains(file, "bash"))
		}
	}
}

// FuzzShell runs arbitrary text on an invented machine: it must not panic, it
// must end with its context or by SIGKILL, and leave no goroutine.
func FuzzShell(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string, bash bool) {
		before := runtime.NumGoroutine()
		fuzzOne(t, text, bash)
		for begun := time.Now(); runtime.NumGoroutine() > before; time.Sleep(time.Millisecond) {
			if time.Since(begun) > fuzzPatience {
				debug.SetTraceback("all")
				panic("goroutines left")
			}
		}
	})
}

func fuzzOne(t *testing.T, text string, bash bool) {
	ctx, cancel := context.WithTimeout(context.Background(), fuzzTime)
	defer cancel()
	spend := &budget{cancel: cancel}
	spend.left.Store(fuzzCommands)
	dialect := interp.Dash
	if bash {
		dialect = interp.Bash
	}
	model := func(own context.Context, p *system.Process, args []string) int {
		// What ends the process and what ends the run both end its context.
		own, stop := context.WithCancel(own)
		defer stop()
		defer context.AfterFunc(ctx, stop)()
		if args[0] == interp.SubshellName && len(args) == 2 {
			return shell.Resume(own, p, int(args[1][0]-'0'))
		}
		o := shell.Options{Name: args[0], Dialect: dialect, Mode: interp.Prefer, Trace: spend}
		if len(args) > 2 && args[1] == "-c" {
			return shell.New(p, o).RunText(own, args[2])
		}
		// A script without a #! line has been executed.
		src, err := p.ReadFile(args[len(args)-1], 1<<20)
		if err != nil {
			return 127
		}
		return shell.New(p, o).RunFile(own, src)
	}
	m := simulated.Standard(simulated.Options{Env: snippetEnv, Programs: map[string]simulated.Program{sysvPath: model}, CallTime: time.Microsecond})
	defer m.Close()
	p := m.Process()
	c := p.Command(sysvPath, []string{"sh", "-c", text})
	c.Setsid = true
	child, err := m.Start(c)
	p.Files.CloseAll()
	if err != nil {
		return // a NUL byte
	}
	ended := make(chan bool)
	go func() {
		defer close(ended) // the text may end the machine's first process too
		child.Wait(false)
	}()
	select {
	case <-ended:
		return
	case <-time.After(fuzzTime + 500*time.Millisecond):
		// What waits in a call of the machine, such as the opening of a FIFO,
		// is ended by a signal.
		go m.Kill(child.PID(), system.SIGKILL)
	}
	select {
	case <-ended:
	case <-time.After(fuzzPatience):
		debug.SetTraceback("all")
		panic("its context does not end it")
	}
}

// What waits or loops without end ends with the context, on both machines.
func TestContextEndsIt(t *testing.T) {
	texts := []string{
		"while :; do :; done", "until false; do x=$((x+1)); done", "f() { :; }; while :; do f; done",
		"yes >/dev/null", "yes | cat >/dev/null", "sleep infinity", "x=$(sleep infinity)", "sleep infinity | sleep infinity",
		"read x", "while read x; do :; done", "(while :; do :; done)", "trap : USR1; read x",
		"cat /dev/zero >/dev/null",
	}
	for _, text := range texts {
		t.Run("simulated/"+text, func(t *testing.T) {
			t.Parallel()
			m := simulated.Standard(simulated.Options{CallTime: time.Microsecond})
			r, w, err := m.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			defer w.Close()
			p := m.Process()
			p.Files.Set(0, r)
			endsWithContext(t, p, text)
		})
		t.Run("real/"+text, func(t *testing.T) {
			t.Parallel()
			p := shell.HostProcess()
			r, w, err := p.Sys.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			defer w.Close()
			p.Files.Set(0, r)
			endsWithContext(t, p, text)
		})
	}
	t.Run("real/wait", func(t *testing.T) {
		endsWithContext(t, shell.HostProcess(), "/bin/sleep 20 & wait")
	})
	t.Run("real/wait for one", func(t *testing.T) {
		endsWithContext(t, shell.HostProcess(), "/bin/sleep 20 & wait $!")
	})
	for _, text := range []string{": <FIFO", "cat <FIFO", "echo x >FIFO", "x=$(cat <FIFO)", ". FIFO", "cat <FIFO | cat", "( : <FIFO )"} {
		t.Run("real/"+text, func(t *testing.T) {
			p := shell.HostProcess()
			name := t.TempDir() + "/f"
			if err := p.Sys.Mknod(name, system.TypeFIFO|0o600, 0); err != nil {
				t.Fatal(err)
			}
			endsWithContext(t, p, strings.ReplaceAll(text, "FIFO", "'"+name+"'"))
		})
	}
}

func endsWithContext(t *testing.T, p *system.Process, text string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	done := make(chan int, 1)
	go func() {
		defer close(done) // a process that has ended makes no calls
		done <- shell.New(p, shell.Options{Name: "sh", Mode: interp.Prefer}).RunText(ctx, text)
	}()
	select {
	case <-done:
		if ctx.Err() == nil {
			t.Error("it ended by itself")
		}
	case <-time.After(fuzzPatience):
		t.Error("it does not end")
	}
}
