package interp

import (
	"slices"
	"strings"

	"sysv/system"
)

// builtinCd is cd [-L|-P] [dir].
func builtinCd(sh *Shell, argv []string, _ evalFlags) int {
	opts, args := sh.options(argv, "LP")
	physical := false
	for _, o := range opts {
		physical = o.letter == 'P'
	}
	print, dest := false, ""
	switch {
	case len(args) == 0:
		dest, _ = sh.lookup("HOME")
	case args[0] == "-":
		dest, _ = sh.lookup("OLDPWD")
		print = true
	default:
		dest = args[0]
	}
	if sh.dialect == Bash {
		if st := sh.bashCdErrors(args, dest); st != 0 {
			return st
		}
	}
	if dest == "" {
		dest = "."
	}
	// CDPATH is searched for names that do not begin with / or ./ or ../.
	if cdpath, ok := sh.lookup("CDPATH"); ok && dest[0] != '/' && !isDot(dest) {
		for dir := range strings.SplitSeq(cdpath, ":") {
			full := dest
			if dir != "" {
				full = dir + "/" + dest
			}
			if info, err := sh.p.Stat(full); err == nil && info.Mode.IsDir() && sh.chdir(full, physical) == nil {
				if dir != "" || print {
					sh.printf("%s\n", sh.p.Dir)
				}
				return 0
			}
		}
	}
	if err := sh.chdir(dest, physical); err != nil {
		if sh.dialect == Bash {
			sh.warn("%s: %v", dest, err)
			return 1
		}
		sh.fatal(2, "can't cd to %s", dest)
	}
	if print {
		sh.printf("%s\n", sh.p.Dir)
	}
	return 0
}

// isDot tells whether a path begins with a "." or ".." component.
func isDot(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return first == "." || first == ".."
}

// chdir changes the working directory, and PWD and OLDPWD with it.
func (sh *Shell) chdir(dest string, physical bool) error {
	dir := ""
	if !physical {
		dir = sh.logical(dest)
	}
	target := dir
	if physical || dir == "" {
		target = sh.p.Abs(dest)
	}
	info, err := sh.sys.Stat(target)
	if err != nil {
		return err
	}
	if !info.Mode.IsDir() {
		return system.ENOTDIR
	}
	if err := sh.sys.Access(target, system.ExecuteOK); err != nil {
		return err
	}
	held, err := sh.hold(target)
	if err != nil {
		return err
	}
	if physical || dir == "" {
		if dir, err = sh.nameOf(held, target); err != nil {
			if held == nil {
				return err
			}
			sh.lost(err)
		}
	}
	old := sh.p.Dir
	if sh.dialect == Bash {
		old, _ = sh.lookup("PWD")
	}
	sh.p.Hold(held, dir)
	sh.hash.markStale()
	sh.assign("OLDPWD", old, varExported)
	sh.assign("PWD", dir, varExported)
	return nil
}

// hold holds a directory where the machine can do that, and gives nil where it
// cannot.
func (sh *Shell) hold(path string) (system.HeldDirectory, error) {
	h, ok := sh.sys.(system.DirectoryHolder)
	if !ok {
		return nil, nil
	}
	return h.HoldDirectory(path)
}

// nameOf is the physical name of a directory to which a path has led.
func (sh *Shell) nameOf(held system.HeldDirectory, path string) (string, error) {
	if held == nil {
		return sh.physical(path)
	}
	return held.Name()
}

// lost says that the working directory has no name (dash's getpwd).
func (sh *Shell) lost(err error) {
	if sh.dialect == Bash {
		sh.warn("error retrieving current directory: getcwd: cannot access parent directories: %v", err)
		return
	}
	sh.warn("getcwd() failed: %v", err)
}

// logical joins a path to the working directory and resolves "." and ".." by
// its text, as dash's updatepwd; to bash each directory before a ".." must exist.
// It gives "" where the working directory has no name.
func (sh *Shell) logical(path string) string {
	base := ""
	if path[0] != '/' {
		if base = sh.p.Dir; base == "" {
			return ""
		}
	}
	root := "/"
	if strings.HasPrefix(path, "//") && !strings.HasPrefix(path, "///") {
		root = "//"
	}
	var parts []string
	for p := range strings.SplitSeq(base, "/") {
		if p != "" {
			parts = append(parts, p)
		}
	}
	for p := range strings.SplitSeq(path, "/") {
		switch p {
		case "", ".":
		case "..":
			if len(parts) > 0 {
				if sh.dialect == Bash {
					if _, err := sh.sys.Stat(root + strings.Join(parts, "/")); err != nil {
						return sh.p.Abs(path)
					}
				}
				parts = parts[:len(parts)-1]
			}
		default:
			parts = append(parts, p)
		}
	}
	return root + strings.Join(parts, "/")
}

// maxLinks is how many symbolic links a path may lead through (MAXSYMLINKS).
const maxLinks = 40

