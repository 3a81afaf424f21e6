//go:build unix

package runlevel_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"sysv/runlevel"
)

// lockVar has the test's program be a process that takes the lock of a
// directory: "DIR N" again and again, "DIR hold" once, until it is killed.
const lockVar = "SYSV_TEST_LOCK"

func TestMain(m *testing.M) {
	if v := os.Getenv(lockVar); v != "" {
		dir, n, _ := strings.Cut(v, " ")
		if err := contend(dir, n); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func contend(dir, n string) error {
	r, err := runlevel.OpenRoot(dir)
	if err != nil {
		return err
	}
	rounds, _ := strconv.Atoi(n)
	var longest time.Duration
	for i := 0; n == "hold" || i < rounds; i++ {
		start := time.Now()
		release, err := r.Lock(context.Background())
		if err != nil {
			return err
		}
		longest = max(longest, time.Since(start))
		if n == "hold" {
			fmt.Println("held")
			time.Sleep(time.Hour)
		}
		// Nobody else may be here.
		mark := filepath.Join(dir, "etc", "mark")
		f, err := os.OpenFile(mark, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		f.Close()
		time.Sleep(200 * time.Microsecond)
		if err := os.Remove(mark); err != nil {
			return err
		}
		release()
		if i%3 == 0 {
			// So that the other one is alone at times, and removes the file.
			time.Sleep(300 * time.Microsecond)
		}
	}
	fmt.Println(longest.Microseconds())
	return nil
}

func contender(t *testing.T, what string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self)
	c.Env = append(os.Environ(), lockVar+"="+what)
	return c
}

// TestLockInTurns has two processes that want the lock all the time: one is
// never in with the other, and neither waits long.
func TestLockInTurns(t *testing.T) {
	dir := tree(t, "etc/")
	var out [2]strings.Builder
	var all [2]*exec.Cmd
	for i := range all {
		all[i] = contender(t, dir+" 1000")
		all[i].Stdout = &out[i]
		if err := all[i].Start(); err != nil {
			t.Fatal(err)
		}
	}
	for i := range all {
		if err := all[i].Wait(); err != nil {
			t.Fatalf("%v: %s", err, out[i].String())
		}
		us, err := strconv.Atoi(strings.TrimSpace(out[i].String()))
		if err != nil || time.Duration(us)*time.Microsecond > time.Second {
			t.Errorf("the longest wait was %s µs", out[i].String())
		}
		if _, err := os.Lstat(filepath.Join(dir, "etc/.sysv-links.lock")); err == nil && i == 1 {
			t.Error("the lock's file is left")
		}
		t.Logf("the longest of 1,000 waits: %d µs", us)
	}
}

// TestLockOfTheDead: who waits for a process that does not let go is told of
// it; one that is killed has let go.
func TestLockOfTheDead(t *testing.T) {
	dir := tree(t, "etc/")
	c := contender(t, dir+" hold")
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	defer c.Wait()
	if line, _ := bufio.NewReader(out).ReadString('\n'); line != "held\n" {
		t.Fatalf("%q", line)
	}
	r := open(t, dir)
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	_, err = r.Lock(ctx)
	want := fmt.Sprintf("%s/etc/.sysv-links.lock: is held by process %d: context deadline exceeded", r.Dir(), c.Process.Pid)
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
	c.Process.Kill()
	ctx, cancel = context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	release, err := r.Lock(ctx)
	if err != nil {
		t.Fatal(err)
	}
	release()
}

// TestLockAgain: a process that has the lock gets it again, also through
// another Root of the same directory, and keeps it until the last release.
func TestLockAgain(t *testing.T) {
	dir := tree(t, "etc/", "x -> .")
	a, b := open(t, dir), open(t, dir+"/x/.")
	first, err := a.Lock(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	second, err := b.Lock(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	first()
	first() // once more does nothing
	step := []runlevel.Step{{Op: runlevel.Create, New: "etc/rc2.d/S01a", Target: "x"}}
	if err := a.Apply(runlevel.Plan{Steps: step}); err != nil {
		t.Errorf("under the second lock: %v", err)
	}
	second()
	step[0].New = "etc/rc2.d/S02a"
	if err := a.Apply(runlevel.Plan{Steps: step}); err == nil {
		t.Error("a change without the lock")
	}
}

// TestTogether: changes of several calls are one, and an inner one that fails
// takes its own back.
func TestTogether(t *testing.T) {
	dir := tree(t, "etc/rc2.d/S01a -> ../init.d/a")
	a, b := open(t, dir), open(t, dir)
	release, err := a.Lock(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	plan := func(steps ...runlevel.Step) runlevel.Plan { return runlevel.Plan{Steps: steps} }
	rename := plan(runlevel.Step{Op: runlevel.Rename, Old: "etc/rc2.d/S01a", New: "etc/rc2.d/K01a"})
	wrong := plan(runlevel.Step{Op: runlevel.Remove, Old: "etc/rc2.d/K01a"}, runlevel.Step{Op: runlevel.Remove, Old: "etc/none"})
	refused := errors.New("refused")
	err = a.Together(func() error {
		if err := a.Apply(rename); err != nil {
			return err
		}
		if err := b.Recover(); err != nil {
			return err
		}
		if err := b.Apply(wrong); err == nil || b.Failed() == nil {
			t.Error("a link was removed that is not there")
		}
		if got := listing(t, dir); strings.Join(got, " ") != "etc/ etc/.sysv-links.journal="+journal(t, dir)+" etc/rc2.d/ etc/rc2.d/K01a -> ../init.d/a" {
			t.Errorf("after the inner one: %q", got)
		}
		return refused
	})
	if err != refused {
		t.Errorf("%v", err)
	}
	if got := listing(t, dir); strings.Join(got, " ") != "etc/ etc/rc2.d/ etc/rc2.d/S01a -> ../init.d/a" {
		t.Errorf("after all: %q", got)
	}
}

func journal(t *testing.T, dir string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "etc/.sysv-links.journal"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestHostileTree: files in the lock's and the journal's places that are not
// ours are not followed, and not believed.
func TestHostileTree(t *testing.T) {
	outside := tree(t, "victim=data")
	dir := tree(t, "etc/.sysv-links.lock -> "+outside+"/made")
	if _, err := open(t, dir).Lock(context.Background()); err == nil {
		t.Error("a link in the lock's place")
	}
	if _, err := os.Lstat(outside + "/made"); err == nil {
		t.Error("the link was followed")
	}
	fifo := tree(t, "etc/")
	if err := syscall.Mkfifo(fifo+"/etc/.sysv-links.lock", 0o600); err == nil {
		if _, err := open(t, fifo).Lock(context.Background()); err == nil {
			t.Error("a pipe in the lock's place")
		}
	}
	for name, text := range map[string]string{
		"no journal":    "rm -rf /\n",
		"no change":     "sysv links 1\nrename\n",
		"a wrong name":  "sysv links 1\nremove \"../../x\" \"\" \"etc/y\" \"\"\n",
		"a change more": "sysv links 1\nremove \"etc/x\" \"\" \"etc/y\" \"\" \"\"\n",
	} {
		dir := tree(t, "etc/victim=data", "etc/.sysv-links.journal="+text)
		r := open(t, dir)
		release, err := r.Lock(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Recover(); err == nil || !strings.HasPrefix(err.Error(), r.Dir()+"/etc/.sysv-links.journal: ") {
			t.Errorf("%s: %v", name, err)
		}
		release()
	}
	cut := tree(t, "etc/x=", "etc/.sysv-links.journal=sysv links 1\ncreate \"\" \"etc/x")
	r := open(t, cut)
	if err := r.Settle(context.Background()); err != nil {
		t.Errorf("a last line that is not whole: %v", err)
	}
	if got := listing(t, cut); strings.Join(got, " ") != "etc/ etc/x=" {
		t.Errorf("%q", got)
	}
}

// TestOpenScripts shows where the lock is for a directory of scripts: never
// above the directory in which that of the scripts is, or its etc.
func TestOpenScripts(t *testing.T) {
	for scripts, want := range map[string]string{
		"x/etc/init.d":      "x/etc/.sysv-links.lock",
		"x/etc/rc.d/init.d": "x/etc/.sysv-links.lock",
		"x/init.d":          "x/.sysv-links.lock",
		"x/rc.d/init.d":     "x/rc.d/.sysv-links.lock",
	} {
		dir := tree(t, scripts+"/a=", "etc/victim=")
		r, err := runlevel.OpenScripts(filepath.Join(dir, scripts))
		if err != nil {
			t.Fatal(err)
		}
		release, err := r.Lock(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Lstat(filepath.Join(dir, want)); err != nil {
			t.Errorf("%s: %v", scripts, err)
		}
		if err := r.Apply(runlevel.Plan{Steps: []runlevel.Step{{Op: runlevel.Write, New: "data", Data: []byte("x")}}}); err != nil {
			t.Errorf("%s: %v", scripts, err)
		}
		release()
		if got := strings.Join(listing(t, filepath.Join(dir, "etc")), " "); got != "victim=" {
			t.Errorf("%s: etc beside it is %s", scripts, got)
		}
	}
}
