package lsb

// Levels is a set of runlevels, a bit for each of 0 to 6, and one for S.
type Levels uint16

// LevelS is the runlevel S, of what runs once when the system boots.
const LevelS Levels = 1 << 7

// LevelNames are the runlevels in the order of their bits.
const LevelNames = "0123456S"

// LevelOf is the set of the one runlevel that a letter names, as insserv and
// chkconfig name it; it is empty for a letter that names none.
func LevelOf(c byte) Levels {
	switch {
	case c >= '0' && c <= '6':
		return 1 << (c - '0')
	case c == 's' || c == 'S':
		return LevelS
	}
	return 0
}

// Has is true if the runlevel of this letter is in the set.
func (l Levels) Has(c byte) bool { return l&LevelOf(c) != 0 }

// String is the set as a header has it: letters with spaces between them.
func (l Levels) String() string {
	var b []byte
	for i := 0; i < len(LevelNames); i++ {
		if l&(1<<i) == 0 {
			continue
		}
		if len(b) > 0 {
			b = append(b, ' ')
		}
		b = append(b, LevelNames[i])
	}
	return string(b)
}
