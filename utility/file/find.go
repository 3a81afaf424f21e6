package file

import (
	"slices"
	"time"

	"sysv/system"
	"sysv/utility/call"
)

// finder is one run of find.
type finder struct {
	c                     *call.Call
	expr                  test
	now                   time.Time
	followOps, followAll  bool
	depthFirst, oneFS     bool
	minDepth, maxDepth    int
	status                int
	quit                  bool
	batches               []*batch
	hasAction, hasPrune   bool
	deletes               bool
	unsupported, complain string
	args                  []string
}

// found is one file that find looks at.
type found struct {
	path  string
	start string // the operand it was found under
	depth int
	st    system.FileInfo
	prune bool
}

// test is a part of the expression.
type test func(*found) bool

// Find is findutils' find(1) with -H, -L, -P, the operators, -name, -iname,
// -path, -ipath, -wholename, -type, -size, -empty, -perm, -user, -group, -uid,
// -gid, -nouser, -nogroup, -links, -inum, the times (-mtime, -mmin, -newer and
// so on), -readable, -writable, -executable, -maxdepth, -mindepth, -depth,
// -xdev, -mount, -follow, -prune, -print, -print0, -printf (a part),
// -delete, -quit and -exec with ; and +.
func Find(c *call.Call) int {
	f := finder{c: c, maxDepth: -1, now: c.Sys.Now()}
	args := c.Args[1:]
	for len(args) > 0 {
		switch args[0] {
		case "-H":
			f.followOps, f.followAll = true, false
		case "-L":
			f.followOps, f.followAll = true, true
		case "-P":
			f.followOps, f.followAll = false, false
		default:
			goto operands
		}
		args = args[1:]
	}
operands:
	n := 0
	for n < len(args) && !isExpression(args[n]) {
		n++
	}
	names := args[:n]
	f.args = args[n:]
	if !f.parse() {
		if f.unsupported != "" {
			return c.Refuse(f.unsupported)
		}
		return c.Fail("%s", f.complain)
	}
	if len(names) == 0 {
		names = []string{"."}
	}
	if name, own := ownDescriptors(names); own {
		return c.Refuse(name)
	}
	for _, name := range names {
		f.operand(name)
		if f.quit || c.Stop() {
			break
		}
	}
	for _, b := range f.batches {
		b.run()
	}
	return f.status
}

// isExpression tells whether an argument begins the expression.
func isExpression(a string) bool {
	return len(a) > 1 && a[0] == '-' || a == "(" || a == ")" || a == "!" || a == ","
}

func (f *finder) fail(path string, err error) {
	f.c.Errorf("%s: %v", call.QuoteArg(path), err)
	f.status = 1
}

func (f *finder) operand(name string) {
	st, err := f.look(name, f.followOps)
	if err != nil {
		f.fail(name, err)
		return
	}
	f.visit(&found{path: name, start: name, st: st}, st.Dev, nil)
}

// look is stat(2) where links are followed, and lstat(2) for the others and
// for those that lead nowhere.
func (f *finder) look(path string, follow bool) (system.FileInfo, error) {
	if follow {
		st, err := f.c.Stat(path)
		if err == nil {
			return st, nil
		}
		if err != system.ENOENT && err != system.ELOOP && err != system.ENOTDIR {
			return st, err
		}
	}
	return f.c.Lstat(path)
}

// visit applies the expression to a file and, if it is a directory, to what
// is in it. above are the directories that it is in.
func (f *finder) visit(x *found, dev uint64, above []*found) {
	if f.quit || f.c.Stop() {
		return
	}
	for i := range above {
		if x.st.Mode.IsDir() && above[i].st.SameFile(x.st) {
			f.c.Errorf("File system loop detected; %s is part of the same file system loop as %s.", call.QuoteArg(x.path), call.QuoteArg(above[i].path))
			f.status = 1
			return
		}
	}
	if !f.depthFirst {
		f.apply(x)
	}
	if x.st.Mode.IsDir() && !x.prune && !f.quit {
		f.descend(x, dev, above)
	}
	if f.depthFirst {
		f.apply(x)
	}
}

func (f *finder) apply(x *found) {
	if x.depth >= f.minDepth && !f.quit {
		f.expr(x)
	}
}

func (f *finder) descend(x *found, dev uint64, above []*found) {
	if f.maxDepth >= 0 && x.depth >= f.maxDepth || f.oneFS && x.st.Dev != dev {
		return
	}
	var list []system.DirEntry
	var err error
	if f.followAll || x.depth == 0 && f.followOps {
		list, err = f.c.ReadDir(x.path)
	} else {
		list, err = readDir(f.c, x.path, x.st)
	}
	if err != nil {
		f.fail(x.path, err)
		return
	}
	above = append(slices.Clip(above), x)
	for _, e := range list {
		path := join(x.path, e.Name)
		st, err := f.look(path, f.followAll)
		if err != nil {
			f.fail(path, err)
			continue
		}
		f.visit(&found{path: path, start: x.start, depth: x.depth + 1, st: st}, dev, above)
		if f.quit || f.c.Stop() {
			return
		}
	}
}
