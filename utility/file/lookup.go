package file

import "sysv/utility/call"

// Lookup finds one of this package's utilities by its name, or returns nil.
func Lookup(name string) call.Func {
	switch name {
	case "basename":
		return Basename
	case "cat":
		return Cat
	case "chgrp":
		return Chgrp
	case "chmod":
		return Chmod
	case "chown":
		return Chown
	case "cp":
		return Cp
	case "dd":
		return Dd
	case "dirname":
		return Dirname
	case "find":
		return Find
	case "flock":
		return Flock
	case "install":
		return Install
	case "ln":
		return Ln
	case "ls":
		return Ls
	case "mkdir":
		return Mkdir
	case "mkfifo":
		return Mkfifo
	case "mknod":
		return Mknod
	case "mktemp":
		return Mktemp
	case "mountpoint":
		return Mountpoint
	case "mv":
		return Mv
	case "readlink":
		return Readlink
	case "realpath":
		return Realpath
	case "rm":
		return Rm
	case "rmdir":
		return Rmdir
	case "stat":
		return Stat
	case "sync":
		return Sync
	case "tee":
		return Tee
	case "touch":
		return Touch
	case "truncate":
		return Truncate
	}
	return nil
}
