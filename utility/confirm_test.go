//go:build linux

package utility

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// known are the utilities that answer an unknown option otherwise than the
// real program, with the reason.
func known(name string) string {
	switch name {
	case "restorecon":
		return "it stands in for a program that is not there"
	}
	return ""
}

// TestConfirmUnknownOption compares what those utilities print that do not
// refuse an unknown option with the real programs, where those are installed.
// These run in a process namespace of their own, so that none finds a process
// to signal.
func TestConfirmUnknownOption(t *testing.T) {
	lack := func(t *testing.T, what string) {
		t.Helper()
		if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
			t.Fatalf("required, but missing: %s", what)
		}
		t.Skipf("SKIPPED, nothing is compared: missing %s", what)
	}
	if err := exec.Command("unshare", "--fork", "--pid", "--mount-proc", "true").Run(); err != nil {
		lack(t, "unshare, or the right to it")
	}
	compared := 0
	for _, name := range Names() {
		t.Run(name, func(t *testing.T) {
			r := run(t, []string{name, "--no-such-option"})
			if r.refused != "" {
				return
			}
			if why := known(name); why != "" {
				return
			}
			env := []string{"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"}
			if _, err := exec.LookPath(name); err != nil {
				lack(t, name)
			}
			args := append([]string{"--fork", "--pid", "--mount-proc", "env", "-i"}, env...)
			cmd := exec.Command("unshare", append(args, name, "--no-such-option")...)
			var stdout, stderr bytes.Buffer
			cmd.Stdout, cmd.Stderr = &stdout, &stderr
			cmd.Run()
			want := fmt.Sprintf("status %d\n%s--\n%s", cmd.ProcessState.ExitCode(), stdout.String(), stderr.String())
			got := fmt.Sprintf("status %d\n%s--\n%s", r.status, r.stdout, r.stderr)
			if got != want {
				t.Errorf("want %s\ngot  %s", strings.TrimSpace(want), strings.TrimSpace(got))
			}
			compared++
		})
	}
	t.Logf("%d compared", compared)
}
