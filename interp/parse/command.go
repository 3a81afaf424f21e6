package parse

import (
	"strings"

	"sysv/interp/ast"
)

// list reads commands up to what cannot be one. At the top it is one line,
// ended by a newline or the end of the input, which end tells; otherwise
// newlines only separate. mayBeEmpty is for where no command need stand.
func (p *Parser) list(top, mayBeEmpty bool) (cmd ast.Command, end bool) {
	base := len(p.cmds)
	check := checkKeyword | checkAlias
	if !top {
		check |= checkNewline
	}
	for {
		p.kwd = check
		switch p.next() {
		case tNewline: // only at the top
			p.readHereDocs()
			return p.takeList(base), false
		case tEOF:
			return p.listEOF(base, top)
		}
		p.pushback = true
		if mayBeEmpty && p.tok.endsList() {
			return p.takeList(base), false
		}
		// After one command, or anywhere in $(…) and case, what ends a list
		// may come; at the top it is an error, found when it is parsed.
		mayBeEmpty = !top

		line := p.line
		cmd := p.andOr()
		t := p.next()
		if t == tAmp {
			cmd = &ast.Background{Line: line, Cmd: cmd}
		}
		p.cmds = append(p.cmds, cmd)
		switch t {
		case tEOF:
			return p.listEOF(base, top)
		case tNewline:
			p.pushback = true
		case tAmp, tSemi:
		default:
			if top {
				p.unexpected()
			}
			p.pushback = true
			return p.takeList(base), false
		}
	}
}

// listEOF is the end of the input in a list.
func (p *Parser) listEOF(base int, top bool) (cmd ast.Command, end bool) {
	end = top && len(p.cmds) == base
	p.readHereDocs()
	p.pushback = true
	p.tok = tEOF
	return p.takeList(base), end
}

// takeList makes one command of those read since base.
func (p *Parser) takeList(base int) ast.Command {
	cmds := p.cmds[base:]
	var cmd ast.Command
	switch len(cmds) {
	case 0:
	case 1:
		cmd = cmds[0]
	default:
		cmd = &ast.List{Cmds: append([]ast.Command(nil), cmds...)}
	}
	clear(cmds)
	p.cmds = p.cmds[:base]
	return cmd
}

func (p *Parser) andOr() ast.Command {
	left := p.pipeline()
	for n := 1; ; n++ {
		t := p.next()
		if t != tAndAnd && t != tOrOr {
			p.pushback = true
			return left
		}
		p.chained(n)
		p.kwd = checkNewline | checkKeyword | checkAlias
		left = &ast.AndOr{Or: t == tOrOr, Left: left, Right: p.pipeline()}
	}
}

func (p *Parser) pipeline() ast.Command {
	not := p.next() == tNot
	if not {
		p.kwd = checkKeyword | checkAlias
	} else {
		p.pushback = true
	}
	line := p.line
	cmd := p.command()
	if p.next() == tPipe {
		pipe := &ast.Pipeline{Line: line, Cmds: []ast.Command{cmd}}
		for {
			p.kwd = checkNewline | checkKeyword | checkAlias
			pipe.Cmds = append(pipe.Cmds, p.command())
			if p.next() != tPipe {
				break
			}
		}
		cmd = pipe
	}
	p.pushback = true
	if not {
		return &ast.Not{Cmd: cmd}
	}
	return cmd
}

// command reads one simple or compound command.
func (p *Parser) command() ast.Command {
	line := p.line
	var cmd ast.Command
	var end token
	t := p.next()
	var at ast.Span
	if t == tLeftParen {
		at = p.span(p.pos-1, p.pos)
	} else if p.word != nil {
		at = p.word.At
	}
	switch t {
	case tWord, tRedir:
		p.pushback = true
		return p.simple()
	case tIf:
		p.deeper()
		cmd, end = p.ifClause(), tFi
	case tWhile, tUntil:
		p.deeper()
		cmd, end = p.while(t == tUntil), tDone
	case tFor:
		p.deeper()
		cmd, end = p.forClause(line), tDone
	case tCase:
		p.deeper()
		cmd, end = p.caseClause(line), tEsac
	case tLeftParen:
		p.deeper()
		body, _ := p.list(false, false)
		cmd, end = &ast.Subshell{Line: line, Body: body}, tRightParen
	case tBegin:
		p.deeper()
		body, _ := p.list(false, false)
		cmd, end = &ast.Group{Body: body}, tEnd
	default:
		p.unexpected()
	}
	if end != tEsac && p.next() != end {
		p.expect(end)
	}
	p.depth--
	at = p.until(at)
	p.place(cmd, at)
	p.lastEnd = at.End

	p.kwd = checkKeyword | checkAlias
	var redirs []*ast.Redir
	for p.next() == tRedir {
		redirs = append(redirs, p.redirTarget())
	}
	p.pushback = true
	if redirs == nil {
		return cmd
	}
	return &ast.Redirected{Line: line, Cmd: cmd, Redirs: redirs}
}

// place sets where a compound command stands.
func (p *Parser) place(cmd ast.Command, at ast.Span) {
	switch c := cmd.(type) {
	case *ast.If:
		c.At = at
	case *ast.While:
		c.At = at
	case *ast.For:
		c.At = at
	case *ast.Case:
		c.At = at
	case *ast.Subshell:
		c.At = at
	}
}

func (p *Parser) then() {
	if p.next() != tThen {
		p.expect(tThen)
	}
}

