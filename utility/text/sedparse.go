package text

import (
	"strings"

	"sysv/utility/regex"
)

// compile compiles one piece of a script. Blocks and the text of a, i and c
// may go on in the next piece.
func (p *sedProgram) compile(r *sedReader) error {
	if p.pending != nil {
		cmd := p.pending
		p.pending = nil
		p.readText(r, cmd, r.get())
	}
	for {
		c := r.get()
		for c == ';' || isSpace(c) {
			c = r.get()
		}
		if c == eof {
			return nil
		}
		if err := p.command(r, c); err != nil {
			return err
		}
		if p.refused != "" {
			return nil
		}
	}
}

// command compiles one command, c being its first byte.
func (p *sedProgram) command(r *sedReader, c int) error {
	cmd := &sedCmd{n: -1}
	ok, err := p.address(r, c, &cmd.a1)
	if err != nil {
		return err
	}
	if ok {
		if cmd.a1.kind == addrPlus || cmd.a1.kind == addrMult {
			return r.bad("invalid usage of +N or ~N as first address")
		}
		c = r.nonBlank()
		if c == ',' {
			ok, err := p.address(r, r.nonBlank(), &cmd.a2)
			if err != nil {
				return err
			}
			if !ok {
				return r.bad("unexpected `,'")
			}
			c = r.nonBlank()
		}
		if cmd.a1.kind == addrLine && cmd.a1.n == 0 {
			if cmd.a2.kind != addrRegex {
				return r.bad("invalid usage of line address 0")
			}
			cmd.a1.kind = addrZero
		}
	}
	if c == '!' {
		cmd.not = true
		c = r.nonBlank()
		if c == '!' {
			return r.bad("multiple `!'s")
		}
	}
	if c == eof {
		return r.bad("missing command")
	}
	cmd.name = byte(c)
	return p.body(r, cmd)
}

// address reads an address that begins with c, and reports whether there is
// one.
func (p *sedProgram) address(r *sedReader, c int, a *sedAddr) (bool, error) {
	switch {
	case c == '/' || c == '\\':
		delim := c
		if c == '\\' {
			if delim = r.get(); delim == eof || delim == '\n' || delim == '\\' {
				return false, r.bad("unexpected `,'")
			}
		}
		text, ok := p.delimited(r, delim, true)
		if !ok {
			return false, r.bad("unterminated address regex")
		}
		var syn regex.Syntax
		for {
			c = r.nonBlank()
			if c == 'I' {
				syn |= regex.Fold
				continue
			}
			if c == 'M' {
				syn |= regex.Multiline
				continue
			}
			break
		}
		r.unget(c)
		re, empty, err := p.regex(r, text, syn)
		*a = sedAddr{kind: addrRegex, re: re, empty: empty}
		return true, err
	case isDigit(c):
		a.kind = addrLine
		a.n = r.number(c)
		if c = r.nonBlank(); c != '~' {
			r.unget(c)
			return true, nil
		}
		c = r.nonBlank()
		if isDigit(c) {
			a.m = r.number(c)
		} else {
			r.unget(c)
		}
		if a.m > 0 {
			a.kind = addrStep
		}
		return true, nil
	case c == '+' || c == '~':
		a.kind = addrPlus
		if c == '~' {
			a.kind = addrMult
		}
		c = r.nonBlank()
		if isDigit(c) {
			a.n = r.number(c)
		} else {
			r.unget(c)
		}
		return true, nil
	case c == '$':
		a.kind = addrLast
		return true, nil
	}
	return false, nil
}

// delimited reads up to the delimiter. In an expression \n is a newline, and
// the delimiter may stand between brackets; in both a backslash before the
// delimiter is dropped.
func (p *sedProgram) delimited(r *sedReader, delim int, isRegex bool) (string, bool) {
	var b []byte
	for {
		c := r.get()
		switch {
		case c == eof:
			return "", false
		case c == delim:
			return string(b), true
		case c == '\n':
			if isRegex {
				r.unget(c)
				return "", false
			}
		case c == '[' && isRegex:
			var ok bool
			if b, ok = r.bracket(b); !ok {
				return "", false
			}
			continue
		case c == '\\':
			c = r.get()
			switch {
			case c == eof:
				return "", false
			case c == delim && !(c == '&' && !isRegex):
			case c == 'n' && isRegex:
				c = '\n'
			case c == '\n' && isRegex:
			default:
				b = append(b, '\\')
			}
		}
		b = append(b, byte(c))
	}
}

