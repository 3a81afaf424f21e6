package format

import (
	"bufio"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/fatih/color"

	"sysv/lint"
)

// paint writes text in a colour, or plain.
type paint struct{ on bool }

func (p paint) text(s string, a ...color.Attribute) string {
	if !p.on {
		return s
	}
	c := color.New(a...)
	c.EnableColor()
	return c.Sprint(s)
}

func (p paint) severity(s lint.Severity, text string) string {
	switch s {
	case lint.Error:
		return p.text(text, color.FgRed, color.Bold)
	case lint.Warning:
		return p.text(text, color.FgYellow, color.Bold)
	case lint.Info:
		return p.text(text, color.FgGreen)
	}
	return p.text(text, color.FgBlue)
}

// tty is for people: the message, the line with what is meant underlined, the
// trace, and what a fix would do.
func tty(w *bufio.Writer, r *lint.Result, o Options) {
	p := paint{o.Color}
	source := o.Source
	if source == nil {
		source = lines
	}
	var path string
	var text []string
	for _, f := range r.Findings {
		if f.Path != path {
			path, text = f.Path, source(f.Path)
		}
		fmt.Fprintf(w, "%s: %s: %s %s\n", p.text(place(f.Path, f.Line, f.Col), color.Bold), p.severity(f.Severity, f.Severity.String()),
			clean(f.Message), p.text("["+f.Rule+" "+f.Name+"]", color.Faint))
		snippet(w, p, text, f)
		for _, s := range f.Trace {
			at := place(s.Path, s.Line, 0)
			if s.Path == f.Path && s.Line > 0 {
				at = fmt.Sprintf("line %d", s.Line)
			}
			if at != "" {
				at += ": "
			}
			fmt.Fprintf(w, "      - %s%s\n", p.text(at, color.Faint), clean(s.What))
		}
		if f.Fix != nil {
			fmt.Fprintf(w, "      %s %s\n", p.text("fix:", color.FgCyan), f.Fix.What)
		}
	}
	summary(w, p, r)
}

// snippet is the line of a finding, and a line of carets below it.
func snippet(w *bufio.Writer, p paint, text []string, f lint.Finding) {
	if f.Line < 1 || f.Line > len(text) {
		return
	}
	line := strings.TrimRight(text[f.Line-1], "\r")
	from := min(max(f.Col-1, 0), len(line))
	to := min(max(f.EndCol-1, from), len(line))
	fmt.Fprintf(w, "%5d | %s\n", f.Line, clean(line))
	// Tabs stay, so that the carets are below what they mean.
	var under strings.Builder
	for _, c := range line[:from] {
		if c == '\t' {
			under.WriteByte('\t')
		} else {
			under.WriteByte(' ')
		}
	}
	n := max(utf8.RuneCountInString(line[from:to]), 1)
	marks := p.severity(f.Severity, "^"+strings.Repeat("~", n-1))
	fmt.Fprintf(w, "      | %s%s\n", under.String(), marks)
}

// clean takes what a terminal would act on out of a script's text.
func clean(s string) string {
	bad := func(c rune) bool {
		return c < ' ' && c != '\t' || c == 0x7f || c >= 0x80 && c < 0xa0 || c == utf8.RuneError
	}
	if strings.IndexFunc(s, bad) < 0 {
		return s
	}
	return strings.Map(func(c rune) rune {
		if bad(c) {
			return '?'
		}
		return c
	}, s)
}

func summary(w *bufio.Writer, p paint, r *lint.Result) {
	if len(r.Findings) == 0 {
		return
	}
	count := [lint.Error + 1]int{}
	for _, f := range r.Findings {
		count[f.Severity]++
	}
	var parts []string
	for s := lint.Error; s > lint.Off; s-- {
		if n := count[s]; n > 0 {
			name := s.String()
			if n > 1 && (s == lint.Error || s == lint.Warning) {
				name += "s"
			}
			parts = append(parts, p.severity(s, fmt.Sprintf("%d %s", n, name)))
		}
	}
	scripts := "script"
	if r.Files != 1 {
		scripts = "scripts"
	}
	fmt.Fprintf(w, "%s in %d %s\n", strings.Join(parts, ", "), r.Files, scripts)
}
