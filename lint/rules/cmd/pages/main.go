// Command pages writes docs/rules, one page a rule, from the rules
// themselves: pages DIR.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"sysv/lint/rules"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: pages DIR")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "pages:", err)
		os.Exit(1)
	}
}

func write(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	list := rules.All()
	for _, r := range list {
		if err := os.WriteFile(filepath.Join(dir, r.ID+".md"), []byte(rules.Page(r)), 0o644); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(dir, "README.md"), []byte(rules.Index(list)), 0o644)
}
