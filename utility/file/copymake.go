package file

import (
	"cmp"
	"fmt"
	"slices"

	"sysv/system"
	"sysv/utility/call"
)

// make makes the new file, once the way is clear. parent is the directory
// that src was found in, nil for an operand.
func (o *one) make(parent *system.FileInfo) result {
	c, opt := o.c, &o.opt
	mode := o.srcInfo.Mode.Perm()
	if opt.setMode {
		mode = opt.mode
	}
	// Nobody else may look into the file before it has its owner and mode.
	var omit system.Mode
	switch {
	case opt.keepOwner:
		omit = mode & 0o077
	case o.srcInfo.Mode.IsDir():
		omit = mode & 0o022
	}
	var ok bool
	restore := false // the directory's mode was widened to fill it
	isLink := false
	switch typ := o.srcInfo.Mode.Type(); {
	case typ == system.TypeDir:
		made := false
		ok, made, restore = o.directory(mode, omit, parent)
		if !made {
			return failed()
		}
		if !o.isNew {
			omit = 0
		}
	case opt.symbolic:
		if !o.symlinkTo(o.src) {
			return failed()
		}
		ok, isLink = true, true
	case opt.hard:
		r := o.hardLink(o.src, opt.force || opt.existing == overwriteAsk, false, o.followsSource())
		o.noteMade()
		return r
	case typ == system.TypeRegular || opt.asRegular && typ != system.TypeSymlink:
		ok := o.regular(mode&0o777, omit)
		if ok {
			o.noteMade()
		}
		return result{ok: ok}
	case typ == system.TypeFIFO:
		if err := c.Mknod(o.dst, system.TypeFIFO|mode&^omit, 0); err != nil {
			return o.errorf("cannot create fifo %s: %v", call.Quote(o.dst), err)
		}
		ok = true
	case typ == system.TypeBlock || typ == system.TypeChar || typ == system.TypeSocket:
		if err := c.Mknod(o.dst, typ|mode&^omit, o.srcInfo.Rdev); err != nil {
			return o.errorf("cannot create special file %s: %v", call.Quote(o.dst), err)
		}
		ok = true
	case typ == system.TypeSymlink:
		if !o.copySymlink() {
			return failed()
		}
		ok, isLink = true, true
	default:
		return o.errorf("%s has unknown file type", call.Quote(o.src))
	}
	o.noteMade()
	return result{ok: o.attributes(isLink, omit, restore) && ok}
}

func (o *one) noteMade() {
	if !o.top || o.made == nil {
		return
	}
	if st, err := o.c.Lstat(o.dst); err == nil {
		o.made[o.dst] = inodeOf(st)
	}
}

// directory makes a directory and copies what is in it. restore tells that
// its mode was widened for that; dstInfo then has the mode it should have.
func (o *one) directory(mode, omit system.Mode, parent *system.FileInfo) (ok, made, restore bool) {
	c := o.c
	for _, a := range o.above {
		if a.SameFile(o.srcInfo) {
			c.Errorf("cannot copy cyclic symbolic link %s", call.Quote(o.src))
			return false, false, false
		}
	}
	if o.isNew || !o.dstInfo.Mode.IsDir() {
		o.isNew = true
		if err := c.Mkdir(o.dst, mode&^omit); err != nil {
			c.Errorf("cannot create directory %s: %v", call.Quote(o.dst), err)
			return false, false, false
		}
		st, err := c.Lstat(o.dst)
		if err != nil {
			c.Errorf("cannot stat %s: %v", call.Quote(o.dst), err)
			return false, false, false
		}
		o.dstInfo = st
		if st.Mode&0o700 != 0o700 {
			restore = true
			if err := c.Chmod(o.dst, st.Mode.Perm()|0o700); err != nil {
				c.Errorf("setting permissions for %s: %v", call.Quote(o.dst), err)
				return false, false, false
			}
		}
		if !o.dirMade {
			o.remember(st, o.dst)
			o.dirMade = true
		}
		if o.opt.verbose && o.opt.move {
			fmt.Fprintf(c.Out, "created directory %s\n", call.Quote(o.dst))
		} else if o.opt.verbose {
			o.announce("")
		}
	}
	if o.opt.oneFS && parent != nil && parent.Dev != o.srcInfo.Dev {
		return true, true, restore
	}
	return o.contents(), true, restore
}

// contents copies what is in a directory.
func (o *one) contents() bool {
	list, err := o.c.ReadDir(o.src)
	if err != nil {
		o.c.Errorf("cannot access %s: %v", call.Quote(o.src), err)
		return false
	}
	// The order of the inodes is the original's: the disk likes it.
	slices.SortStableFunc(list, func(a, b system.DirEntry) int { return cmp.Compare(a.Ino, b.Ino) })
	ok := true
	above := append(slices.Clip(o.above), o.srcInfo)
	for _, e := range list {
		r := o.tree.copy(join(o.src, e.Name), join(o.dst, e.Name), o.isNew, &o.srcInfo, above)
		ok = ok && r.ok
		if o.intoSelf || o.c.Stop() {
			return false
		}
	}
	return ok
}

// symlinkTo is cp -s.
func (o *one) symlinkTo(target string) bool {
	c := o.c
	if target[0] != '/' {
		here, err1 := c.Stat(".")
		there, err2 := c.Stat(dirName(o.dst))
		if dirName(o.dst) != "." && err1 == nil && err2 == nil && !here.SameFile(there) {
			c.Errorf("%s: can make relative symbolic links only in current directory", call.QuoteName(o.dst))
			return false
		}
	}
	if err := o.forceSymlink(target); err != nil {
		c.Errorf("cannot create symbolic link %s to %s: %v", call.Quote(o.dst), call.Quote(target), err)
		return false
	}
	return true
}

