package interp

import (
	"strconv"
	"strings"

	"sysv/interp/ast"
	"sysv/interp/pattern"
)

// param is the value of a parameter that is not @ or *.
func (sh *Shell) param(name string) (string, bool) {
	if len(name) == 1 {
		switch c := name[0]; {
		case c == '?':
			return strconv.Itoa(sh.status), true
		case c == '#':
			return strconv.Itoa(len(sh.params)), true
		case c == '$':
			return strconv.Itoa(sh.pid), true
		case c == '!':
			if sh.background == 0 {
				return "", false
			}
			return strconv.Itoa(sh.background), true
		case c == '-':
			return sh.optionLetters(), true
		case c == '0':
			return sh.name, true
		case c >= '1' && c <= '9':
			if n := int(c - '0'); n <= len(sh.params) {
				return sh.params[n-1], true
			}
			return "", false
		}
	}
	if name != "" && name[0] >= '0' && name[0] <= '9' {
		n, err := strconv.Atoi(name)
		if err != nil || n > len(sh.params) {
			return "", false
		}
		if n == 0 {
			return sh.name, true
		}
		return sh.params[n-1], true
	}
	return sh.lookup(name)
}

// checkUnset is set -u, for a parameter that is not set.
func (sh *Shell) checkUnset(name string) {
	if !sh.opt[optNoUnset] {
		return
	}
	if sh.dialect == Bash {
		if name[0] >= '0' && name[0] <= '9' {
			name = "$" + name
		}
		sh.fatal(127, "%s: unbound variable", name)
	}
	sh.fatal(2, "%s: parameter not set", name)
}

// expandParam expands ${…}.
func (sh *Shell) expandParam(x *expansion, p *ast.Param) {
	if p.Bad != "" {
		if sh.dialect == Bash {
			sh.fatal(1, "%s: bad substitution", p.Bad)
		}
		sh.fatal(2, "Bad substitution")
	}
	if sh.dialect == Bash {
		if p.Line > 0 {
			sh.line = p.Line
		}
		if sh.bashParam(x, p) {
			return
		}
	}
	if p.Name == "@" || p.Name == "*" {
		sh.expandAll(x, p)
		return
	}
	val, set := sh.param(p.Name)
	switch p.Op {
	case ast.ParamNone:
		if !set {
			sh.checkUnset(p.Name)
		}
		x.value(val, p.Quoted)
		if p.Colon {
			sh.expandArg(x, p)
		}
	case ast.ParamLength:
		if !set {
			sh.checkUnset(p.Name)
		}
		x.value(strconv.Itoa(len(val)), p.Quoted)
	case ast.ParamDefault:
		if set && (val != "" || !p.Colon) {
			x.value(val, p.Quoted)
			return
		}
		sh.expandArg(x, p)
	case ast.ParamAlt:
		if set && (val != "" || !p.Colon) {
			sh.expandArg(x, p)
			return
		}
		if p.Quoted {
			x.mark()
		}
	case ast.ParamAssign:
		if !set || val == "" && p.Colon {
			val = sh.str(p.Arg, tildeWord)
			if !isName(p.Name) {
				sh.fatal(2, "%s: bad variable name", p.Name)
			}
			sh.assign(p.Name, val, 0)
		}
		x.value(val, p.Quoted)
	case ast.ParamError:
		if !set || val == "" && p.Colon {
			sh.paramError(p)
		}
		x.value(val, p.Quoted)
	default:
		if !set {
			sh.checkUnset(p.Name)
		}
		x.value(sh.trim(val, p), p.Quoted)
	}
}

// paramError is ${x?word}.
func (sh *Shell) paramError(p *ast.Param) {
	msg := "parameter not set"
	if sh.dialect == Bash {
		msg = "parameter null or not set"
		if !p.Colon {
			msg = "parameter not set"
		}
	} else if p.Colon {
		msg = "parameter not set or null"
	}
	if p.Arg != nil && len(p.Arg.Parts) > 0 {
		msg = sh.str(p.Arg, tildeWord)
	}
	status := 2
	if sh.dialect == Bash {
		status = 127
	}
	sh.fatal(status, "%s: %s", p.Name, msg)
}

// expandArg expands the word after an operator in place: it is split like the
// value that it stands for.
func (sh *Shell) expandArg(x *expansion, p *ast.Param) {
	if p.Quoted {
		x.mark()
	}
	if p.Arg == nil {
		return
	}
	flag := byte(byteSplit)
	if p.Quoted {
		flag = byteQuoted
	}
	sh.expandParts(x, p.Arg.Parts, flag, tildeWord)
}

