package interp

import (
	"maps"
	"slices"
	"strings"

	"sysv/system"
)

// isKeyword tells whether a word is reserved in the dialect.
func isKeyword(s string, d Dialect) bool {
	switch s {
	case "!", "{", "}", "case", "do", "done", "elif", "else", "esac", "fi", "for", "if", "in", "then", "until", "while":
		return true
	case "[[", "]]", "function", "select", "time", "coproc":
		return d == Bash
	}
	return false
}

// describe prints what a name is: type and command -V (verbose), command -v.
func (sh *Shell) describe(name string, verbose bool, o lookupOptions) int {
	if isKeyword(name, sh.dialect) {
		sh.describeAs(name, " is a shell keyword", verbose)
		return 0
	}
	if text, ok := sh.aliases[name]; ok {
		if verbose {
			sh.printf("%s is an alias for %s\n", name, text)
		} else {
			sh.printf("alias %s=%s\n", name, quote(text))
		}
		return 0
	}
	special := ""
	b := lookupBuiltin(name, sh.dialect)
	if b.flags&builtinSpecial != 0 && sh.dialect == Dash {
		special = "special "
	}
	switch {
	case sh.funcs.m[name] != nil && special == "" && !o.defaultPath:
		if sh.dialect == Bash {
			sh.describeAs(name, " is a function", verbose)
			return 0
		}
		sh.describeAs(name, " is a shell function", verbose)
		return 0
	case b.run != nil:
		sh.describeAs(name, " is a "+special+"shell builtin", verbose)
		return 0
	}
	path, tracked := "", ""
	if strings.Contains(name, "/") {
		if sh.p.Access(name, system.ExecuteOK) == nil {
			if info, err := sh.p.Stat(name); err == nil && !info.Mode.IsDir() {
				path = name
			}
		}
	} else {
		if sh.hash.get(name) != "" && !o.defaultPath {
			tracked = " a tracked alias for"
		}
		path, _ = sh.search(name, o)
		if tracked == "" && !o.defaultPath && sh.dialect == Bash {
			// Looking is no use: bash remembers only what it has run.
			sh.hash.remove(name)
		}
	}
	if path == "" && sh.standInFor(name) != nil {
		// A built-in utility is there although no program is.
		path = "/bin/" + name
	}
	if path == "" {
		if verbose {
			sh.describeMissing(name)
		}
		if sh.dialect == Bash {
			return 1
		}
		return 127
	}
	if !verbose {
		sh.printf("%s\n", path)
		return 0
	}
	if sh.dialect == Bash {
		if tracked != "" {
			sh.printf("%s is hashed (%s)\n", name, path)
			return 0
		}
		tracked = ""
	}
	sh.printf("%s is%s %s\n", name, tracked, path)
	return 0
}

func (sh *Shell) describeAs(name, what string, verbose bool) {
	if !verbose {
		what = ""
	}
	sh.printf("%s%s\n", name, what)
}

func (sh *Shell) describeMissing(name string) {
	if sh.dialect == Bash {
		sh.warn("%s: not found", name)
		return
	}
	sh.printf("%s: not found\n", name)
}

func builtinType(sh *Shell, argv []string, _ evalFlags) int {
	if sh.dialect == Bash {
		return sh.bashType(argv)
	}
	status := 0
	for _, a := range argv[1:] {
		status |= sh.describe(a, true, lookupOptions{})
	}
	return status
}

// commandPrefix reads the options of command where it runs one (no -v, -V):
// the command's own words, and where to look for it.
func commandPrefix(argv []string) (rest []string, o lookupOptions, runs bool) {
	o.noFunctions = true
	i := 1
	for ; i < len(argv); i++ {
		a := argv[i]
		if len(a) < 2 || a[0] != '-' {
			break
		}
		if a == "--" {
			i++
			break
		}
		if strings.Trim(a[1:], "p") != "" {
			return nil, o, false
		}
		o.defaultPath = true
	}
	if i >= len(argv) {
		return nil, o, false
	}
	return argv[i:], o, true
}

// builtinCommand is command -v and -V; a command to be run is seen to before.
func builtinCommand(sh *Shell, argv []string, _ evalFlags) int {
	opts, args := sh.options(argv, "pvV")
	verify, verbose := false, false
	lo := lookupOptions{}
	for _, o := range opts {
		switch o.letter {
		case 'v':
			verify = true
		case 'V':
			verify, verbose = true, true
		case 'p':
			lo.defaultPath = true
		}
	}
	if len(args) == 0 {
		return 0
	}
	if !verify {
		return 0
	}
	if sh.dialect == Bash {
		status := 1
		for _, a := range args {
			if sh.describe(a, verbose, lo) == 0 {
				status = 0
			}
		}
		return status
	}
	// dash looks at the first name alone.
	return sh.describe(args[0], verbose, lo)
}

// builtinHash is hash [-r] [name…].
func builtinHash(sh *Shell, argv []string, _ evalFlags) int {
	opts, args := sh.options(argv, "r")
	if len(opts) > 0 {
		sh.hash = &cmdHash{}
		return 0
	}
	if len(args) == 0 {
		all := sh.hash.all()
		for _, name := range slices.SortedFunc(maps.Keys(all), func(a, b string) int { return hashBucket(a) - hashBucket(b) }) {
			mark := ""
			if all[name].stale {
				mark = "*"
			}
			sh.printf("%s%s\n", all[name].path, mark)
		}
		return 0
	}
	status := 0
	for _, name := range args {
		if sh.funcs.m[name] != nil || lookupBuiltin(name, sh.dialect).run != nil {
			continue
		}
		sh.hash.remove(name)
		path, err := sh.search(name, lookupOptions{})
		if path == "" && sh.standInFor(name) == nil {
			if sh.dialect == Bash {
				sh.warn("%s: not found", name)
			} else {
				sh.warn("%s: %s", name, execError(err))
			}
			status = 1
		}
	}
	return status
}

// hashBucket is where dash keeps a command (cmdlookup in its exec.c).
func hashBucket(name string) int {
	h := int(name[0]) << 4
	for i := 0; i < len(name); i++ {
		h += int(name[i])
	}
	return h & 0x7fff % 31
}
