package interp

import (
	"strings"

	"sysv/interp/ast"
	"sysv/interp/pattern"
)

// How an expanded byte may be used further.
const (
	byteQuoted = 1 // neither split nor special in a pattern
	byteSplit  = 2 // result of an unquoted expansion: split by IFS
)

// event is something at an offset of an expansion that is not a byte: a mark
// says that something quoted stood there, if only "", so that an empty field
// counts; a break is where "$@" ends a field.
type event struct {
	offset  int
	isBreak bool
}

// expansion collects what the parts of one word expand to, byte by byte, and
// how each byte came there.
type expansion struct {
	buf  []byte
	flag []byte
	// events are marks and breaks, in the order in which they came.
	events []event
	// special tells that there is a byte that may make a pattern.
	special bool
	split   bool
	// noSplit is an expansion to one string: "$@" joins its parameters.
	noSplit bool
}

func (x *expansion) add(s string, flag byte) {
	if len(s) > bigValue {
		checkSize(len(x.buf) + len(s))
	}
	x.buf = append(x.buf, s...)
	n := len(x.flag)
	x.flag = append(x.flag, make([]byte, len(s))...)
	for i := n; i < len(x.flag); i++ {
		x.flag[i] = flag
	}
	for i := 0; i < len(s) && flag&byteQuoted == 0 && !x.special; i++ {
		switch s[i] {
		case '*', '?', '[', '(':
			x.special = true
		}
	}
	if flag&byteSplit != 0 && len(s) > 0 {
		x.split = true
	}
}

func (x *expansion) mark()     { x.events = append(x.events, event{len(x.buf), false}) }
func (x *expansion) endField() { x.events = append(x.events, event{len(x.buf), true}) }

// value adds what a parameter or a command substitution gave.
func (x *expansion) value(s string, quoted bool) {
	if quoted {
		x.mark()
		x.add(s, byteQuoted)
		return
	}
	x.add(s, byteSplit)
}

// segments is buf[from:to] for package pattern.
func (x *expansion) segments(from, to int) []pattern.Segment {
	var segs []pattern.Segment
	for from < to {
		q := x.flag[from] & byteQuoted
		n := from + 1
		for n < to && x.flag[n]&byteQuoted == q {
			n++
		}
		segs = append(segs, pattern.Segment{Text: string(x.buf[from:n]), Quoted: q != 0})
		from = n
	}
	return segs
}

// tildeMode says where a ~ is expanded.
type tildeMode int

const (
	tildeNone   tildeMode = iota
	tildeWord             // at the beginning
	tildeAssign           // and after each colon
)

// fields expands words to the arguments that a command gets: all expansions,
// field splitting, pathname expansion.
func (sh *Shell) fields(words []*ast.Word, out []string) []string {
	for _, w := range words {
		out = sh.fieldsOf(w, out)
	}
	return out
}

func (sh *Shell) fieldsOf(w *ast.Word, out []string) []string {
	if s, ok := sh.simpleWord(w); ok {
		return append(out, s)
	}
	if sh.dialect == Bash {
		if words, ok := sh.braces(w); ok {
			return sh.fields(words, out)
		}
	}
	if s, ok := sh.unsplitParam(w); ok {
		if s == "" {
			return out
		}
		return append(out, s)
	}
	var x expansion
	if sh.dialect == Bash && sh.expandAssignmentArg(&x, w) {
		return sh.splitFields(&x, out)
	}
	sh.expandParts(&x, w.Parts, 0, tildeWord)
	return sh.splitFields(&x, out)
}

// mayExpand tells whether unquoted literal text can be more than itself: a
// tilde, a pattern, in bash a brace expansion.
func (sh *Shell) mayExpand(text string) bool {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '*', '?':
			return true
		case '[':
			if strings.IndexByte(text[i:], ']') > 0 {
				return true
			}
		case '~':
			if i == 0 || sh.dialect == Bash {
				return true
			}
		case '{', '+', '@', '!':
			if sh.dialect == Bash {
				return true
			}
		}
	}
	return false
}

