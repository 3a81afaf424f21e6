// Package config is the linter's configuration file, .sysvlint.yaml: which
// rules are asked, how bad their findings are, and which files are passed by.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"sysv/lint"
)

// Name is the file's name. It is looked for in the directory of each script
// and in those above it; the first one counts.
const Name = ".sysvlint.yaml"

// Config is what such a file says. The zero value says nothing.
type Config struct {
	// Path is the file, "" without one.
	Path string
	// Threshold is the least severity that is reported; Off where the file
	// does not say.
	Threshold lint.Severity
	// Rehearse is "auto", "never" or "".
	Rehearse string
	// Include are the only rules that are asked, if any are named; Exclude
	// those that are not. Each is an id, a name or a family.
	Include, Exclude []string
	// Severities are those of rules, families or names.
	Severities map[string]lint.Severity
	// Ignore are patterns of files that are passed by, relative to the
	// file's directory: "*" does not match a slash, "**" does.
	Ignore []string
}

// Find reads the configuration for files in a directory, which is absolute.
// Without a file it is the zero value.
func Find(dir string) (*Config, error) {
	for {
		name := filepath.Join(dir, Name)
		src, err := os.ReadFile(name)
		if err == nil {
			return Parse(name, src)
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		up := filepath.Dir(dir)
		if up == dir {
			return &Config{}, nil
		}
		dir = up
	}
}

// Parse reads the text of such a file. What it does not know is an error.
func Parse(name string, src []byte) (*Config, error) {
	doc, err := parseYAML(name, string(src))
	if err != nil {
		return nil, err
	}
	c := &Config{Path: name}
	for _, e := range doc {
		if err := c.set(e); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, e.line, err)
		}
	}
	return c, nil
}

func (c *Config) set(e entry) (err error) {
	switch e.key {
	case "severity":
		if e.kind != scalar {
			return fmt.Errorf("%s: expected a severity", e.key)
		}
		c.Threshold, err = lint.ParseSeverity(e.value)
	case "rehearse":
		if e.kind != scalar || e.value != "auto" && e.value != "never" {
			return fmt.Errorf("%s: expected auto or never", e.key)
		}
		c.Rehearse = e.value
	case "include":
		c.Include, err = e.words()
	case "exclude":
		c.Exclude, err = e.words()
	case "ignore":
		c.Ignore, err = e.words()
		for _, p := range c.Ignore {
			if _, bad := path.Match(p, ""); bad != nil && err == nil {
				err = fmt.Errorf("%q: %w", p, bad)
			}
		}
	case "rules":
		if e.kind != mapping {
			return fmt.Errorf("%s: expected lines \"RULE: severity\"", e.key)
		}
		c.Severities = map[string]lint.Severity{}
		for _, r := range e.entries {
			if r.kind != scalar {
				return fmt.Errorf("%s: expected a severity", r.key)
			}
			s, err := lint.ParseSeverity(r.value)
			if err != nil {
				return fmt.Errorf("%s: %w", r.key, err)
			}
			c.Severities[r.key] = s
		}
	default:
		err = fmt.Errorf("%q: unknown key: expected severity, rehearse, include, exclude, rules or ignore", e.key)
	}
	return err
}

// Check says which words of the configuration name no rule.
func (c *Config) Check(rules []*lint.Rule) error {
	var words []string
	words = append(append(words, c.Include...), c.Exclude...)
	for w := range c.Severities {
		words = append(words, w)
	}
	for _, w := range words {
		found := false
		for _, r := range rules {
			found = found || means(w, r)
		}
		if !found {
			return fmt.Errorf("%s: there is no rule %q", c.Path, w)
		}
	}
	return nil
}

func means(word string, r *lint.Rule) bool {
	return word == r.ID || word == r.Name || word == r.Family()
}

// Severity is a rule's, by the configuration.
func (c *Config) Severity(r *lint.Rule) lint.Severity {
	if len(c.Include) > 0 {
		in := false
		for _, w := range c.Include {
			in = in || means(w, r)
		}
		if !in {
			return lint.Off
		}
	}
	for _, w := range c.Exclude {
		if means(w, r) {
			return lint.Off
		}
	}
	// The nearer name counts: the rule's before its family's.
	for _, w := range [...]string{r.ID, r.Name, r.Family()} {
		if s, ok := c.Severities[w]; ok {
			return s
		}
	}
	return r.Severity
}

// Ignored says that a file is passed by.
func (c *Config) Ignored(file string) bool {
	if c.Path == "" || len(c.Ignore) == 0 {
		return false
	}
	abs, err := filepath.Abs(file)
	if err != nil {
		return false
	}
	rel, err := filepath.Rel(filepath.Dir(c.Path), abs)
	if err != nil {
		return false
	}
	rel = filepath.ToSlash(rel)
	for _, p := range c.Ignore {
		if glob(strings.Split(p, "/"), strings.Split(rel, "/")) {
			return true
		}
		if !strings.Contains(p, "/") && glob([]string{p}, []string{path.Base(rel)}) {
			return true
		}
	}
	return false
}

// glob matches part by part; "**" is any number of parts.
func glob(pattern, name []string) bool {
	for len(pattern) > 0 {
		if pattern[0] == "**" {
			for i := 0; i <= len(name); i++ {
				if glob(pattern[1:], name[i:]) {
					return true
				}
			}
			return false
		}
		if len(name) == 0 {
			return false
		}
		if ok, _ := path.Match(pattern[0], name[0]); !ok {
			return false
		}
		pattern, name = pattern[1:], name[1:]
	}
	return len(name) == 0
}
