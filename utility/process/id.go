package process

import (
	"slices"
	"strconv"

	"sysv/system"
	"sysv/utility/call"
)

// ids is who is described: the process, or a user of the machine.
type ids struct {
	*call.Call
	users  system.Users
	failed bool
	system.Identity
	name string // of the user asked for; "" is the process
}

// ID is id(1) of GNU coreutils.
func ID(c *call.Call) int {
	opts, operands, unknown, ok := c.Getopt("agnruzG", "zero>z", "group>g", "groups>G", "name>n", "real>r", "user>u")
	if unknown != "" {
		return c.Refuse(unknown)
	}
	if !ok {
		return 1
	}
	var only string
	var names, real, zero bool
	for _, o := range opts {
		switch o.Name {
		case "u", "g", "G":
			if only != "" && only != o.Name {
				return c.Fail("cannot print \"only\" of more than one choice")
			}
			only = o.Name
		case "n":
			names = true
		case "r":
			real = true
		case "z":
			zero = true
		}
	}
	switch {
	case only == "" && (real || names):
		return c.Fail("cannot print only names or real IDs in default format")
	case only == "" && zero:
		return c.Fail("option --zero not permitted in default format")
	}
	w := &ids{Call: c, users: system.Users{Sys: c.Sys}}
	end := "\n"
	if zero {
		end = "\x00"
	}
	if len(operands) == 0 {
		w.Identity = c.Sys.Identity()
		w.print(only, names, real, zero)
		c.Out.WriteString(end)
	}
	for _, o := range operands {
		if c.Stop() {
			return 1
		}
		u, ok := findUser(w.users, o)
		if !ok {
			c.Errorf("%s: no such user", call.Quote(o))
			w.failed = true
			continue
		}
		w.become(u)
		w.print(only, names, real, zero)
		if zero && only == "G" && len(operands) > 1 {
			c.Out.WriteString("\x00")
		}
		c.Out.WriteString(end)
	}
	if w.failed {
		return 1
	}
	return 0
}

// findUser finds a user by name, or by number where no name is that number.
func findUser(users system.Users, spec string) (system.User, bool) {
	if spec == "" {
		return system.User{}, false
	}
	if spec[0] != '+' {
		if u, ok := users.User(spec); ok {
			return u, true
		}
	}
	n, err := strconv.ParseUint(spec, 10, 32)
	if err != nil && spec[0] == '+' {
		n, err = strconv.ParseUint(spec[1:], 10, 32)
	}
	if err != nil {
		return system.User{}, false
	}
	return users.UserByID(int(n))
}

func (w *ids) become(u system.User) {
	w.name = u.Name
	w.Identity = system.Identity{UID: u.UID, EUID: u.UID, GID: u.GID, EGID: u.GID, Groups: w.users.GroupIDs(u.Name, u.GID)}
}

// groups lists the effective group and the supplementary ones, each once.
func (w *ids) groups() []int {
	list := []int{w.EGID}
	for _, g := range w.Groups {
		if g != list[0] && g != list[len(list)-1] {
			list = append(list, g)
		}
	}
	return list
}

func (w *ids) print(only string, names, real, zero bool) {
	switch only {
	case "u":
		id := w.EUID
		if real {
			id = w.UID
		}
		w.user(id, names)
	case "g":
		id := w.EGID
		if real {
			id = w.GID
		}
		w.group(id, names)
	case "G":
		separator := " "
		if zero {
			separator = "\x00"
		}
		w.groupList(names, separator)
	default:
		w.full()
	}
}

func (w *ids) user(id int, name bool) {
	if name {
		if u, ok := w.users.UserByID(id); ok {
			w.Out.WriteString(u.Name)
			return
		}
		w.Errorf("cannot find name for user ID %d", id)
		w.failed = true
	}
	w.Out.WriteString(strconv.Itoa(id))
}

func (w *ids) group(id int, name bool) {
	if name {
		if g, ok := w.users.GroupByID(id); ok {
			w.Out.WriteString(g.Name)
			return
		}
		w.Errorf("cannot find name for group ID %d", id)
		w.failed = true
	}
	w.Out.WriteString(strconv.Itoa(id))
}

