package condition

import (
	"sysv/interp/arith"
	"sysv/system"
)

// kind is what an argument is, if it is an operator.
type kind uint8

const (
	none kind = iota
	unary
	binary
	not   // !
	andor // -a -o
	paren // ( )
)

// operator is dash's table of operators.
func operator(s string) kind {
	switch len(s) {
	case 1:
		switch s[0] {
		case '=', '<', '>':
			return binary
		case '!':
			return not
		case '(', ')':
			return paren
		}
	case 2:
		if s[0] != '-' {
			if s == "!=" {
				return binary
			}
			return none
		}
		switch s[1] {
		case 'r', 'w', 'x', 'e', 'f', 'd', 'c', 'b', 'p', 'u', 'g', 'k', 's', 't', 'z', 'n', 'h', 'O', 'G', 'L', 'S':
			return unary
		case 'a', 'o':
			return andor
		}
	case 3:
		if dashed(s) {
			return binary
		}
	}
	return none
}

// dashed tells whether s is -eq, -nt or the like.
func dashed(s string) bool {
	if len(s) != 3 || s[0] != '-' {
		return false
	}
	switch s[1:] {
	case "eq", "ne", "ge", "gt", "le", "lt", "nt", "ot", "ef":
		return true
	}
	return false
}

// IsUnary and IsBinary tell whether bash's test has such an operator.
func IsUnary(op string) bool {
	if len(op) != 2 || op[0] != '-' {
		return false
	}
	switch op[1] {
	case 'a', 'o', 'v', 'N', 'R':
		return true
	}
	return operator(op) == unary
}

// IsBinary is as [IsUnary], for operators between two arguments.
func IsBinary(op string) bool { return op == "==" || operator(op) == binary }

// Unary evaluates one test of an argument: "-f", "-z" and so on. It is what
// [[ ]] uses too. -o and -v ask o, which may be nil; a relative name is that
// of a file in p's directory. The error is about an operator that is not
// there, or a number that is none.
func Unary(p *system.Process, op, arg string, o *Options) (bool, error) {
	if len(op) != 2 || op[0] != '-' {
		return false, Error(op + ": unary operator expected")
	}
	switch op[1] {
	case 'z':
		return arg == "", nil
	case 'n':
		return arg != "", nil
	case 't':
		fd, err := arith.Decimal(arg)
		if err != nil {
			if o != nil && o.Bash {
				return false, nil
			}
			return false, err
		}
		f := p.Files.Get(int(int32(fd)))
		return f != nil && f.IsTerminal(), nil
	case 'r':
		return p.Access(arg, system.ReadOK) == nil, nil
	case 'w':
		return p.Access(arg, system.WriteOK) == nil, nil
	case 'x':
		return p.Access(arg, system.ExecuteOK) == nil, nil
	case 'o':
		return o != nil && o.Option != nil && o.Option(arg), nil
	case 'v':
		return o != nil && o.Variable != nil && o.Variable(arg), nil
	case 'R':
		return false, nil // there are no name references
	case 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'k', 'p', 's', 'u', 'G', 'L', 'N', 'O', 'S':
		return file(p, op[1], arg), nil
	}
	return false, Error(op + ": unary operator expected")
}

// file is the tests of what stat(2) tells; a file that is not there fails
// them all.
func file(p *system.Process, op byte, name string) bool {
	var s system.FileInfo
	var err error
	if op == 'h' || op == 'L' {
		s, err = p.Lstat(name)
	} else {
		s, err = p.Stat(name)
	}
	if err != nil {
		return false
	}
	switch op {
	case 'b':
		return s.Mode.Type() == system.TypeBlock
	case 'c':
		return s.Mode.Type() == system.TypeChar
	case 'd':
		return s.Mode.IsDir()
	case 'f':
		return s.Mode.IsRegular()
	case 'h', 'L':
		return s.Mode.IsSymlink()
	case 'p':
		return s.Mode.Type() == system.TypeFIFO
	case 'S':
		return s.Mode.Type() == system.TypeSocket
	case 'u':
		return s.Mode&system.SetUID != 0
	case 'g':
		return s.Mode&system.SetGID != 0
	case 'k':
		return s.Mode&system.Sticky != 0
	case 's':
		return s.Size != 0
	case 'O':
		return s.UID == p.Sys.Identity().EUID
	case 'G':
		return s.GID == p.Sys.Identity().EGID
	case 'N':
		return s.Mtime.After(s.Atime)
	}
	return true // -e, -a
}

// Binary evaluates one test of two arguments. [[ ]] uses it for files; its
// strings are patterns, and its numbers expressions, which are the caller's.
func Binary(p *system.Process, op, a, b string, o *Options) (bool, error) {
	switch op {
	case "=":
		return a == b, nil
	case "!=":
		return a != b, nil
	case "<":
		return a < b, nil
	case ">":
		return a > b, nil
	case "==":
		if o != nil && o.Bash {
			return a == b, nil
		}
	case "-nt", "-ot", "-ef":
		return compareFiles(p, op, a, b, o != nil && o.Bash), nil
	}
	if !dashed(op) {
		return false, Error(op + ": binary operator expected")
	}
	x, err := number(a, o)
	if err != nil {
		return false, err
	}
	y, err := number(b, o)
	if err != nil {
		return false, err
	}
	switch op {
	case "-eq":
		return x == y, nil
	case "-ne":
		return x != y, nil
	case "-lt":
		return x < y, nil
	case "-le":
		return x <= y, nil
	case "-gt":
		return x > y, nil
	}
	return x >= y, nil
}

func number(s string, o *Options) (int64, error) {
	n, err := arith.Decimal(s)
	if err != nil && o != nil && o.Bash {
		err = Error(s + ": integer expression expected")
	}
	return n, err
}

// compareFiles: in dash both files must be there, in bash a file that is
// there is newer than one that is not.
func compareFiles(p *system.Process, op, a, b string, bash bool) bool {
	s, errA := p.Stat(a)
	t, errB := p.Stat(b)
	if errA != nil || errB != nil {
		switch {
		case !bash || op == "-ef":
			return false
		case op == "-nt":
			return errA == nil
		}
		return errB == nil
	}
	switch op {
	case "-nt":
		return s.Mtime.After(t.Mtime)
	case "-ot":
		return s.Mtime.Before(t.Mtime)
	}
	return s.SameFile(t)
}
