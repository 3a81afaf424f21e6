//go:build linux

package shell_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// What a script, its file and its surroundings can do to the program: for each
// there is one clear line, the right status, and an end in bounded time and
// memory.

const (
	// maxResident is how much memory any of them may take, in kilobytes.
	maxResident = 1 << 20
	// maxData is a limit of the kernel's on top, so that a failure here does
	// not take the machine down.
	maxData = "3000000"
	// hostileTime is how long one may take on a busy machine.
	hostileTime = 120 * time.Second
)

// hostileRun is one run of the program and what has to come of it.
type hostileRun struct {
	name string
	// before is shell text that prepares the directory; it is run by /bin/sh.
	before string
	// run is shell text that runs the program: "$@" is it, so "$@ sh FILE".
	run string
	// stdin is "" for /dev/null.
	stdin string
	// status, stdout and stderr are what is wanted; the texts are regular
	// expressions for the whole.
	status         int
	stdout, stderr string
}

// prelude makes the kernel's own limits and a name that is short.
const prelude = "ulimit -d " + maxData + "; ulimit -c 0; sysv() { \"$SYSV\" \"$@\"; }\n"

func (h hostileRun) test(t *testing.T) {
	t.Helper()
	program := ours(t, "sysv")
	dir, err := os.MkdirTemp("", "hostile-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if h.before != "" {
		cmd := exec.Command("/bin/sh", "-ec", h.before)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("before: %v: %s", err, out)
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), hostileTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, "/bin/sh", "-c", prelude+h.run)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "SYSV="+program, "LC_ALL=C")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = 5 * time.Second
	cmd.Stdin = strings.NewReader(h.stdin)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	status := cmd.ProcessState.ExitCode()
	if ws := cmd.ProcessState.Sys().(syscall.WaitStatus); ws.Signaled() {
		status = 128 + int(ws.Signal())
	}
	if ctx.Err() != nil || errors.Is(err, exec.ErrWaitDelay) {
		t.Errorf("it has not ended: %v", err)
	}
	if status != h.status {
		t.Errorf("status %d, expected %d", status, h.status)
	}
	for _, x := range []struct{ what, got, want string }{{"output", stdout.String(), h.stdout}, {"error output", stderr.String(), h.stderr}} {
		if !regexp.MustCompile(`^(?s:` + x.want + `)$`).MatchString(x.got) {
			t.Errorf("%s %.300q, expected %.300q", x.what, x.got, x.want)
		}
	}
	if s := stderr.String(); strings.Contains(s, "goroutine ") || strings.Contains(s, "panic:") || strings.Contains(s, "fatal error:") {
		t.Errorf("it crashed: %.2000s", s)
	}
	if kb := cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss; kb > maxResident {
		t.Errorf("it took %d MB of memory", kb>>10)
	}
}

func testHostile(t *testing.T, runs []hostileRun) {
	for _, h := range runs {
		t.Run(h.name, h.test)
	}
}

// repeated is shell text that writes a script with text repeated.
func repeated(text string, n int) string {
	return fmt.Sprintf("yes '%s' | head -n %d | tr -d '\\n' >s", text, n)
}

// tooDeep is the message of the parser's limit.
const tooDeep = `s: 1: Syntax error: nested too deeply \(more than \d+ levels\)\n`

const noSpace = `s: 1: Out of space\n`

