package interp

import (
	"strings"

	"sysv/interp/ast"
	"sysv/system"
)

// tracePrefix is PS4, its first character once more for each command
// substitution and eval around.
func (sh *Shell) tracePrefix() string {
	ps4, ok := sh.lookup("PS4")
	if !ok || ps4 == "" {
		return ""
	}
	if strings.ContainsAny(ps4, "$`\\") {
		ps4 = sh.expandPrompt(ps4)
	}
	return strings.Repeat(ps4[:min(1, len(ps4))], sh.b.level) + ps4
}

// traceLine writes a line of set -x.
func (sh *Shell) traceLine(text string) { sh.traceTo(sh.p.Stderr(), text) }

func (sh *Shell) traceTo(f system.File, text string) {
	sh.out.flush()
	system.WriteAll(f, []byte(sh.tracePrefix()+text+"\n"))
}

// bashTrace is set -x for a simple command: each assignment on a line of its
// own, then the words.
func (sh *Shell) bashTrace(stderr system.File, assigns []*ast.Assign, argv []string) {
	for _, a := range assigns {
		op := "="
		if a.Append {
			op = "+="
		}
		switch {
		case a.IsArray:
			words := make([]string, 0, len(a.Array))
			for _, e := range a.Array {
				text := sourceWord(e.Value)
				if e.Index != nil {
					text = "[" + sourceWord(e.Index) + "]=" + text
				}
				words = append(words, text)
			}
			sh.traceTo(stderr, a.Name+op+"("+strings.Join(words, " ")+")")
		case a.Index != nil:
			sub := sh.str(a.Index, tildeNone)
			v, _ := sh.element(a.Name, sub)
			sh.traceTo(stderr, a.Name+"["+sub+"]"+op+traceOperand(v))
		default:
			v, _ := sh.lookup(a.Name)
			sh.traceTo(stderr, a.Name+op+bashQuote(v))
		}
	}
	if len(argv) == 0 {
		return
	}
	words := make([]string, len(argv))
	for i, w := range argv {
		words[i] = traceOperand(w)
	}
	sh.traceTo(stderr, strings.Join(words, " "))
}

// traceFor and traceCase are set -x for the heads of for and case.
func (sh *Shell) traceFor(c *ast.For) {
	var words []string
	for _, w := range c.Words {
		words = append(words, sourceWord(w))
	}
	text := "for " + c.Name
	if c.In {
		text += " in " + strings.Join(words, " ")
	} else {
		text += ` in "$@"`
	}
	sh.traceLine(text)
}

func (sh *Shell) traceCase(c *ast.Case) {
	sh.traceLine("case " + sourceWord(c.Word) + " in")
}

// forHead is what happens before each turn of a for loop.
func (sh *Shell) forHead(c *ast.For) {
	sh.debugTrap()
	if sh.opt[optXTrace] {
		sh.traceFor(c)
	}
}
