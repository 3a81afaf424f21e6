package interp

import (
	"slices"
	"strconv"
	"strings"
)

// dirStack is DIRSTACK: the working directory and what pushd keeps.
func (sh *Shell) dirStack() []string {
	out := []string{sh.p.Dir}
	for _, d := range slices.Backward(sh.b.dirs) {
		out = append(out, d)
	}
	return out
}

// short is a directory with ~ for the home directory.
func (sh *Shell) short(dir string) string {
	home, _ := sh.lookup("HOME")
	if home != "" && home != "/" && (dir == home || strings.HasPrefix(dir, home+"/")) {
		return "~" + dir[len(home):]
	}
	return dir
}

func (sh *Shell) printDirs(long, lines, numbers bool) {
	stack := sh.dirStack()
	for i, d := range stack {
		if !long {
			d = sh.short(d)
		}
		switch {
		case numbers:
			sh.printf("%2d  %s\n", i, d)
		case lines:
			sh.printf("%s\n", d)
		case i < len(stack)-1:
			sh.printf("%s ", d)
		default:
			sh.printf("%s\n", d)
		}
	}
}

// bashDirs is dirs [-clpv].
func bashDirs(sh *Shell, argv []string, _ evalFlags) int {
	opts, _ := sh.options(argv, "clpv")
	var long, lines, numbers bool
	for _, o := range opts {
		switch o.letter {
		case 'c':
			sh.b.dirs = nil
			return 0
		case 'l':
			long = true
		case 'p':
			lines = true
		case 'v':
			numbers = true
		}
	}
	sh.printDirs(long, lines, numbers)
	return 0
}

// stackPlace reads +N or -N.
func stackPlace(s string, n int) (int, bool) {
	if len(s) < 2 || s[0] != '+' && s[0] != '-' {
		return 0, false
	}
	i, err := strconv.Atoi(s[1:])
	if err != nil {
		return 0, false
	}
	if s[0] == '-' {
		i = n - 1 - i
	}
	return i, true
}

// bashPushd is pushd [-n] [+N | -N | dir].
func bashPushd(sh *Shell, argv []string, _ evalFlags) int {
	args := argv[1:]
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	noCd := false
	if len(args) > 0 && args[0] == "-n" {
		noCd, args = true, args[1:]
	}
	if len(args) == 0 {
		n := len(sh.b.dirs)
		if n == 0 {
			sh.warn("no other directory")
			return 1
		}
		old, to := sh.p.Dir, sh.b.dirs[n-1]
		if err := sh.chdir(to, false); err != nil {
			sh.warn("%s: %v", to, err)
			return 1
		}
		sh.b.dirs = append(slices.Clone(sh.b.dirs[:n-1]), old)
		sh.printDirs(false, false, false)
		return 0
	}
	stack := sh.dirStack()
	if i, ok := stackPlace(args[0], len(stack)); ok {
		if i < 0 || i >= len(stack) {
			sh.warn("%s: directory stack index out of range", args[0])
			return 1
		}
		stack = append(slices.Clone(stack[i:]), stack[:i]...)
		if err := sh.chdir(stack[0], false); err != nil {
			sh.warn("%s: %v", stack[0], err)
			return 1
		}
		sh.setDirs(stack[1:])
		sh.printDirs(false, false, false)
		return 0
	}
	if noCd {
		sh.b.dirs = append(slices.Clone(sh.b.dirs), args[0])
		sh.printDirs(false, false, false)
		return 0
	}
	old := sh.p.Dir
	if err := sh.chdir(args[0], false); err != nil {
		sh.warn("%s: %v", args[0], err)
		return 1
	}
	sh.b.dirs = append(slices.Clone(sh.b.dirs), old)
	sh.printDirs(false, false, false)
	return 0
}

// setDirs sets what is below the working directory, the top first.
func (sh *Shell) setDirs(list []string) {
	sh.b.dirs = nil
	for _, d := range slices.Backward(list) {
		sh.b.dirs = append(sh.b.dirs, d)
	}
}

// bashPopd is popd [-n] [+N | -N].
func bashPopd(sh *Shell, argv []string, _ evalFlags) int {
	args := argv[1:]
	if len(sh.b.dirs) == 0 {
		sh.warn("directory stack empty")
		return 1
	}
	stack := sh.dirStack()
	at := 0
	if len(args) > 0 {
		i, ok := stackPlace(args[0], len(stack))
		if !ok || i < 0 || i >= len(stack) {
			sh.warn("%s: directory stack index out of range", args[0])
			return 1
		}
		at = i
	}
	if at == 0 {
		if err := sh.chdir(stack[1], false); err != nil {
			sh.warn("%s: %v", stack[1], err)
			return 1
		}
		sh.setDirs(stack[2:])
	} else {
		sh.setDirs(slices.Delete(stack[1:], at-1, at))
	}
	sh.printDirs(false, false, false)
	return 0
}
