package text

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sysv/utility/call"
)

// odType is one way of showing bytes: kind is a, c, d, o, u or x.
type odType struct {
	kind  byte
	size  int
	width int
	text  bool // z
}

type dumper struct {
	c       *call.Call
	types   []odType
	address byte
	width   int
	all     bool
	offset  uint64
	block   int // the widest type's columns
}

// Od is od(1) of coreutils, without floats and strings.
func Od(c *call.Call) int {
	opts, operands, status, done := getopt(c, 1, "A:j:N:t:vw::abcdilosx",
		"address-radix=>A", "skip-bytes=>j", "read-bytes=>N", "format=>t", "output-duplicates>v", "width=?>w")
	if done {
		return status
	}
	d := &dumper{c: c, address: 'o'}
	skip, limit, width := int64(0), int64(-1), 0
	for _, o := range opts {
		switch o.Name {
		case "A":
			if len(o.Arg) != 1 || strings.IndexByte("doxn", o.Arg[0]) < 0 {
				return c.Refuse("-A " + o.Arg)
			}
			d.address = o.Arg[0]
		case "j", "N":
			n, over, ok := odNumber(o.Arg)
			if !ok || over {
				return c.Refuse("-" + o.Name + o.Arg)
			}
			if o.Name == "j" {
				skip = n
			} else {
				limit = n
			}
		case "t":
			types, ok := odTypes(o.Arg)
			if !ok {
				return c.Refuse("-t " + o.Arg)
			}
			d.types = append(d.types, types...)
		case "v":
			d.all = true
		case "w":
			width = 32
			if o.Arg != "" {
				n, err := strconv.Atoi(o.Arg)
				if err != nil || n < 1 || n > 1<<16 {
					return c.Refuse("-w" + o.Arg)
				}
				width = n
			}
		default:
			types, _ := odTypes(odLetter(o.Name[0]))
			d.types = append(d.types, types...)
		}
	}
	for _, name := range operands {
		if name != "" && (name[0] == '+' || isDigit(int(name[0]))) {
			return c.Refuse(name) // perhaps an offset in the old style
		}
	}
	if len(d.types) == 0 {
		d.types, _ = odTypes("o2")
	}
	lcm := 1
	for _, t := range d.types {
		lcm = max(lcm, t.size)
	}
	if d.width = 16; width > 0 {
		d.width = width
	}
	if d.width%lcm != 0 {
		return c.Refuse("-w")
	}
	for _, t := range d.types {
		d.block = max(d.block, (t.width+1)*(d.width/t.size))
	}
	return d.run(operands, skip, limit, lcm)
}

// odLetter is the type that an old option stands for.
func odLetter(b byte) string {
	switch b {
	case 'a', 'c':
		return string(rune(b))
	case 'b':
		return "o1"
	case 'd':
		return "u2"
	case 'i':
		return "d4"
	case 'l':
		return "d8"
	case 's':
		return "d2"
	case 'x':
		return "x2"
	}
	return "o2"
}

func odNumber(s string) (int64, bool, bool) {
	if rest, ok := strings.CutPrefix(s, "0x"); ok {
		n, err := strconv.ParseInt(rest, 16, 63)
		return n, err != nil, err == nil
	}
	if len(s) > 1 && s[0] == '0' {
		n, err := strconv.ParseInt(s, 8, 63)
		return n, err != nil, err == nil
	}
	return suffixed(s)
}

// odTypes reads the argument of -t.
func odTypes(s string) ([]odType, bool) {
	var out []odType
	for i := 0; i < len(s); {
		t := odType{kind: s[i], size: 1, width: 3}
		i++
		switch t.kind {
		case 'a', 'c':
		case 'd', 'o', 'u', 'x':
			t.size = 4
			from := i
			for i < len(s) && isDigit(int(s[i])) {
				i++
			}
			switch {
			case i > from:
				n, err := strconv.Atoi(s[from:i])
				if err != nil {
					return nil, false
				}
				t.size = n
			case i < len(s) && strings.IndexByte("CSIL", s[i]) >= 0:
				t.size = 1 << strings.IndexByte("CSIL", s[i])
				i++
			}
			if t.width = odWidth(t.kind, t.size); t.width == 0 {
				return nil, false
			}
		default:
			return nil, false
		}
		if i < len(s) && s[i] == 'z' {
			t.text = true
			i++
		}
		out = append(out, t)
	}
	return out, len(out) > 0
}

// odWidth is how many columns a number takes.
func odWidth(kind byte, size int) int {
	at := 0
	switch size {
	case 1:
	case 2:
		at = 1
	case 4:
		at = 2
	case 8:
		at = 3
	default:
		return 0
	}
	switch kind {
	case 'o':
		return [4]int{3, 6, 11, 22}[at]
	case 'd':
		return [4]int{4, 6, 11, 20}[at]
	case 'u':
		return [4]int{3, 5, 10, 20}[at]
	}
	return 2 * size
}

