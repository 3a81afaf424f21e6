//go:build linux

package updatercd_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// The reasons of differences that random steps meet, too.
const (
	reasonName = "the original gives a name to its glob as it is, so that a space makes two patterns of it and a star " +
		"removes the links of other scripts: ours refuses what cannot be a script's name"
	reasonTwice = "a runlevel that is given twice is one: the original fails after it has changed the links, and tells nobody of the change"
	reasonPerl  = "Perl's own warnings of an empty or missing value, with the line of the program, are not an output of the program"
	reasonRC    = "a script with no links has no runlevels to tell OpenRC of: the original calls rc-update with an empty one"
	reasonWrite = "a link that could not be made: the original says nothing, or not which, and keeps half of them; ours says " +
		"which, leaves the tree as it was, and ends with the original's status"
)

// insservKnown are those that come from insserv's part.
var insservKnown = map[string]string{
	"update-rc.d NAME enable, with a loop":   "insserv follows a loop until the number 99 and links that; ours is refused, as every order that has no number left",
	"update-rc.d, with insserv's complaints": "after a complaint of insserv's ours says where in the script, in a line that begins with three spaces more",
}

// why is the reason of a known difference between two results of a call, ""
// if there is none.
func why(args []string, a, b result) string {
	words := args
	for len(words) > 0 && strings.HasPrefix(words[0], "-") {
		words = words[1:]
	}
	if len(words) > 1 && strings.ContainsAny(words[0], " *[]{}/") || len(words) > 1 && (words[0] == "" || words[0] == "..") {
		if b.status == 1 && strings.HasSuffix(b.stderr, ": is no init script's name\n") {
			return reasonName
		}
	}
	if strings.HasSuffix(a.stderr, "update-rc.d: error: No such file or directory\n") && b.status == 0 && len(words) > 2 && twice(words[2:]) {
		return reasonTwice
	}
	if strings.HasSuffix(b.stderr, "insserv: Maximum of 99 in ordering reached\nupdate-rc.d: error: insserv rejected the script header\n") &&
		strings.Contains(a.stderr, "insserv: Max recursions depth 99 reached\n") {
		return insservKnown["update-rc.d NAME enable, with a loop"]
	}
	if p := placed(b); p.stderr != b.stderr {
		if b = p; differ(a, b) == "" {
			return insservKnown["update-rc.d, with insserv's complaints"]
		}
	}
	quiet := a
	quiet.stderr = ""
	for line := range strings.Lines(a.stderr) {
		if !strings.Contains(line, " at /sbin/update-rc.d line ") {
			quiet.stderr += line
		}
	}
	if quiet.stderr != a.stderr {
		// A runlevel that OpenRC has no name for is an empty one to it.
		quiet.log = strings.ReplaceAll(quiet.log, "  ", " ")
		if differ(quiet, b) == "" {
			return reasonPerl
		}
		first, rest, _ := strings.Cut(a.log, "\n")
		quiet.log = rest
		if strings.HasPrefix(first, "rc-update add ") && strings.HasSuffix(first, "  skip=") && differ(quiet, b) == "" {
			return reasonRC
		}
	}
	return ""
}

// placed is a result without the lines that say where.
func placed(b result) result {
	var kept strings.Builder
	for line := range strings.Lines(b.stderr) {
		if !strings.HasPrefix(line, "insserv:   ") {
			kept.WriteString(line)
		}
	}
	b.stderr = kept.String()
	return b
}

func twice(words []string) bool {
	words = slices.Clone(words)
	slices.Sort(words)
	return len(slices.Compact(slices.Clone(words))) < len(words)
}

// alike makes both trees what the original's is, after a difference: both anew
// and in the same order, as insserv reads directories in their own order.
func alike(p pair) error {
	template := filepath.Join(filepath.Dir(p.ours), "template")
	if err := os.RemoveAll(template); err != nil {
		return err
	}
	if err := restore(filepath.Join(p.original, "etc"), template); err != nil {
		return err
	}
	for _, root := range []string{p.original, p.ours} {
		if err := restore(template, filepath.Join(root, "etc")); err != nil {
			return err
		}
	}
	return nil
}

