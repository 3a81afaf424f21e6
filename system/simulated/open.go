package simulated

import "sysv/system"

// Open implements [system.Files].
func (p *process) Open(path string, flag system.OpenFlag, perm system.Mode) (system.File, error) {
	p.enter()
	defer p.leave()
	f, created, err := p.openPlace(path, flag, perm)
	if err != nil {
		return nil, err
	}
	n := f.node
	if err := p.mayOpen(n, flag, created); err != nil {
		return nil, err
	}
	if n.mode.IsRegular() && (flag&3 != system.ReadOnly || flag&system.Truncate != 0) {
		if err := p.w.frozen(f.path()); err != nil {
			return nil, err
		}
	}
	d := &description{node: n, flag: flag, path: f.path(), refs: 1}
	switch n.mode.Type() {
	case system.TypeRegular:
		if err := p.openRegular(d, created); err != nil {
			return nil, err
		}
	case system.TypeFIFO:
		return p.openFIFO(d)
	}
	return p.handle(d), nil
}

// openPlace finds the file to be opened, or makes it.
func (p *process) openPlace(path string, flag system.OpenFlag, perm system.Mode) (f place, created bool, err error) {
	if flag&(system.Create|system.Directory) == system.Create|system.Directory {
		return f, false, system.EINVAL // since Linux 6.4
	}
	if flag&system.Create == 0 {
		at := follow
		if flag&system.NoFollow != 0 {
			at = slashed
		}
		f, err = p.find(path, at)
		return f, false, err
	}
	at := creatingThrough
	if flag&(system.NoFollow|system.Exclusive) != 0 {
		at = creating
	}
	f, err = p.walk(path, at)
	switch {
	case err != nil:
		return f, false, err
	case f.slash:
		return f, false, system.EISDIR
	case f.node != nil && flag&system.Exclusive != 0:
		return f, false, system.EEXIST
	case f.last != named:
		return f, false, system.EISDIR
	case f.node != nil:
		return f, false, nil
	}
	if err := p.mayCreate(f.dir); err != nil {
		return f, false, err
	}
	f.node = &node{mode: system.TypeRegular | perm.Perm(), nlink: 1}
	p.own(f.dir, f.node)
	p.w.insert(f.dir, f.name, p.w.adopt(f.node))
	p.note(Created, f.path(), 0, f.node.mode.String())
	return f, true, nil
}

// mayOpen is what open(2) asks of a file that is there.
func (p *process) mayOpen(n *node, flag system.OpenFlag, created bool) error {
	if flag&system.Directory != 0 && !n.mode.IsDir() {
		return system.ENOTDIR
	}
	want := system.ReadOK
	switch flag & 3 {
	case system.WriteOnly:
		want = system.WriteOK
	case system.ReadWrite, 3:
		want = system.ReadOK | system.WriteOK
	}
	if flag&system.Truncate != 0 {
		want |= system.WriteOK
	}
	switch n.mode.Type() {
	case system.TypeSymlink:
		return system.ELOOP
	case system.TypeDir:
		if want&system.WriteOK != 0 || flag&system.Create != 0 {
			return system.EISDIR
		}
	}
	if !created && !p.may(n, want) {
		return system.EACCES
	}
	if n.virtual != nil && n.mode.IsRegular() && !p.mayTrace(n.virtual.owner) {
		return system.EACCES
	}
	switch n.mode.Type() {
	case system.TypeSocket, system.TypeBlock:
		return system.ENXIO
	case system.TypeChar:
		return openDevice(n.rdev)
	}
	return nil
}

func (p *process) openRegular(d *description, created bool) error {
	n := d.node
	if n.virtual != nil {
		d.text = n.virtual.read()
		return nil
	}
	if d.flag&system.Truncate != 0 && !created {
		n.lower = nil
		if err := p.w.resize(n, 0); err != nil {
			return err
		}
		p.wrote(n)
		d.changed = true
		p.note(Changed, d.path, 0, "emptied")
		return nil
	}
	return p.w.readLower(n)
}

// The devices of devices.txt that a machine here has: major<<8 | minor, which
// is what makedev(3) gives for small numbers.
const (
	devNull    = 1<<8 | 3
	devZero    = 1<<8 | 5
	devFull    = 1<<8 | 7
	devRandom  = 1<<8 | 8
	devURandom = 1<<8 | 9
	devConsole = 5<<8 | 1
)

// openDevice says whether there is such a device. There is no controlling
// terminal (5:0).
func openDevice(dev uint64) error {
	switch dev {
	case devNull, devZero, devFull, devRandom, devURandom, devConsole:
		return nil
	}
	return system.ENXIO
}

func (w *world) readDevice(dev uint64, b []byte) int {
	switch dev {
	case devZero, devFull:
		clear(b)
		return len(b)
	case devRandom, devURandom:
		for i := range b {
			b[i] = byte(w.rng.Uint32())
		}
		return len(b)
	}
	return 0
}
