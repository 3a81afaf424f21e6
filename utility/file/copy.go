package file

import (
	"fmt"

	"sysv/system"
	"sysv/utility/call"
)

// Which symbolic links a copy follows.
const (
	followNone = iota
	followOperands
	followAll
)

// What happens where the destination is already there.
const (
	overwrite = iota
	overwriteAsk
	overwriteNever
)

// copyOptions are those that cp, mv and install share.
type copyOptions struct {
	move, install      bool
	recursive, verbose bool
	follow             int
	existing           int
	update             bool // only if the source is newer
	force              bool // unlink what cannot be opened
	removeFirst        bool // unlink before opening
	asRegular          bool // read special files
	hard, symbolic     bool // make links instead of copies
	oneFS              bool
	// keep… is what --preserve names; mustKeep makes a failure to do so an
	// error, dropMode is --no-preserve=mode.
	keepMode, keepOwner, keepTimes, keepLinks bool
	mustKeep, dropMode                        bool
	// setMode gives new files this mode.
	setMode bool
	mode    system.Mode
}

// inode is what identifies a file.
type inode struct{ dev, ino uint64 }

func inodeOf(st system.FileInfo) inode { return inode{st.Dev, st.Ino} }

// tree is one run of cp, mv or install over its operands.
type tree struct {
	c   *call.Call
	opt copyOptions
	// made has the destinations of the operands so far, sources the operands;
	// nil where there is but one.
	made    map[string]inode
	sources map[inode][]string
	// copied tells where a file (or directory) has been copied to.
	copied map[inode]string
	// topSrc and topDst are the operand at hand and its destination.
	topSrc, topDst string
	dirMade        bool
	// intoSelf tells that a directory was found to be copied into itself.
	intoSelf    bool
	lastOperand bool
	tty         bool
}

// result is what came of copying one file.
type result struct {
	ok bool
	// renamed: nothing is left to remove at the source.
	renamed bool
	// intoSelf: a directory was to be moved into itself.
	intoSelf bool
}

func failed() result { return result{} }
func done() result   { return result{ok: true} }

// operand copies one file named on the command line.
func (t *tree) operand(src, dst string, absent bool) result {
	t.topSrc, t.topDst = src, dst
	t.dirMade, t.intoSelf = false, false
	return t.copy(src, dst, absent, nil, nil)
}

// one is the state of copying one file.
type one struct {
	*tree
	src, dst         string
	srcInfo, dstInfo system.FileInfo
	isNew            bool // there is nothing at dst (any more)
	top              bool
	above            []system.FileInfo
	renameErr        error
}

func (t *tree) errorf(format string, args ...any) result {
	t.c.Errorf(format, args...)
	return failed()
}

// copy copies src to dst. absent tells that there is nothing at dst. above
// are the directories that src is in, from the operand down.
func (t *tree) copy(src, dst string, absent bool, parent *system.FileInfo, above []system.FileInfo) result {
	o := &one{tree: t, src: src, dst: dst, isNew: absent, top: parent == nil, above: above}
	c, opt := t.c, &t.opt
	if c.Stop() {
		return failed()
	}
	if opt.move && o.top {
		// The common case: nothing is there, and a rename is all.
		o.renameErr = system.EEXIST
		if _, err := c.Lstat(dst); err == system.ENOENT {
			o.renameErr = c.Rename(src, dst)
		}
		if o.renameErr == nil && t.lastOperand {
			return o.announceRename()
		}
	} else if opt.move {
		o.renameErr = system.EXDEV
	}
	at := src
	if opt.move && o.renameErr == nil {
		at = dst
	}
	if !(opt.move && o.renameErr == system.EEXIST && opt.existing == overwriteNever) {
		stat := c.Stat
		if o.followsNone() {
			stat = c.Lstat
		}
		var err error
		if o.srcInfo, err = stat(at); err != nil {
			return t.errorf("cannot stat %s: %v", call.Quote(at), err)
		}
	}
	if opt.move && o.renameErr == nil {
		return o.announceRename()
	}
	if o.srcInfo.Mode.IsDir() && !opt.recursive {
		if opt.install {
			return t.errorf("omitting directory %s", call.Quote(src))
		}
		return t.errorf("-r not specified; omitting directory %s", call.Quote(src))
	}
	if o.top && t.sources != nil {
		id := inodeOf(o.srcInfo)
		for _, s := range t.sources[id] {
			if !o.srcInfo.Mode.IsDir() && sameName(c, s, src) {
				c.Errorf("warning: source file %s specified more than once", call.Quote(src))
				return done()
			}
		}
		t.sources[id] = append(t.sources[id], src)
	}
	if !o.isNew {
		if r, end := o.lookAtDestination(); end {
			return r
		}
	}
	if o.top && t.made != nil && !opt.move {
		if st, err := c.Lstat(dst); err == nil && st.Mode.IsSymlink() && t.justMade(dst, st) {
			return t.errorf("will not copy %s through just-created symlink %s", call.Quote(src), call.Quote(dst))
		}
	}
	if opt.verbose && !opt.move && !o.srcInfo.Mode.IsDir() {
		o.announce("")
	}
	if r, end := o.sameAsBefore(); end {
		return r
	}
	if opt.move {
		if r, end := o.rename(); end {
			return r
		}
	}
	r := o.make(parent)
	if !r.ok && t.copied[inodeOf(o.srcInfo)] == dst {
		delete(t.copied, inodeOf(o.srcInfo))
	}
	return r
}

