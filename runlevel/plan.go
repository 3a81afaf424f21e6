package runlevel

import "strings"

// String is the plan for people, a line for each step: what is done, to which
// path below root, and why in brackets.
func (p Plan) String() string { return p.Under("") }

// Under is String with the paths below a directory: "" is "/".
func (p Plan) Under(root string) string {
	root = strings.TrimSuffix(root, "/") + "/"
	var b strings.Builder
	for _, s := range p.Steps {
		switch s.Op {
		case Create:
			b.WriteString("create " + root + s.New + " -> " + s.Target)
		case Remove:
			b.WriteString("remove " + root + s.Old)
		case Rename:
			b.WriteString("rename " + root + s.Old + " to " + s.New[strings.LastIndexByte(s.New, '/')+1:])
		case Mkdir:
			b.WriteString("make " + root + s.New)
		case Write:
			b.WriteString("write " + root + s.New)
		}
		if s.Reason != "" {
			b.WriteString(" (" + s.Reason + ")")
		}
		b.WriteByte('\n')
	}
	return b.String()
}
