package runlevel

import (
	"slices"
	"strings"

	"sysv/lsb"
)

// Ordered is a script in its order.
type Ordered struct {
	// Name is the file's.
	Name string
	// Provides are the services for which it stands.
	Provides []string
	// Start and Stop are its runlevels, StartNumber and StopNumber the
	// numbers of its links there.
	Start, Stop             lsb.Levels
	StartNumber, StopNumber int
	// Linked is set if links of rc?.d lead to it at present.
	Linked bool
	// Interactive is set if it talks with the user, and so starts alone.
	Interactive bool
	// StartLast and StopFirst are set if its start or its stop asks for $all.
	StartLast, StopFirst bool
	// Header is its header, or that of the override in its place; nil if it
	// has none.
	Header *lsb.Header
}

// Edge is why a script comes before another one. A name that no script
// provides stands for itself.
type Edge struct {
	Kind          Kind
	Before, After string
	// Must is set for Required-Start and Required-Stop.
	Must bool
	// Script is the one whose header says so, in Word of Field. Field is nil
	// where it is guessed for a script without header.
	Script string
	Field  *lsb.Field
	Word   lsb.Word
}

// String is the edge for people: where it is said, and what.
func (e Edge) String() string {
	var b strings.Builder
	if e.Field != nil {
		b.WriteString(e.Word.Path + ":" + itoa(e.Word.Line) + ": " + e.Field.Name + ": " + e.Word.Text)
	} else {
		b.WriteString(e.Script + ": guessed from its present links: " + e.Word.Text)
	}
	b.WriteString(" (" + e.After)
	if e.Kind == Stop {
		b.WriteString(" stops after " + e.Before + ")")
	} else {
		b.WriteString(" starts after " + e.Before + ")")
	}
	return b.String()
}

// Scripts are all scripts that are read, by their names.
func (seq *Sequence) Scripts() []Ordered {
	var out []Ordered
	for _, n := range seq.q.nodes {
		if n.gone || !n.has {
			continue
		}
		s := n.service
		o := Ordered{Name: n.script, Start: n.start.levels, Stop: n.stop.levels,
			StartNumber: n.start.number, StopNumber: n.stop.number,
			Linked: s.flags&linked != 0, Interactive: s.flags&alone != 0,
			StartLast: s.flags&last != 0, StopFirst: s.flags&first != 0}
		for _, name := range n.names {
			o.Provides = append(o.Provides, name.name)
		}
		if e := seq.q.plain[n.script]; e != nil {
			o.Header = e.header
		}
		out = append(out, o)
	}
	slices.SortFunc(out, func(a, b Ordered) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// Edges are the reasons of the order, between what shares a runlevel.
func (seq *Sequence) Edges() []Edge {
	var out []Edge
	for _, n := range seq.q.nodes {
		if n.gone {
			continue
		}
		for _, kind := range [...]Kind{Start, Stop} {
			for _, k := range n.side(kind).after {
				if n.side(kind).levels&k.to.side(kind).levels != 0 {
					out = appendEdges(out, n, k, kind)
				}
			}
		}
	}
	return out
}

func appendEdges(out []Edge, n *node, k link, kind Kind) []Edge {
	add := func(w *reason) {
		out = append(out, Edge{Kind: kind, Before: n.title(), After: k.to.title(), Must: w.must, Script: w.script, Field: w.field, Word: w.word})
	}
	add(k.why)
	for _, w := range k.others() {
		add(w)
	}
	return out
}

// Loops are the loops in the order.
func (seq *Sequence) Loops() []Loop { return seq.q.findLoops() }
