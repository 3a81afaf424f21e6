package parse

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"sysv/interp/parse/snippets"
)

// needDash gives the path of the real dash.
func needDash(t *testing.T) string {
	path, err := exec.LookPath("dash")
	if err == nil {
		return path
	}
	if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
		t.Fatal("dash is missing")
	}
	t.Skip("SKIPPED: the real dash is missing, nothing was compared")
	return ""
}

// check reads text to its end as dash -n does, and gives what that prints.
func check(name string, text []byte) (status int, message string) {
	p := New(text, Options{})
	for {
		_, err := p.Next()
		if err == io.EOF {
			return 0, ""
		}
		if e, ok := err.(*SyntaxError); ok {
			return 2, fmt.Sprintf("%s: %d: %s\n", name, e.Line, e.Msg)
		}
	}
}

func dashCheck(t *testing.T, dash, file string) (status int, message string) {
	cmd := exec.Command(dash, "-n", file)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	err := cmd.Run()
	if _, ok := err.(*exec.ExitError); err != nil && !ok {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), stderr.String()
}

// TestDash compares the verdict, the message and its line with dash -n.
func TestDash(t *testing.T) {
	dash := needDash(t)
	dir := t.TempDir()
	for i, c := range snippets.All() {
		t.Run(c.Name, func(t *testing.T) {
			file := filepath.Join(dir, fmt.Sprint(i))
			if err := os.WriteFile(file, []byte(c.Text), 0o600); err != nil {
				t.Fatal(err)
			}
			wantStatus, want := dashCheck(t, dash, file)
			status, got := check(file, []byte(c.Text))
			if status != wantStatus || got != want {
				t.Errorf("%q:\ngot  %d %q\nwant %d %q", c.Text, status, got, wantStatus, want)
			}
		})
	}
	t.Logf("%d snippets compared", len(snippets.All()))
}

// TestDashPrefixes compares every prefix of the snippets: most of them end
// somewhere inside something.
func TestDashPrefixes(t *testing.T) {
	dash := needDash(t)
	if testing.Short() {
		t.Skip("SKIPPED: -short")
	}
	file := filepath.Join(t.TempDir(), "f")
	n := 0
	for _, c := range snippets.All() {
		for i := 1; i < len(c.Text) && i < 60; i++ {
			text := []byte(c.Text[:i])
			if err := os.WriteFile(file, text, 0o600); err != nil {
				t.Fatal(err)
			}
			wantStatus, want := dashCheck(t, dash, file)
			status, got := check(file, text)
			if status != wantStatus || got != want {
				t.Errorf("%s: %q:\ngot  %d %q\nwant %d %q", c.Name, text, status, got, wantStatus, want)
			}
			n++
		}
	}
	t.Logf("%d prefixes compared", n)
}

// TestDashScripts compares the scripts of this machine.
func TestDashScripts(t *testing.T) {
	dash := needDash(t)
	files := machineScripts(t)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		wantStatus, want := dashCheck(t, dash, file)
		status, got := check(file, text)
		if status != wantStatus || got != want {
			t.Errorf("%s:\ngot  %d %q\nwant %d %q", file, status, got, wantStatus, want)
		}
	}
	t.Logf("%d scripts compared", len(files))
}

// machineScripts are the shell scripts that are installed here.
func machineScripts(t *testing.T) []string {
	var files []string
	for _, pattern := range []string{"/etc/init.d/*", "/lib/lsb/*", "/lib/init/*", "/usr/bin/*", "/usr/sbin/*", "/var/lib/dpkg/info/*.*inst", "/var/lib/dpkg/info/*.*rm"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range found {
			if isShellScript(file) {
				files = append(files, file)
			}
		}
	}
	if len(files) == 0 {
		t.Fatal("no scripts found")
	}
	return files
}

func isShellScript(file string) bool {
	info, err := os.Stat(file)
	if err != nil || !info.Mode().IsRegular() {
		return false
	}
	f, err := os.Open(file)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, 64)
	n, _ := io.ReadFull(f, head)
	line, _, _ := bytes.Cut(head[:n], []byte("\n"))
	if !bytes.HasPrefix(line, []byte("#!")) {
		return filepath.Dir(file) == "/lib/lsb"
	}
	return bytes.HasSuffix(bytes.Fields(append(line, " ."...))[0], []byte("sh")) || bytes.Contains(line, []byte("/sh")) || bytes.Contains(line, []byte("bash"))
}

// TestDashMutations compares snippets with pieces taken out, doubled, or put
// in from others.
func TestDashMutations(t *testing.T) {
	dash := needDash(t)
	n := 2000
	if testing.Short() {
		n = 200
	}
	if s := os.Getenv("SYSV_MUTATIONS"); s != "" {
		fmt.Sscan(s, &n)
	}
	file := filepath.Join(t.TempDir(), "f")
	random := rand.New(rand.NewPCG(1, uint64(n)))
	all := snippets.All()
	for range n {
		text := []byte(all[random.IntN(len(all))].Text)
		for range 1 + random.IntN(3) {
			other := all[random.IntN(len(all))].Text
			i, j := cut(random, len(text))
			k, l := cut(random, len(other))
			switch random.IntN(3) {
			case 0:
				text = slices.Concat(text[:i], text[j:])
			case 1:
				text = slices.Concat(text[:j], text[i:])
			case 2:
				text = slices.Concat(text[:i], []byte(other[k:l]), text[i:])
			}
		}
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		wantStatus, want := dashCheck(t, dash, file)
		status, got := check(file, text)
		if status != wantStatus || got != want {
			t.Errorf("%q:\ngot  %d %q\nwant %d %q", text, status, got, wantStatus, want)
		}
	}
	t.Logf("%d mutations compared", n)
}

// cut is two places in something of length n, not far from each other.
func cut(random *rand.Rand, n int) (int, int) {
	i := random.IntN(n + 1)
	return i, min(n, i+random.IntN(8))
}
