// Package sysvinstall is the drop-in for systemd-sysv-install, which systemctl
// calls to enable an init script, as Debian's systemd 252 has it. There it is
// a shell script around update-rc.d; so is this.
package sysvinstall

import (
	"context"
	"slices"
	"strings"

	"sysv/cmd/internal/updatercd"
	"sysv/runlevel"
	"sysv/system"
)

// Exit statuses. Those of enable and disable are update-rc.d's.
const (
	ExitUsage = 1
	// ExitDisabled is is-enabled of a service that is not.
	ExitDisabled = 2
)

// Run is the command; args[0] is its name, which the usage line shows. A root
// is a directory in which links are changed as in a chroot; none is needed,
// and no program in it.
func Run(ctx context.Context, p *system.Process, args []string) int {
	root, words, ok := options(p, args[1:])
	if !ok || len(words) < 2 || words[1] == "" {
		return usage(p, args[0])
	}
	name := words[1]
	switch words[0] {
	case "enable", "disable":
		for _, action := range []string{"defaults", words[0]} {
			if status := change(ctx, p, root, name, action); status != 0 {
				return status
			}
		}
		return 0
	case "is-enabled":
		if enabled(ctx, p, root, name) {
			return 0
		}
		return ExitDisabled
	}
	return usage(p, args[0])
}

func usage(p *system.Process, name string) int {
	system.WriteAll(p.Stderr(), []byte("Usage: "+name+" [--root=path] enable|disable|is-enabled <sysv script name>\n"))
	return ExitUsage
}

// change is one call of update-rc.d that does not call systemctl back.
func change(ctx context.Context, p *system.Process, root, name, action string) int {
	// OpenEmbedded's style has no such actions.
	o := updatercd.Options{Alone: true, Style: updatercd.Debian}
	if root != "" && root != "/" {
		o.Root, o.Inside = root, true
	} else if dpkg, _ := p.Getenv("DPKG_ROOT"); dpkg != "" {
		o.Root, o.Prefix, o.Inside = dpkg, dpkg, true
	}
	return updatercd.Main(ctx, p, []string{"update-rc.d", name, action}, o)
}

// enabled tells whether there is an rc[S5].d/S??NAME.
func enabled(ctx context.Context, p *system.Process, root, name string) bool {
	if strings.Contains(name, "/") {
		return false
	}
	r, err := runlevel.OpenRoot(root)
	if err != nil {
		return false
	}
	if err := r.Settle(ctx); err != nil {
		system.WriteAll(p.Stderr(), []byte("systemd-sysv-install: "+err.Error()+"\n"))
	}
	for _, level := range []byte("5S") {
		entries, err := r.ReadDir(runlevel.RcDir(level))
		if err != nil {
			continue
		}
		for _, e := range entries {
			if n := e.Name(); len(n) == 3+len(name) && n[0] == 'S' && n[3:] == name {
				return true
			}
		}
	}
	return false
}

// options reads the command line as getopt(1) does for "-o r: --long root:":
// options and words may be mixed, the long one shortened. What it does not
// know it complains of and leaves out, as the original goes on after that.
func options(p *system.Process, args []string) (root string, words []string, ok bool) {
	complain := func(text string) {
		system.WriteAll(p.Stderr(), []byte("getopt: "+text+"\n"))
	}
	for len(args) > 0 {
		a := args[0]
		args = args[1:]
		switch {
		case a == "--":
			return root, slices.Concat(words, args), true
		case strings.HasPrefix(a, "--"):
			long, value, has := strings.Cut(a[2:], "=")
			switch {
			case !strings.HasPrefix("root", long):
				complain("unrecognized option '" + a + "'")
				continue
			case has:
				root = value
			case len(args) == 0:
				complain("option '--root' requires an argument")
			default:
				root, args = args[0], args[1:]
			}
		case len(a) > 1 && a[0] == '-':
			for i := 1; i < len(a); i++ {
				if a[i] != 'r' {
					complain("invalid option -- '" + a[i:i+1] + "'")
					continue
				}
				value := a[i+1:]
				if value == "" && len(args) == 0 {
					complain("option requires an argument -- 'r'")
					break
				}
				if value == "" {
					value, args = args[0], args[1:]
				}
				root = value
				break
			}
		default:
			words = append(words, a)
		}
	}
	return root, words, true
}
