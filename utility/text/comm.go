package text

import (
	"bytes"
	"strings"

	"sysv/utility/call"
)

// Comm is comm(1) of coreutils.
func Comm(c *call.Call) int {
	opts, operands, status, done := getopt(c, 1, "123", "check-order", "nocheck-order", "output-delimiter=")
	if done {
		return status
	}
	m := &commer{c: c, show: [3]bool{true, true, true}, delim: "\t"}
	for _, o := range opts {
		switch o.Name {
		case "1", "2", "3":
			m.show[o.Name[0]-'1'] = false
		case "check-order":
			m.always = true
		case "nocheck-order":
			m.never = true
		case "output-delimiter":
			m.delim = o.Arg
		}
	}
	switch {
	case len(operands) == 0:
		return usageError(c, "missing operand")
	case len(operands) == 1:
		return usageError(c, "missing operand after "+call.QuoteArg(operands[0]))
	case len(operands) > 2:
		return usageError(c, "extra operand "+call.QuoteArg(operands[2]))
	}
	return m.files(operands)
}

type commer struct {
	c             *call.Call
	show          [3]bool
	always, never bool
	delim         string
	in            [2]*lines
	cur           [2][]byte
	have          [2]bool
	disorder      [2]bool
	unpaired      bool
	failed        bool
}

func (m *commer) files(names []string) int {
	for i, name := range names {
		l, err := openLines(m.c, name)
		if err != nil {
			return m.c.Fail("%s: %v", call.QuoteName(name), err)
		}
		defer l.close()
		m.in[i] = l
	}
	m.advance(0)
	m.advance(1)
	for (m.have[0] || m.have[1]) && !m.failed && !m.c.Stop() {
		d := 0
		switch {
		case !m.have[0]:
			d = 1
		case !m.have[1]:
			d = -1
		default:
			d = bytes.Compare(m.cur[0], m.cur[1])
		}
		column := 2
		if d < 0 {
			column = 0
		} else if d > 0 {
			column = 1
		}
		m.unpaired = m.unpaired || d != 0
		which := column
		if which == 2 {
			which = 1
		}
		if !m.print(column, m.cur[which]) {
			return 1
		}
		if d <= 0 {
			m.advance(0)
		}
		if d >= 0 {
			m.advance(1)
		}
	}
	for i, l := range m.in {
		if l.err != nil {
			return m.c.Fail("%s: %v", call.QuoteName(names[i]), l.err)
		}
	}
	if m.failed {
		return 1
	}
	if m.disorder[0] || m.disorder[1] {
		return m.c.Fail("input is not in sorted order")
	}
	return 0
}

func (m *commer) print(column int, b []byte) bool {
	if !m.show[column] {
		return true
	}
	n := 0
	for i := range column {
		if m.show[i] {
			n++
		}
	}
	m.c.Out.WriteString(strings.Repeat(m.delim, n))
	return writeLine(m.c, b)
}

// advance reads the next line of a file and looks whether it is in order.
func (m *commer) advance(i int) {
	b, _, ok := m.in[i].next()
	if ok && m.have[i] && !m.never && !m.disorder[i] && (m.always || m.unpaired) && bytes.Compare(m.cur[i], b) > 0 {
		m.c.Errorf("file %d is not in sorted order", i+1)
		m.disorder[i] = true
		m.failed = m.always
	}
	m.have[i] = ok
	m.cur[i] = append(m.cur[i][:0], b...)
}

// Fold is fold(1) of coreutils.
func Fold(c *call.Call) int {
	if len(c.Args) > 1 && len(c.Args[1]) > 1 && c.Args[1][0] == '-' && starCount(c.Args[1][1:]) {
		c.Args = append([]string{c.Args[0], "-w", c.Args[1][1:]}, c.Args[2:]...)
	}
	opts, operands, status, done := getopt(c, 1, "bsw:", "bytes>b", "spaces>s", "width=>w")
	if done {
		return status
	}
	width, byBytes, atSpaces := 80, false, false
	for _, o := range opts {
		switch o.Name {
		case "b":
			byBytes = true
		case "s":
			atSpaces = true
		case "w":
			n, ok := grepNumber(o.Arg)
			if !ok {
				return c.Fail("invalid number of columns: %s", call.QuoteArg(o.Arg))
			}
			if n < 1 {
				return c.Fail("invalid number of columns: %s: Numerical result out of range", call.QuoteArg(o.Arg))
			}
			width = n
		}
	}
	return eachInput(c, operands, func(l *lines) bool {
		for {
			b, ended, ok := l.next()
			if !ok {
				return true
			}
			if !foldLine(l, b, ended, width, byBytes, atSpaces) {
				return false
			}
		}
	})
}

func foldLine(l *lines, b []byte, ended bool, width int, byBytes, atSpaces bool) bool {
	advance := func(column int, ch byte) int {
		switch {
		case byBytes:
			return column + 1
		case ch == '\b':
			return max(column-1, 0)
		case ch == '\r':
			return 0
		case ch == '\t':
			return column + 8 - column%8
		}
		return column + 1
	}
	start, column := 0, 0
	for i := 0; i < len(b); i++ {
		next := advance(column, b[i])
		if next <= width || i == start {
			column = next
			continue
		}
		end := i
		if atSpaces {
			for j := i - 1; j >= start; j-- {
				if b[j] == ' ' || b[j] == '\t' {
					end = j + 1
					break
				}
			}
		}
		l.c.Out.Write(b[start:end])
		if l.c.Out.WriteByte('\n') != nil {
			return false
		}
		start, column = end, 0
		i = end - 1
	}
	return putLine(l, b[start:], ended)
}
