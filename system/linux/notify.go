//go:build linux

package linux

import (
	"os"
	"time"

	"golang.org/x/sys/unix"

	"sysv/system"
)

var _ system.Notifier = (*Machine)(nil)

// notifySocket is a datagram socket of the Unix domain and the directory that
// it has to itself.
type notifySocket struct {
	fd        int
	dir, path string
}

// ListenNotify makes the socket that a daemon tells of its readiness on, as
// start-stop-daemon does: in a directory that nobody else can enter, and only
// for uid and gid to write to.
func (*Machine) ListenNotify(dir string, uid, gid int) (system.NotifySocket, error) {
	own, err := os.MkdirTemp(dir, ".s-s-d-notify.")
	if err != nil {
		return nil, pathErrno(err)
	}
	s := &notifySocket{fd: -1, dir: own, path: own + "/notify"}
	if err := s.listen(uid, gid); err != nil {
		s.Close()
		return nil, fail(err)
	}
	return s, nil
}

func (s *notifySocket) listen(uid, gid int) (err error) {
	if err = unix.Chown(s.dir, uid, gid); err != nil {
		return err
	}
	if s.fd, err = unix.Socket(unix.AF_UNIX, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0); err != nil {
		return err
	}
	if err = unix.Bind(s.fd, &unix.SockaddrUnix{Name: s.path}); err != nil {
		return err
	}
	if err = unix.Chmod(s.path, 0o660); err != nil {
		return err
	}
	return unix.Chown(s.path, uid, gid)
}

// pathErrno is the number in an error of package os.
func pathErrno(err error) error {
	if e, ok := err.(*os.PathError); ok {
		return fail(e.Err)
	}
	return fail(err)
}

// Path is the socket's.
func (s *notifySocket) Path() string { return s.path }

// notifyMessage is the longest message that is taken, as in dpkg.
const notifyMessage = 4096

// Receive waits for one message. None in time gives EAGAIN.
func (s *notifySocket) Receive(limit time.Duration) ([]byte, error) {
	tv := unix.NsecToTimeval(max(int64(limit), int64(time.Microsecond)))
	if err := unix.SetsockoptTimeval(s.fd, unix.SOL_SOCKET, unix.SO_RCVTIMEO, &tv); err != nil {
		return nil, fail(err)
	}
	b := make([]byte, notifyMessage)
	n, _, err := unix.Recvfrom(s.fd, b, 0)
	if err != nil {
		return nil, fail(err)
	}
	return b[:n], nil
}

// Close closes and removes the socket and its directory.
func (s *notifySocket) Close() error {
	if s.fd >= 0 {
		unix.Close(s.fd)
	}
	unix.Unlink(s.path)
	return fail(unix.Rmdir(s.dir))
}
