package regex

// The grammar is glibc's (regcomp.c) and, with Grep, that of gnulib's dfa.c:
// what is special where, and which mistake has which message.

const (
	// dupMax is RE_DUP_MAX.
	dupMax = 0x7fff
	// maxNesting bounds groups in groups, far beyond what is written by hand.
	maxNesting = 1000
)

type kind uint8

const (
	kEnd kind = iota
	kByte
	kAny
	kBracket
	kStar
	kPlus
	kOptional
	kOpenDup
	kOpen
	kClose
	kAlt
	kCaret
	kDollar
	kBackref
	kWord
	kNotWord
	kSpace
	kNotSpace
	kAnchor
	kBadEscape
)

type token struct {
	kind kind
	b    byte // kByte: the byte; kBackref: the digit; dup: as it was written
	op   op   // kAnchor
	len  int
}

type parser struct {
	s        string
	i        int
	syn      Syntax
	base     int // groups of the expressions before this one
	groups   int
	closed   [10]bool
	backref  bool
	warnings []string
}

func bad(msg string) *Error { return &Error{Message: msg} }

func (p *parser) parse() (*node, error) {
	n, err := p.alternatives(0)
	if err != nil {
		return nil, err
	}
	return n, nil
}

func (p *parser) extended() bool { return p.syn&Extended != 0 }
func (p *parser) grep() bool     { return p.syn&Grep != 0 }

// peek reads the token at p.i. caret tells that a basic ^ is an anchor here.
func (p *parser) peek(caret bool) token {
	if p.i >= len(p.s) {
		return token{kind: kEnd}
	}
	c := p.s[p.i]
	if c == '\\' {
		if p.i+1 == len(p.s) {
			return token{kind: kBadEscape, len: 1}
		}
		return p.escaped(p.s[p.i+1])
	}
	t := token{kind: kByte, b: c, len: 1}
	switch c {
	case '.':
		t.kind = kAny
	case '[':
		t.kind = kBracket
	case '*':
		t.kind = kStar
	case '^':
		if p.extended() || caret {
			t.kind = kCaret
		}
	case '$':
		if p.extended() || p.dollarEnds() {
			t.kind = kDollar
		}
	default:
		if p.extended() {
			t.kind = operator(c)
		}
	}
	return t
}

// operator is what a byte means bare in an extended expression and after a
// backslash in a basic one.
func operator(c byte) kind {
	switch c {
	case '(':
		return kOpen
	case ')':
		return kClose
	case '|':
		return kAlt
	case '+':
		return kPlus
	case '?':
		return kOptional
	case '{':
		return kOpenDup
	}
	return kByte
}

// dollarEnds reports whether a basic $ at p.i is an anchor: at the end, or
// before \) or \|.
func (p *parser) dollarEnds() bool {
	rest := p.s[p.i+1:]
	return rest == "" || len(rest) > 1 && rest[0] == '\\' && (rest[1] == ')' || rest[1] == '|')
}

func (p *parser) escaped(c byte) token {
	t := token{kind: kByte, b: c, len: 2}
	if !p.extended() {
		if t.kind = operator(c); t.kind != kByte {
			return t
		}
	}
	switch c {
	case '1', '2', '3', '4', '5', '6', '7', '8', '9':
		t.kind = kBackref
	case 'w':
		t.kind = kWord
	case 'W':
		t.kind = kNotWord
	case 's':
		t.kind = kSpace
	case 'S':
		t.kind = kNotSpace
	case '<':
		t.kind, t.op = kAnchor, opWordStart
	case '>':
		t.kind, t.op = kAnchor, opWordEnd
	case 'b':
		t.kind, t.op = kAnchor, opWordEdge
	case 'B':
		t.kind, t.op = kAnchor, opNoWordEdge
	case '`':
		t.kind, t.op = kAnchor, opBegText
	case '\'':
		t.kind, t.op = kAnchor, opEndText
	}
	return t
}

