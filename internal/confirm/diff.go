//go:build linux

package confirm

import (
	"fmt"
	"slices"
	"strings"
)

// diffLines is how many lines of a difference are printed.
const diffLines = 16

// lineWidth is how much of a line is printed before the end is cut.
const lineWidth = 900

// unified prints the lines of two texts that differ, "-" for what dash had
// and "+" for the other, with the equal lines between them counted.
func unified(want, got []string) string {
	common := longestCommon(want, got)
	var b strings.Builder
	i, j, printed, equal := 0, 0, 0, 0
	line := func(sign, text string) {
		if printed++; printed > diffLines {
			return
		}
		if equal > 0 {
			fmt.Fprintf(&b, "      (%d equal)\n", equal)
			equal = 0
		}
		if len(text) > lineWidth {
			text = text[:lineWidth] + " ..."
		}
		fmt.Fprintf(&b, "    %s %s\n", sign, text)
	}
	for _, c := range append(common, [2]int{len(want), len(got)}) {
		for ; i < c[0]; i++ {
			line("-", want[i])
		}
		for ; j < c[1]; j++ {
			line("+", got[j])
		}
		equal++
		i, j = c[0]+1, c[1]+1
	}
	if printed > diffLines {
		fmt.Fprintf(&b, "    ... %d more lines differ\n", printed-diffLines)
	}
	return b.String()
}

// longestCommon is the pairs of indexes of a longest common subsequence. Long
// texts are compared from their ends only: a table of both would be too big.
func longestCommon(a, b []string) [][2]int {
	const most = 2000
	if len(a) > most || len(b) > most {
		var out [][2]int
		for i := 0; i < len(a) && i < len(b) && a[i] == b[i]; i++ {
			out = append(out, [2]int{i, i})
		}
		return out
	}
	length := make([][]int, len(a)+1)
	for i := range length {
		length[i] = make([]int, len(b)+1)
	}
	for i, v := range slices.Backward(a) {
		for j := len(b) - 1; j >= 0; j-- {
			if v == b[j] {
				length[i][j] = length[i+1][j+1] + 1
			} else {
				length[i][j] = max(length[i+1][j], length[i][j+1])
			}
		}
	}
	var out [][2]int
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			out = append(out, [2]int{i, j})
			i, j = i+1, j+1
		case length[i+1][j] >= length[i][j+1]:
			i++
		default:
			j++
		}
	}
	return out
}
