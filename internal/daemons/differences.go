//go:build linux

package daemons

// knownDifferences is the table of them.
func knownDifferences() []Known {
	return []Known{}
}
