package updatercd_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"sysv/cmd/internal/insserv"
	"sysv/cmd/internal/sysvinstall"
	"sysv/cmd/internal/updatercd"
	"sysv/shell"
	"sysv/system/linux"
)

// TestMain makes the test's own program the drop-in that it is called by the
// name of.
func TestMain(m *testing.M) {
	linux.RunStage()
	switch filepath.Base(os.Args[0]) {
	case "update-rc.d":
		os.Exit(updatercd.Run(context.Background(), shell.HostProcess(), os.Args))
	case "insserv":
		os.Exit(insserv.Run(context.Background(), shell.HostProcess(), os.Args))
	case "systemd-sysv-install":
		os.Exit(sysvinstall.Run(context.Background(), shell.HostProcess(), os.Args))
	}
	if tree := os.Getenv(insideVar); tree != "" {
		os.Exit(inside(tree))
	}
	os.Exit(m.Run())
}
