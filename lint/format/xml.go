package format

import (
	"bufio"
	"fmt"
	"strings"
	"unicode/utf8"

	"sysv/lint"
)

// escape is text in an attribute or an element: what XML 1.0 cannot have at
// all becomes a question mark.
func escape(s string) string {
	var b strings.Builder
	for _, c := range s {
		switch {
		case c == '&':
			b.WriteString("&amp;")
		case c == '<':
			b.WriteString("&lt;")
		case c == '>':
			b.WriteString("&gt;")
		case c == '"':
			b.WriteString("&quot;")
		case c == '\n' || c == '\t' || c == '\r':
			fmt.Fprintf(&b, "&#%d;", c)
		case c < ' ' || c == utf8.RuneError || c == 0xFFFE || c == 0xFFFF:
			b.WriteByte('?')
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

// byPath calls f for the findings of each file, which stand together.
func byPath(list []lint.Finding, f func(path string, list []lint.Finding)) {
	for len(list) > 0 {
		n := 1
		for n < len(list) && list[n].Path == list[0].Path {
			n++
		}
		f(list[0].Path, list[:n])
		list = list[n:]
	}
}

// checkstyle is the form of Checkstyle's XML reports.
func checkstyle(w *bufio.Writer, r *lint.Result, _ Options) {
	w.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n")
	byPath(r.Findings, func(path string, list []lint.Finding) {
		fmt.Fprintf(w, "<file name=\"%s\">\n", escape(path))
		for _, f := range list {
			kind := f.Severity.String()
			if f.Severity == lint.Style {
				kind = "info"
			}
			fmt.Fprintf(w, "<error line=\"%d\" column=\"%d\" severity=\"%s\" message=\"%s\" source=\"sysv.%s\"/>\n",
				max(f.Line, 1), max(f.Col, 1), kind, escape(f.Message), f.Rule)
		}
		w.WriteString("</file>\n")
	})
	w.WriteString("</checkstyle>\n")
}

// junit is the form of JUnit's XML reports: a suite for each file with
// findings, a case for each finding, and one that passes if there is none.
func junit(w *bufio.Writer, r *lint.Result, _ Options) {
	failures, errs := len(r.Findings), len(r.Errors)
	w.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
	tests := failures + errs
	if tests == 0 {
		tests = 1
	}
	fmt.Fprintf(w, "<testsuites name=\"sysv lint\" tests=\"%d\" failures=\"%d\" errors=\"%d\" time=\"0\">\n", tests, failures, errs)
	byPath(r.Findings, func(path string, list []lint.Finding) {
		fmt.Fprintf(w, "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\" time=\"0\">\n", escape(path), len(list), len(list))
		for _, f := range list {
			fmt.Fprintf(w, "<testcase classname=\"%s\" name=\"%s\" time=\"0\">\n", escape(path), escape(f.Rule+" "+f.Name+" "+place("line", f.Line, f.Col)))
			fmt.Fprintf(w, "<failure message=\"%s\" type=\"%s\">%s</failure>\n", escape(f.Message), f.Severity, escape(trace(f)))
			w.WriteString("</testcase>\n")
		}
		w.WriteString("</testsuite>\n")
	})
	if errs > 0 {
		fmt.Fprintf(w, "<testsuite name=\"sysv lint\" tests=\"%d\" failures=\"0\" errors=\"%d\" skipped=\"0\" time=\"0\">\n", errs, errs)
		for i, err := range r.Errors {
			fmt.Fprintf(w, "<testcase classname=\"sysv lint\" name=\"error %d\" time=\"0\">\n<error message=\"%s\" type=\"error\"></error>\n</testcase>\n", i+1, escape(err.Error()))
		}
		w.WriteString("</testsuite>\n")
	}
	if failures+errs == 0 {
		w.WriteString("<testsuite name=\"sysv lint\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\" time=\"0\">\n" +
			"<testcase classname=\"sysv lint\" name=\"no findings\" time=\"0\"/>\n</testsuite>\n")
	}
	w.WriteString("</testsuites>\n")
}

// trace is a finding as text of several lines.
func trace(f lint.Finding) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s: %s [%s]", place(f.Path, f.Line, f.Col), f.Severity, f.Message, f.Rule)
	for _, s := range f.Trace {
		b.WriteString("\n  " + strings.TrimPrefix(place(s.Path, s.Line, 0)+": ", ": ") + s.What)
	}
	return b.String()
}