// Scripts that nest without end: dash ends in a segmentation fault.
func TestHostileNesting(t *testing.T) {
	million := 1000000
	var runs []hostileRun
	for _, x := range []struct{ name, text string }{
		{"parentheses", "("}, {"command substitutions", "$("}, {"braces", "{ "}, {"ifs", "if "}, {"whiles", "while "},
		{"cases", "case x in x) "}, {"functions", "f() "}, {"parameter expansions", `"${x:-`}, {"arithmetic expansions", "$(("},
		{"ands", "true && "}, {"ors", "true || "},
	} {
		runs = append(runs, hostileRun{name: x.name, before: repeated(x.text, million), run: "sysv sh s", status: 2, stderr: tooDeep})
	}
	runs = append(runs,
		hostileRun{name: "elifs", before: `{ printf 'if false; then :; '; yes 'elif false; then :; ' | head -n 1000000 | tr -d '\n'; echo 'fi'; } >s`, run: "sysv sh s", status: 2, stderr: tooDeep},
		hostileRun{name: "parentheses in arithmetic", before: `{ printf 'echo $(('; yes '(' | head -n 1000000 | tr -d '\n'; yes ')' | head -n 1000000 | tr -d '\n'; echo '))'; } >s`, run: "sysv sh s", status: 2, stderr: `s: 1: .*\n`},
		hostileRun{name: "signs in arithmetic", before: `{ printf 'echo $(('; yes '- ' | head -n 1000000 | tr -d '\n'; echo '1))'; } >s`, run: "sysv sh s", stdout: "1\n"},
		hostileRun{name: "pipes", before: repeated("true |", 3000) + "; echo ' echo end' >>s", run: "sysv sh s", stdout: "end\n"},
		hostileRun{name: "commands", before: repeated("true;", million) + "; echo ' echo end' >>s", run: "sysv sh s", stdout: "end\n"},
		hostileRun{name: "negations", before: repeated("! ", million), run: "sysv sh s", status: 2, stderr: `s: 1: Syntax error: "!" unexpected\n`},
		hostileRun{name: "backquotes", before: repeated("`echo ", million-1), run: "sysv sh s", status: 2, stderr: `s: 1: Syntax error: EOF in backquote substitution\n`},
	)
	testHostile(t, runs)
}

// Scripts that call themselves without end.
func TestHostileRecursion(t *testing.T) {
	depth := `s: 1: Maximum function recursion depth \(1000\) reached\n`
	testHostile(t, []hostileRun{
		{name: "function", before: `echo 'f() { f; }; f' >s`, run: "sysv sh s", status: 2, stderr: depth},
		{name: "function in a subshell", before: `echo 'f() { (f); }; f' >s`, run: "sysv sh s", status: 2, stderr: depth},
		{name: "function in a substitution", before: `echo 'f() { x=$(f); }; f' >s`, run: "sysv sh s", status: 2, stderr: depth},
		{name: "function in a pipe", before: `echo 'f() { : | f; }; f' >s`, run: "sysv sh s", status: 2, stderr: depth},
		{name: "eval", before: `echo "x='eval \"\$x\"'; eval \"\$x\"" >s`, run: "sysv sh s", status: 2, stderr: `s: 1: eval: .*nested too deeply .*\n`},
		{name: "dot", before: `echo '. ./s' >s`, run: "sysv sh s", status: 2, stderr: `.*s: 1: \.: \./s: nested too deeply .*\n`},
		{name: "alias", before: "printf 'alias a=b b=a\\na\\n' >s", run: "sysv sh s", status: 127, stderr: "s: 2: a: not found\n"},
		{name: "trap", before: `echo 'trap "kill -USR1 $$" USR1; kill -USR1 $$; echo no' >s`, run: "sysv sh s", status: 2, stderr: `s: 1: traps: nested too deeply .*\n`},
		{name: "exit in the trap of exit", before: `echo 'trap "exit 3" 0; exit 2' >s`, run: "sysv sh s", status: 3},
		{name: "variables in arithmetic", before: `echo 'a=b b=a; echo $((a))' >s`, run: "sysv sh s", status: 2, stderr: "s: 1: Illegal number: b\n"},
		{name: "variables in bash's arithmetic", before: `echo 'a=b b=a; echo $((a))' >s`, run: "sysv sh --dialect=bash s", status: 1, stderr: `s: line 1: .*recursion.*\n`},
		{name: "itself", before: "printf '#!/bin/sh\\n./s\\n' >s; chmod +x s; chmod 755 .", run: "chmod 755 \"${SYSV%/*}\"; prlimit --nproc=300 setpriv --reuid=65534 --regid=65534 --clear-groups timeout -s KILL 5 \"$SYSV\" sh s >/dev/null 2>&1; :"},
	})
}

