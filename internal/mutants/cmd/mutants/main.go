//go:build linux

// Command mutants puts faults into the real scripts of Debian's packages and
// prints how many of them the linter finds. With --write it writes its part of
// docs/accuracy.md.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"sysv/internal/confirm"
	"sysv/internal/mutants"
	"sysv/lint"
	"sysv/lint/acted"
	"sysv/lint/rules"
	"sysv/script"
)

func main() {
	write := flag.Bool("write", false, "write the table into docs/accuracy.md")
	packages := flag.String("packages", "all", "whose scripts: 60 or all")
	rehearse := flag.Bool("rehearse", false, "act each mutant out, too")
	show := flag.String("show", "", "print the mutant of this kind, in the script --of")
	of := flag.String("of", "", "a script's name")
	only := flag.String("only", "", "only the kinds in whose name or family this is")
	alone := flag.Bool("alone", false, "with --rehearse: by the rehearsal alone, without the rules on the text")
	changed := flag.Bool("changed", false, "only the kinds that change what a script has")
	jobs := flag.Int("jobs", 1, "how many scripts at a time")
	flag.Parse()
	if err := run(*write, *packages, *rehearse, *show, *of, *only, *changed, *alone, *jobs); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

func run(write bool, packages string, rehearse bool, show, of, only string, changed, alone bool, jobs int) error {
	files, err := confirm.Scripts(".", packages, func(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) })
	if err != nil {
		return err
	}
	var inputs []mutants.Input
	for name, text := range files {
		if strings.HasPrefix(name, "etc/init.d/") && (of == "" || strings.HasSuffix(name, "/"+of)) {
			inputs = append(inputs, mutants.Input{Path: "/" + name, Text: text})
		}
	}
	slices.SortFunc(inputs, func(a, b mutants.Input) int { return strings.Compare(a.Path, b.Path) })
	kinds := slices.DeleteFunc(mutants.Kinds(), func(k mutants.Kind) bool {
		return !strings.Contains(k.Name, only) && k.Family != only || changed && (k.Adds || k.Good)
	})
	if show != "" {
		for _, in := range inputs {
			for _, m := range mutants.Of(in, kinds) {
				if m.Kind.Name == show {
					fmt.Print(string(m.Text))
				}
			}
		}
		return nil
	}
	look := mutants.Static()
	if rehearse {
		all := rules.All()
		look = mutants.By(!alone, func(ctx context.Context, s *script.Script, root string) ([]lint.Finding, error) {
			return acted.Findings(ctx, s, root, all)
		})
	}
	rows, used := mutants.Run(context.Background(), inputs, kinds, look, jobs)
	table := mutants.Table(rows, used)
	fmt.Print(table)
	if !write {
		return nil
	}
	if rehearse {
		return mutants.WriteSection("docs/accuracy.md", "Mutants, rehearsed", mutants.IntroRehearsed+table)
	}
	return mutants.WriteSection("docs/accuracy.md", "Mutants", mutants.Intro+table)
}
