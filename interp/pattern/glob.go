package pattern

import (
	"slices"

	"sysv/system"
)

// FS is what pathname expansion asks of a file system. A [system.Process] has
// it; names that do not begin with a slash are relative to its directory.
type FS interface {
	ReadDir(path string) ([]system.DirEntry, error)
	Lstat(path string) (system.FileInfo, error)
}

// Glob is pathname expansion, XCU 2.14.3 as dash does it: the names of files
// that exist, sorted by their bytes, or nil if there are none or the pattern
// has no special character (the word then stays as it is). A name that begins
// with a dot is matched only by a written dot, and ".*" finds "." and ".."
// too, except in bash.
func Glob(fs FS, p Pattern) []string {
	if p.literal || p.text == "" {
		return nil
	}
	g := globber{fs: fs, opts: p.opts}
	g.expand("", p.text)
	slices.Sort(g.found)
	return g.found
}

type globber struct {
	fs    FS
	opts  Options
	found []string
}

// expand adds what begins with dir (as it is to be printed, empty or ending
// in a slash) and goes on with the pattern rest.
func (g *globber) expand(dir, rest string) {
	start, end, next, special := component(rest, g.opts)
	if !special {
		if dir == "" {
			return
		}
		name := dir + unescape(rest)
		if _, err := g.fs.Lstat(name); err == nil {
			g.found = append(g.found, name)
		}
		return
	}
	dir += unescape(rest[:start])
	where := dir
	if where == "" {
		where = "."
	}
	entries, err := g.fs.ReadDir(where)
	if err != nil {
		return
	}
	for g.opts.Bash && next >= 0 && next < len(rest) && rest[next] == '/' {
		next++
	}
	p := compile(g.opts, rest[start:end])
	dot := writtenDot(rest[start:end])
	if dot && !g.opts.Bash {
		entries = append(slices.Clip(entries), system.DirEntry{Name: ".", Type: system.TypeDir},
			system.DirEntry{Name: "..", Type: system.TypeDir})
	}
	for _, e := range entries {
		if e.Name[0] == '.' && !dot && !g.opts.Dots || !p.Match(e.Name) {
			continue
		}
		if next < 0 {
			g.found = append(g.found, dir+e.Name)
			continue
		}
		// Only a directory, or a link that may lead to one, has more in it.
		if e.Type == 0 || e.Type == system.TypeDir || e.Type == system.TypeSymlink {
			g.expand(dir+e.Name+"/", rest[next:])
		}
	}
}

func writtenDot(t string) bool {
	if t != "" && t[0] == '\\' {
		t = t[1:]
	}
	return t != "" && t[0] == '.'
}

// component finds the first component of t with a special character in it:
// t[start:end], and where the text after its slash begins, or -1.
func component(t string, o Options) (start, end, next int, special bool) {
	for i := 0; i < len(t); i++ {
		at := i
		switch t[i] {
		case '*', '?':
			special = true
			continue
		case '[':
			special = special || closes(t[i+1:])
			continue
		case '(':
			if o.Extended && i > 0 {
				switch t[i-1] {
				case '+', '@', '!':
					special = true
				}
			}
			continue
		case '\\':
			if i+1 == len(t) {
				continue
			}
			i++
		}
		if t[i] == '/' {
			if special {
				return start, at, i + 1, true
			}
			start = i + 1
		}
	}
	return start, len(t), -1, special
}

// closes tells whether dash takes a "[" before t for a bracket expression
// when it looks for the components of a path: there is a closing bracket,
// not as the first character, before the next slash.
func closes(t string) bool {
	i := 0
	if i < len(t) && t[i] == '!' {
		i++
	}
	for {
		if i < len(t) && t[i] == '\\' {
			i++
		}
		if i >= len(t) || t[i] == '/' {
			return false
		}
		i++
		if i < len(t) && t[i] == ']' {
			return true
		}
	}
}
