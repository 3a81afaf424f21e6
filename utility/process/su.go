package process

import (
	"path"

	"sysv/system"
	"sysv/utility/call"
)

// su is one run of su(1) or runuser(1) of util-linux 2.38, by root, who needs
// no password. No PAM modules are run: neither limits.conf nor
// /etc/environment counts, and MAIL is not set.
type su struct {
	*call.Call
	runuser              bool
	login, keep, fast    bool
	command, shell, user *string
	group                *string
	groups               []string
	session              bool
	args                 []string
}

// Su is su.
func Su(c *call.Call) int {
	s := &su{Call: c}
	return s.run()
}

// RunUser is runuser.
func RunUser(c *call.Call) int {
	s := &su{Call: c, runuser: true}
	return s.run()
}

func (s *su) run() int {
	if s.Sys.Identity().EUID != 0 {
		return s.Refuse("to be used by another user than root")
	}
	short, long := "c:flmps:g:G:", []string{"command=>c", "session-command=", "fast>f", "login>l", "preserve-environment>p", "shell=>s",
		"group=>g", "supp-group=>G"}
	if s.runuser {
		short, long = short+"u:", append(long, "user=>u")
	}
	in := scan(s.Call, short, long...)
	in.quiet = true
	for {
		name, arg := in.next()
		if name == "" {
			break
		}
		switch name {
		case bad:
			return s.Refuse("an option of " + s.Name() + ": " + arg)
		case "c":
			s.command, s.session = &arg, true
		case "session-command":
			s.command = &arg
		case "f":
			s.fast = true
		case "l":
			s.login = true
		case "m", "p":
			s.keep = true
		case "s":
			s.shell = &arg
		case "g":
			s.group = &arg
		case "G":
			s.groups = append(s.groups, arg)
		case "u":
			s.user = &arg
		}
	}
	args := in.operands
	if s.user == nil {
		if len(args) > 0 && args[0] == "-" {
			s.login, args = true, args[1:]
		}
		name := "root"
		if len(args) > 0 {
			name, args = args[0], args[1:]
		}
		s.args = args
		return s.start(name, false)
	}
	s.args = args
	if s.shell != nil || s.command != nil || s.login || s.fast {
		return s.Fail("options --{shell,fast,command,session-command,login} and --user are mutually exclusive")
	}
	if s.keep {
		return s.Refuse("-u with -m")
	}
	if len(args) == 0 {
		return s.Fail("no command was specified")
	}
	return s.start(*s.user, true)
}

// start runs the user's shell, or with direct a program without one.
func (s *su) start(name string, direct bool) int {
	users := system.Users{Sys: s.Sys}
	u, ok := users.User(name)
	if !ok {
		return s.Fail("user %s does not exist or the user entry does not contain all the required fields", name)
	}
	who := &system.Identity{UID: u.UID, EUID: u.UID, GID: u.GID, EGID: u.GID, Groups: users.GroupIDs(u.Name, u.GID)}
	if s.group != nil || len(s.groups) > 0 {
		if status, ok := s.chooseGroups(users, who); !ok {
			return status
		}
	}
	shell := u.Shell
	if current, has := s.Getenv("SHELL"); s.keep && has && !s.login {
		shell = current
	}
	if s.shell != nil {
		shell = *s.shell
	}
	if shell == "" {
		shell = "/bin/sh"
	}
	p := s.Process.Fork()
	defer p.Files.CloseAll()
	argv, name := s.args, shell
	if direct {
		name = argv[0]
		shell = ""
	} else {
		argv0 := path.Base(shell)
		if s.login {
			argv0 = "-" + argv0
		}
		argv = []string{argv0}
		if s.command != nil {
			argv = append(argv, "-c", *s.command)
		}
		argv = append(argv, s.args...)
	}
	s.environment(p, u, shell)
	var file string
	var err error
	if direct {
		file, err = resolve(p, name)
	} else {
		file = p.Abs(shell)
	}
	s.Out.Flush()
	var child system.Child
	if err == nil {
		cmd := p.Command(file, argv)
		cmd.Identity = who
		cmd.Setsid = s.session
		child, err = s.Sys.Start(cmd)
	}
	if err != nil {
		s.Errorf("failed to execute %s: %v", name, err)
		if direct {
			return 1
		}
		return missing(err)
	}
	return wait(s.Call, child)
}

func (s *su) chooseGroups(users system.Users, who *system.Identity) (status int, ok bool) {
	find := func(name string) (int, bool) {
		g, ok := users.Group(name)
		return g.GID, ok
	}
	if s.group != nil {
		gid, ok := find(*s.group)
		if !ok {
			return s.Fail("group %s does not exist", *s.group), false
		}
		who.GID, who.EGID = gid, gid
	}
	list := []int{}
	if s.group != nil {
		list = append(list, who.GID)
	}
	for _, name := range s.groups {
		gid, ok := find(name)
		if !ok {
			return s.Fail("group %s does not exist", name), false
		}
		list = append(list, gid)
	}
	if s.group == nil && len(s.groups) > 0 {
		who.GID, who.EGID = list[0], list[0]
	}
	who.Groups = list
	return 0, true
}

// Search paths of a login, as /etc/login.defs of Debian has them.
const (
	loginPath     = "/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games"
	loginPathRoot = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
)

// environment is what the user finds.
func (s *su) environment(p *system.Process, u system.User, shell string) {
	switch {
	case s.login:
		term, has := p.Getenv("TERM")
		p.Env = nil
		if has {
			p.Env = append(p.Env, "TERM="+term)
		}
		searched := loginPath
		if u.UID == 0 {
			searched = loginPathRoot
		}
		p.Env = append(p.Env, "HOME="+u.Home, "SHELL="+shell, "USER="+u.Name, "LOGNAME="+u.Name, "PATH="+searched)
		if err := enter(p, u.Home); err != nil {
			s.Errorf("warning: cannot change directory to %s: %v", u.Home, err)
		}
	case !s.keep:
		p.Env = setenv(p.Env, "HOME", u.Home)
		if shell != "" {
			p.Env = setenv(p.Env, "SHELL", shell)
		}
		if u.UID != 0 {
			p.Env = setenv(setenv(p.Env, "USER", u.Name), "LOGNAME", u.Name)
		}
	}
}
