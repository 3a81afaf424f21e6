package interp

import (
	"slices"
	"strconv"
	"strings"

	"sysv/interp/ast"
	"sysv/interp/pattern"
)

// bashParam expands the parameter expansions that dash does not have. It
// reports whether p is one.
func (sh *Shell) bashParam(x *expansion, p *ast.Param) bool {
	if p.Op < ast.ParamSlice && p.Index == nil && p.IndexAll == 0 && !p.Indirect && p.Names == 0 && !p.Keys {
		if p.Op == ast.ParamAssign && p.Name != "@" && p.Name != "*" {
			return false
		}
		return false
	}
	if p.Names != 0 {
		sh.expandList(x, sh.namesWith(p.Name), p.Names, p.Quoted)
		return true
	}
	if p.Indirect {
		sh.indirect(x, p)
		return true
	}
	if p.Keys {
		var keys []string
		name := sh.resolve(p.Name)
		if a := sh.arrayOf(name); a != nil {
			keys = a.names()
		} else if _, set := sh.lookup(name); set {
			keys = []string{"0"}
		}
		sh.expandList(x, keys, p.IndexAll, p.Quoted)
		return true
	}
	kind := p.IndexAll
	if kind == 0 && (p.Name == "@" || p.Name == "*") {
		kind = p.Name[0]
	}
	if kind != 0 {
		sh.bashList(x, p, kind)
		return true
	}
	sh.bashScalar(x, p)
	return true
}

// bashPatterns is how patterns are read.
func (sh *Shell) bashPatterns() pattern.Options {
	return pattern.Options{Bash: true, Extended: sh.b.conditional || sh.bashOpt("extglob"), Fold: sh.bashOpt("nocasematch")}
}

// hasExtGlob tells whether a field has an extended pattern in it.
func (sh *Shell) hasExtGlob(x *expansion, start, end int) bool {
	if !sh.bashOpt("extglob") {
		return false
	}
	for i := start + 1; i < end; i++ {
		if x.buf[i] == '(' && x.flag[i]&byteQuoted == 0 && strings.IndexByte("?*+@!", x.buf[i-1]) >= 0 {
			return true
		}
	}
	return false
}

// noMatch is what happens to a pattern that matches no path name. It reports
// whether the word is dropped.
func (sh *Shell) noMatch(text string) bool {
	if sh.bashOpt("failglob") {
		sh.fatal(1, "no match: %s", text)
	}
	return sh.bashOpt("nullglob")
}

// expandAssignmentArg expands an argument such as name=~/x: bash expands the
// tilde after the = there too.
func (sh *Shell) expandAssignmentArg(x *expansion, w *ast.Word) bool {
	if !isAssignmentWord(w) {
		return false
	}
	text := w.Parts[0].(*ast.Lit).Text
	at := strings.IndexByte(text, '=') + 1
	if !strings.Contains(text[at:], "~") {
		return false
	}
	x.add(text[:at], 0)
	rest := append([]ast.Part{&ast.Lit{Text: text[at:]}}, w.Parts[1:]...)
	sh.expandParts(x, rest, 0, tildeAssign)
	return true
}

