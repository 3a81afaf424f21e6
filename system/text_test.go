package system

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

// python asks the C library, by python3's os.strerror and signal.strsignal.
func python(t *testing.T, code string) []string {
	t.Helper()
	c := exec.Command("python3", "-c", code)
	c.Env = []string{"LC_ALL=C", "PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME")}
	out, err := c.Output()
	if err != nil {
		if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
			t.Fatalf("python3 is needed: %v", err)
		}
		t.Skipf("SKIPPED: python3, which asks the C library: %v", err)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
}

func TestErrnoTextIsGlibcs(t *testing.T) {
	lines := python(t, "import os\nfor i in range(1, 200): print(os.strerror(i))")
	if len(lines) != 199 || lines[1] != "No such file or directory" {
		t.Fatalf("%d lines: %q", len(lines), lines)
	}
	for i, want := range lines {
		if got := Errno(i + 1).Error(); got != want {
			t.Errorf("%d is %q, not %q", i+1, got, want)
		}
	}
	for e, want := range map[Errno]string{-1: "Unknown error -1", 100000: "Unknown error 100000"} {
		if got := e.Error(); got != want {
			t.Errorf("%d is %q", int(e), got)
		}
	}
}

// TestErrnoNumbers compares the constants with the C library's, by name.
func TestErrnoNumbers(t *testing.T) {
	src, err := os.ReadFile("errno.go")
	if err != nil {
		t.Fatal(err)
	}
	real := map[string]string{}
	for _, l := range python(t, "import errno\nfor n in dir(errno):\n  if n[0] == 'E': print(n, getattr(errno, n))") {
		name, number, _ := strings.Cut(l, " ")
		real[name] = number
	}
	seen := 0
	for line := range strings.Lines(string(src)) {
		f := strings.Fields(line)
		if len(f) == 4 && f[1] == "Errno" && f[2] == "=" {
			if want, ok := real[f[0]]; ok && want != f[3] {
				t.Errorf("%s is %s, not %s", f[0], f[3], want)
			} else if ok {
				seen++
			}
		}
	}
	if seen < 100 {
		t.Errorf("only %d were compared", seen)
	}
}

func TestSignalTextIsGlibcs(t *testing.T) {
	lines := python(t, "import ctypes\nc = ctypes.CDLL(None)\nc.strsignal.restype = ctypes.c_char_p\nfor i in range(-1, 67): print(c.strsignal(i).decode())")
	for i, want := range lines {
		if got := Signal(i - 1).String(); got != want {
			t.Errorf("%d is %q, not %q", i-1, got, want)
		}
	}
}

// TestSignalNames compares with dash's kill -l, which init scripts see, and
// goes there and back for each.
func TestSignalNames(t *testing.T) {
	for s := Signal(1); s < SignalCount; s++ {
		name := s.Name()
		back, ok := ParseSignalName(name)
		if _, err := strconv.Atoi(name); err != nil && (!ok || back != s) {
			t.Errorf("%d is %s, which is %d, %v", s, name, back, ok)
		}
	}
	for name, want := range map[string]Signal{
		"CLD": SIGCHLD, "POLL": SIGIO, "IOT": SIGABRT, "RTMIN+0": SIGRTMIN, "RTMAX-0": SIGRTMAX, "RTMIN+30": SIGRTMAX, "RTMAX-30": SIGRTMIN,
	} {
		if got, ok := ParseSignalName(name); !ok || got != want {
			t.Errorf("%s is %d, %v", name, got, ok)
		}
	}
	for _, name := range []string{"", "term", "SIGTERM", "15", "RTMIN+31", "RTMIN-1", "RTMAX-31", "RTMIN+", "EXIT"} {
		if got, ok := ParseSignalName(name); ok {
			t.Errorf("%q is %d", name, got)
		}
	}
	compareNames(t, "dash", []string{"-c", "kill -l"})
	compareNames(t, "/bin/kill", []string{"-l"})
}

// compareNames compares the names with those that a program lists.
func compareNames(t *testing.T, program string, args []string) {
	out, err := exec.Command(program, args...).Output()
	if err != nil {
		if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
			t.Fatalf("%s is needed: %v", program, err)
		}
		t.Logf("SKIPPED: %s: %v", program, err)
		return
	}
	listed := strings.Fields(string(out))
	if len(listed) > 0 && listed[0] == "0" || program == "dash" && len(listed) > 0 && listed[0] == "EXIT" {
		listed = listed[1:]
	}
	t.Logf("%s lists %d", program, len(listed))
	for i, want := range listed {
		// Known differences: dash has no name for STKFLT, and procps calls
		// signal 29 by its other name.
		if program == "dash" && want == "16" || want == "POLL" {
			continue
		}
		if got := Signal(i + 1).Name(); got != want {
			t.Errorf("%s calls signal %d %s, not %s", program, i+1, want, got)
		}
	}
	if len(listed) < 31 {
		t.Errorf("%s lists only %q", program, listed)
	}
}
