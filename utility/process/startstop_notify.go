package process

import (
	"strings"
	"time"

	"sysv/daemon"
	"sysv/system"
)

// listen makes the socket of --notify-await: under /run for root, else under
// TMPDIR.
func (s *ssd) listen() (system.NotifySocket, error) {
	n, ok := s.Sys.(system.Notifier)
	if !ok {
		return nil, &daemon.Error{Text: "cannot create notification socket", Err: system.EAFNOSUPPORT}
	}
	dir := "/run"
	if s.Sys.Identity().UID != 0 || s.Access(dir, 0) != nil {
		if dir, ok = s.Getenv("TMPDIR"); !ok {
			dir = "/tmp"
		}
	}
	socket, err := n.ListenNotify(s.Abs(dir), s.uid, s.gid)
	if err != nil {
		return nil, &daemon.Error{Text: "cannot create notification socket", Err: err}
	}
	return socket, nil
}

// notifySlice is how often a wait for a message looks whether the run was
// cancelled.
const notifySlice = 100 * time.Millisecond

// awaitReady waits for READY=1, with a message ERRNO= as a failure, and
// EXTEND_TIMEOUT_USEC= as another limit. dpkg reads that number as
// milliseconds; the name and sd_notify(3) say microseconds, and so does this.
func (s *ssd) awaitReady(socket system.NotifySocket) error {
	limit := time.Duration(s.notifyTimeout) * time.Second
	end := s.Sys.Now().Add(limit)
	said := false
	for {
		left := end.Sub(s.Sys.Now())
		if left <= 0 {
			return &daemon.Error{Text: "timed out waiting for a notification"}
		}
		if err := s.Ctx.Err(); err != nil {
			return &daemon.Error{Text: "cannot monitor notification socket for activity", Err: system.EINTR}
		}
		if !said {
			s.debug("Waiting for notifications... (timeout %dsec %dnsec)\n", left/time.Second, left%time.Second)
			s.Out.Flush()
			said = true
		}
		message, err := socket.Receive(min(left, notifySlice))
		if err == system.EAGAIN || err == system.EINTR {
			continue
		}
		if err != nil {
			return &daemon.Error{Text: "cannot receive notification packet", Err: err}
		}
		said = false
		for line := range strings.SplitSeq(string(message), "\n") {
			if line == "" {
				break
			}
			s.debug("Child sent some notification...\n")
			if line == "READY=1" {
				s.debug("-> Notification => ready for service.\n")
				return nil
			}
			if text, ok := strings.CutPrefix(line, "EXTEND_TIMEOUT_USEC="); ok {
				n, ok := daemon.Unsigned(text)
				if !ok {
					return &daemon.Error{Text: "cannot parse extended timeout notification " + line}
				}
				end = s.Sys.Now().Add(time.Duration(n) * time.Microsecond)
				continue
			}
			if text, ok := strings.CutPrefix(line, "ERRNO="); ok {
				n, ok := daemon.Unsigned(text)
				if !ok {
					return &daemon.Error{Text: "cannot parse errno notification " + line}
				}
				return &daemon.Error{Text: "program failed to initialize", Err: system.Errno(n)}
			}
			s.debug("-> Notification line '%s' received\n", line)
		}
	}
}
