package file

import (
	"fmt"
	"strconv"

	"sysv/system"
	"sysv/utility/call"
)

// installer is one run of install.
type installer struct {
	tree
	uid, gid         int
	mode, dirMode    system.Mode
	dirBits          system.Mode
	parents, verbose bool
}

// installMode is what install gives to files and directories without -m.
const installMode system.Mode = 0o755

// Install is install(1) with -c, -d, -D, -g, -m, -o, -p, -t, -T and -v.
func Install(c *call.Call) int {
	opts, names, unknown, ok := c.Getopt("cdDg:m:o:pt:Tv", "directory>d", "group=>g", "mode=>m", "owner=>o", "preserve-timestamps>p",
		"target-directory=>t", "no-target-directory>T", "verbose>v")
	if !ok {
		return badOption(c, unknown)
	}
	in := installer{uid: -1, gid: -1, mode: installMode, dirMode: installMode, dirBits: system.PermMask}
	in.tree = tree{c: c, opt: copyOptions{
		install: true, asRegular: true, follow: followAll, removeFirst: true, setMode: true, mode: 0o600,
	}}
	var tgt target
	dirs := false
	var mode, user, group *string
	for _, o := range opts {
		switch o.Name {
		case "d":
			dirs = true
		case "D":
			in.parents = true
		case "g":
			group = &o.Arg
		case "m":
			mode = &o.Arg
		case "o":
			user = &o.Arg
		case "p":
			in.opt.keepTimes = true
		case "v":
			in.opt.verbose, in.verbose = true, true
		default:
			if !tgt.option(c, o) {
				return 1
			}
		}
	}
	if n, own := ownDescriptors(names); own {
		return c.Refuse(n)
	}
	if (user != nil || group != nil) && otherNames(c) {
		if !in.ids(user, group, true) {
			return c.Refuse("a user or group from another source than files")
		}
	}
	if dirs && tgt.dir != nil {
		return c.Fail("target directory not allowed when installing a directory")
	}
	if dirs && len(names) == 0 {
		return missing(c, "file operand")
	}
	if !dirs && !in.destination(&tgt, names) {
		return 1
	}
	if mode != nil {
		ch, ok := parseMode(*mode)
		if !ok {
			return c.Fail("invalid mode %s", call.QuoteArg(*mode))
		}
		in.mode = adjustMode(0, false, 0, ch)
		in.dirMode, in.dirBits = adjustModeBits(0, true, 0, ch)
	}
	if !in.ids(user, group, false) {
		return 1
	}
	// install works with a umask of 0.
	old := c.Umask
	c.Umask = 0
	defer func() { c.Umask = old }()
	status := 0
	if dirs {
		for _, n := range names {
			if c.Stop() {
				return 1
			}
			if !in.directory(n) {
				status = 1
			}
		}
		return status
	}
	return in.files(&tgt)
}

// destination finds out where the files go; a directory of -t need not be
// there with -D.
func (in *installer) destination(tgt *target, names []string) bool {
	c := in.c
	if tgt.dir == nil {
		return tgt.resolve(c, names)
	}
	if !tgt.operands(c, names) {
		return false
	}
	tgt.sources, tgt.dest, tgt.intoDir = names, *tgt.dir, true
	if err := isDirectory(c, tgt.dest, true); err != nil && !(in.parents && err == system.ENOENT) {
		c.Errorf("failed to access %s: %v", call.Quote(tgt.dest), err)
		return false
	}
	return true
}

// ids looks up the owner and the group.
func (in *installer) ids(user, group *string, quietly bool) bool {
	say := func(what, name string) bool {
		if !quietly {
			in.c.Errorf("invalid %s %s", what, call.QuoteArg(name))
		}
		return false
	}
	number := func(s string) (int, bool) {
		n, err := strconv.ParseUint(s, 0, 32)
		return int(n), err == nil
	}
	users := system.Users{Sys: in.c.Sys}
	if user != nil {
		if u, ok := users.User(*user); ok {
			in.uid = u.UID
		} else if in.uid, ok = number(*user); !ok {
			return say("user", *user)
		}
	}
	if group != nil {
		if g, ok := users.Group(*group); ok {
			in.gid = g.GID
		} else if in.gid, ok = number(*group); !ok {
			return say("group", *group)
		}
	}
	return true
}