func (p *parser) alternatives(depth int) (*node, error) {
	if depth > maxNesting {
		return nil, bad("Regular expression too big")
	}
	n, err := p.branch(depth)
	if err != nil {
		return nil, err
	}
	if p.peek(false).kind != kAlt {
		return n, nil
	}
	alt := &node{op: opAlt, sub: []*node{n}}
	for t := p.peek(false); t.kind == kAlt; t = p.peek(false) {
		p.i += t.len
		if n, err = p.branch(depth); err != nil {
			return nil, err
		}
		alt.sub = append(alt.sub, n)
	}
	return alt, nil
}

// branch reads a sequence. start tells that only things without width stand
// before (a repetition is then none), caret that a basic ^ is an anchor.
func (p *parser) branch(depth int) (*node, error) {
	cat := &node{op: opCat}
	start, caret := true, true
	for {
		t := p.peek(caret)
		if t.kind == kEnd || t.kind == kAlt || t.kind == kClose && depth > 0 {
			break
		}
		n, err := p.atom(t, start, depth)
		if err != nil {
			return nil, err
		}
		anchor := n.op >= opBegLine
		if anchor && !p.grep() {
			// glibc: nothing repeats an anchor.
			cat.sub = append(cat.sub, n)
			start, caret = true, true
			continue
		}
		if n, err = p.repeats(n, start && anchor); err != nil {
			return nil, err
		}
		cat.sub = append(cat.sub, n)
		start = start && (anchor || n.op == opEmpty)
		caret = false
	}
	if len(cat.sub) == 1 {
		return cat.sub[0], nil
	}
	return cat, nil
}

// atom reads one thing that may be repeated.
func (p *parser) atom(t token, start bool, depth int) (*node, error) {
	at := p.i
	p.i += t.len
	switch t.kind {
	case kByte:
		return p.byte(t.b), nil
	case kBadEscape:
		return nil, bad("Trailing backslash")
	case kAny:
		s := &set{}
		s.negate()
		if p.syn&(Multiline|Grep) != 0 {
			s.remove('\n')
		}
		return &node{op: opSet, set: s}, nil
	case kBracket:
		return p.bracket()
	case kOpen:
		return p.group(depth)
	case kClose:
		if p.grep() && p.extended() {
			return p.byte(')'), nil
		}
		return nil, bad(`Unmatched ) or \)`)
	case kCaret:
		return &node{op: opBegLine}, nil
	case kDollar:
		return &node{op: opEndLine}, nil
	case kAnchor:
		return &node{op: t.op}, nil
	case kBackref:
		d := int(t.b - '0')
		if !p.closed[d] {
			return nil, bad("Invalid back reference")
		}
		p.backref = true
		return &node{op: opBackref, n: p.base + d}, nil
	case kWord, kNotWord, kSpace, kNotSpace:
		return p.shorthand(t.kind), nil
	}
	p.i = at
	return p.leading(t)
}

func (p *parser) byte(b byte) *node { return byteNode(b, p.syn&Fold != 0) }

func (p *parser) shorthand(k kind) *node {
	s := &set{}
	for c := range 256 {
		in := IsWord(byte(c))
		if k == kSpace || k == kNotSpace {
			in, _ = InClass("space", byte(c))
		}
		if in {
			s.add(byte(c))
		}
	}
	if k == kNotWord || k == kNotSpace {
		s.negate()
		if p.syn&(Multiline|Grep) != 0 && k == kNotWord {
			s.remove('\n')
		}
	}
	return &node{op: opSet, set: s}
}

func (p *parser) group(depth int) (*node, error) {
	p.groups++
	num := p.groups
	n, err := p.alternatives(depth + 1)
	if err != nil {
		return nil, err
	}
	t := p.peek(false)
	if t.kind != kClose {
		return nil, bad(`Unmatched ( or \(`)
	}
	p.i += t.len
	if num < len(p.closed) {
		p.closed[num] = true
	}
	return &node{op: opGroup, n: p.base + num, sub: []*node{n}}, nil
}