func (o *one) forceSymlink(target string) error {
	err := o.c.Symlink(target, o.dst)
	if err == system.EEXIST && o.opt.force {
		err = replaceBy(o.c, o.dst, func(tmp string) error { return o.c.Symlink(target, tmp) })
	}
	return err
}

func (o *one) copySymlink() bool {
	c := o.c
	target, err := c.Readlink(o.src)
	if err != nil {
		c.Errorf("cannot read symbolic link %s: %v", call.Quote(o.src), err)
		return false
	}
	err = o.forceSymlink(target)
	if err != nil && o.opt.update && !o.isNew && linkTargets(c, o.dst, target) {
		err = nil
	}
	if err != nil {
		c.Errorf("cannot create symbolic link %s: %v", call.Quote(o.dst), err)
		return false
	}
	if o.opt.keepOwner {
		err := c.Chown(o.dst, o.srcInfo.UID, o.srcInfo.GID, false)
		if err != nil && !o.mayLoseOwner(err) {
			c.Errorf("failed to preserve ownership for %s: %v", o.dst, err)
			return !o.opt.mustKeep
		}
	}
	return true
}

// mayLoseOwner tells whether an owner that could not be kept is no error: a
// user other than root cannot give files away.
func (o *one) mayLoseOwner(err error) bool {
	return (err == system.EPERM || err == system.EINVAL) && o.c.Sys.Identity().EUID != 0
}

// attributes gives a new file that is not a regular one its times, owner and
// mode.
func (o *one) attributes(isLink bool, omit system.Mode, restore bool) bool {
	c, opt := o.c, &o.opt
	if opt.keepTimes {
		if err := c.Sys.Chtimes(c.Abs(o.dst), o.srcInfo.Atime, o.srcInfo.Mtime, !isLink); err != nil {
			c.Errorf("preserving times for %s: %v", call.Quote(o.dst), err)
			if opt.mustKeep {
				return false
			}
		}
	}
	if isLink {
		return true
	}
	mode := o.srcInfo.Mode.Perm()
	if opt.keepOwner && (o.isNew || o.srcInfo.UID != o.dstInfo.UID || o.srcInfo.GID != o.dstInfo.GID) {
		kept, fine := o.setOwner(
			func(uid, gid int) error { return c.Chown(o.dst, uid, gid, false) },
			func(m system.Mode) error { return c.Chmod(o.dst, m) })
		if !fine {
			return false
		}
		if !kept {
			mode &= 0o777
		}
	}
	switch {
	case opt.keepMode || opt.move:
		now, err := c.Lstat(o.dst)
		if err != nil {
			return o.setMode(err)
		}
		return o.setMode(c.Chmod(o.dst, keptMode(mode, now.Mode)))
	case opt.setMode:
		return o.setMode(c.Chmod(o.dst, opt.mode))
	case opt.dropMode && o.isNew:
		usual := system.Mode(0o666)
		if t := o.srcInfo.Mode.Type(); t == system.TypeDir || t == system.TypeSocket {
			usual = 0o777
		}
		return o.setMode(c.Chmod(o.dst, usual&^c.Umask))
	}
	have := o.dstInfo.Mode.Perm()
	omit &^= c.Umask
	if omit != 0 && !restore {
		st, err := c.Lstat(o.dst)
		if err != nil {
			c.Errorf("cannot stat %s: %v", call.Quote(o.dst), err)
			return false
		}
		have = st.Mode.Perm()
		restore = omit&^have != 0
	}
	if !restore {
		return true
	}
	return o.setMode(c.Chmod(o.dst, have|omit))
}

// keptMode is what a file that was now gets of a mode that is preserved. The
// original sets that as an ACL, which does not clear the set-id and sticky
// bits of what is there, unless the source has such bits itself.
func keptMode(mode, now system.Mode) system.Mode {
	if mode&^0o777 == 0 {
		mode |= now.Perm() &^ 0o777
	}
	return mode
}

func (o *one) setMode(err error) bool {
	if err == nil {
		return true
	}
	what := "preserving permissions for"
	if o.opt.setMode {
		what = "setting permissions for"
	}
	o.c.Errorf("%s %s: %v", what, call.Quote(o.dst), err)
	return !o.opt.mustKeep
}

// setOwner gives the copy the source's owner. kept is false where it could
// not be, and the special bits must go; fine is false where that is an error.
func (o *one) setOwner(chown func(uid, gid int) error, chmod func(system.Mode) error) (kept, fine bool) {
	opt := &o.opt
	if !o.isNew && (opt.keepMode || opt.move || opt.setMode) {
		// What was there may be open to others: close it first.
		mode := o.srcInfo.Mode
		if opt.setMode {
			mode = opt.mode
		}
		old := o.dstInfo.Mode.Perm()
		if old&(^mode|0o7000) != 0 {
			if err := chmod(old & mode & 0o700); err != nil {
				o.c.Errorf("clearing permissions for %s: %v", call.Quote(o.dst), err)
				return false, !opt.mustKeep
			}
		}
	}
	err := chown(o.srcInfo.UID, o.srcInfo.GID)
	if err == nil {
		return true, true
	}
	if err == system.EPERM || err == system.EINVAL {
		// Perhaps the group at least.
		chown(-1, o.srcInfo.GID)
	}
	if o.mayLoseOwner(err) {
		return false, true
	}
	o.c.Errorf("failed to preserve ownership for %s: %v", call.Quote(o.dst), err)
	return false, !opt.mustKeep
}