// bracket copies the rest of a bracket expression, its "[" having been read.
func (r *sedReader) bracket(b []byte) ([]byte, bool) {
	b = append(b, '[')
	inner := 0 // the '.', ':' or '=' of a class that has begun
	for first := true; ; {
		c := r.get()
		switch {
		case c == eof, c == '\n':
			r.unget(c)
			return b, false
		case c == '^' && first && b[len(b)-1] == '[':
			b = append(b, '^')
			continue
		case c == ']' && !first && inner == 0:
			return append(b, ']'), true
		case c == ']' && inner != 0 && int(b[len(b)-1]) == inner:
			inner = 0
		case c == '[' && inner == 0 && r.i < len(r.s) && strings.IndexByte(".:=", r.s[r.i]) >= 0:
			inner = int(r.s[r.i])
			b = append(b, '[', r.s[r.i])
			r.i++
			first = false
			continue
		case c == '\\' && r.i < len(r.s) && r.s[r.i] == 'n':
			r.i++
			c = '\n'
		}
		first = false
		b = append(b, byte(c))
	}
}

// regex compiles an expression of a script.
func (p *sedProgram) regex(r *sedReader, text string, syn regex.Syntax) (*regex.Regexp, bool, error) {
	if text == "" {
		if syn != 0 {
			return nil, false, r.bad("cannot specify modifiers on empty regexp")
		}
		return nil, true, nil
	}
	if p.extended {
		syn |= regex.Extended
	}
	re, err := regex.Compile(string(sedEscapes(text, escRegex)), syn)
	if err != nil {
		if e, ok := err.(*regex.Error); ok && e.Panic {
			return nil, false, &sedError{e.Message, 4}
		}
		return nil, false, r.bad("%s", err.Error())
	}
	return re, false, nil
}

// endOfCommand checks that nothing follows a command.
func (r *sedReader) endOfCommand() error {
	c := r.nonBlank()
	switch {
	case c == '}' || c == '#':
		r.unget(c)
	case c != eof && c != '\n' && c != ';':
		return r.bad("extra characters after command")
	}
	return nil
}

// body compiles what follows a command's letter.
func (p *sedProgram) body(r *sedReader, cmd *sedCmd) error {
	add := func() { p.cmds = append(p.cmds, cmd) }
	switch cmd.name {
	case '#':
		if cmd.a1.kind != addrNone {
			return r.bad("comments don't accept any addresses")
		}
		c := r.get()
		if c == 'n' && r.i == 2 && r.first {
			// GNU takes "#no" for it too.
			p.quiet = true
		}
		for c != eof && c != '\n' {
			c = r.get()
		}
		return nil
	case 'v':
		return p.version(r)
	case '{':
		p.blocks = append(p.blocks, len(p.cmds))
		cmd.not = !cmd.not
		add()
		return nil
	case '}':
		if len(p.blocks) == 0 {
			return r.bad("unexpected `}'")
		}
		if cmd.a1.kind != addrNone {
			return r.bad("`}' doesn't want any addresses")
		}
		open := p.blocks[len(p.blocks)-1]
		p.blocks = p.blocks[:len(p.blocks)-1]
		p.cmds[open].jump = len(p.cmds)
		return r.endOfCommand()
	case ':':
		return p.label(r, cmd)
	case 'b', 't', 'T':
		cmd.label = r.label()
		add()
		return nil
	case 'e':
		p.refused = "e"
		return nil
	case 'a', 'i', 'c':
		add()
		return p.text(r, cmd)
	case '=', 'd', 'D', 'F', 'g', 'G', 'h', 'H', 'n', 'N', 'p', 'P', 'z', 'x':
		add()
		return r.endOfCommand()
	case 'q', 'Q', 'l', 'L':
		if cmd.name == 'L' {
			break
		}
		if cmd.name != 'l' && cmd.a2.kind != addrNone {
			return r.bad("command only uses one address")
		}
		c := r.nonBlank()
		if isDigit(c) {
			cmd.n = int(r.number(c))
		} else {
			r.unget(c)
		}
		add()
		return r.endOfCommand()
	case 'r', 'R', 'w', 'W':
		name := r.fileName()
		if name == "" {
			return r.bad("missing filename in r/R/w/W commands")
		}
		cmd.text = []byte(name)
		if cmd.name == 'w' || cmd.name == 'W' {
			cmd.outFile = name
			p.files = append(p.files, name)
		}
		add()
		return nil
	case 's':
		add()
		return p.substitute(r, cmd)
	case 'y':
		add()
		return p.transliterate(r, cmd)
	}
	return r.bad("unknown command: `%c'", cmd.name)
}

