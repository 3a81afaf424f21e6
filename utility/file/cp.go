package file

import (
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// Cp is cp(1) with -a, -d, -f, -H, -i, -l, -L, -n, -p, -P, -r, -R, -s, -t, -T,
// -u, -v, -x, --preserve, --no-preserve and --remove-destination. --reflink=auto and --sparse=auto are how it works
// anyway.
func Cp(c *call.Call) int {
	opts, names, unknown, ok := c.Getopt("adfHilLnpPrRst:Tuvx", "archive>a", "force>f", "interactive>i", "link>l", "dereference>L",
		"no-clobber>n", "no-dereference>P", "preserve=?", "no-preserve=", "recursive>r", "remove-destination", "symbolic-link>s",
		"target-directory=>t", "no-target-directory>T", "update>u", "verbose>v", "one-file-system>x",
		"reflink=?", "sparse=")
	if !ok {
		return badOption(c, unknown)
	}
	o := copyOptions{asRegular: true}
	follow := -1
	var tgt target
	for _, opt := range opts {
		switch opt.Name {
		case "a":
			follow, o.recursive = followNone, true
			o.keepLinks, o.keepOwner, o.keepMode, o.keepTimes, o.mustKeep = true, true, true, true, true
		case "d":
			follow, o.keepLinks = followNone, true
		case "f":
			o.force = true
		case "H":
			follow = followOperands
		case "i":
			o.existing = overwriteAsk
		case "l":
			o.hard = true
		case "L":
			follow = followAll
		case "n":
			o.existing = overwriteNever
		case "P":
			follow = followNone
		case "p":
			o.keepOwner, o.keepMode, o.keepTimes, o.mustKeep = true, true, true, true
		case "preserve", "no-preserve":
			if !o.preserve(opt.Arg, opt.Name == "preserve") {
				return c.Refuse("--" + opt.Name + "=" + opt.Arg)
			}
		case "r", "R":
			o.recursive = true
		case "remove-destination":
			o.removeFirst = true
		case "s":
			o.symbolic = true
		case "u":
			o.update = true
		case "v":
			o.verbose = true
		case "x":
			o.oneFS = true
		case "reflink", "sparse":
			if opt.Arg != "auto" && !(opt.Name == "reflink" && opt.Arg == "never") {
				return c.Refuse("--" + opt.Name + "=" + opt.Arg)
			}
		default:
			if !tgt.option(c, opt) {
				return 1
			}
		}
	}
	if n, own := ownDescriptors(names); own {
		return c.Refuse(n)
	}
	if o.hard && o.symbolic {
		return usage(c, "cannot make both hard and symbolic links")
	}
	if o.existing == overwriteNever {
		o.update = false
	}
	o.follow = follow
	if follow < 0 {
		o.follow = followAll
		if o.recursive && !o.hard {
			o.follow = followNone
		}
	}
	if o.recursive {
		o.asRegular = false
	}
	t := &tree{c: c, opt: o}
	if !tgt.resolve(c, names) {
		return 1
	}
	return t.run(&tgt)
}

// preserve reads what --preserve or --no-preserve names.
func (o *copyOptions) preserve(list string, keep bool) bool {
	if list == "" && keep {
		o.keepOwner, o.keepMode, o.keepTimes, o.mustKeep = true, true, true, true
		return true
	}
	o.mustKeep = o.mustKeep || keep
	for w := range strings.SplitSeq(list, ",") {
		switch w {
		case "mode":
			o.keepMode, o.dropMode = keep, !keep
		case "ownership":
			o.keepOwner = keep
		case "timestamps":
			o.keepTimes = keep
		case "links":
			o.keepLinks = keep
		case "all":
			o.keepMode, o.keepOwner, o.keepTimes, o.keepLinks, o.dropMode = keep, keep, keep, keep, !keep
		case "xattr", "context":
			// Neither is kept here; not to keep them is no loss.
			if keep {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// target is where the operands of cp, mv and install go.
type target struct {
	dir   *string // -t
	noDir bool    // -T
	// sources and dest are what resolve makes of the operands: intoDir tells
	// that dest is a directory that they go into, absent that it is not there.
	sources []string
	dest    string
	intoDir bool
	absent  bool
}

// option reads -t and -T.
func (t *target) option(c *call.Call, o call.Opt) bool {
	switch o.Name {
	case "t":
		if t.dir != nil {
			c.Errorf("multiple target directories specified")
			return false
		}
		t.dir = &o.Arg
	case "T":
		t.noDir = true
	}
	return true
}

// operands checks how many there are.
func (t *target) operands(c *call.Call, names []string) bool {
	switch {
	case len(names) == 0:
		missing(c, "file operand")
	case len(names) == 1 && t.dir == nil:
		missing(c, "destination file operand after "+call.Quote(names[0]))
	case t.noDir && t.dir != nil:
		c.Errorf("cannot combine --target-directory (-t) and --no-target-directory (-T)")
	case t.noDir && len(names) > 2:
		usage(c, "extra operand %s", call.Quote(names[2]))
	default:
		return true
	}
	return false
}

// resolve finds out where the operands go.
func (t *target) resolve(c *call.Call, names []string) bool {
	if !t.operands(c, names) {
		return false
	}
	t.sources = names
	if t.dir != nil {
		if err := isDirectory(c, *t.dir, true); err != nil {
			c.Errorf("target directory %s: %v", call.Quote(*t.dir), err)
			return false
		}
		t.dest, t.intoDir = *t.dir, true
		return true
	}
	last := len(names) - 1
	t.sources, t.dest = names[:last], names[last]
	if t.noDir {
		return true
	}
	err := isDirectory(c, t.dest, true)
	t.intoDir = err == nil
	t.absent = err == system.ENOENT
	if err != nil && last > 1 {
		c.Errorf("target %s: %v", call.Quote(t.dest), err)
		return false
	}
	return true
}

// in is the name of a source in the target directory.
func (t *target) in(source string) string {
	base := stripSlashes(lastComponent(source))
	return join(t.dest, base)
}

// run copies all operands for cp.
func (t *tree) run(tgt *target) int {
	status := 0
	if !tgt.intoDir {
		// Where stat(2) found nothing there may still be a dangling link.
		absent := tgt.absent && t.opt.asRegular && !t.opt.symbolic && !t.opt.hard && !t.opt.removeFirst && t.opt.follow == followAll
		if !t.operand(tgt.sources[0], tgt.dest, absent).ok {
			status = 1
		}
		return status
	}
	if len(tgt.sources) > 1 {
		t.made, t.sources = map[string]inode{}, map[inode][]string{}
	}
	for _, src := range tgt.sources {
		if t.c.Stop() {
			return 1
		}
		dst := tgt.in(src)
		if strings.TrimRight(lastComponent(src), "/") == ".." {
			// cp -R a/.. b copies into b, not into what b is in.
			dst = tgt.dest
		}
		if !t.operand(src, dst, false).ok {
			status = 1
		}
	}
	return status
}
