package print

import (
	"strconv"
	"strings"

	"sysv/interp/ast"
)

// Short is a command on one line as dash's jobs shows it (cmdtxt in its
// jobs.c): without assignments, a function's body, what is inside $(…), the
// redirections of compound commands, and all patterns of a case but the first
// of each. Quotes are shown as ", whatever they were.
func Short(cmd ast.Command) string {
	var s shortener
	s.command(cmd)
	return s.b.String()
}

type shortener struct{ b strings.Builder }

func (s *shortener) str(text string) { s.b.WriteString(text) }

func (s *shortener) command(cmd ast.Command) {
	switch c := cmd.(type) {
	case nil:
	case *ast.Simple:
		s.words(c.Args)
		for _, r := range c.Redirs {
			s.str(" ")
			s.redir(r)
		}
	case *ast.Pipeline:
		for i, cmd := range c.Cmds {
			if i > 0 {
				s.str(" | ")
			}
			s.command(cmd)
		}
	case *ast.Not:
		s.str("!")
		s.command(c.Cmd)
	case *ast.AndOr:
		s.command(c.Left)
		if c.Or {
			s.str(" || ")
		} else {
			s.str(" && ")
		}
		s.command(c.Right)
	case *ast.List:
		for i, cmd := range c.Cmds {
			if i > 0 {
				s.str("; ")
			}
			s.command(cmd)
		}
	case *ast.Background:
		s.command(c.Cmd)
	case *ast.Subshell:
		s.str("(")
		s.command(c.Body)
		s.str(")")
	case *ast.Group:
		s.command(c.Body)
	case *ast.Redirected:
		s.command(c.Cmd)
	default:
		s.compound(cmd)
	}
}

func (s *shortener) compound(cmd ast.Command) {
	switch c := cmd.(type) {
	case *ast.If:
		s.str("if ")
		s.command(c.Cond)
		s.str("; then ")
		s.command(c.Then)
		if c.Else != nil {
			s.str("; else ")
			s.command(c.Else)
		}
		s.str("; fi")
	case *ast.While:
		if c.Until {
			s.str("until ")
		} else {
			s.str("while ")
		}
		s.command(c.Cond)
		s.str("; do ")
		s.command(c.Body)
		s.str("; done")
	case *ast.For:
		s.str("for " + c.Name + " in ")
		if c.In {
			s.words(c.Words)
		} else {
			s.str(`"${@}"`)
		}
		s.str("; do ")
		s.command(c.Body)
		s.str("; done")
	case *ast.Case:
		s.str("case ")
		s.word(c.Word)
		s.str(" in ")
		for _, clause := range c.Clauses {
			s.word(clause.Patterns[0])
			s.str(") ")
			s.command(clause.Body)
			s.str(";; ")
		}
		s.str("esac")
	case *ast.FuncDecl:
		s.str(c.Name + "() { ... }")
	default:
		s.str(strings.ReplaceAll(String(cmd), "\n", " ")) // bash's
	}
}

func (s *shortener) words(words []*ast.Word) {
	for i, w := range words {
		if i > 0 {
			s.str(" ")
		}
		s.word(w)
	}
}

func (s *shortener) redir(r *ast.Redir) {
	if r.Op == ast.RedirHere {
		s.str("<<...")
		return
	}
	fd := r.Fd
	if fd < 0 {
		fd = 1
		switch r.Op {
		case ast.RedirIn, ast.RedirDupIn, ast.RedirInOut, ast.RedirHereStr:
			fd = 0
		}
	}
	s.str(strconv.Itoa(fd) + redirText(r.Op))
	if text, ok := r.Word.Lit(); ok && text == "-" && (r.Op == ast.RedirDupIn || r.Op == ast.RedirDupOut) {
		s.str("/") // what dash has for -1
		return
	}
	s.word(r.Word)
}

func (s *shortener) word(w *ast.Word) { s.parts(w.Parts, false) }

// parts writes parts; open tells that quotes are open around them.
func (s *shortener) parts(parts []ast.Part, open bool) {
	now := open
	for _, part := range parts {
		if q := isQuoted(part) || open; q != now {
			s.str(`"`)
			now = q
		}
		s.part(part, now)
		if lit, ok := part.(*ast.Lit); ok && lit.Text == "" && now && !open {
			s.str(`"`)
			now = false
		}
	}
	if now != open {
		s.str(`"`)
	}
}

func (s *shortener) part(part ast.Part, quoted bool) {
	switch x := part.(type) {
	case *ast.Lit:
		s.text(x.Text)
	case *ast.Param:
		s.param(x, quoted)
	case *ast.CmdSubst:
		s.str("$(...)")
	case *ast.Arith:
		s.str("$((")
		s.parts(x.Expr.Parts, true)
		s.str("))")
	default:
		var p printer
		p.part(part, context{})
		s.str(string(p.out))
	}
}

// text writes literal text: a quote or a dollar sign gets a backslash,
// as these can only stand there in quotes.
func (s *shortener) text(text string) {
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '\'', '"', '$':
			s.b.WriteByte('\\')
			s.b.WriteByte(c)
		default:
			s.b.WriteByte(c)
		}
	}
}

func (s *shortener) param(x *ast.Param, quoted bool) {
	switch {
	case x.Bad != "" || isBash(x):
		var p printer
		p.part(x, context{})
		s.str(string(p.out))
		return
	case x.Op == ast.ParamLength:
		s.str("${#" + x.Name + "}")
		return
	}
	s.str("${" + x.Name)
	if x.Colon {
		s.str(":")
	}
	s.str(paramOp(x.Op))
	if x.Arg != nil {
		s.parts(x.Arg.Parts, quoted && argContext(x.Op, context{syntax: inDouble}).syntax != outside)
	}
	s.str("}")
}
