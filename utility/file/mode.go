package file

import (
	"strings"

	"sysv/system"
)

// Bits of a mode by who they are for and what they allow.
const (
	userBits  = system.SetUID | 0o700
	groupBits = system.SetGID | 0o070
	otherBits = system.Sticky | 0o007
	readBits  = system.Mode(0o444)
	writeBits = system.Mode(0o222)
	execBits  = system.Mode(0o111)
	setIDs    = system.SetUID | system.SetGID
)

// modeChange is one operation of a mode such as "u+x" (chmod(1), and the
// grammar of GNU's "File permissions" chapter).
type modeChange struct {
	op                         byte // '+', '-' or '='
	affected, value, mentioned system.Mode
	// copy: value names whose bits are copied. x: X was given.
	copy, x bool
}

// parseMode reads an octal or a symbolic mode.
func parseMode(s string) ([]modeChange, bool) {
	if s != "" && s[0] >= '0' && s[0] <= '7' {
		m, rest := octal(s)
		if rest != "" || m > system.PermMask {
			return nil, false
		}
		// A directory keeps its set-id bits unless five digits name them.
		mentioned := system.PermMask
		if len(s) < 5 {
			mentioned = m&(setIDs|system.Sticky) | 0o777
		}
		return []modeChange{{op: '=', affected: system.PermMask, value: m, mentioned: mentioned}}, true
	}
	var out []modeChange
	for clause := range strings.SplitSeq(s, ",") {
		var ok bool
		if out, ok = parseClause(out, clause); !ok {
			return nil, false
		}
	}
	return out, true
}

func octal(s string) (m system.Mode, rest string) {
	for s != "" && s[0] >= '0' && s[0] <= '7' && m <= system.PermMask {
		m = m<<3 | system.Mode(s[0]-'0')
		s = s[1:]
	}
	return m, s
}

func parseClause(out []modeChange, s string) ([]modeChange, bool) {
	var who system.Mode
	for ; s != ""; s = s[1:] {
		switch s[0] {
		case 'u':
			who |= userBits
		case 'g':
			who |= groupBits
		case 'o':
			who |= otherBits
		case 'a':
			who |= system.PermMask
		default:
			goto ops
		}
	}
ops:
	if s == "" {
		return nil, false
	}
	for s != "" {
		if strings.IndexByte("+-=", s[0]) < 0 {
			return nil, false
		}
		m := modeChange{op: s[0], affected: who}
		s = s[1:]
		switch {
		case s != "" && s[0] >= '0' && s[0] <= '7':
			var v system.Mode
			if v, s = octal(s); who != 0 || s != "" || v > system.PermMask {
				return nil, false
			}
			m.value, m.affected, m.mentioned = v, system.PermMask, system.PermMask
		case s != "" && strings.IndexByte("ugo", s[0]) >= 0:
			m.copy = true
			m.value = map3(s[0], 0o700, 0o070, 0o007)
			s = s[1:]
		default:
			s = m.permissions(s)
		}
		if m.mentioned == 0 {
			m.mentioned = m.value
			if m.affected != 0 {
				m.mentioned = m.affected & m.value
			}
		}
		out = append(out, m)
	}
	return out, true
}

func map3(c byte, u, g, o system.Mode) system.Mode {
	switch c {
	case 'u':
		return u
	case 'g':
		return g
	}
	return o
}

// permissions reads letters of rwxXst into m and returns what follows them.
func (m *modeChange) permissions(s string) string {
	for ; s != ""; s = s[1:] {
		switch s[0] {
		case 'r':
			m.value |= readBits
		case 'w':
			m.value |= writeBits
		case 'x':
			m.value |= execBits
		case 'X':
			m.x = true
		case 's':
			m.value |= setIDs
		case 't':
			m.value |= system.Sticky
		default:
			return s
		}
	}
	return s
}

// adjustMode is what the changes make of a mode. It has permission bits only.
func adjustMode(old system.Mode, dir bool, umask system.Mode, changes []modeChange) system.Mode {
	mode, _ := adjustModeBits(old, dir, umask, changes)
	return mode
}

// adjustModeBits also tells which bits the changes set or clear, whatever
// they were before.
func adjustModeBits(old system.Mode, dir bool, umask system.Mode, changes []modeChange) (mode, bits system.Mode) {
	mode = old.Perm()
	for _, m := range changes {
		var omit system.Mode
		if dir {
			omit = setIDs &^ m.mentioned
		}
		value := m.value
		if m.copy {
			value &= mode
			for _, bits := range [...]system.Mode{readBits, writeBits, execBits} {
				if value&bits != 0 {
					value |= bits
				}
			}
		}
		if m.x && (dir || mode&execBits != 0) {
			value |= execBits
		}
		affected := m.affected
		if affected == 0 {
			affected = ^umask
		}
		value &= affected &^ omit
		switch m.op {
		case '=':
			kept := omit
			if m.affected != 0 {
				kept |= ^m.affected
			}
			bits |= system.PermMask &^ kept
			mode = mode&kept | value
		case '+':
			mode |= value
			bits |= value
		case '-':
			mode &^= value
			bits |= value
		}
	}
	return mode.Perm(), bits
}
