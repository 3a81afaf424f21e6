package debian_test

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// The same messages on a terminal, where there are colours: a pseudo-terminal
// is the scripts' standard output, and what arrives there is compared.

var terminalCases = []testCase{
	{name: "end", text: `log_daemon_msg a b; log_end_msg 0; log_daemon_msg a b; log_end_msg 1; log_begin_msg c; log_end_msg 255`},
	{name: "end in colours left", text: `log_end_msg 1; printf '%s' "$esc$red$yellow$normal" | od -c | cat`},
	{name: "action", text: `log_action_begin_msg x; log_action_end_msg 0; log_action_begin_msg y; log_action_end_msg 1; log_action_end_msg 2 why`},
	{name: "success failure warning", text: `log_success_msg a; log_failure_msg b; log_warning_msg c`},
	{name: "no TERM", text: `unset TERM; log_end_msg 1; TERM=; log_end_msg 1; TERM=dumb; log_end_msg 255; TERM=vt100; log_end_msg 1`},
	{name: "FANCYTTY", text: `for FANCYTTY in 0 1 Y yes true no N false x ''; do log_use_fancy_output; echo $?; log_end_msg 1; log_action_end_msg 1; done`},
	{name: "FANCYTTY of two words", text: `FANCYTTY="a b"; log_use_fancy_output; echo $?; FANCYTTY="1 = 1"; log_use_fancy_output; echo $?; FANCYTTY='*'; log_use_fancy_output; echo $?`},
	{name: "FANCYTTY unset", text: `unset FANCYTTY; log_end_msg 1; set -u; log_end_msg 1; echo not reached`},
	{name: "FANCYTTY set -e", text: `set -e; log_use_fancy_output; FANCYTTY=1; log_use_fancy_output; echo on; FANCYTTY=no; log_use_fancy_output; echo not reached`},
	{name: "status", text: `status_of_proc -p /run/no.pid d thing; start; status_of_proc -p /run/daemon.pid d thing`},
	{name: "redirected", text: `log_end_msg 1 >/run/out; od -c /run/out; log_end_msg 1 | od -c; x=$(log_end_msg 1); printf %s "$x" | od -c`},
	{name: "standard error", text: `log_end_msg 1 2>/dev/null; log_end_msg 1 >&2`},
	{name: "true and false redefined", text: `true() { echo T; return 4; }; false() { echo F; return 5; }; FANCYTTY=1; log_use_fancy_output; a=$?; FANCYTTY=0; log_use_fancy_output; b=$?; unset -f true false; echo $a $b`},
	{name: "verbose", text: `vlog_daemon_msg a b; vlog_end_msg 1; vlog_action_end_msg 1 x`},
	{name: "logging file", setup: `mount -t tmpfs tmpfs /mnt; cp -a /etc/. /mnt/ 2>/dev/null; mount --bind /mnt /etc; echo FANCYTTY=0 >/etc/lsb-base-logging.sh`, text: `log_end_msg 1`},
}

// onTerminal runs a command with a pseudo-terminal as its output.
func onTerminal(t *testing.T, c testCase, hidden bool, argv ...string) outcome {
	t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer master.Close()
	if err := unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	slave, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	cmd := command(t, c, hidden, argv)
	cmd.Stdout, cmd.Stderr = slave, slave
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	slave.Close()
	read := make(chan string)
	go func() {
		var b strings.Builder
		buf := make([]byte, 4096)
		for {
			n, err := master.Read(buf)
			b.Write(buf[:n])
			if err != nil {
				read <- b.String()
				return
			}
		}
	}()
	timer := time.AfterFunc(60*time.Second, func() { cmd.Process.Kill() })
	defer timer.Stop()
	if err := cmd.Wait(); err != nil {
		if _, ok := err.(*exec.ExitError); !ok {
			t.Fatal(err)
		}
	}
	return outcome{stdout: <-read, status: cmd.ProcessState.ExitCode()}
}

func TestConfirmTerminal(t *testing.T) {
	compareBy(t, onTerminal, snippets(terminalCases), dashSnippet, ourSnippet)
}

func TestConfirmInitDScriptTerminal(t *testing.T) {
	compareBy(t, onTerminal, initDCases[:24], dashInitD, ourInitD)
}