// Scripts that start processes without end find a limit: of this program's own
// on how often a state is handed over, or the kernel's, which is 200 threads
// here. A process that the kernel gives no thread ends by the Go runtime's hand
// and with its words: nothing here can have others for it.
func TestHostileForks(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("SKIPPED: these need root")
	}
	run := `cat >s; chmod 755 "${SYSV%/*}"; prlimit --nproc=200 setpriv --reuid=65534 --regid=65534 --clear-groups timeout -s KILL 60 "$SYSV" sh s >/dev/null 2>err
		[ $? = 137 ] && echo timeout; grep -E -o 'Cannot fork|newosproc|pthread_create failed' err | sed 's/^[np].*/Cannot fork/' | sort -u; grep panic: err`
	testHostile(t, []hostileRun{
		{name: "one after the other", stdin: "f() { f & wait; }; f\n", run: run, status: 1, stdout: "Cannot fork\n"},
		{name: "by twos", stdin: "f() { f & f & wait; }; f\n", run: run, status: 1, stdout: "Cannot fork\n"},
		{name: "left behind", stdin: "f() { f & }; f\n", run: run + "; sleep 2; grep panic: err", status: 1, stdout: `(Cannot fork\n)?`},
	})
}

// Scripts that take memory without end.
func TestHostileMemory(t *testing.T) {
	testHostile(t, []hostileRun{
		{name: "a variable that doubles", before: `echo 'x=xxxxxxxxxxxxxxxx; while :; do x=$x$x; done' >s`, run: "sysv sh s", status: 2, stderr: noSpace},
		{name: "parameters that double", before: `echo 'set -- a; while :; do set -- "$@" "$@"; done' >s`, run: "sysv sh s", status: 2, stderr: noSpace},
		{name: "many variables", before: `echo 'x=x; while [ ${#x} -lt 1000000 ]; do x=$x$x; done; i=0; while :; do i=$((i+1)); eval "v$i=\$i\$x"; done' >s`, run: "sysv sh s", status: 2, stderr: noSpace},
		{name: "many functions", before: `echo 'x=x; while [ ${#x} -lt 1000000 ]; do x=$x$x; done; i=0; while :; do i=$((i+1)); eval "f$i() { : $x; }"; done' >s`, run: "sysv sh s", status: 2, stderr: noSpace},
		{name: "zeros substituted", before: `echo 'x=$(cat /dev/zero); echo no' >s`, run: "sysv sh s", status: 2, stderr: noSpace},
		{name: "yes substituted", before: `echo 'x=$(yes); echo no' >s`, run: "sysv sh --utilities=prefer s", status: 2, stderr: noSpace},
		{name: "yes of the system's substituted", before: `echo 'x=$(yes); echo no' >s`, run: "sysv sh --utilities=never s", status: 2, stderr: noSpace},
		{name: "a line of 150 MB read", before: `head -c 150000000 /dev/zero | tr '\0' a >f; echo 'read x <f; echo $?' >s`, run: "sysv sh s", status: 2, stderr: noSpace},
		{name: "a wide field", before: `echo 'x=$(printf "%999999999d" 1); echo ${#x}' >s`, run: "sysv sh s", stdout: `\d+\n`},
		{name: "a million parameters", before: `echo 'set -- $(seq 1 1000000); echo $#' >s`, run: "sysv sh s", stdout: "1000000\n"},
		{name: "a line of 100 MB", before: `{ printf 'x='; head -c 100000000 /dev/zero | tr '\0' a; echo; echo 'echo ${#x}'; } >s`, run: "sysv sh s", stdout: "100000000\n"},
		{name: "a value of 100 MB", before: `printf '%s\n' 'x=$(head -c 100000000 /dev/zero | tr "\0" a); echo ${#x}' >s`, run: "sysv sh s", stdout: "100000000\n"},
		{name: "a comment of 100 MB", before: `{ printf '#'; head -c 100000000 /dev/zero | tr '\0' a; echo; echo 'echo end'; } >s`, run: "sysv sh s", stdout: "end\n"},
		{name: "a here-document of 100 MB", before: `{ echo 'wc -c <<E'; yes aaaaaaaaa | head -n 10000000; echo E; } >s`, run: "sysv sh s", stdout: "100000000\n"},
		{name: "a file of 300 MB", before: `truncate -s 300M s`, run: "sysv sh s", status: 126, stderr: `sh: 0: s: larger than 128 MB: no script\n`},
		{name: "a file of 300 MB, run", before: `truncate -s 300M s`, run: "sysv run s start", status: 126, stderr: `sysv run: s: is larger than 16 MB, expected a script\n`},
		{name: "braces in bash", before: `echo 'echo {1..1000000000} | wc -c' >s`, run: "sysv sh --dialect=bash s", status: 0, stdout: `.*`, stderr: `.*`},
		{name: "an array's far end", before: `echo 'a[1000000000]=x; echo ${#a[@]}' >s`, run: "sysv sh --dialect=bash s", stdout: "1\n"},
		{name: "a replacement that doubles", before: `echo 'x=aaaaaaaa; while :; do x=${x//a/aa}; done' >s`, run: "sysv sh --dialect=bash s", status: 2, stderr: `s: line 1: Out of space\n`},
		{name: "a slow pattern", before: `{ printf 'case '; head -c 3000 /dev/zero | tr '\0' a; printf ' in '; yes '*a' | head -n 300 | tr -d '\n'; echo 'b) echo y;; *) echo n;; esac'; } >s`, run: "sysv sh s", stdout: "n\n"},
	})
}

