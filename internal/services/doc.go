// Package services compares service and invoke-rc.d with Debian's own: calls
// made by a program, with one of the two in each of two equal roots; and it
// shows that an action ends at its deadline whatever the script does, and that
// of two starts at once one daemon comes.
//
// It has tests alone. They run in namespaces of their own: nothing that they
// signal, mount or write is the machine's.
package services
