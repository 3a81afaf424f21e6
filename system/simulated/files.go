package simulated

import (
	"fmt"
	"slices"
	"time"

	"sysv/system"
)

// Stat implements [system.Files].
func (p *process) Stat(path string) (system.FileInfo, error) { return p.stat(path, follow) }

// Lstat implements [system.Files].
func (p *process) Lstat(path string) (system.FileInfo, error) { return p.stat(path, slashed) }

func (p *process) stat(path string, at how) (system.FileInfo, error) {
	p.enter()
	defer p.leave()
	f, err := p.find(path, at)
	if err != nil {
		return system.FileInfo{}, err
	}
	return f.node.info(), nil
}

// Access implements [system.Files].
func (p *process) Access(path string, mode system.AccessMode) error {
	p.enter()
	defer p.leave()
	if mode&^7 != 0 {
		return system.EINVAL
	}
	f, err := p.find(path, follow)
	if err != nil {
		return err
	}
	if !p.may(f.node, mode) {
		return system.EACCES
	}
	return nil
}

// Readlink implements [system.Files].
func (p *process) Readlink(path string) (string, error) {
	p.enter()
	defer p.leave()
	f, err := p.find(path, slashed)
	if err != nil {
		return "", err
	}
	if !f.node.mode.IsSymlink() {
		return "", system.EINVAL
	}
	if v := f.node.virtual; v != nil && !p.mayTrace(v.owner) {
		return "", system.EACCES
	}
	f.node.touchAccess(p.w.now)
	return f.node.target, nil
}

// ReadDir implements [system.Files]. The names are sorted.
func (p *process) ReadDir(path string) ([]system.DirEntry, error) {
	p.enter()
	defer p.leave()
	f, err := p.find(path, follow)
	if err != nil {
		return nil, err
	}
	if !f.node.mode.IsDir() {
		return nil, system.ENOTDIR
	}
	if !p.may(f.node, system.ReadOK) {
		return nil, system.EACCES
	}
	f.node.touchAccess(p.w.now)
	return p.w.list(p, f.node)
}

// Chmod implements [system.Files].
func (p *process) Chmod(path string, mode system.Mode) error {
	p.enter()
	defer p.leave()
	f, err := p.find(path, follow)
	if err != nil {
		return err
	}
	return p.chmod(f.node, f.path(), mode)
}

func (p *process) chmod(n *node, path string, mode system.Mode) error {
	if err := p.w.frozen(path); err != nil {
		return err
	}
	if n.virtual != nil || !p.owns(n) {
		return system.EPERM
	}
	mode = mode.Perm()
	if p.id.EUID != 0 && !p.inGroup(n.gid) {
		mode &^= system.SetGID
	}
	n.mode = n.mode.Type() | mode
	n.ctime = p.w.now
	p.note(ModeChanged, path, 0, fmt.Sprintf("%04o", mode))
	return nil
}

// Chown implements [system.Files].
func (p *process) Chown(path string, uid, gid int, through bool) error {
	p.enter()
	defer p.leave()
	at := slashed
	if through {
		at = follow
	}
	f, err := p.find(path, at)
	if err != nil {
		return err
	}
	return p.chown(f.node, f.path(), uid, gid)
}

func (p *process) chown(n *node, path string, uid, gid int) error {
	if err := p.w.frozen(path); err != nil {
		return err
	}
	if n.virtual != nil {
		return system.EPERM
	}
	if p.id.EUID != 0 {
		if uid != -1 && (p.id.EUID != n.uid || uid != n.uid) {
			return system.EPERM
		}
		if gid != -1 && (p.id.EUID != n.uid || gid != n.gid && !p.inGroup(gid)) {
			return system.EPERM
		}
		if !p.owns(n) && !n.mode.IsDir() && n.mode&(system.SetUID|system.SetGID) != 0 {
			return system.EPERM // the bits would be cleared, which is a chmod
		}
	}
	if !n.mode.IsDir() {
		p.dropSetID(n)
	}
	if uid != -1 {
		n.uid = uid
	}
	if gid != -1 {
		n.gid = gid
	}
	n.ctime = p.w.now
	p.note(OwnerChanged, path, 0, fmt.Sprintf("%d:%d", uid, gid))
	return nil
}

