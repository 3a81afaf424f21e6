// Command differences writes docs/differences.md, from the repository's top.
package main

import (
	"fmt"
	"os"

	"sysv/internal/differences"
)

func main() {
	all, err := differences.Collect(".")
	if err == nil {
		err = os.WriteFile("docs/differences.md", []byte(differences.Page(all)), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "differences:", err)
		os.Exit(1)
	}
	fmt.Println(len(all), "differences, each with its reason: docs/differences.md")
}