// namesWith lists the variables whose names begin with a prefix.
func (sh *Shell) namesWith(prefix string) []string {
	var names []string
	for name, v := range sh.vars.m {
		if strings.HasPrefix(name, prefix) && (v.flags&varUnset == 0 || v.array != nil) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// indirect is ${!name}: the value is the name of what is expanded.
func (sh *Shell) indirect(x *expansion, p *ast.Param) {
	target := ""
	set := false
	if v, ok := sh.vars.m[p.Name]; ok && v.flags&varNameref != 0 && p.Index == nil {
		// For a name reference it is the name itself.
		x.value(v.value, p.Quoted)
		return
	}
	if p.Index != nil {
		target, set = sh.element(p.Name, sh.str(p.Index, tildeNone))
	} else {
		target, set = sh.param(p.Name)
	}
	if !set || target == "" {
		if p.Op == ast.ParamDefault || p.Op == ast.ParamAlt || !set && p.Name != "" && sh.vars.m[p.Name].array != nil {
			q := *p
			q.Indirect, q.Index, q.Name = false, nil, "__sysv_unset"
			sh.expandParam(x, &q)
			return
		}
		sh.fatal(1, "%s: invalid indirect expansion", p.Name)
	}
	q := *p
	q.Indirect, q.Index, q.Name = false, nil, target
	if name, sub, ok := splitSubscript(target); ok {
		q.Name = name
		if sub == "@" || sub == "*" {
			q.IndexAll = sub[0]
		} else {
			q.Index = &ast.Word{Parts: []ast.Part{&ast.Lit{Text: sub, Quoted: true}}}
		}
	} else if !isName(target) && !isSpecialParam(target) {
		sh.fatal(1, "%s: invalid variable name", target)
	}
	sh.expandParam(x, &q)
}

func isSpecialParam(s string) bool {
	if len(s) == 1 && strings.Contains("@*#?-$!0", s) {
		return true
	}
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// bashScalar expands one value.
func (sh *Shell) bashScalar(x *expansion, p *ast.Param) {
	sub, name := "", p.Name
	if p.Index != nil {
		sub = sh.str(p.Index, tildeNone)
		name += "[" + sub + "]"
	}
	get := func() (string, bool) {
		if p.Index != nil {
			return sh.element(p.Name, sub)
		}
		return sh.param(p.Name)
	}
	val, set := get()
	switch p.Op {
	case ast.ParamDefault:
		if set && (val != "" || !p.Colon) {
			break
		}
		sh.expandArg(x, p)
		return
	case ast.ParamAlt:
		if set && (val != "" || !p.Colon) {
			sh.expandArg(x, p)
		} else if p.Quoted {
			x.mark()
		}
		return
	case ast.ParamAssign:
		if !set || val == "" && p.Colon {
			val = sh.str(p.Arg, tildeAssign)
			sh.setElement(p.Name, sub, val, false, 0)
		}
	case ast.ParamError:
		if !set || val == "" && p.Colon {
			q := *p
			q.Name = name
			sh.paramError(&q)
		}
	default:
		if !set {
			sh.checkUnset(name)
		}
		if p.Op == ast.ParamTransform && !set {
			if p.Quoted {
				x.mark()
			}
			return
		}
		val = sh.transform(val, p)
	}
	x.value(val, p.Quoted)
}

// bashList expands $@, $* and the elements of an array.
func (sh *Shell) bashList(x *expansion, p *ast.Param, kind byte) {
	list := sh.params
	var a *array
	if p.IndexAll != 0 {
		name := sh.resolve(p.Name)
		if a = sh.arrayOf(name); a != nil {
			list = a.values()
		} else {
			list = nil
			if v, set := sh.lookup(name); set {
				list = []string{v}
			}
		}
	}
	full := len(list) > 0 && (!p.Colon || len(list) > 1 || list[0] != "")
	switch p.Op {
	case ast.ParamLength:
		x.value(strconv.Itoa(len(list)), p.Quoted)
		return
	case ast.ParamDefault, ast.ParamAssign:
		if !full {
			sh.expandArg(x, p)
			return
		}
	case ast.ParamAlt:
		if full {
			sh.expandArg(x, p)
		} else if p.Quoted && kind == '*' {
			x.mark()
		}
		return
	case ast.ParamError:
		if !full {
			q := *p
			q.Name += "[" + string(kind) + "]"
			sh.paramError(&q)
		}
	case ast.ParamNone:
	case ast.ParamSlice:
		list = sh.sliceList(list, p, a)
	default:
		out := make([]string, len(list))
		for i, s := range list {
			out[i] = sh.transform(s, p)
		}
		list = out
		if p.Op == ast.ParamTransform && a != nil {
			list = sh.transformArray(p, a, list)
		}
	}
	sh.expandList(x, list, kind, p.Quoted)
}

// sliceList is ${@:offset:length} and ${name[@]:offset:length}. The offset of
// the latter is an index; $@ counts from 1, and 0 is $0.
func (sh *Shell) sliceList(list []string, p *ast.Param, a *array) []string {
	offset := int(sh.arithValue(sh.str(p.Offset, tildeNone)))
	length := -1
	if p.Length != nil {
		length = int(sh.arithValue(sh.str(p.Length, tildeNone)))
		if length < 0 {
			sh.fatal(1, "%s: substring expression < 0", strings.TrimSpace(sh.str(p.Length, tildeNone)))
		}
	}
	if p.IndexAll == 0 {
		if offset < 0 {
			offset += len(list) + 1
			if offset < 0 {
				return nil
			}
		}
		if offset == 0 {
			list = append([]string{sh.name}, list...)
		} else {
			offset--
		}
	} else {
		if offset < 0 {
			top := len(list)
			if a != nil && !a.assoc {
				top = a.max() + 1
			}
			if offset += top; offset < 0 {
				return nil
			}
		}
		if a != nil && !a.assoc {
			offset, _ = slices.BinarySearch(a.idx, offset)
		} else if a != nil && offset > 0 {
			offset--
		}
	}
	if offset >= len(list) {
		return nil
	}
	list = list[offset:]
	if length >= 0 && length < len(list) {
		list = list[:length]
	}
	return list
}

// transform applies an operator to one value.
func (sh *Shell) transform(val string, p *ast.Param) string {
	switch p.Op {
	case ast.ParamNone:
		return val
	case ast.ParamLength:
		return strconv.Itoa(len(val))
	case ast.ParamSlice:
		return sh.slice(val, p)
	case ast.ParamReplace:
		return sh.replaced(val, p)
	case ast.ParamUpper, ast.ParamUpperAll, ast.ParamLower, ast.ParamLowerAll:
		return sh.changeCase(val, p)
	case ast.ParamTransform:
		letter, _ := p.Arg.Lit()
		return sh.transformed(val, letter, p.Name)
	}
	return sh.trim(val, p)
}

// slice is ${name:offset:length}.
func (sh *Shell) slice(val string, p *ast.Param) string {
	offset := int(sh.arithValue(sh.str(p.Offset, tildeNone)))
	if offset < 0 {
		offset += len(val)
	}
	if offset < 0 || offset > len(val) {
		return ""
	}
	end := len(val)
	if p.Length != nil {
		n := int(sh.arithValue(sh.str(p.Length, tildeNone)))
		if n < 0 {
			if end += n; end < offset {
				sh.fatal(1, "%s: substring expression < 0", strings.TrimSpace(sh.str(p.Length, tildeNone)))
			}
		} else {
			end = min(offset+n, len(val))
		}
	}
	return val[offset:end]
}

// changeCase is ${name^pattern} and its like.
func (sh *Shell) changeCase(val string, p *ast.Param) string {
	match := func(string) bool { return true }
	if p.Arg != nil && len(p.Arg.Parts) > 0 {
		match = sh.pattern(p.Arg).Match
	}
	b := []byte(val)
	for i, c := range b {
		if !match(string(c)) {
			if p.Op == ast.ParamUpper || p.Op == ast.ParamLower {
				break
			}
			continue
		}
		switch p.Op {
		case ast.ParamUpper, ast.ParamUpperAll:
			if c >= 'a' && c <= 'z' {
				b[i] = c - 32
			}
		default:
			if c >= 'A' && c <= 'Z' {
				b[i] = c + 32
			}
		}
		if p.Op == ast.ParamUpper || p.Op == ast.ParamLower {
			break
		}
	}
	return string(b)
}

// replaced is ${name/pattern/text}.
func (sh *Shell) replaced(val string, p *ast.Param) string {
	pat := sh.pattern(p.Arg)
	repl := expansion{noSplit: true}
	sh.expandParts(&repl, p.Repl.Parts, 0, tildeWord)
	if p.Anchor != 0 {
		rest := ""
		if p.Anchor == '#' {
			rest = pat.TrimPrefix(val, true)
		} else {
			rest = pat.TrimSuffix(val, true)
		}
		if len(rest) == len(val) && !pat.Match("") {
			return val
		}
		if p.Anchor == '#' {
			return string(repl.replacement(sh, nil, val[:len(val)-len(rest)])) + rest
		}
		return string(repl.replacement(sh, []byte(rest), val[len(rest):]))
	}
	if len(p.Arg.Parts) == 0 {
		return val
	}
	var out []byte
	at := 0
	for at <= len(val) {
		from, to := pat.Find(val, at)
		if from < 0 || from == to && (from == len(val) && len(val) > 0) {
			break
		}
		out = append(out, val[at:from]...)
		out = repl.replacement(sh, out, val[from:to])
		at = to
		if from == to {
			if at < len(val) {
				out = append(out, val[at])
			}
			at++
		}
		if !p.All {
			break
		}
	}
	if at < len(val) {
		out = append(out, val[at:]...)
	}
	return string(out)
}

// replacement appends the text that replaces match: an & that is not quoted
// stands for it (patsub_replacement).
func (x *expansion) replacement(sh *Shell, out []byte, match string) []byte {
	amp := sh.bashOpt("patsub_replacement")
	for i := 0; i < len(x.buf); i++ {
		c := x.buf[i]
		quoted := x.flag[i]&byteQuoted != 0
		switch {
		case amp && !quoted && c == '&':
			out = append(out, match...)
		case amp && !quoted && c == '\\' && i+1 < len(x.buf) && (x.buf[i+1] == '&' || x.buf[i+1] == '\\'):
			i++
			out = append(out, x.buf[i])
		default:
			out = append(out, c)
		}
	}
	return out
}