func (t *tree) justMade(dst string, st system.FileInfo) bool {
	id, ok := t.made[dst]
	return ok && id == inodeOf(st)
}

func (o *one) announce(what string) {
	fmt.Fprintf(o.c.Out, "%s%s -> %s\n", what, call.Quote(o.src), call.Quote(o.dst))
}

func (o *one) announceRename() result {
	if o.opt.verbose {
		o.announce("renamed ")
	}
	if o.top && o.made != nil {
		o.made[o.dst] = inodeOf(o.srcInfo)
	}
	return result{ok: true, renamed: true}
}

// remember notes where a file is copied to, and returns where it has been
// copied to before.
func (t *tree) remember(st system.FileInfo, dst string) (earlier string, found bool) {
	if t.copied == nil {
		t.copied = map[inode]string{}
	}
	if earlier, found = t.copied[inodeOf(st)]; !found {
		t.copied[inodeOf(st)] = dst
	}
	return earlier, found
}

// sameAsBefore deals with a file that has already been copied in this run:
// another name of it becomes a link, a directory is one copied into itself.
func (o *one) sameAsBefore() (r result, end bool) {
	opt := &o.opt
	earlier, found := "", false
	switch {
	case opt.recursive && o.srcInfo.Mode.IsDir():
		if o.top {
			earlier, found = o.remember(o.srcInfo, o.dst)
		} else {
			earlier, found = o.copied[inodeOf(o.srcInfo)]
		}
	case opt.move && o.srcInfo.Nlink == 1:
		earlier, found = o.copied[inodeOf(o.srcInfo)]
	case opt.keepLinks && !opt.hard && (o.srcInfo.Nlink > 1 || o.top && opt.follow == followOperands || opt.follow == followAll):
		earlier, found = o.remember(o.srcInfo, o.dst)
	}
	if !found {
		return r, false
	}
	if !o.srcInfo.Mode.IsDir() {
		return o.linkTo(earlier), true
	}
	switch {
	case sameName(o.c, o.src, earlier):
		r = o.errorf("cannot copy a directory, %s, into itself, %s", call.Quote(o.topSrc), call.Quote(o.topDst))
		// What has been copied so far stays, and nothing more comes.
		o.intoSelf = true
		return r, true
	case sameName(o.c, o.dst, earlier):
		o.c.Errorf("warning: source directory %s specified more than once", call.Quote(o.topSrc))
		return result{ok: true, renamed: opt.move}, true
	case opt.follow == followAll || o.top && opt.follow == followOperands:
		return r, false
	}
	return o.errorf("will not create hard link %s to directory %s", call.Quote(o.dst), call.Quote(earlier)), true
}

// linkTo makes dst a hard link to an earlier copy.
func (o *one) linkTo(earlier string) result {
	return o.hardLink(earlier, true, o.opt.verbose, o.followsSource())
}

func (o *one) followsSource() bool {
	return o.opt.follow == followAll || o.opt.follow == followOperands && o.top
}

func (o *one) followsNone() bool { return !o.followsSource() }

func (o *one) hardLink(target string, replace, verbose, follow bool) result {
	err := o.c.Link(target, o.dst, follow)
	if err == system.EEXIST && replace {
		err = replaceBy(o.c, o.dst, func(tmp string) error { return o.c.Link(target, tmp, follow) })
		if err == nil && verbose {
			fmt.Fprintf(o.c.Out, "removed %s\n", call.Quote(o.dst))
		}
	}
	if err != nil {
		return o.errorf("cannot create hard link %s to %s: %v", call.Quote(o.dst), call.Quote(target), err)
	}
	return done()
}

// rename is the second try to move: over what is there. end is false where
// the file must be copied, since it goes to another file system.
func (o *one) rename() (r result, end bool) {
	c := o.c
	if o.renameErr == system.EEXIST {
		o.renameErr = c.Rename(o.src, o.dst)
	}
	switch o.renameErr {
	case nil:
		return o.announceRename(), true
	case system.EINVAL:
		c.Errorf("cannot move %s to a subdirectory of itself, %s", call.Quote(o.topSrc), call.Quote(o.topDst))
		return result{ok: true, intoSelf: true}, true
	case system.EXDEV:
	default:
		return o.errorf("cannot move %s to %s: %v", call.Quote(o.src), call.Quote(o.dst), o.renameErr), true
	}
	remove := c.Unlink
	if o.srcInfo.Mode.IsDir() {
		remove = c.Rmdir
	}
	if err := remove(o.dst); err != nil && err != system.ENOENT {
		return o.errorf("inter-device move failed: %s to %s; unable to remove target: %v", call.Quote(o.src), call.Quote(o.dst), err), true
	}
	if o.opt.verbose && !o.srcInfo.Mode.IsDir() {
		o.announce("copied ")
	}
	o.isNew = true
	return r, false
}
