package file

import (
	"fmt"
	"io"

	"sysv/system"
	"sysv/utility/call"
)

// holeSize is the unit in which zeros become holes, where the source has
// holes too.
const holeSize = 4096

// regular copies a regular file's (or with asRegular any file's) content and
// attributes. mode is what a new file gets, less omit until all is done.
func (o *one) regular(mode, omit system.Mode) bool {
	c := o.c
	flag := system.ReadOnly
	if o.followsNone() {
		flag |= system.NoFollow
	}
	in, err := c.Open(o.src, flag, 0)
	if err != nil {
		c.Errorf("cannot open %s for reading: %v", call.Quote(o.src), err)
		return false
	}
	defer in.Close()
	st, err := in.Stat()
	if err != nil {
		c.Errorf("cannot fstat %s: %v", call.Quote(o.src), err)
		return false
	}
	if !st.SameFile(o.srcInfo) {
		c.Errorf("skipping file %s, as it was replaced while being copied", call.Quote(o.src))
		return false
	}
	out, ok := o.openDestination(mode &^ omit)
	if !ok {
		return false
	}
	if !o.isNew {
		omit = 0
	}
	ok = o.data(in, out, st) && o.fileAttributes(out, mode, omit)
	if err := out.Close(); err != nil {
		c.Errorf("failed to close %s: %v", call.Quote(o.dst), err)
		return false
	}
	return ok
}

// openDestination opens what is there for writing, or makes a new file.
func (o *one) openDestination(mode system.Mode) (system.File, bool) {
	c := o.c
	var out system.File
	var err error
	if !o.isNew {
		out, err = c.Open(o.dst, system.WriteOnly|system.Truncate, 0)
		if err != nil && err != system.ENOENT && o.opt.force {
			uerr := c.Unlink(o.dst)
			if uerr != nil && uerr != system.ENOENT {
				c.Errorf("cannot remove %s: %v", call.Quote(o.dst), uerr)
				return nil, false
			}
			if uerr == nil && o.opt.verbose {
				fmt.Fprintf(c.Out, "removed %s\n", call.Quote(o.dst))
			}
			err = system.ENOENT
		}
		o.isNew = err == system.ENOENT
	}
	if o.isNew {
		out, err = c.Open(o.dst, system.WriteOnly|system.Create|system.Exclusive, mode)
		if err == system.EEXIST && !o.opt.move {
			if _, lerr := c.Readlink(o.dst); lerr == nil {
				c.Errorf("not writing through dangling symlink %s", call.Quote(o.dst))
				return nil, false
			}
		}
		if err == system.EISDIR && o.dst[len(o.dst)-1] == '/' {
			err = system.ENOTDIR
		}
	}
	if err != nil {
		c.Errorf("cannot create regular file %s: %v", call.Quote(o.dst), err)
		return nil, false
	}
	return out, true
}

// data copies the content. Where the source has holes, so has the copy.
func (o *one) data(in, out system.File, st system.FileInfo) bool {
	c := o.c
	buf := buffers.Get().(*[bufferSize]byte)
	defer buffers.Put(buf)
	holes := st.Mode.IsRegular() && st.Blocks*512 < st.Size
	if holes {
		d, err := out.Stat()
		holes = err == nil && d.Mode.IsRegular()
	}
	var size int64
	atHole := false
	for {
		if c.Stop() {
			return false
		}
		n, err := in.Read(buf[:])
		if n > 0 {
			size += int64(n)
			var werr error
			if holes {
				atHole, werr = writeSparse(out, buf[:n], atHole)
			} else {
				werr = system.WriteAll(out, buf[:n])
			}
			if werr != nil {
				c.Errorf("error writing %s: %v", call.Quote(o.dst), werr)
				return false
			}
		}
		if err == io.EOF || n == 0 && err == nil {
			break
		}
		if err != nil {
			c.Errorf("error reading %s: %v", call.Quote(o.src), err)
			return false
		}
	}
	if atHole {
		if err := out.Truncate(size); err != nil {
			c.Errorf("failed to extend %s: %v", call.Quote(o.dst), err)
			return false
		}
	}
	return true
}

// writeSparse writes b and seeks over whole units of zeros. atHole tells
// whether the last thing done was such a seek.
func writeSparse(out system.File, b []byte, atHole bool) (bool, error) {
	for len(b) > 0 {
		n := min(holeSize, len(b))
		if zeros(b[:n]) {
			if _, err := out.Seek(int64(n), 1); err != nil {
				return atHole, err
			}
			atHole = true
		} else {
			if err := system.WriteAll(out, b[:n]); err != nil {
				return atHole, err
			}
			atHole = false
		}
		b = b[n:]
	}
	return atHole, nil
}

func zeros(b []byte) bool {
	for _, x := range b {
		if x != 0 {
			return false
		}
	}
	return true
}

// fileAttributes gives a copied regular file its times, owner and mode.
func (o *one) fileAttributes(out system.File, mode, omit system.Mode) bool {
	c, opt := o.c, &o.opt
	if opt.keepTimes {
		if err := c.Sys.Chtimes(c.Abs(o.dst), o.srcInfo.Atime, o.srcInfo.Mtime, true); err != nil {
			c.Errorf("preserving times for %s: %v", call.Quote(o.dst), err)
			if opt.mustKeep {
				return false
			}
		}
	}
	src := o.srcInfo.Mode.Perm()
	if opt.keepOwner {
		st, err := out.Stat()
		if err != nil {
			c.Errorf("cannot fstat %s: %v", call.Quote(o.dst), err)
			return false
		}
		if st.UID != o.srcInfo.UID || st.GID != o.srcInfo.GID {
			o.dstInfo = st
			kept, fine := o.setOwner(out.Chown, out.Chmod)
			if !fine {
				return false
			}
			if !kept {
				src &= 0o777
			}
		}
	}
	switch {
	case opt.keepMode || opt.move:
		now, err := out.Stat()
		if err != nil {
			return o.setMode(err)
		}
		return o.setMode(out.Chmod(keptMode(src, now.Mode)))
	case opt.setMode:
		return o.setMode(out.Chmod(opt.mode))
	case opt.dropMode && o.isNew:
		return o.setMode(out.Chmod(0o666 &^ c.Umask))
	}
	if omit&^c.Umask == 0 {
		return true
	}
	return o.setMode(out.Chmod(mode &^ c.Umask))
}