// physical resolves every symbolic link of an absolute path.
func (sh *Shell) physical(path string) (string, error) {
	todo := strings.Split(path, "/")
	var done []string
	links := 0
	for len(todo) > 0 {
		p := todo[0]
		todo = todo[1:]
		switch p {
		case "", ".":
			continue
		case "..":
			if len(done) > 0 {
				done = done[:len(done)-1]
			}
			continue
		}
		full := "/" + strings.Join(append(slices.Clip(done), p), "/")
		target, err := sh.sys.Readlink(full)
		if err != nil {
			if err != system.EINVAL {
				return "", err
			}
			done = append(done, p)
			continue
		}
		if links++; links > maxLinks {
			return "", system.ELOOP
		}
		if strings.HasPrefix(target, "/") {
			done = nil
		}
		todo = append(strings.Split(target, "/"), todo...)
	}
	return "/" + strings.Join(done, "/"), nil
}

// builtinPwd is pwd [-L|-P].
func builtinPwd(sh *Shell, argv []string, _ evalFlags) int {
	opts, _ := sh.options(argv, "LP")
	dir, physical := sh.p.Dir, false
	for _, o := range opts {
		physical = o.letter == 'P'
	}
	if physical {
		phys, err := sh.nameOf(sh.p.Held(), sh.p.Dir)
		switch {
		case err == nil:
			dir = phys
		case sh.p.Held() != nil:
			sh.lost(err)
			dir = ""
		}
	}
	if dir == "" && sh.dialect == Bash {
		return 1
	}
	sh.printf("%s\n", dir)
	return 0
}

// builtinUmask is umask [-S] [mode].
func builtinUmask(sh *Shell, argv []string, _ evalFlags) int {
	opts, args := sh.options(argv, "S")
	mask := sh.p.Umask
	if len(args) == 0 {
		if len(opts) == 0 {
			sh.printf("%04o\n", mask)
			return 0
		}
		allowed := ^mask & 0o777
		text := []byte{}
		for i, who := range []byte("ugo") {
			if i > 0 {
				text = append(text, ',')
			}
			text = append(text, who, '=')
			bits := allowed >> (6 - 3*i) & 7
			for j, c := range []byte("rwx") {
				if bits&(4>>j) != 0 {
					text = append(text, c)
				}
			}
		}
		sh.printf("%s\n", text)
		return 0
	}
	m := args[0]
	if m != "" && m[0] >= '0' && m[0] <= '9' {
		n := system.Mode(0)
		for i := 0; i < len(m); i++ {
			if m[i] < '0' || m[i] > '7' {
				if sh.dialect == Bash {
					sh.warn("%s: octal number out of range", m)
					return 1
				}
				sh.fatal(2, "Illegal number: %s", m)
			}
			n = n<<3 | system.Mode(m[i]-'0')
		}
		sh.p.Umask = n & 0o777
		return 0
	}
	n, ok := symbolicMask(m, ^mask&0o777)
	if !ok {
		sh.fatal(2, "Illegal mode: %s", m)
	}
	sh.p.Umask = ^n & 0o777
	return 0
}

// symbolicMask applies a symbolic mode such as "u=rwx,g-w" to permissions, as
// dash's umask does: what is copied from u, g and o is what they were at first,
// and a mode may be empty or end in a comma.
func symbolicMask(s string, before system.Mode) (system.Mode, bool) {
	perm := before
	var who system.Mode
	for s != "" {
		for ; s != "" && strings.IndexByte("augo", s[0]) >= 0; s = s[1:] {
			switch s[0] {
			case 'a':
				who |= 0o111
			case 'u':
				who |= 0o100
			case 'g':
				who |= 0o010
			case 'o':
				who |= 0o001
			}
		}
		if who == 0 {
			who = 0o111
		}
		if s == "" || s[0] != '=' && s[0] != '+' && s[0] != '-' {
			return 0, false
		}
		op := s[0]
		bits, rest := maskBits(s[1:], before)
		bits *= who
		switch op {
		case '=':
			perm = perm&^(who*7) | bits
		case '+':
			perm |= bits
		case '-':
			perm &^= bits
		}
		if s = rest; s == "" {
			break
		}
		switch s[0] {
		case ',':
			s, who = s[1:], 0
		case '=', '+', '-':
		default:
			return 0, false
		}
	}
	return perm, true
}

// maskBits reads the permissions of a symbolic mode, as three bits.
func maskBits(s string, before system.Mode) (bits system.Mode, rest string) {
	for ; s != ""; s = s[1:] {
		switch s[0] {
		case 'r':
			bits |= 4
		case 'w':
			bits |= 2
		case 'x':
			bits |= 1
		case 'u':
			bits |= before >> 6
		case 'g':
			bits |= before >> 3
		case 'o':
			bits |= before
		case 'X':
			if before&0o111 != 0 {
				bits |= 1
			}
		case 's':
		default:
			return bits & 7, s
		}
	}
	return bits & 7, ""
}
