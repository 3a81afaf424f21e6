package format

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"sysv/lint"
	"sysv/lsb"
)

var update = flag.Bool("update", false, "write the golden files")

// sample has what the forms have to bear: a trace, a fix, a file as a whole,
// bytes that are special in JSON, XML and terminals, letters outside ASCII.
func sample() *lint.Result {
	return &lint.Result{
		Files: 3,
		Findings: []lint.Finding{
			{
				Rule: "SV1002", Name: "unterminated-header", Severity: lint.Error, Path: "etc/init.d/a b", Line: 2, Col: 1, EndCol: 20,
				Message: `no "### END" & <none>, 100%: a,b`,
				Fix:     &lint.Fix{What: "end it", Edits: []lint.Edit{{Start: 3, End: 3, New: "x\n"}, {Start: 9, End: 12, New: ""}}},
			},
			{
				Rule: "SV2101", Name: "second-start-starts-another", Severity: lint.Warning, Path: "etc/init.d/a b", Line: 3, Col: 2, EndCol: 9, Message: "two\nlines",
				Trace: []lint.Step{
					{Position: lsb.Position{Path: "etc/init.d/a b", Line: 3, Col: 2}, What: "start: process 1"},
					{Position: lsb.Position{Path: "/lib/lsb/init-functions", Line: 7}, What: "exit 0"},
					{What: "assumed: it forks"},
				},
			},
			{Rule: "SV1030", Name: "ignored-file-name", Severity: lint.Info, Path: "/etc/init.d/c.old", Message: "a file as a whole \x1b[31m \xff"},
			{Rule: "SV8013", Name: "var-run", Severity: lint.Style, Path: "étc/d", Line: 1, Col: 4, EndCol: 5, Message: "ünïcode"},
		},
		Errors: []error{errors.New("etc/init.d/e: permission denied <&>")},
	}
}

func source(path string) []string {
	switch path {
	case "etc/init.d/a b":
		return []string{"#!/bin/sh", "### BEGIN INIT INFO", "\tstart \x1b]0;x\a go", ""}
	case "étc/d":
		return []string{"éà /var/run"}
	}
	return nil
}

// described are rules for the form that describes them; of some findings
// there is none.
func described() []*lint.Rule {
	return []*lint.Rule{
		{ID: "SV1002", Name: "unterminated-header", Severity: lint.Error, Title: "the header has no end", Text: "The line is missing.\n"},
		{ID: "SV8013", Name: "var-run", Severity: lint.Style, Title: "a file below /var/run", Text: "It is a link."},
	}
}

func write(t *testing.T, name string, r *lint.Result) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, name, r, Options{Source: source, Rules: described(), Version: "1.2"}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestGolden compares each form with the file that has it.
func TestGolden(t *testing.T) {
	for _, name := range Names() {
		got := write(t, name, sample())
		file := filepath.Join("testdata", name+".golden")
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not as in %s (go test -update, and read the difference): %v\n%s", name, file, err, got)
		}
	}
	var b bytes.Buffer
	if err := Write(&b, "xml", sample(), Options{}); err == nil {
		t.Error("a form that there is not is written")
	}
}

// TestColor is the same text with and without colours.
func TestColor(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, "tty", sample(), Options{Source: source, Color: true}); err != nil {
		t.Fatal(err)
	}
	plain := write(t, "tty", sample())
	bare := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAll(b.Bytes(), nil)
	if !bytes.Equal(bare, plain) || bytes.Equal(b.Bytes(), plain) {
		t.Errorf("without its colours it is\n%s\nnot\n%s", bare, plain)
	}
	if bytes.ContainsAny(plain, "\x1b\a") {
		t.Error("a script's text reaches the terminal as it is")
	}
}

// oracle is a program that validates, or a skip.
func oracle(t *testing.T, name string, args ...string) {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		missing(t, name)
	}
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Errorf("%s: %v\n%s", name, err, out)
	}
}