// unsplitParam gives the value of an unquoted $name that has nothing in it to
// split or to match: most of them.
func (sh *Shell) unsplitParam(w *ast.Word) (string, bool) {
	if len(w.Parts) != 1 || sh.dialect != Dash {
		return "", false
	}
	p, ok := w.Parts[0].(*ast.Param)
	if !ok || p.Op != ast.ParamNone || p.Colon || p.Bad != "" || p.Name == "@" || p.Name == "*" {
		return "", false
	}
	v, set := sh.param(p.Name)
	if !set && sh.opt[optNoUnset] {
		return "", false
	}
	ifs := sh.ifs()
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case ifs.set[c] != 0, c == '*', c == '?', c == '[', c == '\\':
			return "", false
		}
	}
	return v, true
}

// simpleWord gives a word's one field where nothing needs to be split or
// matched: most words.
func (sh *Shell) simpleWord(w *ast.Word) (string, bool) {
	if len(w.Parts) != 1 {
		return "", false
	}
	switch p := w.Parts[0].(type) {
	case *ast.Lit:
		if p.Quoted {
			return p.Text, true
		}
		return p.Text, !sh.mayExpand(p.Text)
	case *ast.Param:
		if p.Quoted && p.Op == ast.ParamNone && !p.Colon && p.Bad == "" && p.Name != "@" && p.Name != "*" && p.Index == nil && p.IndexAll == 0 && !p.Indirect && p.Names == 0 {
			v, ok := sh.param(p.Name)
			if !ok {
				sh.checkUnset(p.Name)
			}
			return v, true
		}
	}
	return "", false
}

// str expands a word to one string: an assignment's value, a file name of a
// redirection, the word of case.
func (sh *Shell) str(w *ast.Word, tilde tildeMode) string {
	if s, ok := sh.simpleStr(w); ok {
		return s
	}
	x := expansion{noSplit: true}
	sh.expandParts(&x, w.Parts, 0, tilde)
	return string(x.buf)
}

func (sh *Shell) simpleStr(w *ast.Word) (string, bool) {
	if len(w.Parts) == 0 {
		return "", true
	}
	if len(w.Parts) == 1 {
		if l, ok := w.Parts[0].(*ast.Lit); ok && (l.Quoted || !strings.Contains(l.Text, "~")) {
			return l.Text, true
		}
	}
	return "", false
}

// pattern expands a word to a pattern, in which what was quoted is literal.
func (sh *Shell) pattern(w *ast.Word) pattern.Pattern {
	if len(w.Parts) == 1 {
		if l, ok := w.Parts[0].(*ast.Lit); ok && (l.Quoted || !strings.HasPrefix(l.Text, "~")) {
			return sh.newPattern(pattern.Segment{Text: l.Text, Quoted: l.Quoted})
		}
	}
	x := expansion{noSplit: true}
	sh.expandParts(&x, w.Parts, 0, tildeWord)
	return sh.newPattern(x.segments(0, len(x.buf))...)
}

func (sh *Shell) expandParts(x *expansion, parts []ast.Part, inherit byte, tilde tildeMode) {
	for i, part := range parts {
		switch p := part.(type) {
		case *ast.Lit:
			if p.Quoted {
				x.mark()
				x.add(p.Text, byteQuoted)
				continue
			}
			if tilde != tildeNone && strings.Contains(p.Text, "~") {
				sh.expandTilde(x, p.Text, i == 0, i == len(parts)-1, inherit, tilde)
				continue
			}
			x.add(p.Text, inherit)
		case *ast.Param:
			sh.expandParam(x, p)
			if p.Op == ast.ParamNone && p.Colon {
				return
			}
		case *ast.CmdSubst:
			x.value(sh.substitute(p), p.Quoted)
		case *ast.Arith:
			x.value(sh.arithWord(p.Expr), p.Quoted)
		case *ast.ProcSubst:
			x.value(sh.processSubst(p), true)
		case *ast.ExtGlob:
			x.add(string(p.Op)+"("+p.Pattern+")", inherit)
			x.special = true
		}
	}
}

