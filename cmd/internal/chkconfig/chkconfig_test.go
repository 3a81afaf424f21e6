package chkconfig

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sysv/system"
	"sysv/system/linux"
)

// plant makes the tree that a rule starts with.
func plant(t *testing.T, root string, files []string) {
	t.Helper()
	etc := filepath.Join(root, "etc")
	for _, dir := range []string{"init.d", "xinetd.d", "chkconfig.d", "rc0.d", "rc1.d", "rc2.d", "rc3.d", "rc4.d", "rc5.d", "rc6.d"} {
		if err := os.MkdirAll(filepath.Join(etc, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for i := 0; i < len(files); i += 2 {
		path, text := filepath.Join(etc, files[i]), files[i+1]
		os.RemoveAll(path)
		if text == "-" {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		var err error
		if target, link := strings.CutPrefix(text, "->"); link {
			err = os.Symlink(target, path)
		} else {
			err = os.WriteFile(path, []byte(text), 0o755)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// links are the entries of the directories of links.
func links(root string) string {
	var all []string
	for level := range 7 {
		entries, _ := os.ReadDir(filepath.Join(root, fmt.Sprintf("etc/rc%d.d", level)))
		for _, e := range entries {
			all = append(all, fmt.Sprintf("%d/%s", level, e.Name()))
		}
	}
	return strings.Join(all, " ")
}

// ours runs the command on a tree.
func ours(t *testing.T, root string, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	machine := linux.New()
	p := &system.Process{Sys: machine, Env: machine.Environ(), Dir: "/"}
	out, errs := system.NewCapture(p.Sys), system.NewCapture(p.Sys)
	p.Files.Set(1, out)
	p.Files.Set(2, errs)
	status = Run(context.Background(), p, append([]string{"chkconfig", "--root", root}, args...))
	return status, string(out.Bytes()), string(errs.Bytes())
}

func TestRules(t *testing.T) {
	for _, r := range rules() {
		t.Run(r.name, func(t *testing.T) {
			root := t.TempDir()
			plant(t, root, r.files)
			status, stdout, stderr := ours(t, root, r.args...)
			if status != r.status || stdout != r.stdout || stderr != r.stderr || links(root) != r.links {
				t.Errorf("status %d, expected %d\nstdout %q\nexpected %q\nstderr %q\nexpected %q\nlinks %s\nexpected %s",
					status, r.status, stdout, r.stdout, stderr, r.stderr, links(root), r.links)
			}
		})
	}
}

// What changes a tree does so once: the second call finds nothing to do.
func TestTwice(t *testing.T) {
	for _, r := range rules() {
		if r.status != 0 || strings.Contains(r.name, "xinetd") {
			continue
		}
		root := t.TempDir()
		plant(t, root, r.files)
		ours(t, root, r.args...)
		before := links(root)
		status, stdout, _ := ours(t, root, append([]string{"--dry-run"}, r.args...)...)
		if status != 0 || len(r.stdout) == 0 && stdout != "" || links(root) != before {
			t.Errorf("%s: again: status %d, %s", r.name, status, stdout)
		}
	}
}

func TestXinetdFile(t *testing.T) {
	root := t.TempDir()
	plant(t, root, []string{"xinetd.d/echo", "# an echo\nservice echo\n{\n\n\tdisable = no\n\ttype = INTERNAL\n}"})
	if status, _, stderr := ours(t, root, "echo", "off"); status != 0 {
		t.Fatal(stderr)
	}
	const want = "# an echo\nservice echo\n{\n\tdisable\t= yes\n\ttype = INTERNAL\n}\n"
	got, _ := os.ReadFile(filepath.Join(root, "etc/xinetd.d/echo"))
	if string(got) != want {
		t.Errorf("%q, expected %q", got, want)
	}
}

// A plan that is printed says each change and why, and changes nothing.
func TestDryRun(t *testing.T) {
	root := t.TempDir()
	plant(t, root, []string{"init.d/foo", foo, "rc3.d/K01foo", "->../init.d/foo"})
	status, stdout, stderr := ours(t, root, "--dry-run", "--level", "34", "foo", "reset")
	const want = "rename /etc/rc3.d/K01foo to S20foo (/etc/init.d/foo:2)\ncreate /etc/rc4.d/S20foo -> ../init.d/foo (/etc/init.d/foo:2)\n"
	if status != 0 || stdout != want || links(root) != "3/K01foo" {
		t.Errorf("status %d: %q%s, expected %q", status, stdout, stderr, want)
	}
}

func TestUsage(t *testing.T) {
	const want = `chkconfig version 1.33 - Copyright (C) 1997-2000 Red Hat, Inc.
This may be freely redistributed under the terms of the GNU Public License.

usage:   chkconfig [--list] [--type <type>] [name]
         chkconfig --add <name>
         chkconfig --del <name>
         chkconfig --override <name>
         chkconfig [--level <levels>] [--type <type>] <name> <on|off|reset|resetpriorities>
`
	for _, args := range []string{"--help", "-h", "--add", "--add a b", "--list a b", "--no-redirect", "--", "foo zap", "--level 7 foo on", "--level= foo", "--level 3"} {
		if status, _, stderr := ours(t, t.TempDir(), strings.Fields(args)...); status != 1 || stderr != want {
			t.Errorf("%s: %d %q", args, status, stderr)
		}
	}
}
