// Package daemons is the bench that runs real daemons by Debian's own init
// scripts, once with dash and the real programs and once with ours, and
// compares what can be seen from outside after each step.
//
// The packages are really installed, with their maintainer scripts (users,
// host keys, configuration), in a root of their own that is made once and kept
// in the cache. Each run has an overlay of that root, and pid, mount, net, ipc
// and uts namespaces of its own. PID 1 there is this program: it runs the
// steps, reaps all the time, and looks after each step at stdout, stderr, the
// status, the process table (command line, user, parent, session, nice, umask,
// limits, signals, environment, descriptors), the files of /run and what has
// changed elsewhere, the sockets that are listened on, and whether the daemon
// answers. Pids are replaced by what they are of.
//
// dash is run twice: what it does not repeat is no difference of ours.
//
// There are three parts: the daemons in the whole root; nginx, cron and
// dropbear in a root that holds nothing but them and the one binary; and
// short scripts (cases.go) about what outlives a script, locks, traps and
// scripts that are killed.
//
// What cannot be seen: times of files, what a log says, and what happens in
// memory. The capabilities that reach out of the sandbox are dropped.
package daemons
