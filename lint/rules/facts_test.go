package rules

import (
	"errors"
	"os"
	"os/exec"
	"testing"
)

// TestFactsConfirm has the real programs say what the rules on start and stop,
// exit codes and pid files rest on. Nothing is started or signalled: what has
// to do with processes is asked with --test.
func TestFactsConfirm(t *testing.T) {
	for _, c := range []struct {
		rule, name, command string
		want                int
	}{
		{"SV2002", "start of what runs fails", "start-stop-daemon --start --test --quiet --pid $$ --startas /bin/true", 1},
		{"SV2002", "start of what runs with --oknodo succeeds", "start-stop-daemon --start --test --quiet --oknodo --pid $$ --startas /bin/true", 0},
		{"SV2003", "stop of what does not run fails", "start-stop-daemon --stop --test --quiet --name no-such-name", 1},
		{"SV2003", "stop of what does not run with --oknodo succeeds", "start-stop-daemon --stop --test --quiet --oknodo --name no-such-name", 0},
		{"SV2005", "mkdir of what is there fails", "mkdir a && mkdir a 2> /dev/null", 1},
		{"SV2005", "mkdir -p of what is there succeeds", "mkdir -p b && mkdir -p b", 0},
		{"SV2006", "ln -s over a link fails", "ln -s x c && ln -s x c 2> /dev/null", 1},
		{"SV2006", "ln -s over a link to a directory makes one inside", "mkdir d && ln -s d e && ln -s d e && [ -L d/d ]", 0},
		{"SV2006", "ln -sfn over a link to a directory replaces it", "mkdir f && ln -sfn f g && ln -sfn f g && [ ! -L f/f ]", 0},
		{"SV2011", "mkfifo of what is there fails", "mkfifo h && mkfifo h 2> /dev/null", 1},
		{"SV4009", "|| true makes a success of a failure", "start-stop-daemon --stop --test --quiet --name no-such-name || true", 0},
		{"SV4010", "log_end_msg returns what it is told", ". /lib/lsb/init-functions; log_end_msg 7 > /dev/null", 7},
		{"SV4010", "log_action_end_msg returns 0", ". /lib/lsb/init-functions; log_action_end_msg 7 > /dev/null", 0},
		{"SV4014", "set -e ends before $? is looked at", "set -e; (exit 5); [ $? = 5 ]; exit 9", 5},
		{"SV4014", "set -e does not in a function that is tested", "set -e; f() { (exit 5); exit 9; }; f || exit 3", 9},
		{"SV4006", "status_of_proc says 3 of what is stopped", ". /lib/lsb/init-functions; status_of_proc -p $PWD/no.pid /usr/sbin/no-such-daemon x > /dev/null", 3},
		{"SV4016", "exit -1 is an error", "exit -1 2> /dev/null", 2},
		{"SV4016", "exit 256 is 0", "exit 256", 0},
		{"SV4016", "a word is no exit code", "exit FAIL 2> /dev/null", 2},
		{"SV4005", "$? behind a negation is not the command's", "if ! (exit 5); then exit $?; fi", 0},
		{"SV5002", "kill -0 is content with any process of the number", "sleep 0.2 & kill -0 $!", 0},
		{"SV5010", "start-stop-daemon needs something to look for", "start-stop-daemon --stop --quiet 2> /dev/null", 3},
		{"SV5010", "start-stop-daemon needs more than --startas", "start-stop-daemon --start --test --startas /bin/true 2> /dev/null", 3},
		{"SV5011", "a name of 16 bytes is warned of", "start-stop-daemon --stop --test --name 1234567890123456 2>&1 | grep -q 'longer than 15'", 0},
		{"SV6007", "an empty part of PATH is the directory", "mkdir i && printf '#!/bin/sh\\nexit 6\\n' > i/own && chmod +x i/own && cd i && PATH=/usr/bin: && own", 6},
		{"SV6010", "an empty variable leaves /*", "[ \"$(echo $NO_SUCH/b*)\" = \"$(echo /b*)\" ]", 0},
	} {
		t.Run(c.rule+" "+c.name, func(t *testing.T) {
			for _, program := range []string{"/bin/dash", "/sbin/start-stop-daemon", "/lib/lsb/init-functions"} {
				if _, err := os.Stat(program); err == nil {
					continue
				}
				if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
					t.Fatal(program + " is not here")
				}
				t.Skip("SKIPPED: " + program + " is not here")
			}
			cmd := exec.Command("/bin/dash", "-c", c.command)
			cmd.Dir = t.TempDir()
			out, err := cmd.CombinedOutput()
			got := 0
			if e, ok := errors.AsType[*exec.ExitError](err); ok {
				got = e.ExitCode()
			} else if err != nil {
				t.Fatal(err)
			}
			if got != c.want {
				t.Errorf("%s\nexits with %d, want %d\n%s", c.command, got, c.want, out)
			}
		})
	}
}
