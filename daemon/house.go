package daemon

import "strings"

// A process that only looks like the one that is meant may live in a
// container on this machine, or in a chroot: it has the same name, perhaps
// the same path, but it is not this system's. dpkg's start-stop-daemon cannot
// tell them apart; here they are told apart wherever a process is recognised
// by its looks (name, program, user, parent), and not where it is named by
// its pid alone.

// house is where processes live that are taken for our own.
type house struct {
	t Table
	// self is what /proc/self/ns/pid links to; "" if that is not to be read,
	// and then every process is taken for ours.
	self string
	// mount is our own mount namespace.
	mount string
	// also is the root directory of a chroot whose processes are ours as
	// well: the one that the daemon is started in.
	also string
	read bool
}

func newHouse(t Table, also string) *house { return &house{t: t, also: strings.TrimRight(also, "/")} }

// inside reports whether process pid may be this system's own.
func (h *house) inside(pid int) bool {
	if !h.read {
		h.read = true
		h.self, _ = h.t.Sys.Readlink("/proc/self/ns/pid")
		h.mount, _ = h.t.Sys.Readlink("/proc/self/ns/mnt")
	}
	if h.self == "" {
		return true
	}
	// What cannot be read is another user's, and cannot be signalled either.
	ns, err := h.t.Sys.Readlink(h.t.path(pid, "ns/pid"))
	if err == nil && ns != h.self {
		return false
	}
	theirs, err := h.t.Sys.Stat(h.t.path(pid, "root"))
	if err != nil {
		return true
	}
	ours, err := h.t.Sys.Stat("/proc/self/root")
	if err != nil || theirs.SameFile(ours) {
		return true
	}
	if h.also != "" {
		if st, err := h.t.Sys.Stat(h.also); err == nil && st.SameFile(theirs) {
			return true
		}
	}
	// Another root and another mount namespace: a container.
	if mnt, err := h.t.Sys.Readlink(h.t.path(pid, "ns/mnt")); err == nil && mnt != h.mount {
		return false
	}
	// Only another root. A daemon may have locked itself up, and then its
	// program is outside of it; one whose program came from that very root
	// belongs to the system in there.
	root, err := h.t.Sys.Readlink(h.t.path(pid, "root"))
	if err != nil {
		return true
	}
	exe, _, err := h.t.Exe(pid)
	return err != nil || !strings.HasPrefix(exe, strings.TrimRight(root, "/")+"/")
}
