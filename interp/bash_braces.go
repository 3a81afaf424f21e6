package interp

import (
	"strconv"
	"strings"

	"sysv/interp/ast"
)

// braceToken is a byte of unquoted text, or any other part of a word.
type braceToken struct {
	c    byte
	part ast.Part
}

// maxBraces bounds what one word may expand to.
const maxBraces = 1 << 20

// braces is brace expansion: a{b,c} is two words. It reports whether there
// was any.
func (sh *Shell) braces(w *ast.Word) ([]*ast.Word, bool) {
	open := false
	for _, p := range w.Parts {
		if l, ok := p.(*ast.Lit); ok && !l.Quoted && strings.IndexByte(l.Text, '{') >= 0 {
			open = true
		}
	}
	if !open {
		return nil, false
	}
	var tokens []braceToken
	for _, p := range w.Parts {
		if l, ok := p.(*ast.Lit); ok && !l.Quoted {
			for i := 0; i < len(l.Text); i++ {
				tokens = append(tokens, braceToken{c: l.Text[i]})
			}
			continue
		}
		tokens = append(tokens, braceToken{part: p})
	}
	left := maxBraces
	list := expandBraces(tokens, &left)
	if left <= 0 {
		sh.fatal(1, "brace expansion: too many words")
	}
	if len(list) == 1 && len(list[0]) == len(tokens) {
		return nil, false
	}
	words := make([]*ast.Word, 0, len(list))
	for _, t := range list {
		if len(t) == 0 {
			continue
		}
		words = append(words, &ast.Word{Line: w.Line, Parts: braceParts(t)})
	}
	// The words go through fieldsOf again: what braces are left in them are
	// only characters.
	return words, true
}

// braceParts puts tokens together to parts. Braces that are left are marked
// as quoted, so that they are not looked at again.
func braceParts(tokens []braceToken) []ast.Part {
	var parts []ast.Part
	var text []byte
	quoted := false
	flush := func() {
		if len(text) > 0 {
			parts = append(parts, &ast.Lit{Text: string(text), Quoted: quoted})
			text = nil
		}
	}
	for _, t := range tokens {
		if t.part != nil {
			flush()
			parts = append(parts, t.part)
			continue
		}
		if q := t.c == '{'; q != quoted {
			flush()
			quoted = q
		}
		text = append(text, t.c)
	}
	flush()
	return parts
}

// expandBraces expands the first pair of braces that is one, and what is in
// it and after it.
func expandBraces(tokens []braceToken, left *int) [][]braceToken {
	for i, t := range tokens {
		if t.part != nil || t.c != '{' {
			continue
		}
		end, commas := closingBrace(tokens, i)
		if end < 0 {
			continue
		}
		var alternatives [][]braceToken
		if len(commas) > 0 {
			from := i + 1
			for _, at := range append(commas, end) {
				alternatives = append(alternatives, expandBraces(tokens[from:at], left)...)
				from = at + 1
			}
		} else if alternatives = braceSequence(tokens[i+1:end], left); alternatives == nil {
			continue
		}
		rest := expandBraces(tokens[end+1:], left)
		var out [][]braceToken
		for _, a := range alternatives {
			for _, r := range rest {
				if *left--; *left <= 0 {
					return out
				}
				word := append(append(append(make([]braceToken, 0, i+len(a)+len(r)), tokens[:i]...), a...), r...)
				out = append(out, word)
			}
		}
		return out
	}
	return [][]braceToken{tokens}
}

// closingBrace finds the brace that closes the one at from, and the commas
// between the two that belong to no inner pair.
func closingBrace(tokens []braceToken, from int) (end int, commas []int) {
	depth := 0
	for i := from; i < len(tokens); i++ {
		if tokens[i].part != nil {
			continue
		}
		switch tokens[i].c {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i, commas
			}
		case ',':
			if depth == 1 {
				commas = append(commas, i)
			}
		}
	}
	return -1, nil
}

// braceSequence is x..y and x..y..step: numbers or letters.
func braceSequence(tokens []braceToken, left *int) [][]braceToken {
	text := make([]byte, 0, len(tokens))
	for _, t := range tokens {
		if t.part != nil {
			return nil
		}
		text = append(text, t.c)
	}
	fields := strings.Split(string(text), "..")
	if len(fields) != 2 && len(fields) != 3 {
		return nil
	}
	step := 0
	if len(fields) == 3 {
		n, err := strconv.Atoi(fields[2])
		if err != nil {
			return nil
		}
		step = n
	}
	a, b, letters, width := 0, 0, false, 0
	x, err1 := strconv.Atoi(fields[0])
	y, err2 := strconv.Atoi(fields[1])
	switch {
	case err1 == nil && err2 == nil:
		a, b = x, y
		if padded(fields[0]) || padded(fields[1]) {
			width = max(len(fields[0]), len(fields[1]))
		}
	case len(fields[0]) == 1 && len(fields[1]) == 1 && isLetter(fields[0][0]) && isLetter(fields[1][0]):
		a, b, letters = int(fields[0][0]), int(fields[1][0]), true
	default:
		return nil
	}
	step = max(step, -step, 1)
	if a > b {
		step = -step
	}
	var out [][]braceToken
	for n := a; step > 0 && n <= b || step < 0 && n >= b; n += step {
		if *left--; *left <= 0 {
			return out
		}
		s := string(rune(n))
		if !letters {
			s = pad0(n, width)
		}
		var word []braceToken
		for i := 0; i < len(s); i++ {
			word = append(word, braceToken{c: s[i]})
		}
		out = append(out, word)
	}
	return out
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func padded(s string) bool {
	s = strings.TrimPrefix(s, "-")
	return len(s) > 1 && s[0] == '0'
}

func pad0(n, width int) string {
	s := strconv.Itoa(max(n, -n))
	sign := ""
	if n < 0 {
		sign = "-"
	}
	for len(s)+len(sign) < width {
		s = "0" + s
	}
	return sign + s
}
