package debian

import (
	"context"

	"sysv/interp"
)

// systemctlRedirect is the function that init-functions.d/40-systemd defines.
const systemctlRedirect = "systemctl_redirect"

// sourceSystemd does what sourcing 40-systemd of the package systemd does
// where systemd does not run. Where it does, the file itself is to be run.
func sourceSystemd(sh *interp.Shell) (status int, served bool) {
	if sh.At(5).Try(test("-d", "/run/systemd/system")) == 0 {
		return 0, false
	}
	sh.At(4).Set("_use_systemctl", "0")
	sh.Define(systemctlRedirect, Function(systemctlRedirect))
	sh.SetStatus(0)
	return 0, true
}

// redirectToSystemctl runs the function of 40-systemd from its text: it has no
// use where systemd does not run, and is not worth reading before it is used.
func redirectToSystemctl(_ context.Context, sh *interp.Shell, args []string) int {
	text, err := sh.Process().ReadFile(systemdHook.path(), maxFile)
	if err != nil {
		return 127
	}
	status, _ := sh.CallText(text, systemdHook.path(), args)
	return status
}
