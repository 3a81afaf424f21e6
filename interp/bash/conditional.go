package bash

import (
	"mvdan.cc/sh/v3/syntax"

	"sysv/interp/ast"
)

// test lowers an expression of [[ ]]. The parser gives && and || one rank and
// lets ! take all that follows, so what it read is put in a row and read again.
func (l *lowerer) test(x syntax.TestExpr) ast.TestExpr {
	r := testReader{l: l}
	r.flatten(x)
	return r.or()
}

// testItem is an operator ("!", "&&", "||") or a test of its own.
type testItem struct {
	op   string
	leaf ast.TestExpr
}

type testReader struct {
	l     *lowerer
	items []testItem
}

func (r *testReader) flatten(x syntax.TestExpr) {
	r.l.deeper(x.Pos())
	defer func() { r.l.depth-- }()
	switch x := x.(type) {
	case *syntax.UnaryTest:
		if x.Op == syntax.TsNot {
			r.items = append(r.items, testItem{op: "!"})
			r.flatten(x.X)
			return
		}
		r.leaf(&ast.TestUnary{Op: x.Op.String(), X: r.word(x.X)})
	case *syntax.BinaryTest:
		if x.Op == syntax.AndTest || x.Op == syntax.OrTest {
			r.flatten(x.X)
			r.items = append(r.items, testItem{op: x.Op.String()})
			r.flatten(x.Y)
			return
		}
		r.leaf(&ast.TestBinary{Op: x.Op.String(), X: r.word(x.X), Y: r.word(x.Y)})
	case *syntax.ParenTest:
		r.leaf(&ast.TestUnary{Op: "(", X: r.l.test(x.X)})
	case *syntax.Word:
		r.leaf(&ast.TestWord{Word: r.l.word(x)})
	default:
		r.l.fail(x.Pos(), "syntax error in conditional expression")
	}
}

func (r *testReader) leaf(x ast.TestExpr) { r.items = append(r.items, testItem{leaf: x}) }

func (r *testReader) word(x syntax.TestExpr) ast.TestExpr {
	w, ok := x.(*syntax.Word)
	if !ok {
		r.l.fail(x.Pos(), "syntax error in conditional expression")
	}
	return &ast.TestWord{Word: r.l.word(w)}
}

func (r *testReader) take(op string) bool {
	if len(r.items) > 0 && r.items[0].op == op {
		r.items = r.items[1:]
		return true
	}
	return false
}

func (r *testReader) or() ast.TestExpr {
	x := r.and()
	for r.take("||") {
		x = &ast.TestBinary{Op: "||", X: x, Y: r.and()}
	}
	return x
}

func (r *testReader) and() ast.TestExpr {
	x := r.not()
	for r.take("&&") {
		x = &ast.TestBinary{Op: "&&", X: x, Y: r.not()}
	}
	return x
}

func (r *testReader) not() ast.TestExpr {
	if r.take("!") {
		return &ast.TestUnary{Op: "!", X: r.not()}
	}
	if len(r.items) == 0 || r.items[0].leaf == nil {
		panic(bail{&SyntaxError{Line: 1 + r.l.base, Msg: "syntax error in conditional expression"}})
	}
	x := r.items[0].leaf
	r.items = r.items[1:]
	return x
}
