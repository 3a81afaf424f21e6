package file

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"sysv/system"
	"sysv/utility/call"
)

// fileTest is a test on a file's name or on what stat(2) tells.
func (f *finder) fileTest(name string) (test, bool) {
	switch name {
	case "-empty":
		return f.isEmpty, true
	case "-nouser":
		users := system.Users{Sys: f.c.Sys}
		return func(x *found) bool { _, ok := users.UserByID(x.st.UID); return !ok }, true
	case "-nogroup":
		users := system.Users{Sys: f.c.Sys}
		return func(x *found) bool { _, ok := users.GroupByID(x.st.GID); return !ok }, true
	case "-readable":
		return f.access(system.ReadOK), true
	case "-writable":
		return f.access(system.WriteOK), true
	case "-executable":
		return f.access(system.ExecuteOK), true
	}
	if !hasArgument(name) {
		return nil, f.refuse(name)
	}
	a, ok := f.arg(name)
	if !ok {
		return nil, false
	}
	switch name {
	case "-name", "-iname":
		fold := name == "-iname"
		return func(x *found) bool {
			base := stripSlashes(lastComponent(x.path))
			if base == "" {
				base = "/"
			}
			return fnmatch(a, base, fold)
		}, true
	case "-path", "-ipath", "-wholename", "-iwholename":
		fold := name[1] == 'i'
		return func(x *found) bool { return fnmatch(a, x.path, fold) }, true
	case "-type":
		return f.typeTest(a)
	case "-perm":
		return f.permTest(a)
	case "-size":
		return f.sizeTest(a)
	case "-user", "-group":
		return f.ownerTest(name, a)
	case "-uid":
		return f.number(a, func(x *found) int64 { return int64(x.st.UID) })
	case "-gid":
		return f.number(a, func(x *found) int64 { return int64(x.st.GID) })
	case "-links":
		return f.number(a, func(x *found) int64 { return int64(x.st.Nlink) })
	case "-inum":
		return f.number(a, func(x *found) int64 { return int64(x.st.Ino) })
	case "-newer", "-anewer", "-cnewer":
		st, err := f.look(a, f.followOps)
		if err != nil {
			f.complain = call.QuoteArg(a) + ": " + err.Error()
			return nil, false
		}
		when := timeOf(name[1])
		return func(x *found) bool { return when(x.st).After(st.Mtime) }, true
	}
	return f.timeTest(name, a)
}

func hasArgument(name string) bool {
	switch name {
	case "-name", "-iname", "-path", "-ipath", "-wholename", "-iwholename", "-type", "-perm", "-size", "-user", "-group", "-uid",
		"-gid", "-links", "-inum", "-newer", "-anewer", "-cnewer", "-mtime", "-atime", "-ctime", "-mmin", "-amin", "-cmin":
		return true
	}
	return false
}

func (f *finder) access(mode system.AccessMode) test {
	return func(x *found) bool { return f.c.Access(x.path, mode) == nil }
}

func (f *finder) isEmpty(x *found) bool {
	if x.st.Mode.IsRegular() {
		return x.st.Size == 0
	}
	if !x.st.Mode.IsDir() {
		return false
	}
	list, err := f.c.ReadDir(x.path)
	if err != nil {
		f.fail(x.path, err)
		return false
	}
	return len(list) == 0
}

func (f *finder) typeTest(a string) (test, bool) {
	var want []system.Mode
	for t := range strings.SplitSeq(a, ",") {
		if len(t) != 1 {
			return nil, f.refuse("-type " + a)
		}
		i := strings.IndexByte("fdlbcps", t[0])
		if i < 0 {
			return nil, f.refuse("-type " + a)
		}
		types := [...]system.Mode{system.TypeRegular, system.TypeDir, system.TypeSymlink, system.TypeBlock, system.TypeChar, system.TypeFIFO, system.TypeSocket}
		want = append(want, types[i])
	}
	return func(x *found) bool {
		for _, t := range want {
			if x.st.Mode.Type() == t {
				return true
			}
		}
		return false
	}, true
}

