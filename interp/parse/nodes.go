package parse

import "sysv/interp/ast"

// slab gives out values of one type from arrays, to spare allocations.
type slab[T any] struct {
	free []T
	size int
}

func (s *slab[T]) next() *T {
	if len(s.free) == 0 {
		s.grow(1)
	}
	v := &s.free[0]
	s.free = s.free[1:]
	return v
}

// grow doubles the size of the arrays up to a limit: a short script must not
// pay for a long one.
func (s *slab[T]) grow(atLeast int) {
	s.size = min(max(4, 2*s.size), 256)
	s.free = make([]T, max(s.size, atLeast))
}

// take is a slice with a copy of list.
func (s *slab[T]) take(list []T) []T {
	n := len(list)
	if n == 0 {
		return nil
	}
	if n > len(s.free) {
		s.grow(n)
	}
	out := s.free[:n:n]
	s.free = s.free[n:]
	copy(out, list)
	return out
}

// plainWord is a word that is one literal, as most words are.
type plainWord struct {
	word  ast.Word
	parts [1]ast.Part
	lit   ast.Lit
}

type nodes struct {
	plain   slab[plainWord]
	lits    slab[ast.Lit]
	words   slab[ast.Word]
	params  slab[ast.Param]
	simples slab[ast.Simple]
	parts   slab[ast.Part]
	args    slab[*ast.Word]
}

func (n *nodes) takeParts(parts []ast.Part) []ast.Part {
	out := n.parts.take(parts)
	clear(parts)
	return out
}
