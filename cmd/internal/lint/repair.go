package lint

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"sysv/lint"
	"sysv/system"
)

// repair applies fixes, or prints what they would be. changed says that a
// fix was, or would be, applied.
func (c *command) repair(ctx context.Context, files []lint.File, o lint.Options, verify bool) (out []lint.File, changed bool, err error) {
	x := lint.Fixer{Options: o}
	if verify {
		x.Verify = verifier()
	}
	for _, f := range files {
		fixed, err := x.Fix(ctx, f, func(f lint.Finding) bool { return len(c.above([]lint.Finding{f})) > 0 })
		if err != nil {
			// Linting tells of it again, with its place.
			out = append(out, f)
			continue
		}
		for i, r := range fixed.Refused {
			fmt.Fprintf(c.p.Stderr(), "%s:%d: %s: not fixed: %s\n", r.Path, r.Line, r.Rule, fixed.Reasons[i])
		}
		if len(fixed.Done) == 0 {
			out = append(out, f)
			continue
		}
		changed = true
		if c.o.diff {
			before := f.Source
			if before == nil {
				if before, err = os.ReadFile(f.Path); err != nil {
					return nil, changed, err
				}
			}
			system.WriteAll(c.p.Stdout(), []byte(lint.Diff(f.Path, before, fixed.Source)))
			continue
		}
		for _, d := range fixed.Done {
			fmt.Fprintf(c.p.Stderr(), "%s:%d: %s: fixed: %s\n", d.Path, d.Line, d.Rule, d.Fix.What)
		}
		if f.Source != nil {
			// Standard input: the fixed text is the output.
			system.WriteAll(c.p.Stdout(), fixed.Source)
			continue
		}
		if err := rewrite(f.Path, fixed.Source); err != nil {
			return nil, changed, err
		}
		out = append(out, f)
	}
	return out, changed, nil
}

// rewrite puts a new text in a file's place, whole or not at all, with the
// mode of the old.
func rewrite(path string, text []byte) error {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return err
	}
	info, err := os.Stat(real)
	if err != nil {
		return err
	}
	t, err := os.CreateTemp(filepath.Dir(real), "."+filepath.Base(real)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(t.Name())
	if _, err = t.Write(text); err == nil {
		err = t.Chmod(info.Mode().Perm())
	}
	if err == nil {
		err = keepOwner(t, info)
	}
	if err2 := t.Close(); err == nil {
		err = err2
	}
	if err != nil {
		return err
	}
	return os.Rename(t.Name(), real)
}
