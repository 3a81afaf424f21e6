// Package format writes findings in the forms that people and other programs
// read.
package format

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"

	"sysv/lint"
)

// Options say how.
type Options struct {
	// Color has tty write in colour.
	Color bool
	// Source gives the lines of a file for the snippets of tty; nil reads
	// the file.
	Source func(path string) []string
	// Rules are all rules, for the forms that describe them.
	Rules []*lint.Rule
	// Version is the program's.
	Version string
}

// Names are the names of the forms.
func Names() []string {
	return []string{"tty", "gcc", "json", "sarif", "checkstyle", "github", "gitlab", "junit"}
}

// Write writes a result in the form of a name.
func Write(w io.Writer, name string, r *lint.Result, o Options) error {
	var f func(*bufio.Writer, *lint.Result, Options)
	switch name {
	case "tty":
		f = tty
	case "gcc":
		f = gcc
	case "json":
		f = asJSON
	case "sarif":
		f = sarif
	case "checkstyle":
		f = checkstyle
	case "github":
		f = github
	case "gitlab":
		f = gitlab
	case "junit":
		f = junit
	default:
		return fmt.Errorf("%q is no format: %s", name, strings.Join(Names(), ", "))
	}
	b := bufio.NewWriter(w)
	f(b, r, o)
	return b.Flush()
}

// gcc is the compilers' form, which editors understand.
func gcc(w *bufio.Writer, r *lint.Result, _ Options) {
	for _, f := range r.Findings {
		kind := f.Severity.String()
		switch f.Severity {
		case lint.Info, lint.Style:
			kind = "note"
		}
		fmt.Fprintf(w, "%s: %s: %s [%s]\n", place(f.Path, f.Line, f.Col), kind, clean(f.Message), f.Rule)
		for _, s := range f.Trace {
			fmt.Fprintf(w, "%s: note: %s [%s]\n", place(s.Path, s.Line, s.Col), clean(s.What), f.Rule)
		}
	}
}

func place(path string, line, col int) string {
	if line == 0 {
		return path
	}
	if col == 0 {
		return fmt.Sprintf("%s:%d", path, line)
	}
	return fmt.Sprintf("%s:%d:%d", path, line, col)
}

// lines reads a file's lines.
func lines(path string) []string {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	return strings.Split(string(b), "\n")
}