// expandTilde expands the tildes of unquoted literal text.
func (sh *Shell) expandTilde(x *expansion, text string, first, last bool, inherit byte, mode tildeMode) {
	start := first
	for text != "" {
		if start && text[0] == '~' {
			n := 1
			for n < len(text) && text[n] != '/' && (mode != tildeAssign || text[n] != ':') {
				n++
			}
			// A name that goes on in a quoted or expanded part is no name.
			if n < len(text) || last {
				if home, ok := sh.home(text[1:n]); ok {
					x.add(home, byteQuoted)
					text = text[n:]
					start = false
					continue
				}
			}
		}
		start = false
		n := len(text)
		if mode == tildeAssign {
			if i := strings.IndexByte(text, ':'); i >= 0 {
				n = i + 1
				start = true
			}
		}
		x.add(text[:n], inherit)
		text = text[n:]
	}
}

// splitFields splits an expansion by IFS, matches path names, and appends the
// fields.
func (sh *Shell) splitFields(x *expansion, out []string) []string {
	ifs := sh.ifs()
	n := len(x.buf)
	start, marked, ev := 0, false, 0
	emit := func(end int, always bool) {
		if end > start || marked || always {
			out = sh.pathnames(x, start, end, out)
		}
		marked = false
	}
	// delimiter tells whether byte i can be part of a delimiter that began
	// at from: no event may stand before it.
	delimiter := func(i, from int, class byte) bool {
		return i < n && x.flag[i]&byteSplit != 0 && ifs.set[x.buf[i]] == class &&
			(i == from || ev == len(x.events) || x.events[ev].offset > i)
	}
	for i := 0; ; {
		for ev < len(x.events) && x.events[ev].offset <= i {
			if x.events[ev].isBreak {
				emit(i, false)
				start = i
			} else {
				marked = true
			}
			ev++
		}
		if i >= n {
			break
		}
		if !x.split || x.flag[i]&byteSplit == 0 || ifs.set[x.buf[i]] == 0 {
			i++
			continue
		}
		end, hard := i, false
		for delimiter(i, end, 1) {
			i++
		}
		if delimiter(i, end, 2) {
			hard = true
			i++
			for delimiter(i, end, 1) {
				i++
			}
		}
		emit(end, hard)
		start = i
	}
	emit(n, false)
	if len(out) > bigValue {
		if len(out) > maxFields {
			outOfSpace()
		}
		checkSpace()
	}
	return out
}

// pathnames appends a field, or the path names that it matches.
func (sh *Shell) pathnames(x *expansion, start, end int, out []string) []string {
	if x.special && !sh.opt[optNoGlob] {
		special := false
		for i := start; i < end; i++ {
			if c := x.buf[i]; (c == '*' || c == '?' || c == '[') && x.flag[i]&byteQuoted == 0 {
				special = true
				break
			}
		}
		if sh.dialect == Bash && !special {
			special = sh.hasExtGlob(x, start, end)
		}
		if special {
			if names := sh.glob(x.segments(start, end)); len(names) > 0 {
				return append(out, names...)
			}
			if sh.dialect == Bash && sh.noMatch(string(x.buf[start:end])) {
				return out
			}
		}
	}
	return append(out, string(x.buf[start:end]))
}

// home is the home directory that ~name stands for.
func (sh *Shell) home(name string) (string, bool) {
	if name == "" {
		return sh.lookup("HOME")
	}
	if sh.dialect == Bash {
		switch name {
		case "+":
			return sh.lookup("PWD")
		case "-":
			return sh.lookup("OLDPWD")
		}
	}
	u, ok := sh.users().User(name)
	return u.Home, ok
}
