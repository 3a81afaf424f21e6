package arith

// token is an operator or a kind of operand, in both dialects.
type token int

const (
	tokEnd token = iota
	tokBad       // a character that begins nothing
	tokNum
	tokName
	tokNot    // !
	tokBitNot // ~
	tokLParen
	tokRParen
	tokQuestion
	tokColon
	tokAnd
	tokOr
	tokAssign // =
	tokComma
	tokIncr
	tokDecr
	// The operators of which "op=" exists, and then the other binary ones.
	tokMul
	tokDiv
	tokRem
	tokAdd
	tokSub
	tokShl
	tokShr
	tokBitAnd
	tokXor
	tokBitOr
	tokLT
	tokLE
	tokGT
	tokGE
	tokEQ
	tokNE
	tokPower
	// compound is added to an operator for its "op=".
	compound token = 64
)

// precedence is how tightly a binary operator binds; 0 is none.
func precedence(t token) int {
	switch t {
	case tokMul, tokDiv, tokRem:
		return 8
	case tokAdd, tokSub:
		return 7
	case tokShl, tokShr:
		return 6
	case tokLT, tokLE, tokGT, tokGE:
		return 5
	case tokEQ, tokNE:
		return 4
	case tokBitAnd:
		return 3
	case tokXor:
		return 2
	case tokBitOr:
		return 1
	}
	return 0
}

// apply computes a binary operation; b is not 0 where it divides. A shift
// counts modulo 64, as on x86. The smallest number divided by -1 is itself;
// dash and bash 5.2 differ: dash is ended by SIGFPE there.
func apply(t token, a, b int64) int64 {
	switch t {
	case tokMul:
		return a * b
	case tokDiv:
		return a / b
	case tokRem:
		return a % b
	case tokAdd:
		return a + b
	case tokSub:
		return a - b
	case tokShl:
		return a << (uint64(b) & 63)
	case tokShr:
		return a >> (uint64(b) & 63)
	case tokLT:
		return truth(a < b)
	case tokLE:
		return truth(a <= b)
	case tokGT:
		return truth(a > b)
	case tokGE:
		return truth(a >= b)
	case tokEQ:
		return truth(a == b)
	case tokNE:
		return truth(a != b)
	case tokBitAnd:
		return a & b
	case tokXor:
		return a ^ b
	}
	return a | b
}

// operator reads the operator at the start of s and its length; the token is
// [tokBad] if there is none. ++, --, ** and comma are left to bash.
func operator(s string) (t token, n int) {
	c := s[0]
	var d byte
	if len(s) > 1 {
		d = s[1]
	}
	switch c {
	case '(':
		return tokLParen, 1
	case ')':
		return tokRParen, 1
	case '~':
		return tokBitNot, 1
	case '?':
		return tokQuestion, 1
	case ':':
		return tokColon, 1
	case '=':
		if d == '=' {
			return tokEQ, 2
		}
		return tokAssign, 1
	case '!':
		if d == '=' {
			return tokNE, 2
		}
		return tokNot, 1
	case '<', '>':
		t, shift, equal := tokLT, tokShl, tokLE
		if c == '>' {
			t, shift, equal = tokGT, tokShr, tokGE
		}
		switch {
		case d == '=':
			return equal, 2
		case d != c:
			return t, 1
		case len(s) > 2 && s[2] == '=':
			return shift + compound, 3
		}
		return shift, 2
	case '&':
		if d == '&' {
			return tokAnd, 2
		}
		t = tokBitAnd
	case '|':
		if d == '|' {
			return tokOr, 2
		}
		t = tokBitOr
	case '*':
		t = tokMul
	case '/':
		t = tokDiv
	case '%':
		t = tokRem
	case '+':
		t = tokAdd
	case '-':
		t = tokSub
	case '^':
		t = tokXor
	default:
		return tokBad, 0
	}
	if d == '=' {
		return t + compound, 2
	}
	return t, 1
}
