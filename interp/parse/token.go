package parse

// token is one of dash's tokens (src/mktokens).
type token uint8

const (
	tEOF token = iota
	tNewline
	tSemi
	tAmp
	tAndAnd
	tOrOr
	tPipe
	tLeftParen
	tRightParen
	tEndCase
	tRedir
	tWord
	tNot
	tCase
	tDo
	tDone
	tElif
	tElse
	tEsac
	tFi
	tFor
	tIf
	tIn
	tThen
	tUntil
	tWhile
	tBegin
	tEnd
)

var tokenNames = [...]string{
	tEOF: "end of file", tNewline: "newline", tSemi: `";"`, tAmp: `"&"`,
	tAndAnd: `"&&"`, tOrOr: `"||"`, tPipe: `"|"`, tLeftParen: `"("`,
	tRightParen: `")"`, tEndCase: `";;"`, tRedir: "redirection", tWord: "word",
	tNot: `"!"`, tCase: `"case"`, tDo: `"do"`, tDone: `"done"`, tElif: `"elif"`,
	tElse: `"else"`, tEsac: `"esac"`, tFi: `"fi"`, tFor: `"for"`, tIf: `"if"`,
	tIn: `"in"`, tThen: `"then"`, tUntil: `"until"`, tWhile: `"while"`,
	tBegin: `"{"`, tEnd: `"}"`,
}

// String is the token's name in dash's messages.
func (t token) String() string { return tokenNames[t] }

// endsList tells the tokens that can only stand after a list of commands.
func (t token) endsList() bool {
	switch t {
	case tEOF, tRightParen, tEndCase, tDo, tDone, tElif, tElse, tEsac, tFi, tThen, tEnd:
		return true
	}
	return false
}

// keyword gives the token of a reserved word.
func keyword(s string) (token, bool) {
	if len(s) == 0 || len(s) > 5 {
		return 0, false
	}
	switch s {
	case "!":
		return tNot, true
	case "case":
		return tCase, true
	case "do":
		return tDo, true
	case "done":
		return tDone, true
	case "elif":
		return tElif, true
	case "else":
		return tElse, true
	case "esac":
		return tEsac, true
	case "fi":
		return tFi, true
	case "for":
		return tFor, true
	case "if":
		return tIf, true
	case "in":
		return tIn, true
	case "then":
		return tThen, true
	case "until":
		return tUntil, true
	case "while":
		return tWhile, true
	case "{":
		return tBegin, true
	case "}":
		return tEnd, true
	}
	return 0, false
}

// IsKeyword tells a word that is reserved where a command may start.
func IsKeyword(s string) bool { _, ok := keyword(s); return ok }

// What is looked for when the next token is read.
const (
	checkAlias   uint8 = 1 << iota
	checkKeyword       // reserved words
	checkNewline       // newlines are skipped
	checkEOFMark       // a here-document's delimiter: $ and ` are literal
)

// next reads a token and, if asked to, skips newlines and looks for reserved
// words and aliases.
func (p *Parser) next() token {
	kwd := p.kwd
	for {
		t := p.scan()
		if kwd&checkNewline != 0 {
			for t == tNewline {
				p.readHereDocs()
				p.kwd = 0
				t = p.scan()
			}
		}
		kwd |= p.kwd
		p.kwd = 0
		if t != tWord || p.quoted || kwd&(checkKeyword|checkAlias) == 0 {
			return t
		}
		text, ok := p.word.Lit()
		if !ok {
			return t
		}
		if kwd&checkKeyword != 0 {
			if k, ok := keyword(text); ok {
				p.tok = k
				return k
			}
		}
		if kwd&checkAlias == 0 || !p.pushAlias(text) {
			return t
		}
	}
}

// scan reads a token, or gives the one that was pushed back.
func (p *Parser) scan() token {
	if p.pushback {
		p.pushback = false
		return p.tok
	}
	p.tok = p.scanNew()
	return p.tok
}

func (p *Parser) scanNew() token {
	for {
		c := p.getcJoin()
		switch c {
		case ' ', '\t':
			continue
		case '#':
			p.skipComment()
			continue
		case '\n':
			p.line++
			return tNewline
		case eof:
			return tEOF
		case '&':
			return p.either('&', tAndAnd, tAmp)
		case '|':
			return p.either('|', tOrOr, tPipe)
		case ';':
			return p.either(';', tEndCase, tSemi)
		case '(':
			return tLeftParen
		case ')':
			return tRightParen
		}
		return p.readWord(c, &baseSyntax, nil)
	}
}

// either gives one token if the next character is c, else the other.
func (p *Parser) either(c int, yes, no token) token {
	got := p.getcJoin()
	if got == c {
		return yes
	}
	p.unget(got)
	return no
}

// skipComment reads up to the newline, which is left.
func (p *Parser) skipComment() {
	for {
		for p.pos < p.end {
			if p.buf[p.pos] == '\n' {
				return
			}
			p.pos++
		}
		switch c := p.getc(); c {
		case '\n', eof:
			p.unget(c)
			return
		}
	}
}
