package print

import (
	"strconv"

	"sysv/interp/ast"
	"sysv/interp/parse"
)

// command writes one command that is not a list.
func (p *printer) command(cmd ast.Command) {
	switch c := cmd.(type) {
	case *ast.Simple:
		p.simple(c)
	case *ast.Pipeline:
		p.pipeline(c)
	case *ast.Not:
		p.str("! ")
		switch c.Cmd.(type) {
		case *ast.Not, *ast.AndOr, *ast.List, *ast.Background:
			p.wrapped(c.Cmd)
		default:
			p.command(c.Cmd)
		}
	case *ast.AndOr:
		p.andOr(c)
	case *ast.List, *ast.Background:
		p.wrapped(cmd)
	case *ast.Subshell:
		p.str("(")
		if beginsWithParen(c.Body) {
			p.str(" ") // (( is arithmetic in bash
		}
		p.block(c.Body)
		p.str(")")
	case *ast.Group:
		p.str("{ ")
		p.body(c.Body)
		p.str("}")
	case *ast.Redirected:
		if isCompound(c.Cmd) {
			p.command(c.Cmd)
		} else {
			p.wrapped(c.Cmd)
		}
		p.redirs(c.Redirs)
	case *ast.If:
		p.ifClause(c)
	case *ast.While:
		if c.Until {
			p.str("until ")
		} else {
			p.str("while ")
		}
		p.body(c.Cond)
		p.doDone(c.Body)
	case *ast.For:
		p.str("for ")
		p.forWords(c)
	case *ast.Case:
		p.caseClause(c)
	case *ast.FuncDecl:
		p.str(c.Name)
		p.str("() ")
		p.element(c.Body)
	default:
		p.bash(cmd)
	}
}

// isCompound tells the commands that can have redirections after them.
func isCompound(cmd ast.Command) bool {
	switch cmd.(type) {
	case *ast.Subshell, *ast.Group, *ast.If, *ast.While, *ast.For, *ast.Case,
		*ast.Test, *ast.ArithCmd, *ast.ArithFor, *ast.Select:
		return true
	}
	return false
}

// element writes what can be one command of a pipeline.
func (p *printer) element(cmd ast.Command) {
	switch cmd.(type) {
	case *ast.Not, *ast.AndOr, *ast.List, *ast.Background, *ast.Pipeline, *ast.Time:
		p.wrapped(cmd)
	default:
		p.command(cmd)
	}
}

func (p *printer) pipeline(c *ast.Pipeline) {
	for i, cmd := range c.Cmds {
		if i > 0 {
			if i-1 < len(c.Merge) && c.Merge[i-1] {
				p.str(" |& ")
			} else {
				p.str(" | ")
			}
			p.toLine(startLine(cmd))
		}
		p.element(cmd)
	}
}

func (p *printer) andOr(c *ast.AndOr) {
	switch c.Left.(type) {
	case *ast.List, *ast.Background:
		p.wrapped(c.Left)
	default:
		p.command(c.Left)
	}
	if c.Or {
		p.str(" || ")
	} else {
		p.str(" && ")
	}
	p.toLine(startLine(c.Right))
	switch c.Right.(type) {
	case *ast.List, *ast.Background, *ast.AndOr:
		p.wrapped(c.Right)
	default:
		p.command(c.Right)
	}
}

func (p *printer) ifClause(c *ast.If) {
	p.str("if ")
	for {
		p.body(c.Cond)
		p.str("then ")
		p.body(c.Then)
		elif, ok := c.Else.(*ast.If)
		if !ok {
			break
		}
		p.str("elif ")
		c = elif
	}
	if c.Else != nil {
		p.str("else ")
		p.body(c.Else)
	}
	p.str("fi")
}

func (p *printer) doDone(body ast.Command) {
	p.str("do ")
	p.body(body)
	p.str("done")
}

// forWords writes a for without its first word, which may be select.
func (p *printer) forWords(c *ast.For) {
	p.str(c.Name)
	if c.In {
		p.str(" in")
		p.words(c.Words)
	}
	p.str("; ")
	p.doDone(c.Body)
}

func (p *printer) words(words []*ast.Word) {
	for _, w := range words {
		p.str(" ")
		p.joinTo(w.Line)
		p.word(w)
	}
}

