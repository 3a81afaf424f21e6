// Package system is the seam between sysv and the machine it runs on.
//
// A [System] is everything that a script can touch outside its own variables:
// files, processes, users, host and clock. The shell (package interp), the
// built-in utilities (package utility) and the function libraries (package
// library) reach the machine through it and through nothing else, so the same
// code runs on the real machine (system/linux) and on an invented one
// (system/simulated).
//
// Conventions that every implementation keeps:
//
//   - Paths are absolute. What is relative is made absolute by the [Process]
//     that asks, against its own working directory.
//   - A failing system call returns a bare [Errno], never a wrapped one: the
//     caller knows the path and the program's own words for the message.
//   - Numbers (modes, signals, errors, flags) are Linux's generic ones,
//     whatever the operating system underneath.
package system

import (
	"context"
	"time"
)

// System is one machine, as one process on it sees it. Implementations are
// safe for use by several goroutines.
type System interface {
	Files
	Processes
	Host
}

// Files is the file system: the calls of section 2 of the manual. Every path
// is absolute. Permission bits are final: the caller has applied its umask.
type Files interface {
	// Open is open(2). perm counts only with [Create].
	Open(path string, flag OpenFlag, perm Mode) (File, error)
	// Pipe is pipe2(2); both ends are closed on exec.
	Pipe() (r, w File, err error)
	// Stat and Lstat are stat(2) and lstat(2).
	Stat(path string) (FileInfo, error)
	Lstat(path string) (FileInfo, error)
	// Access is faccessat(2) with AT_EACCESS: the effective ids decide.
	Access(path string, mode AccessMode) error
	// Readlink is readlink(2).
	Readlink(path string) (string, error)
	// ReadDir lists a directory without "." and "..", in the order in which
	// the file system gives the names.
	ReadDir(path string) ([]DirEntry, error)
	// Mkdir is mkdir(2) with exactly the mode given.
	Mkdir(path string, perm Mode) error
	// Mknod is mknod(2); mode carries the file type, dev the device number.
	Mknod(path string, mode Mode, dev uint64) error
	// Symlink makes path a symbolic link that holds target.
	Symlink(target, path string) error
	// Link is linkat(2); follow is AT_SYMLINK_FOLLOW.
	Link(oldPath, newPath string, follow bool) error
	// Rename is rename(2).
	Rename(oldPath, newPath string) error
	// Unlink and Rmdir are unlink(2) and rmdir(2).
	Unlink(path string) error
	Rmdir(path string) error
	// Chmod is chmod(2): symbolic links are followed.
	Chmod(path string, mode Mode) error
	// Chown is fchownat(2); -1 leaves an id as it is.
	Chown(path string, uid, gid int, follow bool) error
	// Chtimes is utimensat(2); a zero time leaves that one as it is.
	Chtimes(path string, atime, mtime time.Time, follow bool) error
	// Truncate is truncate(2).
	Truncate(path string, size int64) error
	// Sync is sync(2).
	Sync()
}

// File is one open file description. Reading at the end gives io.EOF.
// Reads and writes are single system calls, with no buffer in between.
type File interface {
	Read(p []byte) (int, error)
	Write(p []byte) (int, error)
	Close() error
	// Seek is lseek(2); whence is 0, 1 or 2. A pipe gives [ESPIPE].
	Seek(offset int64, whence int) (int64, error)
	// Stat is fstat(2).
	Stat() (FileInfo, error)
	// Truncate is ftruncate(2).
	Truncate(size int64) error
	// Chmod and Chown are fchmod(2) and fchown(2).
	Chmod(mode Mode) error
	Chown(uid, gid int) error
	// Lock is flock(2). With Wait false a lock that is held gives [EAGAIN].
	Lock(ctx context.Context, how Lock) error
	// IsTerminal is isatty(3); Size the terminal's columns and rows, or 0.
	IsTerminal() bool
	Size() (columns, rows int)
}

// Processes starts, finds and signals processes, and says who this one is.
type Processes interface {
	// Getpid and Getppid are getpid(2) and getppid(2).
	Getpid() int
	Getppid() int
	// Identity is who this process is.
	Identity() Identity
	// Start runs a program in a new process and returns at once. An error is
	// that of the execve(2), or of what had to be done before it.
	Start(c *Command) (Child, error)
	// Exec replaces this process by a program, and returns only on failure.
	Exec(c *Command) error
	// Executable is the path of this very program, for a [Command] that runs
	// it again under another name, or "" where that is not possible.
	Executable() string
	// Inherited returns descriptor fd (3 and up) if the process was started
	// with it open, that is, if it is open and not one of sysv's own.
	Inherited(fd int) (File, bool)
	// OpenPID is pidfd_open(2): a handle that no other process can take over.
	OpenPID(pid int) (PIDFD, error)
	// Kill is kill(2), with its meanings of 0 and of negative numbers.
	Kill(pid int, sig Signal) error
	// Getpgid is getpgid(2); pid 0 is the caller.
	Getpgid(pid int) (int, error)
	// Limit and SetLimit are prlimit(2) on this process.
	Limit(r Resource) (Limit, error)
	SetLimit(r Resource, l Limit) error
	// Times is times(2): processor time of this process, and of its children
	// that have been waited for.
	Times() Times
	// Notify delivers the signals given to c, and stops their default action.
	Notify(c chan<- Signal, sigs ...Signal)
	// Ignore makes signals ignored, in this process and in what it starts.
	Ignore(sigs ...Signal)
	// Default restores the default action: TERM ends the process, and so on.
	Default(sigs ...Signal)
	// Ignored reports whether a signal is ignored now (also by inheritance).
	Ignored(sig Signal) bool
	// Exit ends this process at once.
	Exit(status int)
}

