package interp

import (
	"strings"
	"sync"

	"sysv/system"
	"sysv/utility/call"
)

// target is what a command's name was found to be.
type target struct {
	function *function
	builtin  builtin
	utility  call.Func
	// path is the program to execute, or to fall back to if the utility
	// refuses.
	path    string
	unknown bool
	err     error
}

// lookupOptions are those of the command built-in.
type lookupOptions struct {
	// noFunctions is command itself, defaultPath its -p.
	noFunctions, defaultPath bool
}

// defaultPath is where command -p looks, dash's _PATH_STDPATH.
const defaultPath = "/usr/bin:/bin:/usr/sbin:/sbin"

// find finds a command: special built-ins and functions first, then the other
// built-ins, then built-in utilities and the PATH.
func (sh *Shell) find(name string, o lookupOptions) target {
	if strings.IndexByte(name, '/') >= 0 {
		return sh.findByPath(name)
	}
	b := lookupBuiltin(name, sh.dialect)
	if b.flags&builtinSpecial != 0 && sh.dialect == Dash {
		return target{builtin: b}
	}
	if !o.noFunctions {
		if f := sh.funcs.m[name]; f != nil {
			return target{function: f}
		}
	}
	if b.run != nil {
		return target{builtin: b}
	}
	path, err := sh.search(name, o)
	if path == "" {
		u := sh.standInFor(name)
		return target{utility: u, unknown: true, err: err}
	}
	if sh.utility != nil && sh.prefers(name, path) {
		return target{utility: sh.utility(name), path: path}
	}
	return target{path: path}
}

// standInFor is the built-in utility that stands in for a program that is not
// on the PATH, or nil: it does so only if the machine has no such program in
// the standard places either, so that a PATH without them is what it says.
func (sh *Shell) standInFor(name string) call.Func {
	if sh.utility == nil || sh.mode == Never {
		return nil
	}
	u := sh.utility(name)
	if u == nil {
		return nil
	}
	for dir := range strings.SplitSeq(defaultPath, ":") {
		if _, err := sh.sys.Stat(dir + "/" + name); err == nil {
			return nil
		}
	}
	return u
}

// prefers tells whether a built-in utility stands in for the program that was
// found at path. su and runuser do not: the system's own go through PAM,
// which may set limits and environment, and logs; they serve only where there
// is no other. Nor does any under a limit of file sizes, which binds
// processes alone.
func (sh *Shell) prefers(name, path string) bool {
	if sh.mode != Prefer || name == "su" || name == "runuser" || !isStandardDir(path) {
		return false
	}
	_, limited := sh.p.Limits[system.LimitFileSize]
	return !limited
}

// asksOfSelf tells whether an operand is about the process that reads it,
// which a built-in utility has none of.
func asksOfSelf(argv []string) bool {
	for _, a := range argv[1:] {
		if strings.HasPrefix(a, "/proc/self/") {
			return true
		}
	}
	return false
}

// findByPath is a command that is named with a slash: a program. Where the
// machine has none at a place where a utility has its home (/bin/rm in an
// image without coreutils), the built-in stands in.
func (sh *Shell) findByPath(name string) target {
	standIn := name == sh.standIn
	sh.standIn = ""
	if sh.utility == nil || sh.mode == Never || !isStandardDir(name) {
		return target{path: name}
	}
	if standIn && sh.mode == Prefer {
		if u := sh.utility(name[strings.LastIndexByte(name, '/')+1:]); u != nil {
			return target{utility: u, path: name}
		}
	}
	if _, err := sh.sys.Stat(name); err == nil {
		return target{path: name}
	}
	if u := sh.utility(name[strings.LastIndexByte(name, '/')+1:]); u != nil {
		return target{utility: u}
	}
	return target{path: name}
}

// isStandardDir tells whether a path is directly in one of the directories
// where the system keeps its own programs.
func isStandardDir(path string) bool {
	switch i := strings.LastIndexByte(path, '/'); path[:max(i, 0)] {
	case "/bin", "/sbin", "/usr/bin", "/usr/sbin":
		return true
	}
	return false
}

// cmdHash remembers where programs were found. A subshell has its own, which
// begins with what the shell around it knows.
type cmdHash struct {
	mu     sync.Mutex
	m      map[string]found
	parent *cmdHash
}

// found is where a program was found. stale tells that the working directory
// has changed since: where its path is relative it must be looked for again.
type found struct {
	path  string
	stale bool
}

// get is the path of a program that is known, or "".
func (h *cmdHash) get(name string) string { return h.entry(name).path }

func (h *cmdHash) entry(name string) found {
	for ; h != nil; h = h.parent {
		h.mu.Lock()
		f, ok := h.m[name]
		h.mu.Unlock()
		if ok {
			return f
		}
	}
	return found{}
}

func (h *cmdHash) put(name string, f found) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.m == nil {
		h.m = make(map[string]found)
	}
	h.m[name] = f
}

// remove forgets a program; an empty path hides what the parent knows.
func (h *cmdHash) remove(name string) {
	if h.get(name) != "" {
		h.put(name, found{})
	}
}

func (h *cmdHash) all() map[string]found {
	all := map[string]found{}
	if h.parent != nil {
		all = h.parent.all()
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for name, f := range h.m {
		if all[name] = f; f.path == "" {
			delete(all, name)
		}
	}
	return all
}

// markStale tells that the working directory has changed.
func (h *cmdHash) markStale() {
	for name, f := range h.all() {
		h.put(name, found{f.path, true})
	}
}

// search finds a program on the PATH, or returns the error to report.
func (sh *Shell) search(name string, o lookupOptions) (string, error) {
	pathVar, _ := sh.lookup("PATH")
	if o.defaultPath {
		pathVar = defaultPath
	} else if f := sh.hash.entry(name); f.path != "" && (!f.stale || f.path[0] == '/') {
		if f.stale {
			sh.hash.put(name, found{path: f.path})
		}
		return f.path, nil
	}
	var failure error = system.ENOENT
	for dir := range strings.SplitSeq(pathVar, ":") {
		full := dir + "/" + name
		if dir == "" {
			full = name
		}
		abs := sh.p.Abs(full)
		info, err := sh.sys.Stat(abs)
		if err != nil {
			if err != system.ENOENT && err != system.ENOTDIR {
				failure = err
			}
			continue
		}
		if !info.Mode.IsRegular() {
			failure = system.EACCES
			continue
		}
		if err := sh.sys.Access(abs, system.ExecuteOK); err != nil {
			failure = err
			continue
		}
		if !o.defaultPath {
			sh.hash.put(name, found{path: full})
		}
		return full, nil
	}
	return "", failure
}

// searchAfter finds a program on the PATH after the place where it was found
// at first, or gives "".
func (sh *Shell) searchAfter(path, name string) string {
	pathVar, _ := sh.lookup("PATH")
	passed := false
	for dir := range strings.SplitSeq(pathVar, ":") {
		full := name
		if dir != "" {
			full = dir + "/" + name
		}
		if passed && sh.p.Access(full, system.ExecuteOK) == nil {
			return full
		}
		passed = passed || full == path
	}
	return ""
}

// notFound reports a command that is not there.
func (sh *Shell) notFound(name string, err error) {
	if sh.dialect == Bash {
		if err == system.EACCES {
			sh.warn("%s: Permission denied", name)
			return
		}
		sh.warn("%s: command not found", name)
		return
	}
	sh.warn("%s: %s", name, execError(err))
}

// execError is dash's text for a program that could not be executed.
func execError(err error) string {
	switch err {
	case nil, system.ENOENT, system.ENOTDIR:
		return "not found"
	}
	return err.Error()
}
