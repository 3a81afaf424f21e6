//go:build linux

package confirm

import "path"

// Known is a difference from dash that is understood and accepted. Any other
// fails the run.
type Known struct {
	// Script is a pattern (path.Match) of PACKAGE/SCRIPT.
	Script string
	// Action, Side and Kind limit it to one action, side and kind; empty is any.
	Action, Side, Kind string
	// Reason says why it is right that it differs.
	Reason string
}

// knownDifferences is the table of them.
func knownDifferences() []Known {
	return []Known{}
}

// explained returns the reason for a difference, or "".
func explained(table []Known, t Task, side string, d Difference) string {
	for _, k := range table {
		ok, err := path.Match(k.Script, t.Package+"/"+path.Base(t.Script))
		if err != nil || !ok {
			continue
		}
		if (k.Action == "" || k.Action == t.Action) && (k.Side == "" || k.Side == side) && (k.Kind == "" || k.Kind == d.Kind) {
			return k.Reason
		}
	}
	return ""
}
