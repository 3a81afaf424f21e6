// Package reality is the bench that holds the rehearsal against the real
// thing. Real daemons of Debian are run by their own init scripts, with dash,
// in the sandbox of package daemons; what each step came to (its exit status,
// and how many daemons ran after it) is compared with what the rehearsal had
// said, which knows the files of the tree and nothing of the run.
package reality
