// Package lsb is what an init script says of itself: the comment block that
// the Linux Standard Base defines (Core 22.3, "Comment Conventions for Init
// Scripts"), the lines that Red Hat's chkconfig reads, and the files beside
// them: insserv.conf, overrides, file filters.
//
// Text goes in and values come out; nothing here touches a machine. Every
// value keeps its position, and what is not understood is kept, so that a
// header prints as it was read.
package lsb

// Position is a place in a file. Line and Col count from 1, Col in bytes; a
// Line of 0 is the file as a whole.
type Position struct {
	Path string
	Line int
	Col  int
}

// Word is one word of a field's value, and where it stands.
type Word struct {
	Text string
	Position
}

// Key is a field's name in its canonical form: lower case, with hyphens, and
// without the X-vendor- before Should-Start and its kind ("required-start",
// "start-before", "interactive").
type Key string

// The keys that insserv(8) and the LSB know.
const (
	Provides         Key = "provides"
	RequiredStart    Key = "required-start"
	RequiredStop     Key = "required-stop"
	ShouldStart      Key = "should-start"
	ShouldStop       Key = "should-stop"
	StartBefore      Key = "start-before"
	StopAfter        Key = "stop-after"
	StartAfter       Key = "start-after"
	StopBefore       Key = "stop-before"
	DefaultStart     Key = "default-start"
	DefaultStop      Key = "default-stop"
	ShortDescription Key = "short-description"
	Description      Key = "description"
	Interactive      Key = "interactive"
)

// Field is one "# Key: value" of a header.
type Field struct {
	Key Key
	// Name is the key as it is written.
	Name string
	// Value is the text after the colon without space around it; lines that
	// continue a Description are joined to it by newlines.
	Value string
	// Position is where Name stands.
	Position
	// Words are the words of the field's own line.
	Words []Word

	raw      string   // the line behind the colon
	valueCol int      // where raw begins
	more     []string // the lines that continue it
}
