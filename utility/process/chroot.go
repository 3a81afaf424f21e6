package process

import (
	"strconv"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// Chroot is chroot(8) of GNU coreutils.
func Chroot(c *call.Call) int {
	in := scan(c, "+", "groups=", "userspec=", "skip-chdir")
	in.quiet = true
	var groups, spec *string
	skip := false
	for {
		name, arg := in.next()
		if name == "" {
			break
		}
		switch name {
		case bad:
			return c.Refuse("an option of chroot: " + arg)
		case "groups":
			groups = &arg
		case "userspec":
			arg = strings.TrimSuffix(arg, ":")
			spec = &arg
		case "skip-chdir":
			skip = true
		}
	}
	if len(in.operands) == 0 {
		c.Errorf("missing operand")
		c.Hint()
		return cancelled
	}
	root := in.operands[0]
	st, err := c.Stat(root)
	old, _ := c.Stat("/")
	if skip && (err != nil || !st.SameFile(old)) {
		c.Errorf("option --skip-chdir only permitted if NEWROOT is old '/'")
		c.Hint()
		return cancelled
	}
	if err == nil && !st.Mode.IsDir() {
		err = system.ENOTDIR
	}
	if err == nil && c.Sys.Identity().EUID != 0 {
		err = system.EPERM
	}
	if err != nil {
		c.Errorf("cannot change root directory to %s: %v", call.Quote(root), err)
		return cancelled
	}
	argv := in.operands[1:]
	if len(argv) == 0 {
		shell, ok := c.Getenv("SHELL")
		if !ok {
			shell = "/bin/sh"
		}
		argv = []string{shell, "-i"}
	}
	who, message := chrootIdentity(c, root, spec, groups)
	if message != "" {
		c.Errorf("%s", message)
		return cancelled
	}
	return chrootRun(c, root, skip, argv, who)
}

// chrootRun starts the program; its name is looked up inside.
func chrootRun(c *call.Call, root string, skip bool, argv []string, who *system.Identity) int {
	dir := "/"
	if skip {
		dir = c.Dir
	}
	prefix := strings.TrimRight(c.Abs(root), "/")
	inside := *c.Process
	inside.Dir = prefix + dir
	path, err := argv[0], error(nil)
	if strings.Contains(path, "/") {
		if path[0] != '/' {
			path = strings.TrimRight(dir, "/") + "/" + path
		}
		err = executable(&inside, prefix+path)
		if err == system.ENOENT {
			// The way to it may lead through a link that means another
			// place in there.
			err = nil
		}
	} else {
		path, err = resolveIn(&inside, prefix, dir, argv[0])
	}
	status := 0
	if err == nil {
		cmd := c.Process.Command(path, argv)
		cmd.Root, cmd.Dir, cmd.Identity = c.Abs(root), dir, who
		if prefix == "" {
			cmd.Root = ""
		}
		status, err = replace(c, cmd)
	}
	if err != nil {
		c.Errorf("failed to run command %s: %v", call.Quote(argv[0]), err)
		return missing(err)
	}
	return status
}

// resolveIn looks a name up on PATH under a root directory. Directories such
// as /bin are often links there, which are relative.
func resolveIn(p *system.Process, prefix, dir, name string) (string, error) {
	path, ok := p.Getenv("PATH")
	if !ok {
		path = defaultPath
	}
	var failed error = system.ENOENT
	for d := range strings.SplitSeq(path, ":") {
		if d == "" || d[0] != '/' {
			d = strings.TrimRight(dir, "/") + "/" + d
		}
		switch err := executable(p, prefix+d+"/"+name); err {
		case nil:
			return d + "/" + name, nil
		case system.EACCES:
			failed = err
		}
	}
	return "", failed
}

// chrootIdentity reads --userspec and --groups by the files inside the new
// root, or by ours where they are not known there.
func chrootIdentity(c *call.Call, root string, spec, groups *string) (*system.Identity, string) {
	if spec == nil && groups == nil {
		return nil, ""
	}
	me := c.Sys.Identity()
	id := system.Identity{UID: me.UID, GID: me.GID, Groups: me.Groups}
	inside, outside := system.Users{Sys: c.Sys, Root: strings.TrimRight(c.Abs(root), "/")}, system.Users{Sys: c.Sys}
	uid, gid := -1, -1
	if spec != nil {
		user, group, hasGroup := strings.Cut(*spec, ":")
		var message string
		if user != "" {
			if uid, message = userID(inside, outside, user); message != "" {
				return nil, message
			}
		}
		if hasGroup && group != "" {
			if gid, message = groupID(inside, outside, group, "invalid group"); message != "" {
				return nil, message
			}
		}
	}
	name := ""
	if uid >= 0 && (groups == nil || gid < 0) {
		u, ok := inside.UserByID(uid)
		if !ok {
			u, ok = outside.UserByID(uid)
		}
		switch {
		case ok:
			name = u.Name
			if gid < 0 {
				gid = u.GID
			}
		case gid < 0:
			return nil, "no group specified for unknown uid: " + strconv.Itoa(uid)
		}
	}
	switch {
	case groups != nil && *groups != "":
		id.Groups = nil
		for g := range strings.SplitSeq(*groups, ",") {
			n, message := groupID(inside, outside, g, "invalid group "+call.Quote(g))
			if message != "" {
				return nil, message
			}
			id.Groups = append(id.Groups, n)
		}
	case groups != nil:
		id.Groups = nil
	case gid >= 0 && name != "":
		id.Groups = inside.GroupIDs(name, gid)
	case uid >= 0:
		id.Groups = nil
	}
	if uid >= 0 {
		id.UID, id.EUID = uid, uid
	}
	if gid >= 0 {
		id.GID, id.EGID = gid, gid
	}
	return &id, ""
}

func userID(inside, outside system.Users, spec string) (int, string) {
	for _, users := range []system.Users{inside, outside} {
		if spec[0] == '+' {
			break
		}
		if u, ok := users.User(spec); ok {
			return u.UID, ""
		}
	}
	if n, ok := digits(strings.TrimPrefix(spec, "+")); ok {
		return n, ""
	}
	return -1, "invalid user"
}

func groupID(inside, outside system.Users, spec, message string) (int, string) {
	for _, users := range []system.Users{inside, outside} {
		if g, ok := users.Group(spec); ok {
			return g.GID, ""
		}
	}
	if n, ok := digits(strings.TrimPrefix(spec, "+")); ok {
		return n, ""
	}
	return -1, message
}
