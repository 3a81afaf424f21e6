package run

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"sysv/system"
	"sysv/system/observed"
)

// trace prints every command of a script (--trace) to standard error.
type trace struct {
	p     *system.Process
	begin time.Time
	sys   *observed.System

	mu    sync.Mutex
	stack []begun
}

// begun is a command that has begun.
type begun struct {
	file string
	line int
	at   time.Time
}

// newTrace makes a trace, and has all that p does to the machine observed.
func newTrace(p *system.Process) *trace {
	t := &trace{p: p, begin: p.Sys.Now(), sys: observed.New(p.Sys)}
	p.Sys = t.sys.View()
	return t
}

// Begin prints a command that is about to run.
func (t *trace) Begin(file string, line int, argv []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.p.Sys.Now()
	t.print("%s:%d: %8.3fs + %s\n", file, line, now.Sub(t.begin).Seconds(), words(argv))
	t.stack = append(t.stack, begun{file, line, now})
}

// End prints what a command has changed, and its status and time if they are
// worth a line.
func (t *trace) End(status int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.stack) == 0 {
		return
	}
	b := t.stack[len(t.stack)-1]
	t.stack = t.stack[:len(t.stack)-1]
	now := t.p.Sys.Now()
	// What has not been said yet is this command's: its redirections were made
	// before it began.
	for _, e := range t.sys.Since(0) {
		t.print("%s:%d: %8.3fs   %s\n", b.file, b.line, now.Sub(t.begin).Seconds(), e)
	}
	t.sys.Forget()
	if took := now.Sub(b.at); status != 0 || took > 10*time.Millisecond {
		t.print("%s:%d: %8.3fs   status %d after %.3fs\n", b.file, b.line, now.Sub(t.begin).Seconds(), status, took.Seconds())
	}
}

func (t *trace) print(format string, args ...any) {
	system.WriteAll(t.p.Stderr(), fmt.Appendf(nil, format, args...))
}

// words shows an argument vector so that it could be typed.
func words(argv []string) string {
	var b strings.Builder
	for i, a := range argv {
		if i > 0 {
			b.WriteByte(' ')
		}
		if a != "" && strings.IndexFunc(a, func(r rune) bool { return !strings.ContainsRune(plain, r) }) < 0 {
			b.WriteString(a)
			continue
		}
		b.WriteString("'" + strings.ReplaceAll(a, "'", `'\''`) + "'")
	}
	return b.String()
}

// plain are the characters that need no quotes.
const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,:/@%^[]"
