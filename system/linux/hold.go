//go:build linux

package linux

import (
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sys/unix"

	"sysv/system"
)

// heldDirectory is a directory by its descriptor, or with fd -1 that in which
// this process is: it never goes to another.
type heldDirectory struct {
	fd   int
	once sync.Once
	id   directoryID
	// seen is what was found when its name was looked at last.
	seen atomic.Pointer[sighting]
}

// sighting is a name that led to a directory.
type sighting struct {
	name  string
	names uint64
	uses  atomic.Int32
}

// sightingUses is how often in a row a name that led to the directory is taken
// to do so still, if nothing was done in between that could have changed it, or
// that waits: a script that asks for a thousand files asks less often for its
// directory. (A clock costs as much as the question.)
const sightingUses = 16

// names counts what may have changed where names lead: directories that were
// removed or renamed, programs that were started and that have ended, reads and
// pauses, in which others have had the time.
var names atomic.Uint64

func namesMayChange() { names.Add(1) }

type directoryID struct {
	dev, ino uint64
	ok       bool
}

// HoldDirectory is [system.DirectoryHolder]'s.
func (*Machine) HoldDirectory(path string) (system.HeldDirectory, error) {
	if path == "" {
		return &heldDirectory{fd: -1}, nil
	}
	fd, err := openAsIs(path, unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	return &heldDirectory{fd: fd}, nil
}

// directoryAt tells which directory a path leads to.
func directoryAt(path string) directoryID {
	var st unix.Stat_t
	err := retry(func() error { return unix.Stat(path, &st) })
	return directoryID{uint64(st.Dev), uint64(st.Ino), err == nil}
}

// inner is a path of the directory that nobody can take away. That of a
// descriptor needs /proc.
func (d *heldDirectory) inner() string {
	if d.fd < 0 {
		return "."
	}
	return heldPrefix + itoa(d.fd)
}

const heldPrefix = "/proc/self/fd/"

func (d *heldDirectory) identity() directoryID {
	d.once.Do(func() {
		if d.fd < 0 {
			d.id = directoryAt(".")
			return
		}
		var st unix.Stat_t
		err := unix.Fstat(d.fd, &st)
		d.id = directoryID{uint64(st.Dev), uint64(st.Ino), err == nil}
	})
	return d.id
}

// At is [system.HeldDirectory]'s.
func (d *heldDirectory) At(name string) string {
	if name != "" {
		count := names.Load()
		if s := d.seen.Load(); s != nil && s.names == count && s.name == name && s.uses.Add(1) < sightingUses {
			return name
		}
		if id := directoryAt(name); id.ok && id == d.identity() {
			d.seen.Store(&sighting{name: name, names: count})
			return name
		}
	}
	return d.inner()
}

// Name is [system.HeldDirectory]'s.
func (d *heldDirectory) Name() (string, error) {
	if d.fd < 0 {
		return workingDirectory()
	}
	name, err := (*Machine)(nil).Readlink(d.inner())
	if err != nil {
		return "", err
	}
	if id := directoryAt(name); !id.ok || id != d.identity() {
		return "", system.ENOENT
	}
	return name, nil
}

// workingDirectory is getcwd(3). The system call gives a path that does not
// begin with "/" for what is outside of the root directory.
func workingDirectory() (string, error) {
	buf := make([]byte, unix.PathMax)
	n, err := unix.Getcwd(buf)
	if err != nil {
		return "", fail(err)
	}
	name := string(buf[:n-1])
	if name[0] != '/' {
		return "", system.ENOENT
	}
	return name, nil
}

// Close is [system.HeldDirectory]'s.
func (d *heldDirectory) Close() error {
	if d.fd < 0 {
		return nil
	}
	return fail(unix.Close(d.fd))
}

// unnamed tells that a directory to change to is that of a heldDirectory,
// which is there only as long as this process's descriptors are.
func unnamed(dir string) bool { return dir == "." || strings.HasPrefix(dir, heldPrefix) }
