package system

import "time"

// Notifier is a System on which a daemon can say that it is ready, as
// sd_notify(3) does. It is asked for with a type assertion: not every System
// has sockets.
type Notifier interface {
	// ListenNotify makes a datagram socket in a new directory of its own
	// under dir. Both belong to uid and gid (-1 leaves an id as it is).
	ListenNotify(dir string, uid, gid int) (NotifySocket, error)
}

// NotifySocket is the receiving end.
type NotifySocket interface {
	// Path is the socket's, for NOTIFY_SOCKET.
	Path() string
	// Receive waits for one message. None in time gives [EAGAIN].
	Receive(limit time.Duration) ([]byte, error)
	// Close closes and removes the socket and its directory.
	Close() error
}
