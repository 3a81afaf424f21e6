package invokercd

import (
	"strings"

	"sysv/cmd/internal/runlevel"
	"sysv/system"
)

// levelHelper tells the runlevel.
const levelHelper = "/sbin/runlevel"

// findLevel finds the current runlevel; "" is one that cannot be found, as in
// a chroot.
func (c *command) findLevel() {
	text, ok := c.helper()
	switch {
	case ok:
	case c.systemd && c.systemctl("is-active", "--quiet", "sysinit.target") == 0:
		// The level counts for links alone, and past this target any will do.
		text = "5"
	default:
		c.complain("could not determine current runlevel")
		text = ""
	}
	if _, after, found := strings.Cut(text, " "); found {
		text = after
	}
	c.level = text
	// While the machine boots, utmp says what was written at its shutdown.
	if c.level == "0" || c.level == "6" {
		line, _ := c.p.ReadFile("/proc/1/cmdline", 1<<20)
		if strings.Contains(strings.ReplaceAll(string(line), "\x00", " "), "init boot") {
			c.level = "S"
		}
	}
}

// helper asks the program; where there is none, the record of our own init.
func (c *command) helper() (text string, ok bool) {
	if c.p.Sys.Access(levelHelper, system.ExecuteOK) != nil {
		r, ok := runlevel.Recorded(c.p)
		return r.String(), ok
	}
	child := c.p.Fork()
	defer child.Files.CloseAll()
	out := system.NewCapture(c.p.Sys)
	child.Files.Set(1, out)
	started, err := c.p.Sys.Start(child.Command(levelHelper, []string{levelHelper}))
	if err != nil {
		c.complain(levelHelper, ": ", err.Error())
		return "", false
	}
	child.Files.CloseAll()
	ws, _ := started.Wait(false)
	return strings.TrimRight(string(out.Bytes()), "\n"), ws.Status() == 0
}
