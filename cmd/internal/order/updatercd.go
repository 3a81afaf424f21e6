package order

import (
	"strings"

	"sysv/lsb"
	"sysv/runlevel"
)

// plainNumber is that of every link which update-rc.d makes where there is no
// insserv.
const plainNumber = 1

// asUpdateRcd is what Debian's update-rc.d does by itself, without insserv:
// links that are there stay, and a script without any gets the number 01 in
// the runlevels of its header. rc then runs them by their names.
func asUpdateRcd(t *tree) (*model, error) {
	m := &model{as: "update-rc.d", sequential: true}
	for i := range t.files {
		f := &t.files[i]
		s := script{name: f.name, path: f.path, start: none, stop: none}
		if len(t.byScript[f.name]) > 0 {
			s.startLevels, s.start = t.linked(f.name, runlevel.Start)
			s.stopLevels, s.stop = t.linked(f.name, runlevel.Stop)
			s.startAt, s.stopAt = "the link that is there", "the link that is there"
		} else {
			s.startLevels, s.stopLevels = "2345", "016"
			if f.header.Begin != 0 {
				s.startLevels, s.stopLevels = letters(f.header.Levels(lsb.DefaultStart)), letters(f.header.Levels(lsb.DefaultStop))
			} else {
				m.note("%s: has no LSB header: runlevels 2 3 4 5", f.path)
			}
			if s.startLevels != "" {
				s.start = plainNumber
			}
			if s.stopLevels != "" {
				s.stop = plainNumber
			}
			s.startAt, s.stopAt = "every new link is 01", "every new link is 01"
		}
		s.early = strings.Contains(s.startLevels, "S")
		m.add(s)
	}
	return m, nil
}
