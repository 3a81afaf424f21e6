package text

import (
	"bytes"
	"strings"

	"github.com/benhoyt/goawk/lexer"
)

// awkUse is what a program uses.
type awkUse struct{ argv, getline, nextfile, rs bool }

// awkToken is a token and where it is in the source.
type awkToken struct {
	tok        lexer.Token
	val        string
	start, end int
}

// awkScan splits a program into tokens; ok is false where it cannot be.
func awkScan(src []byte) (toks []awkToken, ok bool) {
	var lineStart []int
	lineStart = append(lineStart, 0)
	for i, ch := range src {
		if ch == '\n' {
			lineStart = append(lineStart, i+1)
		}
	}
	offset := func(p lexer.Position) int {
		if p.Line-1 >= len(lineStart) {
			return len(src)
		}
		return min(len(src), lineStart[p.Line-1]+p.Column-1)
	}
	lex := lexer.NewLexer(src)
	last := lexer.NEWLINE
	for {
		pos, tok, val := lex.Scan()
		if tok == lexer.EOF {
			return append(toks, awkToken{tok: tok, start: len(src)}), true
		}
		start := offset(pos)
		if (tok == lexer.DIV || tok == lexer.DIV_ASSIGN) && !awkOperand(last) {
			_, tok, val = lex.ScanRegex()
		}
		if tok == lexer.ILLEGAL {
			return nil, false
		}
		toks = append(toks, awkToken{tok: tok, val: val, start: start})
		if n := len(toks); n > 1 {
			toks[n-2].end = start
		}
		last = tok
	}
}

// awkOperand reports whether a / after the token divides.
func awkOperand(t lexer.Token) bool {
	switch t {
	case lexer.NAME, lexer.NUMBER, lexer.STRING, lexer.REGEX, lexer.RPAREN, lexer.RBRACKET, lexer.DOLLAR,
		lexer.INCR, lexer.DECR, lexer.F_LENGTH:
		return true
	}
	return false
}

// awkRewrite makes of a program one that needs no file or program of GoAWK's
// own, or says what stands against it.
func awkRewrite(source string) (src []byte, use awkUse, refused string) {
	src = []byte(source)
	toks, ok := awkScan(src)
	if !ok {
		return nil, use, "program"
	}
	for i := range toks {
		toks[i].end = awkEnd(src, toks, i)
	}
	var out bytes.Buffer
	at := 0
	copyTo := func(n int) {
		if n > at {
			out.Write(src[at:n])
			at = n
		}
	}
	replace := func(i int, text string) {
		copyTo(toks[i].start)
		out.WriteString(text)
		at = toks[i].end
	}
	stdout := map[int]bool{}
	for i := 0; i < len(toks); i++ {
		if stdout[i] {
			replace(i, "> \"-\"")
			at = toks[i+1].end
			i++
			continue
		}
		switch t := toks[i]; t.tok {
		case lexer.NAME:
			switch t.val {
			case "FILENAME":
				replace(i, awkFilename+"()")
			case "ARGV", "ARGC":
				use.argv = true
			case "RS":
				newline := i+2 < len(toks) && toks[i+1].tok == lexer.ASSIGN && toks[i+2].tok == lexer.STRING && toks[i+2].val == "\n"
				use.rs = use.rs || !newline
			case "INPUTMODE", "OUTPUTMODE", "RT", "FIELDS", awkFilename, awkSystem, awkPrintErr:
				return nil, use, t.val
			}
		case lexer.AT:
			return nil, use, "@"
		case lexer.NEXTFILE:
			use.nextfile = true
		case lexer.F_SYSTEM:
			replace(i, awkSystem)
			if i+1 < len(toks) && toks[i+1].tok == lexer.LPAREN {
				at = toks[i+1].start
			}
		case lexer.GETLINE:
			if refused := awkGetline(toks, i); refused != "" {
				return nil, use, refused
			}
			use.getline = true
		case lexer.PRINT, lexer.PRINTF:
			to, kind := awkRedirect(toks, i)
			switch kind {
			case awkNone:
			case awkStdout:
				// GoAWK's "-" is standard output, for both > and >>.
				stdout[to] = true
			case awkStderr:
				text, u, refused := awkPrint(src, toks[i:to], toks[to].start)
				if refused != "" {
					return nil, use, refused
				}
				use.argv = use.argv || u.argv
				use.getline = use.getline || u.getline
				use.rs = use.rs || u.rs
				copyTo(toks[i].start)
				out.WriteString(text)
				at = toks[to+1].end
				i = to + 1
			default:
				return nil, use, "print to a file"
			}
		}
	}
	copyTo(len(src))
	return out.Bytes(), use, ""
}

