package print

import (
	"bytes"
	"strconv"
	"strings"

	"sysv/interp/ast"
)

// syntax is what characters mean where text is written.
type syntax int

const (
	outside  syntax = iota // outside quotes
	inDouble               // inside "…"
	inDoc                  // in a here-document that is expanded
	inArith                // inside $((…))
)

type context struct {
	syntax syntax
	braces bool // inside ${…}
}

// word writes a word; one without parts is written as an empty string.
func (p *printer) word(w *ast.Word) {
	if len(w.Parts) == 0 {
		p.str("''")
		return
	}
	p.parts(w.Parts, context{})
}

// parts writes the parts of a word.
func (p *printer) parts(parts []ast.Part, in context) {
	if in.syntax != outside {
		for _, part := range parts {
			p.part(part, in)
		}
		return
	}
	for len(parts) > 0 {
		n := 0
		for n < len(parts) && isQuoted(parts[n]) {
			n++
		}
		if n == 0 {
			p.part(parts[0], in)
			parts = parts[1:]
			continue
		}
		p.quoted(parts[:n], in.braces)
		parts = parts[n:]
	}
}

func isQuoted(part ast.Part) bool {
	switch x := part.(type) {
	case *ast.Lit:
		return x.Quoted
	case *ast.Param:
		return x.Quoted
	case *ast.CmdSubst:
		return x.Quoted
	case *ast.Arith:
		return x.Quoted
	}
	return false
}

// quoted writes parts that are quoted, in quotes.
func (p *printer) quoted(parts []ast.Part, braces bool) {
	open := false
	set := func(want bool) {
		if open != want {
			p.str(`"`)
			open = want
		}
	}
	for _, part := range parts {
		lit, ok := part.(*ast.Lit)
		switch {
		case ok && lit.Text == "":
			set(false)
			p.str("''")
			continue
		case ok && !open && len(parts) == 1 && !strings.Contains(lit.Text, "'"):
			p.str("'" + lit.Text + "'")
			continue
		}
		set(true)
		p.part(part, context{inDouble, braces})
	}
	set(false)
}

// part writes one part where its quotes, if any, are open.
func (p *printer) part(part ast.Part, in context) {
	switch x := part.(type) {
	case *ast.Lit:
		if in.syntax == outside {
			p.str(x.Text)
		} else {
			p.escaped(x.Text, in)
		}
	case *ast.Param:
		p.joinTo(x.Line)
		p.param(x, in)
	case *ast.CmdSubst:
		p.joinTo(x.Line)
		p.cmdSubst(x)
	case *ast.Arith:
		p.joinTo(x.Line)
		p.str("$((")
		p.parts(x.Expr.Parts, context{syntax: inArith})
		p.str("))")
	case *ast.ProcSubst:
		if x.Out {
			p.str(">(")
		} else {
			p.str("<(")
		}
		p.nested(x.Body)
		p.str(")")
	case *ast.ArrayLit:
		p.array(x.Elements)
	case *ast.ExtGlob:
		p.str(string(x.Op) + "(" + x.Pattern + ")")
	}
}

// escaped writes literal text inside double quotes or the like.
func (p *printer) escaped(text string, in context) {
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch c {
		case '$', '`':
			p.out = append(p.out, '\\')
		case '"':
			if in.syntax == inDouble || in.braces {
				p.out = append(p.out, '\\')
			}
		case '}':
			if in.braces {
				p.out = append(p.out, '\\')
			}
		case '\\':
			// A backslash stands for itself before most characters, and in
			// arithmetic that keeps the meaning of a parenthesis after it.
			if i+1 == len(text) || strings.IndexByte("\\`$\"}\n", text[i+1]) >= 0 {
				p.out = append(p.out, '\\')
			}
		case '\n':
			p.line++
		}
		p.out = append(p.out, c)
	}
}

