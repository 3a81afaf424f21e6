package lint

import (
	"fmt"
	"slices"
	"strings"
)

// diffContext is how many lines a diff shows around a change.
const diffContext = 3

// maxTable bounds the table of the comparison; a change of more lines is
// shown as one.
const maxTable = 4 << 20

// Diff is a unified diff of two texts of a file, "" if they are the same.
func Diff(path string, before, after []byte) string {
	a, b := splitLines(string(before)), splitLines(string(after))
	ops := compareLines(a, b)
	var out strings.Builder
	for i := 0; i < len(ops); {
		if ops[i].kind == ' ' {
			i++
			continue
		}
		// A hunk goes on as long as the next change is near.
		first := max(i-diffContext, 0)
		last := i
		for j := i; j < len(ops) && j <= last+2*diffContext; j++ {
			if ops[j].kind != ' ' {
				last = j
			}
		}
		end := min(last+1+diffContext, len(ops))
		hunk(&out, ops[first:end])
		i = end
	}
	if out.Len() == 0 {
		return ""
	}
	name := strings.TrimPrefix(path, "/")
	return "--- a/" + name + "\n+++ b/" + name + "\n" + out.String()
}

type op struct {
	kind byte // ' ', '-' or '+'
	text string
	a, b int // lines before it
}

func hunk(out *strings.Builder, ops []op) {
	na, nb := 0, 0
	for _, o := range ops {
		if o.kind != '+' {
			na++
		}
		if o.kind != '-' {
			nb++
		}
	}
	from := func(at, n int) int {
		if n == 0 {
			return at
		}
		return at + 1
	}
	fmt.Fprintf(out, "@@ -%d,%d +%d,%d @@\n", from(ops[0].a, na), na, from(ops[0].b, nb), nb)
	for _, o := range ops {
		out.WriteByte(o.kind)
		out.WriteString(o.text)
		if !strings.HasSuffix(o.text, "\n") {
			out.WriteString("\n\\ No newline at end of file\n")
		}
	}
}

// splitLines are lines with their newlines.
func splitLines(s string) []string {
	lines := strings.SplitAfter(s, "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// compareLines is how to come from a to b, by their longest common
// subsequence.
func compareLines(a, b []string) []op {
	var ops []op
	i, j := 0, 0
	add := func(kind byte, text string) {
		ops = append(ops, op{kind, text, i, j})
		if kind != '+' {
			i++
		}
		if kind != '-' {
			j++
		}
	}
	tail := 0
	for i < len(a) && j < len(b) && a[i] == b[j] {
		add(' ', a[i])
	}
	for tail < len(a)-i && tail < len(b)-j && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	x, y := a[i:len(a)-tail], b[j:len(b)-tail]
	if len(x)*len(y) > maxTable {
		for _, s := range x {
			add('-', s)
		}
		for _, s := range y {
			add('+', s)
		}
	} else {
		table := make([][]int32, len(x)+1)
		for k := range table {
			table[k] = make([]int32, len(y)+1)
		}
		for k := range slices.Backward(x) {
			for l := len(y) - 1; l >= 0; l-- {
				if x[k] == y[l] {
					table[k][l] = table[k+1][l+1] + 1
				} else {
					table[k][l] = max(table[k+1][l], table[k][l+1])
				}
			}
		}
		for k, l := 0, 0; k < len(x) || l < len(y); {
			switch {
			case k < len(x) && l < len(y) && x[k] == y[l]:
				add(' ', x[k])
				k, l = k+1, l+1
			case l == len(y) || k < len(x) && table[k+1][l] >= table[k][l+1]:
				add('-', x[k])
				k++
			default:
				add('+', y[l])
				l++
			}
		}
	}
	for _, s := range a[len(a)-tail:] {
		add(' ', s)
	}
	return ops
}
