package debian_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sysv/system/linux"
)

// Each case is run by the real dash with the real files, and by ours: with
// the files there (the library stands in, as it knows them) and with the
// files hidden. Every run has mount and pid namespaces of its own.

// prelude prepares the namespace; it is pid 1 of it. $1 says what is hidden.
const prelude = `
mount --make-rprivate / 2>/dev/null
mount -t proc proc /proc
hide=$1; shift
if [ "$hide" = hidden ]; then
	mount -t tmpfs tmpfs /mnt || exit 99
	cp -a /lib/lsb/init-functions.d /mnt/
	rm -f /mnt/init-functions.d/00-verbose
	mount --bind /mnt /lib/lsb || exit 99
	umount -l /mnt
	mount -t tmpfs tmpfs /lib/init || exit 99
fi
cat "$LAB_PROGRAM" >/dev/null
exec 8<"$LAB_PROGRAM" 9<"$LAB_DAEMON"
mount -t tmpfs tmpfs /run || exit 99
mount -t tmpfs tmpfs /etc/default || exit 99
mkdir -p /run/d /run/lock /run/s
cat <&8 >/run/d/sysv; cat <&9 >/run/d/daemon; exec 8<&- 9<&-
chmod +x /run/d/*
printf '%s' "$LAB_SCRIPT" >/run/s/script
cd /
eval "$LAB_SETUP"
unset LAB_PROGRAM LAB_DAEMON LAB_SCRIPT LAB_SETUP
"$@" </dev/null
`

// helpers is what the snippets use: start makes a daemon with a pid file,
// VARS shows the variables that the library sets.
const helpers = `
start() {
	( exec >/dev/null 2>&1; /run/d/daemon 1000 & echo $! >/run/daemon.pid )
	P=$(cat /run/daemon.pid)
	until [ "$(cat /proc/$P/comm)" = daemon ]; do :; done
}
gone() { n=0; while kill -0 $P 2>/dev/null && [ $n -lt 100 ]; do sleep 0.02; n=$((n+1)); done; kill -0 $P 2>/dev/null && echo alive || echo gone; }
VARS() {
	for v in force nice pidfile exec args opt OPTARG OPTIND base status specified pid sig name_param is_term_sig daemon name end esc red yellow normal LSB_S LSB_E hook FANCYTTY; do
		eval "printf '%s=<%s> ' $v \"\${$v-unset}\""
	done
	echo
}
`

type testCase struct {
	name, text string
	// setup is run before, by the prelude.
	setup string
	// action is for a script of init-d-script: what it is called with.
	action []string
	// differs says why ours is meant to do something else than dash where the
	// files are hidden; ours must then give hiddenOut.
	differs, hiddenOut string
}

type outcome struct {
	stdout, stderr string
	status         int
}

func (o outcome) String() string {
	return fmt.Sprintf("status %d\n--- stdout\n%s--- stderr\n%s", o.status, o.stdout, o.stderr)
}

var (
	buildOnce sync.Once
	built     string
	buildErr  error
)

// program builds sysv.
func program(t *testing.T) string {
	t.Helper()
	buildOnce.Do(func() {
		var dir string
		if dir, buildErr = os.MkdirTemp("/var/tmp", "sysv-library-"); buildErr != nil {
			return
		}
		built = filepath.Join(dir, "sysv")
		cmd := exec.Command("go", "build", "-o", built, "sysv/cmd/sysv")
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			buildErr = fmt.Errorf("%v: %s", err, out)
		}
	})
	if buildErr != nil {
		t.Fatal(buildErr)
	}
	return built
}

func TestMain(m *testing.M) {
	// The real machine starts programs by way of this binary.
	linux.RunStage()
	code := m.Run()
	if built != "" {
		os.RemoveAll(filepath.Dir(built))
	}
	os.Exit(code)
}

// requireOracles finds out whether there is anything to compare with.
func requireOracles(t *testing.T) {
	t.Helper()
	missing := ""
	if os.Getuid() != 0 {
		missing = "root (for namespaces)"
	}
	for _, f := range []string{"/bin/dash", "/lib/lsb/init-functions", "/lib/init/init-d-script", "/lib/init/vars.sh", "/sbin/start-stop-daemon", "/bin/pidof", "/bin/ps"} {
		if _, err := os.Stat(f); err != nil {
			missing = f
		}
	}
	switch {
	case missing == "":
	case os.Getenv("SYSV_REQUIRE_ORACLES") == "1":
		t.Fatalf("nothing to compare with: %s is missing", missing)
	default:
		t.Skipf("SKIPPED COMPARISON: %s is missing", missing)
	}
}