// leading is a repetition with nothing before it to repeat.
func (p *parser) leading(t token) (*node, error) {
	invalid := bad("Invalid preceding regular expression")
	switch {
	case p.grep() && p.extended():
		if t.kind != kOpenDup {
			p.i += t.len
			p.warn(string(t.b) + " at start of expression")
			return &node{op: opEmpty}, nil
		}
		_, _, ok, err := p.interval(t)
		if err != nil {
			return nil, err
		}
		if ok {
			p.warn("{...} at start of expression")
			return &node{op: opEmpty}, nil
		}
	case p.grep():
	case t.kind == kOpenDup && p.syn&Expr == 0, p.extended():
		return nil, invalid
	}
	p.i += t.len
	return p.byte(t.b), nil
}

func (p *parser) warn(s string) { p.warnings = append(p.warnings, s) }

// repeats applies the repetitions that follow n. leading tells that n is an
// anchor with nothing before it, after which grep takes a basic one as an
// ordinary byte and warns about an extended one.
func (p *parser) repeats(n *node, leading bool) (*node, error) {
	for {
		t := p.peek(false)
		lo, hi := 0, -1
		switch t.kind {
		case kStar:
		case kPlus:
			lo = 1
		case kOptional:
			hi = 1
		case kOpenDup:
		default:
			return n, nil
		}
		if leading && !p.extended() {
			return n, nil // the next turn takes it as a byte
		}
		if t.kind == kOpenDup {
			var ok bool
			var err error
			if lo, hi, ok, err = p.interval(t); err != nil {
				return nil, err
			}
			if !ok {
				return n, nil
			}
		} else {
			p.i += t.len
		}
		if leading {
			if t.kind == kOpenDup {
				p.warn("{...} at start of expression")
			} else {
				p.warn(string(t.b) + " at start of expression")
			}
		}
		n = repeat(n, lo, hi)
		if next := p.peek(false).kind; !p.extended() && p.syn&(Grep|Expr) == 0 && (next == kStar || next == kOpenDup) {
			return nil, bad("Invalid preceding regular expression")
		}
	}
}

func repeat(n *node, lo, hi int) *node {
	switch {
	case hi == 0:
		return &node{op: opEmpty}
	case n.op == opEmpty:
		return n
	case lo == 1 && hi == 1:
		return n
	}
	return &node{op: opRepeat, min: lo, max: hi, sub: []*node{n}}
}

// interval reads {m,n} at p.i. ok is false where grep takes the brace as an
// ordinary byte; p.i is then where it was.
func (p *parser) interval(t token) (lo, hi int, ok bool, err error) {
	at := p.i
	p.i += t.len
	lo, end := p.number()
	if lo == -1 {
		if end != ',' {
			if p.grep() && p.extended() {
				p.i = at
				return 0, 0, false, nil
			}
			return 0, 0, false, bad(`Invalid content of \{\}`)
		}
		lo = 0
	}
	hi = lo
	if lo != -2 && end == ',' {
		hi, end = p.number()
	}
	if lo == -2 || hi == -2 {
		if p.grep() && p.extended() {
			p.i = at
			return 0, 0, false, nil
		}
		if end == 0 {
			return 0, 0, false, bad(`Unmatched \{`)
		}
		return 0, 0, false, bad(`Invalid content of \{\}`)
	}
	if hi != -1 && lo > hi || end != '}' {
		return 0, 0, false, bad(`Invalid content of \{\}`)
	}
	if max(lo, hi) > dupMax {
		return 0, 0, false, bad("Regular expression too big")
	}
	return lo, hi, true, nil
}

// number reads a bound: -1 for none, -2 for something else. end is what ended
// it: a comma, a closing brace, or 0 for the end of the expression.
func (p *parser) number() (n int, end byte) {
	n = -1
	for p.i < len(p.s) {
		c := p.s[p.i]
		p.i++
		switch {
		case c == ',':
			return n, ','
		case p.extended() && c == '}':
			return n, '}'
		case !p.extended() && c == '\\' && p.i < len(p.s) && p.s[p.i] == '}':
			p.i++
			return n, '}'
		case n == -2 || c < '0' || c > '9':
			n = -2
		case n == -1:
			n = int(c - '0')
		default:
			n = min(dupMax+1, n*10+int(c-'0'))
		}
	}
	return -2, 0
}
