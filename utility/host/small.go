package host

import (
	"strconv"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// Printenv is printenv(1) of coreutils, with -0.
func Printenv(c *call.Call) int {
	opts, names, unknown, ok := c.Getopt("+0", "null>0")
	if !ok {
		return badOption(c, unknown, 2)
	}
	end := "\n"
	if len(opts) > 0 {
		end = "\x00"
	}
	if len(names) == 0 {
		for _, kv := range c.Env {
			c.Out.WriteString(kv + end)
		}
		return 0
	}
	status := 0
	for _, n := range names {
		v, found := c.Getenv(n)
		if !found || strings.Contains(n, "=") {
			status = 1
			continue
		}
		c.Out.WriteString(v + end)
	}
	return status
}

// Link is link(1) of coreutils.
func Link(c *call.Call) int {
	_, names, unknown, ok := c.Getopt("")
	if !ok {
		return badOption(c, unknown, 1)
	}
	switch {
	case len(names) == 0:
		return usage(c, "missing operand")
	case len(names) == 1:
		return usage(c, "missing operand after %s", call.QuoteArg(names[0]))
	case len(names) > 2:
		return usage(c, "extra operand %s", call.QuoteArg(names[2]))
	}
	if err := c.Process.Link(names[0], names[1], false); err != nil {
		return c.Fail("cannot create link %s to %s: %v", call.Quote(names[1]), call.Quote(names[0]), err)
	}
	return 0
}

// Unlink is unlink(1) of coreutils.
func Unlink(c *call.Call) int {
	_, names, unknown, ok := c.Getopt("")
	if !ok {
		return badOption(c, unknown, 1)
	}
	switch {
	case len(names) == 0:
		return usage(c, "missing operand")
	case len(names) > 1:
		return usage(c, "extra operand %s", call.QuoteArg(names[1]))
	}
	if err := c.Process.Unlink(names[0]); err != nil {
		return c.Fail("cannot unlink %s: %v", call.Quote(names[0]), err)
	}
	return 0
}

// Pwd is pwd(1) of coreutils: the directory without symbolic links, or with -L
// as PWD has it, if that is right.
func Pwd(c *call.Call) int {
	opts, operands, unknown, ok := c.Getopt("LP", "logical>L", "physical>P")
	if !ok {
		return badOption(c, unknown, 1)
	}
	_, logical := c.Getenv("POSIXLY_CORRECT")
	for _, o := range opts {
		logical = o.Name == "L"
	}
	dir, status := "", 0
	if logical {
		dir = logicalDir(c)
	}
	if dir == "" {
		var err error
		if dir, err = physicalDir(c); err != nil {
			return c.Refuse("in a directory that cannot be looked up")
		}
	}
	if len(operands) > 0 {
		c.Errorf("ignoring non-option arguments")
	}
	c.Out.WriteString(dir + "\n")
	return status
}

// logicalDir is PWD if it names the working directory, without . and ..
func logicalDir(c *call.Call) string {
	dir, _ := c.Getenv("PWD")
	if !strings.HasPrefix(dir, "/") || strings.Contains(dir+"/", "/./") || strings.Contains(dir+"/", "/../") {
		return ""
	}
	there, err := c.Stat(dir)
	here, err2 := c.Stat(".")
	if err != nil || err2 != nil || !there.SameFile(here) {
		return ""
	}
	return dir
}

// maxLinks is how many symbolic links are followed before it is a loop.
const maxLinks = 40

// physicalDir is the working directory without symbolic links.
func physicalDir(c *call.Call) (string, error) {
	if st, err := c.Stat(c.Dir); err != nil || !st.Mode.IsDir() {
		return "", system.ENOENT
	}
	out, rest, links := "", c.Dir, 0
	for rest = strings.TrimLeft(rest, "/"); rest != ""; rest = strings.TrimLeft(rest, "/") {
		part, after, _ := strings.Cut(rest, "/")
		rest = after
		switch part {
		case ".":
			continue
		case "..":
			out = out[:max(strings.LastIndexByte(out, '/'), 0)]
			continue
		}
		target, err := c.Sys.Readlink(out + "/" + part)
		if err != nil {
			out += "/" + part
			continue
		}
		if links++; links > maxLinks {
			return "", system.ELOOP
		}
		if strings.HasPrefix(target, "/") {
			out = ""
		}
		rest = target + "/" + rest
	}
	if out == "" {
		out = "/"
	}
	return out, nil
}

// Stty is stty(1) of coreutils for "size" alone: the rows and columns of the
// terminal that standard input is.
func Stty(c *call.Call) int {
	if len(c.Args) != 2 || c.Args[1] != "size" {
		return c.Refuse(strings.Join(c.Args[1:], " "))
	}
	if !c.Stdin().IsTerminal() {
		return c.Fail("'standard input': %v", system.ENOTTY)
	}
	columns, rows := c.Stdin().Size()
	c.Out.WriteString(strconv.Itoa(rows) + " " + strconv.Itoa(columns) + "\n")
	return 0
}

// selinuxDir is where the kernel shows SELinux, if that is there.
const selinuxDir = "/sys/fs/selinux/enforce"

// Restorecon does what restorecon(8) does without SELinux: nothing.
func Restorecon(c *call.Call) int {
	if _, err := c.Stat(selinuxDir); err == nil {
		return c.Refuse("labels of SELinux")
	}
	return 0
}