// Host is the machine's name, kind and clock.
type Host interface {
	// Uname is uname(2).
	Uname() Uname
	// Now is the wall clock.
	Now() time.Time
	// Sleep waits, and returns early with the context's error.
	Sleep(ctx context.Context, d time.Duration) error
}

// Child is a process that [Processes.Start] made.
type Child interface {
	PID() int
	// Wait waits until the process has ended or, with stopped true, has been
	// stopped by a signal, and says how. After an end it may be called again
	// and gives the same.
	Wait(stopped bool) (WaitStatus, error)
}

// PIDFD is a handle to a process: it keeps meaning that process and no other,
// also after the pid has been given to another one.
type PIDFD interface {
	// Signal is pidfd_send_signal(2). A process that has ended gives [ESRCH].
	Signal(sig Signal) error
	// Wait returns when the process has ended, or with the context's error.
	Wait(ctx context.Context) error
	Close() error
}

// Uname is what uname(2) tells.
type Uname struct {
	Sysname, Nodename, Release, Version, Machine, Domainname string
}

// Times is processor time, as times(2) counts it.
type Times struct {
	User, System, ChildUser, ChildSystem time.Duration
}

// Identity is the user and the groups that a process runs as.
type Identity struct {
	UID, EUID, GID, EGID int
	Groups               []int
}

// WaitStatus is how a process ended, or that it was stopped.
type WaitStatus struct {
	// Signal is the signal that ended or stopped it, 0 if it exited.
	Signal Signal
	// Code is the exit status, 0–255, if it exited.
	Code int
	// Stopped tells that it has not ended: Signal stopped it.
	Stopped bool
	// CoreDumped tells that the kernel wrote a core file.
	CoreDumped bool
}

// Status is the number that a shell gives: the code, or 128 and the signal.
func (w WaitStatus) Status() int {
	if w.Signal != 0 {
		return 128 + int(w.Signal)
	}
	return w.Code
}

// Command is a program to be run in a new process or in place of this one.
// The zero value of each field but Path and Args means what the process that
// starts it has, or nothing.
type Command struct {
	// Path is the program's absolute path.
	Path string
	// Named, if set, is the path of the same program as it was named,
	// relative to Dir: a script gets to see it as $0.
	Named string
	// Args is the whole argument vector; Args[0] is the name.
	Args []string
	// Env is the whole environment, as NAME=VALUE.
	Env []string
	// Dir is the working directory, absolute, inside Root.
	Dir string
	// Files are the descriptors by number; nil is a closed one. Higher
	// descriptors that this process inherited are passed on as they are.
	Files []File
	// Umask is the file mode creation mask.
	Umask Mode
	// Limits are the resource limits that differ from this process's.
	Limits map[Resource]Limit
	// Ignored are the signals that the program finds ignored, beyond those
	// that this process ignores.
	Ignored []Signal
	// Restored are the signals that this process ignores and the program
	// finds with their default action.
	Restored []Signal
	// Setsid makes it the leader of a new session, Setpgid of a new process
	// group (or a member of group Pgid, if that is not 0). With Detach the
	// leader is the process in between, which has ended: the session has none,
	// and can get no terminal.
	Setsid, Setpgid bool
	Pgid            int
	// Root is its root directory, as of chroot(2); "" is this process's.
	Root string
	// Identity, if set, is who it runs as (UID, GID and Groups count).
	Identity *Identity
	// Nice is added to the nice value.
	Nice int
	// Scheduler and IOPriority are set if not nil.
	Scheduler  *Scheduler
	IOPriority *IOPriority
	// PIDFile, if set, is written by the new process itself, with its own
	// pid and a newline, after Root and before Identity take effect (this is
	// what start-stop-daemon --make-pidfile does). Path inside Root.
	PIDFile string
	// Detach makes the new process nobody's child: it is started by a
	// process in between that ends at once, so that init adopts and reaps it.
	Detach bool
	// Background tells that it is a shell's background job: it may well stay
	// when the shell has ended.
	Background bool
	// Held, if set, is open in the processes in between, and is closed when
	// the program takes their place: a lock that is to last until then.
	Held File
}

// Scheduler is a scheduling policy and priority, as of sched_setscheduler(2).
type Scheduler struct{ Policy, Priority int }

// IOPriority is an I/O class and level, as of ioprio_set(2).
type IOPriority struct{ Class, Level int }
