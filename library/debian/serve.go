// Package debian is Debian's function libraries: /lib/lsb/init-functions with
// its hooks, /lib/init/vars.sh and /lib/init/init-d-script, of the packages
// sysvinit-utils 3.06 (Debian 12). The functions stand in for the files where
// those are missing, and where they are exactly the ones known here: they say
// and do the same, without a file to be parsed or a program to be forked.
//
// Variables are set and left as the files do, and commands are found as the
// shell finds them: a function that a script defines anew is called in place
// of the library's.
package debian

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"sysv/interp"
	"sysv/system"
)

// file is one of the files that the package stands in for.
type file int

const (
	none file = iota
	initFunctions
	verboseHook
	varsFile
	initDScript
	systemdHook
)

// fileAt tells which file belongs at a path.
func fileAt(path string) file {
	switch path {
	case "/lib/lsb/init-functions", "/usr/lib/lsb/init-functions":
		return initFunctions
	case "/lib/lsb/init-functions.d/00-verbose", "/usr/lib/lsb/init-functions.d/00-verbose":
		return verboseHook
	case "/lib/lsb/init-functions.d/40-systemd", "/usr/lib/lsb/init-functions.d/40-systemd":
		return systemdHook
	case "/lib/init/vars.sh", "/usr/lib/init/vars.sh":
		return varsFile
	case InitDScriptPath, "/usr/lib/init/init-d-script":
		return initDScript
	}
	return none
}

// path is where a file is looked for.
func (f file) path() string {
	switch f {
	case initFunctions:
		return "/lib/lsb/init-functions"
	case verboseHook:
		return "/lib/lsb/init-functions.d/00-verbose"
	case systemdHook:
		return "/lib/lsb/init-functions.d/40-systemd"
	case varsFile:
		return "/lib/init/vars.sh"
	}
	return InitDScriptPath
}

// isKnown tells whether a text is the file that the functions here were
// written after (the SHA-256 of sysvinit-utils 3.06-4's files, and of systemd
// 252.38's hook).
func (f file) isKnown(text []byte) bool {
	sum := sha256.Sum256(text)
	want := ""
	switch f {
	case initFunctions:
		want = "f58bfadf2419d6036a2c7440e574c3c3e7a35aea380375f6ab1b590d64e5e952"
	case verboseHook:
		want = "e1c1b915d3e45deaddd57fd4bdd1ff490e0f8dd1e842b22cf2bdc963bbd29e13"
	case systemdHook:
		want = "deab4c161571359f3e74deab9f555c3f0774d2fd7e49258ef26891053cfbe5c2"
	case varsFile:
		want = "49d734860b46c62805fc29a67b9d61210113b6eac2409e4ffd5cf14589f4f0a3"
	case initDScript:
		want = "ba7abb071b92c0915892ece3c27aea1d6f6dcba12081531d2de256203fac0301"
	}
	return hex.EncodeToString(sum[:]) == want
}

// maxFile bounds what is read of a library's file: the largest has 12 kB.
const maxFile = 1 << 20

// Source stands in for a sourced file, see [interp.Library].
func Source(_ context.Context, sh *interp.Shell, path string) (status int, served bool) {
	f := fileAt(path)
	if f == none || f == initDScript {
		return 0, false
	}
	present := false
	switch text, err := sh.Process().ReadFile(path, maxFile); err {
	case nil:
		// What reads the text, or reads it differently, must have it.
		if sh.Option('x') || sh.Option('v') || sh.Option('n') || sh.HasAliases() || !f.isKnown(text) {
			return 0, false
		}
		present = true
	case system.ENOENT, system.ENOTDIR:
		if f == systemdHook {
			return 0, false // another package's: it may well be missing
		}
	default:
		return 0, false
	}
	switch f {
	case initFunctions:
		return sourceInitFunctions(sh, present), true
	case verboseHook:
		return sourceVerbose(sh), true
	case systemdHook:
		return sourceSystemd(sh)
	}
	return sourceVars(sh), true
}

// Function finds one of the functions by name; nil if there is none. With set
// -x the text of the file runs in its place, if the file is there: its
// commands are what -x shows.
func Function(name string) interp.Function {
	code, from := find(name)
	if code == nil {
		return nil
	}
	return func(ctx context.Context, sh *interp.Shell, args []string) int {
		if sh.Option('x') {
			text, err := sh.Process().ReadFile(from.path(), maxFile)
			if err == nil && from.isKnown(text) {
				if status, ok := sh.CallText(text, from.path(), args); ok {
					return status
				}
			}
		}
		return code(ctx, sh, args)
	}
}
