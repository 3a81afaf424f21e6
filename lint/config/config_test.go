package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sysv/lint"
)

const sample = `# what our scripts must keep
severity: warning
rehearse: never
include:
  - SV1
  - 'SV2003'   # idempotence
exclude: [SV1008, "missing-header"]
rules:
  SV2003: error
  SV1: off
ignore:
- "*.orig"
- vendor/**
`

func TestParse(t *testing.T) {
	c, err := Parse("/r/.sysvlint.yaml", []byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	if c.Threshold != lint.Warning || c.Rehearse != "never" || strings.Join(c.Include, " ") != "SV1 SV2003" ||
		strings.Join(c.Exclude, " ") != "SV1008 missing-header" || c.Severities["SV2003"] != lint.Error || len(c.Ignore) != 2 {
		t.Errorf("%+v", c)
	}
	for _, x := range []struct {
		id, name string
		want     lint.Severity
	}{
		{"SV2003", "x", lint.Error}, {"SV1001", "missing-header", lint.Off}, {"SV1002", "y", lint.Off}, {"SV3001", "z", lint.Off},
	} {
		if got := c.Severity(&lint.Rule{ID: x.id, Name: x.name, Severity: lint.Warning}); got != x.want {
			t.Errorf("%s is %v, not %v", x.id, got, x.want)
		}
	}
	for name, want := range map[string]bool{
		"/r/init.d/a.orig": true, "/r/vendor/x/y": true, "/r/init.d/a": false, "/other/a.orig": true, "/other/vendor/a": false,
	} {
		if got := c.Ignored(name); got != want {
			t.Errorf("%s: ignored is %v", name, got)
		}
	}
}

func TestErrors(t *testing.T) {
	for text, want := range map[string]string{
		"severity: loud":                  `f:1: "loud" is no severity`,
		"colour: red":                     `f:1: "colour": unknown key`,
		"rules:\n  SV1: bad":              `f:1: SV1: "bad" is no severity`,
		"a":                               `f:1: expected "key: value"`,
		"include: [a":                     `f:1: include: expected a list on one line`,
		"\tseverity: info":                `f:1: a tab before the text`,
		"  severity: info":                `f:1: the first key has blanks`,
		"severity: info\n  x":             `f:2: expected a key with fewer blanks`,
		"rules:\n  a:\n    b: c":          `f:3: nested too deeply`,
		"severity: 'info":                 `f:1: 'info: the quote has no end`,
		"exclude: {a: b}":                 `f:1: {a: b}: put it in quotes`,
		"severity: info\nseverity: error": `f:2: "severity" is there twice`,
		"rehearse: always":                `f:1: rehearse: expected auto or never`,
		"rules: x":                        `f:1: rules: expected lines`,
	} {
		_, err := Parse("f", []byte(text))
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, wanted %s", text, err, want)
		}
	}
}

func TestFind(t *testing.T) {
	dir := t.TempDir()
	deep := filepath.Join(dir, "a", "b")
	if err := os.MkdirAll(deep, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, Name), []byte("severity: style\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	c, err := Find(deep)
	if err != nil || c.Threshold != lint.Style {
		t.Errorf("%+v, %v", c, err)
	}
	if err := c.Check([]*lint.Rule{{ID: "SV1001"}}); err != nil {
		t.Error(err)
	}
	c.Exclude = []string{"SV8"}
	if err := c.Check([]*lint.Rule{{ID: "SV1001"}}); err == nil {
		t.Error("a family without rules is taken")
	}
}

// FuzzParse gives the configuration any text: it must end, and say the same
// twice.
func FuzzParse(f *testing.F) {
	f.Add([]byte(sample))
	f.Add([]byte("a: [b, 'c'"))
	f.Fuzz(func(t *testing.T, src []byte) {
		a, errA := Parse("f", src)
		b, errB := Parse("f", src)
		if (errA == nil) != (errB == nil) || errA == nil && len(a.Severities) != len(b.Severities) {
			t.Fatal("another time it is another result")
		}
	})
}
