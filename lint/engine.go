package lint

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"

	"sysv/interp/ast"
	"sysv/lsb"
	"sysv/script"
)

// File is one file to look at.
type File struct {
	// Path is its name, as findings have it.
	Path string
	// Source is its text; nil is read from Path.
	Source []byte
	// Root is the directory below which the file is etc/init.d/NAME, ""
	// where there is none.
	Root string
	// Whole says that all scripts of its directory are among the files.
	Whole bool
}

// Options say what is looked for.
type Options struct {
	// Rules are all rules there are.
	Rules []*Rule
	// Severity gives the severity of a rule in a file, by the
	// configuration; nil leaves it as the rule has it.
	Severity func(r *Rule, path string) Severity
	// Rehearse, if not nil, acts a script out and gives what it has found:
	// findings of rules that are Rehearsed, or of others with a proof.
	Rehearse func(ctx context.Context, s *script.Script, root string) ([]Finding, error)
	// Jobs is how many files are looked at at a time; 0 is one a processor.
	Jobs int
}

// Result is what was found.
type Result struct {
	// Findings are in the order of [Compare].
	Findings []Finding
	// Errors are the files that could not be read, in order of their names,
	// and what went wrong inside.
	Errors []error
	// Files is how many files were looked at, Lines how many lines.
	Files, Lines int
}

// fileResult is what comes of one file.
type fileResult struct {
	findings  []*Finding
	errs      []error
	neighbour *Neighbour
	sup       *suppressions
	lines     int
}

// Run looks at files. The order of the findings depends on nothing but them.
func Run(ctx context.Context, files []File, o Options) *Result {
	results := make([]fileResult, len(files))
	jobs := o.Jobs
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	next := make(chan int)
	var group sync.WaitGroup
	for range min(jobs, max(len(files), 1)) {
		group.Go(func() {
			for i := range next {
				results[i] = lintFile(ctx, files[i], o)
			}
		})
	}
	for i := range files {
		next <- i
	}
	close(next)
	group.Wait()

	lintTrees(files, results, o)
	r := &Result{Files: len(files)}
	for i := range results {
		f := &results[i]
		r.Errors = append(r.Errors, f.errs...)
		r.Lines += f.lines
		for _, x := range finish(files[i].Path, f, o) {
			r.Findings = append(r.Findings, *x)
		}
	}
	slices.SortStableFunc(r.Findings, Compare)
	slices.SortStableFunc(r.Errors, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return r
}

// Script looks at one script that was parsed already, by those of the rules
// that need no more than it. Nothing is suppressed.
func Script(s *script.Script, root fs.FS, rules []*Rule) []*Finding {
	var out []*Finding
	for _, r := range rules {
		if r.Run == nil || s.Shell == script.NoShell && !r.Any || s.Dialect == script.OpenRC {
			continue
		}
		r.Run(&Pass{Script: s, Root: root, rule: r, out: &out})
	}
	return out
}

func lintFile(ctx context.Context, file File, o Options) (out fileResult) {
	defer func() {
		if r := recover(); r != nil {
			out.errs = append(out.errs, fmt.Errorf("%s: the linter itself went wrong: %v\n%s", file.Path, r, debug.Stack()))
		}
	}()
	src := file.Source
	if src == nil {
		var err error
		if src, err = readFile(file.Path); err != nil {
			out.errs = append(out.errs, err)
			return out
		}
	}
	s := script.Parse(file.Path, src)
	out.lines = s.Lines()
	out.sup = findSuppressions(s)
	var root fs.FS
	if file.Root != "" {
		root = os.DirFS(file.Root)
	}
	out.findings = Script(s, root, o.Rules)
	if o.Rehearse != nil && s.Shell != script.NoShell && s.Err == nil {
		found, err := o.Rehearse(ctx, s, file.Root)
		if err != nil {
			out.errs = append(out.errs, fmt.Errorf("%s: %w", file.Path, err))
		}
		for i := range found {
			out.findings = append(out.findings, &found[i])
		}
	}
	out.neighbour = neighbour(s)
	return out
}

// readFile reads a file of a size that a script can have.
func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, pathError(path, err)
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: not a file", path)
	}
	if info.Size() > script.MaxSize {
		return nil, fmt.Errorf("%s: longer than a script may be (%d bytes)", path, script.MaxSize)
	}
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, pathError(path, err)
	}
	if src == nil {
		src = []byte{}
	}
	return src, nil
}

