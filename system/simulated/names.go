package simulated

import "sysv/system"

// create puts a new file at a path, the way filename_create() of the kernel
// and what follows it does.
func (p *process) create(path string, n *node) error {
	f, err := p.walk(path, never)
	switch {
	case err != nil:
		return err
	case f.node != nil:
		return system.EEXIST
	case f.slash && !n.mode.IsDir():
		return system.ENOENT
	}
	if err := p.mayCreate(f.dir); err != nil {
		return err
	}
	if t := n.mode.Type(); (t == system.TypeChar || t == system.TypeBlock) && p.id.EUID != 0 {
		return system.EPERM
	}
	p.own(f.dir, n)
	p.w.insert(f.dir, f.name, p.w.adopt(n))
	detail := n.mode.String()
	if n.mode.IsSymlink() {
		detail += " -> " + n.target
	}
	p.note(Created, f.path(), 0, detail)
	return nil
}

// own gives a new file its owner; a set-group-id directory gives its group.
func (p *process) own(dir, n *node) {
	n.uid, n.gid = p.id.EUID, p.id.EGID
	if dir.mode&system.SetGID == 0 {
		return
	}
	n.gid = dir.gid
	if n.mode.IsDir() {
		n.mode |= system.SetGID
	} else if n.mode&(system.SetGID|0o010) == system.SetGID|0o010 && p.id.EUID != 0 && !p.inGroup(n.gid) {
		n.mode &^= system.SetGID
	}
}

// Mkdir implements [system.Files].
func (p *process) Mkdir(path string, perm system.Mode) error {
	p.enter()
	defer p.leave()
	return p.create(path, &node{mode: system.TypeDir | perm&0o1777, entries: map[string]*node{}, nlink: 2})
}

// Mknod implements [system.Files].
func (p *process) Mknod(path string, mode system.Mode, dev uint64) error {
	p.enter()
	defer p.leave()
	switch mode.Type() {
	case 0:
		mode |= system.TypeRegular
	case system.TypeRegular, system.TypeFIFO, system.TypeSocket, system.TypeChar, system.TypeBlock:
	case system.TypeDir:
		return system.EPERM
	default:
		return system.EINVAL
	}
	n := &node{mode: mode.Type() | mode.Perm(), nlink: 1}
	if t := mode.Type(); t == system.TypeChar || t == system.TypeBlock {
		n.rdev = dev
	}
	return p.create(path, n)
}

// Symlink implements [system.Files].
func (p *process) Symlink(target, path string) error {
	p.enter()
	defer p.leave()
	switch {
	case target == "":
		return system.ENOENT
	case len(target) >= pathMax:
		return system.ENAMETOOLONG
	}
	return p.create(path, &node{mode: system.TypeSymlink | 0o777, target: target, nlink: 1})
}

// Link implements [system.Files].
func (p *process) Link(oldPath, newPath string, through bool) error {
	p.enter()
	defer p.leave()
	at := slashed
	if through {
		at = follow
	}
	old, err := p.find(oldPath, at)
	if err != nil {
		return err
	}
	f, err := p.walk(newPath, never)
	switch {
	case err != nil:
		return err
	case f.node != nil:
		return system.EEXIST
	case f.slash:
		return system.ENOENT
	case old.node.virtual != nil:
		return system.EXDEV
	}
	if !p.mayLink(old.node) {
		return system.EPERM
	}
	if err := p.mayCreate(f.dir); err != nil {
		return err
	}
	if old.node.mode.IsDir() {
		return system.EPERM
	}
	if old.node.nlink == 0 {
		return system.ENOENT
	}
	old.node.nlink++
	old.node.ctime = p.w.now
	p.w.insert(f.dir, f.name, old.node)
	p.note(Linked, f.path(), 0, old.path())
	return nil
}

// mayLink is the rule of protected_hardlinks in proc(5), which Debian and
// systemd turn on: who does not own a file may link only a plain one that he
// can read and write.
func (p *process) mayLink(n *node) bool {
	switch {
	case p.owns(n):
		return true
	case !n.mode.IsRegular(), n.mode&system.SetUID != 0, n.mode&(system.SetGID|0o010) == system.SetGID|0o010:
		return false
	}
	return p.may(n, system.ReadOK|system.WriteOK)
}

