package text

import (
	"io"
	"slices"

	"sysv/system"
	"sysv/utility/call"
)

// Paste is paste(1) of coreutils.
func Paste(c *call.Call) int {
	opts, operands, status, done := getopt(c, 1, "d:s", "delimiters=>d", "serial>s")
	if done {
		return status
	}
	list, serial := []int{'\t'}, false
	for _, o := range opts {
		switch o.Name {
		case "d":
			var ok bool
			if list, ok = pasteDelimiters(o.Arg); !ok {
				return c.Fail("delimiter list ends with an unescaped backslash: %s", o.Arg)
			}
		case "s":
			serial = true
		}
	}
	if serial {
		return eachInput(c, operands, func(l *lines) bool { return pasteSerial(l, list) })
	}
	return pasteParallel(c, inputs(operands), list)
}

// pasteDelimiters reads the list of -d; -1 is no delimiter (\0).
func pasteDelimiters(s string) ([]int, bool) {
	if s == "" {
		return []int{-1}, true
	}
	var list []int
	for i := 0; i < len(s); i++ {
		ch := int(s[i])
		if ch == '\\' {
			if i++; i == len(s) {
				return nil, false
			}
			switch s[i] {
			case '0':
				ch = -1
			case 'b':
				ch = '\b'
			case 'f':
				ch = '\f'
			case 'n':
				ch = '\n'
			case 'r':
				ch = '\r'
			case 't':
				ch = '\t'
			case 'v':
				ch = '\v'
			default:
				ch = int(s[i])
			}
		}
		list = append(list, ch)
	}
	return list, true
}

func pasteSerial(l *lines, list []int) bool {
	for i := -1; ; i++ {
		b, _, ok := l.next()
		if !ok {
			return l.c.Out.WriteByte('\n') == nil
		}
		if i >= 0 {
			if d := list[i%len(list)]; d >= 0 {
				l.c.Out.WriteByte(byte(d))
			}
		}
		l.c.Out.Write(b)
	}
}

func pasteParallel(c *call.Call, names []string, list []int) int {
	var files []*lines
	var stdin *lines
	defer func() {
		for _, l := range files {
			if l != nil && l != stdin {
				l.close()
			}
		}
		if stdin != nil {
			stdin.close()
		}
	}()
	for _, name := range names {
		if name == "-" && stdin != nil {
			files = append(files, stdin)
			continue
		}
		l, err := openLines(c, name)
		if err != nil {
			return c.Fail("%s: %v", call.QuoteName(name), err)
		}
		if name == "-" {
			stdin = l
		}
		files = append(files, l)
	}
	status := 0
	var row []byte
	for !c.Stop() {
		row = row[:0]
		any := false
		for i, l := range files {
			if l != nil {
				b, _, ok := l.next()
				if ok {
					any = true
					row = append(row, b...)
				} else {
					if l.err != nil {
						status = c.Fail("%s: %v", call.QuoteName(names[i]), l.err)
						l.err = nil
					}
					if l != stdin {
						l.close()
					}
					files[i] = nil
				}
			}
			if i < len(files)-1 {
				if d := list[i%len(list)]; d >= 0 {
					row = append(row, byte(d))
				}
			}
		}
		if !any || !writeLine(c, row) {
			return status
		}
	}
	return status
}

// Tac is tac(1) of coreutils, without options.
func Tac(c *call.Call) int {
	_, operands, status, done := getopt(c, 1, "")
	if done {
		return status
	}
	for _, name := range inputs(operands) {
		f, own, err := openInput(c, name)
		if err != nil {
			status = c.Fail("failed to open %s for reading: %v", call.Quote(name), err)
			continue
		}
		b, err := readWhole(f)
		if own {
			f.Close()
		}
		if err == system.EISDIR {
			err = system.EINVAL // what GNU's seek to its end gives
		}
		if err != nil {
			status = c.Fail("%s: read error: %v", call.QuoteName(name), err)
			continue
		}
		for end := len(b); end > 0; {
			at := end - 1
			for at > 0 && b[at-1] != '\n' {
				at--
			}
			if _, err := c.Out.Write(b[at:end]); err != nil {
				return status
			}
			end = at
		}
	}
	return status
}

// readWhole reads a file to its end, whatever its size.
func readWhole(f system.File) ([]byte, error) { return io.ReadAll(f) }

// Rev is rev(1) of util-linux, on bytes.
func Rev(c *call.Call) int {
	_, operands, status, done := getopt(c, 1, "")
	if done {
		return status
	}
	var row []byte
	for _, name := range inputs(operands) {
		l, err := openLines(c, name)
		if err != nil {
			status = c.Fail("cannot open %s: %v", name, err)
			continue
		}
		n := 0
		for {
			b, ended, ok := l.next()
			if !ok {
				break
			}
			n++
			row = row[:0]
			for _, v := range slices.Backward(b) {
				row = append(row, v)
			}
			if !putLine(l, row, ended) {
				break
			}
		}
		if l.err != nil {
			status = c.Fail("%s: %d: %v", name, n, l.err)
		}
		l.close()
	}
	return status
}