func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
		t.Fatalf("%s is missing", what)
	}
	t.Skipf("SKIPPED: %s is missing (make schemas; apt-get install libxml2-utils python3-jsonschema)", what)
}

func schema(t *testing.T, name string) string {
	t.Helper()
	file := filepath.Join("..", "..", ".cache", "schemas", name)
	if _, err := os.Stat(file); err != nil {
		missing(t, file)
	}
	return file
}

func temp(t *testing.T, data []byte) string {
	file := filepath.Join(t.TempDir(), "out")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// results are what each form is validated with: something, and nothing.
func results() map[string]*lint.Result {
	return map[string]*lint.Result{"findings": sample(), "none": {Files: 1}}
}

// TestSARIF validates by the schema of SARIF 2.1.0.
func TestSARIF(t *testing.T) {
	for name, r := range results() {
		t.Run(name, func(t *testing.T) {
			const script = `import json,sys,jsonschema
schema=json.load(open(sys.argv[1])); data=json.load(open(sys.argv[2]))
errors=sorted(jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker()).iter_errors(data), key=str)
[print(list(e.path), e.message[:200]) for e in errors]; sys.exit(len(errors)>0)`
			oracle(t, "python3", "-c", script, schema(t, "sarif-schema-2.1.0.json"), temp(t, write(t, "sarif", r)))
		})
	}
}

// TestXML validates the two XML forms, which have no official schema, by what
// their readers document.
func TestXML(t *testing.T) {
	for _, form := range []string{"junit", "checkstyle"} {
		for name, r := range results() {
			t.Run(form+"/"+name, func(t *testing.T) {
				oracle(t, "xmllint", "--noout", "--schema", "testdata/"+form+".xsd", temp(t, write(t, form, r)))
			})
		}
	}
}

// TestGitLab holds the form against what GitLab's documentation of Code
// Quality asks of each entry.
func TestGitLab(t *testing.T) {
	var list []map[string]any
	if err := json.Unmarshal(write(t, "gitlab", sample()), &list); err != nil {
		t.Fatal(err)
	}
	prints := map[string]bool{}
	for _, x := range list {
		loc, _ := x["location"].(map[string]any)
		lines, _ := loc["lines"].(map[string]any)
		begin, _ := lines["begin"].(float64)
		print, _ := x["fingerprint"].(string)
		switch {
		case x["description"] == "" || x["check_name"] == "" || loc["path"] == "" || begin < 1 || len(print) < 16 || prints[print]:
			t.Errorf("%v lacks something, or is not the only one with its fingerprint", x)
		}
		prints[print] = true
		switch x["severity"] {
		case "info", "minor", "major", "critical", "blocker":
		default:
			t.Errorf("%v is no severity", x["severity"])
		}
	}
	if len(list) != len(sample().Findings) {
		t.Errorf("%d entries", len(list))
	}
}

// TestGitHub reads the commands back as GitHub's runner does: one a line,
// properties and message with %25, %0D, %0A, %3A and %2C.
func TestGitHub(t *testing.T) {
	re := regexp.MustCompile(`^::(error|warning|notice) ((?:[a-zA-Z]+=[^,:]*)(?:,[a-zA-Z]+=[^,:]*)*)::(.*)$`)
	out := strings.TrimSuffix(string(write(t, "github", sample())), "\n")
	all := strings.Split(out, "\n")
	if len(all) != len(sample().Findings) {
		t.Fatalf("%d lines:\n%s", len(all), out)
	}
	for i, line := range all {
		m := re.FindStringSubmatch(line)
		if m == nil {
			t.Errorf("%q is no command", line)
			continue
		}
		text := strings.NewReplacer("%0A", "\n", "%0D", "\r", "%25", "%").Replace(m[3])
		if !strings.HasPrefix(text, clean(sample().Findings[i].Message)) {
			t.Errorf("%q, not %q", text, sample().Findings[i].Message)
		}
	}
}
