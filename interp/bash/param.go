package bash

import (
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"sysv/interp/ast"
)

// param is a parameter expansion.
func (l *lowerer) param(p *syntax.ParamExp, in context) ast.Part {
	l.deeper(p.Pos())
	defer func() { l.depth-- }()
	out := &ast.Param{Line: l.line(p.Pos()), At: l.span(p), Quoted: in.quoted()}
	if p.Param == nil {
		out.Bad = l.text(p.Dollar, p.Rbrace)
		return out
	}
	out.Name = decode(p.Param.Value)
	if out.Name == standIn && l.stand != nil {
		return l.stand
	}
	l.index(out, p)
	switch {
	case p.Length:
		out.Op = ast.ParamLength
	case p.Excl && p.Names != 0:
		out.Names = '*'
		if p.Names == syntax.NamesPrefixWords {
			out.Names = '@'
		}
	case p.Excl && out.IndexAll != 0:
		out.Keys = true
	case p.Excl:
		out.Indirect = true
	}
	switch {
	case p.Slice != nil:
		out.Op = ast.ParamSlice
		out.Offset = l.optionalArith(p.Slice.Offset)
		if out.Offset == nil {
			out.Offset = &ast.Word{}
		}
		out.Length = l.optionalArith(p.Slice.Length)
	case p.Repl != nil:
		l.replace(out, p.Repl)
	case p.Exp != nil:
		l.operator(out, p.Exp, in)
	}
	return out
}

// text is what stands between two positions, both included.
func (l *lowerer) text(from, to syntax.Pos) string {
	a, b := int(from.Offset()), int(to.Offset())+1
	if a > b || b > len(l.src) {
		return ""
	}
	return decode(string(l.src[a:b]))
}

func (l *lowerer) index(out *ast.Param, p *syntax.ParamExp) {
	if p.Index == nil {
		return
	}
	if w, ok := p.Index.(*syntax.Word); ok && len(w.Parts) == 1 {
		if lit, ok := w.Parts[0].(*syntax.Lit); ok && (lit.Value == "@" || lit.Value == "*") {
			out.IndexAll = lit.Value[0]
			return
		}
	}
	out.Index = l.arith(p.Index)
}

// replace is ${x/pattern/text}: a # or % at the beginning of the pattern ties
// it to the beginning or the end.
func (l *lowerer) replace(out *ast.Param, r *syntax.Replace) {
	out.Op, out.All = ast.ParamReplace, r.All
	out.Arg = l.word(r.Orig)
	out.Repl = l.word(r.With)
	if out.All || len(out.Arg.Parts) == 0 {
		return
	}
	lit, ok := out.Arg.Parts[0].(*ast.Lit)
	if !ok || lit.Quoted || lit.Text == "" || lit.Text[0] != '#' && lit.Text[0] != '%' {
		return
	}
	out.Anchor = lit.Text[0]
	if lit.Text = lit.Text[1:]; lit.Text == "" {
		out.Arg.Parts = out.Arg.Parts[1:]
	}
}

