package text

import (
	"strings"

	"sysv/utility/regex"
)

type escKind uint8

const (
	escText escKind = iota
	escRegex
	escReplacement
)

// sedEscapes resolves GNU sed's escapes for bytes: \a \f \v \t (\n stays, its
// meaning differs), \cX, \dNNN, \oNNN and \xHH. A byte made so is special in an
// expression (as in GNU's 4.9), but stands for itself in a replacement.
func sedEscapes(s string, kind escKind) []byte {
	if strings.IndexByte(s, '\\') < 0 {
		return []byte(s)
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c != '\\' || i+1 == len(s) {
			out = append(out, c)
			continue
		}
		i++
		switch s[i] {
		case 'a':
			out = append(out, '\a')
		case 'f':
			out = append(out, '\f')
		case 'v':
			out = append(out, '\v')
		case 't':
			out = append(out, '\t')
		case 'r':
			out = append(out, '\r')
		case 'c':
			if i+1 == len(s) {
				out = append(out, '\\', 'c')
				break
			}
			i++
			ch := s[i]
			if ch >= 'a' && ch <= 'z' {
				ch -= 32
			}
			out = append(out, ch^0x40)
		case 'd':
			i = number(s, i, 10, 3, kind, &out)
		case 'o':
			i = number(s, i, 8, 3, kind, &out)
		case 'x':
			i = number(s, i, 16, 2, kind, &out)
		default:
			out = append(out, '\\', s[i])
		}
	}
	return out
}

// number resolves a byte given by its number; i is at the letter.
func number(s string, i, base, digits int, kind escKind, out *[]byte) int {
	n, used := 0, 0
	for used < digits && i+1+used < len(s) {
		d := digitValue(s[i+1+used])
		if d < 0 || d >= base {
			break
		}
		n = n*base + d
		used++
	}
	if used == 0 {
		*out = append(*out, '\\', s[i])
		return i
	}
	b := byte(n)
	switch kind {
	case escReplacement:
		if b == '&' || b == '\\' || b == '\n' {
			*out = append(*out, '\\')
		}
	case escText:
		if b == '\\' {
			*out = append(*out, '\\')
		}
	}
	*out = append(*out, b)
	return i + used
}

func digitValue(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// substitute compiles an s command.
func (p *sedProgram) substitute(r *sedReader, cmd *sedCmd) error {
	delim := r.get()
	if delim == eof || delim == '\n' || delim == '\\' {
		return r.bad("unterminated `s' command")
	}
	pattern, ok := p.delimited(r, delim, true)
	if !ok {
		return r.bad("unterminated `s' command")
	}
	replacement, ok := p.delimited(r, delim, false)
	if !ok {
		return r.bad("unterminated `s' command")
	}
	s := &sedSub{}
	cmd.sub = s
	s.compile(sedEscapes(replacement, escReplacement))
	syn, err := p.subFlags(r, s)
	if err != nil || p.refused != "" {
		return err
	}
	if s.re, s.empty, err = p.regex(r, pattern, syn); err != nil {
		return err
	}
	if s.re != nil && s.maxRef > s.re.Groups() {
		return r.bad("invalid reference \\%d on `s' command's RHS", s.maxRef)
	}
	return nil
}

func (p *sedProgram) subFlags(r *sedReader, s *sedSub) (regex.Syntax, error) {
	var syn regex.Syntax
	for {
		c := r.get()
		switch {
		case c == 'i' || c == 'I':
			syn |= regex.Fold
		case c == 'm' || c == 'M':
			syn |= regex.Multiline
		case c == 'e':
			p.refused = "s///e"
			return 0, nil
		case c == 'p':
			if s.print > 0 {
				return 0, r.bad("multiple `p' options to `s' command")
			}
			s.print++
		case c == 'g':
			if s.global {
				return 0, r.bad("multiple `g' options to `s' command")
			}
			s.global = true
		case isDigit(c):
			if s.number > 0 {
				return 0, r.bad("multiple number options to `s' command")
			}
			n := r.number(c)
			if n == 0 {
				return 0, r.bad("number option to `s' command may not be zero")
			}
			s.number = int(n)
		case c == 'w':
			if s.file = r.fileName(); s.file == "" {
				return 0, r.bad("missing filename in r/R/w/W commands")
			}
			p.files = append(p.files, s.file)
			return syn, nil
		case c == '}' || c == '#':
			r.unget(c)
			return syn, nil
		case c == '\n' || c == ';' || c == eof:
			return syn, nil
		case c == '\r' && r.i < len(r.s) && r.s[r.i] == '\n':
		case c == ' ' || c == '\t':
		default:
			return 0, r.bad("unknown option to `s'")
		}
	}
}

// compile splits a replacement into its parts.
func (s *sedSub) compile(b []byte) {
	var text []byte
	flush := func(group int, change sedCase) {
		s.parts = append(s.parts, sedPart{text: text, group: group, change: change})
		text = nil
	}
	for i := 0; i < len(b); i++ {
		c := b[i]
		if c == '&' {
			flush(0, caseNone)
			continue
		}
		if c != '\\' || i+1 == len(b) {
			text = append(text, c)
			continue
		}
		i++
		switch c = b[i]; c {
		case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
			s.maxRef = max(s.maxRef, int(c-'0'))
			flush(int(c-'0'), caseNone)
		case 'n':
			text = append(text, '\n')
		case 'U':
			flush(-1, caseUpper)
		case 'L':
			flush(-1, caseLower)
		case 'E':
			flush(-1, caseEnd)
		case 'u':
			flush(-1, caseUp1)
		case 'l':
			flush(-1, caseLow1)
		default:
			text = append(text, c)
		}
	}
	if len(text) > 0 {
		flush(-1, caseNone)
	}
}

// caser applies \U \L \u \l \E as a replacement is written. once is the
// change of the next byte alone.
type caser struct {
	out        []byte
	mode, once sedCase
}

func (k *caser) write(b []byte) {
	if k.mode == caseNone && k.once == caseNone || len(b) == 0 {
		k.out = append(k.out, b...)
		return
	}
	for i, c := range b {
		mode := k.mode
		if i == 0 && k.once != caseNone {
			mode = k.once
			k.once = caseNone
		}
		switch {
		case (mode == caseUpper || mode == caseUp1) && c >= 'a' && c <= 'z':
			c -= 32
		case (mode == caseLower || mode == caseLow1) && c >= 'A' && c <= 'Z':
			c += 32
		}
		k.out = append(k.out, c)
	}
}

// expand writes the replacement for one match.
func (s *sedSub) expand(k *caser, line []byte, loc []int) {
	for _, part := range s.parts {
		k.write(part.text)
		switch part.change {
		case caseUpper, caseLower:
			k.mode = part.change
		case caseEnd:
			k.mode, k.once = caseNone, caseNone
		case caseUp1, caseLow1:
			k.once = part.change
		}
		if g := part.group; g >= 0 && 2*g+1 < len(loc) && loc[2*g] >= 0 {
			k.write(line[loc[2*g]:loc[2*g+1]])
		}
	}
	k.mode, k.once = caseNone, caseNone
}
