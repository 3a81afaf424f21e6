package script

import (
	"path"
	"strings"

	"sysv/lsb"
)

// Shell says by which grammar a script is read.
type Shell int

// Shells.
const (
	// NoShell is another interpreter, or none.
	NoShell Shell = iota
	// Sh is POSIX's shell, as dash reads it.
	Sh
	// Bash is bash, and ksh and its like as far as they are the same.
	Bash
)

// Dialect is whose conventions a script follows.
type Dialect int

// Dialects.
const (
	// Plain follows none of those below.
	Plain Dialect = iota
	// Debian sources /lib/lsb/init-functions or a file of /lib/init.
	Debian
	// InitDScript is interpreted by Debian's /lib/init/init-d-script.
	InitDScript
	// RedHat sources Red Hat's /etc/rc.d/init.d/functions.
	RedHat
	// SUSE sources /etc/rc.status.
	SUSE
	// OpenEmbedded sources /etc/init.d/functions and has no chkconfig line.
	OpenEmbedded
	// Buildroot is named S and two digits.
	Buildroot
	// OpenWrt is interpreted by /etc/rc.common.
	OpenWrt
	// OpenRC is interpreted by openrc-run: no SysV script.
	OpenRC
)

// String is the dialect's name in configurations and reports.
func (d Dialect) String() string {
	switch d {
	case Debian:
		return "debian"
	case InitDScript:
		return "init-d-script"
	case RedHat:
		return "redhat"
	case SUSE:
		return "suse"
	case OpenEmbedded:
		return "openembedded"
	case Buildroot:
		return "buildroot"
	case OpenWrt:
		return "openwrt"
	case OpenRC:
		return "openrc"
	}
	return "plain"
}

// Base is the last part of a path.
func Base(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }

// shellOf is the shell of a "#!" line. A script without one is what the
// caller's shell reads: sh.
func shellOf(line string) Shell {
	f := strings.Fields(line)
	if len(f) == 0 {
		return Sh
	}
	name := Base(f[0])
	if name == "env" {
		name = ""
		for _, w := range f[1:] {
			if !strings.HasPrefix(w, "-") && !strings.Contains(w, "=") {
				name = Base(w)
				break
			}
		}
	}
	switch name {
	case "sh", "dash", "ash", "init-d-script", "rc.common", "openrc-run", "runscript":
		return Sh
	case "bash", "ksh", "ksh93", "mksh", "pdksh":
		return Bash
	case "busybox":
		return Sh
	}
	return NoShell
}

// dialectOf looks at the interpreter, at what is sourced, and at the name.
func dialectOf(s *Script) Dialect {
	for w := range strings.FieldsSeq(s.Interpreter) {
		switch Base(w) {
		case "init-d-script":
			return InitDScript
		case "rc.common":
			return OpenWrt
		case "openrc-run", "runscript":
			return OpenRC
		}
	}
	for _, src := range s.Sources {
		switch p := path.Clean(src.Path); {
		case p == "/lib/init/init-d-script", p == "/usr/lib/init/init-d-script":
			return InitDScript
		case p == "/lib/lsb/init-functions", p == "/usr/lib/lsb/init-functions", strings.HasPrefix(p, "/lib/init/"):
			return Debian
		case p == "/etc/rc.status":
			return SUSE
		case p == "/etc/rc.d/init.d/functions":
			return RedHat
		case p == "/etc/init.d/functions":
			if s.Chkconfig.Get(lsb.ChkconfigLine) != nil {
				return RedHat
			}
			return OpenEmbedded
		case p == "/etc/rc.common":
			return OpenWrt
		}
	}
	name := Base(s.Path)
	if len(name) > 3 && name[0] == 'S' && isDigit(name[1]) && isDigit(name[2]) && !s.Header.Found() {
		return Buildroot
	}
	if s.Chkconfig.Get(lsb.ChkconfigLine) != nil {
		return RedHat
	}
	return Plain
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
