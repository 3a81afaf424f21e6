package mutants

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"sysv/lint"
	"sysv/lint/rules"
	"sysv/script"
)

// Kind is one kind of fault.
type Kind struct {
	// Name says what is done, in a few words.
	Name string
	// Family is that of the rules that have to find it: "SV2".
	Family string
	// Adds says that commands are added that the script did not have; else
	// what it has is changed.
	Adds bool
	// Good says that it is no fault, but the right way to do the same: what
	// is found of it is wrong.
	Good bool
	// mutate puts it into a script, and says whether it could.
	mutate func(m *maker) bool
}

// Input is one script.
type Input struct {
	Path string
	Text []byte
}

// Row is what came of one kind.
type Row struct {
	Kind Kind
	// Scripts is in how many it was put, Found in how many it was found.
	Scripts, Found int
	// Missed are those in which it was not.
	Missed []string
}

// Mutant is a script with a fault in it.
type Mutant struct {
	Kind Kind
	Path string
	Text []byte
}

// Of gives the mutants of a script, one a kind, those left out in which the
// fault cannot be.
func Of(in Input, kinds []Kind) []Mutant {
	s := script.Parse(in.Path, in.Text)
	if s.Err != nil || s.Shell == script.NoShell || s.Dispatch == nil {
		return nil
	}
	var out []Mutant
	for _, k := range kinds {
		m := newMaker(s)
		if !k.mutate(m) {
			continue
		}
		text := []byte(m.result())
		if script.Parse(in.Path, text).Err != nil {
			continue
		}
		out = append(out, Mutant{Kind: k, Path: in.Path, Text: text})
	}
	return out
}

// Look is what looks for faults: the findings on a script.
type Look func(ctx context.Context, in Input) []lint.Finding

// Static looks by the rules alone; nothing is rehearsed.
func Static() Look { return By(true, nil) }

// By looks by the rules on the text, if they are asked for, and by a rehearsal,
// which may be nil.
func By(text bool, rehearse func(ctx context.Context, s *script.Script, root string) ([]lint.Finding, error)) Look {
	all := rules.All()
	if !text {
		all = slices.DeleteFunc(all, func(r *lint.Rule) bool { return !r.Rehearsed })
	}
	return func(ctx context.Context, in Input) []lint.Finding {
		r := lint.Run(ctx, []lint.File{{Path: in.Path, Source: in.Text}}, lint.Options{Rules: all, Rehearse: rehearse, Jobs: 1})
		return r.Findings
	}
}

// counts are how many findings a text has by their rule and the line that they
// are on, so that lines that have moved, and messages that are put otherwise,
// do not count as new.
func counts(found []lint.Finding, text []byte, family string) map[string]int {
	lines := strings.Split(string(text), "\n")
	out := map[string]int{}
	for _, f := range found {
		if !strings.HasPrefix(f.Rule, family) {
			continue
		}
		line := ""
		if f.Line > 0 && f.Line <= len(lines) {
			line = strings.TrimSpace(lines[f.Line-1])
		}
		out[f.Rule+"\x00"+line]++
	}
	return out
}

// Run puts all kinds into all scripts and looks. jobs is how many scripts are
// looked at at a time.
func Run(ctx context.Context, inputs []Input, kinds []Kind, look Look, jobs int) ([]Row, int) {
	rows := make([]Row, len(kinds))
	index := map[string]int{}
	for i, k := range kinds {
		rows[i].Kind = k
		index[k.Name] = i
	}
	var lock sync.Mutex
	used := 0
	next := make(chan Input)
	var group sync.WaitGroup
	for range max(jobs, 1) {
		group.Go(func() {
			for in := range next {
				mutants := Of(in, kinds)
				if len(mutants) == 0 {
					continue
				}
				base := look(ctx, in)
				lock.Lock()
				used++
				lock.Unlock()
				for _, m := range mutants {
					was := counts(base, in.Text, m.Kind.Family)
					found := false
					for k, n := range counts(look(ctx, Input{Path: m.Path, Text: m.Text}), m.Text, m.Kind.Family) {
						found = found || n > was[k]
					}
					lock.Lock()
					r := &rows[index[m.Kind.Name]]
					r.Scripts++
					if found {
						r.Found++
					} else {
						r.Missed = append(r.Missed, script.Base(m.Path))
					}
					lock.Unlock()
				}
			}
		})
	}
	for _, in := range inputs {
		next <- in
	}
	close(next)
	group.Wait()
	for i := range rows {
		slices.Sort(rows[i].Missed)
	}
	return rows, used
}

// Table is the rows as tables in Markdown, with the sums of all.
func Table(rows []Row, scripts int) string {
	var b strings.Builder
	faults := slices.DeleteFunc(slices.Clone(rows), func(r Row) bool { return r.Kind.Good })
	changed := slices.DeleteFunc(slices.Clone(faults), func(r Row) bool { return r.Kind.Adds })
	good := slices.DeleteFunc(slices.Clone(rows), func(r Row) bool { return !r.Kind.Good })
	n, found := sum(faults)
	fmt.Fprintf(&b, "%d kinds of fault in %d real scripts: %d mutants, of which %d were found by a rule of the right family (%s). ",
		len(faults), scripts, n, found, share(found, n))
	n, found = sum(changed)
	fmt.Fprintf(&b, "Of those in which what the script has is changed (%d kinds) %d of %d (%s). ", len(changed), found, n, share(found, n))
	n, found = sum(good)
	fmt.Fprintf(&b, "Of %d mutants in which the same is done right (%d kinds) something was found in %d (%s): those findings are wrong.\n\n", n, len(good), found, share(found, n))
	b.WriteString("| family | fault | put in by | scripts | found | share | missed in |\n|---|---|---|---:|---:|---:|---|\n")
	for _, r := range faults {
		how := "a change"
		if r.Kind.Adds {
			how = "adding"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %d | %d | %s | %s |\n", r.Kind.Family, cell(r.Kind.Name), how, r.Scripts, r.Found, share(r.Found, r.Scripts), some(r.Missed))
	}
	b.WriteString("\n| family | done right | scripts | wrongly found |\n|---|---|---:|---:|\n")
	for _, r := range good {
		fmt.Fprintf(&b, "| %s | %s | %d | %d |\n", r.Kind.Family, cell(r.Kind.Name), r.Scripts, r.Found)
	}
	return b.String()
}

func sum(rows []Row) (n, found int) {
	for _, r := range rows {
		n, found = n+r.Scripts, found+r.Found
	}
	return n, found
}

// cell is a text as a cell of a table may have it.
func cell(s string) string { return strings.ReplaceAll(s, "|", "\\|") }

// some are the first few names.
func some(names []string) string {
	out := strings.Join(names[:min(len(names), 5)], ", ")
	if n := len(names) - 5; n > 0 {
		out += fmt.Sprintf(" and %d more", n)
	}
	return out
}

func share(n, of int) string {
	if of == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(n)/float64(of))
}
