package host

import (
	"bytes"
	"io"
	"strconv"
	"strings"

	"sysv/system"
	"sysv/utility/call"
	"sysv/utility/call/date"
)

// Sizes of logger's messages.
const (
	loggerSize     = 1024    // of a message, without --size
	loggerMostSize = 1 << 16 // that a datagram can have
)

// devLog is where the system's log listens.
const devLog = "/dev/log"

// logger is one run of logger.
type logger struct {
	c         *call.Call
	socket    system.DatagramSocket
	priority  int
	tag, id   string
	toStderr  bool
	noAct     bool
	skipEmpty bool
	size      int
	header    string
}

// Logger is logger(1) of util-linux, in the form of RFC 3164 as the local
// log has it: -t, -p, -i, --id=N, -s, -f, -e, -u, -d, -S and --no-act. The pid
// of -i is this program's own.
func Logger(c *call.Call) int {
	l := &logger{c: c, priority: 1<<3 | 5, size: loggerSize}
	opts, words, unknown, ok := c.Getopt("t:p:isf:eu:dS:", "tag=>t", "priority=>p", "id=?", "stderr>s", "file=>f", "skip-empty>e", "socket=>u",
		"udp>d", "size=>S", "no-act")
	if !ok {
		return badOption(c, unknown, 1)
	}
	path, file := devLog, ""
	for _, o := range opts {
		switch o.Name {
		case "t":
			l.tag = o.Arg
			if l.tag == "" {
				l.tag = "\x00"
			}
		case "p":
			if !l.setPriority(o.Arg) {
				return 1
			}
		case "i", "id":
			l.id = o.Arg
			if o.Arg == "" {
				l.id = strconv.Itoa(c.Sys.Getpid())
			} else if _, err := strconv.ParseUint(o.Arg, 10, 31); err != nil {
				return c.Refuse("--id=" + o.Arg)
			}
		case "s":
			l.toStderr = true
		case "f":
			file = o.Arg
		case "e":
			l.skipEmpty = true
		case "u":
			path = o.Arg
		case "S":
			n, err := strconv.Atoi(o.Arg)
			if err != nil || n < 1 || n > loggerMostSize {
				return c.Refuse("-S " + o.Arg)
			}
			l.size = n
		case "no-act":
			l.noAct = true
		}
	}
	if file != "" && len(words) > 0 {
		// The message says the opposite of what is done.
		c.Errorf("--file <file> and <message> are mutually exclusive, message is ignored")
	}
	return l.log(path, file, words)
}

func (l *logger) log(path, file string, words []string) int {
	c := l.c
	in := c.Stdin()
	if file != "" {
		f, err := c.Open(file, system.ReadOnly, 0)
		if err != nil {
			return c.Fail("file %s: %v", file, err)
		}
		defer f.Close()
		in = f
	}
	if status, ok := l.open(path); !ok {
		return status
	}
	if l.socket != nil {
		defer l.socket.Close()
	}
	switch {
	case l.tag == "\x00":
		l.tag = ""
	case l.tag == "":
		l.tag = loginName(c)
	}
	if len(words) > 0 {
		l.arguments(words)
		return 0
	}
	return l.lines(in)
}

// open connects to the log. Where that cannot be done, messages are lost
// without a word, unless they are wanted on standard error, or that is a
// terminal.
func (l *logger) open(path string) (status int, ok bool) {
	c := l.c
	err := error(system.ENOENT)
	if sender, can := c.Sys.(system.DatagramSender); can {
		l.socket, err = sender.OpenDatagram(c.Abs(path))
	} else if _, there := c.Stat(path); there == nil {
		return c.Refuse("-u " + path), false
	}
	if err == nil {
		return 0, true
	}
	l.socket = nil
	if l.noAct || l.toStderr || c.Stderr().IsTerminal() {
		return c.Fail("socket %s: %v", path, err), false
	}
	return 0, true
}