// operator is ${x-word} and the other operators with a word.
func (l *lowerer) operator(out *ast.Param, e *syntax.Expansion, in context) {
	asWord := false
	switch e.Op {
	case syntax.AlternateUnset, syntax.AlternateUnsetOrNull:
		out.Op, asWord = ast.ParamAlt, true
	case syntax.DefaultUnset, syntax.DefaultUnsetOrNull:
		out.Op, asWord = ast.ParamDefault, true
	case syntax.ErrorUnset, syntax.ErrorUnsetOrNull:
		out.Op, asWord = ast.ParamError, true
	case syntax.AssignUnset, syntax.AssignUnsetOrNull:
		out.Op, asWord = ast.ParamAssign, true
	case syntax.RemSmallSuffix:
		out.Op = ast.ParamTrimSuffix
	case syntax.RemLargeSuffix:
		out.Op = ast.ParamTrimSuffixMax
	case syntax.RemSmallPrefix:
		out.Op = ast.ParamTrimPrefix
	case syntax.RemLargePrefix:
		out.Op = ast.ParamTrimPrefixMax
	case syntax.UpperFirst:
		out.Op = ast.ParamUpper
	case syntax.UpperAll:
		out.Op = ast.ParamUpperAll
	case syntax.LowerFirst:
		out.Op = ast.ParamLower
	case syntax.LowerAll:
		out.Op = ast.ParamLowerAll
	case syntax.OtherParamOps:
		out.Op = ast.ParamTransform
	}
	switch e.Op {
	case syntax.AlternateUnsetOrNull, syntax.DefaultUnsetOrNull, syntax.ErrorUnsetOrNull, syntax.AssignUnsetOrNull:
		out.Colon = true
	}
	if e.Word == nil {
		out.Arg = &ast.Word{}
		return
	}
	if !asWord || !in.quoted() {
		out.Arg = l.word(e.Word)
		return
	}
	out.Arg = &ast.Word{Line: l.line(e.Word.Pos()), Parts: l.parts(e.Word.Parts, inBraces)}
}

// optionalArith is arith, or nil for none.
func (l *lowerer) optionalArith(x syntax.ArithmExpr) *ast.Word {
	if x == nil {
		return nil
	}
	return l.arith(x)
}

// arith is an arithmetic expression or a subscript as a word: its text, with
// the expansions in it.
func (l *lowerer) arith(x syntax.ArithmExpr) *ast.Word {
	return l.arithText(x, int(x.Pos().Offset()), int(x.End().Offset()))
}

// arithText is that, from and up to an offset of the source.
func (l *lowerer) arithText(x syntax.ArithmExpr, from, to int) *ast.Word {
	a := arithLowerer{l: l, at: from}
	a.out.Line = l.line(posOf(x))
	if x != nil {
		a.walk(x)
	}
	a.gap(to)
	return &a.out
}

func posOf(x syntax.ArithmExpr) syntax.Pos {
	if x == nil {
		return syntax.NewPos(0, 1, 1)
	}
	return x.Pos()
}

// arithLowerer goes through the words of an expression; what is between them,
// operators and blanks, is taken from the source.
type arithLowerer struct {
	l   *lowerer
	out ast.Word
	at  int
}

func (a *arithLowerer) lit(s string) {
	if s != "" {
		a.out.Parts = append(a.out.Parts, &ast.Lit{Text: s, Quoted: true})
	}
}

func (a *arithLowerer) gap(to int) {
	to = min(to, len(a.l.src))
	if to > a.at {
		a.lit(decode(strings.ReplaceAll(string(a.l.src[a.at:to]), "\\\n", "")))
		a.at = to
	}
}

func (a *arithLowerer) walk(x syntax.ArithmExpr) {
	a.l.deeper(x.Pos())
	defer func() { a.l.depth-- }()
	switch x := x.(type) {
	case *syntax.BinaryArithm:
		a.walk(x.X)
		a.walk(x.Y)
	case *syntax.UnaryArithm:
		a.walk(x.X)
	case *syntax.ParenArithm:
		a.walk(x.X)
	case *syntax.Word:
		a.gap(int(x.Pos().Offset()))
		a.word(x)
		a.at = int(x.End().Offset())
	}
}

func (a *arithLowerer) word(w *syntax.Word) {
	for _, p := range w.Parts {
		switch p := p.(type) {
		case *syntax.Lit:
			a.lit(strings.ReplaceAll(decode(p.Value), "\\", ""))
		case *syntax.ParamExp:
			if p.Dollar.IsValid() {
				a.out.Parts = append(a.out.Parts, a.l.param(p, inDouble))
				continue
			}
			// name[…] without a dollar is the evaluator's to read.
			a.lit(p.Param.Value)
			if p.Index != nil {
				a.lit("[")
				a.out.Parts = append(a.out.Parts, a.l.arith(p.Index).Parts...)
				a.lit("]")
			}
		default:
			a.out.Parts = a.l.part(a.out.Parts, p, inDouble)
		}
	}
}
