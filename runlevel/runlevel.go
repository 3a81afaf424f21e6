// Package runlevel is which init script runs when: the graph of what scripts
// require, the numbers that insserv, chkconfig and update-rc.d give them, the
// links of /etc/rc?.d, and how these are changed.
//
// It never runs a script. What it reads it reads through [io/fs.FS], so that
// a tree may be a directory, an image or a value in a test; what it changes is
// a [Plan] first, which is printed or applied.
package runlevel

// Kind is what a link does with its script on entering a runlevel.
type Kind byte

// The kinds of links.
const (
	// Start is S: the script is called with "start".
	Start Kind = 'S'
	// Stop is K: the script is called with "stop".
	Stop Kind = 'K'
)

// Link is one entry of /etc/rc?.d whose name is S or K, two digits and a
// script's name.
type Link struct {
	// Level is the runlevel: '0' to '9', or 'S'; 'B' is SuSE's boot.d.
	Level byte
	Kind  Kind
	// Number is the two digits, 0 to 99.
	Number int
	// Script is the rest of the name.
	Script string
	// Target is where the link leads, as it is written; "" for an entry that
	// is no link.
	Target string
}

// Op is what a step does.
type Op int

// The operations of a Plan.
const (
	// Create makes the link New, leading to Target.
	Create Op = iota
	// Remove removes the link Old.
	Remove
	// Rename makes New of Old.
	Rename
	// Write gives the file New the content Data.
	Write
	// Mkdir makes the directory New, if it is not there.
	Mkdir
)

// Step is one change. Old and New are paths below the tree's root, without a
// leading slash, as io/fs has them ("etc/rc2.d/S01cron").
type Step struct {
	Op       Op
	Old, New string
	Target   string
	Data     []byte
	// Reason says why, for people.
	Reason string
}

// Plan is a list of changes that are made wholly or not at all.
type Plan struct {
	Steps []Step
}
