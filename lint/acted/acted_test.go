package acted

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"sysv/lint"
	"sysv/lint/rules"
	"sysv/rehearse"
	"sysv/script"
)

// TestExamples proves that the rehearsal breaks each of its rules on the bad
// example, and not on the good one.
func TestExamples(t *testing.T) {
	list := rules.All()
	fires := func(t *testing.T, r *lint.Rule, text string) bool {
		path, root := lint.ExamplePath, ""
		if parts := lint.Sections(text); parts != nil {
			root = t.TempDir()
			text = parts[0].Data
			path = filepath.Join(root, parts[0].Name)
			for _, p := range parts {
				name := filepath.Join(root, p.Name)
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, []byte(p.Data), 0o755); err != nil {
					t.Fatal(err)
				}
			}
		}
		s := script.Parse(path, []byte(lint.Example(text)))
		found, err := Findings(context.Background(), s, root, list)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			if f.Rule == r.ID {
				return true
			}
		}
		return false
	}
	for _, r := range list {
		if !r.Rehearsed {
			continue
		}
		t.Run(r.ID, func(t *testing.T) {
			switch why, fired := unshown(r.ID), fires(t, r, r.Bad); {
			case fired && why != "":
				t.Errorf("%s fires on its bad example, which is said not to show it: %s", r.Name, why)
			case !fired && why != "":
				t.Logf("not shown on an example: %s", why)
			case !fired:
				t.Errorf("%s is silent on its bad example:\n%s", r.Name, lint.Example(r.Bad))
			}
			if fires(t, r, r.Good) {
				t.Errorf("%s fires on its good example:\n%s", r.Name, lint.Example(r.Good))
			}
		})
	}
}

// unshown is why a rule does not fire on an example.
func unshown(id string) string {
	switch id {
	case "SV4108":
		return "the invented machine gives the script its defaults file back"
	case "SV4109":
		return "whether a daemon starts as another user is the daemon's, and so assumed"
	case "SV5102":
		return "whether a daemon removes its own pid file is known of real daemons only"
	case "SV5104":
		return "which daemon leaves children is known of real daemons only"
	}
	return ""
}

// TestRules compares the rules of the rehearsal with those that have a page.
func TestRules(t *testing.T) {
	pages := map[string]bool{}
	for _, r := range rules.All() {
		if r.Rehearsed {
			pages[r.ID] = true
		}
	}
	for _, r := range rehearse.Rules() {
		if !pages[r.ID] {
			t.Errorf("%s has no page in lint/rules", r.ID)
		}
		delete(pages, r.ID)
	}
	for id := range pages {
		t.Errorf("%s is found by no rehearsal", id)
	}
}
