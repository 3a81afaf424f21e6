package interp

import (
	"regexp"
	"strings"

	"sysv/interp/ast"
	"sysv/interp/condition"
)

// evalTest is [[ … ]]: 0 true, 1 false, 2 an expression that cannot be
// evaluated.
func (sh *Shell) evalTest(c *ast.Test) int {
	sh.debugTrap()
	ok, err := sh.testExpr(c.X)
	switch {
	case err == regexpError{}:
		return 2
	case err != nil:
		outer := sh.command
		sh.command = "[["
		sh.warn("%v", err)
		sh.command = outer
		if _, syntax := err.(condition.Error); syntax {
			return 2
		}
		return 1
	case ok:
		return 0
	}
	return 1
}

func (sh *Shell) testExpr(x ast.TestExpr) (bool, error) {
	switch x := x.(type) {
	case *ast.TestWord:
		s := sh.str(x.Word, tildeWord)
		if sh.opt[optXTrace] {
			sh.traceLine("[[ -n " + traceOperand(s) + " ]]")
		}
		return s != "", nil
	case *ast.TestUnary:
		switch x.Op {
		case "(":
			return sh.testExpr(x.X)
		case "!":
			ok, err := sh.testExpr(x.X)
			return !ok && err == nil, err
		}
		arg := sh.str(x.X.(*ast.TestWord).Word, tildeWord)
		if sh.opt[optXTrace] {
			sh.traceLine("[[ " + x.Op + " " + traceOperand(arg) + " ]]")
		}
		return condition.Unary(sh.p, x.Op, arg, sh.bashTest())
	case *ast.TestBinary:
		switch x.Op {
		case "&&", "||":
			ok, err := sh.testExpr(x.X)
			if err != nil || ok != (x.Op == "&&") {
				return ok, err
			}
			return sh.testExpr(x.Y)
		}
		return sh.testBinary(x)
	}
	return false, nil
}

func (sh *Shell) testBinary(x *ast.TestBinary) (bool, error) {
	left := sh.str(x.X.(*ast.TestWord).Word, tildeWord)
	right := x.Y.(*ast.TestWord).Word
	switch x.Op {
	case "=", "==", "!=":
		if sh.opt[optXTrace] {
			sh.traceLine("[[ " + traceOperand(left) + " " + x.Op + " " + sh.tracePattern(right) + " ]]")
		}
		sh.b.conditional = true
		p := sh.pattern(right)
		sh.b.conditional = false
		return p.Match(left) == (x.Op != "!="), nil
	case "=~":
		return sh.testRegexp(left, right)
	}
	s := sh.str(right, tildeWord)
	if sh.opt[optXTrace] {
		sh.traceLine("[[ " + traceOperand(left) + " " + x.Op + " " + traceOperand(s) + " ]]")
	}
	switch x.Op {
	case "<":
		return left < s, nil
	case ">":
		return left > s, nil
	case "-eq", "-ne", "-lt", "-le", "-gt", "-ge":
		a, err := sh.arithTry(left)
		if err != nil {
			return false, err
		}
		b, err := sh.arithTry(s)
		if err != nil {
			return false, err
		}
		switch x.Op {
		case "-eq":
			return a == b, nil
		case "-ne":
			return a != b, nil
		case "-lt":
			return a < b, nil
		case "-le":
			return a <= b, nil
		case "-gt":
			return a > b, nil
		}
		return a >= b, nil
	}
	return condition.Binary(sh.p, x.Op, left, s, sh.bashTest())
}

// traceOperand is an operand of [[ ]] as set -x shows it.
func traceOperand(s string) string {
	if s == "" {
		return "''"
	}
	return bashQuote(s)
}

