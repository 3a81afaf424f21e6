// Package library is the function libraries of the distributions, written in
// Go: the files that init scripts source before anything else. It is what
// package shell gives to the evaluator.
package library

import (
	"context"

	"sysv/interp"
	"sysv/library/debian"
)

// Library is all of the libraries. The zero value is ready for use.
type Library struct{}

// Source stands in for a sourced file if it is one of a library's, and either
// missing or a version that is known.
func (Library) Source(ctx context.Context, sh *interp.Shell, path string) (status int, served bool) {
	return debian.Source(ctx, sh, path)
}

// Function finds a library's function by name; nil if there is none.
func (Library) Function(name string) interp.Function { return debian.Function(name) }