// dropSetID clears the bits that a change of owner or contents clears. A
// set-group-id bit without group execution means something else, and stays
// for who is in the group.
func (p *process) dropSetID(n *node) {
	n.mode &^= system.SetUID
	if n.mode&0o010 != 0 || p.id.EUID != 0 && !p.inGroup(n.gid) {
		n.mode &^= system.SetGID
	}
}

// Chtimes implements [system.Files].
func (p *process) Chtimes(path string, atime, mtime time.Time, through bool) error {
	p.enter()
	defer p.leave()
	if atime.IsZero() && mtime.IsZero() {
		return nil
	}
	at := slashed
	if through {
		at = follow
	}
	f, err := p.find(path, at)
	if err != nil {
		return err
	}
	n := f.node
	if err := p.w.frozen(f.path()); err != nil {
		return err
	}
	if n.virtual != nil || !p.owns(n) {
		return system.EPERM
	}
	if !atime.IsZero() {
		n.atime = atime
	}
	if !mtime.IsZero() {
		n.mtime = mtime
	}
	n.ctime = p.w.now
	p.note(TimesChanged, f.path(), 0, "")
	return nil
}

// Truncate implements [system.Files].
func (p *process) Truncate(path string, size int64) error {
	p.enter()
	defer p.leave()
	if size < 0 {
		return system.EINVAL
	}
	f, err := p.find(path, follow)
	if err != nil {
		return err
	}
	switch {
	case f.node.mode.IsDir():
		return system.EISDIR
	case !f.node.mode.IsRegular():
		return system.EINVAL
	case !p.may(f.node, system.WriteOK):
		return system.EACCES
	}
	return p.truncate(f.node, f.path(), size)
}

func (p *process) truncate(n *node, path string, size int64) error {
	if n.virtual != nil {
		return nil
	}
	if err := p.w.frozen(path); err != nil {
		return err
	}
	if err := p.w.readLower(n); err != nil {
		return err
	}
	if size > int64(len(n.data)) {
		if err := p.w.noRoom(path); err != nil {
			return err
		}
	}
	if err := p.w.resize(n, size); err != nil {
		return err
	}
	p.wrote(n)
	p.note(Changed, path, 0, fmt.Sprintf("%d bytes", size))
	return nil
}

// wrote is what a change of contents does to a file beside.
func (p *process) wrote(n *node) {
	n.mtime, n.ctime = p.w.now, p.w.now
	if p.id.EUID != 0 {
		p.dropSetID(n)
	}
}

// own makes a file's data its own, so that it can be changed.
func (n *node) own() {
	if n.borrowed {
		n.data, n.borrowed = slices.Clone(n.data), false
	}
}

// resize makes a file shorter, or longer by zero bytes.
func (w *world) resize(n *node, size int64) error {
	n.own()
	grow := size - int64(len(n.data))
	if grow > 0 && w.used+grow > w.opts.Capacity {
		return system.ENOSPC
	}
	w.used += grow
	if grow <= 0 {
		clear(n.data[size:])
		n.data = n.data[:size]
		return nil
	}
	n.data = append(n.data, make([]byte, grow)...)
	return nil
}

// relatime is after how long an access changes a file's access time although
// the file has not changed, as mount(8) says of relatime.
const relatime = 24 * time.Hour

func (n *node) touchAccess(now time.Time) {
	if !n.atime.After(n.mtime) || !n.atime.After(n.ctime) || now.Sub(n.atime) >= relatime {
		n.atime = now
	}
}

// Sync implements [system.Files].
func (p *process) Sync() {
	p.enter()
	p.leave()
}