func pathError(path string, err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("%s: %w", path, e.Err)
	}
	return fmt.Errorf("%s: %w", path, err)
}

// neighbour is what is kept of a script.
func neighbour(s *script.Script) *Neighbour {
	n := &Neighbour{
		Path: s.Path, Name: filepath.Base(s.Path), Header: s.Header, Chkconfig: s.Chkconfig,
		Dialect: s.Dialect, Shell: s.Shell, PIDFile: s.Daemon.PIDFile,
	}
	seen := map[string]bool{}
	s.Inspect(func(node any) bool {
		w, ok := node.(*ast.Word)
		if !ok || len(w.Parts) == 0 {
			return true
		}
		if text, known := s.Constant(w); known && len(text) > 1 && text[0] == '/' && !strings.ContainsAny(text, " \t\n*?[") && !seen[text] {
			seen[text] = true
			x := lsb.Word{Text: text, Position: lsb.Position{Path: s.Path, Line: w.Line, Col: 1}}
			if w.At.Known() {
				x.Position = s.Position(int(w.At.Pos))
			}
			n.Files = append(n.Files, x)
		}
		return true
	})
	return n
}

// lintTrees calls the rules that look at a directory.
func lintTrees(files []File, results []fileResult, o Options) {
	byDir := map[string][]int{}
	var dirs []string
	index := map[string]int{}
	for i := range files {
		if results[i].neighbour == nil || files[i].Path == "-" {
			continue
		}
		d := filepath.Dir(files[i].Path)
		if byDir[d] == nil {
			dirs = append(dirs, d)
		}
		byDir[d] = append(byDir[d], i)
		index[files[i].Path] = i
	}
	slices.Sort(dirs)
	for _, d := range dirs {
		members := byDir[d]
		t := Tree{Dir: d, Whole: true}
		for _, i := range members {
			t.Scripts = append(t.Scripts, results[i].neighbour)
			t.Whole = t.Whole && files[i].Whole
			if files[i].Root != "" && t.Root == nil {
				t.Root = os.DirFS(files[i].Root)
			}
		}
		slices.SortFunc(t.Scripts, func(a, b *Neighbour) int { return strings.Compare(a.Name, b.Name) })
		var found []*Finding
		for _, r := range o.Rules {
			if r.Tree != nil {
				pass := t
				pass.rule, pass.out = r, &found
				r.Tree(&pass)
			}
		}
		for _, f := range found {
			i, ok := index[f.Path]
			if !ok {
				// Of a link or a file beside the scripts.
				i = members[0]
			}
			results[i].findings = append(results[i].findings, f)
		}
	}
}

// finish gives a file's findings their severities, and drops those that are
// off, suppressed or there twice.
func finish(path string, r *fileResult, o Options) []*Finding {
	if o.Severity != nil {
		severities := map[string]Severity{}
		for _, rule := range o.Rules {
			severities[rule.ID] = o.Severity(rule, path) - rule.Severity
			if o.Severity(rule, path) == Off {
				severities[rule.ID] = -100
			}
		}
		for _, f := range r.findings {
			if d := severities[f.Rule]; d == -100 {
				f.Severity = Off
			} else if d != 0 {
				f.Severity = min(max(f.Severity+d, Style), Error)
			}
		}
	}
	found := slices.DeleteFunc(r.findings, func(f *Finding) bool { return f.Severity == Off })
	found = unique(found)
	if r.sup != nil {
		found = r.sup.apply(path, found, o)
	}
	return found
}

// unique drops a finding where the same rule has another one in the same
// place: the one with a trace stays.
func unique(list []*Finding) []*Finding {
	type key struct {
		rule, path string
		line       int
		col        int
		message    string
	}
	seen := map[key]int{}
	var out []*Finding
	for _, f := range list {
		k := key{f.Rule, f.Path, f.Line, f.Col, f.Message}
		i, ok := seen[k]
		if !ok {
			seen[k] = len(out)
			out = append(out, f)
			continue
		}
		if len(f.Trace) > len(out[i].Trace) {
			if f.Fix == nil {
				f.Fix = out[i].Fix
			}
			out[i] = f
		}
	}
	return out
}