// Files that are no scripts.
func TestHostileFiles(t *testing.T) {
	runs := []hostileRun{
		{name: "syntax error, above it has run", before: `printf 'echo a\necho b\nif then\necho c\n' >s`, run: "sysv sh s", status: 2, stdout: "a\nb\n", stderr: `s: 3: Syntax error: "then" unexpected\n`},
		{name: "syntax error, run", before: `printf 'echo a\necho b\nif then\necho c\n' >s`, run: "sysv run s start", status: 2, stdout: "a\nb\n", stderr: `/.*/s: 3: Syntax error: "then" unexpected\n`},
		{name: "NUL bytes", before: `printf 'echo a\0b; echo c\n' >s`, run: "sysv sh s", stdout: "ab\nc\n"},
		{name: "CRLF", before: `printf 'echo a\r\nif true\r\nthen echo b\r\nfi\r\n' >s`, run: "sysv sh s", status: 2, stdout: "a\r\n", stderr: `s: 5: Syntax error: end of file unexpected \(expecting "fi"\)\n`},
		{name: "Latin-1", before: `printf '# caf\351\necho caf\351\n' >s`, run: "sysv sh s", stdout: "caf.\n"},
		{name: "a script written by a FIFO's writer", before: `mkfifo f`, run: "{ sleep 0.1; echo echo hi >f; } & sysv sh f", stdout: "hi\n"},
		{name: "a device, read", run: "sysv sh /dev/zero", status: 126, stderr: `sh: 0: /dev/zero: larger than 128 MB: no script\n`},
		{name: "a script replaced while it runs", before: `printf 'echo a; echo "echo no" >t; mv t s\necho b\n' >s`, run: "sysv sh s; sysv sh s", stdout: "a\nb\nno\n"},
		{name: "killed half-way", before: `printf 'echo a; kill -9 $$; echo b\n' >s`, run: "sysv sh s", status: 137, stdout: "a\n", stderr: `(Killed\n)?`},
	}
	sh := func(name, before, file string, status int, stderr string) {
		runs = append(runs, hostileRun{name: name + ", sh", before: before, run: "sysv sh " + file, status: status, stderr: stderr})
	}
	run := func(name, before, file string, status int, stderr string) {
		runs = append(runs, hostileRun{name: name + ", run", before: before, run: "sysv run " + file + " start", status: status, stderr: stderr})
		if strings.Contains(file, "/") {
			return
		}
		// The same as a service, in a tree of the test's own.
		run := "unshare -m sh -c 'for d in /etc/init.d /run /var/log; do mount -t tmpfs -o mode=755 none $d; done && cp -a \"$0\" /etc/init.d/ && cd / && exec \"$SYSV\" service \"$0\" start' " + file
		if status == 127 {
			runs = append(runs, hostileRun{name: name + ", service", before: before, run: run, status: 1, stderr: file + `: unrecognized service\n`})
			return
		}
		before += "; chmod +x " + file + " 2>/dev/null || :"
		stderr = strings.Replace(stderr, "sysv run: ", "service: /etc/init.d/", 1)
		switch name {
		case "directory": // what service(8) says of it
			stderr = "env: '/etc/init.d/" + file + "': Permission denied\n"
		case "ELF": // a program in a script's place is run, as service(8) does
			status, stderr = 0, ""
		}
		runs = append(runs, hostileRun{name: name + ", service", before: before, run: run, status: status, stderr: stderr})
	}
	if os.Getuid() != 0 {
		t.Skip("SKIPPED: these need root")
	}
	jpeg, elf, gz := `printf '\377\330\377\340\0\020JFIF\0' >s`, `cat /bin/true >s`, `echo hi | gzip >s`
	sh("JPEG", jpeg, "s", 127, `s: 1: .*: not found\n`)
	run("JPEG", jpeg, "s", 126, `sysv run: s: is not text, expected a script\n`)
	run("gzip", gz, "s", 126, `sysv run: s: is not text, expected a script\n`)
	sh("ELF", elf, "s", 126, `sh: 0: s: cannot execute binary file, expected a shell script\n`)
	run("ELF", elf, "s", 126, `sysv run: s: is a binary program, expected a script\n`)
	sh("empty", ": >s", "s", 0, "")
	run("empty", ": >s", "s", 0, "")
	sh("directory", "mkdir s", "s", 126, `sh: 0: s: is a directory, expected a shell script\n`)
	sh("directory, bash", "mkdir s", "--dialect=bash s", 126, `s: s: Is a directory\n`)
	run("directory", "mkdir s", "s", 126, `sysv run: s: is a directory, expected a script\n`)
	run("FIFO", "mkfifo s", "s", 126, `sysv run: s: is not a regular file, expected a script\n`)
	run("device", "mknod s c 1 3", "s", 126, `sysv run: s: is not a regular file, expected a script\n`)
	sh("missing", "", "s", 2, `sh: 0: cannot open s: No such file\n`)
	sh("dangling link", "ln -s no s", "s", 2, `sh: 0: cannot open s: No such file\n`)
	run("dangling link", "ln -s no s", "s", 127, `sysv run: s: no such script\n`)
	sh("link loop", "ln -s s s", "s", 2, `sh: 0: cannot open s: Too many levels of symbolic links\n`)
	runs = append(runs,
		hostileRun{name: "link loop, run", before: "ln -s s s", run: "sysv run s start", status: 126, stderr: `sysv run: s: Too many levels of symbolic links\n`},
		hostileRun{name: "no permission, sh", before: "echo : >s; chmod 0 s; chmod 755 .", run: "setpriv --reuid=65534 --regid=65534 --clear-groups \"$SYSV\" sh s", status: 2, stderr: `sh: 0: cannot open s: Permission denied\n`},
		hostileRun{name: "no permission, run", before: "echo : >s; chmod 0 s; chmod 755 .", run: "setpriv --reuid=65534 --regid=65534 --clear-groups \"$SYSV\" run s start", status: 126, stderr: `sysv run: s: Permission denied\n`},
		hostileRun{name: "an empty #! line", before: "echo '#!' >s", run: "sysv run s start", status: 126, stderr: `sysv run: s:1:3: empty "#!" line, expected an interpreter\n`},
		hostileRun{name: "an interpreter that is missing", before: "echo '#!/no/such' >s; chmod +x s", run: "sysv run s start", status: 127, stderr: `/.*/s: cannot run it with /no/such: No such file or directory\n`},
	)
	for _, name := range []string{"../s", "/etc/passwd", "..", ".", "a/../b"} {
		runs = append(runs, hostileRun{name: fmt.Sprintf("service %q", name), run: "sysv service '" + name + "' start", status: 1, stderr: regexp.QuoteMeta(name) + `: unrecognized service\n`})
	}
	// An empty word is none to service(8).
	runs = append(runs, hostileRun{name: "service with an empty name", run: "sysv service '' start", status: 1, stderr: "start: unrecognized service\n"})
	testHostile(t, runs)
}