// run dumps the files one behind the other.
func (d *dumper) run(operands []string, skip, limit int64, lcm int) int {
	status := 0
	d.offset = uint64(skip)
	var row, last []byte
	starred := false
	flush := func(full bool) bool {
		if full && !d.all && last != nil && bytes.Equal(row, last) {
			if !starred {
				d.c.Out.WriteString("*\n")
			}
			starred = true
			d.offset += uint64(len(row))
			row = row[:0]
			return true
		}
		starred = false
		d.line(row, lcm)
		d.offset += uint64(len(row))
		last = append(last[:0], row...)
		row = row[:0]
		_, err := d.c.Out.Write(nil)
		return err == nil
	}
	for _, name := range inputs(operands) {
		if limit == 0 {
			break
		}
		l, err := openLines(d.c, name)
		if err != nil {
			status = d.c.Fail("%s: %v", call.QuoteName(name), err)
			continue
		}
		for limit != 0 && l.more() {
			b := l.buf[l.r:l.w]
			if skip > 0 {
				n := int(min(skip, int64(len(b))))
				l.r += n
				skip -= int64(n)
				continue
			}
			n := min(len(b), d.width-len(row))
			if limit >= 0 {
				n = int(min(int64(n), limit))
				limit -= int64(n)
			}
			row = append(row, b[:n]...)
			l.r += n
			if len(row) == d.width && !flush(true) {
				l.close()
				return 1
			}
		}
		if l.err != nil {
			status = d.c.Fail("%s: %v", call.QuoteName(name), l.err)
		}
		l.giveBack()
		l.close()
	}
	if skip > 0 {
		return d.c.Fail("cannot skip past end of combined input")
	}
	if len(row) > 0 {
		flush(false)
	}
	if d.address != 'n' {
		d.c.Out.WriteString(d.label() + "\n")
	}
	return status
}

// label is the address as it is shown.
func (d *dumper) label() string {
	switch d.address {
	case 'd':
		return fmt.Sprintf("%07d", d.offset)
	case 'x':
		return fmt.Sprintf("%06x", d.offset)
	case 'o':
		return fmt.Sprintf("%07o", d.offset)
	}
	return ""
}

// line shows one block in every type.
func (d *dumper) line(row []byte, lcm int) {
	padded := row
	if n := len(row) % lcm; n > 0 {
		padded = append(append([]byte{}, row...), make([]byte, lcm-n)...)
	}
	label := d.label()
	for i, t := range d.types {
		if i > 0 {
			label = strings.Repeat(" ", len(label))
		}
		d.c.Out.WriteString(label)
		fields := d.width / t.size
		pad := d.block - (t.width+1)*fields
		left := pad
		used := (len(row) + t.size - 1) / t.size
		for f := range fields {
			next := pad * (fields - f - 1) / fields
			width := left - next + t.width + 1
			left = next
			if f >= used {
				if t.text {
					fmt.Fprintf(d.c.Out, "%*s", width, "")
				}
				continue
			}
			fmt.Fprintf(d.c.Out, "%*s", width, t.show(padded[f*t.size:(f+1)*t.size]))
		}
		if t.text {
			d.c.Out.WriteString("  >")
			for _, b := range row {
				if b < ' ' || b >= 0x7f {
					b = '.'
				}
				d.c.Out.WriteByte(b)
			}
			d.c.Out.WriteByte('<')
		}
		d.c.Out.WriteByte('\n')
	}
}

// show is one value, of a little-endian machine.
func (t odType) show(b []byte) string {
	switch t.kind {
	case 'a':
		return odName(b[0] & 0x7f)
	case 'c':
		return odChar(b[0])
	}
	v := uint64(0)
	for _, v0 := range slices.Backward(b) {
		v = v<<8 | uint64(v0)
	}
	switch t.kind {
	case 'd':
		shift := 64 - 8*t.size
		return strconv.FormatInt(int64(v<<shift)>>shift, 10)
	case 'u':
		return strconv.FormatUint(v, 10)
	case 'o':
		return fmt.Sprintf("%0*o", t.width, v)
	}
	return fmt.Sprintf("%0*x", t.width, v)
}

func odChar(b byte) string {
	switch b {
	case 0:
		return `\0`
	case '\a':
		return `\a`
	case '\b':
		return `\b`
	case '\f':
		return `\f`
	case '\n':
		return `\n`
	case '\r':
		return `\r`
	case '\t':
		return `\t`
	case '\v':
		return `\v`
	}
	if b >= ' ' && b < 0x7f {
		return string(rune(b))
	}
	return fmt.Sprintf("%03o", b)
}

func odName(b byte) string {
	const names = "nulsohstxetxeoteqnackbelbs ht nl vt ff cr so si dledc1dc2dc3dc4naksynetbcanem subescfs gs rs us sp "
	if b <= ' ' {
		return strings.TrimRight(names[3*b:3*b+3], " ")
	}
	if b == 0x7f {
		return "del"
	}
	return string(rune(b))
}
