package file

import (
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// batchBytes is how much -exec … + hands to one command at most, as xargs.
const batchBytes = 128 << 10

// action is an action of the expression.
func (f *finder) action(name string) (test, bool) {
	if name == "-prune" {
		f.hasPrune = true
		return func(x *found) bool { x.prune = true; return true }, true
	}
	if name == "-quit" {
		return func(*found) bool { f.quit = true; return true }, true
	}
	f.hasAction = true
	switch name {
	case "-print":
		return func(x *found) bool { return f.print(x, '\n') }, true
	case "-print0":
		return func(x *found) bool { return f.print(x, 0) }, true
	case "-printf":
		a, ok := f.arg(name)
		if !ok {
			return nil, false
		}
		return f.printf(a)
	case "-delete":
		f.depthFirst, f.deletes = true, true
		return f.remove, true
	}
	return f.exec()
}

func (f *finder) print(x *found, end byte) bool {
	f.c.Out.WriteString(x.path)
	f.c.Out.WriteByte(end)
	return true
}

// remove is -delete.
func (f *finder) remove(x *found) bool {
	if x.path == "." {
		return true
	}
	del := f.c.Unlink
	if x.st.Mode.IsDir() {
		del = f.c.Rmdir
	}
	if err := del(x.path); err != nil {
		f.c.Errorf("cannot delete %s: %v", call.QuoteArg(x.path), err)
		f.status = 1
		return false
	}
	return true
}

// exec reads a command up to ; or {} +.
func (f *finder) exec() (test, bool) {
	for i, a := range f.args {
		switch {
		case a == ";":
			if i == 0 {
				return nil, f.refuse("-exec ;")
			}
			argv := f.args[:i]
			f.args = f.args[i+1:]
			return func(x *found) bool { return f.run(argv, x) }, true
		case a == "+" && i > 0 && f.args[i-1] == "{}":
			argv := f.args[:i-1]
			for _, w := range argv {
				if strings.Contains(w, "{}") {
					return nil, f.refuse("-exec with several {}")
				}
			}
			if len(argv) == 0 {
				return nil, f.refuse("-exec {} +")
			}
			f.args = f.args[i+1:]
			b := &batch{f: f, argv: argv}
			f.batches = append(f.batches, b)
			return b.add, true
		}
	}
	f.complain = "missing argument to `-exec'"
	return nil, false
}

func (f *finder) run(argv []string, x *found) bool {
	words := make([]string, len(argv))
	for i, w := range argv {
		words[i] = strings.ReplaceAll(w, "{}", x.path)
	}
	return f.c.Exec(f.c.Process, words) == 0
}

// batch is the files gathered for an -exec … +.
type batch struct {
	f     *finder
	argv  []string
	names []string
	size  int
}

func (b *batch) add(x *found) bool {
	if b.size+len(x.path)+1 > batchBytes {
		b.run()
	}
	b.names = append(b.names, x.path)
	b.size += len(x.path) + 1
	return true
}

func (b *batch) run() {
	if len(b.names) == 0 || b.f.c.Stop() {
		return
	}
	words := append(append([]string{}, b.argv...), b.names...)
	b.names, b.size = nil, 0
	if b.f.c.Exec(b.f.c.Process, words) != 0 {
		b.f.status = 1
	}
}

// printf is -printf with the directives of printField.
func (f *finder) printf(format string) (test, bool) {
	parts, ok := parseFindFormat(format)
	if !ok {
		return nil, f.refuse("-printf " + format)
	}
	return func(x *found) bool {
		for _, p := range parts {
			if p.what == 0 {
				f.c.Out.WriteString(p.text)
			} else {
				f.c.Out.WriteString(f.field(p.what, x))
			}
		}
		return true
	}, true
}

func parseFindFormat(format string) (parts []statPart, ok bool) {
	text := ""
	for i := 0; i < len(format); i++ {
		switch {
		case format[i] == '\\' && i+1 < len(format):
			i++
			at := strings.IndexByte("abfnrtv\\0", format[i])
			if at < 0 {
				return nil, false
			}
			text += "\a\b\f\n\r\t\v\\\x00"[at : at+1]
		case format[i] == '%':
			if i++; i == len(format) {
				return nil, false
			}
			if format[i] == '%' {
				text += "%"
				continue
			}
			if strings.IndexByte("pfhPsmMugUGylindbk", format[i]) < 0 {
				return nil, false
			}
			parts = append(parts, statPart{text: text}, statPart{what: format[i]})
			text = ""
		default:
			text += format[i : i+1]
		}
	}
	return append(parts, statPart{text: text}), true
}

// field is the value of one directive of -printf.
func (f *finder) field(what byte, x *found) string {
	st := x.st
	switch what {
	case 'p':
		return x.path
	case 'f':
		base := stripSlashes(lastComponent(x.path))
		if base == "" {
			return x.path
		}
		return base
	case 'h':
		if i := strings.LastIndexByte(stripSlashes(x.path), '/'); i >= 0 {
			return x.path[:i]
		}
		return "."
	case 'P':
		return strings.TrimLeft(strings.TrimPrefix(x.path, x.start), "/")
	case 'd':
		return decimal(int64(x.depth))
	case 's':
		return decimal(st.Size)
	case 'b':
		return decimal(st.Blocks)
	case 'k':
		return decimal((st.Blocks + 1) / 2)
	case 'm':
		return octalText(st.Mode.Perm())
	case 'M':
		return st.Mode.String()
	case 'n':
		return decimal(int64(st.Nlink))
	case 'i':
		return decimal(int64(st.Ino))
	case 'U':
		return decimal(int64(st.UID))
	case 'G':
		return decimal(int64(st.GID))
	case 'u':
		return userName(f.c, st.UID)
	case 'g':
		return groupName(f.c, st.GID)
	case 'l':
		if !st.Mode.IsSymlink() {
			return ""
		}
		target, _ := f.c.Readlink(x.path)
		return target
	}
	return typeLetter(st.Mode)
}

func typeLetter(m system.Mode) string {
	if m.IsRegular() {
		return "f"
	}
	return m.String()[:1]
}
