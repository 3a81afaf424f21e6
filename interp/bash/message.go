package bash

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"mvdan.cc/sh/v3/syntax"

	"sysv/interp/parse"
)

// syntaxError is the parser's error in bash's words. bash names the token that
// it did not expect; the parser often names another place, so the token is
// looked for by reading the text as POSIX shell, where that fails too.
func (p *Parser) syntaxError(err error) *SyntaxError {
	var e syntax.ParseError
	if !errors.As(err, &e) {
		if lang, ok := errors.AsType[syntax.LangError](err); ok {
			return p.near(lang.Pos, "")
		}
		return &SyntaxError{Line: p.line, Msg: "syntax error: " + err.Error()}
	}
	last := p.base + 1 + bytes.Count(p.src, []byte("\n"))
	switch {
	case strings.HasPrefix(e.Text, "reached EOF without closing quote"):
		quote := e.Text[strings.IndexByte(e.Text, '`')+1:]
		if strings.Contains(e.Text, "quote \"`\"") {
			quote = "`"
		}
		return &SyntaxError{Line: p.base + int(e.Pos.Line()), Msg: "unexpected EOF while looking for matching `" + quote[:1] + "'"}
	case strings.HasPrefix(e.Text, "reached EOF without matching"):
		close := e.Text[strings.LastIndex(e.Text, " with ")+len(" with "):]
		close = strings.Trim(close, "`\"")
		if close == ")" && !p.opensExpansion(e.Pos) || close == "}" && !p.opensExpansion(e.Pos) || close == "]]" {
			return &SyntaxError{Line: last, Msg: "syntax error: unexpected end of file"}
		}
		return &SyntaxError{Line: last, Msg: "unexpected EOF while looking for matching `" + close[:1] + "'"}
	case isExpansionError(e.Text):
		return &SyntaxError{Line: p.base + int(e.Pos.Line()), Msg: p.expansionAt(e.Pos) + ": bad substitution", Expansion: true}
	}
	if token, line, ok := p.reread(); ok {
		if token == "" {
			return &SyntaxError{Line: last, Msg: "syntax error: unexpected end of file"}
		}
		return &SyntaxError{Line: line, Msg: "syntax error near unexpected token `" + token + "'", Echo: true, Text: p.lineText(line)}
	}
	if e.Incomplete {
		return &SyntaxError{Line: last, Msg: "syntax error: unexpected end of file"}
	}
	return p.near(e.Pos, "")
}

// opensExpansion tells whether a $ or a quote is at a position.
func (p *Parser) opensExpansion(pos syntax.Pos) bool {
	at := int(pos.Offset())
	return at < len(p.src) && (p.src[at] == '$' || p.src[at] == '<' || p.src[at] == '>')
}

// expansionAt is the ${…} around a position.
func (p *Parser) expansionAt(pos syntax.Pos) string {
	at := min(int(pos.Offset()), len(p.src))
	from := bytes.LastIndex(p.src[:at], []byte("${"))
	if from < 0 {
		return ""
	}
	to := max(bytes.IndexByte(p.src[at:], '}'), 0)
	return decode(string(p.src[from : at+to+1]))
}

func (p *Parser) near(pos syntax.Pos, token string) *SyntaxError {
	if token == "" {
		at := min(int(pos.Offset()), len(p.src))
		rest := bytes.TrimLeft(p.src[at:], " \t")
		switch {
		case len(rest) == 0 || rest[0] == '\n':
			token = "newline"
		case bytes.HasPrefix(rest, []byte(";;")), bytes.HasPrefix(rest, []byte("&&")), bytes.HasPrefix(rest, []byte("||")):
			token = string(rest[:2])
		case bytes.IndexByte([]byte(";&|()<>"), rest[0]) >= 0:
			token = string(rest[:1])
		default:
			token = firstWord(rest)
		}
	}
	line := p.base + int(pos.Line())
	return &SyntaxError{Line: line, Msg: "syntax error near unexpected token `" + token + "'", Echo: true, Text: p.lineText(line)}
}

// lineText is a line of the script.
func (p *Parser) lineText(line int) string {
	text := p.src
	for n := p.base + 1; n < line; n++ {
		i := bytes.IndexByte(text, '\n')
		if i < 0 {
			return ""
		}
		text = text[i+1:]
	}
	if i := bytes.IndexByte(text, '\n'); i >= 0 {
		text = text[:i]
	}
	return decode(string(text))
}

// reread reads what is left as POSIX shell, to learn which token is not
// expected. An empty token is the end of the file.
func (p *Parser) reread() (token string, line int, ok bool) {
	from := min(p.done, len(p.src))
	first := p.base + 1 + bytes.Count(p.src[:from], []byte("\n"))
	posix := parse.New([]byte(decode(string(p.src[from:]))), parse.Options{Line: first})
	for {
		_, err := posix.Next()
		if err == io.EOF {
			return "", 0, false
		}
		e, isSyntax := err.(*parse.SyntaxError)
		if err != nil && !isSyntax {
			return "", 0, false
		}
		if err == nil {
			continue
		}
		msg := strings.TrimPrefix(e.Msg, "Syntax error: ")
		what, _, found := strings.Cut(msg, " unexpected")
		if !found {
			return "", 0, false
		}
		switch what {
		case "end of file":
			return "", e.Line, true
		case "newline":
			// The line has been read already.
			return "newline", e.Line - 1, true
		case "word", "redirection":
			return "", 0, false
		}
		return strings.Trim(what, `"`), e.Line, true
	}
}
