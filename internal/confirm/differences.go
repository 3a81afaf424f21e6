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
	// The built-in start-stop-daemon does not start what it could not tell
	// from a stranger afterwards, and says when a program cannot be executed.
	const untracked = "a daemon whose pid file cannot be written is not started; dpkg starts it, and nobody knows its pid"
	const missing = "a program that cannot be executed in the background is an error; dpkg leaves a pid file and exits 0"
	const logged = "the built-in logger logs with the pid of the process that runs the script"
	return []Known{
		{Script: "cinder-api/cinder-api", Side: "prefer", Reason: missing},
		{Script: "cups-browsed/cups-browsed", Action: "restart", Side: "prefer", Reason: untracked},
		{Script: "cups-browsed/cups-browsed", Action: "force-reload", Side: "prefer", Reason: untracked},
		{Script: "prometheus-node-exporter/prometheus-node-exporter", Action: "restart", Side: "prefer", Reason: untracked},
		{Script: "mariadb-server/mariadb", Side: "prefer", Kind: "log", Reason: logged},
	}
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
