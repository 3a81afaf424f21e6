package order

import (
	"strconv"

	"sysv/runlevel"
)

// asBuildroot is the order of rcS and rcK: that of the names of
// /etc/init.d/S??*.
func asBuildroot(t *tree) (*model, error) {
	o, err := runlevel.Buildroot(t.root)
	return named("buildroot", o), err
}

// asOpenWrt is the order in which procd calls /etc/rc.d/S* and K*.
func asOpenWrt(t *tree) (*model, error) {
	o, err := runlevel.OpenWrt(t.root)
	return named("openwrt", o), err
}

// named is a model of scripts in the order of their names.
func named(as string, o runlevel.NameOrder) *model {
	m := &model{as: as, sequential: true}
	at := func(s runlevel.NamedScript) int {
		i, ok := m.index[s.Script]
		if !ok {
			i = m.add(script{name: s.Script, path: "/" + s.Path, start: none, stop: none})
		}
		return i
	}
	for k, s := range o.Start {
		e := &m.scripts[at(s)]
		e.start, e.startLevels, e.startAt = position(s, k), "-", "its name: /"+s.Path
	}
	for k, s := range o.Stop {
		e := &m.scripts[at(s)]
		e.stop, e.stopLevels, e.stopAt = position(s, k), "-", "its name: /"+s.Path
		if as == "buildroot" {
			e.stop = k + 1
		}
	}
	return m
}

// position is the number of a name; one that has no digits comes behind all
// that have, in its place.
func position(s runlevel.NamedScript, place int) int {
	n, err := strconv.Atoi(s.Number)
	if err != nil || n < 0 {
		return 100 + place
	}
	return n
}
