// Package ast is a shell script as a tree: what package interp/parse reads
// (dash's grammar) or lowers from mvdan's tree (bash's), and what package
// interp evaluates. Text is bytes, kept as they were, valid UTF-8 or not.
package ast

// Command is one of the nodes below that can be executed.
type Command interface{ command() }

// Span is where a node stands in the text that was read, in bytes from its
// beginning: for the linter, which points at it and edits it. End is 0 where
// that is not known: in text of an alias, in backquotes with backslashes in
// them, and wherever the text did not come to the parser in one piece.
type Span struct{ Pos, End int32 }

// Known says whether the place is known.
func (s Span) Known() bool { return s.End > 0 }

// Simple is assignments, words and redirections: XCU 2.9.1.
type Simple struct {
	Line    int // of the first word, from 1
	Assigns []*Assign
	Args    []*Word
	Redirs  []*Redir
}

// Pipeline is commands joined by |. It has at least two commands.
type Pipeline struct {
	Line int
	Cmds []Command
	// Merge has, for bash's |&, true for each command whose stderr goes down
	// the pipe too; it may be nil.
	Merge []bool
}

// Not is a command whose status is inverted by !.
type Not struct{ Cmd Command }

// AndOr is Left && Right, or with Or Left || Right.
type AndOr struct {
	Or          bool
	Left, Right Command
}

// List is commands executed one after the other. It is never empty.
type List struct{ Cmds []Command }

// Background is Cmd &.
type Background struct {
	Line int
	Cmd  Command
}

// Subshell is ( Body ).
type Subshell struct {
	Line int
	At   Span
	Body Command
}

// Group is { Body; }.
type Group struct{ Body Command }

// Redirected is a compound command with redirections.
type Redirected struct {
	Line   int
	Cmd    Command
	Redirs []*Redir
}

// If is if Cond then Then else Else fi; Else may be nil (elif is an If there).
// At is from the if to the fi, for an elif to where the next part begins.
type If struct {
	At               Span
	Cond, Then, Else Command
}

// While is while (or until) Cond do Body done.
type While struct {
	At         Span
	Until      bool
	Cond, Body Command
}

// For is for Name in Words do Body done. Without In the words are "$@".
type For struct {
	Line  int
	At    Span
	Name  string
	In    bool
	Words []*Word
	Body  Command
}

// Case is case Word in Clauses esac.
type Case struct {
	Line    int
	At      Span
	Word    *Word
	Clauses []*Clause
}

// Clause is Patterns) Body; Body may be nil. FallThrough is bash's ;& and
// TestNext its ;;&. At is from the first pattern to where its ;; or the esac
// begins.
type Clause struct {
	At                    Span
	Patterns              []*Word
	Body                  Command
	FallThrough, TestNext bool
}

// FuncDecl is Name() Body.
type FuncDecl struct {
	Line int
	At   Span
	Name string
	Body Command
}

// The rest is bash's.

// Test is [[ X ]].
type Test struct {
	Line int
	X    TestExpr
}

// TestExpr is a [TestBinary], [TestUnary] or [TestWord].
type TestExpr interface{ testExpr() }

// TestBinary is X Op Y: Op is "&&" or "||" (X and Y are any), or a comparison
// (both are a *TestWord): "=" "==" "!=" "=~" "<" ">" "-eq" … "-nt" ….
type TestBinary struct {
	Op   string
	X, Y TestExpr
}

// TestUnary is Op X: "!" "(" (X is any), or "-f" and so on (a *TestWord).
type TestUnary struct {
	Op string
	X  TestExpr
}

// TestWord is one word; alone it is true if it is not empty.
type TestWord struct{ Word *Word }

// ArithCmd is (( Expr )).
type ArithCmd struct {
	Line int
	Expr *Word
}

// ArithFor is for (( Init; Cond; Post )); each may be nil.
type ArithFor struct {
	Line             int
	Init, Cond, Post *Word
	Body             Command
}

// Time is the time keyword before a pipeline, or alone (Cmd nil).
type Time struct {
	Posix bool
	Cmd   Command
}

// Select is select Name in Words do Body done.
type Select struct{ For }

func (*Simple) command()     {}
func (*Pipeline) command()   {}
func (*Not) command()        {}
func (*AndOr) command()      {}
func (*List) command()       {}
func (*Background) command() {}
func (*Subshell) command()   {}
func (*Group) command()      {}
func (*Redirected) command() {}
func (*If) command()         {}
func (*While) command()      {}
func (*For) command()        {}
func (*Case) command()       {}
func (*FuncDecl) command()   {}
func (*Test) command()       {}
func (*ArithCmd) command()   {}
func (*ArithFor) command()   {}
func (*Time) command()       {}
func (*Select) command()     {}

func (*TestBinary) testExpr() {}
func (*TestUnary) testExpr()  {}
func (*TestWord) testExpr()   {}

// Assign is Name=Value before a command, or as an operand of export, local
// and so on. In dash's grammar Append, Index and Array are never set.
type Assign struct {
	Name  string
	Value *Word // never nil for a scalar; no parts is the empty string
	// Append is +=.
	Append bool
	// Index is the subscript of Name[Index]=, or nil.
	Index *Word
	// Array has the elements of Name=(…), or is nil.
	Array []*Element
	// IsArray tells Name=() from a scalar.
	IsArray bool
}

// Element is one element of an array literal: [Index]=Value, or Value alone.
type Element struct{ Index, Value *Word }

