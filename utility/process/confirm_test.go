//go:build linux

package process

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sysv/system"
	"sysv/system/linux"
	"sysv/utility/call"
)

// refusedStatus is what a refused utility ends with in these tests, where no
// other program can stand in for it.
const refusedStatus = 99

// TestMain is also the utilities themselves: the test binary is called by
// their names through symbolic links.
func TestMain(m *testing.M) {
	linux.RunStage()
	if f := Lookup(filepath.Base(os.Args[0])); f != nil {
		os.Exit(runUtility(f))
	}
	os.Exit(m.Run())
}

func runUtility(f call.Func) int {
	sys := linux.New()
	dir, err := os.Getwd()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return refusedStatus
	}
	p := &system.Process{Sys: sys, Dir: dir, Umask: sys.Umask(), Env: sys.Environ()}
	for fd, file := range sys.Stdio() {
		p.Files.Set(fd, file)
	}
	p.Files.Inherit(sys)
	status, refused := call.Run(context.Background(), f, p, os.Args)
	if refused != "" {
		fmt.Fprintln(os.Stderr, "REFUSED: "+refused)
		return refusedStatus
	}
	return status
}

// confirm is a script that is run twice, each time in namespaces of its own
// with a real dash as its process 1: with the real programs, and with ours in
// front of them on the PATH.
type confirm struct {
	name   string
	script string
	// differs says why ours prints something else than the real program: it
	// then is ours, and the real one must not print that.
	differs, ours string
}

// prelude is what the scripts have at hand.
//
//   - P NAME PID: print NAME wherever that pid would be printed.
//   - show PID: what is to be seen of a process.
//   - until COMMAND…: wait until it succeeds, 5 seconds at most.
//   - try COMMAND…: run it and print its status.
//
// $D (a daemon) and $E (another one) are copies of dash: programs of their own
// that do what -c tells them.
const prelude = `
# Pids that are no other number in what is printed.
echo 7000 >/proc/sys/kernel/ns_last_pid
cd /mnt
D=/mnt/daemon E=/mnt/other
cp /bin/dash $D
cp /bin/dash $E
mkfifo /mnt/idle
idle=': </mnt/idle'
deaf='trap "" TERM; : </mnt/idle'
P() { echo "$2 $1" >>/mnt/.pids; }
until_() { n=0; while ! "$@" >/dev/null 2>&1; do n=$((n+1)); [ $n -gt 250 ] && { echo "never: $*"; return 1; }; /bin/sleep 0.02; done; }
try() { "$@"; echo "status $?"; }
init() { "$@" >/mnt/o; s=$?; sed 's/\<1\>/INIT/' /mnt/o; echo "status $s"; }
gone() { s=$(grep -s ^State: /proc/$1/status); case $s in ''|*Z*) ;; *) false; esac; }
mkroot() { # a root directory with dash as /bin/d
	mkdir -p $1/bin $1/run $1/mnt; cp /bin/dash $1/bin/d; mkfifo $1/mnt/idle
	for l in $(ldd /bin/dash | grep -o '/[^ ]*'); do mkdir -p $1${l%/*}; cp $l $1$l; done
}
show() {
	tr '\0' ' ' </proc/$1/cmdline; echo
	grep -e ^Uid -e ^Gid -e ^Groups -e ^Umask /proc/$1/status
	set -- $1 $(sed 's/.*) //' /proc/$1/stat)
	echo "nice $((${18}))"
	[ $5 = $(sed 's/.*) //' /proc/1/stat | cut -d' ' -f4) ] && echo same session || echo new session
	for f in /proc/$1/fd/*; do echo "${f##*/} $(readlink $f | sed 's/pipe:.*/pipe/')"; done
	readlink /proc/$1/cwd /proc/$1/root
}
`

func TestConfirmStartStopDaemon(t *testing.T) { confirmAll(t, startStopCases) }
func TestConfirmRun(t *testing.T)             { confirmAll(t, runCases) }
func TestConfirmPIDOf(t *testing.T)           { confirmAll(t, pidofCases) }

