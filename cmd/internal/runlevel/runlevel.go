// Package runlevel is the command runlevel: the runlevel before this one, and
// this one, as sysvinit's runlevel(8) prints them.
package runlevel

import (
	"context"
	"encoding/binary"
	"strings"

	"sysv/system"
)

// ExitUnknown is a runlevel that nothing tells.
const ExitUnknown = 1

// Where the runlevel is looked for.
const (
	// utmpPath is utmp(5).
	utmpPath = "/run/utmp"
	// statePath is where sysvinit's init writes it where there is no utmp.
	statePath = "/run/runlevel"
	// RecordPath is our own init's record: "PREVIOUS CURRENT" and a newline,
	// with N for no previous one.
	RecordPath = "/run/sysv/runlevel"
)

// Level is the runlevels: this one, and the one before it or 'N'.
type Level struct{ Previous, Current byte }

// String is what runlevel prints.
func (l Level) String() string { return string([]byte{l.Previous, ' ', l.Current}) }

// Run runs the command; args[1], if there is one, is the utmp file to be read.
func Run(_ context.Context, p *system.Process, args []string) int {
	var l Level
	var ok bool
	if len(args) > 1 {
		l, ok = fromUtmp(p, args[1])
		if !ok {
			l, ok = fromState(p)
		}
	} else {
		l, ok = Find(p)
	}
	if !ok {
		system.WriteAll(p.Stdout(), []byte("unknown\n"))
		return ExitUnknown
	}
	system.WriteAll(p.Stdout(), []byte(l.String()+"\n"))
	return 0
}

// Find finds the runlevels in utmp, in sysvinit's file, or in our own record.
func Find(p *system.Process) (Level, bool) {
	if l, ok := fromUtmp(p, utmpPath); ok {
		return l, true
	}
	if l, ok := fromState(p); ok {
		return l, true
	}
	return Recorded(p)
}

// A record of utmp(5) as glibc has it on all of Linux's machines.
const (
	recordSize = 384
	runLevel   = 1 // ut_type RUN_LVL
)

// fromUtmp reads the first runlevel record of a file: its pid is the level,
// and 256 times the one before.
func fromUtmp(p *system.Process, path string) (Level, bool) {
	b, err := p.ReadFile(path, 0)
	if err != nil {
		return Level{}, false
	}
	for ; len(b) >= recordSize; b = b[recordSize:] {
		if binary.NativeEndian.Uint16(b) != runLevel {
			continue
		}
		pid := int32(binary.NativeEndian.Uint32(b[4:]))
		l := Level{byte(pid / 256), byte(pid % 256)}
		if l.Previous == 0 {
			l.Previous = 'N'
		}
		return l, true
	}
	return Level{}, false
}

// fromState reads sysvinit's file, which has the one character alone.
func fromState(p *system.Process) (Level, bool) {
	b, err := p.ReadFile(statePath, 4096)
	if err != nil || len(b) == 0 {
		return Level{}, false
	}
	return Level{'N', b[0]}, true
}

// Recorded reads our own record.
func Recorded(p *system.Process) (Level, bool) {
	b, err := p.ReadFile(RecordPath, 4096)
	f := strings.Fields(string(b))
	if err != nil || len(f) != 2 || len(f[0]) != 1 || len(f[1]) != 1 {
		return Level{}, false
	}
	return Level{f[0][0], f[1][0]}, true
}
