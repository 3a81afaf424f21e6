package service

import (
	"bytes"
	"strconv"
	"strings"
	"time"

	"sysv/system"
)

// SettingsPath is the file with what an administrator wants otherwise than it
// is by default. Its lines are
//
//	deadline SERVICE ACTION TIME
//	log SERVICE SIZE
//
// SERVICE and ACTION may be * for all; of the lines that are meant the last
// one counts. TIME is as 90s, 5m or 1h, in seconds without a unit, and 0 for
// no deadline. SIZE is in bytes, or as 64k or 1M, and 0 for no log. Empty
// lines and those that begin with # are passed over.
const SettingsPath = "/etc/sysv/service.conf"

const (
	// DefaultDeadline is how long an action may take if nothing else is set:
	// longer than any action of the scripts of Debian takes by itself, and
	// short enough to be waited for.
	DefaultDeadline = 5 * time.Minute
	// DefaultLogSize bounds a service's log, in bytes; the log before it is
	// kept as well. It holds some thousand actions.
	DefaultLogSize = 256 << 10
)

// Settings is what holds for one action.
type Settings struct {
	// Deadline is how long it may take; 0 is for ever.
	Deadline time.Duration
	// LogSize is how large the log may become, in bytes; 0 is no log.
	LogSize int64
	// Wrong are the lines of the file that could not be read, as
	// "path:line: what is wrong".
	Wrong []string
}

// maxSettings bounds the file, in bytes.
const maxSettings = 1 << 20

// ReadSettings reads what is set for an action of a service.
func ReadSettings(p *system.Process, name, action string) Settings {
	s := Settings{Deadline: DefaultDeadline, LogSize: DefaultLogSize}
	text, err := p.ReadFile(SettingsPath, maxSettings)
	if err != nil {
		return s
	}
	line := 0
	for l := range bytes.Lines(text) {
		line++
		if why := s.line(string(l), name, action); why != "" {
			s.Wrong = append(s.Wrong, SettingsPath+":"+strconv.Itoa(line)+": "+why)
		}
	}
	return s
}

func (s *Settings) line(text, name, action string) string {
	f := strings.Fields(text)
	if len(f) == 0 || f[0][0] == '#' {
		return ""
	}
	is := func(word, want string) bool { return word == "*" || word == want }
	switch {
	case f[0] == "deadline" && len(f) == 4:
		d, ok := ParseTime(f[3])
		if !ok {
			return f[3] + ": expected a time such as 90s, 5m or 0"
		}
		if is(f[1], name) && is(f[2], action) {
			s.Deadline = d
		}
	case f[0] == "log" && len(f) == 3:
		n, ok := parseSize(f[2])
		if !ok {
			return f[2] + ": expected a size such as 4096, 64k or 0"
		}
		if is(f[1], name) {
			s.LogSize = n
		}
	case f[0] == "deadline":
		return "expected deadline SERVICE ACTION TIME"
	case f[0] == "log":
		return "expected log SERVICE SIZE"
	default:
		return f[0] + ": expected deadline or log"
	}
	return ""
}

// ParseTime reads a time as 90s, 5m, 1h30m, or a number of seconds; one that
// is negative is none.
func ParseTime(text string) (time.Duration, bool) {
	if d, err := time.ParseDuration(text); err == nil {
		return d, d >= 0
	}
	n, err := strconv.ParseFloat(text, 64)
	d := time.Duration(n * float64(time.Second))
	return d, err == nil && n >= 0 && d >= 0
}

func parseSize(text string) (int64, bool) {
	unit := int64(1)
	switch text[len(text)-1] {
	case 'k', 'K':
		unit = 1 << 10
	case 'M':
		unit = 1 << 20
	}
	if unit > 1 {
		text = text[:len(text)-1]
	}
	n, err := strconv.ParseInt(text, 10, 40)
	return n * unit, err == nil && n >= 0
}
