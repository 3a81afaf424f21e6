package process

import (
	"sysv/system"
	"sysv/utility/call"
)

// Nohup is nohup(1) of GNU coreutils.
func Nohup(c *call.Call) int {
	_, args, unknown, ok := c.Getopt("+")
	if unknown != "" {
		return c.Refuse(unknown)
	}
	if !ok {
		return cancelled
	}
	if len(args) == 0 {
		c.Errorf("missing operand")
		c.Hint()
		return cancelled
	}
	p := c.Process.Fork()
	defer p.Files.CloseAll()
	input, output, errors := c.Stdin().IsTerminal(), c.Stdout().IsTerminal(), c.Stderr().IsTerminal()
	if input {
		// Opened for writing, so that reading from it is an error.
		null, err := p.Sys.Open("/dev/null", system.WriteOnly, 0)
		if err != nil {
			c.Errorf("failed to render standard input unusable: %v", err)
			return cancelled
		}
		p.Files.Set(0, null)
		if !output && !errors {
			c.Errorf("ignoring input")
		}
	}
	if output {
		name, ok := nohupOut(c, p)
		if !ok {
			return cancelled
		}
		what := "appending output to "
		if input {
			what = "ignoring input and " + what
		}
		c.Errorf("%s%s", what, call.Quote(name))
	}
	if errors {
		if !output {
			what := "redirecting stderr to stdout"
			if input {
				what = "ignoring input and " + what
			}
			c.Errorf("%s", what)
		}
		p.Files.Dup(1, 2)
	}
	p.Ignored = append(p.Ignored, system.SIGHUP)
	return run(c, p, args, func(err error) { c.Errorf("failed to run command %s: %v", call.Quote(args[0]), err) })
}

// nohupOut opens nohup.out, here or at home, as p's standard output.
func nohupOut(c *call.Call, p *system.Process) (name string, ok bool) {
	const flags = system.Create | system.WriteOnly | system.Append
	const file = "nohup.out"
	f, err := p.Sys.Open(p.Abs(file), flags, 0o600)
	if err == nil {
		p.Files.Set(1, f)
		return file, true
	}
	home, has := p.Getenv("HOME")
	if has {
		atHome := home + "/" + file
		f, err2 := p.Sys.Open(p.Abs(atHome), flags, 0o600)
		if err2 == nil {
			p.Files.Set(1, f)
			return atHome, true
		}
		c.Errorf("failed to open %s: %v", call.Quote(file), err)
		c.Errorf("failed to open %s: %v", call.Quote(atHome), err2)
		return "", false
	}
	c.Errorf("failed to open %s: %v", call.Quote(file), err)
	return "", false
}
