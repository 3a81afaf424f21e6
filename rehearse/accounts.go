package rehearse

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"sysv/system"
)

// A package's users are made by its maintainer scripts, and so are in no tree
// of its files. Those that the script names are invented there.

// accountsOf are the users and groups that a command names, as "user" and
// ":group".
func accountsOf(argv []string) []string {
	var l []string
	add := func(s string) {
		user, group, _ := strings.Cut(strings.ReplaceAll(s, ".", ":"), ":")
		l = append(l, user)
		if group != "" {
			l = append(l, ":"+group)
		}
	}
	operands := func(stop int) (out []string) {
		for _, a := range argv[1:] {
			if !strings.HasPrefix(a, "-") && len(out) < stop {
				out = append(out, a)
			}
		}
		return out
	}
	switch base(argv[0]) {
	case "chown":
		for _, a := range operands(1) {
			add(a)
		}
	case "chgrp":
		for _, a := range operands(1) {
			l = append(l, ":"+a)
		}
	case "install":
		for _, v := range option(argv[1:], []string{"-o", "--owner"}) {
			l = append(l, v)
		}
		for _, v := range option(argv[1:], []string{"-g", "--group"}) {
			l = append(l, ":"+v)
		}
	case "start-stop-daemon":
		if i := slices.Index(argv, "--"); i > 0 {
			argv = argv[:i]
		}
		for _, v := range option(argv[1:], []string{"-c", "--chuid", "-u", "--user"}) {
			add(v)
		}
		for _, v := range option(argv[1:], []string{"-g", "--group"}) {
			l = append(l, ":"+v)
		}
	case "su", "runuser", "sudo", "setuidgid", "chpst":
		for _, v := range option(argv[1:], []string{"-u"}) {
			add(v)
		}
		for _, a := range operands(1) {
			add(a)
		}
	}
	return slices.DeleteFunc(l, func(s string) bool { return !isAccount(strings.TrimPrefix(s, ":")) })
}

func isAccount(s string) bool {
	if s == "" || s == "root" || len(s) > 32 || strings.IndexByte("_-.0123456789", s[0]) >= 0 && s[0] != '_' {
		return false
	}
	return plainName(s)
}

// maxAccounts bounds how many are invented.
const maxAccounts = 50

func (r *run) addAccounts(l []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, a := range l {
		if len(r.accounts) < maxAccounts {
			if r.accounts == nil {
				r.accounts = map[string]bool{}
			}
			r.accounts[a] = true
		}
	}
}

func (r *run) countAccounts() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.accounts)
}

// firstAccount is the number of the first account that is invented.
const firstAccount = 600

// addAccounts makes those that the machine has not.
func (s *stage) addAccounts() {
	s.r.mu.Lock()
	names := slices.Sorted(maps.Keys(s.r.accounts))
	s.r.mu.Unlock()
	if len(names) == 0 {
		return
	}
	users := system.Users{Sys: s.m}
	passwd, err1 := readText(s.m, "/etc/passwd")
	group, err2 := readText(s.m, "/etc/group")
	if err1 != nil || err2 != nil {
		return
	}
	before := [2]string{passwd, group}
	made := map[string]bool{}
	for i, name := range names {
		id := firstAccount + i
		plain, isGroup := strings.CutPrefix(name, ":")
		if _, ok := users.User(plain); !isGroup && !ok {
			passwd += fmt.Sprintf("%s:x:%d:%d::/nonexistent:/usr/sbin/nologin\n", plain, id, id)
			s.r.note("the user " + plain + " is invented")
		}
		if _, ok := users.Group(plain); !ok && !made[plain] {
			made[plain] = true
			group += fmt.Sprintf("%s:x:%d:\n", plain, id)
		}
	}
	for i, f := range []struct{ path, text string }{{"/etc/passwd", passwd}, {"/etc/group", group}} {
		if f.text != before[i] {
			s.m.WriteFile(f.path, 0o644, f.text)
		}
	}
}
