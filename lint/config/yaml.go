package config

import (
	"fmt"
	"strings"
)

// The file is a small part of YAML: a mapping of plain keys to a scalar, a
// list ("- x" lines or "[x, y]"), or one more mapping. Scalars are plain or in
// quotes; comments begin with " #". It is read here and not by a library,
// because what a library makes at the start of the program every start of
// sysv would pay for. What is not of this part is an error.

type kind int

const (
	scalar kind = iota
	list
	mapping
)

// entry is one key with its value.
type entry struct {
	key     string
	line    int
	kind    kind
	value   string
	items   []string
	entries []entry
}

// words are the items of a list; a scalar is a list of one.
func (e entry) words() ([]string, error) {
	switch {
	case e.kind == list:
		return e.items, nil
	case e.kind == scalar && e.value != "":
		return []string{e.value}, nil
	}
	return nil, fmt.Errorf("%s: expected a list", e.key)
}

// line is a line with something in it.
type textLine struct {
	number, indent int
	text           string
}

type yamlParser struct {
	name  string
	lines []textLine
}

func (p *yamlParser) fail(line int, format string, args ...any) error {
	return fmt.Errorf("%s:%d: %s", p.name, line, fmt.Sprintf(format, args...))
}

func parseYAML(name, src string) ([]entry, error) {
	p := &yamlParser{name: name}
	for i, text := range strings.Split(strings.TrimPrefix(src, "\uFEFF"), "\n") {
		text = strings.TrimRight(withoutComment(text), " \t\r")
		trimmed := strings.TrimLeft(text, " ")
		if trimmed == "" || i == 0 && trimmed == "---" {
			continue
		}
		if trimmed[0] == '\t' {
			return nil, p.fail(i+1, "a tab before the text: YAML wants blanks")
		}
		p.lines = append(p.lines, textLine{i + 1, len(text) - len(trimmed), trimmed})
	}
	if len(p.lines) > 0 && p.lines[0].indent > 0 {
		return nil, p.fail(p.lines[0].number, "the first key has blanks before it")
	}
	out, err := p.mapping(0, 0)
	if err == nil && len(p.lines) > 0 {
		err = p.fail(p.lines[0].number, "expected a key with fewer blanks before it")
	}
	return out, err
}

// withoutComment drops a comment: a # at the beginning or behind a blank,
// outside quotes.
func withoutComment(s string) string {
	quote := byte(0)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quote == '"' && c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && (i == 0 || strings.IndexByte(" \t[,:", s[i-1]) >= 0):
			quote = c
		case c == '#' && (i == 0 || s[i-1] == ' ' || s[i-1] == '\t'):
			return s[:i]
		}
	}
	return s
}

// mapping reads the keys that have the same indentation.
func (p *yamlParser) mapping(indent, depth int) ([]entry, error) {
	var out []entry
	seen := map[string]bool{}
	for len(p.lines) > 0 && p.lines[0].indent == indent {
		l := p.lines[0]
		p.lines = p.lines[1:]
		key, value, ok := strings.Cut(l.text, ":")
		if !ok || value != "" && value[0] != ' ' && value[0] != '\t' {
			return nil, p.fail(l.number, "expected \"key: value\", and got %q", l.text)
		}
		key, err := p.scalar(l.number, strings.TrimSpace(key))
		if err != nil {
			return nil, err
		}
		if seen[key] {
			return nil, p.fail(l.number, "%q is there twice", key)
		}
		seen[key] = true
		e := entry{key: key, line: l.number}
		if err := p.value(&e, strings.TrimSpace(value), indent, depth); err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

func (p *yamlParser) value(e *entry, text string, indent, depth int) (err error) {
	switch {
	case strings.HasPrefix(text, "["):
		e.kind = list
		if !strings.HasSuffix(text, "]") {
			return p.fail(e.line, "%s: expected a list on one line, or lines with \"- item\"", e.key)
		}
		inner := strings.TrimSpace(text[1 : len(text)-1])
		if inner == "" {
			return nil
		}
		for item := range strings.SplitSeq(inner, ",") {
			s, err := p.scalar(e.line, strings.TrimSpace(item))
			if err != nil {
				return err
			}
			if s != "" {
				e.items = append(e.items, s)
			}
		}
	case text != "":
		e.value, err = p.scalar(e.line, text)
	case len(p.lines) > 0 && strings.HasPrefix(p.lines[0].text, "-") && p.lines[0].indent >= indent:
		e.kind = list
		at := p.lines[0].indent
		for len(p.lines) > 0 && p.lines[0].indent == at && (p.lines[0].text == "-" || strings.HasPrefix(p.lines[0].text, "- ")) {
			s, err := p.scalar(p.lines[0].number, strings.TrimSpace(p.lines[0].text[1:]))
			if err != nil {
				return err
			}
			e.items = append(e.items, s)
			p.lines = p.lines[1:]
		}
	case len(p.lines) > 0 && p.lines[0].indent > indent:
		if depth > 0 {
			return p.fail(p.lines[0].number, "nested too deeply")
		}
		e.kind = mapping
		e.entries, err = p.mapping(p.lines[0].indent, depth+1)
	}
	return err
}

// scalar takes quotes off.
func (p *yamlParser) scalar(line int, s string) (string, error) {
	if s == "" {
		return "", nil
	}
	switch s[0] {
	case '\'':
		if len(s) < 2 || s[len(s)-1] != '\'' {
			return "", p.fail(line, "%s: the quote has no end", s)
		}
		return strings.ReplaceAll(s[1:len(s)-1], "''", "'"), nil
	case '"':
		if len(s) < 2 || s[len(s)-1] != '"' {
			return "", p.fail(line, "%s: the quote has no end", s)
		}
		return strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(s[1 : len(s)-1]), nil
	case '&', '*', '!', '|', '>', '{', '%', '@', '`', '?':
		if len(s) > 1 && (s[0] == '*' || s[0] == '?') {
			// A pattern; as an alias it would have no use here.
			return s, nil
		}
		return "", p.fail(line, "%s: put it in quotes", s)
	}
	if s == "~" || s == "null" {
		return "", nil
	}
	// YAML 1.1 takes off for a truth value; here it is a severity.
	return s, nil
}