func (w *ids) groupList(names bool, separator string) {
	list := []int{w.GID}
	if w.EGID != w.GID {
		list = append(list, w.EGID)
	}
	for _, g := range w.groups() {
		if g != w.GID && g != w.EGID {
			list = append(list, g)
		}
	}
	for i, g := range list {
		if i > 0 {
			w.Out.WriteString(separator)
		}
		w.group(g, names)
	}
}

// full is the default format.
func (w *ids) full() {
	w.both("uid=", w.UID, w.userName)
	w.both(" gid=", w.GID, w.groupName)
	if w.EUID != w.UID {
		w.both(" euid=", w.EUID, w.userName)
	}
	if w.EGID != w.GID {
		w.both(" egid=", w.EGID, w.groupName)
	}
	before := " groups="
	for _, g := range w.groups() {
		w.both(before, g, w.groupName)
		before = ","
	}
}

func (w *ids) userName(id int) (string, bool) {
	u, ok := w.users.UserByID(id)
	return u.Name, ok
}

func (w *ids) groupName(id int) (string, bool) {
	g, ok := w.users.GroupByID(id)
	return g.Name, ok
}

func (w *ids) both(before string, id int, name func(int) (string, bool)) {
	w.Out.WriteString(before + strconv.Itoa(id))
	if n, ok := name(id); ok {
		w.Out.WriteString("(" + n + ")")
	}
}

// Groups is groups(1) of GNU coreutils.
func Groups(c *call.Call) int {
	_, operands, unknown, ok := c.Getopt("")
	if unknown != "" {
		return c.Refuse(unknown)
	}
	if !ok {
		return 1
	}
	w := &ids{Call: c, users: system.Users{Sys: c.Sys}}
	if len(operands) == 0 {
		w.Identity = c.Sys.Identity()
		w.groupList(true, " ")
		c.Out.WriteString("\n")
	}
	for _, o := range operands {
		if c.Stop() {
			return 1
		}
		u, ok := w.users.User(o)
		if !ok {
			c.Errorf("%s: no such user", call.Quote(o))
			w.failed = true
			continue
		}
		w.become(u)
		c.Out.WriteString(o + " : ")
		w.groupList(true, " ")
		c.Out.WriteString("\n")
	}
	if w.failed {
		return 1
	}
	return 0
}

// Whoami is whoami(1) of GNU coreutils.
func Whoami(c *call.Call) int {
	_, operands, unknown, ok := c.Getopt("")
	if unknown != "" {
		return c.Refuse(unknown)
	}
	if !ok {
		return 1
	}
	if len(operands) > 0 {
		c.Errorf("extra operand %s", call.Quote(operands[0]))
		c.Hint()
		return 1
	}
	id := c.Sys.Identity().EUID
	u, found := system.Users{Sys: c.Sys}.UserByID(id)
	if !found {
		return c.Fail("cannot find name for user ID %d", id)
	}
	c.Out.WriteString(u.Name + "\n")
	return 0
}

// TTY is tty(1) of GNU coreutils.
func TTY(c *call.Call) int {
	opts, operands, unknown, ok := c.Getopt("s", "silent>s", "quiet>s")
	if unknown != "" {
		return c.Refuse(unknown)
	}
	if !ok {
		return 2
	}
	if len(operands) > 0 {
		c.Errorf("extra operand %s", call.Quote(operands[0]))
		c.Hint()
		return 2
	}
	terminal := c.Stdin().IsTerminal()
	switch {
	case len(opts) > 0:
	case !terminal:
		c.Out.WriteString("not a tty\n")
	default:
		c.Out.WriteString(terminalName(c.Process) + "\n")
	}
	if !terminal {
		return 1
	}
	return 0
}

// terminalName finds the device file of standard input.
func terminalName(p *system.Process) string {
	st, err := p.Stdin().Stat()
	if err != nil {
		return "not a tty"
	}
	for _, dir := range []string{"/dev/pts", "/dev"} {
		list, _ := p.Sys.ReadDir(dir)
		slices.SortFunc(list, func(a, b system.DirEntry) int { return len(a.Name) - len(b.Name) })
		for _, e := range list {
			path := dir + "/" + e.Name
			f, err := p.Sys.Lstat(path)
			if err == nil && f.Mode.Type() == system.TypeChar && f.Rdev == st.Rdev {
				return path
			}
		}
	}
	return "not a tty"
}
