package text

import (
	"fmt"

	"sysv/utility/regex"
)

// sedProgram is a compiled script.
type sedProgram struct {
	cmds     []*sedCmd
	labels   map[string]int
	extended bool
	quiet    bool // the script began with "#n"
	// refused is a command that this sed does not have.
	refused string
	files   []string // of w, W and s///w

	blocks  []int   // open braces
	pending *sedCmd // a, i or c whose text is still to come
}

type sedAddrKind uint8

const (
	addrNone  sedAddrKind = iota
	addrLine              // number
	addrStep              // first~step
	addrLast              // $
	addrRegex             // /re/
	addrPlus              // addr1,+N
	addrMult              // addr1,~N
	addrZero              // 0,/re/
)

type sedAddr struct {
	kind  sedAddrKind
	n, m  uint64
	re    *regex.Regexp
	empty bool // //: the last expression used
}

type sedRange uint8

const (
	rangeOff sedRange = iota
	rangeOn
	rangeDone
)

type sedCmd struct {
	a1, a2  sedAddr
	not     bool
	name    byte
	state   sedRange
	end     uint64 // of a range by numbers
	text    []byte // a i c; file name of r R w W
	label   string
	jump    int // b t T: the command to go on with; { : the one after }
	n       int // q Q l: the number, -1 for none
	sub     *sedSub
	table   *[256]byte
	outFile string
}

// sedSub is an s command.
type sedSub struct {
	re     *regex.Regexp
	empty  bool
	parts  []sedPart
	maxRef int
	global bool
	print  int
	number int
	file   string
}

type sedCase uint8

const (
	caseNone  sedCase = iota
	caseUpper         // \U
	caseLower         // \L
	caseEnd           // \E
	caseUp1           // \u
	caseLow1          // \l
)

// sedPart is a piece of a replacement: text, then a group (-1 for none), or a
// change of case.
type sedPart struct {
	text   []byte
	group  int
	change sedCase
}

// sedError is a mistake in a script: its text has the place.
type sedError struct {
	msg    string
	status int
}

func (e *sedError) Error() string { return e.msg }

// sedReader reads one piece of a script: an -e or a file.
type sedReader struct {
	s    string
	i    int
	expr int    // number of the -e
	file string // or the file's name
	line int
	// first tells that it is the first piece of the script.
	first bool
}

const eof = -1

func (r *sedReader) get() int {
	if r.i >= len(r.s) {
		return eof
	}
	c := r.s[r.i]
	r.i++
	if c == '\n' {
		r.line++
	}
	return int(c)
}

func (r *sedReader) unget(c int) {
	if c == eof {
		return
	}
	r.i--
	if c == '\n' {
		r.line--
	}
}

// nonBlank reads the next byte that is no blank.
func (r *sedReader) nonBlank() int {
	c := r.get()
	for c == ' ' || c == '\t' {
		c = r.get()
	}
	return c
}

func isSpace(c int) bool { return c == ' ' || c >= '\t' && c <= '\r' }

func isDigit(c int) bool { return c >= '0' && c <= '9' }

// number reads the rest of a number whose first digit was c.
func (r *sedReader) number(c int) uint64 {
	n := uint64(0)
	for isDigit(c) {
		n = n*10 + uint64(c-'0')
		c = r.get()
	}
	r.unget(c)
	return n
}

// bad is a mistake at the place read to.
func (r *sedReader) bad(format string, args ...any) *sedError {
	msg := fmt.Sprintf(format, args...)
	if r.file != "" {
		return &sedError{fmt.Sprintf("file %s line %d: %s", r.file, r.line, msg), 1}
	}
	return &sedError{fmt.Sprintf("-e expression #%d, char %d: %s", r.expr, r.i, msg), 1}
}
