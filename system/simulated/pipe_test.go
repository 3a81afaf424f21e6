package simulated

import (
	"bytes"
	"context"
	"io"
	"sync"
	"testing"
	"time"

	"sysv/system"
)

// TestPipeCarriesAll sends more than a pipe holds through one, between
// goroutines.
func TestPipeCarriesAll(t *testing.T) {
	m := Standard(Options{})
	r, w, err := m.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	want := bytes.Repeat([]byte("0123456789abcde\n"), 40_000)
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := system.WriteAll(w, want); err != nil {
			t.Error(err)
		}
		w.Close()
	})
	got, err := system.ReadAll(r, 0)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	wg.Wait()
}

// TestPipeSmallWritesAreWhole has writers that share a pipe.
func TestPipeSmallWritesAreWhole(t *testing.T) {
	m := Standard(Options{})
	r, w, _ := m.Pipe()
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			line := append(bytes.Repeat([]byte{'a' + byte(i)}, 2999), '\n')
			for range 50 {
				w.Write(line)
			}
		})
	}
	go func() { wg.Wait(); w.Close() }()
	got, err := system.ReadAll(r, 0)
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range bytes.Split(bytes.TrimSuffix(got, []byte("\n")), []byte("\n")) {
		if len(line) != 2999 || len(bytes.Trim(line, string(line[:1]))) != 0 {
			t.Fatalf("line %d is mixed: %.20q, %d bytes", i, line, len(line))
		}
	}
}

func TestPipeEnds(t *testing.T) {
	m := Standard(Options{})
	t.Run("nobody reads", func(t *testing.T) {
		r, w, _ := m.Pipe()
		r.Close()
		if n, err := w.Write([]byte("x")); n != 0 || err != system.EPIPE {
			t.Error(n, err)
		}
	})
	t.Run("nobody writes", func(t *testing.T) {
		r, w, _ := m.Pipe()
		w.Write([]byte("x"))
		w.Close()
		b := make([]byte, 5)
		if n, err := r.Read(b); n != 1 || err != nil {
			t.Error(n, err)
		}
		if n, err := r.Read(b); n != 0 || err != io.EOF {
			t.Error(n, err)
		}
	})
	t.Run("the reader goes while one writes", func(t *testing.T) {
		r, w, _ := m.Pipe()
		done := make(chan error)
		go func() {
			n, err := w.Write(make([]byte, 2*pipeSize))
			if n != pipeSize {
				t.Errorf("wrote %d", n)
			}
			if err == nil {
				_, err = w.Write([]byte("x"))
			}
			done <- err
		}()
		for { // until it is full
			m.w.mu.Lock()
			n := len(r.(*handle).d.node.queue.data)
			m.w.mu.Unlock()
			if n == pipeSize {
				break
			}
			time.Sleep(time.Millisecond)
		}
		r.Close()
		if err := <-done; err != system.EPIPE {
			t.Error(err)
		}
	})
	t.Run("closed while it is read", func(t *testing.T) {
		r, _, _ := m.Pipe()
		done := make(chan error)
		go func() { _, err := r.Read(make([]byte, 1)); done <- err }()
		time.Sleep(5 * time.Millisecond)
		r.Close()
		if err := <-done; err != system.EBADF {
			t.Error(err)
		}
	})
	t.Run("not seekable, wrong end", func(t *testing.T) {
		r, w, _ := m.Pipe()
		_, err := r.Seek(0, 0)
		_, err2 := r.Write([]byte("x"))
		_, err3 := w.Read(make([]byte, 1))
		if err != system.ESPIPE || err2 != system.EBADF || err3 != system.EBADF {
			t.Error(err, err2, err3)
		}
	})
}

// TestPipeBetweenProcesses is a pipeline of two models: the end comes when
// the writer ends, although the parent had both ends too.
func TestPipeBetweenProcesses(t *testing.T) {
	m := Standard(Options{Programs: map[string]Program{
		"/bin/yes": func(ctx context.Context, p *system.Process, args []string) int {
			for range 20_000 {
				if err := system.WriteAll(p.Stdout(), []byte("yes yes yes\n")); err != nil {
					return 1
				}
			}
			return 0
		},
		"/bin/count": func(ctx context.Context, p *system.Process, args []string) int {
			b, err := system.ReadAll(p.Stdin(), 0)
			if err != nil || len(b) != 240_000 {
				return 1
			}
			return 0
		},
	}})
	r, w, _ := m.Pipe()
	null, _ := m.Open("/dev/null", system.ReadWrite, 0)
	a, err := m.Start(&system.Command{Path: "/bin/yes", Args: []string{"yes"}, Files: []system.File{null, w, null}})
	if err != nil {
		t.Fatal(err)
	}
	b, err := m.Start(&system.Command{Path: "/bin/count", Args: []string{"count"}, Files: []system.File{r, null, null}})
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	w.Close()
	for _, c := range []system.Child{a, b} {
		if ws, err := c.Wait(false); err != nil || ws.Status() != 0 {
			t.Error(ws, err)
		}
	}
}

func TestFIFO(t *testing.T) {
	m := Standard(Options{})
	m.Mknod("/tmp/f", system.TypeFIFO|0o600, 0)
	if _, err := m.Open("/tmp/f", system.WriteOnly|system.NonBlock, 0); err != system.ENXIO {
		t.Error(err)
	}
	done := make(chan string)
	go func() {
		f, err := m.Open("/tmp/f", system.ReadOnly, 0)
		if err != nil {
			done <- err.Error()
			return
		}
		b, _ := system.ReadAll(f, 0)
		f.Close()
		done <- string(b)
	}()
	f, err := m.Open("/tmp/f", system.WriteOnly, 0)
	if err != nil {
		t.Fatal(err)
	}
	system.WriteAll(f, []byte("hello"))
	f.Close()
	if got := <-done; got != "hello" {
		t.Error(got)
	}
}

func TestLock(t *testing.T) {
	m := Standard(Options{})
	ctx := context.Background()
	open := func() system.File {
		f, err := m.Open("/tmp/lock", system.ReadWrite|system.Create, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	a, b := open(), open()
	if err := a.Lock(ctx, system.Lock{}); err != nil {
		t.Fatal(err)
	}
	if err := b.Lock(ctx, system.Lock{}); err != system.EAGAIN {
		t.Errorf("a second lock: %v", err)
	}
	short, cancel := m.WithTimeout(ctx, time.Second)
	defer cancel()
	if err := b.Lock(short, system.Lock{Wait: true}); err != context.Canceled {
		t.Errorf("a wait that ends: %v", err)
	}
	done := make(chan error)
	go func() { done <- b.Lock(ctx, system.Lock{Wait: true}) }()
	a.Close()
	if err := <-done; err != nil {
		t.Errorf("after a close: %v", err)
	}
	c := open()
	b.Lock(ctx, system.Lock{Shared: true})
	if err := c.Lock(ctx, system.Lock{Shared: true}); err != nil {
		t.Errorf("two shared: %v", err)
	}
	if err := c.Lock(ctx, system.Lock{}); err != system.EAGAIN {
		t.Errorf("shared to exclusive: %v", err)
	}
}