// TestNamedCases compares calls whose reason to be there is their name.
func TestNamedCases(t *testing.T) {
	if realInsserv() == "" {
		missing(t, "insserv is not installed")
	}
	if _, err := os.Stat("/lib/systemd/systemd-sysv-install"); err != nil {
		missing(t, "systemd (systemd-sysv-install) is not installed")
	}
	enter(t, insideVar+"=cases")
}

// namedCase is a call of both programs. One with differs must differ, and
// ours must print what is expected here.
type namedCase struct {
	name    string
	differs string
	setup   setup
	// tree has lines "path -> target", "path=content" and "path/" that are
	// added below the root; mount is done in it before the call.
	tree  []string
	mount func(root string) error
	env   []string
	// program is update-rc.d if it is empty.
	program string
	args    string
	// ours
	status         int
	stdout, stderr string
	links          string // those of ours afterwards, without "etc/rc"
}

const headerA = "#!/bin/sh\n### BEGIN INIT INFO\n# Provides: a\n# Required-Start:\n# Required-Stop:\n# Default-Start: 2 3\n# Default-Stop: 0\n### END INIT INFO\n"

func linksA() []string {
	return []string{"etc/init.d/a=" + headerA, "etc/rc0.d/K01a -> ../init.d/a", "etc/rc2.d/S01a -> ../init.d/a", "etc/rc3.d/S01a -> ../init.d/a"}
}

const treeA = "0.d/K01a 2.d/S01a 3.d/S01a"

