// Package mutants measures what the linter finds: it puts one fault at a time
// into real scripts, by a program that knows nothing of the rules, and looks
// whether a finding of the right family comes that was not there before.
//
// A fault is only put where it is one: what depends on the text around it (a
// mkdir behind a test, an option whose loss nobody sees) is decided here by the
// text, not by what the rules make of it.
package mutants
