// Package confirm is the bench that compares this project's shell with the
// real dash (and bash) on real init scripts, as Debian packages ship them.
//
// Each run is one script and one action (or a sequence of actions) by one
// shell, in a sandbox of its own: new pid, mount, net, ipc and uts namespaces,
// and an overlay of the machine's root, a few files of ours, and the package.
// PID 1 of the sandbox is this program again; it starts the shell, reaps, and
// notes after each step what can be seen from outside: stdout, stderr, status,
// the programs executed, how each stub was called, the processes that are
// left, and the files that have changed.
//
// The package's own programs are replaced by stubs, which log how they were
// called, and act as a daemon where the script takes them for one. Everything
// else (dash, coreutils, start-stop-daemon, ...) is the real thing.
//
// Sleeps are real: a stub of sleep could not stand in for one that is built in.
// As scripts mostly sleep, many sandboxes run at a time (--jobs), and one run
// costs some 30 ms of a processor.
//
// What cannot be seen: the order in which programs were executed (dash's own
// varies where two run at once), times of files, and what a program does to
// the machine itself (mount, modprobe, ...: those are stubs, which succeed).
// The capabilities that reach out of the sandbox are dropped.
//
// Nobody's script is kept in this repository: packages.txt has names only,
// and apt-get brings the packages when the bench runs.
package confirm
