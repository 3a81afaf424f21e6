package mutants

import (
	"errors"
	"io/fs"
	"os"
	"strings"
)

// Intro is what stands before the table in docs/accuracy.md.
const Intro = "`make mutants` puts one fault at a time into the init scripts of Debian's packages " +
	"(`internal/mutants`), by a program that knows nothing of the rules, and counts a mutant as found if a " +
	"finding of the right family is there that the script itself did not have. A fault is only put where it " +
	"is one. Nothing is rehearsed here: this is what the text alone gives. Faults that are added are what the " +
	"rules are written for, in four surroundings; those that change what a script has are the harder measure.\n\n"

// IntroRehearsed is the same for what the rehearsal finds too.
const IntroRehearsed = "The same for the faults that change what a script has, with each mutant acted out as well " +
	"(`make mutants-rehearsed`, some minutes).\n\n"

// head begins a page that is not there yet.
const head = "# How far the linter and the rehearsal can be trusted\n\nEach part is written by the command that it names.\n"

// WriteSection puts a text under a heading of the second level into a page in
// Markdown, in the place of what stands there, or at its end.
func WriteSection(path, title, text string) error {
	old, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		old, err = []byte(head), nil
	}
	if err != nil {
		return err
	}
	return os.WriteFile(path, []byte(Section(string(old), title, text)), 0o644)
}

// Section is a page with a text under a heading.
func Section(page, title, text string) string {
	mark := "\n## " + title + "\n"
	before, after, found := strings.Cut(page, mark)
	if !found {
		return strings.TrimRight(page, "\n") + "\n" + mark + "\n" + strings.TrimRight(text, "\n") + "\n"
	}
	rest := ""
	if i := strings.Index(after, "\n## "); i >= 0 {
		rest = after[i:]
	}
	return before + mark + "\n" + strings.TrimRight(text, "\n") + "\n" + rest
}
