// Package text is the utilities that read and write text: grep, sed, awk,
// cut, sort and the like. Each does what GNU's does in the C locale (grep
// 3.8, sed 4.9, coreutils 9.1, findutils 4.9; awk is mawk 1.3.4), for the
// options that scripts use, and refuses any other.
package text

import (
	"bytes"
	"io"
	"sync"

	"sysv/system"
	"sysv/utility/call"
)

// chunk is how much is read at once: grep's own buffer, within which it looks
// for a NUL to tell binary files.
const chunk = 96 << 10

var chunks = sync.Pool{New: func() any { b := make([]byte, chunk); return &b }}

// lines reads a file line by line.
type lines struct {
	c     *call.Call
	f     system.File
	name  string
	own   bool // the file is closed with this
	delim byte
	// sawNUL tells that a NUL was in what has been read so far.
	sawNUL, wantNUL bool
	// err is a read error, and eof the end.
	err error
	eof bool

	pooled *[]byte
	buf    []byte
	r, w   int
}

func newLines(c *call.Call, f system.File, name string, own bool) *lines {
	b := chunks.Get().(*[]byte)
	return &lines{c: c, f: f, name: name, own: own, delim: '\n', pooled: b, buf: *b}
}

// openLines opens an operand for reading; "-" is standard input.
func openLines(c *call.Call, name string) (*lines, error) {
	f, own, err := openInput(c, name)
	if err != nil {
		return nil, err
	}
	return newLines(c, f, name, own), nil
}

// openInput opens an operand for reading; "-" is standard input, which is not
// to be closed.
func openInput(c *call.Call, name string) (f system.File, own bool, err error) {
	if name == "-" {
		return c.Stdin(), false, nil
	}
	f, err = c.Open(name, system.ReadOnly, 0)
	return f, true, err
}

func (l *lines) close() {
	if l.pooled != nil {
		chunks.Put(l.pooled)
		l.pooled, l.buf = nil, nil
	}
	if l.own {
		l.f.Close()
	}
}

// giveBack seeks back over what was read ahead, so that the next program that
// reads the same description goes on behind the last line taken.
func (l *lines) giveBack() {
	if n := l.w - l.r; n > 0 && !l.own {
		l.f.Seek(int64(-n), io.SeekCurrent)
		l.r = l.w
	}
}

// fill reads more, and reports whether there was any.
func (l *lines) fill() bool {
	if l.eof || l.err != nil {
		return false
	}
	switch {
	case l.r > 0 && l.r == l.w:
		l.r, l.w = 0, 0
	case l.w == len(l.buf) && l.r > 0:
		l.w = copy(l.buf, l.buf[l.r:l.w])
		l.r = 0
	case l.w == len(l.buf):
		b := make([]byte, 2*len(l.buf))
		copy(b, l.buf[:l.w])
		l.buf = b
	}
	l.c.Out.Flush()
	if l.c.Stop() {
		l.eof = true
		return false
	}
	n, err := l.f.Read(l.buf[l.w:])
	if l.wantNUL && !l.sawNUL && bytes.IndexByte(l.buf[l.w:l.w+n], 0) >= 0 {
		l.sawNUL = true
	}
	l.w += n
	switch {
	case err == io.EOF || err == nil && n == 0:
		l.eof = true
	case err != nil:
		l.err = err
	}
	return n > 0
}

// next returns the next line without its delimiter, and whether it had one.
// The line is valid until the next call.
func (l *lines) next() (line []byte, ended, ok bool) {
	seen := 0
	for {
		if i := bytes.IndexByte(l.buf[l.r+seen:l.w], l.delim); i >= 0 {
			line = l.buf[l.r : l.r+seen+i]
			l.r += seen + i + 1
			return line, true, true
		}
		seen = l.w - l.r
		if !l.fill() {
			break
		}
	}
	if seen == 0 {
		return nil, false, false
	}
	line = l.buf[l.r:l.w]
	l.r = l.w
	return line, false, true
}

// more reports whether there is anything left to be read.
func (l *lines) more() bool { return l.r < l.w || l.fill() }

// chunk returns what is buffered, or reads; nil is the end.
func (l *lines) chunk() []byte {
	if l.r == l.w && !l.fill() {
		return nil
	}
	b := l.buf[l.r:l.w]
	l.r = l.w
	return b
}

// writeLine writes a line and a newline, and reports whether it could.
func writeLine(c *call.Call, b []byte) bool {
	c.Out.Write(b)
	return c.Out.WriteByte('\n') == nil
}

// getopt reads options; done means that the utility is to return status: an
// option was refused (nothing printed) or lacked its argument.
func getopt(c *call.Call, usage int, spec string, long ...string) (opts []call.Opt, operands []string, status int, done bool) {
	opts, operands, unknown, ok := c.Getopt(spec, long...)
	if ok {
		return opts, operands, 0, false
	}
	if unknown != "" {
		return nil, nil, c.Refuse(unknown), true
	}
	return nil, nil, usage, true
}

// inputs is the operands, or "-" where there are none.
func inputs(operands []string) []string {
	if len(operands) == 0 {
		return []string{"-"}
	}
	return operands
}