func (p *printer) param(x *ast.Param, in context) {
	if x.Bad != "" {
		p.str(x.Bad)
		return
	}
	if isBash(x) {
		p.bashParam(x, in)
		return
	}
	op := paramOp(x.Op)
	switch {
	case x.Op == ast.ParamLength:
		p.str("${#" + x.Name + "}")
		return
	case x.Op == ast.ParamNone && !x.Colon && len(x.Name) == 1 && !isLetter(x.Name[0]):
		p.str("$" + x.Name)
		return
	}
	p.str("${" + x.Name)
	if x.Colon {
		p.str(":")
	}
	p.str(op)
	if x.Op == ast.ParamNone && x.Colon {
		p.str("}") // dash reads ${x:}word}
	}
	if x.Arg != nil {
		if len(x.Arg.Parts) == 0 && x.Name == "#" && !x.Colon && len(op) == 1 {
			p.str(`""`) // ${#-} is the length of $-
		}
		p.parts(x.Arg.Parts, argContext(x.Op, in))
	}
	p.str("}")
}

func isLetter(c byte) bool { return c == '_' || 'a' <= c|0x20 && c|0x20 <= 'z' }

// argContext is how the word of ${name…word} is read: a pattern as outside
// quotes, anything else as what stands around it.
func argContext(op ast.ParamOp, in context) context {
	in.braces = true
	if in.syntax == inArith {
		in.syntax = inDouble
	}
	switch op {
	case ast.ParamTrimSuffix, ast.ParamTrimSuffixMax, ast.ParamTrimPrefix, ast.ParamTrimPrefixMax:
		in.syntax = outside
	}
	return in
}

func paramOp(op ast.ParamOp) string {
	switch op {
	case ast.ParamDefault:
		return "-"
	case ast.ParamAssign:
		return "="
	case ast.ParamError:
		return "?"
	case ast.ParamAlt:
		return "+"
	case ast.ParamTrimSuffix:
		return "%"
	case ast.ParamTrimSuffixMax:
		return "%%"
	case ast.ParamTrimPrefix:
		return "#"
	case ast.ParamTrimPrefixMax:
		return "##"
	}
	return ""
}

func (p *printer) cmdSubst(x *ast.CmdSubst) {
	if x.Backquoted && x.FileOnly == nil {
		p.backquote(x)
		return
	}
	p.str("$(")
	if x.FileOnly != nil {
		p.str("<")
		p.word(x.FileOnly)
		p.str(")")
		return
	}
	if beginsWithParen(x.Body) {
		p.str(" ")
	}
	p.nested(x.Body)
	p.str(")")
}

// nested writes the commands of a substitution. Its here-documents are its
// own.
func (p *printer) nested(body ast.Command) {
	saved := p.docs
	p.docs = nil
	p.block(body)
	for _, d := range p.docs {
		// One that has not begun before the ) is empty.
		if len(d.redir.Word.Parts) > 0 {
			p.newline()
			break
		}
	}
	p.docs = saved
}

// backquote writes `…`, whose lines count from 1, as it was read.
func (p *printer) backquote(x *ast.CmdSubst) {
	inner := printer{line: 1, keep: p.keep, trial: p.trial}
	inner.block(x.Body)
	inner.lastDocs()
	p.str("`")
	for _, c := range inner.out {
		switch c {
		case '\\', '`':
			p.out = append(p.out, '\\')
		case '\n':
			p.line++
		}
		p.out = append(p.out, c)
	}
	p.str("`")
}

// literalBody is the text of a here-document in which nothing is expanded.
func literalBody(w *ast.Word) (string, bool) {
	switch len(w.Parts) {
	case 0:
		return "", true
	case 1:
		if lit, ok := w.Parts[0].(*ast.Lit); ok {
			return lit.Text, true
		}
	}
	return "", false
}

// chooseMark finds a delimiter that is not in the text.
func (p *printer) chooseMark(w *ast.Word) string {
	var body []byte
	if text, ok := literalBody(w); ok {
		body = []byte(text)
	} else if !p.trial {
		// Inside a trial the delimiters do not matter, and choosing them
		// would double the work with each level.
		p := printer{trial: true}
		p.parts(w.Parts, context{syntax: inDoc})
		body = p.out
	}
	mark := "EOF"
	for n := 1; bytes.Contains(body, []byte(mark)); n++ {
		mark = "EOF" + strconv.Itoa(n)
	}
	return mark
}
