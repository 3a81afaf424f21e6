//go:build linux

package linux

import (
	"golang.org/x/sys/unix"

	"sysv/system"
)

var _ system.DatagramSender = (*Machine)(nil)

// datagramSocket is a connected datagram socket of the Unix domain.
type datagramSocket struct{ fd int }

// OpenDatagram connects to the datagram socket at a path, such as /dev/log.
func (*Machine) OpenDatagram(path string) (system.DatagramSocket, error) {
	fd, err := unix.Socket(unix.AF_UNIX, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, fail(err)
	}
	if err := unix.Connect(fd, &unix.SockaddrUnix{Name: path}); err != nil {
		unix.Close(fd)
		return nil, fail(err)
	}
	return datagramSocket{fd}, nil
}

// Send sends one message. Nobody's reading it any more is an error, no signal.
func (s datagramSocket) Send(message []byte) error {
	return retry(func() error { return unix.Sendto(s.fd, message, unix.MSG_NOSIGNAL, nil) })
}

// Close closes the socket.
func (s datagramSocket) Close() error { return fail(unix.Close(s.fd)) }
