//go:build linux

package shell_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// run --trace names the file and line of each command: of a library's
// functions too, and of what is started in the background.
func TestTraceNamesFileAndLine(t *testing.T) {
	const functions = "/lib/lsb/init-functions"
	if _, err := os.Stat(functions); err != nil {
		if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
			t.Fatal(err)
		}
		t.Skipf("SKIPPED: %v", err)
	}
	dir := t.TempDir()
	os.Chmod(dir, 0o755)
	script := filepath.Join(dir, "s")
	text := "#!/bin/sh\n. " + functions + "\nlog_daemon_msg a b\nf() {\n\ttrue f\n}\nf\n/bin/true one &\nwait\n{ true two; true three; } &\nwait\n"
	if err := os.WriteFile(script, []byte(text), 0o755); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(ours(t, "sysv"), "run", "--trace", "--allow-writable", script)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s", err, stderr.String())
	}
	var got []string
	for _, m := range regexp.MustCompile(`(?m)^(\S+):(\d+): +[0-9.]+s \+ (.*)$`).FindAllStringSubmatch(stderr.String(), -1) {
		switch {
		case m[1] == script:
			got = append(got, m[2]+" "+m[3])
		case strings.HasPrefix(m[3], "log_daemon_msg_p"):
			got = append(got, m[1]+" "+m[3])
		}
	}
	want := []string{
		"2 . " + functions, "3 log_daemon_msg a b", functions + " log_daemon_msg_pre a b", functions + " log_daemon_msg_post a b",
		"7 f", "5 true f", "8 /bin/true one", "9 wait", "10 '{ true two; true three; }'", "11 wait",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s\n%s", d, stderr.String())
	}
	started := regexp.MustCompile(`(?m)^(\S+):(\d+): .*started \S*/true one `).FindStringSubmatch(stderr.String())
	if started == nil || started[2] != "8" {
		t.Errorf("the background command is not said to have started where it stands: %s", stderr.String())
	}
}
