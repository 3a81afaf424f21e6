package parse

import "sysv/interp/ast"

// Classes of characters inside a word.
const (
	cWord    uint8 = iota
	cNewline       // \n
	cBack          // backslash
	cSingle        // ' that opens
	cDouble        // " that opens
	cEnd           // the quote that closes
	cBackq         // `
	cDollar        // $
	cBrace         // }
	cLeft          // ( in arithmetic
	cRight         // ) in arithmetic
	cSpecial       // ends a word
	cEOF
)

// syntax is the class of each character, eof first.
type syntax [257]uint8

func (s *syntax) of(c int) uint8 { return s[uint(c+1)] }

// The four syntaxes: outside quotes, in double quotes or a here-document that
// is expanded, in single quotes or one that is not, in $((…)).
var (
	baseSyntax = syntax{
		0: cEOF, '\n' + 1: cNewline, '\\' + 1: cBack, '\'' + 1: cSingle,
		'"' + 1: cDouble, '`' + 1: cBackq, '$' + 1: cDollar, '}' + 1: cBrace,
		'<' + 1: cSpecial, '>' + 1: cSpecial, '(' + 1: cSpecial, ')' + 1: cSpecial,
		';' + 1: cSpecial, '&' + 1: cSpecial, '|' + 1: cSpecial,
		' ' + 1: cSpecial, '\t' + 1: cSpecial,
	}
	quoteSyntax = syntax{
		0: cEOF, '\n' + 1: cNewline, '\\' + 1: cBack, '"' + 1: cEnd,
		'`' + 1: cBackq, '$' + 1: cDollar, '}' + 1: cBrace,
	}
	singleSyntax = syntax{0: cEOF, '\n' + 1: cNewline, '\'' + 1: cEnd}
	arithSyntax  = syntax{
		0: cEOF, '\n' + 1: cNewline, '\\' + 1: cBack, '`' + 1: cBackq,
		'$' + 1: cDollar, '}' + 1: cBrace, '(' + 1: cLeft, ')' + 1: cRight,
	}
)

// synState is one level of syntax inside a word (dash's struct synstack).
type synState struct {
	syn        *syntax
	innerQuote bool // in double quotes that are inside ${…}
	pushed     bool // the level was opened by ${
	double     bool // in double quotes, as they stand outside this level's ${
	vars       int  // ${ that are open
	quotedVars int  // those of them inside double quotes
	parens     int  // in arithmetic
	// opened is len(parts) where the quotes that are open began.
	opened int
}

// frame is a ${…} or $((…)) whose end has not been read.
type frame struct {
	param *ast.Param // or
	arith *ast.Arith
	base  int // where its parts begin
	// start and gen are where its text is, for the text of a bad one.
	bad        bool
	start, gen int
}

func isNameStart(c int) bool {
	return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

func isDigit(c int) bool { return '0' <= c && c <= '9' }

func isNameChar(c int) bool { return isNameStart(c) || isDigit(c) }

// isSpecial tells the one-character parameters.
func isSpecial(c int) bool {
	switch c {
	case '#', '?', '$', '!', '-', '*', '@':
		return true
	}
	return isDigit(c)
}

// IsName tells a valid name of a variable.
func IsName(s string) bool { return s != "" && nameLen(s) == len(s) }

// nameLen is how much of s, from its start, is a name.
func nameLen(s string) int {
	if s == "" || !isNameStart(int(s[0])) {
		return 0
	}
	n := 1
	for n < len(s) && isNameChar(int(s[n])) {
		n++
	}
	return n
}