func confirmAll(t *testing.T, cases []confirm) {
	required := os.Getenv("SYSV_REQUIRE_ORACLES") == "1"
	why := oraclesMissing()
	if why != "" && required {
		t.Fatal(why)
	}
	if why != "" {
		t.Skip("not compared with the real programs: " + why)
	}
	links := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for name := range strings.FieldsSeq(utilities) {
		if err := os.Symlink(self, filepath.Join(links, name)); err != nil {
			t.Fatal(err)
		}
	}
	seen := map[string]bool{}
	for _, c := range cases {
		if c.name == "" || seen[c.name] {
			t.Fatalf("case without a name of its own: %q", c.name)
		}
		seen[c.name] = true
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			real := runScript(t, c.script, "")
			ours := runScript(t, c.script, links)
			if strings.Contains(ours, "REFUSED: ") {
				t.Errorf("refused:\n%s", ours)
			}
			if c.differs == "" {
				if d := cmp.Diff(real, ours); d != "" {
					t.Errorf("real (-) and ours (+):\n%s", d)
				}
				return
			}
			if want := c.ours; want != ours {
				t.Errorf("a known difference (%s), but want (-) and ours (+):\n%s", c.differs, cmp.Diff(want, ours))
			}
			if real == ours {
				t.Errorf("no difference any more: %s", c.differs)
			}
		})
	}
}

// utilities are the links that the scripts find ours by.
const utilities = "chroot env getent groups id kill killall killall5 nice nohup pgrep pidof pkill ps runuser setsid sleep start-stop-daemon su timeout tty whoami"

var oraclesMissing = sync.OnceValue(func() string {
	if os.Getuid() != 0 {
		return "needs root"
	}
	if err := exec.Command("unshare", "--fork", "--pid", "--mount", "--mount-proc", "true").Run(); err != nil {
		return "unshare: " + err.Error()
	}
	for name := range strings.FieldsSeq("/bin/dash ionice perl setpriv " + utilities) {
		if _, err := exec.LookPath(name); err != nil {
			return err.Error()
		}
	}
	return ""
})

// aCase is how long a script may take: none waits for more than some seconds.
const aCase = 60 * time.Second

func runScript(t *testing.T, script, links string) string {
	t.Helper()
	dir := t.TempDir()
	path := "/usr/sbin:/usr/bin:/sbin:/bin"
	if links != "" {
		path = links + ":" + path
	}
	file := filepath.Join(dir, "script")
	write(t, file, "mount --bind "+dir+" /mnt && cd /mnt && exec >/mnt/out 2>/mnt/err </dev/null\n"+prelude+script+"\n")
	ctx, stop := context.WithTimeout(context.Background(), aCase)
	defer stop()
	cmd := exec.CommandContext(ctx, "unshare", "--fork", "--kill-child", "--pid", "--mount", "--mount-proc", "--ipc", "/bin/dash", file)
	cmd.Env = []string{"PATH=" + path, "LC_ALL=C", "HOME=/root", "TERM=dumb"}
	var noise bytes.Buffer
	cmd.Stderr = &noise
	err := cmd.Run()
	if ctx.Err() != nil {
		t.Fatalf("does not end:\n%s%s", read(filepath.Join(dir, "out")), read(filepath.Join(dir, "err")))
	}
	status := 0
	if e, ok := err.(*exec.ExitError); ok {
		status = e.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	if noise.Len() > 0 {
		t.Fatalf("unshare: %s", noise.String())
	}
	// A shell remarks on a program that a signal ended: the real program may
	// have, where ours, which waits for it, ends with the status for that.
	remarks := strings.NewReplacer("Killed\n", "", "Terminated\n", "", "User defined signal 1\n", "")
	s := "-- stdout --\n" + read(filepath.Join(dir, "out")) + "-- stderr --\n" + remarks.Replace(read(filepath.Join(dir, "err"))) + fmt.Sprintf("-- status %d --\n", status)
	for line := range strings.Lines(read(filepath.Join(dir, ".pids"))) {
		pid, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		s = replaceWord(s, pid, name)
	}
	return s
}

// replaceWord replaces a number where it is not part of a longer one.
func replaceWord(s, number, name string) string {
	digit := func(i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }
	for at := 0; number != ""; {
		i := strings.Index(s[at:], number)
		if i < 0 {
			break
		}
		i += at
		if digit(i-1) || digit(i+len(number)) {
			at = i + len(number)
			continue
		}
		s = s[:i] + name + s[i+len(number):]
		at = i + len(name)
	}
	return s
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func read(path string) string {
	b, _ := os.ReadFile(path)
	return string(b)
}
