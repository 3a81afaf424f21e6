//go:build linux

package clients

// knownDifferences is the table of them.
func knownDifferences() []Known {
	return []Known{}
}