// A script that another user could have written is not run as root.
func TestHostileOwners(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("SKIPPED: these need root")
	}
	ok := "chmod 755 .; echo 'echo ran' >s; chmod 755 s; "
	var runs []hostileRun
	for _, x := range []struct{ name, before, file, why string }{
		{"of root", "", "s", ""},
		{"writable by root's group", "chmod 775 s", "s", ""},
		{"in a sticky directory", "chmod 1777 .", "s", ""},
		{"by way of a link", "ln -s s l", "l", ""},
		{"writable by all", "chmod 757 s", "s", `can be written by everybody \(mode 0757\)`},
		{"writable by another group", "chmod 775 s; chgrp 1000 s", "s", `can be written by group 1000 \(mode 0775\)`},
		{"of another user", "chown 1000 s", "s", `belongs to user 1000, who could have written anything into it`},
		{"in a directory writable by all", "chmod 777 .", "s", `is in /.*/, where everybody can put files \(mode 0777\)`},
		{"in a directory writable by another group", "chmod 775 .; chgrp 1000 .", "s", `is in /.*/, where group 1000 can put files \(mode 0775\)`},
		{"a link into a directory writable by all", "mkdir d; mv s d/; chmod 777 d; ln -s d/s l", "l", `is in /.*/d/, where everybody can put files \(mode 0777\)`},
	} {
		h := hostileRun{name: x.name, before: ok + x.before, run: "sysv run " + x.file, stdout: "ran\n"}
		if x.why != "" {
			runs = append(runs, hostileRun{name: x.name + ", allowed", before: h.before, run: "sysv run --allow-writable " + x.file, stdout: "ran\n"})
			h.stdout, h.status = "", 126
			h.stderr = "sysv run: " + x.file + ": " + x.why + `: not run as root \(chmod and chown it, or say --allow-writable\)\n`
		}
		runs = append(runs, h)
	}
	runs = append(runs, hostileRun{name: "of another user, run by that user", before: "chmod 755 .; echo 'echo ran' >s; chmod 757 s; chown 1000 s", run: "setpriv --reuid=1000 --regid=1000 --clear-groups \"$SYSV\" run s", stdout: "ran\n"})
	testHostile(t, runs)
}

