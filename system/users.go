package system

import (
	"strconv"
	"strings"
)

// User is a line of passwd(5).
type User struct {
	Name, Password string
	UID, GID       int
	Gecos          string
	Home, Shell    string
}

// Group is a line of group(5).
type Group struct {
	Name, Password string
	GID            int
	Members        []string
}

// Users reads the users and groups of a machine from /etc/passwd and
// /etc/group. A user that only a name service knows is not found here.
type Users struct {
	Sys Files
	// Root is put before /etc; "" is the machine's own.
	Root string
}

// User finds a user by name.
func (u Users) User(name string) (User, bool) {
	return find(u, "/etc/passwd", parseUser, func(x User) bool { return x.Name == name })
}

// UserByID finds the first user with this uid.
func (u Users) UserByID(uid int) (User, bool) {
	return find(u, "/etc/passwd", parseUser, func(x User) bool { return x.UID == uid })
}

// Group finds a group by name.
func (u Users) Group(name string) (Group, bool) {
	return find(u, "/etc/group", parseGroup, func(x Group) bool { return x.Name == name })
}

// GroupByID finds the first group with this gid.
func (u Users) GroupByID(gid int) (Group, bool) {
	return find(u, "/etc/group", parseGroup, func(x Group) bool { return x.GID == gid })
}

// All lists every user, in the order of the file.
func (u Users) All() []User { return all(u, "/etc/passwd", parseUser) }

// AllGroups lists every group, in the order of the file.
func (u Users) AllGroups() []Group { return all(u, "/etc/group", parseGroup) }

// GroupIDs is a user's supplementary groups as initgroups(3) sets them: gid
// and each group that has the user as a member.
func (u Users) GroupIDs(name string, gid int) []int {
	ids := []int{gid}
	for _, g := range u.AllGroups() {
		for _, m := range g.Members {
			if m == name && g.GID != gid {
				ids = append(ids, g.GID)
				break
			}
		}
	}
	return ids
}

func find[T any](u Users, path string, parse func(string) (T, bool), want func(T) bool) (T, bool) {
	for _, x := range all(u, path, parse) {
		if want(x) {
			return x, true
		}
	}
	var none T
	return none, false
}

func all[T any](u Users, path string, parse func(string) (T, bool)) []T {
	f, err := u.Sys.Open(u.Root+path, ReadOnly, 0)
	if err != nil {
		return nil
	}
	defer f.Close()
	b, err := ReadAll(f, 0)
	if err != nil {
		return nil
	}
	var out []T
	for line := range strings.Lines(string(b)) {
		if x, ok := parse(strings.TrimSuffix(line, "\n")); ok {
			out = append(out, x)
		}
	}
	return out
}

func parseUser(line string) (User, bool) {
	f := strings.Split(line, ":")
	if len(f) < 7 || f[0] == "" || f[0][0] == '#' {
		return User{}, false
	}
	uid, err1 := strconv.Atoi(f[2])
	gid, err2 := strconv.Atoi(f[3])
	return User{f[0], f[1], uid, gid, f[4], f[5], f[6]}, err1 == nil && err2 == nil
}

func parseGroup(line string) (Group, bool) {
	f := strings.Split(line, ":")
	if len(f) < 4 || f[0] == "" || f[0][0] == '#' {
		return Group{}, false
	}
	gid, err := strconv.Atoi(f[2])
	g := Group{Name: f[0], Password: f[1], GID: gid}
	if f[3] != "" {
		g.Members = strings.Split(f[3], ",")
	}
	return g, err == nil
}