// tracePattern is a pattern as set -x shows it: what is quoted behind
// backslashes.
func (sh *Shell) tracePattern(w *ast.Word) string {
	x := expansion{noSplit: true}
	sh.expandParts(&x, w.Parts, 0, tildeWord)
	if len(x.buf) == 0 {
		return "''"
	}
	var b strings.Builder
	for i, c := range x.buf {
		if x.flag[i]&byteQuoted != 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
	return b.String()
}

// bashTest is what the tests need to know of the shell.
func (sh *Shell) bashTest() *condition.Options {
	return &condition.Options{
		Bash: true,
		Variable: func(name string) bool {
			if base, sub, ok := splitSubscript(name); ok {
				if sub == "@" || sub == "*" {
					a := sh.arrayOf(sh.resolve(base))
					return a != nil && a.len() > 0
				}
				_, set := sh.element(base, sub)
				return set
			}
			_, set := sh.param(name)
			return set
		},
		Option: func(name string) bool {
			for o := range optCount {
				if optionTable[o].name == name {
					return sh.opt[o]
				}
			}
			return false
		},
	}
}

// testRegexp is left =~ word. BASH_REMATCH gets what was matched.
func (sh *Shell) testRegexp(left string, w *ast.Word) (bool, error) {
	x := expansion{noSplit: true}
	sh.expandParts(&x, w.Parts, 0, tildeNone)
	if sh.opt[optXTrace] {
		sh.traceLine("[[ " + traceOperand(left) + " =~ " + sh.tracePattern(w) + " ]]")
	}
	re, err := compileRegexp(x.buf, x.flag, sh.bashOpt("nocasematch"))
	if err != nil {
		// bash says nothing, and gives the status of a wrong expression.
		return false, regexpError{}
	}
	m := re.FindStringSubmatchIndex(left)
	var list []string
	for i := 0; i+1 < len(m); i += 2 {
		s := ""
		if m[i] >= 0 {
			s = left[m[i]:m[i+1]]
		}
		list = append(list, s)
	}
	sh.store("BASH_REMATCH", variable{array: newArray(list)})
	return m != nil, nil
}

// regexpError is a regular expression that is none.
type regexpError struct{}

func (regexpError) Error() string { return "" }

// compileRegexp turns a POSIX extended regular expression into Go's. Bytes
// that were quoted match themselves.
func compileRegexp(text, flag []byte, fold bool) (*regexp.Regexp, error) {
	var b strings.Builder
	if fold {
		b.WriteString("(?i)")
	}
	perl := fold
	for i := 0; i < len(text); i++ {
		c := text[i]
		quoted := flag[i]&byteQuoted != 0
		switch {
		case quoted:
			b.WriteString(regexp.QuoteMeta(string(c)))
		case c == '[':
			n := bracketEnd(text, i)
			if n < 0 {
				b.WriteString(`\[`)
				continue
			}
			writeBracket(&b, string(text[i:n+1]))
			i = n
		case c == '\\' && i+1 < len(text):
			i++
			switch c := text[i]; c {
			case 'w', 'W', 's', 'S', 'b', 'B':
				perl = true
				b.WriteString(`\` + string(c))
			case '<', '>':
				perl = true
				b.WriteString(`\b`)
			default:
				b.WriteString(regexp.QuoteMeta(string(c)))
			}
		case c == '{' && !isInterval(text[i:]):
			b.WriteString(`\{`)
		case c >= 0x80 || c < ' ':
			b.WriteByte(c)
		default:
			b.WriteByte(c)
		}
	}
	if !perl {
		return regexp.CompilePOSIX(b.String())
	}
	re, err := regexp.Compile(b.String())
	if err == nil {
		re.Longest()
	}
	return re, err
}

// bracketEnd is where the bracket expression at i ends, or -1.
func bracketEnd(text []byte, i int) int {
	j := i + 1
	if j < len(text) && text[j] == '^' {
		j++
	}
	if j < len(text) && text[j] == ']' {
		j++
	}
	for ; j < len(text); j++ {
		switch {
		case text[j] == ']':
			return j
		case text[j] == '[' && j+1 < len(text) && (text[j+1] == ':' || text[j+1] == '.' || text[j+1] == '='):
			if k := strings.Index(string(text[j+2:]), string(text[j+1])+"]"); k >= 0 {
				j += k + 3
			}
		}
	}
	return -1
}

// writeBracket writes a bracket expression: in POSIX's a backslash is only a
// character.
func writeBracket(b *strings.Builder, s string) {
	b.WriteByte('[')
	i := 1
	if s[i] == '^' {
		b.WriteByte('^')
		i++
	}
	for first := i; i < len(s)-1; i++ {
		switch c := s[i]; {
		case c == '[' && i+1 < len(s) && s[i+1] == ':':
			if end := strings.Index(s[i:], ":]"); end > 0 {
				b.WriteString(s[i : i+end+2])
				i += end + 1
				continue
			}
			b.WriteString(`\[`)
		case c == '[' && i+1 < len(s) && (s[i+1] == '.' || s[i+1] == '='):
			b.WriteString(regexp.QuoteMeta(s[i+2 : i+3]))
			i += 4
		case c == '\\' || c == '[' || c == ']' && i == first:
			b.WriteString(`\` + string(c))
		case c == '-' && (i == first || i == len(s)-2):
			b.WriteString(`\-`)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte(']')
}

// isInterval tells whether text begins with {n}, {n,} or {n,m}.
func isInterval(text []byte) bool {
	end := strings.IndexByte(string(text), '}')
	if end < 2 {
		return false
	}
	a, b, _ := strings.Cut(string(text[1:end]), ",")
	return a != "" && strings.Trim(a, "0123456789") == "" && strings.Trim(b, "0123456789") == ""
}