// awkEnd is the end of a token: where the next begins, less what is between.
func awkEnd(src []byte, toks []awkToken, i int) int {
	start := toks[i].start
	switch t := toks[i]; t.tok {
	case lexer.NAME:
		return start + len(t.val)
	case lexer.STRING:
		for j := start + 1; j < len(src); j++ {
			if src[j] == '\\' {
				j++
				continue
			}
			if src[j] == src[start] {
				return j + 1
			}
		}
		return len(src)
	case lexer.EOF:
		return len(src)
	default:
		if t.tok >= lexer.BEGIN && t.tok <= lexer.LAST_FUNC {
			j := start
			for j < len(src) && (isAlpha(src[j]) || isDigit(int(src[j]))) {
				j++
			}
			return j
		}
	}
	return toks[i+1].start
}

// awkGetline refuses getline from a file or from a command.
func awkGetline(toks []awkToken, i int) string {
	if i > 0 && toks[i-1].tok == lexer.PIPE {
		return "command | getline"
	}
	// The variable, if there is one, then < FILE.
	depth := 0
	for j := i + 1; j < len(toks); j++ {
		switch toks[j].tok {
		case lexer.LBRACKET:
			depth++
		case lexer.RBRACKET:
			depth--
		case lexer.LESS:
			if depth == 0 {
				return "getline < file"
			}
		case lexer.NAME, lexer.DOLLAR, lexer.NUMBER, lexer.STRING:
		default:
			if depth == 0 {
				return ""
			}
		}
	}
	return ""
}

type awkTarget uint8

const (
	awkNone awkTarget = iota
	awkStdout
	awkStderr
	awkFile
)

// awkRedirect finds the > or | of the print statement at i, and where it
// leads.
func awkRedirect(toks []awkToken, i int) (at int, to awkTarget) {
	depth := 0
	for j := i + 1; j < len(toks); j++ {
		switch toks[j].tok {
		case lexer.LPAREN, lexer.LBRACKET:
			depth++
		case lexer.RPAREN, lexer.RBRACKET:
			depth--
			if depth < 0 {
				return 0, awkNone
			}
		case lexer.NEWLINE:
			if depth == 0 && toks[j-1].tok != lexer.COMMA && toks[j-1].tok != lexer.AND && toks[j-1].tok != lexer.OR {
				return 0, awkNone
			}
		case lexer.SEMICOLON, lexer.RBRACE, lexer.EOF:
			return 0, awkNone
		case lexer.GREATER, lexer.APPEND, lexer.PIPE:
			if depth > 0 {
				continue
			}
			return j, awkTargetOf(toks[j:])
		}
	}
	return 0, awkNone
}

// awkTargetOf tells where a redirection leads. Only a plain string can be
// told, with the end of the statement behind it.
func awkTargetOf(toks []awkToken) awkTarget {
	if len(toks) < 3 || toks[1].tok != lexer.STRING {
		return awkFile
	}
	switch toks[2].tok {
	case lexer.NEWLINE, lexer.SEMICOLON, lexer.RBRACE, lexer.EOF:
	default:
		return awkFile
	}
	name := strings.Join(strings.Fields(toks[1].val), " ")
	if toks[0].tok == lexer.PIPE {
		switch name {
		case "cat 1>&2", "cat >&2", "cat 1>& 2", "cat > /dev/stderr", "cat >/dev/stderr":
			return awkStderr
		}
		return awkFile
	}
	switch name {
	case "/dev/stdout", "-":
		return awkStdout
	case "/dev/stderr":
		return awkStderr
	}
	return awkFile
}

// awkPrint makes a call of a print statement to standard error. toks is the
// statement without its redirection, which begins at offset end.
func awkPrint(src []byte, toks []awkToken, end int) (string, awkUse, string) {
	args := toks[1:]
	from := end
	if len(args) > 0 {
		from = args[0].start
		// print (a, b) > …: the parentheses are the list's.
		if args[0].tok == lexer.LPAREN && awkClosing(args) == len(args)-1 {
			from = args[0].start + 1
			end = args[len(args)-1].start
		}
	}
	text, use, refused := awkRewrite(string(src[from:end]))
	if refused != "" {
		return "", use, refused
	}
	list := strings.TrimSpace(string(text))
	if toks[0].tok == lexer.PRINTF {
		return awkPrintErr + "(sprintf(" + list + "))", use, ""
	}
	if list == "" {
		return awkPrintErr + "($0 ORS)", use, ""
	}
	// The commas between the values become OFS.
	var b strings.Builder
	depth, at := 0, 0
	inner, ok := awkScan(text)
	if !ok {
		return "", use, "print"
	}
	b.WriteString(awkPrintErr + "((")
	for _, t := range inner {
		switch t.tok {
		case lexer.LPAREN, lexer.LBRACKET:
			depth++
		case lexer.RPAREN, lexer.RBRACKET:
			depth--
		case lexer.COMMA:
			if depth == 0 {
				b.Write(text[at:t.start])
				b.WriteString(") OFS (")
				at = t.start + 1
			}
		}
	}
	b.Write(text[at:])
	b.WriteString(") ORS)")
	return b.String(), use, ""
}

// awkClosing is the index of the parenthesis that closes the first.
func awkClosing(toks []awkToken) int {
	depth := 0
	for i, t := range toks {
		switch t.tok {
		case lexer.LPAREN:
			depth++
		case lexer.RPAREN:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}
