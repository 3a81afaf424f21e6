//go:build linux

package services

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// A jail is a pid namespace in which a command runs in a root, and at whose
// end is looked what the command has left. Its first process is this program.

// jailed is the variable by which the first process knows its orders.
const jailed = "SYSV_TEST_JAIL"

// order is what happens in a jail.
type order struct {
	Root string
	Argv []string
	Env  []string
	// Processes, if not 0, is how many there may be.
	Processes int
	// Settle is how long what is left is given to end by itself.
	Settle time.Duration
}

// result is what has come of it.
type result struct {
	Status int
	// Left are the command lines of the processes that are left.
	Left []string
	Took time.Duration
	// Limited tells that the number of processes was limited.
	Limited bool
	Error   string
}

func init() {
	if text := os.Getenv(jailed); text != "" {
		jailInit(text)
	}
}

// jailInit is the first process: it writes its result to descriptor 3.
func jailInit(text string) {
	var o order
	var r result
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		r.Error = err.Error()
	} else if err := r.run(o); err != nil {
		r.Error = err.Error()
	}
	json.NewEncoder(os.NewFile(3, "result")).Encode(r)
	os.Exit(0)
}

func (r *result) run(o order) error {
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return err
	}
	if err := unix.Chroot(o.Root); err != nil {
		return err
	}
	if err := os.Chdir("/"); err != nil {
		return err
	}
	if err := unix.Mount("proc", "/proc", "proc", 0, ""); err != nil {
		return err
	}
	attr := &syscall.SysProcAttr{}
	if o.Processes > 0 {
		r.Limited = true
		if ownPIDMax() {
			if err := os.WriteFile("/proc/sys/kernel/pid_max", []byte(strconv.Itoa(o.Processes)), 0o644); err != nil {
				return err
			}
		} else {
			// Root has no limit, so it is somebody else.
			attr.Credential = &syscall.Credential{Uid: 61234, Gid: 61234}
			l := unix.Rlimit{Cur: uint64(o.Processes), Max: uint64(o.Processes)}
			if err := unix.Setrlimit(unix.RLIMIT_NPROC, &l); err != nil {
				return err
			}
		}
	}
	begun := time.Now()
	p, err := os.StartProcess(o.Argv[0], o.Argv, &os.ProcAttr{Env: o.Env, Dir: "/", Files: []*os.File{os.Stdin, os.Stdout, os.Stderr}, Sys: attr})
	if err != nil {
		return err
	}
	for {
		var ws unix.WaitStatus
		pid, err := unix.Wait4(-1, &ws, 0, nil)
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return err
		}
		if pid == p.Pid {
			r.Status = ws.ExitStatus()
			if ws.Signaled() {
				r.Status = 128 + int(ws.Signal())
			}
			break
		}
	}
	r.Took = time.Since(begun)
	for limit := time.Now().Add(o.Settle); ; time.Sleep(5 * time.Millisecond) {
		for {
			if pid, err := unix.Wait4(-1, nil, unix.WNOHANG, nil); err != nil || pid <= 0 {
				break
			}
		}
		r.Left = others()
		if len(r.Left) == 0 || time.Now().After(limit) {
			return nil
		}
	}
}

// ownPIDMax tells that a pid namespace has a pid_max of its own (Linux 6.14).
func ownPIDMax() bool {
	var u unix.Utsname
	if unix.Uname(&u) != nil {
		return false
	}
	var major, minor int
	fmt.Sscanf(unix.ByteSliceToString(u.Release[:]), "%d.%d", &major, &minor)
	return major > 6 || major == 6 && minor >= 14
}

// others are the command lines of the other processes here.
func others() []string {
	var found []string
	files, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil || f == "/proc/"+strconv.Itoa(os.Getpid())+"/cmdline" || len(text) == 0 {
			continue
		}
		found = append(found, strings.TrimRight(strings.ReplaceAll(string(text), "\x00", " "), " "))
	}
	return found
}

// jail runs an order; outputs go to the files given.
func jail(t *testing.T, o order, stdout, stderr *os.File) result {
	t.Helper()
	if o.Env == nil {
		o.Env = []string{"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"}
	}
	text, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	back, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer back.Close()
	cmd := exec.Command("/proc/self/exe")
	cmd.Env = []string{jailed + "=" + string(text)}
	cmd.Stdout, cmd.Stderr = stdout, stderr
	cmd.ExtraFiles = []*os.File{w}
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWPID | syscall.CLONE_NEWNS, Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	w.Close()
	var r result
	err = json.NewDecoder(back).Decode(&r)
	cmd.Wait()
	if err != nil || r.Error != "" {
		t.Fatalf("jail: %v, %s", err, r.Error)
	}
	return r
}
