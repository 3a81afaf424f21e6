package host

import (
	"slices"
	"strconv"
	"strings"
)

// maxSteps bounds the work for one string, and maxPrinted what it gives.
const (
	maxSteps   = 10000
	maxPrinted = 1 << 16
)

// machine is the stack machine of terminfo's strings with parameters
// (terminfo(5), "Parameterized Strings").
type machine struct {
	s         string
	at        int
	stack     []int
	params    [9]int
	variables [52]int
	out       []byte
}

// parameters is how many parameters a string takes: the highest that it
// names, or else how many values it prints.
func parameters(s string) int {
	highest, pops := 0, 0
	for i := 0; i < len(s); i++ {
		if s[i] != '%' || i+1 >= len(s) {
			continue
		}
		i++
		for i < len(s)-1 && strings.IndexByte(":#-+ .0123456789", s[i]) >= 0 {
			if (s[i] == '+' || s[i] == '-') && s[i-1] == '%' {
				break
			}
			i++
		}
		switch s[i] {
		case 'p':
			if i+1 < len(s) && s[i+1] >= '1' && s[i+1] <= '9' {
				highest = max(highest, int(s[i+1]-'0'))
			}
		case 'd', 'o', 'x', 'X', 'c', 's', 'l':
			pops++
		case '\'':
			i += 2
		}
	}
	if highest > 0 {
		return highest
	}
	return min(pops, 9)
}

// expand is a string with its parameters put in.
func expand(s string, params []int) []byte {
	m := &machine{s: s}
	copy(m.params[:], params)
	if !strings.Contains(s, "%p") {
		// The older strings find their parameters on the stack.
		for _, param := range slices.Backward(params) {
			m.push(param)
		}
	}
	for steps := 0; m.at < len(s) && steps < maxSteps && len(m.out) < maxPrinted; steps++ {
		ch := s[m.at]
		m.at++
		if ch != '%' {
			m.out = append(m.out, ch)
			continue
		}
		m.step()
	}
	return m.out
}

func (m *machine) push(n int) { m.stack = append(m.stack, n) }

func (m *machine) pop() int {
	if len(m.stack) == 0 {
		return 0
	}
	n := m.stack[len(m.stack)-1]
	m.stack = m.stack[:len(m.stack)-1]
	return n
}

// next is the next character, or 0 at the end.
func (m *machine) next() byte {
	if m.at >= len(m.s) {
		return 0
	}
	m.at++
	return m.s[m.at-1]
}

// step does what follows a percent sign.
func (m *machine) step() {
	start := m.at
	switch ch := m.next(); ch {
	case '%':
		m.out = append(m.out, '%')
	case 'c':
		if n := byte(m.pop()); n != 0 {
			m.out = append(m.out, n)
		} else {
			// A C string cannot hold it.
			m.out = append(m.out, 0x80)
		}
	case 'p':
		if n := m.next(); n >= '1' && n <= '9' {
			m.push(m.params[n-'1'])
		}
	case 'P':
		if v := variable(m.next()); v >= 0 {
			m.variables[v] = m.pop()
		}
	case 'g':
		if v := variable(m.next()); v >= 0 {
			m.push(m.variables[v])
		}
	case '\'':
		m.push(int(m.next()))
		m.next()
	case '{':
		end := strings.IndexByte(m.s[m.at:], '}')
		if end < 0 {
			m.at = len(m.s)
			return
		}
		n, _ := strconv.Atoi(m.s[m.at : m.at+end])
		m.push(n)
		m.at += end + 1
	case 'l':
		m.pop()
		m.push(0)
	case 'i':
		m.params[0]++
		m.params[1]++
	case '!':
		m.push(truth(m.pop() == 0))
	case '~':
		m.push(^m.pop())
	case '+', '-', '*', '/', 'm', '&', '|', '^', '=', '<', '>', 'A', 'O':
		m.binary(ch)
	case '?', ';':
	case 't':
		if m.pop() == 0 {
			m.skip(true)
		}
	case 'e':
		m.skip(false)
	default:
		m.at = start
		m.number()
	}
}

func variable(ch byte) int {
	switch {
	case ch >= 'a' && ch <= 'z':
		return int(ch - 'a')
	case ch >= 'A' && ch <= 'Z':
		return int(ch-'A') + 26
	}
	return -1
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (m *machine) binary(op byte) {
	b, a := m.pop(), m.pop()
	n := 0
	switch op {
	case '+':
		n = a + b
	case '-':
		n = a - b
	case '*':
		n = a * b
	case '/':
		if b != 0 {
			n = a / b
		}
	case 'm':
		if b != 0 {
			n = a % b
		}
	case '&':
		n = a & b
	case '|':
		n = a | b
	case '^':
		n = a ^ b
	case '=':
		n = truth(a == b)
	case '<':
		n = truth(a < b)
	case '>':
		n = truth(a > b)
	case 'A':
		n = truth(a != 0 && b != 0)
	case 'O':
		n = truth(a != 0 || b != 0)
	}
	m.push(int(int32(n)))
}

// skip goes on behind the %; that ends this condition, or, with orElse, behind
// its %e.
func (m *machine) skip(orElse bool) {
	depth := 0
	for m.at < len(m.s) {
		if m.next() != '%' {
			continue
		}
		switch m.next() {
		case '?':
			depth++
		case ';':
			if depth--; depth < 0 {
				return
			}
		case 'e':
			if depth == 0 && orElse {
				return
			}
		}
	}
}

// number prints %[[:]flags][width[.precision]][doxX], as printf(3) does.
func (m *machine) number() {
	var minus, plus, space, alt, zero bool
	if m.at < len(m.s) && m.s[m.at] == ':' {
		m.at++
	}
flags:
	for ; m.at < len(m.s); m.at++ {
		switch m.s[m.at] {
		case '-':
			minus = true
		case '+':
			plus = true
		case ' ':
			space = true
		case '#':
			alt = true
		case '0':
			zero = true
		default:
			break flags
		}
	}
	width, precision := m.digits(), -1
	if m.at < len(m.s) && m.s[m.at] == '.' {
		m.at++
		precision = m.digits()
	}
	base := 10
	conversion := m.next()
	switch conversion {
	case 'd':
	case 'o':
		base = 8
	case 'x', 'X':
		base = 16
	default:
		return
	}
	n := m.pop()
	sign := ""
	switch {
	case base != 10:
		n = int(int64(uint32(n)))
	case n < 0:
		sign, n = "-", -n
	case plus:
		sign = "+"
	case space:
		sign = " "
	}
	text := strconv.FormatInt(int64(n), base)
	text = strings.Repeat("0", max(precision-len(text), 0)) + text
	if alt && base == 16 && n != 0 {
		sign = "0x"
	}
	fill := max(width-len(sign)-len(text), 0)
	switch {
	case minus:
		text = sign + text + strings.Repeat(" ", fill)
	case zero && precision < 0:
		text = sign + strings.Repeat("0", fill) + text
	default:
		text = strings.Repeat(" ", fill) + sign + text
	}
	if conversion == 'X' {
		text = strings.ToUpper(text)
	}
	m.out = append(m.out, text...)
}

func (m *machine) digits() int {
	n := 0
	for ; m.at < len(m.s) && m.s[m.at] >= '0' && m.s[m.at] <= '9'; m.at++ {
		n = min(n*10+int(m.s[m.at]-'0'), 1000)
	}
	return n
}
