package lint

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"sysv/interp/print"
	"sysv/script"
)

// Apply makes edits in a text. Those that overlap are an error; of several
// insertions in one place the first comes first.
func Apply(src []byte, edits []Edit) ([]byte, error) {
	list := slices.Clone(edits)
	slices.SortStableFunc(list, func(a, b Edit) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	var out bytes.Buffer
	at := 0
	for _, e := range list {
		if e.Start < at || e.End < e.Start || e.End > len(src) {
			return nil, errors.New("the edits of a fix overlap, or are outside the text")
		}
		out.Write(src[at:e.Start])
		out.WriteString(e.New)
		at = e.End
	}
	out.Write(src[at:])
	return out.Bytes(), nil
}

// Fixer applies fixes, each only if it is verified: the text that comes out is
// read again, must no longer have the finding, must have no finding that was
// not there before, and where the fix changes more than comments a rehearsal
// must agree.
type Fixer struct {
	Options
	// Verify says whether the script after a fix still does what it did
	// before, but for the finding: a rehearsal of both. why is the reason
	// against it. Without it only comments are fixed.
	Verify func(ctx context.Context, before, after *script.Script, root string, f *Finding) (ok bool, why string)
}

// Fixed is what came of the fixes of one file.
type Fixed struct {
	// Source is the text with the fixes.
	Source []byte
	// Done are the findings that were fixed; Refused those whose fix was not
	// applied, each with the reason at the same place of Reasons.
	Done, Refused []Finding
	Reasons       []string
}

// maxFixes bounds how many fixes one file is given.
const maxFixes = 200

// Fix gives a file's text with all fixes that are verified. wanted says which
// findings are to be fixed; nil is all.
func (x *Fixer) Fix(ctx context.Context, file File, wanted func(Finding) bool) (*Fixed, error) {
	src := file.Source
	if src == nil {
		var err error
		if src, err = readFile(file.Path); err != nil {
			return nil, err
		}
	}
	out := &Fixed{Source: src}
	type key struct{ rule, message string }
	refused := map[key]bool{}
	for range maxFixes {
		now := file
		now.Source = out.Source
		r := Run(ctx, []File{now}, x.Options)
		if len(r.Errors) > 0 {
			return nil, r.Errors[0]
		}
		next := slices.IndexFunc(r.Findings, func(f Finding) bool {
			return f.Fix != nil && !refused[key{f.Rule, f.Message}] && (wanted == nil || wanted(f))
		})
		if next < 0 {
			return out, nil
		}
		f := r.Findings[next]
		after, why := x.try(ctx, now, r.Findings, &f)
		if why != "" {
			refused[key{f.Rule, f.Message}] = true
			out.Refused, out.Reasons = append(out.Refused, f), append(out.Reasons, why)
			continue
		}
		out.Source = after
		out.Done = append(out.Done, f)
	}
	return out, nil
}

// try makes one fix; why is the reason against it.
func (x *Fixer) try(ctx context.Context, file File, before []Finding, f *Finding) (after []byte, why string) {
	after, err := Apply(file.Source, f.Fix.Edits)
	if err != nil {
		return nil, err.Error()
	}
	if bytes.Equal(after, file.Source) {
		return nil, "it changes nothing"
	}
	now := file
	now.Source = after
	r := Run(ctx, []File{now}, x.Options)
	if len(r.Errors) > 0 {
		return nil, r.Errors[0].Error()
	}
	was, is := count(before), count(r.Findings)
	if is[f.Rule] >= was[f.Rule] {
		return nil, "the fault is still there"
	}
	for rule, n := range is {
		if n > was[rule] {
			return nil, fmt.Sprintf("it brings a finding of %s", rule)
		}
	}
	a, b := script.Parse(file.Path, file.Source), script.Parse(file.Path, after)
	if a.Err == nil && b.Err != nil {
		return nil, b.Err.Error()
	}
	if sameCommands(a, b) {
		return after, ""
	}
	if x.Verify == nil {
		return nil, "it changes commands, and nothing is rehearsed that could verify it"
	}
	if ok, why := x.Verify(ctx, a, b, file.Root, f); !ok {
		return nil, why
	}
	return after, ""
}

func count(list []Finding) map[string]int {
	n := map[string]int{}
	for _, f := range list {
		n[f.Rule]++
	}
	return n
}

// sameCommands says that two scripts differ in comments and space alone.
func sameCommands(a, b *script.Script) bool {
	if a.Err != nil || b.Err != nil || a.Interpreter != b.Interpreter || len(a.Commands) != len(b.Commands) {
		return false
	}
	for i := range a.Commands {
		if print.String(a.Commands[i]) != print.String(b.Commands[i]) {
			return false
		}
	}
	return true
}
