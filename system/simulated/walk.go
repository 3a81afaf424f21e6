package simulated

import (
	"slices"
	"strings"

	"sysv/system"
)

// Limits of path_resolution(7): PATH_MAX (with its null byte), NAME_MAX and
// how many symbolic links are followed.
const (
	pathMax  = 4096
	nameMax  = 255
	linksMax = 40
)

// how says whether walk follows a symbolic link in the last place: never,
// only if a slash comes after it, or always. open(2) with O_CREAT does not
// even look at a last name that a slash comes after.
type how int

const (
	never how = iota
	slashed
	follow
	creating        // as never
	creatingThrough // as follow
)

// last says what the last name of a path was.
type last int

const (
	named last = iota
	dot
	dotDot
	rootDir
)

// place is where a path leads: a name in a directory, and the file that is
// there, or nil.
type place struct {
	dir  *node
	name string
	node *node
	// slash tells that a slash came after the name.
	slash bool
	last  last
	// late is what is wrong with the last name itself.
	late error
}

func (f place) path() string { return join(f.dir, f.name) }

// walk follows a path as path_resolution(7) says.
func (p *process) walk(path string, at how) (place, error) {
	f, err := p.walkParent(path, at)
	if err == nil {
		err = f.late
	}
	return f, err
}

// walkParent is walk for rename(2), which looks at the last names only when
// both paths have been followed up to there.
func (p *process) walkParent(path string, at how) (place, error) {
	w := p.w
	if path == "" {
		return place{}, system.ENOENT
	}
	if len(path) >= pathMax {
		return place{}, system.ENAMETOOLONG
	}
	cur, rest, links := p.root, path, 0
	for {
		rest = strings.TrimLeft(rest, "/")
		if rest == "" {
			return place{dir: cur, node: cur, last: rootDir}, nil
		}
		name, tail, cut := strings.Cut(rest, "/")
		tail = strings.TrimLeft(tail, "/")
		isLast := tail == ""
		slash := isLast && cut
		if !cur.mode.IsDir() {
			return place{}, system.ENOTDIR
		}
		if !p.may(cur, system.ExecuteOK) {
			return place{}, system.EACCES
		}
		if name == "." || name == ".." {
			kind := dot
			if name == ".." {
				kind = dotDot
				if cur != p.root {
					cur = cur.parent
				}
			}
			if isLast {
				return place{dir: cur, node: cur, last: kind}, nil
			}
			rest = tail
			continue
		}
		if slash && (at == creating || at == creatingThrough) {
			return place{dir: cur, name: name, slash: true}, nil
		}
		if len(name) > nameMax {
			if isLast {
				return place{dir: cur, name: name, late: system.ENAMETOOLONG}, nil
			}
			return place{}, system.ENAMETOOLONG
		}
		child, err := w.lookup(p, cur, name)
		if err != nil {
			return place{}, err
		}
		if child == nil {
			if isLast {
				return place{dir: cur, name: name, slash: slash}, nil
			}
			return place{}, system.ENOENT
		}
		if child.mode.IsSymlink() && (!isLast || at == follow || at == creatingThrough || at == slashed && slash) {
			if links++; links > linksMax {
				return place{}, system.ELOOP
			}
			if v := child.virtual; v != nil && !p.mayTrace(v.owner) {
				return place{}, system.EACCES
			}
			if child.jump != nil {
				if isLast {
					return place{dir: cur, name: name, node: child.jump, slash: slash}, nil
				}
				cur, rest = child.jump, tail
				continue
			}
			if child.target == "" {
				return place{}, system.ENOENT
			}
			if child.target[0] == '/' {
				cur = p.root
			}
			rest = child.target
			if cut {
				rest += "/" + tail
			}
			continue
		}
		if isLast {
			return place{dir: cur, name: name, node: child, slash: slash}, nil
		}
		cur, rest = child, tail
	}
}

// find is walk for calls on a file that must be there.
func (p *process) find(path string, at how) (place, error) {
	f, err := p.walk(path, at)
	switch {
	case err != nil:
		return f, err
	case f.node == nil:
		return f, system.ENOENT
	case f.slash && !f.node.mode.IsDir():
		return f, system.ENOTDIR
	}
	return f, nil
}

// may tells whether the process's effective identity may do this to a file.
func (p *process) may(n *node, mode system.AccessMode) bool {
	if p.id.EUID == 0 {
		return mode&system.ExecuteOK == 0 || n.mode.IsDir() || n.mode&0o111 != 0
	}
	bits := n.mode
	switch {
	case p.id.EUID == n.uid:
		bits >>= 6
	case p.inGroup(n.gid):
		bits >>= 3
	}
	return system.AccessMode(bits)&mode == mode
}

func (p *process) inGroup(gid int) bool {
	return p.id.EGID == gid || slices.Contains(p.id.Groups, gid)
}

// owns tells whether the process may do what only a file's owner may.
func (p *process) owns(n *node) bool { return p.id.EUID == 0 || p.id.EUID == n.uid }

// mayCreate says whether a name may be made in a directory.
func (p *process) mayCreate(dir *node) error {
	if dir.virtual != nil || dir.removed {
		return system.ENOENT
	}
	if err := p.w.frozen(dir.path()); err != nil {
		return err
	}
	if !p.may(dir, system.WriteOK|system.ExecuteOK) {
		return system.EACCES
	}
	return nil
}

// mayDelete says whether a file's name may be taken out of a directory.
func (p *process) mayDelete(dir, n *node) error {
	if err := p.w.frozen(dir.path()); err != nil {
		return err
	}
	if !p.may(dir, system.WriteOK|system.ExecuteOK) {
		return system.EACCES
	}
	if dir.virtual != nil {
		return system.EPERM
	}
	if dir.mode&system.Sticky != 0 && !p.owns(n) && !p.owns(dir) {
		return system.EPERM
	}
	return nil
}
