// Package interp is the shell.
package interp

// This file is the shell's face to the packages above it: library (function
// libraries written in Go) and shell (the joint).
