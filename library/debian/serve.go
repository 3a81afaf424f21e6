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
	"encoding/hex"
	"hash/fnv"

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
// written after: those of sysvinit-utils 3.06-4, and systemd 252.38's hook. The
// sum tells versions apart and guards against nobody (who can write these
// files is root), so it is one that costs nothing at start-up.
func (f file) isKnown(text []byte) bool {
	sum := fnv.New128a()
	sum.Write(text)
	want := ""
	switch f {
	case initFunctions:
		want = "727b9402a0419b08f214936e91cee5ec"
	case verboseHook:
		want = "09baf5246db83f7b54357f38b91c5d5a"
	case systemdHook:
		want = "24452acf5c96c0bc24c89b247c9dbf22"
	case varsFile:
		want = "a0dc544aa8a780efb5bc49f2c686e311"
	case initDScript:
		want = "213a0b2bd50b4db66f237feaca432b5f"
	}
	return hex.EncodeToString(sum.Sum(nil)) == want
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
