package interp

import (
	"strings"

	"sysv/interp/ast"
	"sysv/interp/bash"
)

// transformed is ${name@letter} of one value.
func (sh *Shell) transformed(val, letter, name string) string {
	switch letter {
	case "Q", "K", "k":
		return quoteTransform(val)
	case "E":
		return bash.Unescape(val)
	case "P":
		return sh.expandPrompt(val)
	case "U":
		return strings.ToUpper(val)
	case "u":
		if val != "" {
			return strings.ToUpper(val[:1]) + val[1:]
		}
		return val
	case "L":
		return strings.ToLower(val)
	case "a":
		return attributeLetters(sh.vars.m[sh.resolve(name)])
	case "A":
		v := sh.vars.m[sh.resolve(name)]
		if letters := attributeLetters(v); letters != "" {
			return "declare -" + letters + " " + name + "=" + quoteTransform(val)
		}
		return name + "=" + quoteTransform(val)
	}
	return val
}

// transformArray is ${name[@]@A} and ${name[@]@K}, which look at the whole
// array; list has the other letters' results.
func (sh *Shell) transformArray(p *ast.Param, a *array, list []string) []string {
	letter, _ := p.Arg.Lit()
	switch letter {
	case "A":
		v := sh.vars.m[sh.resolve(p.Name)]
		v.array = a
		return []string{"declare -" + attributeLetters(v) + " " + p.Name + "=" + a.String()}
	case "K":
		var b strings.Builder
		vals := a.values()
		for i, k := range a.names() {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(k + " " + doubleQuote(vals[i]))
		}
		return []string{b.String()}
	case "k":
		var out []string
		vals := a.values()
		for i, k := range a.names() {
			out = append(out, k, vals[i])
		}
		return out
	}
	return list
}

// attributeLetters are a variable's attributes, in the order in which declare
// -p shows them.
func attributeLetters(v variable) string {
	var b strings.Builder
	if v.array != nil {
		if v.array.assoc {
			b.WriteByte('A')
		} else {
			b.WriteByte('a')
		}
	}
	for _, f := range [...]struct {
		flag   varFlag
		letter byte
	}{{varInteger, 'i'}, {varNameref, 'n'}, {varReadonly, 'r'}, {varExported, 'x'}, {varLower, 'l'}, {varUpper, 'u'}} {
		if v.flags&f.flag != 0 {
			b.WriteByte(f.letter)
		}
	}
	return b.String()
}