// trim is ${x#word} and its like.
func (sh *Shell) trim(val string, p *ast.Param) string {
	if p.Arg == nil {
		return val
	}
	pat := sh.pattern(p.Arg)
	switch p.Op {
	case ast.ParamTrimPrefix:
		return pat.TrimPrefix(val, false)
	case ast.ParamTrimPrefixMax:
		return pat.TrimPrefix(val, true)
	case ast.ParamTrimSuffix:
		return pat.TrimSuffix(val, false)
	case ast.ParamTrimSuffixMax:
		return pat.TrimSuffix(val, true)
	}
	return val
}

// expandAll expands $@ and $*.
func (sh *Shell) expandAll(x *expansion, p *ast.Param) {
	length := sh.lengthOfAll(x, p)
	switch p.Op {
	case ast.ParamLength:
		if sh.dialect == Bash {
			length = len(sh.params)
		}
		x.value(strconv.Itoa(length), p.Quoted)
		return
	case ast.ParamDefault, ast.ParamAlt, ast.ParamAssign, ast.ParamError:
		// To dash they are always set, if only to nothing.
		set := !p.Colon || length > 0
		if sh.dialect == Bash {
			set = len(sh.params) > 0 && set
		}
		switch {
		case p.Op == ast.ParamAlt && set, p.Op == ast.ParamDefault && !set:
			sh.expandArg(x, p)
			return
		case p.Op == ast.ParamAlt:
			if p.Quoted {
				x.mark()
			}
			return
		case p.Op == ast.ParamError && !set:
			sh.paramError(p)
		case p.Op == ast.ParamAssign && !set:
			sh.fatal(2, "%s: bad variable name", p.Name)
		}
	case ast.ParamNone:
	default:
		sh.trimAll(x, p)
		return
	}
	sh.expandList(x, sh.params, p.Name[0], p.Quoted)
}

// listSeparator is what dash puts between the elements of a list that $@ or
// $* (kind) stands for; fields tells that each will be a field of its own.
func (sh *Shell) listSeparator(x *expansion, kind byte, quoted bool) (sep string, fields bool) {
	if !x.noSplit && (!quoted || kind == '@') {
		return "\x00", true
	}
	return sh.ifs().first, false
}

// lengthOfAll is the length of $@ or $* as one string, separators included.
func (sh *Shell) lengthOfAll(x *expansion, p *ast.Param) int {
	sep, _ := sh.listSeparator(x, p.Name[0], p.Quoted)
	n := len(sep) * max(len(sh.params)-1, 0)
	for _, s := range sh.params {
		n += len(s)
	}
	return n
}

// trimAll is ${@#word} and its like. bash trims each parameter. dash trims
// them as one string with NULs between, of which the pattern sees what stands
// before the next NUL.
func (sh *Shell) trimAll(x *expansion, p *ast.Param) {
	if sh.dialect == Bash {
		trimmed := make([]string, len(sh.params))
		for i, s := range sh.params {
			trimmed[i] = sh.trim(s, p)
		}
		sh.expandList(x, trimmed, p.Name[0], p.Quoted)
		return
	}
	sep, fields := sh.listSeparator(x, p.Name[0], p.Quoted)
	all := strings.Join(sh.params, sep)
	if !fields {
		x.value(sh.trim(all, p), p.Quoted)
		return
	}
	all = trimList(all, sh.pattern(p.Arg), p.Op)
	sh.expandList(x, strings.Split(all, sep), p.Name[0], p.Quoted)
}

// trimList trims strings that are joined by NULs, as dash's scanleft and
// scanright do.
func trimList(all string, pat pattern.Pattern, op ast.ParamOp) string {
	matches := func(at int) bool {
		part := all[at:]
		if op == ast.ParamTrimPrefix || op == ast.ParamTrimPrefixMax {
			part = all[:at]
		}
		part, _, _ = strings.Cut(part, "\x00")
		return pat.Match(part)
	}
	up := op == ast.ParamTrimPrefix || op == ast.ParamTrimSuffixMax
	for i := 0; i <= len(all); i++ {
		at := i
		if !up {
			at = len(all) - i
		}
		if !matches(at) {
			continue
		}
		if op == ast.ParamTrimPrefix || op == ast.ParamTrimPrefixMax {
			return all[at:]
		}
		return all[:at]
	}
	return all
}

// expandList adds a list as $@ or $* (kind) adds the positional parameters.
func (sh *Shell) expandList(x *expansion, list []string, kind byte, quoted bool) {
	if kind == '*' && quoted || x.noSplit {
		sep := sh.ifs().first
		if kind == '@' && sh.dialect == Bash {
			sep = " "
		}
		if quoted && (kind == '*' || len(list) > 0) {
			x.mark()
		}
		flag := byte(byteSplit)
		if quoted {
			flag = byteQuoted
		}
		x.add(strings.Join(list, sep), flag)
		return
	}
	for i, s := range list {
		if i > 0 {
			x.endField()
		}
		x.value(s, quoted)
	}
}
