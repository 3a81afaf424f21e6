package rules

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"sysv/lint"
)

// TestGood lints a good script of each dialect: nothing is to be found that is
// a warning or worse.
func TestGood(t *testing.T) {
	files, err := filepath.Glob("../testdata/good/*")
	if err != nil || len(files) < 7 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			in := lint.File{Path: "/etc/init.d/" + filepath.Base(name), Source: text}
			r := lint.Run(context.Background(), []lint.File{in}, lint.Options{Rules: All()})
			for _, f := range r.Findings {
				if f.Severity >= lint.Warning {
					t.Errorf("%d:%d: %s: %s [%s]", f.Line, f.Col, f.Severity, f.Message, f.Rule)
				}
			}
		})
	}
}
