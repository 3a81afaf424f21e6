package interp

import (
	"fmt"

	"sysv/system"
)

// appendf is fmt.Appendf, short-cut for the commonest form.
func appendf(b []byte, format string, args ...any) []byte {
	if len(args) == 0 {
		return append(b, format...)
	}
	return fmt.Appendf(b, format, args...)
}

// outBuffer collects what a built-in writes to its standard output. It is
// flushed when the built-in ends, as dash flushes.
type outBuffer struct {
	sh  *Shell
	buf []byte
	err error
}

// outMax is the size at which the buffer is written out early.
const outMax = 8192

func (o *outBuffer) string(s string) {
	o.buf = append(o.buf, s...)
	if len(o.buf) >= outMax {
		o.flush()
	}
}

func (o *outBuffer) flush() {
	if len(o.buf) == 0 {
		return
	}
	err := system.WriteAll(o.sh.p.Stdout(), o.buf)
	o.buf = o.buf[:0]
	if err != nil && o.err == nil {
		o.err = err
	}
}

// finish flushes and gives the first error, which it forgets.
func (o *outBuffer) finish() error {
	o.flush()
	err := o.err
	o.err = nil
	return err
}

// printf writes to the built-in's standard output.
func (sh *Shell) printf(format string, args ...any) {
	sh.out.buf = appendf(sh.out.buf, format, args...)
	if len(sh.out.buf) >= outMax {
		sh.out.flush()
	}
}

// quote is a value as set and export -p print it: in single quotes, with
// each single quote in double ones (dash's single_quote).
func quote(s string) string {
	b := make([]byte, 0, len(s)+2)
	for {
		n := 0
		for n < len(s) && s[n] != '\'' {
			n++
		}
		b = append(b, '\'')
		b = append(b, s[:n]...)
		b = append(b, '\'')
		s = s[n:]
		n = 0
		for n < len(s) && s[n] == '\'' {
			n++
		}
		if n == 0 {
			return string(b)
		}
		b = append(b, '"')
		b = append(b, s[:n]...)
		b = append(b, '"')
		if s = s[n:]; s == "" {
			return string(b)
		}
	}
}
