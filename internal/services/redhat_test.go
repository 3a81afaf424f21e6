//go:build linux

package services

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRedHat has the rules of Red Hat's service (initscripts 10), which ours
// does as where /etc/init.d leads to rc.d/init.d. They were found by running
// the original.
func TestRedHat(t *testing.T) {
	root := filepath.Join(base, "ours")
	dir := filepath.Join(root, "etc/init.d")
	if err := errors.Join(os.Rename(dir, dir+".away"), os.MkdirAll(filepath.Join(root, "etc/rc.d/init.d"), 0o755), os.Symlink("rc.d/init.d", dir)); err != nil {
		t.Fatal(err)
	}
	defer func() {
		os.Remove(dir)
		os.RemoveAll(filepath.Join(root, "etc/rc.d"))
		os.Rename(dir+".away", dir)
	}()
	write(t, "etc/rc.d/init.d/web", "#!/bin/sh\necho \"$0: $#\"; for a; do echo \"<$a>\"; done; [ \"$1\" = status ] && exit 3; exit 7\n", 0o755, root)
	write(t, "etc/rc.d/init.d/env", "#!/bin/sh\nenv | grep -v '^_=' | sort\n", 0o755, root)
	write(t, "etc/rc.d/init.d/web.rpmsave", "#!/bin/sh\necho old\n", 0o755, root)
	write(t, "etc/rc.d/init.d/functions", "echo functions\n", 0o755, root)
	write(t, "etc/rc.d/init.d/data", "#!/bin/sh\n", 0o644, root)
	const basic = "The service command supports only basic LSB actions (start, stop, restart, try-restart, reload, reload-or-restart, try-reload-or-restart, force-reload, status, condrestart). For other actions, please try to use systemctl.\n"
	const clean = "PATH=/usr/sbin:/usr/bin:/sbin:/bin\nPWD=/\nSYSTEMCTL_IGNORE_DEPENDENCIES=%1\nSYSTEMCTL_SKIP_REDIRECT=%2\nTERM=\n"
	environment := func(ignore, skip string) string { return strings.NewReplacer("%1", ignore, "%2", skip).Replace(clean) }
	for _, c := range []struct {
		words          []string
		status         int
		stdout, stderr string
	}{
		{nil, 1, "", "Usage: service < option > | --status-all | [ service_name [ command | --full-restart ] ]\n"},
		{[]string{"--version"}, 0, "", "service ver. 1.1\n"},
		{[]string{"web", "start"}, 7, "/etc/init.d/web: 1\n<start>\n", ""},
		{[]string{"web", "start", "a b", "c"}, 7, "/etc/init.d/web: 4\n<start>\n<a>\n<b>\n<c>\n", ""},
		{[]string{"web"}, 7, "/etc/init.d/web: 1\n<>\n", ""},
		{[]string{"web", "status"}, 3, "/etc/init.d/web: 1\n<status>\n", ""},
		{[]string{"web", "--full-restart"}, 7, "/etc/init.d/web: 1\n<stop>\n/etc/init.d/web: 1\n<start>\n", ""},
		{[]string{"env", "start"}, 0, environment("", ""), ""},
		{[]string{"--skip-redirect", "env", "start"}, 0, environment("", "1"), ""},
		{[]string{"env", "start", "--ignore-dependencies"}, 0, environment("1", ""), ""},
		{[]string{"data", "start"}, 126, "", "env: '/etc/init.d/data': Permission denied\n"},
		{[]string{"no-such", "explain"}, 2, "", basic},
		{[]string{"no-such"}, 2, "", basic},
		{[]string{"--status-all"}, 0, "PATH=/usr/sbin:/usr/bin:/sbin:/bin\nPWD=/etc/rc.d/init.d\nTERM=\n/etc/init.d/web: 1\n<status>\n", ""},
	} {
		got := call{argv: append([]string{"/usr/sbin/service"}, c.words...), env: []string{"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root"}, dir: "/tmp"}.run(t, root)
		if got.status != c.status || got.stdout != c.stdout || got.stderr != c.stderr {
			t.Errorf("service %q: %v\nexpected status %d\n%s--\n%s", c.words, got, c.status, c.stdout, c.stderr)
		}
	}
	os.Remove(dir)
	for _, words := range [][]string{{"--status-all"}, {"web", "--full-restart"}} {
		write(t, "etc/redhat-release", "of a test\n", 0o644, root)
		got := call{argv: append([]string{"/usr/sbin/service"}, words...), env: []string{"PATH=/bin"}, dir: "/"}.run(t, root)
		if got.status != 4 || got.stderr != "Support for initscripts isn't installed\n" {
			t.Errorf("service %q without scripts: %v", words, got)
		}
	}
	os.Remove(filepath.Join(root, "etc/redhat-release"))
}