// RedirOp is a redirection operator.
type RedirOp int

// Redirection operators; the default descriptor is 0 for those that read and
// 1 for those that write.
const (
	RedirIn      RedirOp = iota // <
	RedirOut                    // >
	RedirClobber                // >|
	RedirAppend                 // >>
	RedirInOut                  // <>
	RedirDupIn                  // <&
	RedirDupOut                 // >&
	RedirHere                   // << and <<-: Body is the text
	RedirHereStr                // <<< (bash)
	RedirAll                    // &> (bash): stdout and stderr
	RedirAllAppd                // &>> (bash)
)

// Redir is one redirection.
type Redir struct {
	Line int
	// At is the operator, with the descriptor before it.
	At Span
	Op RedirOp
	// Fd is the descriptor, or -1 where none was written.
	Fd int
	// FdVar is bash's {name}>, or "".
	FdVar string
	// Word is the file, the descriptor to copy ("-" closes), or the text of
	// a here-document: its parts are all quoted, and expanded if the
	// delimiter was not quoted.
	Word *Word
}

// Word is a word before expansion.
type Word struct {
	Line  int
	At    Span
	Parts []Part
}

// Lit gives the word's text if it is a single literal without quotes.
func (w *Word) Lit() (string, bool) {
	switch len(w.Parts) {
	case 0:
		return "", true
	case 1:
		if l, ok := w.Parts[0].(*Lit); ok && !l.Quoted {
			return l.Text, true
		}
	}
	return "", false
}

// Part is one of the nodes below. Quotes are not nodes: they are the Quoted
// mark of what stood inside them. Empty quotes are a quoted empty Lit.
type Part interface{ part() }

// Lit is literal text. Quoted text is neither split, nor a pattern, nor a
// tilde; it has no quotes or backslashes left in it.
type Lit struct {
	Text   string
	Quoted bool
}

// Param is a parameter expansion.
type Param struct {
	Line int
	At   Span
	// Name is a variable, a positional parameter's number, or one of
	// @ * # ? - $ ! 0.
	Name string
	// Op is one of ParamNone … .
	Op ParamOp
	// Colon is the colon of :- := :? :+. With ParamNone it is dash's reading
	// of ${x:}word}: the value, Arg, and nothing more of the word.
	Colon bool
	// Arg is the word after the operator, or nil.
	Arg *Word
	// Quoted tells that it stood in double quotes.
	Quoted bool
	// Bad, if not empty, is the text of a substitution that dash reads but
	// refuses when it comes to expand it ("Bad substitution").
	Bad string

	// The rest is bash's.

	// Index is the subscript of ${name[…]}, or nil; IndexAll is '@' or '*'.
	Index    *Word
	IndexAll byte
	// Indirect is ${!name}; Names is ${!prefix*} or ${!prefix@} (the byte);
	// Keys is ${!name[@]}.
	Indirect bool
	Names    byte
	Keys     bool
	// Offset and Length are those of ${name:offset:length}, ParamSlice.
	Offset, Length *Word
	// Repl is the replacement of ParamReplace, in which Arg is the pattern.
	Repl *Word
	// Anchor is 0, '#' or '%' for ParamReplace; All is ${name//…}.
	Anchor byte
	All    bool
}

// ParamOp is the operator of a parameter expansion.
type ParamOp int

// Operators.
const (
	ParamNone          ParamOp = iota // ${x}
	ParamLength                       // ${#x}
	ParamDefault                      // ${x-w} ${x:-w}
	ParamAssign                       // ${x=w}
	ParamError                        // ${x?w}
	ParamAlt                          // ${x+w}
	ParamTrimSuffix                   // ${x%w}
	ParamTrimSuffixMax                // ${x%%w}
	ParamTrimPrefix                   // ${x#w}
	ParamTrimPrefixMax                // ${x##w}
	ParamSlice                        // ${x:o:l} (bash)
	ParamReplace                      // ${x/p/r} (bash)
	ParamUpper                        // ${x^p} (bash)
	ParamUpperAll                     // ${x^^p}
	ParamLower                        // ${x,p}
	ParamLowerAll                     // ${x,,p}
	ParamTransform                    // ${x@Q}: Arg is the letter (bash)
)

// CmdSubst is $(Body) or `Body`. Body is nil if empty. FileOnly is bash's
// $(<file) and has the word. Backquoted tells the second form, inside which
// dash counts lines from 1.
type CmdSubst struct {
	Line       int
	At         Span
	Body       Command
	Quoted     bool
	FileOnly   *Word
	Backquoted bool
}

// Arith is $((Expr)): Expr is expanded as in double quotes, and the text that
// comes out is then evaluated.
type Arith struct {
	Line   int
	Expr   *Word
	Quoted bool
}

// ProcSubst is bash's <(Body), or with Out >(Body).
type ProcSubst struct {
	Line int
	Out  bool
	Body Command
}

// ExtGlob is bash's ?(a|b) and so on, where it stands unquoted: Op is one of
// ? * + @ !, Pattern the text between the parentheses.
type ExtGlob struct {
	Op      byte
	Pattern string
}

// ArrayLit is bash's (…) after name= in an operand of declare, local and so
// on; it is the last part of its word.
type ArrayLit struct{ Elements []*Element }

func (*ArrayLit) part()  {}
func (*Lit) part()       {}
func (*Param) part()     {}
func (*CmdSubst) part()  {}
func (*Arith) part()     {}
func (*ProcSubst) part() {}
func (*ExtGlob) part()   {}