func cases() []namedCase {
	script := "etc/init.d/a=" + headerA
	return append(installCases(), []namedCase{
		{name: "defaults", tree: []string{script}, args: "a defaults"},
		{name: "defaults keeps what is there", tree: linksA()[:2], args: "a defaults"},
		{name: "defaults of no script", args: "a defaults"},
		{name: "defaults of a directory", tree: []string{"etc/init.d/a/"}, args: "a defaults"},
		{name: "defaults of a script with CRLF", tree: []string{"etc/init.d/a=" + strings.ReplaceAll(headerA, "\n", "\r\n")}, args: "a defaults"},
		{name: "defaults of an empty file", tree: []string{"etc/init.d/a="}, args: "a defaults"},
		{name: "the last Default-Start holds", tree: []string{"etc/init.d/a=### BEGIN INIT INFO\n# Default-Start: 2\n# default-start: 3\n# Default-Start:4\n#Default-Start: 5\n"}, args: "a defaults"},
		{name: "a runlevel of two letters", tree: []string{"etc/init.d/a=### BEGIN INIT INFO\n# Default-Start: 22 x\n"}, args: "a defaults"},
		{name: "a copy in the link's place", tree: []string{script, "etc/rc2.d/S01a=copy"}, args: "a disable 2"},
		{name: "a copy is removed", tree: []string{script, "etc/rc2.d/S01a=copy", "etc/rc3.d/S01a/"}, args: "a remove"},
		{name: "both a start and a stop link", tree: []string{script, "etc/rc2.d/S01a -> ../init.d/a", "etc/rc2.d/K01a -> ../init.d/b"}, args: "a disable"},
		{name: "dangling links are removed", tree: linksA()[1:], args: "a remove"},
		{name: "an override's levels", tree: append(linksA(), "etc/insserv/overrides/a=### BEGIN INIT INFO\n# Default-Start: 3\n"), args: "a disable"},
		{name: "an empty override", tree: append(linksA(), "etc/insserv/overrides/a="), args: "a disable"},
		{name: "an empty Default-Start", tree: append(linksA()[1:], "etc/init.d/a=#!/bin/sh\n"), args: "a disable"},
		{name: "runlevels that have no effect", tree: linksA(), args: "a disable 0 1 6 7 x 23"},
		{name: "runlevels of a conflict", tree: linksA(), args: "a start 20 2 . stop 80 0 6 1 ."},
		{name: "a unit without systemctl", tree: append(linksA(), "etc/systemd/system/a.service=[Install]\nwantedby=multi-user.target\n WantedBy=x y\nWantedBy=\n"), args: "a enable"},
		{name: "a unit without systemctl, disabled", tree: append(linksA(), "etc/systemd/system/a.service=[Install]\nWantedBy=m.target\n", "etc/systemd/system/m.target.wants/a.service -> ../a.service"), args: "a disable"},
		{name: "systemctl is told", setup: setup{systemctl: true, systemd: true}, tree: linksA(), args: "a disable", env: []string{"SYSTEMCTL_SKIP_SYSV=7"}},
		{name: "systemd-sysv-install has called", setup: setup{systemctl: true, systemd: true}, tree: linksA(), args: "a disable", env: []string{"_SKIP_SYSTEMD_NATIVE=01.0"}},
		{name: "OpenRC", setup: setup{openrc: true}, tree: []string{script}, args: "a defaults"},
		{name: "OpenRC and halt", setup: setup{openrc: true}, tree: []string{"etc/init.d/halt=" + headerA}, args: "halt defaults"},
		{name: "insserv without its configuration is none", setup: setup{insserv: true}, tree: []string{script, "etc/insserv.conf=gone"}, mount: func(root string) error {
			return os.Remove(filepath.Join(root, "etc/insserv.conf"))
		}, args: "a defaults"},

		{name: "a name with a space", differs: reasonName, tree: linksA(), args: "a\u00a0b remove", status: 1,
			stderr: "update-rc.d: error: a b: is no init script's name\n", links: treeA},
		{name: "a name with a star", differs: reasonName, tree: linksA(), args: "* remove", status: 1,
			stderr: "update-rc.d: error: *: is no init script's name\n", links: treeA},
		{name: "a name with a slash", differs: reasonName, tree: linksA(), args: "../init.d/a defaults", status: 1,
			stderr: "update-rc.d: error: ../init.d/a: is no init script's name\n", links: treeA},
		{name: "a runlevel twice", differs: reasonTwice, tree: linksA(), args: "a disable 2 2", links: "0.d/K01a 2.d/K01a 3.d/S01a"},
		{name: "start without a number", differs: reasonPerl, tree: []string{script}, args: "a start", status: 0,
			stderr: "update-rc.d: warning: start and stop actions are no longer supported; falling back to defaults\n" +
				"update-rc.d: warning: start runlevel arguments (none) do not match a Default-Start values (2 3)\n" +
				"update-rc.d: warning: stop runlevel arguments (none) do not match a Default-Stop values (0)\n", links: treeA},
		{name: "OpenRC and a script with no links", differs: reasonRC, setup: setup{openrc: true}, tree: []string{"etc/init.d/a=#!/bin/sh\n"}, args: "a defaults"},
		{name: "-n", differs: "prints what would be done, as the update-rc.d of Debian 7 did; that of Debian 12 does not know the option",
			tree: []string{script}, args: "-n a defaults", stdout: "create /etc/rc2.d/S01a -> ../init.d/a (Default-Start has 2)\n" +
				"create /etc/rc3.d/S01a -> ../init.d/a (Default-Start has 3)\ncreate /etc/rc0.d/K01a -> ../init.d/a (Default-Stop has 0)\n"},
		{name: "a runlevel that is a path", differs: "the original makes directories of any name for it",
			tree: []string{"etc/init.d/a=### BEGIN INIT INFO\n# Default-Start: 2 x/../../../tmp/y\n"}, args: "a defaults", status: 1,
			stderr: "update-rc.d: error: /etc/init.d/a: Default-Start: x/../../../tmp/y: is no runlevel\n"},
		{name: "a file in a directory's place", differs: reasonWrite, tree: []string{script, "etc/rc3.d=file"}, args: "a defaults",
			stderr: "update-rc.d: warning: /etc/rc3.d/S01a: Not a directory: no link was changed\n"},
		{name: "a file system that is read-only: defaults", differs: reasonWrite, tree: []string{script}, mount: readOnly("etc"), args: "a defaults",
			stderr: "update-rc.d: warning: /etc/rc2.d/S01a: Read-only file system: no link was changed\n"},
		{name: "a file system that is read-only: disable", differs: reasonWrite, tree: linksA(), mount: readOnly("etc"), args: "a disable", status: 1,
			stderr: "update-rc.d: error: /etc/rc2.d/K01a: Read-only file system\n", links: treeA},
		{name: "a file system that is read-only: nothing to do", tree: linksA(), mount: readOnly("etc"), args: "a defaults"},
		{name: "one directory that is read-only", differs: reasonWrite, tree: linksA(), mount: readOnly("etc/rc3.d"), args: "a disable", status: 1,
			stderr: "update-rc.d: error: /etc/rc3.d/K01a: Read-only file system\n", links: treeA},
		{name: "another user: defaults", differs: reasonWrite, tree: []string{script}, env: []string{nobody}, args: "a defaults",
			stderr: "update-rc.d: warning: /etc/rc2.d/S01a: Permission denied: no link was changed\n"},
		{name: "another user: disable", differs: reasonWrite, tree: linksA(), env: []string{nobody}, args: "a disable", status: 1,
			stderr: "update-rc.d: error: /etc/rc2.d/K01a: Permission denied\n", links: treeA},
		{name: "another user: nothing to do", tree: linksA(), env: []string{nobody}, args: "a defaults"},
		{name: "a full file system: defaults", differs: reasonWrite, tree: []string{script}, mount: full("etc"), args: "a defaults",
			stderr: "update-rc.d: warning: /etc/rc2.d/S01a: No space left on device: no link was changed\n"},
		{name: "a directory that is a link to itself", differs: reasonWrite, tree: []string{script, "etc/rc2.d -> rc2.d"}, args: "a defaults",
			stderr: "update-rc.d: warning: /etc/rc2.d/S01a: Too many levels of symbolic links: no link was changed\n"},
		{name: "another tree", tree: append(linksA(), "t/etc/init.d/b="+headerA), env: []string{"DPKG_ROOT=/t"}, args: "b defaults"},
		{name: "another tree: its header counts", differs: "with DPKG_ROOT the original looks for the script in the machine's own tree",
			tree: []string{"t/etc/init.d/b=" + headerA, "t/etc/rc2.d/S01b -> ../init.d/b"}, env: []string{"DPKG_ROOT=/t"}, args: "b disable"},
		{name: "another tree whose directory leads out of it", differs: "the original makes its links outside the tree",
			tree: []string{"t/etc/init.d/b=" + headerA, "t/etc/rc2.d -> ../../outside", "outside/"}, env: []string{"DPKG_ROOT=/t"}, args: "b defaults",
			stderr: "update-rc.d: warning: /t/etc/rc2.d/S01b: leads out of the root directory: no link was changed\n"},
	}...)
}