// loginName is the name that the user logged in with, or else that of the
// user.
func loginName(c *call.Call) string {
	users := system.Users{Sys: c.Sys}
	if s, ok := readLine(c, "/proc/self/loginuid"); ok {
		if n, err := strconv.Atoi(s); err == nil && uint32(n) != ^uint32(0) {
			if u, ok := users.UserByID(n); ok {
				return u.Name
			}
		}
	}
	if u, ok := users.UserByID(c.Sys.Identity().EUID); ok {
		return u.Name
	}
	return "<someone>"
}

// setPriority reads FACILITY.LEVEL or LEVEL.
func (l *logger) setPriority(s string) bool {
	facility, level, both := strings.Cut(s, ".")
	if !both {
		facility, level = "user", s
	}
	f := facilityNumber(strings.ToLower(facility))
	if f < 0 {
		l.c.Errorf("unknown facility name: %s", facility)
		return false
	}
	n := levelNumber(strings.ToLower(level))
	if n < 0 {
		l.c.Errorf("unknown priority name: %s", level)
		return false
	}
	if f == 0 {
		// Only the kernel logs as the kernel.
		f = 1
	}
	l.priority = f<<3 | n
	return true
}

// facilityNumber and levelNumber are the names of syslog(3); -1 is none.
func facilityNumber(name string) int {
	if name == "security" {
		return 4
	}
	for i, n := range strings.Fields("kern user mail daemon auth syslog lpr news uucp cron authpriv ftp . . . . local0 local1 local2 local3 local4 local5 local6 local7 mark") {
		if n == name && n != "." {
			return i
		}
	}
	return -1
}

func levelNumber(name string) int {
	switch name {
	case "panic", "none":
		return 0
	case "error":
		return 3
	case "warn":
		return 4
	}
	for i, n := range strings.Fields("emerg alert crit err warning notice info debug") {
		if n == name {
			return i
		}
	}
	return -1
}

// newHeader is what stands before each message from now on.
func (l *logger) newHeader() {
	now := l.c.Sys.Now().In(date.Zone(l.c))
	l.header = "<" + strconv.Itoa(l.priority) + ">" + now.Format("Jan _2 15:04:05 ") + l.tag
	if l.id != "" {
		l.header += "[" + l.id + "]"
	}
	l.header += ": "
}

func (l *logger) send(message string) {
	if l.toStderr {
		system.WriteAll(l.c.Stderr(), []byte(l.header+message+"\n"))
	}
	if l.socket != nil && !l.noAct {
		l.socket.Send([]byte(l.header + message))
	}
}

// arguments logs the words of the command line, joined, in as many messages
// as they need. A single word that is too long is cut off.
func (l *logger) arguments(words []string) {
	l.newHeader()
	line := ""
	for _, w := range words {
		if line != "" && len(line)+len(w) > l.size-1 {
			l.send(line)
			line = ""
		}
		if len(w) > l.size {
			l.send(w[:l.size])
			continue
		}
		if line != "" {
			line += " "
		}
		line += w
	}
	if line != "" {
		l.send(line)
	}
}

// lines logs each line of a file, with a time of its own.
func (l *logger) lines(in system.File) int {
	var rest []byte
	buf := make([]byte, 4096)
	for !l.c.Stop() {
		n, err := in.Read(buf)
		rest = append(rest, buf[:n]...)
		for {
			i := bytes.IndexByte(rest, '\n')
			switch {
			case i >= 0 && i <= l.size:
				l.line(string(rest[:i]))
				rest = rest[i+1:]
				continue
			case len(rest) > l.size:
				l.line(string(rest[:l.size]))
				rest = rest[l.size:]
				continue
			}
			break
		}
		if err == io.EOF {
			break
		}
		if err != nil {
			return 1
		}
	}
	if len(rest) > 0 {
		l.line(string(rest))
	}
	return 0
}

func (l *logger) line(s string) {
	if s == "" && l.skipEmpty {
		return
	}
	l.newHeader()
	l.send(s)
}
