package updatercd

import (
	"strings"

	"sysv/system"
)

// execute runs a script, with our shell where the machine has none that it
// names.
func (c *embeddedCall) execute(path, action string) {
	child, err := c.p.Sys.Start(c.p.Command(c.p.Abs(path), []string{path, action}))
	if err == system.ENOENT || err == system.ENOEXEC {
		child, err = c.p.Sys.Start(c.p.Command(c.p.Sys.Executable(), []string{"sh", path, action}))
	}
	if err != nil {
		c.problem("update-rc.d: " + path + ": " + err.Error())
		return
	}
	child.Wait(false)
}

// current is the current runlevel, as the program runlevel says it: the second
// word of its line, or all of it.
func (c *embeddedCall) current() string {
	p := c.p.Fork()
	out := system.NewCapture(p.Sys)
	p.Files.Set(1, out)
	argv := []string{"runlevel"}
	child, err := launch(p, argv)
	if err == system.ENOENT {
		child, err = p.Sys.Start(p.Command(p.Sys.Executable(), argv))
	}
	p.Files.CloseAll()
	if err != nil {
		return ""
	}
	child.Wait(false)
	line, _, _ := strings.Cut(string(out.Bytes()), "\n")
	if _, second, ok := strings.Cut(line, " "); ok {
		line, _, _ = strings.Cut(second, " ")
	}
	return line
}