// installCases are calls of systemd-sysv-install.
func installCases() []namedCase {
	var all []namedCase
	add := func(name string, tree []string, args ...string) {
		for _, a := range args {
			all = append(all, namedCase{name: name + ": " + a, program: install, tree: tree, setup: setup{systemctl: true, systemd: true}, args: a})
		}
	}
	add("wrong command line", nil, "", "enable", "--root", "-r", "enable -- ", "bogus a", "--foo is-enabled a", "--foo=3 is-enabled a",
		"-x is-enabled a", "-xr is-enabled a", "--root=/ ", "--r=/t is-enabled", "-r/t")
	add("no links", []string{"etc/init.d/a=" + headerA}, "enable a", "disable a", "is-enabled a", "enable a --root=/", "enable a more", "--ro / disable a", "-- enable a")
	add("links", linksA(), "enable a", "disable a", "is-enabled a")
	add("no script", nil, "enable a", "disable a", "is-enabled a", "enable *", "is-enabled a/../a", "is-enabled -- -x")
	add("enabled", []string{"etc/rc5.d/Sxya -> nowhere", "etc/rcS.d/S01b=", "t/etc/rc5.d/S01c="}, "is-enabled a", "is-enabled b", "is-enabled c", "is-enabled --root /t c", "--root=/t is-enabled a", "--root=t is-enabled c", "-rt is-enabled c")
	for i := range all {
		if strings.HasSuffix(all[i].args, " *") {
			all[i].differs, all[i].status = reasonName, 1
			all[i].stderr = "update-rc.d: error: *: is no init script's name\n"
		}
	}
	return all
}

