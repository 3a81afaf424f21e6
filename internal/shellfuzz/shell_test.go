// Package shellfuzz has the fuzz target of the whole shell: any text, run on
// the invented machine, must neither panic nor hang.
package shellfuzz

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sysv/interp"
	"sysv/shell"
	"sysv/system"
	"sysv/system/simulated"
)

// FuzzShell runs text as sh -c would, with every utility built in, on a
// machine in memory: nothing outside it can be reached.
func FuzzShell(f *testing.F) {
	files, err := filepath.Glob("../../shell/testdata/snippets/*.txt")
	if err != nil || len(files) == 0 {
		f.Fatal("no snippets for seeds")
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, part := range strings.Split("\n"+string(b), "\n### ")[1:] {
			_, text, _ := strings.Cut(part, "\n")
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4096 {
			return
		}
		run(t, text)
	})
}

// run runs text for a second of real time at most; what does not end then,
// and not soon after its context has, hangs.
func run(t *testing.T, text string) {
	model := func(ctx context.Context, p *system.Process, args []string) int {
		return shell.New(p, shell.Options{Name: "sh", Mode: interp.Prefer}).RunText(ctx, args[1])
	}
	// The machine's first process is this goroutine's: text that kills it
	// ends the goroutine.
	done := make(chan struct{})
	go func() {
		defer close(done)
		m := simulated.Standard(simulated.Options{Programs: map[string]simulated.Program{"/bin/sysv": model}})
		defer m.Close()
		p := m.Process()
		child, err := m.Start(p.Command("/bin/sysv", []string{"sysv", text}))
		if err != nil {
			t.Error(err)
			return
		}
		stop := time.AfterFunc(time.Second, func() { m.Kill(child.PID(), system.SIGKILL) })
		defer stop.Stop()
		child.Wait(false)
	}()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		panic("hangs: " + text)
	}
}
