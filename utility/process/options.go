// Package process is the built-in utilities that start, find, signal and
// describe processes: start-stop-daemon, pidof, killall5, killall, pkill,
// pgrep, ps, kill, nice, nohup, setsid, su, runuser, env, timeout, sleep, id,
// whoami, groups, getent, chroot and tty.
package process

import (
	"strings"

	"sysv/utility/call"
)

// scanner reads options one by one as glibc's getopt_long does, with its
// messages, for utilities that answer an unknown option themselves, or act on
// one before they have read the next. The syntax of short and long is that of
// [call.Call.Getopt].
type scanner struct {
	c     *call.Call
	short string
	long  []string
	// inOrder ends the options at the first operand.
	inOrder bool
	// quiet is opterr=0.
	quiet bool

	rest     []string // what was not looked at yet
	joined   string   // short options after the current one
	operands []string
}

func scan(c *call.Call, short string, long ...string) *scanner {
	s := &scanner{c: c, short: strings.TrimPrefix(short, "+"), long: long, rest: c.Args[1:]}
	s.inOrder = s.short != short
	return s
}

// bad is the name of an option that is not one; a message has been printed.
const bad = "?"

// next is the next option: its name is "" at the end, and then operands has
// what is left.
func (s *scanner) next() (name, arg string) {
	for s.joined == "" {
		if len(s.rest) == 0 {
			return "", ""
		}
		a := s.rest[0]
		switch {
		case a == "--":
			s.operands = append(s.operands, s.rest[1:]...)
			s.rest = nil
			return "", ""
		case strings.HasPrefix(a, "--"):
			s.rest = s.rest[1:]
			return s.longOption(a[2:])
		case len(a) > 1 && a[0] == '-':
			s.rest = s.rest[1:]
			s.joined = a[1:]
		case s.inOrder:
			s.operands = append(s.operands, s.rest...)
			s.rest = nil
			return "", ""
		default:
			s.operands = append(s.operands, a)
			s.rest = s.rest[1:]
		}
	}
	return s.shortOption()
}

func (s *scanner) shortOption() (name, arg string) {
	o := s.joined[:1]
	s.joined = s.joined[1:]
	at := strings.Index(s.short, o)
	if at < 0 || o == ":" {
		s.complain("invalid option -- '" + o + "'")
		return bad, o
	}
	spec := s.short[at+1:]
	if !strings.HasPrefix(spec, ":") {
		return o, ""
	}
	arg, s.joined = s.joined, ""
	if arg != "" || strings.HasPrefix(spec, "::") {
		return o, arg
	}
	if len(s.rest) == 0 {
		s.complain("option requires an argument -- '" + o + "'")
		return bad, o
	}
	arg, s.rest = s.rest[0], s.rest[1:]
	return o, arg
}

func (s *scanner) longOption(text string) (name, arg string) {
	given, arg, joined := strings.Cut(text, "=")
	var matches []string
	for _, l := range s.long {
		full := longName(l)
		if full == given {
			matches = []string{l}
			break
		}
		if strings.HasPrefix(full, given) {
			matches = append(matches, l)
		}
	}
	switch {
	case len(matches) == 0:
		s.complain("unrecognized option '--" + given + "'")
		return bad, text
	case len(matches) > 1:
		var m strings.Builder
		m.WriteString("option '--" + text + "' is ambiguous; possibilities:")
		for _, l := range matches {
			m.WriteString(" '--" + longName(l) + "'")
		}
		s.complain(m.String())
		return bad, text
	}
	full := longName(matches[0])
	wants := strings.TrimPrefix(matches[0], full)
	wants, alias, has := strings.Cut(wants, ">")
	name = full
	if has {
		name = alias
	}
	switch {
	case wants == "" && joined:
		s.complain("option '--" + full + "' doesn't allow an argument")
		return bad, text
	case wants == "=" && !joined:
		if len(s.rest) == 0 {
			s.complain("option '--" + full + "' requires an argument")
			return bad, text
		}
		arg, s.rest = s.rest[0], s.rest[1:]
	}
	return name, arg
}

func (s *scanner) complain(m string) {
	if !s.quiet {
		s.c.Errorf("%s", m)
	}
}

func longName(l string) string {
	if i := strings.IndexAny(l, "=>"); i >= 0 {
		return l[:i]
	}
	return l
}
