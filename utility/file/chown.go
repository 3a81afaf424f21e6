package file

import (
	"fmt"

	"sysv/system"
	"sysv/utility/call"
)

// ownerChanger is one run of chown or chgrp.
type ownerChanger struct {
	c         *call.Call
	to        owner
	from      owner // required; -1 for any
	recursive bool
	silent    bool
	verbosity int
	// follow changes what a symbolic link leads to; the traversals are -H
	// (links among the operands) and -L (all links).
	follow, followOperands, followAll bool
	keep                              bool
	root                              system.FileInfo
	above                             []system.FileInfo
}

// Chown is chown(1): -R with -H, -L and -P, -h, -c, -f, -v, --from and
// --reference. USER.GROUP works with a warning, as in GNU's.
func Chown(c *call.Call) int { return changeOwner(c, false) }

// Chgrp is chgrp(1), with chown's options but --from.
func Chgrp(c *call.Call) int { return changeOwner(c, true) }

func changeOwner(c *call.Call, groupOnly bool) int {
	long := []string{"recursive>R", "changes>c", "dereference", "no-dereference>h", "preserve-root", "no-preserve-root",
		"quiet>f", "silent>f", "reference=", "verbose>v"}
	if !groupOnly {
		long = append(long, "from=")
	}
	opts, names, unknown, ok := c.Getopt("HLPRcfhv", long...)
	if !ok {
		return badOption(c, unknown)
	}
	m := ownerChanger{c: c, to: owner{uid: -1, gid: -1}, from: owner{uid: -1, gid: -1}}
	deref := -1
	walk := byte('P')
	var reference, from *string
	for _, o := range opts {
		switch o.Name {
		case "H", "L", "P":
			walk = o.Name[0]
		case "R":
			m.recursive = true
		case "h":
			deref = 0
		case "dereference":
			deref = 1
		case "c":
			m.verbosity = changesOnly
		case "v":
			m.verbosity = everything
		case "f":
			m.silent = true
		case "preserve-root":
			m.keep = true
		case "no-preserve-root":
			m.keep = false
		case "reference":
			reference = &o.Arg
		case "from":
			from = &o.Arg
		}
	}
	if from != nil {
		var problem string
		var dotted bool
		m.from, problem, dotted = parseOwner(c, *from)
		if problem != "" {
			return m.unknownName(problem, *from)
		}
		if dotted {
			c.Errorf("warning: '.' should be ':': %s", call.QuoteArg(*from))
		}
	}
	if m.recursive && walk == 'P' {
		if deref == 1 {
			return c.Fail("-R --dereference requires either -H or -L")
		}
		deref = 0
	}
	m.follow = deref != 0
	m.followOperands = m.recursive && walk != 'P'
	m.followAll = m.recursive && walk == 'L'
	if reference == nil {
		switch len(names) {
		case 0:
			return missing(c, "operand")
		case 1:
			return missing(c, "operand after "+call.QuoteArg(names[0]))
		}
	} else if len(names) == 0 {
		return missing(c, "operand")
	}
	if reference == nil {
		if problem := m.target(names[0], groupOnly); problem != "" {
			return m.unknownName(problem, names[0])
		}
		names = names[1:]
	} else {
		st, err := c.Stat(*reference)
		if err != nil {
			return c.Fail("failed to get attributes of %s: %v", call.Quote(*reference), err)
		}
		g := groupName(c, st.GID)
		m.to.gid, m.to.group = st.GID, &g
		if !groupOnly {
			u := userName(c, st.UID)
			m.to.uid, m.to.user = st.UID, &u
		}
	}
	if m.recursive && m.keep {
		m.root, _ = c.Lstat("/")
	}
	status := 0
	for _, n := range names {
		if c.Stop() {
			return 1
		}
		if !m.operand(operandPath(n)) {
			status = 1
		}
	}
	return status
}

// target reads the user and group, or the group, that the operand names.
func (m *ownerChanger) target(spec string, groupOnly bool) (problem string) {
	if groupOnly {
		if spec == "" {
			return ""
		}
		gid, ok := lookGroup(m.c, spec)
		if !ok {
			return "invalid group"
		}
		m.to.gid, m.to.group = gid, &spec
		return ""
	}
	to, problem, dotted := parseOwner(m.c, spec)
	if problem != "" {
		return problem
	}
	if dotted {
		m.c.Errorf("warning: '.' should be ':': %s", call.QuoteArg(spec))
	}
	if to.user == nil && to.group != nil {
		none := ""
		to.user = &none
	}
	m.to = to
	return ""
}

// unknownName ends a run because of a name that the files do not have.
func (m *ownerChanger) unknownName(problem, spec string) int {
	if otherNames(m.c) {
		return m.c.Refuse("a user or group from another source than files")
	}
	return m.c.Fail("%s: %s", problem, call.QuoteArg(spec))
}

func (m *ownerChanger) operand(path string) bool {
	st, err := m.c.Lstat(path)
	if err == nil && m.followOperands && st.Mode.IsSymlink() {
		if target, e := m.c.Stat(path); e == nil {
			st = target
		}
	}
	if err != nil {
		return m.noAccess(path, err)
	}
	return m.walk(path, st, true)
}

