//go:build linux

package confirm

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// Kinds of what is compared, in the order of a report.
var Kinds = []string{"status", "stdout", "stderr", "executed", "calls", "processes", "log", "files"}

// field is one thing compared after one step, as lines.
func (s Seen) field(kind string) []string {
	switch kind {
	case "status":
		return []string{s.Status}
	case "stdout":
		return strings.Split(s.Stdout, "\n")
	case "stderr":
		return strings.Split(s.Stderr, "\n")
	case "executed":
		return s.Execs
	case "calls":
		return s.Calls
	case "processes":
		return s.Processes
	case "log":
		return s.Log
	default:
		return s.Files
	}
}

// Difference is one thing that was not as dash had it.
type Difference struct {
	Step string   `json:"step"`
	Kind string   `json:"kind"`
	Want []string `json:"want"` // what dash left
	Got  []string `json:"got"`

	index int // of the step
}

// key names a field of a run, to say which of them dash itself does not
// repeat.
type key struct {
	step int
	kind string
}

// compare lists how got differs from what dash left. Each run in want is one
// of dash, and any of them will do for a field.
func compare(want []Result, got Result, builtIn func(string) bool) []Difference {
	var out []Difference
	steps := len(got.Steps)
	for _, w := range want {
		steps = max(steps, len(w.Steps))
	}
	for i := range steps {
		for _, kind := range Kinds {
			g := fieldOf(got, i, kind, builtIn)
			same := slices.ContainsFunc(want, func(w Result) bool { return slices.Equal(fieldOf(w, i, kind, builtIn), g) })
			if !same {
				out = append(out, Difference{stepName(want[0], got, i), kind, fieldOf(want[0], i, kind, builtIn), g, i})
			}
		}
	}
	return out
}

func stepName(a, b Result, i int) string {
	for _, r := range []Result{a, b} {
		if i < len(r.Steps) {
			return fmt.Sprintf("%d %s", i+1, r.Steps[i].Step)
		}
	}
	return "?"
}

func fieldOf(r Result, i int, kind string, builtIn func(string) bool) []string {
	if i >= len(r.Steps) {
		return []string{"(the step did not run)"}
	}
	lines := r.Steps[i].field(kind)
	switch kind {
	case "executed":
		return slices.DeleteFunc(slices.Clone(lines), func(path string) bool { return notCompared(path, builtIn) })
	case "calls":
		skip := false
		return slices.DeleteFunc(slices.Clone(lines), func(line string) bool {
			if program, _, _ := strings.Cut(line, " "); program != "" {
				skip = notCompared(program, builtIn)
			}
			return skip
		})
	}
	return lines
}

// notCompared is true for a program that one side need not execute: a shell,
// or what is built in.
func notCompared(path string, builtIn func(string) bool) bool {
	name := filepath.Base(path)
	switch name {
	case "dash", "bash", "sh", "sysv":
		return true
	}
	if builtIn == nil {
		return false
	}
	return builtIn(name) || builtIn(calledAs(name))
}

// calledAs is the name that scripts know a program by, where the file behind
// it (which is what is seen) has another.
func calledAs(file string) string {
	switch file {
	case "mawk", "gawk", "original-awk":
		return "awk"
	case "killall5":
		return "pidof"
	case "which.debianutils":
		return "which"
	case "kmod":
		return "modprobe"
	}
	return file
}

// unstable lists the fields that the runs of one shell do not agree on.
func unstable(runs []Result) map[key]bool {
	out := map[key]bool{}
	for _, r := range runs[1:] {
		for i := range max(len(runs[0].Steps), len(r.Steps)) {
			for _, kind := range Kinds {
				if !slices.Equal(fieldOf(runs[0], i, kind, nil), fieldOf(r, i, kind, nil)) {
					out[key{i, kind}] = true
				}
			}
		}
	}
	return out
}

// onlyNoise is true for a difference in a field that dash itself does not
// repeat. Of the files, which are many, only those that vary are let go: the
// others must still be equal.
func onlyNoise(real []Result, d Difference, noise map[key]bool) bool {
	if !noise[key{d.index, d.Kind}] {
		return false
	}
	if d.Kind != "files" {
		return true
	}
	varying := map[string]bool{}
	for _, a := range real {
		for _, b := range real {
			for _, line := range fieldOf(a, d.index, d.Kind, nil) {
				if !slices.Contains(fieldOf(b, d.index, d.Kind, nil), line) {
					varying[fileOf(line)] = true
				}
			}
		}
	}
	steady := func(lines []string) []string {
		return slices.DeleteFunc(slices.Clone(lines), func(line string) bool { return varying[fileOf(line)] })
	}
	return slices.Equal(steady(d.Want), steady(d.Got))
}

// fileOf is the path of a line about a file.
func fileOf(line string) string {
	path, _, _ := strings.Cut(line, ": ")
	return path
}
