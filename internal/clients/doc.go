// Package clients is the bench that lets real clients of init scripts do their
// work on this project's drop-ins, unchanged: Ansible, Puppet and monit, as
// Debian packages them, start, stop, restart, enable, disable and query
// services, once with the original tools (init-system-helpers' service,
// update-rc.d and invoke-rc.d, insserv) and once with links to our binary in
// their places. Compared are what the client says, the links of /etc/rc?.d and
// every other file, the processes with all that they inherited, and the
// sockets.
//
// The root and the sandbox are those of package daemons: a real Debian without
// systemd, with daemons installed. Over it are laid the clients' packages,
// unpacked, then our binary; PID 1 is called init. Each task has a sandbox of
// its own, and the original tools run each task twice: what they do not repeat
// is no difference of ours.
//
// Each step also says what must be in the client's answer, whichever tools it
// works with. For Red Hat's chkconfig, which Debian does not package, that is
// all there is to compare with, unless --chkconfig names a binary of it.
//
// Suite runs insserv's own test suite, and Target Ansible's own integration
// target for services. Both are somebody else's texts: they are read from a
// directory, or brought by apt from the archive's sources, and never kept.
package clients
