package text

// text reads what follows a, i or c.
func (p *sedProgram) text(r *sedReader, cmd *sedCmd) error {
	c := r.nonBlank()
	if c == eof {
		return r.bad("expected \\ after `a', `c' or `i'")
	}
	if c != '\\' {
		p.readText(r, cmd, c)
		return nil
	}
	c = r.nonBlank()
	switch c {
	case eof:
		p.pending = cmd
		return nil
	case '\n':
		c = r.get()
	default:
		// a\text: blanks after the backslash belong to the text.
		for r.unget(c); r.i > 0 && (r.s[r.i-1] == ' ' || r.s[r.i-1] == '\t'); r.i-- {
		}
		c = r.get()
	}
	p.readText(r, cmd, c)
	return nil
}

// readText reads a text up to a newline with no backslash before it, c being
// its first byte. A backslash at the end lets it go on in the next -e.
func (p *sedProgram) readText(r *sedReader, cmd *sedCmd, c int) {
	b := cmd.text
	for c != eof && c != '\n' {
		if c == '\\' {
			if c = r.get(); c == eof {
				cmd.text = append(b, '\n')
				p.pending = cmd
				return
			}
			b = append(b, '\\')
		}
		b = append(b, byte(c))
		c = r.get()
	}
	cmd.text = plainText(append(b, '\n'))
}

// plainText resolves the escapes of a text and drops its other backslashes.
func plainText(raw []byte) []byte {
	b := sedEscapes(string(raw), escText)
	out := b[:0]
	for i := 0; i < len(b); i++ {
		if b[i] == '\\' && i+1 < len(b) {
			i++
			if b[i] == 'n' {
				b[i] = '\n'
			}
		}
		out = append(out, b[i])
	}
	return out
}