const install = "systemd-sysv-install"

func readOnly(dir string) func(string) error {
	return func(root string) error {
		at := filepath.Join(root, dir)
		if err := unix.Mount(at, at, "", unix.MS_BIND, ""); err != nil {
			return err
		}
		return unix.Mount("", at, "", unix.MS_BIND|unix.MS_REMOUNT|unix.MS_RDONLY, "")
	}
}

// full puts a copy of a directory on a file system that has no room for one
// more file.
func full(dir string) func(string) error {
	return func(root string) error {
		at := filepath.Join(root, dir)
		if err := exec.Command("cp", "-a", at, at+".copy").Run(); err != nil {
			return err
		}
		if err := unix.Mount("small", at, "tmpfs", 0, "size=64k,nr_inodes=12"); err != nil {
			return err
		}
		if err := exec.Command("cp", "-a", at+".copy/.", at).Run(); err != nil {
			return err
		}
		for i := 0; ; i++ {
			if f, err := os.Create(filepath.Join(at, fmt.Sprintf("filler%d", i))); err == nil {
				f.Close()
				continue
			}
			return nil
		}
	}
}

// plantLines makes what lines describe below a root.
func plantLines(root string, lines []string) error {
	for _, l := range lines {
		name, target, link := strings.Cut(l, " -> ")
		var data string
		file := false
		if !link || strings.Contains(name, "=") {
			name, data, file = strings.Cut(l, "=")
			link = false
		}
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		var err error
		switch {
		case link:
			err = os.Symlink(target, path)
		case file:
			err = os.WriteFile(path, []byte(data), 0o755)
		default:
			err = os.MkdirAll(path, 0o755)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func namedCases(dir string) error {
	bad := 0
	for i, c := range cases() {
		text, err := c.check(filepath.Join(dir, fmt.Sprint(i)))
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		if text != "" {
			bad++
			fmt.Printf("%s: %s %s\n%s", c.name, c.program, c.args, text)
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d of %d cases fail", bad, len(cases()))
	}
	fmt.Printf("%d cases\n", len(cases()))
	return nil
}

func (c namedCase) check(dir string) (string, error) {
	p, err := build(dir, c.setup)
	if err != nil {
		return "", err
	}
	args := strings.Fields(strings.ReplaceAll(c.args, "\u00a0", "\x00"))
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], "\x00", " ")
	}
	var r [2]result
	program := c.program
	if program == "" {
		program = "update-rc.d"
	}
	for i, root := range []string{p.original, p.ours} {
		if err := plantLines(root, c.tree); err != nil {
			return "", err
		}
		if c.mount != nil {
			if err := c.mount(root); err != nil {
				return "", err
			}
		}
		if r[i], err = call(root, c.env, program, args...); err != nil {
			return "", err
		}
	}
	d := differ(r[0], r[1])
	if c.differs == "" {
		return d, nil
	}
	if d == "" {
		return "  does not differ any more\n", nil
	}
	var out strings.Builder
	var links []string
	for _, l := range r[1].tree {
		if rest, ok := strings.CutPrefix(l, "rc"); ok && !strings.HasSuffix(l, "/") && strings.Contains(l, "/") {
			name, _, _ := strings.Cut(rest, " ")
			links = append(links, name)
		}
	}
	for _, x := range [][3]string{
		{"status", fmt.Sprint(c.status), fmt.Sprint(r[1].status)}, {"stdout", c.stdout, r[1].stdout},
		{"stderr", c.stderr, r[1].stderr}, {"links", c.links, strings.Join(links, " ")},
	} {
		if x[1] != x[2] {
			fmt.Fprintf(&out, "  %s: got %q, want %q\n", x[0], x[2], x[1])
		}
	}
	return out.String(), nil
}
