package rules

import (
	"fmt"
	"strings"

	"sysv/lint"
)

// Page is a rule's manual page, in Markdown.
func Page(r *lint.Rule) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s %s\n\n%s\n\n", r.ID, r.Name, sentence(r.Title))
	how := "the text"
	switch {
	case r.Rehearsed:
		how = "the rehearsal"
	case r.Tree != nil:
		how = "the text of all scripts of a directory"
	}
	fmt.Fprintf(&b, "| family | severity | found in | since |\n|---|---|---|---|\n| %s | %s | %s | %s |\n\n", Family(r.Family()), r.Severity, how, r.Since)
	b.WriteString(strings.TrimSpace(r.Text))
	b.WriteString("\n")
	if len(r.Like) > 0 {
		b.WriteString("\nElsewhere: " + strings.Join(r.Like, ", ") + ".\n")
	}
	example(&b, "Found in", r.Bad)
	example(&b, "Not in", r.Good)
	fmt.Fprintf(&b, "\n## To live with it\n\n    # sysv: disable=%s reason\n\nbefore the line or behind it, or in `.sysvlint.yaml`:\n\n    rules:\n      %s: off\n", r.ID, r.ID)
	return b.String()
}

func example(b *strings.Builder, title, text string) {
	if text == "" {
		return
	}
	fmt.Fprintf(b, "\n## %s\n\n```sh\n%s\n```\n", title, strings.Trim(text, "\n"))
}

func sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

// Index is the page that lists all rules.
func Index(list []*lint.Rule) string {
	var b strings.Builder
	b.WriteString("# Rules\n\nGenerated from `lint/rules` by `go generate ./lint/rules`.\n`sysv lint --explain RULE` prints a rule's page.\n")
	family := ""
	for _, r := range list {
		if r.Family() != family {
			family = r.Family()
			fmt.Fprintf(&b, "\n## %s %s\n\n| rule | severity | |\n|---|---|---|\n", family, Family(family))
		}
		fmt.Fprintf(&b, "| [%s](%s.md) %s | %s | %s |\n", r.ID, r.ID, r.Name, r.Severity, r.Title)
	}
	return b.String()
}
