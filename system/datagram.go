package system

// DatagramSender is a System that has sockets of the Unix domain to send to,
// as syslog(3) does. It is asked for with a type assertion: not every System
// has them.
type DatagramSender interface {
	// OpenDatagram connects to the datagram socket at an absolute path.
	OpenDatagram(path string) (DatagramSocket, error)
}

// DatagramSocket is the sending end.
type DatagramSocket interface {
	// Send sends one message.
	Send(message []byte) error
	// Close closes the socket.
	Close() error
}
