package order

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// Measures of the picture, in pixels.
const (
	svgChar = 6.7 // the width of a letter of 11 px, monospaced
	svgBox  = 18
	svgRow  = 24
	// svgGap is the room between columns, for the lines.
	svgGap  = 34
	svgEdge = 16 // the margin
	svgTop  = 84 // above the first box
	svgFoot = 26 // a line of the foot
	svgName = 26 // letters of a name that are shown
	svgRows = 12 // the least height of a column, in boxes
	// svgFootChar is at least the width of a letter of the foot.
	svgFootChar = 7.4
)

// box is a script's place in the picture.
type box struct {
	x, y, width float64
	row         int
}

// column is the scripts of one number, in as many rows of boxes as they need.
type column struct {
	early   bool
	number  int
	scripts []int
	x       float64
	width   float64
}

// writeSVG is the order of starting as a picture: a column for each number,
// what starts at boot before the rest. A line leads to each script from the
// one that gives it its number; the longest chain is red.
func writeSVG(b *strings.Builder, m *model) {
	columns := m.columns()
	boxes := make([]box, len(m.scripts))
	rows := max(svgRows, int(math.Sqrt(float64(len(m.started())))*2.2))
	leads := make([]bool, len(m.scripts))
	for i := range m.scripts {
		if why := m.scripts[i].startWhy; why != none {
			leads[m.starts[why].from] = true
		}
	}
	right, tallest := float64(svgEdge), 1
	for k := range columns {
		c := &columns[k]
		c.x = right
		m.arrange(c, boxes, rows, leads)
		right += c.width + svgGap
		tallest = max(tallest, min(rows, len(c.scripts)))
	}
	chain := m.critical()
	foot := m.foot(chain)
	width := right - svgGap + svgEdge
	for _, line := range foot {
		width = max(width, float64(utf8.RuneCountInString(line))*svgFootChar+2*svgEdge)
	}
	height := float64(svgTop+tallest*svgRow+svgEdge) + float64(len(foot))*svgFoot
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="11">`+"\n",
		width, height, width, height)
	b.WriteString(svgStyle)
	fmt.Fprintf(b, `<rect width="100%%" height="100%%" fill="#fff"/>`+"\n")
	fmt.Fprintf(b, `<text x="%d" y="28" class="t">Start order, as %s has it: %s</text>`+"\n", svgEdge, escape(m.as), count(len(m.started()), "script", "scripts"))
	for k := range columns {
		columns[k].head(b, k, float64(svgTop+tallest*svgRow), m.byEdges)
	}
	m.lines(b, boxes, chain)
	m.boxes(b, columns, boxes, chain)
	for i, line := range foot {
		class := "f"
		if i == 0 && len(chain) > 1 {
			class = "f r"
		}
		fmt.Fprintf(b, `<text x="%d" y="%.0f" class="%s">%s</text>`+"\n", svgEdge, height-svgEdge-float64(len(foot)-1-i)*svgFoot, class, escape(line))
	}
	b.WriteString("</svg>\n")
}

const svgStyle = `<style>
.t{font:bold 16px sans-serif;fill:#222}
.h{font:bold 13px sans-serif;fill:#333}
.n{font:11px sans-serif;fill:#777}
.f{font:12px sans-serif;fill:#333}
.r{fill:#b3001b;font-weight:bold}
.l{fill:none;stroke:#b8c4d0;stroke-width:1}
.w{fill:none;stroke:#b8c4d0;stroke-width:1;stroke-dasharray:4 3}
.c{fill:none;stroke:#d4002a;stroke-width:2.5}
rect.b{fill:#eef3f8;stroke:#7c93a8}
rect.p{fill:#ffe3e6;stroke:#d4002a;stroke-width:2}
rect.o{fill:#fff1d6;stroke:#d98200;stroke-width:2;stroke-dasharray:4 2}
</style>
`

// columns are the scripts by number.
func (m *model) columns() []column {
	var columns []column
	for _, i := range m.started() {
		s := &m.scripts[i]
		if n := len(columns); n == 0 || columns[n-1].early != s.early || columns[n-1].number != s.start {
			columns = append(columns, column{early: s.early, number: s.start})
		}
		c := &columns[len(columns)-1]
		c.scripts = append(c.scripts, i)
	}
	return columns
}

// arrange gives a column's boxes their places: beside that of the script that
// gives them their number, so that lines cross little.
func (m *model) arrange(c *column, boxes []box, rows int, leads []bool) {
	wanted := func(i int) int {
		if why := m.scripts[i].startWhy; why != none {
			return boxes[m.starts[why].from].row
		}
		return math.MaxInt
	}
	parts := (len(c.scripts) + rows - 1) / rows
	slices.SortStableFunc(c.scripts, func(a, b int) int {
		// Of a column in parts the right one is for those that lead on.
		if parts > 1 && leads[a] != leads[b] {
			if leads[b] {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(wanted(a), wanted(b)), strings.Compare(m.scripts[a].name, m.scripts[b].name))
	})
	// The parts of a column are equally long, as far as they can be.
	each := (len(c.scripts) + parts - 1) / parts
	for from := 0; from < len(c.scripts); from += each {
		part := c.scripts[from:min(from+each, len(c.scripts))]
		letters := 4
		for _, i := range part {
			letters = max(letters, utf8.RuneCountInString(shown(m.scripts[i].name)))
		}
		w := float64(letters)*svgChar + 12
		if from > 0 {
			c.width += svgGap / 2
		}
		for row, i := range part {
			boxes[i] = box{x: c.x + c.width, y: float64(svgTop + row*svgRow), width: w, row: row}
		}
		c.width += w
	}
	c.width = max(c.width, 62)
}

// shown is a name as it fits into a box.
func shown(name string) string {
	r := []rune(strings.ToValidUTF8(name, "?"))
	if len(r) > svgName {
		return string(r[:svgName-1]) + "…"
	}
	return string(r)
}

// head writes a column's background and what is above it.
func (c *column) head(b *strings.Builder, k int, bottom float64, depth bool) {
	fill := "#f7f7f7"
	if c.early {
		fill = "#eef7ee"
	}
	if k%2 == 1 {
		fill = "#fff"
		if c.early {
			fill = "#f7fbf7"
		}
	}
	fmt.Fprintf(b, `<rect x="%.1f" y="42" width="%.1f" height="%.1f" fill="%s"/>`+"\n", c.x-svgGap/4, c.width+svgGap/2, bottom-42, fill)
	title := fmt.Sprintf("%02d", c.number)
	switch {
	case depth && c.early:
		title = fmt.Sprintf("boot, %d deep", c.number)
	case depth:
		title = fmt.Sprintf("%d deep", c.number)
	case c.early:
		title = "boot " + title
	}
	if depth && c.number == 1 {
		title = strings.TrimSuffix(title, "1 deep") + "first"
	}
	fmt.Fprintf(b, `<text x="%.1f" y="59" class="h">%s</text><text x="%.1f" y="74" class="n">%s</text>`+"\n",
		c.x, title, c.x, count(len(c.scripts), "script", "scripts"))
}

// lines writes the lines, the longest chain's last.
func (m *model) lines(b *strings.Builder, boxes []box, chain []int) {
	red := map[[2]int]bool{}
	for k := 1; k < len(chain); k++ {
		red[[2]int{chain[k-1], chain[k]}] = true
	}
	for _, critical := range []bool{false, true} {
		for i := range m.scripts {
			why := m.scripts[i].startWhy
			if m.scripts[i].start == none || why == none {
				continue
			}
			e := &m.starts[why]
			if red[[2]int{e.from, e.to}] != critical {
				continue
			}
			class := "l"
			if !e.must {
				class = "w"
			}
			if critical {
				class = "c"
			}
			line(b, class, boxes[e.from], boxes[e.to])
		}
	}
	// What starts at boot has all started before the first of the others.
	for k := 1; k < len(chain); k++ {
		if m.scripts[chain[k-1]].early && !m.scripts[chain[k]].early {
			line(b, "c", boxes[chain[k-1]], boxes[chain[k]])
		}
	}
}

// line writes a line from the right of one box to the left of another.
func line(b *strings.Builder, class string, from, to box) {
	x1, y1, x2, y2 := from.x+from.width, from.y+svgBox/2, to.x, to.y+svgBox/2
	bend := min((x2-x1)/2, svgGap)
	fmt.Fprintf(b, `<path class="%s" d="M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f"/>`+"\n", class, x1, y1, x1+bend, y1, x2-bend, y2, x2, y2)
}

// boxes writes the scripts.
func (m *model) boxes(b *strings.Builder, columns []column, boxes []box, chain []int) {
	class := map[int]string{}
	if len(chain) > 1 {
		for _, i := range chain {
			class[i] = "p"
		}
	}
	for _, l := range m.loops {
		for _, name := range l.members {
			if i, ok := m.index[name]; ok && !l.stop {
				class[i] = "o"
			}
		}
	}
	for _, c := range columns {
		for _, i := range c.scripts {
			s, at := &m.scripts[i], boxes[i]
			fmt.Fprintf(b, `<g><title>%s: %02d%s&#10;%s</title><rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%d" rx="3"/><text x="%.1f" y="%.1f">%s</text></g>`+"\n",
				escape(s.name), s.start, escape(in(s.startLevels)), escape(because(m, m.starts, s, s.startWhy, s.startAt)),
				cmp.Or(class[i], "b"), at.x, at.y, at.width, svgBox, at.x+6, at.y+13, escape(shown(s.name)))
		}
	}
}

// foot is what is written below.
func (m *model) foot(chain []int) []string {
	var lines []string
	if len(chain) > 1 {
		lines = append(lines, fmt.Sprintf("Longest chain (%d): %s", len(chain), m.names(chain, " → ")))
	}
	lines = append(lines, "A line leads to a script from the one that gives it its number; dashed: a wish, not a requirement. Green: starts once, at boot.")
	for _, l := range m.loops {
		if !l.stop {
			lines = append(lines, "Loop (orange): "+strings.Join(l.members, ", "))
		}
	}
	return lines
}

// escape makes text fit for XML.
func escape(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xfffe || r == 0xffff {
			return '?'
		}
		return r
	}, strings.ToValidUTF8(s, "?"))
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}