// Unlink implements [system.Files].
func (p *process) Unlink(path string) error {
	p.enter()
	defer p.leave()
	f, err := p.walk(path, never)
	switch {
	case err != nil:
		return err
	case f.last != named:
		return system.EISDIR
	case f.node == nil:
		return system.ENOENT
	case f.slash && f.node.mode.IsDir():
		return system.EISDIR
	case f.slash:
		return system.ENOTDIR
	}
	if err := p.mayDelete(f.dir, f.node); err != nil {
		return err
	}
	if f.node.mode.IsDir() {
		return system.EISDIR
	}
	p.note(Removed, f.path(), 0, "")
	p.w.detach(f.dir, f.name)
	p.w.drop(f.node)
	p.w.free(f.node)
	return nil
}

// free gives back the room of a file that has no name and is not open.
func (w *world) free(n *node) {
	if n.nlink == 0 && n.mode.IsRegular() && !w.isOpen(n) {
		w.used -= int64(len(n.data))
		n.data = nil
	}
}

// Rmdir implements [system.Files].
func (p *process) Rmdir(path string) error {
	p.enter()
	defer p.leave()
	f, err := p.walk(path, never)
	if err != nil {
		return err
	}
	switch f.last {
	case dot:
		return system.EINVAL
	case dotDot:
		return system.ENOTEMPTY
	case rootDir:
		return system.EBUSY
	}
	if f.node == nil {
		return system.ENOENT
	}
	if err := p.mayDelete(f.dir, f.node); err != nil {
		return err
	}
	if !f.node.mode.IsDir() {
		return system.ENOTDIR
	}
	if f.node.virtual != nil || f.node == p.root {
		return system.EBUSY
	}
	if err := p.w.empty(f.node); err != nil {
		return err
	}
	p.note(Removed, f.path(), 0, "directory")
	p.w.detach(f.dir, f.name)
	p.w.drop(f.node)
	return nil
}

func (w *world) empty(dir *node) error {
	if err := w.readLower(dir); err != nil {
		return err
	}
	if len(dir.entries) > 0 {
		return system.ENOTEMPTY
	}
	return nil
}

// Rename implements [system.Files].
func (p *process) Rename(oldPath, newPath string) error {
	p.enter()
	defer p.leave()
	from, err := p.walkParent(oldPath, never)
	if err != nil {
		return err
	}
	to, err := p.walkParent(newPath, never)
	if err != nil {
		return err
	}
	if from.dir.virtual != nil || to.dir.virtual != nil {
		return system.EXDEV
	}
	switch {
	case from.last != named || to.last != named:
		return system.EBUSY
	case from.late != nil:
		return from.late
	case from.node == nil:
		return system.ENOENT
	case to.late != nil:
		return to.late
	case !from.node.mode.IsDir() && (from.slash || to.slash):
		return system.ENOTDIR
	case from.node.mode.IsDir() && to.dir.under(from.node):
		return system.EINVAL
	case to.node != nil && to.node.mode.IsDir() && from.dir.under(to.node):
		return system.ENOTEMPTY
	case from.node == to.node:
		return nil
	}
	if err := p.mayRename(from, to); err != nil {
		return err
	}
	p.note(Renamed, from.path(), 0, to.path())
	if to.node != nil {
		p.w.detach(to.dir, to.name)
		p.w.drop(to.node)
		p.w.free(to.node)
	}
	p.w.detach(from.dir, from.name)
	p.w.insert(to.dir, to.name, from.node)
	from.node.ctime = p.w.now
	return nil
}

func (p *process) mayRename(from, to place) error {
	if err := p.mayDelete(from.dir, from.node); err != nil {
		return err
	}
	isDir := from.node.mode.IsDir()
	if to.node == nil {
		if err := p.mayCreate(to.dir); err != nil {
			return err
		}
	} else {
		if err := p.mayDelete(to.dir, to.node); err != nil {
			return err
		}
		switch {
		case isDir && !to.node.mode.IsDir():
			return system.ENOTDIR
		case !isDir && to.node.mode.IsDir():
			return system.EISDIR
		}
	}
	if from.node.virtual != nil || to.node != nil && to.node.virtual != nil {
		return system.EBUSY // a mount point
	}
	if isDir && from.dir != to.dir && !p.may(from.node, system.WriteOK) {
		return system.EACCES
	}
	if isDir && to.node != nil {
		return p.w.empty(to.node)
	}
	return nil
}
