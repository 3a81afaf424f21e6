package file

import (
	"fmt"

	"sysv/system"
	"sysv/utility/call"
)

// lookAtDestination finds out what is at dst and whether it may be replaced,
// and makes way for the copy. With end true all is said and done.
func (o *one) lookAtDestination() (r result, end bool) {
	c, opt := o.c, &o.opt
	src := o.srcInfo.Mode
	// A regular file can be written through a symbolic link, others cannot.
	lstat := !src.IsRegular() && (!opt.asRegular || src.IsDir() || src.IsSymlink()) ||
		opt.move || opt.symbolic || opt.hard || opt.removeFirst
	if !(opt.move && o.renameErr == system.EEXIST && opt.existing == overwriteNever) {
		stat := c.Stat
		if lstat {
			stat = c.Lstat
		}
		st, err := stat(o.dst)
		switch {
		case err == nil:
			o.dstInfo = st
			if opt.move {
				o.renameErr = system.EEXIST
			}
		case err == system.ELOOP && opt.force:
			return r, false
		case err == system.ENOENT:
			o.isNew = true
			return r, false
		default:
			return o.errorf("cannot stat %s: %v", call.Quote(o.dst), err), true
		}
	}
	if opt.existing != overwriteNever {
		ok, now := o.sameFileOK()
		if !ok {
			return o.errorf("%s and %s are the same file", call.Quote(o.src), call.Quote(o.dst)), true
		}
		if now {
			return done(), true
		}
	}
	if opt.update && !src.IsDir() && !o.dstInfo.Mtime.Before(o.srcInfo.Mtime) {
		r = result{ok: true, renamed: true}
		// As in the original, links are kept here even if not asked for.
		if earlier, found := o.remember(o.srcInfo, o.dst); found {
			r.ok = o.linkTo(earlier).ok
		}
		return r, true
	}
	if o.declined() {
		return result{ok: true, renamed: true}, true
	}
	dst := o.dstInfo.Mode
	if src.IsDir() && !dst.IsDir() {
		return o.errorf("cannot overwrite non-directory %s with directory %s", call.Quote(o.dst), call.Quote(o.src)), true
	}
	if !dst.IsDir() && o.top && o.made != nil && o.justMade(o.dst, o.dstInfo) {
		return o.errorf("will not overwrite just-created %s with %s", call.Quote(o.dst), call.Quote(o.src)), true
	}
	if !src.IsDir() && dst.IsDir() {
		return o.errorf("cannot overwrite directory %s with non-directory", call.Quote(o.dst)), true
	}
	if !dst.IsDir() && !opt.move && (opt.removeFirst || opt.keepLinks && o.dstInfo.Nlink > 1 || o.followsNone() && !src.IsRegular()) {
		if err := c.Unlink(o.dst); err != nil && err != system.ENOENT {
			return o.errorf("cannot remove %s: %v", call.Quote(o.dst), err), true
		}
		o.isNew = true
		if opt.verbose {
			fmt.Fprintf(c.Out, "removed %s\n", call.Quote(o.dst))
		}
	}
	return r, false
}

// declined tells whether what is there shall stay: -n, or the user's answer.
func (o *one) declined() bool {
	opt := &o.opt
	if !opt.move && o.srcInfo.Mode.IsDir() {
		return false
	}
	ask := opt.existing == overwriteAsk
	if opt.existing == overwriteNever {
		return true
	}
	writable := o.dstInfo.Mode.IsSymlink() || o.c.Sys.Identity().EUID == 0
	if (ask || opt.move && o.tty) && !writable {
		writable = o.c.Access(o.dst, system.WriteOK) == nil
		ask = ask || opt.existing == overwrite && o.tty && !writable
	}
	if !ask {
		return false
	}
	q := "overwrite " + call.Quote(o.dst) + "?"
	if !writable {
		mode := o.dstInfo.Mode
		if opt.move || opt.removeFirst || opt.force {
			q = fmt.Sprintf("replace %s, overriding mode %04o (%s)?", call.Quote(o.dst), uint32(mode.Perm()), mode.String()[1:])
		} else {
			q = fmt.Sprintf("unwritable %s (mode %04o, %s); try anyway?", call.Quote(o.dst), uint32(mode.Perm()), mode.String()[1:])
		}
	}
	return !prompt(o.c, q)
}

// sameFileOK tells whether a copy makes sense although source and destination
// may be one file. now means that there is nothing to do.
func (o *one) sameFileOK() (ok, now bool) {
	c, opt := o.c, &o.opt
	same := o.srcInfo.SameFile(o.dstInfo)
	if same && opt.hard {
		return true, true
	}
	srcLink, dstLink := o.srcInfo, o.dstInfo
	sameLink := same
	if o.followsNone() {
		if srcLink.Mode.IsSymlink() && dstLink.Mode.IsSymlink() {
			name := sameName(c, o.src, o.dst)
			if !name && same {
				// Two names of one symbolic link: rename(2) would do nothing.
				return !opt.move, true
			}
			return !name, false
		}
	} else {
		if !same {
			return true, false
		}
		var err error
		if srcLink, err = c.Lstat(o.src); err != nil {
			return true, false
		}
		if dstLink, err = c.Lstat(o.dst); err != nil {
			return true, false
		}
		sameLink = srcLink.SameFile(dstLink)
		if srcLink.Mode.IsSymlink() && dstLink.Mode.IsSymlink() && opt.removeFirst {
			return true, false
		}
	}
	if opt.move || opt.removeFirst {
		if dstLink.Mode.IsSymlink() {
			return true, false
		}
		if sameLink && dstLink.Nlink > 1 && !sameName(c, o.src, o.dst) {
			return !opt.move, false
		}
	}
	if !srcLink.Mode.IsSymlink() && !dstLink.Mode.IsSymlink() {
		if !srcLink.SameFile(dstLink) {
			return true, false
		}
		if opt.hard {
			return true, true
		}
	}
	if opt.move && o.srcInfo.Mode.IsSymlink() && dstLink.Nlink > 1 {
		if abs, err := canonical(c, o.src, canonExisting, false); err == nil {
			return !sameName(c, abs, o.dst), false
		}
	}
	if opt.symbolic && dstLink.Mode.IsSymlink() {
		return true, false
	}
	if !o.followsNone() {
		return false, false
	}
	s, d := srcLink, dstLink
	if s.Mode.IsSymlink() {
		var err error
		if s, err = c.Stat(o.src); err != nil {
			return true, false
		}
	}
	if d.Mode.IsSymlink() {
		var err error
		if d, err = c.Stat(o.dst); err != nil {
			return true, false
		}
	}
	if !s.SameFile(d) {
		return true, false
	}
	return opt.hard, opt.hard && !dstLink.Mode.IsSymlink()
}
