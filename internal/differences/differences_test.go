package differences

import (
	"os"
	"strings"
	"testing"
)

// TestPage fails when a table has changed and the page has not.
func TestPage(t *testing.T) {
	all, err := Collect("../..")
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 20 {
		t.Errorf("%d differences: tables are not found any more", len(all))
	}
	page, err := os.ReadFile("../../docs/differences.md")
	if err != nil {
		t.Fatal(err)
	}
	if string(page) != Page(all) {
		t.Error("docs/differences.md is not what the tables say: run make docs")
	}
}

func TestForms(t *testing.T) {
	dir := t.TempDir()
	src := `package x
var bashKnown = map[string]string{"a case": "its reason"}
var rows = []row{{name: "second", differs: "because"}, {name: "same"}}
var table = "differs: a third | echo x\nno difference\n"
`
	if err := os.WriteFile(dir+"/x_test.go", []byte(src), 0o644); err != nil {
		t.Fatal(err)
	}
	all, err := Collect(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := []Difference{{".", "a case", "its reason"}, {".", "second", "because"}, {".", "echo x", "a third"}}
	if len(all) != len(want) {
		t.Fatalf("got %v", all)
	}
	for i := range want {
		if all[i] != want[i] {
			t.Errorf("got %v, want %v", all[i], want[i])
		}
	}
	if !strings.Contains(Page(all), "| `echo x` | a third |") {
		t.Error(Page(all))
	}
}
