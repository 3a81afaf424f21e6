// Package links is the command links: it makes the symbolic links by whose
// names sysv is the drop-ins.
package links

import (
	"context"
	"fmt"
	"strings"

	"sysv/system"
)

// ExitUsage is a wrong command line; ExitFailed a link that could not be made.
const (
	ExitUsage  = 2
	ExitFailed = 1
)

// Help is the command's manual.
const Help = `Usage: sysv links [--utilities] [--force] DIR

Makes symbolic links to this program in DIR, one for each drop-in: called by
such a name, sysv is that program. What is in DIR already is left alone,
unless it is a link that --force may replace.

  --utilities   also a link for each built-in utility (cat, rm, ...) and sh
  --force       replace links that lead elsewhere; never anything but a link
  --help        this text

EXIT STATUS
  0 all links are there, 1 one could not be made, 2 wrong command line

EXAMPLES
  sysv links /usr/local/sbin
  sysv links --utilities /opt/rescue/bin
`

// DropIns are the names of programs that sysv stands in for.
func DropIns() []string {
	return []string{"chkconfig", "insserv", "install_initd", "invoke-rc.d", "killall5", "pidof", "remove_initd", "runlevel", "service", "start-stop-daemon", "systemd-sysv-install", "update-rc.d"}
}

// Run runs the command; args[0] is its name, utilities the names of the
// built-in utilities.
func Run(_ context.Context, p *system.Process, args []string, utilities []string) int {
	force, dir := false, ""
	names := DropIns()
	for _, a := range args[1:] {
		switch {
		case a == "--force":
			force = true
		case a == "--utilities":
			names = append(append(names, "sh"), utilities...)
		case a == "--help" || a == "-h":
			p.Stdout().Write([]byte(Help))
			return 0
		case strings.HasPrefix(a, "-") || dir != "":
			fmt.Fprintf(p.Stderr(), "sysv links: %s: expected one directory: see sysv links --help\n", a)
			return ExitUsage
		default:
			dir = a
		}
	}
	if dir == "" {
		fmt.Fprintln(p.Stderr(), "sysv links: expected a directory: see sysv links --help")
		return ExitUsage
	}
	info, err := p.Stat(dir)
	if err == nil && !info.Mode.IsDir() {
		err = system.ENOTDIR
	}
	if err != nil {
		fmt.Fprintf(p.Stderr(), "sysv links: %s: %v\n", dir, err)
		return ExitFailed
	}
	self := p.Sys.Executable()
	status, made := 0, 0
	seen := map[string]bool{}
	for _, name := range names {
		if seen[name] {
			continue
		}
		seen[name] = true
		done, err := link(p, self, strings.TrimSuffix(dir, "/")+"/"+name, force)
		if err != nil {
			fmt.Fprintf(p.Stderr(), "sysv links: %v\n", err)
			status = ExitFailed
		}
		if done {
			made++
		}
	}
	plural := "s"
	if made == 1 {
		plural = ""
	}
	fmt.Fprintf(p.Stdout(), "%d link%s made in %s\n", made, plural, dir)
	return status
}

// link makes one link. A new one takes an old one's place in one step.
func link(p *system.Process, self, path string, force bool) (bool, error) {
	info, err := p.Lstat(path)
	if err == system.ENOENT {
		if err := p.Symlink(self, path); err != nil {
			return false, fmt.Errorf("%s: %v", path, err)
		}
		return true, nil
	}
	if err != nil {
		return false, fmt.Errorf("%s: %v", path, err)
	}
	if !info.Mode.IsSymlink() {
		return false, fmt.Errorf("%s: is there already and is no link: left alone", path)
	}
	if to, _ := p.Readlink(path); to == self {
		return false, nil
	}
	if !force {
		return false, fmt.Errorf("%s: leads elsewhere: left alone (--force replaces it)", path)
	}
	temp := path + ".sysv-new"
	p.Unlink(temp)
	if err := p.Symlink(self, temp); err != nil {
		return false, fmt.Errorf("%s: %v", temp, err)
	}
	if err := p.Rename(temp, path); err != nil {
		p.Unlink(temp)
		return false, fmt.Errorf("%s: %v", path, err)
	}
	return true, nil
}
