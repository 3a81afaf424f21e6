//go:build linux

package confirm

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

// systemLog is the sandbox's /dev/log: what is sent there is read at once (a
// sender would wait for ever on a full socket) and kept for the step.
type systemLog struct {
	lock  sync.Mutex
	lines []string
	mark  chan struct{} // a mark has been read
}

// mark is a message of our own: what was sent before it has been read when it
// has.
const mark = "confirm: mark"

func listenLog() (*systemLog, error) {
	s, err := unix.Socket(unix.AF_UNIX, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	if err := unix.Bind(s, &unix.SockaddrUnix{Name: "/dev/log"}); err != nil {
		return nil, fmt.Errorf("/dev/log: %w", err)
	}
	l := &systemLog{mark: make(chan struct{}, 1)}
	go l.read(s)
	return l, os.Chmod("/dev/log", 0o666)
}

func (l *systemLog) read(socket int) {
	buf := make([]byte, 64<<10)
	for {
		n, _, err := unix.Recvfrom(socket, buf, 0)
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return
		}
		if string(buf[:n]) == mark {
			l.mark <- struct{}{}
			continue
		}
		l.lock.Lock()
		l.lines = append(l.lines, strings.TrimRight(string(buf[:n]), "\x00\n"))
		l.lock.Unlock()
	}
}

// logTime is the time at the head of a message, after its priority.
var logTime = regexp.MustCompile(`^(<\d+>)[A-Z][a-z]{2} [ 0-9]\d \d\d:\d\d:\d\d `)

// take returns the messages since the last take, sorted and without times.
func (l *systemLog) take(n *normaliser) []string {
	l.sync()
	l.lock.Lock()
	defer l.lock.Unlock()
	var out []string
	for _, line := range l.lines {
		out = append(out, n.text(logTime.ReplaceAllString(line, "$1")))
	}
	l.lines = nil
	slices.Sort(out)
	return out
}

// sync waits until all that has been sent is read. A script may have removed
// /dev/log: then there is nothing to wait for.
func (l *systemLog) sync() {
	s, err := unix.Socket(unix.AF_UNIX, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return
	}
	defer unix.Close(s)
	if unix.Sendto(s, []byte(mark), 0, &unix.SockaddrUnix{Name: "/dev/log"}) == nil {
		select {
		case <-l.mark:
		case <-time.After(time.Second): // another has taken the place of /dev/log
		}
	}
}