// Descriptors that are closed, full or broken.
func TestHostileDescriptors(t *testing.T) {
	text := `echo out; echo err >&2; read x; echo $? >&2; exit 3`
	before := "echo '" + text + "' >s"
	testHostile(t, []hostileRun{
		{name: "no input", before: before, run: "sysv sh s <&-", status: 3, stdout: "out\n", stderr: "err\n1\n"},
		// The Go runtime has opened /dev/null by then: dash has "I/O error".
		{name: "no output", before: before, run: "sysv sh s >&-", status: 3, stderr: "err\n1\n"},
		{name: "no error output", before: before, run: "sysv sh s 2>&-", status: 3, stdout: "out\n"},
		{name: "nothing at all", before: before, run: "sysv sh s <&- >&- 2>&-", status: 3},
		{name: "nothing at all, run", before: before, run: "sysv run s <&- >&- 2>&-", status: 3},
		{name: "output full", before: before, run: "sysv sh s >/dev/full", status: 3, stderr: "s: 1: echo: echo: I/O error\nerr\n1\n"},
		{name: "output broken", before: "echo 'while :; do echo y; done' >s", run: "{ sysv sh s; echo $? >&2; } | head -n 1", stdout: "y\n", stderr: "141\n"},
		{name: "output broken, PIPE ignored", before: "echo 'trap \"\" PIPE; while echo y; do :; done' >s", run: "{ sysv sh s; echo $? >&2; } | head -n 1", stdout: "y\n", stderr: "s: 1: echo: echo: I/O error\n0\n"},
	})
}

