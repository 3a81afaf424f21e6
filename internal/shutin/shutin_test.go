//go:build linux && !arm

package shutin

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// A filter that lets everything through would prove nothing.
func TestShut(t *testing.T) {
	if os.Getenv("SYSV_TEST_SHUT") != "" {
		if err := Shut(); err != nil {
			t.Fatal(err)
		}
		os.ReadFile("/etc/passwd")
		return
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "-test.run=^TestShut$")
	cmd.Env = append(os.Environ(), "SYSV_TEST_SHUT=1")
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "SIGSYS") {
		t.Errorf("a process that is shut in could open a file: %v %s", err, out)
	}
}