func (p *Parser) ifClause() ast.Command {
	first := &ast.If{}
	first.Cond, _ = p.list(false, false)
	p.then()
	first.Then, _ = p.list(false, false)
	last := first
	for n := 1; p.next() == tElif; n++ {
		p.chained(n)
		elif := &ast.If{At: p.word.At}
		elif.Cond, _ = p.list(false, false)
		p.then()
		elif.Then, _ = p.list(false, false)
		elif.At = join(elif.At, p.word.At.Pos)
		last.Else = elif
		last = elif
	}
	if p.tok == tElse {
		last.Else, _ = p.list(false, false)
	} else {
		p.pushback = true
	}
	return first
}

func (p *Parser) while(until bool) ast.Command {
	w := &ast.While{Until: until}
	w.Cond, _ = p.list(false, false)
	if p.next() != tDo {
		p.expect(tDo)
	}
	w.Body, _ = p.list(false, false)
	return w
}

func (p *Parser) forClause(line int) ast.Command {
	f := &ast.For{Line: line}
	if p.next() != tWord || p.quoted {
		p.fail("Bad for loop variable")
	}
	name, ok := p.word.Lit()
	if !ok || !IsName(name) {
		p.fail("Bad for loop variable")
	}
	f.Name = name
	p.kwd = checkNewline | checkKeyword | checkAlias
	if p.next() == tIn {
		f.In = true
		for p.next() == tWord {
			f.Words = append(f.Words, p.word)
		}
		if p.tok != tNewline && p.tok != tSemi {
			p.unexpected()
		}
	} else if p.tok != tSemi {
		p.pushback = true
	}
	p.kwd = checkNewline | checkKeyword | checkAlias
	if p.next() != tDo {
		p.expect(tDo)
	}
	f.Body, _ = p.list(false, false)
	return f
}

func (p *Parser) caseClause(line int) ast.Command {
	if p.next() != tWord {
		p.expect(tWord)
	}
	c := &ast.Case{Line: line, Word: p.word}
	p.kwd = checkNewline | checkKeyword | checkAlias
	if p.next() != tIn {
		p.expect(tIn)
	}
	for {
		p.kwd = checkNewline | checkKeyword
		if p.next() == tEsac {
			return c
		}
		clause := p.clause()
		c.Clauses = append(c.Clauses, clause)
		p.kwd = checkNewline | checkKeyword
		switch p.next() {
		case tEsac:
			clause.At = join(clause.At, p.word.At.Pos)
			return c
		case tEndCase:
			clause.At = join(clause.At, p.span(p.pos-2, p.pos).Pos)
		default:
			p.expect(tEndCase)
		}
	}
}

// clause reads patterns and a body. The first token of the patterns has been
// read. dash does not look what token a pattern is: one that is not a word
// counts as the word before it.
func (p *Parser) clause() *ast.Clause {
	if p.tok == tLeftParen {
		p.next()
	}
	clause := &ast.Clause{}
	if p.word != nil {
		clause.At = p.word.At
	}
	for {
		clause.Patterns = append(clause.Patterns, p.word)
		if p.next() != tPipe {
			break
		}
		p.next()
	}
	if p.tok != tRightParen {
		p.expect(tRightParen)
	}
	clause.Body, _ = p.list(false, true)
	return clause
}

// join is from a place to an end, which is 0 if it is not known.
func join(at ast.Span, end int32) ast.Span {
	if !at.Known() || end <= at.Pos {
		return ast.Span{}
	}
	return ast.Span{Pos: at.Pos, End: end}
}

// simple reads a simple command, or a function's definition.
func (p *Parser) simple() ast.Command {
	s := p.nodes.simples.next()
	s.Line = p.line
	var argArray [8]*ast.Word
	args := argArray[:0]
	kwd := checkAlias
	for {
		p.kwd = kwd
		switch p.next() {
		case tWord:
			if kwd != 0 {
				if a := assignment(p.word); a != nil {
					s.Assigns = append(s.Assigns, a)
					continue
				}
			}
			args = append(args, p.word)
			kwd = 0
			continue
		case tRedir:
			s.Redirs = append(s.Redirs, p.redirTarget())
			continue
		case tLeftParen:
			if len(args) == 1 && s.Assigns == nil && s.Redirs == nil {
				return p.function(args[0])
			}
		}
		p.pushback = true
		s.Args = p.nodes.args.take(args)
		return s
	}
}

// function reads the rest of a definition, whose ( has been read.
func (p *Parser) function(word *ast.Word) ast.Command {
	if p.next() != tRightParen {
		p.expect(tRightParen)
	}
	name, ok := word.Lit()
	if !ok || !IsName(name) || isSpecialBuiltin(name) {
		p.fail("Bad function name")
	}
	p.kwd = checkNewline | checkKeyword | checkAlias
	f := &ast.FuncDecl{Line: p.line, Name: name}
	p.deeper()
	p.lastEnd = 0
	f.Body = p.command()
	p.depth--
	f.At = join(word.At, p.lastEnd)
	return f
}

// isSpecialBuiltin tells the built-ins whose names cannot be a function's:
// POSIX's special ones, and dash's local.
func isSpecialBuiltin(name string) bool {
	switch name {
	case "break", "continue", "eval", "exec", "exit", "export", "local", "readonly",
		"return", "set", "shift", "times", "trap", "unset":
		return true
	}
	return false
}

// assignment takes a word as an assignment, if it is one; the word is changed.
func assignment(w *ast.Word) *ast.Assign {
	if len(w.Parts) == 0 {
		return nil
	}
	lit, ok := w.Parts[0].(*ast.Lit)
	if !ok || lit.Quoted {
		return nil
	}
	i := strings.IndexByte(lit.Text, '=')
	if i <= 0 || nameLen(lit.Text) != i {
		return nil
	}
	a := &ast.Assign{Name: lit.Text[:i], Value: w}
	if lit.Text = lit.Text[i+1:]; lit.Text == "" {
		w.Parts = w.Parts[1:]
	}
	return a
}
