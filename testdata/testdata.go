// Package testdata has the init scripts that were written for this project:
// its tests and its demonstration run them.
package testdata

import "embed"

// InitD is the directory init.d.
//
//go:embed init.d
var InitD embed.FS