func (in *installer) announceDir(dir string) {
	if in.verbose {
		fmt.Fprintf(in.c.Out, "%s: creating directory %s\n", in.c.Name(), call.Quote(dir))
	}
}

// directory is install -d for one directory.
func (in *installer) directory(dir string) bool {
	c := in.c
	if !makeAncestors(c, dir, installMode, in.announceDir, call.QuoteArg) {
		return false
	}
	keepOwner := in.uid < 0 && in.gid < 0
	keepSpecial := in.dirBits&setIDs|in.dirMode&system.Sticky == 0
	first := in.dirMode & 0o777
	if !keepOwner {
		// Nobody may use it before it has its owner.
		first &= 0o700
	} else if !keepSpecial {
		first &^= 0o022
	}
	merr := c.Mkdir(dir, first)
	if merr == nil {
		in.announceDir(dir)
		if keepOwner && keepSpecial {
			return true
		}
	}
	st, err := c.Stat(dir)
	if err == nil && !st.Mode.IsDir() {
		err = system.ENOTDIR
	}
	if err == nil {
		err = in.settle(dir, st)
	}
	if err == nil {
		return true
	}
	switch {
	case merr != nil && (merr == system.ENOENT || err == system.ENOTDIR):
		c.Errorf("cannot create directory %s: %v", call.QuoteArg(dir), merr)
	case keepOwner:
		c.Errorf("cannot change permissions of %s: %v", call.QuoteArg(dir), err)
	default:
		c.Errorf("cannot change owner and permissions of %s: %v", call.QuoteArg(dir), err)
	}
	return false
}

// settle gives a directory its owner and mode, where they are not right yet.
// It works on the open directory, so that no other can be put in its place.
func (in *installer) settle(dir string, st system.FileInfo) error {
	f, err := in.c.Open(dir, system.ReadOnly|system.Directory|system.NoCTTY|system.NonBlock, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	if st, err = f.Stat(); err != nil {
		return err
	}
	if in.uid >= 0 && in.uid != st.UID || in.gid >= 0 && in.gid != st.GID {
		if err := f.Chown(in.uid, in.gid); err != nil {
			return err
		}
		if st, err = f.Stat(); err != nil {
			return err
		}
	}
	mode := in.dirMode | st.Mode.Perm()&^in.dirBits
	if mode == st.Mode.Perm() {
		return nil
	}
	return f.Chmod(mode)
}

func (in *installer) files(tgt *target) int {
	status := 0
	if tgt.intoDir {
		in.made = map[string]inode{}
		if in.parents && tgt.dir != nil {
			if !makeAncestors(in.c, join(tgt.dest, "x"), installMode, in.announceDir, call.Quote) {
				return 1
			}
		}
	}
	for _, src := range tgt.sources {
		if in.c.Stop() {
			return 1
		}
		dst := tgt.dest
		if tgt.intoDir {
			dst = tgt.in(src)
		} else if in.parents && !makeAncestors(in.c, dst, installMode, in.announceDir, call.Quote) {
			return 1
		}
		if !in.file(src, dst) {
			status = 1
		}
	}
	return status
}

// file installs one file.
func (in *installer) file(src, dst string) bool {
	c := in.c
	if in.opt.keepTimes {
		if _, err := c.Stat(src); err != nil {
			c.Errorf("cannot stat %s: %v", call.Quote(src), err)
			return false
		}
	}
	if !in.operand(src, dst, false).ok {
		return false
	}
	if in.uid >= 0 || in.gid >= 0 {
		if err := c.Chown(dst, in.uid, in.gid, false); err != nil {
			c.Errorf("cannot change ownership of %s: %v", call.Quote(dst), err)
			return false
		}
	}
	if err := c.Chmod(dst, in.mode); err != nil {
		c.Errorf("cannot change permissions of %s: %v", call.Quote(dst), err)
		return false
	}
	return true
}
