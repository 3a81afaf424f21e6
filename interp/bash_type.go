package interp

import (
	"strings"

	"sysv/system"
)

// bashType is type [-aftpP] name….
func (sh *Shell) bashType(argv []string) int {
	opts, args := sh.options(argv, "afptP")
	var o typeOptions
	for _, x := range opts {
		switch x.letter {
		case 'a':
			o.all = true
		case 'f':
			o.noFunctions = true
		case 't':
			o.word = true
		case 'p':
			o.path = true
		case 'P':
			o.path, o.force = true, true
		}
	}
	status := 0
	for _, name := range args {
		if !sh.typeOne(name, o) {
			if !o.word && !o.path {
				sh.warn("%s: not found", name)
			}
			status = 1
		}
	}
	return status
}

type typeOptions struct{ all, noFunctions, word, path, force bool }

// typeOne prints what one name is, and reports whether it is anything.
func (sh *Shell) typeOne(name string, o typeOptions) bool {
	found := false
	say := func(word, text string) {
		found = true
		switch {
		case o.path:
		case o.word:
			sh.printf("%s\n", word)
		default:
			sh.printf("%s is %s\n", name, text)
		}
	}
	if !o.force {
		if isKeyword(name, Bash) {
			say("keyword", "a shell keyword")
			if !o.all {
				return true
			}
		}
		if f := sh.funcs.m[name]; f != nil && !o.noFunctions {
			say("function", "a function")
			if !o.word && !o.path {
				sh.printFunction(name)
			}
			if !o.all {
				return true
			}
		}
		if lookupBuiltin(name, Bash).run != nil {
			say("builtin", "a shell builtin")
			if !o.all {
				return true
			}
		}
	}
	for _, path := range sh.programsNamed(name, o.all) {
		found = true
		switch {
		case o.path:
			sh.printf("%s\n", path)
		case o.word:
			sh.printf("file\n")
		case !o.all && sh.hash.get(name) != "":
			sh.printf("%s is hashed (%s)\n", name, path)
		default:
			sh.printf("%s is %s\n", name, path)
		}
	}
	return found
}

// programsNamed lists the programs of a name on the PATH, or the first.
func (sh *Shell) programsNamed(name string, all bool) []string {
	var out []string
	try := func(path string) bool {
		info, err := sh.p.Stat(path)
		if err == nil && info.Mode.IsRegular() && sh.p.Access(path, system.ExecuteOK) == nil {
			out = append(out, path)
			return !all
		}
		return false
	}
	if strings.Contains(name, "/") {
		try(name)
		return out
	}
	dirs, _ := sh.lookup("PATH")
	for dir := range strings.SplitSeq(dirs, ":") {
		if dir == "" {
			dir = "."
		}
		if try(dir + "/" + name) {
			break
		}
	}
	if len(out) == 0 && sh.utility != nil && sh.mode != Never && sh.utility(name) != nil {
		out = append(out, "/bin/"+name)
	}
	return out
}

// bashCdErrors reports what cd refuses in bash.
func (sh *Shell) bashCdErrors(args []string, dest string) int {
	switch {
	case len(args) > 1:
		sh.warn("too many arguments")
		return 1
	case dest == "" && len(args) == 0:
		sh.warn("HOME not set")
		return 1
	case dest == "" && args[0] == "-":
		sh.warn("OLDPWD not set")
		return 1
	}
	return 0
}
