package service

import (
	"bytes"
	"strconv"
	"sync"
	"time"

	"sysv/system"
)

// LogDir has a log for each service: what its actions have said, when, and
// how they ended.
const LogDir = "/var/log/sysv"

const (
	// maxLine bounds a line of a log in bytes; a longer one is broken.
	maxLine = 4096
	// stamp is how a line begins, in UTC.
	stamp = "2006-01-02T15:04:05.000Z "
)

// log is the log of one service, for one action. A nil one takes no notice of
// anything. It is used by several goroutines.
type log struct {
	sys    system.System
	path   string
	size   int64 // how large the file may become
	action string

	mu   sync.Mutex
	file system.File
	// at is the file's size, and left what the action may still write.
	at, left int64
	// partial has the lines that have not ended, by descriptor.
	partial [3][]byte
}

// openLog opens a service's log, or gives nil where that cannot be.
func openLog(p *system.Process, name, action string, size int64) *log {
	if size == 0 {
		return nil
	}
	l := &log{sys: p.Sys, path: LogDir + "/" + name + ".log", size: size, action: action, left: size}
	if l.open() == system.ENOENT {
		p.Sys.Mkdir(LogDir, 0o755)
		l.open()
	}
	if l.file == nil {
		return nil
	}
	return l
}

func (l *log) open() error {
	f, err := l.sys.Open(l.path, system.WriteOnly|system.Append|system.Create|system.NoFollow|system.NonBlock, 0o640)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil || !info.Mode.IsRegular() {
		f.Close()
		return system.EINVAL
	}
	l.file, l.at = f, info.Size
	return nil
}

// note writes a line of our own.
func (l *log) note(text string) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.line(": ", []byte(text))
}

// output writes what was written to a descriptor, a line for each of its
// lines.
func (l *log) output(fd int, b []byte) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(b) > 0 && l.left > 0 {
		i := bytes.IndexByte(b, '\n')
		if i < 0 {
			l.partial[fd] = append(l.partial[fd], b[:min(len(b), maxLine)]...)
			if len(l.partial[fd]) < maxLine {
				return
			}
			i = min(len(b), maxLine) - 1
		} else {
			l.partial[fd] = append(l.partial[fd], b[:i]...)
		}
		b = b[i+1:]
		for text := l.partial[fd]; ; text = text[maxLine:] {
			l.line("| ", text[:min(len(text), maxLine)])
			if len(text) <= maxLine {
				break
			}
		}
		l.partial[fd] = l.partial[fd][:0]
	}
}

// line writes one line; the caller has the lock. What an action says beyond
// the size of the whole log is left out.
func (l *log) line(sep string, text []byte) {
	if l.left <= 0 && sep != ": " {
		return
	}
	b := time.Now().UTC().AppendFormat(make([]byte, 0, len(text)+64), stamp)
	b = append(append(append(b, l.action...), sep...), text...)
	b = append(b, '\n')
	if l.left -= int64(len(b)); l.left <= 0 && sep != ": " {
		b = append(append(b[:len(stamp)], l.action...), ": it says more than "+strconv.FormatInt(l.size, 10)+" bytes; the rest is not here\n"...)
	}
	if l.at+int64(len(b)) > l.size && l.at > 0 {
		l.turn()
	}
	if l.file == nil {
		return
	}
	n, _ := l.file.Write(b)
	l.at += int64(n)
}

// turn begins a new file, and keeps the old one as NAME.log.1.
func (l *log) turn() {
	// Another process may have done it meanwhile.
	if info, err := l.sys.Stat(l.path); err == nil && info.Size >= l.at {
		l.sys.Rename(l.path, l.path+".1")
	}
	l.file.Close()
	l.file = nil
	l.open()
}

// end writes the lines that have not ended, and the last one.
func (l *log) end(text string) {
	if l == nil {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for fd, b := range l.partial {
		if len(b) > 0 {
			l.line("| ", b)
			l.partial[fd] = nil
		}
	}
	if text != "" {
		l.line(": ", []byte(text))
	}
}
