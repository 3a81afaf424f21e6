package file

import (
	"sysv/utility/call"
)

// Mv is mv(1) with -f, -i, -n, -t, -T, -u and -v.
// What cannot be renamed, since it goes to another file system, is copied and
// then removed.
func Mv(c *call.Call) int {
	opts, names, unknown, ok := c.Getopt("finuvt:T", "force>f", "interactive>i", "no-clobber>n", "update>u", "verbose>v",
		"target-directory=>t", "no-target-directory>T")
	if !ok {
		return badOption(c, unknown)
	}
	o := copyOptions{
		move: true, recursive: true, follow: followNone,
		keepMode: true, keepOwner: true, keepTimes: true, keepLinks: true,
	}
	var tgt target
	forced := false
	for _, opt := range opts {
		switch opt.Name {
		case "f":
			o.existing, forced = overwrite, true
		case "i":
			o.existing, forced = overwriteAsk, false
		case "n":
			o.existing, forced = overwriteNever, false
		case "u":
			o.update = true
		case "v":
			o.verbose = true
		default:
			if !tgt.option(c, opt) {
				return 1
			}
		}
	}
	if o.existing == overwriteNever {
		o.update = false
	}
	m := mover{tree: tree{c: c, opt: o, tty: !forced && c.Stdin().IsTerminal()}}
	if !tgt.resolve(c, names) {
		return 1
	}
	if tgt.intoDir && len(tgt.sources) > 1 {
		m.made = map[string]inode{}
	}
	status := 0
	for i, src := range tgt.sources {
		if c.Stop() {
			return 1
		}
		m.lastOperand = i == len(tgt.sources)-1
		dst := tgt.dest
		if tgt.intoDir {
			dst = tgt.in(src)
		}
		if !m.move(src, dst) {
			status = 1
		}
	}
	return status
}

// mover is one run of mv.
type mover struct{ tree }

func (m *mover) move(src, dst string) bool {
	r := m.operand(src, dst, false)
	if !r.ok || r.intoSelf {
		return false
	}
	if r.renamed {
		return true
	}
	rm := remover{c: m.c, force: false, recursive: true, verbose: m.opt.verbose}
	rm.root, _ = m.c.Lstat("/")
	return rm.operand(operandPath(src))
}