// Environments that nobody would make by accident.
func TestHostileEnvironment(t *testing.T) {
	testHostile(t, []hostileRun{
		{name: "weird names", run: `env -i 'a b=c' '=x' 'BASH_FUNC_ls%%=() { echo no; }' 'x=() { :; }; echo no' PATH=/usr/bin:/bin "$SYSV" sh -c 'echo ok; ls -d /; env | grep -c .'`, stdout: "ok\n/\n\\d+\n"},
		{name: "IFS is not taken", run: `IFS=/ "$SYSV" sh -c 'x="a b/c"; set -- $x; echo $#'`, stdout: "2\n"},
		{name: "PS4 runs nothing without -x", run: `PS4='$(echo no >&2)' "$SYSV" sh -c 'echo ok'`, stdout: "ok\n"},
		{name: "5,000 variables", run: `i=0; while [ $i -lt 5000 ]; do export "v$i=$i"; i=$((i+1)); done; sysv sh -c 'echo $v4999; env | grep -c ^v[0-9]'`, stdout: "4999\n5000\n"},
		{name: "not one of 5,000 variables reaches a service", before: "echo 'env | grep -c ^v' >s; chmod 755 .", run: `i=0; while [ $i -lt 5000 ]; do export "v$i=$i"; i=$((i+1)); done; sysv run s`, status: 1, stdout: "0\n"},
		{name: "ENV is not read", before: "echo 'echo no' >e", run: `ENV=$PWD/e BASH_ENV=$PWD/e "$SYSV" sh -c 'echo ok'`, stdout: "ok\n"},
		{name: "PATH with empty and relative parts", before: "printf '#!/bin/sh\necho mine\n' >cmd; chmod +x cmd", run: `PATH=:/usr/bin:/bin "$SYSV" sh -c cmd; PATH=.:/bin "$SYSV" sh -c cmd; PATH=/usr/bin:/bin "$SYSV" sh -c cmd`, status: 127, stdout: "mine\nmine\n", stderr: "sh: 1: cmd: not found\n"},
		{name: "no environment", run: `env -i "$SYSV" sh -c 'echo $PATH; ls -d /'`, stdout: "/usr.*\n/\n"},
		{name: "names of files that are no text", before: `: >"$(printf 'a\377b')"; : >"$(printf 'new\nline')"`, run: `sysv sh -c 'for f in *; do echo "[$f]"; done'`, stdout: "\\[a.*b\\]\n\\[new\nline\\]\n"},
		{name: "a subshell called by hand, nothing there", run: `(exec -a x true) 2>/dev/null; sysv sh -c : ; "$SYSV" sh -c 'exec 3</dev/null; :'`},
	})
}

// A subshell's name and descriptor, given by hand, and what comes over the
// descriptor no state at all.
func TestHostileSubshell(t *testing.T) {
	program := ours(t, "sysv")
	for _, x := range []struct{ name, fd, state string }{
		{"closed", "9", ""}, {"empty", "3", ""}, {"no number", "x", ""}, {"negative", "-1", ""}, {"garbage", "3", "garbage"},
		{"numbers", "3", strings.Repeat("1;", 10000)}, {"large numbers", "3", strings.Repeat("9223372036854775807;", 100)},
		{"negative numbers", "3", strings.Repeat("-1;", 100)}, {"long", "3", strings.Repeat("0;99999999;", 100)}, {"NUL", "3", strings.Repeat("\x00", 1000)},
	} {
		t.Run(x.name, func(t *testing.T) {
			r, w, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			go func() { w.WriteString(x.state); w.Close() }()
			ctx, cancel := context.WithTimeout(context.Background(), hostileTime)
			defer cancel()
			cmd := exec.CommandContext(ctx, program)
			cmd.Env = append(os.Environ(), "SYSV_SUBSHELL="+x.fd)
			cmd.ExtraFiles = []*os.File{r}
			out, _ := cmd.CombinedOutput()
			if status := cmd.ProcessState.ExitCode(); status <= 0 || status >= 126 {
				t.Errorf("status %d", status)
			}
			if strings.Contains(string(out), "goroutine") || strings.Contains(string(out), "panic") {
				t.Errorf("it crashed: %.2000s", out)
			}
		})
	}
}

