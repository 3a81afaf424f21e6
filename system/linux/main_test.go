//go:build linux

package linux

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"sysv/system"
)

// TestMain makes the test binary a stage when it is run as one, and runs one
// of the scenes below in a process of its own when a test asks for it.
func TestMain(m *testing.M) {
	RunStage()
	if name := os.Getenv("LINUX_TEST_SCENE"); name != "" {
		scene(name)
	}
	os.Exit(m.Run())
}

// command is a Command that runs a shell script with our three files.
func command(t testing.TB, script string, args ...string) *system.Command {
	t.Helper()
	m := New()
	return &system.Command{
		Path: "/bin/sh", Args: append([]string{"sh", "-c", script, "sh"}, args...),
		Env: []string{"PATH=/usr/sbin:/usr/bin:/sbin:/bin"}, Dir: "/", Umask: m.Umask(),
		Files: []system.File{nil, nil, adopt(2)},
	}
}

// output runs a command and returns what it wrote to descriptor 1.
func output(t testing.TB, c *system.Command) (string, system.WaitStatus) {
	t.Helper()
	m := New()
	r, w, err := m.Pipe()
	must(t, err)
	c.Files[1] = w
	p, err := m.Start(c)
	w.Close()
	must(t, err)
	b, err := system.ReadAll(r, 0)
	r.Close()
	must(t, err)
	if c.Detach {
		return string(b), system.WaitStatus{}
	}
	ws, err := p.Wait(false)
	must(t, err)
	return string(b), ws
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// runScene runs this test binary again to play a scene, by way of a shell
// prefix ("trap ” HUP;"), and returns what it printed and how it ended.
func runScene(t *testing.T, name, prefix string, env ...string) (string, *os.ProcessState) {
	t.Helper()
	exe, err := os.Executable()
	must(t, err)
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	c := exec.CommandContext(ctx, "/bin/sh", "-c", prefix+` exec "$0"`, exe)
	c.Env = append(os.Environ(), append(env, "LINUX_TEST_SCENE="+name)...)
	var out strings.Builder
	c.Stdout, c.Stderr = &out, &out
	c.WaitDelay = time.Second
	c.Run()
	if c.ProcessState == nil {
		t.Fatal("the scene did not start")
	}
	return out.String(), c.ProcessState
}

func scene(name string) {
	f, ok := scenes()[name]
	if !ok {
		fmt.Println("no such scene:", name)
		os.Exit(99)
	}
	f(New())
	os.Exit(0)
}

// requireRoot skips what only root can do.
func requireRoot(t *testing.T) {
	t.Helper()
	if os.Geteuid() == 0 {
		return
	}
	missing(t, "root")
}

// require skips a test that needs a program which is not there.
func require(t *testing.T, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			missing(t, p)
		}
	}
}

func missing(t *testing.T, what string) {
	t.Helper()
	if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
		t.Fatal("missing: " + what)
	}
	t.Skip("MISSING: " + what)
}
