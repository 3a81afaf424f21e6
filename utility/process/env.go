package process

import (
	"slices"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// Env is env(1) of GNU coreutils: -i, -u, -0 and -C, with an environment to
// print or a program to run in it.
func Env(c *call.Call) int {
	p := c.Process.Fork()
	defer p.Files.CloseAll()
	in := scan(c, "+iu:0C:", "ignore-environment>i", "unset=>u", "null>0", "chdir=>C")
	in.quiet = true
	clean, zero, dir := false, false, (*string)(nil)
	var unset []string
	for {
		name, arg := in.next()
		if name == "" {
			break
		}
		switch name {
		case bad:
			return c.Refuse("an option of env: " + arg)
		case "i":
			clean = true
		case "u":
			unset = append(unset, arg)
		case "0":
			zero = true
		case "C":
			dir = &arg
		}
	}
	args := in.operands
	if len(args) > 0 && args[0] == "-" {
		clean, args = true, args[1:]
	}
	if clean {
		p.Env = nil
	} else {
		for _, name := range unset {
			if name == "" || strings.Contains(name, "=") {
				c.Errorf("cannot unset %s: %v", call.Quote(name), system.EINVAL)
				return cancelled
			}
			p.Env = slices.DeleteFunc(slices.Clone(p.Env), func(kv string) bool { return strings.HasPrefix(kv, name+"=") })
		}
	}
	for len(args) > 0 && strings.Contains(args[0], "=") {
		name, value, _ := strings.Cut(args[0], "=")
		p.Env = setenv(p.Env, name, value)
		args = args[1:]
	}
	switch {
	case zero && len(args) > 0:
		c.Errorf("cannot specify --null (-0) with command")
		c.Hint()
		return cancelled
	case dir != nil && len(args) == 0:
		c.Errorf("must specify command with --chdir (-C)")
		c.Hint()
		return cancelled
	case len(args) == 0:
		end := "\n"
		if zero {
			end = "\x00"
		}
		for _, kv := range p.Env {
			c.Out.WriteString(kv + end)
		}
		return 0
	}
	if dir != nil {
		if err := enter(p, *dir); err != nil {
			c.Errorf("cannot change directory to %s: %v", call.Quote(*dir), err)
			return cancelled
		}
	}
	return run(c, p, args, func(err error) {
		c.Errorf("%s: %v", call.Quote(args[0]), err)
		if err == system.ENOENT && strings.ContainsAny(args[0], " \t\n\v\f\r") {
			c.Errorf("use -[v]S to pass options in shebang lines")
		}
	})
}

// enter changes the directory of p.
func enter(p *system.Process, dir string) error {
	st, err := p.Stat(dir)
	if err != nil {
		return err
	}
	if !st.Mode.IsDir() {
		return system.ENOTDIR
	}
	if err := p.Access(dir, system.ExecuteOK); err != nil {
		return err
	}
	p.Dir = p.Abs(dir)
	return nil
}
