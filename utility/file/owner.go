package file

import (
	"strconv"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// owner is a user and a group to be set; -1 leaves one as it is. The names
// are as messages give them, nil where none was named.
type owner struct {
	uid, gid    int
	user, group *string
}

// maxID is the largest user or group number: (uid_t) -1 means none.
const maxID = 1<<32 - 2

// parseID reads a number such as 0 or +33.
func parseID(s string) (int, bool) {
	n, err := strconv.ParseUint(strings.TrimPrefix(s, "+"), 10, 32)
	return int(n), err == nil && n <= maxID
}

// lookUser and lookGroup find an id by name or number.
func lookUser(c *call.Call, name string) (u system.User, named, ok bool) {
	users := system.Users{Sys: c.Sys}
	if name != "" && name[0] != '+' {
		if u, ok := users.User(name); ok {
			return u, true, true
		}
	}
	id, ok := parseID(name)
	return system.User{UID: id, GID: -1}, false, ok
}

func lookGroup(c *call.Call, name string) (gid int, ok bool) {
	users := system.Users{Sys: c.Sys}
	if name != "" && name[0] != '+' {
		if g, ok := users.Group(name); ok {
			return g.GID, true
		}
	}
	return parseID(name)
}

// parseOwner reads USER, USER:GROUP, USER:, :GROUP, and the old USER.GROUP,
// for which dotted is true. problem is "invalid user" and so on.
func parseOwner(c *call.Call, spec string) (o owner, problem string, dotted bool) {
	sep := strings.IndexByte(spec, ':')
	o, problem = splitOwner(c, spec, sep)
	if problem == "" || sep >= 0 {
		return o, problem, false
	}
	if dot := strings.IndexByte(spec, '.'); dot >= 0 {
		if od, p := splitOwner(c, spec, dot); p == "" {
			return od, "", true
		}
	}
	return o, problem, false
}

func splitOwner(c *call.Call, spec string, sep int) (owner, string) {
	o := owner{uid: -1, gid: -1}
	user, group := spec, ""
	if sep >= 0 {
		user, group = spec[:sep], spec[sep+1:]
	}
	if user != "" {
		u, named, ok := lookUser(c, user)
		login := sep >= 0 && group == ""
		switch {
		case !ok:
			return o, "invalid user"
		case login && !named:
			return o, "invalid spec"
		case login:
			o.gid = u.GID
			name := groupName(c, u.GID)
			o.group = &name
		}
		o.uid, o.user = u.UID, &user
	}
	if group != "" {
		gid, ok := lookGroup(c, group)
		if !ok {
			return o, "invalid group"
		}
		o.gid, o.group = gid, &group
	}
	return o, ""
}

func userName(c *call.Call, uid int) string {
	if u, ok := (system.Users{Sys: c.Sys}).UserByID(uid); ok {
		return u.Name
	}
	return strconv.Itoa(uid)
}

func groupName(c *call.Call, gid int) string {
	if g, ok := (system.Users{Sys: c.Sys}).GroupByID(gid); ok {
		return g.Name
	}
	return strconv.Itoa(gid)
}

// otherNames tells whether the machine knows users or groups from elsewhere
// than /etc/passwd and /etc/group (nsswitch.conf(5)), so that a name that is
// not in those may still be right.
func otherNames(c *call.Call) bool {
	b, err := c.ReadFile("/etc/nsswitch.conf", 0)
	if err != nil {
		return false
	}
	for line := range strings.Lines(string(b)) {
		line, _, _ = strings.Cut(line, "#")
		db, sources, ok := strings.Cut(line, ":")
		if db = strings.TrimSpace(db); !ok || db != "passwd" && db != "group" {
			continue
		}
		for s := range strings.FieldsSeq(sources) {
			switch s {
			case "files", "compat", "db", "systemd":
			default:
				if s[0] != '[' {
					return true
				}
			}
		}
	}
	return false
}
