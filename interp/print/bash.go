package print

import "sysv/interp/ast"

// bash writes the commands that only bash has.
func (p *printer) bash(cmd ast.Command) {
	switch c := cmd.(type) {
	case *ast.Test:
		p.str("[[ ")
		p.test(c.X)
		p.str(" ]]")
	case *ast.ArithCmd:
		p.str("((")
		p.arithWord(c.Expr)
		p.str("))")
	case *ast.ArithFor:
		p.str("for ((")
		p.arithWord(c.Init)
		p.str("; ")
		p.arithWord(c.Cond)
		p.str("; ")
		p.arithWord(c.Post)
		p.str(")); ")
		p.doDone(c.Body)
	case *ast.Time:
		p.str("time")
		if c.Posix {
			p.str(" -p")
		}
		if c.Cmd != nil {
			p.str(" ")
			switch c.Cmd.(type) {
			case *ast.AndOr, *ast.List, *ast.Background:
				p.wrapped(c.Cmd)
			default:
				p.command(c.Cmd)
			}
		}
	case *ast.Select:
		p.str("select ")
		p.forWords(&c.For)
	}
}

func (p *printer) arithWord(w *ast.Word) {
	if w != nil {
		p.parts(w.Parts, context{syntax: inArith})
	}
}

// test writes an expression of [[ ]].
func (p *printer) test(x ast.TestExpr) {
	switch x := x.(type) {
	case *ast.TestBinary:
		p.test(x.X)
		p.str(" " + x.Op + " ")
		p.test(x.Y)
	case *ast.TestUnary:
		if x.Op == "(" {
			p.str("( ")
			p.test(x.X)
			p.str(" )")
			return
		}
		p.str(x.Op + " ")
		p.test(x.X)
	case *ast.TestWord:
		p.word(x.Word)
	}
}

// array writes the elements of name=(…).
func (p *printer) array(elements []*ast.Element) {
	p.str("(")
	for i, e := range elements {
		if i > 0 {
			p.str(" ")
		}
		if e.Index == nil {
			p.word(e.Value)
			continue
		}
		p.str("[")
		p.parts(e.Index.Parts, context{})
		p.str("]=")
		if e.Value != nil {
			p.parts(e.Value.Parts, context{})
		}
	}
	p.str(")")
}

// isBash tells an expansion that dash does not have.
func isBash(x *ast.Param) bool {
	return x.Index != nil || x.IndexAll != 0 || x.Indirect || x.Names != 0 || x.Keys ||
		x.Op >= ast.ParamSlice
}

func (p *printer) bashParam(x *ast.Param, in context) {
	p.str("${")
	if x.Op == ast.ParamLength {
		p.str("#")
	}
	if x.Indirect || x.Names != 0 || x.Keys {
		p.str("!")
	}
	p.str(x.Name)
	switch {
	case x.Names != 0:
		p.str(string(x.Names))
	case x.IndexAll != 0:
		p.str("[" + string(x.IndexAll) + "]")
	case x.Keys:
		p.str("[@]")
	case x.Index != nil:
		p.str("[")
		p.parts(x.Index.Parts, context{syntax: inArith})
		p.str("]")
	}
	if x.Op != ast.ParamLength {
		p.bashOperator(x, in)
	}
	p.str("}")
}

// bashOperator writes the operator and its words. Patterns are read as
// outside quotes.
func (p *printer) bashOperator(x *ast.Param, in context) {
	pattern := context{braces: true}
	arg := func(in context) {
		if x.Arg != nil {
			p.parts(x.Arg.Parts, in)
		}
	}
	switch x.Op {
	case ast.ParamSlice:
		p.str(":")
		if x.Offset != nil {
			if text, ok := firstText(x.Offset); ok && text != "" && text[0] == '-' {
				p.str(" ") // :- is another operator
			}
			p.arithWord(x.Offset)
		}
		if x.Length != nil {
			p.str(":")
			p.arithWord(x.Length)
		}
	case ast.ParamReplace:
		p.str("/")
		switch {
		case x.All:
			p.str("/")
		case x.Anchor != 0:
			p.str(string(x.Anchor))
		}
		arg(pattern)
		if x.Repl != nil {
			p.str("/")
			p.parts(x.Repl.Parts, pattern)
		}
	case ast.ParamUpper:
		p.str("^")
		arg(pattern)
	case ast.ParamUpperAll:
		p.str("^^")
		arg(pattern)
	case ast.ParamLower:
		p.str(",")
		arg(pattern)
	case ast.ParamLowerAll:
		p.str(",,")
		arg(pattern)
	case ast.ParamTransform:
		p.str("@")
		arg(pattern)
	default:
		if x.Colon {
			p.str(":")
		}
		p.str(paramOp(x.Op))
		arg(argContext(x.Op, in))
	}
}

func firstText(w *ast.Word) (string, bool) {
	if len(w.Parts) == 0 {
		return "", false
	}
	lit, ok := w.Parts[0].(*ast.Lit)
	if !ok {
		return "", false
	}
	return lit.Text, true
}
