package text

import (
	"bytes"
	"strconv"
	"strings"

	"sysv/utility/call"
)

// counts is what wc counts of a file.
type counts struct{ lines, words, chars, bytes, longest uint64 }

// Wc is wc(1) of coreutils. In the C locale characters are bytes.
func Wc(c *call.Call) int {
	opts, operands, status, done := getopt(c, 1, "clLmw",
		"bytes>c", "chars>m", "lines>l", "words>w", "max-line-length>L")
	if done {
		return status
	}
	show := ""
	for _, o := range opts {
		show += o.Name
	}
	if show == "" {
		show = "lwc"
	}
	width := wcWidth(c, show, operands)
	var total counts
	for _, name := range inputs(operands) {
		f, own, err := openInput(c, name)
		if err != nil {
			status = c.Fail("%s: %v", call.QuoteName(name), err)
			continue
		}
		l := newLines(c, f, name, own)
		n := count(l)
		if l.err != nil {
			status = c.Fail("%s: %v", call.QuoteName(name), l.err)
		}
		l.close()
		if len(operands) == 0 {
			name = ""
		}
		n.print(c, show, width, name)
		total.lines += n.lines
		total.words += n.words
		total.chars += n.chars
		total.bytes += n.bytes
		total.longest = max(total.longest, n.longest)
		if c.Stop() {
			return status
		}
	}
	if len(operands) > 1 {
		total.print(c, show, width, "total")
	}
	return status
}

// wcWidth is the width of a column: that of the sizes' sum, or 7 where a size
// is not known beforehand, and 1 for a single number of a single file.
func wcWidth(c *call.Call, show string, operands []string) int {
	if len(operands) <= 1 && len(show) == 1 {
		return 1
	}
	least, sum := 1, uint64(0)
	for _, name := range inputs(operands) {
		info, err := c.Stat(name)
		if name == "-" {
			info, err = c.Stdin().Stat()
		}
		switch {
		case err != nil:
		case info.Mode.IsRegular():
			sum += uint64(info.Size)
		default:
			least = 7
		}
	}
	return max(least, len(strconv.FormatUint(sum, 10)))
}

func count(l *lines) counts {
	var n counts
	inWord := false
	column := uint64(0)
	for b := l.chunk(); b != nil; b = l.chunk() {
		n.bytes += uint64(len(b))
		n.lines += uint64(bytes.Count(b, []byte{'\n'}))
		for _, ch := range b {
			switch {
			case ch == '\n' || ch == '\r' || ch == '\f':
				n.longest = max(n.longest, column)
				column = 0
				inWord = false
			case ch == '\t':
				column += 8 - column%8
				inWord = false
			case ch == ' ':
				column++
				inWord = false
			case ch == '\v':
				inWord = false
			case ch > ' ' && ch < 0x7f:
				column++
				fallthrough
			default:
				// GNU takes only what can be printed for the beginning of a
				// word.
				if ch > ' ' && ch < 0x7f && !inWord {
					inWord = true
					n.words++
				}
			}
		}
	}
	n.longest = max(n.longest, column)
	n.chars = n.bytes
	return n
}

func (n counts) print(c *call.Call, show string, width int, name string) {
	sep := ""
	for _, k := range []struct {
		letter string
		value  uint64
	}{{"l", n.lines}, {"w", n.words}, {"m", n.chars}, {"c", n.bytes}, {"L", n.longest}} {
		if !strings.Contains(show, k.letter) {
			continue
		}
		v := strconv.FormatUint(k.value, 10)
		c.Out.WriteString(sep)
		for i := len(v); i < width; i++ {
			c.Out.WriteByte(' ')
		}
		c.Out.WriteString(v)
		sep = " "
	}
	if name != "" {
		c.Out.WriteByte(' ')
		c.Out.WriteString(name)
	}
	c.Out.WriteByte('\n')
}