func (m *ownerChanger) noAccess(path string, err error) bool {
	if !m.silent {
		m.c.Errorf("cannot access %s: %v", call.Quote(path), err)
	}
	if m.verbosity == everything {
		m.describe(path, nil)
	}
	return false
}

// walk changes what is in a directory first, and then itself.
func (m *ownerChanger) walk(path string, st system.FileInfo, top bool) bool {
	c := m.c
	if !m.recursive || !st.Mode.IsDir() {
		return m.change(path, st)
	}
	if m.root.Ino != 0 && st.SameFile(m.root) {
		warnRoot(c, path)
		return false
	}
	for _, a := range m.above {
		if a.SameFile(st) {
			// A cycle that -L made.
			return true
		}
	}
	var list []system.DirEntry
	var err error
	if top && m.followOperands || m.followAll {
		list, err = c.ReadDir(path)
	} else {
		list, err = readDir(c, path, st)
	}
	if err != nil {
		if !m.silent {
			c.Errorf("cannot read directory %s: %v", call.Quote(path), err)
		}
		return false
	}
	ok := true
	m.above = append(m.above, st)
	for _, e := range list {
		if c.Stop() {
			return false
		}
		name := join(path, e.Name)
		sub, err := c.Lstat(name)
		if err == nil && m.followAll && sub.Mode.IsSymlink() {
			if target, e := c.Stat(name); e == nil {
				sub = target
			}
		}
		if err != nil {
			ok = false
			m.noAccess(name, err)
			continue
		}
		ok = m.walk(name, sub, false) && ok
	}
	m.above = m.above[:len(m.above)-1]
	return m.change(path, st) && ok
}

// change is chown(2) on one file, and what is said of it.
func (m *ownerChanger) change(path string, st system.FileInfo) bool {
	c := m.c
	if m.follow && st.Mode.IsSymlink() {
		target, err := c.Stat(path)
		if err != nil {
			if !m.silent {
				c.Errorf("cannot dereference %s: %v", call.Quote(path), err)
			}
			if m.verbosity == everything {
				m.describe(path, nil)
			}
			return false
		}
		st = target
	}
	match := (m.from.uid < 0 || m.from.uid == st.UID) && (m.from.gid < 0 || m.from.gid == st.GID)
	var err error
	if match {
		err = c.Chown(path, m.to.uid, m.to.gid, m.follow)
		if err != nil && !m.silent {
			what := "ownership"
			if m.to.uid < 0 {
				what = "group"
			}
			c.Errorf("changing %s of %s: %v", what, call.Quote(path), err)
		}
	}
	changed := match && err == nil && (m.to.uid >= 0 && m.to.uid != st.UID || m.to.gid >= 0 && m.to.gid != st.GID)
	if m.verbosity == everything || m.verbosity == changesOnly && changed {
		m.describeDone(path, st, changed, err)
	}
	return err == nil
}

// spec joins a user's and a group's name as messages give them.
func spec(user, group *string) string {
	switch {
	case user != nil && group != nil:
		return *user + ":" + *group
	case user != nil:
		return *user
	case group != nil:
		return *group
	}
	return ""
}

func (m *ownerChanger) describeDone(path string, st system.FileInfo, changed bool, err error) {
	var oldUser, oldGroup *string
	if m.to.user != nil {
		n := userName(m.c, st.UID)
		oldUser = &n
	}
	if m.to.group != nil {
		n := groupName(m.c, st.GID)
		oldGroup = &n
	}
	old := spec(oldUser, oldGroup)
	if err != nil {
		m.describe(path, &old)
		return
	}
	q := call.Quote(path)
	what := "ownership"
	if m.to.user == nil {
		what = "group"
	}
	switch {
	case m.to.user == nil && m.to.group == nil && changed:
		fmt.Fprintf(m.c.Out, "no change to ownership of %s\n", q)
	case m.to.user == nil && m.to.group == nil:
		fmt.Fprintf(m.c.Out, "ownership of %s retained\n", q)
	case changed:
		fmt.Fprintf(m.c.Out, "changed %s of %s from %s to %s\n", what, q, old, spec(m.to.user, m.to.group))
	default:
		fmt.Fprintf(m.c.Out, "%s of %s retained as %s\n", what, q, old)
	}
}

// describe tells of a failure; old is nil where the file could not be seen.
func (m *ownerChanger) describe(path string, old *string) {
	what := "ownership"
	if m.to.user == nil {
		what = "group"
	}
	q, to := call.Quote(path), spec(m.to.user, m.to.group)
	switch {
	case m.to.user == nil && m.to.group == nil:
		fmt.Fprintf(m.c.Out, "failed to change ownership of %s\n", q)
	case old == nil:
		fmt.Fprintf(m.c.Out, "failed to change %s of %s to %s\n", what, q, to)
	default:
		fmt.Fprintf(m.c.Out, "failed to change %s of %s from %s to %s\n", what, q, *old, to)
	}
}