func (f *finder) permTest(a string) (test, bool) {
	if a == "" || a[0] == '+' {
		return nil, f.refuse("-perm " + a)
	}
	how := byte('=')
	text := a
	if a[0] == '-' || a[0] == '/' {
		how, text = a[0], a[1:]
	}
	ch, ok := parseMode(text)
	if !ok {
		f.complain = "invalid mode " + call.QuoteArg(a)
		return nil, false
	}
	file, dir := adjustMode(0, false, 0, ch), adjustMode(0, true, 0, ch)
	return func(x *found) bool {
		want := file
		if x.st.Mode.IsDir() {
			want = dir
		}
		have := x.st.Mode.Perm()
		switch how {
		case '-':
			return have&want == want
		case '/':
			return want == 0 || have&want != 0
		}
		return have == want
	}, true
}

func (f *finder) ownerTest(name, a string) (test, bool) {
	users := system.Users{Sys: f.c.Sys}
	id, known := 0, false
	if name == "-user" {
		u, ok := users.User(a)
		id, known = u.UID, ok
	} else {
		g, ok := users.Group(a)
		id, known = g.GID, ok
	}
	if !known {
		n, err := strconv.ParseUint(a, 10, 32)
		if err != nil {
			if otherNames(f.c) || a == "" {
				return nil, f.refuse(name + " " + a)
			}
			kind := "user"
			if name == "-group" {
				kind = "an existing group"
				f.complain = call.QuoteArg(a) + " is not the name of " + kind
			} else {
				f.complain = call.QuoteArg(a) + " is not the name of a known " + kind
			}
			return nil, false
		}
		id = int(n)
	}
	if name == "-user" {
		return func(x *found) bool { return x.st.UID == id }, true
	}
	return func(x *found) bool { return x.st.GID == id }, true
}

// comparison splits +N, -N and N.
func comparison(a string) (sign byte, rest string) {
	if a != "" && (a[0] == '+' || a[0] == '-') {
		return a[0], a[1:]
	}
	return '=', a
}

func compared[T cmp.Ordered](sign byte, have, want T) bool {
	switch sign {
	case '+':
		return have > want
	case '-':
		return have < want
	}
	return have == want
}

func (f *finder) number(a string, value func(*found) int64) (test, bool) {
	sign, rest := comparison(a)
	n, err := strconv.ParseInt(rest, 10, 64)
	if err != nil {
		return nil, f.refuse(a)
	}
	return func(x *found) bool { return compared(sign, value(x), n) }, true
}

// sizeTest compares sizes in whole units, a part of one counted in full.
func (f *finder) sizeTest(a string) (test, bool) {
	sign, rest := comparison(a)
	unit := int64(512)
	if rest != "" {
		switch rest[len(rest)-1] {
		case 'b':
		case 'c':
			unit = 1
		case 'w':
			unit = 2
		case 'k':
			unit = 1 << 10
		case 'M':
			unit = 1 << 20
		case 'G':
			unit = 1 << 30
		default:
			rest += "b"
		}
		rest = rest[:len(rest)-1]
	}
	n, err := strconv.ParseInt(rest, 10, 64)
	if err != nil || n < 0 {
		return nil, f.refuse("-size " + a)
	}
	return func(x *found) bool {
		units := x.st.Size / unit
		if x.st.Size%unit != 0 {
			units++
		}
		return compared(sign, units, n)
	}, true
}

func timeOf(kind byte) func(system.FileInfo) time.Time {
	switch kind {
	case 'a':
		return func(st system.FileInfo) time.Time { return st.Atime }
	case 'c':
		return func(st system.FileInfo) time.Time { return st.Ctime }
	}
	return func(st system.FileInfo) time.Time { return st.Mtime }
}

// timeTest is -mtime and -mmin and so on. An age in days is rounded down, and
// one in minutes up, as find(1) has it.
func (f *finder) timeTest(name, a string) (test, bool) {
	sign, rest := comparison(a)
	n, err := strconv.ParseFloat(rest, 64)
	if err != nil || n < 0 || n > 1e6 {
		return nil, f.refuse(name + " " + a)
	}
	unit, origin := 24*time.Hour, f.now
	if strings.HasSuffix(name, "min") {
		unit = time.Minute
	} else if sign != '-' {
		origin = origin.Add(-unit)
	} else {
		// The original compares whole seconds here.
		origin = origin.Add(-time.Second)
	}
	ref := origin.Add(-time.Duration(n * float64(unit)))
	when := timeOf(name[1])
	return func(x *found) bool {
		t := when(x.st)
		switch sign {
		case '+':
			return t.Before(ref)
		case '-':
			return t.After(ref)
		}
		return t.After(ref) && !t.After(ref.Add(unit))
	}, true
}
