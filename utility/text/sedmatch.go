package text

import (
	"strconv"

	"sysv/utility/regex"
)

// selects reports whether a command's addresses select the current line.
func (s *sedRun) selects(c *sedCmd) (bool, error) {
	if c.a1.kind == addrNone {
		return true, nil
	}
	if c.a2.kind == addrNone {
		return s.at(&c.a1)
	}
	if c.state == rangeOn {
		return s.inRange(c)
	}
	if c.a1.kind == addrLine && c.state == rangeDone {
		return false, nil
	}
	hit, err := s.at(&c.a1)
	if !hit || err != nil {
		return false, err
	}
	switch c.a2.kind {
	case addrLine:
		if s.line >= c.a2.n {
			c.state = rangeDone
			return true, nil
		}
		c.end = c.a2.n
	case addrPlus:
		if c.a2.n == 0 {
			return true, nil
		}
		c.end = s.line + c.a2.n
	case addrMult:
		if c.a2.n == 0 {
			return true, nil
		}
		c.end = s.line + c.a2.n - s.line%c.a2.n
	}
	c.state = rangeOn
	return true, nil
}

// inRange reports whether the current line is in a range that has begun.
func (s *sedRun) inRange(c *sedCmd) (bool, error) {
	switch c.a2.kind {
	case addrLine, addrPlus, addrMult:
		if s.line >= c.end {
			c.state = rangeDone
		}
		if s.line > c.end {
			// The end was jumped over (by n or N): this line may begin anew.
			if c.a1.kind == addrLine {
				return false, nil
			}
			return s.selects(c)
		}
		return true, nil
	}
	hit, err := s.at(&c.a2)
	if hit {
		c.state = rangeDone
	}
	return true, err
}

func (s *sedRun) at(a *sedAddr) (bool, error) {
	switch a.kind {
	case addrLine:
		return s.line == a.n, nil
	case addrStep:
		return s.line >= a.n && (s.line-a.n)%a.m == 0, nil
	case addrLast:
		return s.last(), nil
	case addrRegex:
		re, err := s.regex(a.re)
		if err != nil {
			return false, err
		}
		return re.Match(s.ps.b)
	}
	return false, nil
}

// regex gives the expression to be used: the last one where it is empty.
func (s *sedRun) regex(re *regex.Regexp) (*regex.Regexp, error) {
	if re != nil {
		s.lastRE = re
	}
	if s.lastRE == nil {
		return nil, &sedError{"-e expression #1, char 0: no previous regular expression", 1}
	}
	return s.lastRE, nil
}

// substitute runs an s command.
func (s *sedRun) substitute(sub *sedSub) error {
	re, err := s.regex(sub.re)
	if err != nil {
		return err
	}
	if sub.empty && sub.maxRef > re.Groups() {
		return &sedError{"-e expression #1, char 0: invalid reference \\" + strconv.Itoa(sub.maxRef) + " on `s' command's RHS", 1}
	}
	first := max(sub.number, 1)
	var all [][]int
	switch {
	case sub.global:
		all, err = re.FindAll(s.ps.b, -1)
	case first == 1:
		var loc []int
		if loc, err = re.Find(s.ps.b); loc != nil {
			all = [][]int{loc}
		}
	default:
		all, err = re.FindAll(s.ps.b, first)
	}
	if err != nil {
		return err
	}
	if len(all) < first {
		return nil
	}
	k := &s.caser
	k.out = k.out[:0]
	at := 0
	for _, loc := range all[first-1:] {
		k.out = append(k.out, s.ps.b[at:loc[0]]...)
		sub.expand(k, s.ps.b, loc)
		at = loc[1]
	}
	k.out = append(k.out, s.ps.b[at:]...)
	s.ps.b, k.out = k.out, s.ps.b
	s.replaced = true
	if sub.print > 0 {
		s.print(s.out)
	}
	if sub.file != "" {
		s.print(s.outFile(sub.file))
	}
	return nil
}

// list writes the pattern space so that each byte can be told (l). width is
// -1 for the one of the option -l.
func (s *sedRun) list(width int) {
	if width < 0 {
		width = s.width
	}
	o := s.out
	o.begin()
	column := 0
	for _, b := range s.ps.b {
		piece := listed(b)
		if width > 0 && column+len(piece) > width-1 {
			o.w.WriteString("\\\n")
			column = 0
		}
		o.w.WriteString(piece)
		column += len(piece)
	}
	o.w.WriteString("$\n")
	o.end()
}

func listed(b byte) string {
	switch b {
	case '\\':
		return `\\`
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
	return `\` + string(rune('0'+b>>6)) + string(rune('0'+b>>3&7)) + string(rune('0'+b&7))
}
