package process

import (
	"fmt"
	"strconv"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// keyMissing is getent's status for a key that is not in the database.
const keyMissing = 2

// Getent is getent(1) of glibc, for the databases passwd and group as the
// files of /etc have them.
func Getent(c *call.Call) int {
	args := c.Args[1:]
	if len(args) > 0 && args[0] == "--" {
		args = args[1:]
	}
	if len(args) == 0 {
		return c.Refuse("getent without a database")
	}
	users := system.Users{Sys: c.Sys}
	var all func() []string
	var one func(key string) (string, bool)
	switch args[0] {
	case "passwd":
		all = func() (lines []string) {
			for _, u := range users.All() {
				lines = append(lines, passwdLine(u))
			}
			return lines
		}
		one = func(key string) (string, bool) {
			u, ok := users.User(key)
			if id, number := digits(key); number {
				u, ok = users.UserByID(id)
			}
			return passwdLine(u), ok
		}
	case "group":
		all = func() (lines []string) {
			for _, g := range users.AllGroups() {
				lines = append(lines, groupLine(g))
			}
			return lines
		}
		one = func(key string) (string, bool) {
			g, ok := users.Group(key)
			if id, number := digits(key); number {
				g, ok = users.GroupByID(id)
			}
			return groupLine(g), ok
		}
	default:
		return c.Refuse("the database " + args[0])
	}
	for _, a := range args[1:] {
		if strings.HasPrefix(a, "-") {
			return c.Refuse(a)
		}
	}
	if len(args) == 1 {
		for _, line := range all() {
			c.Out.WriteString(line)
		}
		return 0
	}
	status := 0
	for _, key := range args[1:] {
		line, ok := one(key)
		if !ok {
			status = keyMissing
			continue
		}
		c.Out.WriteString(line)
	}
	return status
}

// digits reads a key that is a number.
func digits(s string) (int, bool) {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseUint(s, 10, 32)
	return int(n), err == nil
}

func passwdLine(u system.User) string {
	return fmt.Sprintf("%s:%s:%d:%d:%s:%s:%s\n", u.Name, u.Password, u.UID, u.GID, u.Gecos, u.Home, u.Shell)
}

func groupLine(g system.Group) string {
	return fmt.Sprintf("%s:%s:%d:%s\n", g.Name, g.Password, g.GID, strings.Join(g.Members, ","))
}