func (p *printer) caseClause(c *ast.Case) {
	p.str("case ")
	p.word(c.Word)
	p.str(" in ")
	for _, clause := range c.Clauses {
		p.toLine(clause.Patterns[0].Line)
		if text, ok := clause.Patterns[0].Lit(); ok && text == "esac" {
			p.str("(")
		}
		for i, w := range clause.Patterns {
			if i > 0 {
				p.str("|")
			}
			p.joinTo(w.Line)
			p.word(w)
		}
		p.str(") ")
		p.block(clause.Body)
		switch {
		case clause.TestNext:
			p.str(" ;;& ")
		case clause.FallThrough:
			p.str(" ;& ")
		default:
			p.str(" ;; ")
		}
	}
	p.str("esac")
}

func (p *printer) simple(c *ast.Simple) {
	n := 0
	space := func() {
		if n == 1 {
			// The command's line is the one where its first word ends.
			p.joinTo(c.Line)
		}
		if n > 0 {
			p.str(" ")
		}
		n++
	}
	redirs := c.Redirs
	if len(c.Assigns) == 0 && len(c.Args) > 0 && len(redirs) > 0 {
		// A word that is reserved can only be a command's name after a
		// redirection.
		if text, ok := c.Args[0].Lit(); ok && parse.IsKeyword(text) {
			for _, r := range redirs {
				space()
				p.redir(r)
			}
			redirs = nil
		}
	}
	for _, a := range c.Assigns {
		space()
		if a.Value != nil {
			p.joinTo(a.Value.Line)
		}
		p.assign(a)
	}
	for _, w := range c.Args {
		space()
		p.joinTo(w.Line)
		p.word(w)
	}
	for _, r := range redirs {
		space()
		p.redir(r)
	}
	if n == 1 {
		p.joinTo(c.Line)
	}
}

func (p *printer) assign(a *ast.Assign) {
	p.str(a.Name)
	if a.Index != nil {
		p.str("[")
		p.parts(a.Index.Parts, context{})
		p.str("]")
	}
	if a.Append {
		p.str("+")
	}
	p.str("=")
	if a.IsArray {
		p.array(a.Array)
		return
	}
	if a.Value != nil {
		p.parts(a.Value.Parts, context{})
	}
}

func (p *printer) redirs(redirs []*ast.Redir) {
	for _, r := range redirs {
		p.str(" ")
		p.redir(r)
	}
}

func (p *printer) redir(r *ast.Redir) {
	p.joinTo(r.Line)
	switch {
	case r.FdVar != "":
		p.str("{" + r.FdVar + "}")
	case r.Fd >= 0:
		p.str(strconv.Itoa(r.Fd))
	}
	p.str(redirText(r.Op))
	if r.Op != ast.RedirHere {
		p.word(r.Word)
		return
	}
	mark := p.chooseMark(r.Word)
	p.docs = append(p.docs, doc{r, mark})
	if _, ok := literalBody(r.Word); ok {
		p.str("'" + mark + "'")
	} else {
		p.str(mark)
	}
}

func redirText(op ast.RedirOp) string {
	switch op {
	case ast.RedirIn:
		return "<"
	case ast.RedirOut:
		return ">"
	case ast.RedirClobber:
		return ">|"
	case ast.RedirAppend:
		return ">>"
	case ast.RedirInOut:
		return "<>"
	case ast.RedirDupIn:
		return "<&"
	case ast.RedirDupOut:
		return ">&"
	case ast.RedirHere:
		return "<<"
	case ast.RedirHereStr:
		return "<<<"
	case ast.RedirAll:
		return "&>"
	}
	return "&>>"
}

// beginsWithParen tells that a command's text begins with a parenthesis.
func beginsWithParen(cmd ast.Command) bool {
	switch c := cmd.(type) {
	case *ast.Subshell, *ast.ArithCmd:
		return true
	case *ast.Pipeline:
		return beginsWithParen(c.Cmds[0])
	case *ast.AndOr:
		return beginsWithParen(c.Left)
	case *ast.List:
		return beginsWithParen(c.Cmds[0])
	case *ast.Background:
		return beginsWithParen(c.Cmd)
	case *ast.Redirected:
		return beginsWithParen(c.Cmd)
	}
	return false
}
