package service

import (
	"strconv"
	"sync"
	"time"

	"sysv/system"
)

// KeeperName is argv[0] of this program when it goes on with the output of a
// script that has ended and has left a process that still writes: see [Keep].
const KeeperName = "sysv-output"

// keep starts the process that goes on with outputs that are held.
func keep(p *system.Process, name, action string, size int64, left time.Duration, held []*output) {
	self := p.Sys.Executable()
	if self == "" {
		return
	}
	null, err := p.Sys.Open("/dev/null", system.ReadOnly, 0)
	if err != nil {
		return
	}
	defer null.Close()
	c := &system.Command{
		Path: self, Args: []string{KeeperName, name, action, strconv.FormatInt(size, 10), left.String()},
		Dir: "/", Setsid: true, Umask: p.Umask, Files: []system.File{null, nil, nil},
	}
	for _, o := range held {
		c.Files[o.fd] = o.File
		c.Files = append(c.Files, o.pump.r)
		c.Args = append(c.Args, strconv.Itoa(o.fd))
	}
	p.Sys.Start(c)
}

// Keep passes on what a process writes that a script has left, until none has
// the script's output open any more: to the caller's output, as long as the
// deadline of the script lets it (a caller that reads to the end is not held
// for ever), and to the log.
func Keep(p *system.Process, args []string) int {
	if len(args) < 6 {
		return 2
	}
	size, _ := strconv.ParseInt(args[3], 10, 64)
	left, _ := time.ParseDuration(args[4])
	l := openLog(p, args[1], args[2], size)
	var wg sync.WaitGroup
	var timers []*time.Timer
	for i, word := range args[5:] {
		fd, _ := strconv.Atoi(word)
		r := p.Files.Get(3 + i)
		if r == nil || fd < 1 || fd > 2 {
			return 2
		}
		caller := &handed{f: p.Files.Get(fd)}
		if left > 0 {
			timers = append(timers, time.AfterFunc(left, caller.drop))
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			keepOne(r, caller, l, fd)
		}()
	}
	wg.Wait()
	for _, t := range timers {
		t.Stop()
	}
	l.end("")
	return 0
}

func keepOne(r system.File, caller *handed, l *log, fd int) {
	b := make([]byte, 16<<10)
	for {
		n, err := r.Read(b)
		if err == system.EAGAIN {
			waitReadable(r)
			continue
		}
		if err != nil || n == 0 {
			return
		}
		caller.write(b[:n])
		l.output(fd, b[:n])
	}
}

// handed is the caller's output, for as long as it is written to.
type handed struct {
	mu sync.Mutex
	f  system.File
}

func (h *handed) write(b []byte) {
	h.mu.Lock()
	f := h.f
	h.mu.Unlock()
	if f == nil {
		return
	}
	if writeAll(f, b) != nil {
		h.drop()
	}
}

// drop closes it. A write that waits for its reader goes on.
func (h *handed) drop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.f != nil {
		h.f.Close()
		h.f = nil
	}
}
