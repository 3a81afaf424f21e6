package system

import "sync/atomic"

// HeldDirectory is a directory that is held open: it stays the same one whatever is
// done to its name, as the working directory of a process does.
type HeldDirectory interface {
	// At is name if that still leads to this directory, or else a path that
	// does, of which nobody else knows.
	At(name string) string
	// Name is its absolute path, without symbolic links, as getcwd(3) finds
	// it. A directory that has been removed gives [ENOENT].
	Name() (string, error)
	Close() error
}

// DirectoryHolder is what a [System] has that can hold directories. On one
// that cannot, a working directory is what its name leads to.
type DirectoryHolder interface {
	// HoldDirectory holds the directory at a path, or with an empty one that
	// in which the machine's process itself is.
	HoldDirectory(path string) (HeldDirectory, error)
}

// workingDirectory is a HeldDirectory that the tables of several processes name.
// It is closed with the last of them.
type workingDirectory struct {
	HeldDirectory
	refs atomic.Int32
}

func (w *workingDirectory) release() {
	if w != nil && w.refs.Add(-1) == 0 {
		w.Close()
	}
}

// Hold makes d the working directory, under the name dir ("" if it is not
// known). The process owns d from now on. A later change of Dir alone leaves
// it behind. d may be nil: then the name alone counts.
func (p *Process) Hold(d HeldDirectory, dir string) {
	p.Files.dir.release()
	p.Files.dir, p.Files.dirName, p.Dir = nil, dir, dir
	if d != nil {
		p.Files.dir = &workingDirectory{HeldDirectory: d}
		p.Files.dir.refs.Store(1)
	}
}

// Held is the working directory if it is held, or nil.
func (p *Process) Held() HeldDirectory {
	if p.Files.dir == nil || p.Files.dirName != p.Dir {
		return nil
	}
	return p.Files.dir
}

// RenameDir calls the working directory by another of its names.
func (p *Process) RenameDir(dir string) {
	if p.Held() != nil {
		p.Files.dirName = dir
	}
	p.Dir = dir
}

// place is a path that leads to the working directory.
func (p *Process) place() string {
	if d := p.Held(); d != nil {
		return d.At(p.Dir)
	}
	return p.Dir
}