// command is a case's command in namespaces of its own.
func command(t *testing.T, c testCase, hidden bool, argv []string) *exec.Cmd {
	t.Helper()
	hide := "shown"
	if hidden {
		hide = "hidden"
	}
	term := "dumb"
	if strings.HasPrefix(t.Name(), "TestConfirmTerminal") {
		term = "linux"
	}
	cmd := exec.Command("/bin/dash", append([]string{"-c", prelude, "init", hide}, argv...)...)
	cmd.Env = []string{
		"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "TERM=" + term, "LC_ALL=C",
		"LAB_PROGRAM=" + program(t), "LAB_DAEMON=/bin/sleep", "LAB_SCRIPT=" + c.text, "LAB_SETUP=" + c.setup,
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWPID, Pdeathsig: syscall.SIGKILL}
	return cmd
}

// run runs a case with pipes for output.
func run(t *testing.T, c testCase, hidden bool, argv ...string) outcome {
	t.Helper()
	cmd := command(t, c, hidden, argv)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	timer := time.AfterFunc(60*time.Second, func() { cmd.Process.Kill() })
	defer timer.Stop()
	err := cmd.Run()
	if _, ok := err.(*exec.ExitError); err != nil && !ok {
		t.Fatal(err)
	}
	return outcome{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

// compared counts what was compared.
var compared atomic.Int32

// compare runs each case with dash and with ours, in the modes given.
func compare(t *testing.T, cases []testCase, dash func(testCase) []string, ours func(testCase, string) []string) {
	compareBy(t, run, cases, dash, ours)
}

func compareBy(t *testing.T, run func(*testing.T, testCase, bool, ...string) outcome, cases []testCase,
	dash func(testCase) []string, ours func(testCase, string) []string) {
	requireOracles(t)
	program(t)
	t.Cleanup(func() { t.Logf("%d runs compared so far", compared.Load()) })
	seen := map[string]bool{}
	for _, c := range cases {
		if seen[c.name] {
			t.Errorf("two cases are named %q", c.name)
		}
		seen[c.name] = true
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			want := run(t, c, false, dash(c)...)
			for _, m := range []struct {
				name, mode string
				hidden     bool
			}{{"known", "prefer", false}, {"hidden", "prefer", true}, {"known, programs", "fallback", false}} {
				got := run(t, c, m.hidden, ours(c, m.mode)...)
				compared.Add(1)
				expect := want
				if m.hidden && c.differs != "" {
					if got == want {
						t.Errorf("known difference (%s) is none", c.differs)
					}
					expect.stdout, got.stderr = c.hiddenOut, want.stderr
				}
				// When a process that was killed is gone is a matter of luck,
				// for dash as well: both are run again.
				for n := 0; n < 12 && got != expect && c.differs == ""; n++ {
					expect = run(t, c, false, dash(c)...)
					got = run(t, c, m.hidden, ours(c, m.mode)...)
				}
				if got != expect {
					t.Errorf("%s:\n%s\n%s", m.name, strings.TrimPrefix(c.text, helpers), cmp.Diff(expect.String(), got.String()))
				}
			}
		})
	}
}

// snippets makes scripts of the cases: the library sourced, the text, and
// what it has left in variables.
func snippets(cases []testCase) []testCase {
	made := make([]testCase, len(cases))
	for i, c := range cases {
		if !strings.Contains(c.text, "init-functions") {
			c.text = ". /lib/lsb/init-functions\n" + c.text
		}
		c.text = helpers + c.text + "\necho status=$?\nVARS\n"
		made[i] = c
	}
	return made
}

func dashSnippet(testCase) []string { return []string{"/bin/dash", "/run/s/script", "one", "two"} }

func ourSnippet(_ testCase, mode string) []string {
	return []string{"/run/d/sysv", "sh", "--utilities=" + mode, "/run/s/script", "one", "two"}
}

func dashInitD(c testCase) []string {
	return append([]string{"/usr/bin/env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "TERM=dumb",
		"/bin/dash", "/lib/init/init-d-script", "/run/s/script"}, c.action...)
}

func ourInitD(c testCase, mode string) []string {
	return append([]string{"/usr/bin/env", "-u", "LC_ALL", "/run/d/sysv", "run", "--utilities=" + mode, "/run/s/script"}, c.action...)
}

func TestConfirmMessages(t *testing.T) { compare(t, snippets(messageCases), dashSnippet, ourSnippet) }
func TestConfirmProcess(t *testing.T)  { compare(t, snippets(processCases), dashSnippet, ourSnippet) }
func TestConfirmSourcing(t *testing.T) { compare(t, snippets(sourcingCases), dashSnippet, ourSnippet) }
func TestConfirmInitDScript(t *testing.T) {
	compare(t, initDCases, dashInitD, ourInitD)
}