// Scripts that do not end are ended at the deadline, with all that is in their
// process group.
func TestHostileDeadline(t *testing.T) {
	program := ours(t, "sysv")
	for _, x := range []struct {
		name, text string
		// most is how long it may take, on a machine that is not busy: the
		// time to the deadline, and of grace where TERM is ignored.
		most time.Duration
	}{
		{"a loop", "while :; do :; done", 4 * time.Second},
		{"built-in sleep", "sleep 1000", 4 * time.Second},
		{"sleep of the system's", "/bin/sleep 1000", 4 * time.Second},
		{"sleep of the system's, and more", "/bin/sleep 1000; echo no", 4 * time.Second},
		{"built-in yes", "yes >/dev/null", 4 * time.Second},
		{"a pipe that nobody writes to", "mkfifo f; read x <f", 4 * time.Second},
		{"a substitution", "x=$(sleep 1000)", 4 * time.Second},
		{"a pipeline", "sleep 1000 | cat", 4 * time.Second},
		{"wait", "/bin/sleep 1000 & wait", 4 * time.Second},
		{"children in the background", "/bin/sleep 1001 & (sleep 1002; :) & sleep 1000", 4 * time.Second},
		{"TERM ignored", "trap '' TERM; sleep 1000", 9 * time.Second},
		{"TERM caught", "trap : TERM; while :; do sleep 1; done", 9 * time.Second},
		{"stopped", "kill -STOP $$", 4 * time.Second},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			os.Chmod(dir, 0o755)
			script := filepath.Join(dir, "s")
			if err := os.WriteFile(script, []byte("cd "+dir+"\n"+x.text+"\n"), 0o755); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
			defer cancel()
			cmd := exec.CommandContext(ctx, program, "run", "--timeout=1", script, "start")
			cmd.WaitDelay = time.Second
			var stdout, stderr bytes.Buffer
			cmd.Stdout, cmd.Stderr = &stdout, &stderr
			begun := time.Now()
			err := cmd.Run()
			took := time.Since(begun)
			if status := cmd.ProcessState.ExitCode(); status != 124 {
				t.Errorf("status %d, expected 124: %v", status, err)
			}
			if took > 5*x.most {
				t.Errorf("it took %v, expected %v", took, x.most)
			}
			want := regexp.MustCompile("(?m)^sysv run: " + regexp.QuoteMeta(script) + ":[2-9]: start: not done after 1s: ended$")
			if !want.Match(stderr.Bytes()) || strings.Count(stderr.String(), "\n") > 2 {
				t.Errorf("error output %q, expected %v", stderr.String(), want)
			}
			if left := processesIn(dir); len(left) > 0 {
				t.Errorf("left running: %q", left)
			}
		})
	}
}

// processesIn names the processes whose directory is dir.
func processesIn(dir string) []string {
	var left []string
	for range 50 {
		left = nil
		dirs, _ := filepath.Glob("/proc/[0-9]*/cwd")
		for _, d := range dirs {
			if to, err := os.Readlink(d); err == nil && to == dir {
				line, _ := os.ReadFile(filepath.Dir(d) + "/cmdline")
				left = append(left, string(bytes.ReplaceAll(line, []byte{0}, []byte{' '})))
			}
		}
		if len(left) == 0 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	return left
}

// Signals to a run with a deadline reach the script.
func TestHostileSignalsPassedOn(t *testing.T) {
	program := ours(t, "sysv")
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT, syscall.SIGQUIT} {
		t.Run(sig.String(), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			os.Chmod(dir, 0o755)
			script := filepath.Join(dir, "s")
			os.WriteFile(script, []byte("trap 'echo caught; exit 7' TERM HUP INT QUIT\necho ready\nwhile :; do sleep 0.1; done\n"), 0o755)
			// What started the tests may ignore INT and QUIT; the script would.
			cmd := exec.Command("env", "--default-signal", program, "run", "--timeout=20", script, "start")
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			b := make([]byte, 100)
			n, _ := out.Read(b)
			cmd.Process.Signal(sig)
			m, _ := out.Read(b[n:])
			cmd.Wait()
			if got := string(b[:n+m]); got != "ready\ncaught\n" || cmd.ProcessState.ExitCode() != 7 {
				t.Errorf("status %d, output %q, expected 7 and caught", cmd.ProcessState.ExitCode(), got)
			}
		})
	}
}
