package bash

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"sysv/interp/ast"
)

// context is where the parts of a word stand.
type context int

const (
	outside    context = iota // outside quotes
	inDouble                  // inside "…"
	inDocument                // in a here-document that is expanded
	inBraces                  // in the word of ${x-…} inside one of the two
)

func (c context) quoted() bool { return c != outside }

func (l *lowerer) word(w *syntax.Word) *ast.Word {
	if w == nil {
		return &ast.Word{}
	}
	out := &ast.Word{Line: l.line(w.Pos()), At: l.span(w)}
	out.Parts = l.parts(w.Parts, outside)
	return out
}

func (l *lowerer) parts(parts []syntax.WordPart, in context) []ast.Part {
	var out []ast.Part
	for _, p := range parts {
		out = l.part(out, p, in)
	}
	return out
}

func (l *lowerer) part(out []ast.Part, p syntax.WordPart, in context) []ast.Part {
	switch p := p.(type) {
	case *syntax.Lit:
		return appendLiteral(out, decode(p.Value), in)
	case *syntax.SglQuoted:
		text := decode(p.Value)
		switch {
		case in == inBraces && !p.Dollar:
			// Inside double quotes a single one is only a character.
			text = "'" + text + "'"
		case p.Dollar:
			text = Unescape(text)
		}
		return append(out, &ast.Lit{Text: text, Quoted: true})
	case *syntax.DblQuoted:
		if len(p.Parts) == 0 {
			return append(out, &ast.Lit{Quoted: true})
		}
		for _, q := range p.Parts {
			out = l.part(out, q, inDouble)
		}
		return out
	case *syntax.ParamExp:
		return append(out, l.param(p, in))
	case *syntax.CmdSubst:
		return append(out, l.substitution(p, in))
	case *syntax.ArithmExp:
		left := int(p.Left.Offset()) + len("$((")
		if p.Bracket {
			left--
		}
		return append(out, &ast.Arith{Line: l.line(p.Left), Expr: l.arithText(p.X, left, int(p.Right.Offset())), Quoted: in.quoted()})
	case *syntax.ProcSubst:
		l.deeper(p.Pos())
		defer func() { l.depth-- }()
		return append(out, &ast.ProcSubst{Line: l.line(p.Pos()), Out: p.Op == syntax.CmdOut, Body: l.body(p.Stmts)})
	case *syntax.ExtGlob:
		return l.extGlob(out, p, in)
	}
	l.fail(p.Pos(), "syntax error: an expansion that is not supported")
	return nil
}

// appendLiteral adds literal text, in which backslashes still quote.
func appendLiteral(out []ast.Part, text string, in context) []ast.Part {
	if strings.IndexByte(text, '\\') < 0 {
		return append(out, &ast.Lit{Text: text, Quoted: in.quoted()})
	}
	if in.quoted() {
		return append(out, &ast.Lit{Text: unquoteDouble(text, in), Quoted: true})
	}
	plain, quoted := "", ""
	flush := func() {
		if plain != "" {
			out = append(out, &ast.Lit{Text: plain})
		}
		if quoted != "" {
			out = append(out, &ast.Lit{Text: quoted, Quoted: true})
		}
		plain, quoted = "", ""
	}
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '\\' && i+1 < len(text):
			i++
			if text[i] == '\n' {
				continue
			}
			quoted += text[i : i+1]
		case quoted != "":
			flush()
			fallthrough
		default:
			plain += text[i : i+1]
		}
	}
	flush()
	return out
}

// unquoteDouble takes the backslashes out that quote inside double quotes.
func unquoteDouble(text string, in context) string {
	b := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			b = append(b, text[i])
			continue
		}
		switch c := text[i+1]; {
		case c == '\n':
			i++
		case c == '$', c == '`', c == '\\', c == '"' && in != inDocument, c == '}' && in == inBraces:
			b = append(b, c)
			i++
		default:
			b = append(b, '\\')
		}
	}
	return string(b)
}

func (l *lowerer) substitution(c *syntax.CmdSubst, in context) ast.Part {
	l.deeper(c.Pos())
	defer func() { l.depth-- }()
	out := &ast.CmdSubst{Line: l.line(c.Left), At: l.span(c), Quoted: in.quoted()}
	if c.TempFile || c.ReplyVar {
		from, to := c.Left.Offset(), c.Right.Offset()+1
		return &ast.Param{Line: out.Line, Bad: decode(string(l.src[from:min(int(to), len(l.src))])), Quoted: in.quoted()}
	}
	if len(c.Stmts) == 1 {
		s := c.Stmts[0]
		if s.Cmd == nil && len(s.Redirs) == 1 && s.Redirs[0].Op == syntax.RdrIn && s.Redirs[0].N == nil && isPlainExcept(s) {
			out.FileOnly = l.word(s.Redirs[0].Word)
			return out
		}
	}
	out.Body = l.stmts(c.Stmts)
	return out
}

func isPlainExcept(s *syntax.Stmt) bool { return !s.Negated && !s.Background }

// extGlob is ?(…) and its like: literal text around parts that are read as
// words of their own.
func (l *lowerer) extGlob(out []ast.Part, p *syntax.ExtGlob, in context) []ast.Part {
	lit := func(s string) { out = append(out, &ast.Lit{Text: s, Quoted: in.quoted()}) }
	lit(p.Op.String())
	text := p.Pattern.Value
	for len(text) > 0 {
		n := pieceLen(text)
		if n == 0 {
			lit(text[:1])
			text = text[1:]
			continue
		}
		out = append(out, l.reread(text[:n], p.OpPos)...)
		text = text[n:]
	}
	lit(")")
	return out
}

// pieceLen is how long the text before the next unquoted | ( or ) is.
func pieceLen(s string) int {
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '|', ')':
			return i
		case '(':
			// That of an expansion belongs to the text.
			if i == 0 || s[i-1] != '$' {
				return i
			}
			for depth := 0; i < len(s); i++ {
				if s[i] == '(' {
					depth++
				}
				if s[i] == ')' {
					if depth--; depth == 0 {
						break
					}
				}
			}
		case '\\':
			i++
		case '\'', '"', '`':
			for q := s[i]; i+1 < len(s) && s[i+1] != q; i++ {
				if s[i+1] == '\\' && q != '\'' {
					i++
				}
			}
			i++
		}
	}
	return len(s)
}

// reread parses text as one word.
func (l *lowerer) reread(text string, pos syntax.Pos) []ast.Part {
	l.deeper(pos)
	defer func() { l.depth-- }()
	var quoted []byte
	for i := 0; i < len(text); i++ {
		if c := text[i]; (c == ' ' || c == '\t' || c == '<' || c == '>' || c == '&' || c == ';' || c == '#') && (i == 0 || text[i-1] != '\\') && !strings.ContainsAny(text, `'"`+"`$") {
			quoted = append(quoted, '\\')
		}
		quoted = append(quoted, text[i])
	}
	inner := lowerer{src: quoted, base: l.line(pos) - 1, depth: l.depth}
	var out []ast.Part
	parser := syntax.NewParser(syntax.Variant(syntax.LangBash))
	for w, err := range parser.WordsSeq(strings.NewReader(string(quoted))) {
		if err != nil {
			return append(out, &ast.Lit{Text: decode(text)})
		}
		if len(out) > 0 {
			out = append(out, &ast.Lit{Text: " "})
		}
		out = append(out, inner.parts(w.Parts, outside)...)
	}
	return out
}