// version compiles v. A version that is asked for is left to the real sed.
func (p *sedProgram) version(r *sedReader) error {
	c := r.nonBlank()
	var b []byte
	for c != eof && !isSpace(c) && c != ';' {
		b = append(b, byte(c))
		c = r.get()
	}
	r.unget(c)
	if len(b) > 0 {
		p.refused = "v " + string(b)
		return nil
	}
	return r.endOfCommand()
}

// label reads a label of b, t or T: up to a blank, a semicolon or a brace.
func (r *sedReader) label() string {
	c := r.nonBlank()
	var b []byte
	for c != eof && !isSpace(c) && c != ';' && c != '}' {
		b = append(b, byte(c))
		c = r.get()
	}
	r.unget(c)
	return string(b)
}

func (p *sedProgram) label(r *sedReader, cmd *sedCmd) error {
	if cmd.a1.kind != addrNone {
		return r.bad(": doesn't want any addresses")
	}
	name := r.label()
	if name == "" {
		return r.bad("\":\" lacks a label")
	}
	if p.labels == nil {
		p.labels = map[string]int{}
	}
	p.labels[name] = len(p.cmds)
	return nil
}

// fileName reads the rest of the line.
func (r *sedReader) fileName() string {
	c := r.nonBlank()
	var b []byte
	for c != eof && c != '\n' {
		b = append(b, byte(c))
		c = r.get()
	}
	return string(b)
}

func (p *sedProgram) transliterate(r *sedReader, cmd *sedCmd) error {
	delim := r.get()
	if delim == eof || delim == '\n' || delim == '\\' {
		return r.bad("unterminated `y' command")
	}
	from, ok := p.delimited(r, delim, false)
	if !ok {
		return r.bad("unterminated `y' command")
	}
	to, ok := p.delimited(r, delim, false)
	if !ok {
		return r.bad("unterminated `y' command")
	}
	f, t := yString(from), yString(to)
	if len(f) != len(t) {
		return r.bad("strings for `y' command are different lengths")
	}
	cmd.table = new([256]byte)
	for i := range cmd.table {
		cmd.table[i] = byte(i)
	}
	seen := [256]bool{}
	for i, c := range f {
		if !seen[c] {
			seen[c] = true
			cmd.table[c] = t[i]
		}
	}
	return r.endOfCommand()
}

// yString resolves the escapes of a y command's string.
func yString(s string) []byte { return plainText([]byte(s)) }

// finish checks what can be checked only at the end of a script.
func (p *sedProgram) finish() error {
	if len(p.blocks) > 0 {
		return &sedError{"-e expression #1, char 0: unmatched `{'", 1}
	}
	for _, c := range p.cmds {
		if strings.IndexByte("btT", c.name) < 0 {
			continue
		}
		c.jump = len(p.cmds)
		if c.label != "" {
			at, ok := p.labels[c.label]
			if !ok {
				return &sedError{"can't find label for jump to `" + c.label + "'", sedPanic}
			}
			c.jump = at
		}
	}
	return nil
}
