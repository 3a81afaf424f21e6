//go:build linux

package services

import (
	"os"
	"path/filepath"
	"testing"
)

// report says all that a script can see of its surroundings. PPID is not
// among it, nor are descriptors, which the log is behind.
const report = `echo "script $0"
for a; do echo "argument <$a>"; done
echo "in $(pwd), umask $(umask)"
env | grep -v -e '^_=' -e '^SHLVL=' | sort
echo "read: $(head -n 1)"
echo "to standard error" >&2
echo "seen: $0 $*" >>/out/seen
`

// cases is what actions most scripts have.
const actions = `case "$1" in
start) echo "Starting." ;;
stop) echo "Stopping." ;;
restart|force-reload) echo "Restarting."; exit 0 ;;
status) echo "running"; exit 0 ;;
reload) exit 3 ;;
fail) echo "no" >&2; exit 1 ;;
exit*) exit ${1#exit} ;;
*) echo "Usage: $0 {start|stop|restart|status}" >&2; exit 2 ;;
esac
`

// initScript is one script of the tree.
type initScript struct {
	name, text string
	mode       os.FileMode
}

// initScripts are the scripts of the tree: good ones and broken ones.
func initScripts() []initScript {
	sh := "#!/bin/sh\n"
	return []initScript{
		{"report", sh + report, 0o755},
		{"report-bash", "#!/bin/bash\n" + report, 0o755},
		{"plain", sh + actions, 0o755},
		{"plain.sh", sh + "set -e\n" + actions, 0o755},
		{"options", "#!/bin/sh -e\nfalse\necho not here\n", 0o755},
		{"silent", sh + "exit 0\n", 0o755},
		{"stopped", sh + "echo 'not running'; exit 3\n", 0o755},
		{"usage", sh + "echo 'USAGE: usage {start|stop}'; exit 1\n", 0o755},
		{"empty", "", 0o755},
		{"no-line", "echo \"no #! line: $0 $*\"\n", 0o755},
		{"comment", "# only a comment\n", 0o755},
		{"not-executable", sh + "echo no\n", 0o644},
		{"syntax", sh + "echo before\nif then\n", 0o755},
		{"syntax-case", sh + "case $1 in\nstart) echo x\n", 0o755},
		{"crlf", "#!/bin/sh\r\necho hello\r\nexit 0\r\n", 0o755},
		{"unset", sh + "set -u\necho $NO_SUCH_VARIABLE\necho after\n", 0o755},
		{"not-found", sh + "no-such-command-anywhere $1\necho after $?\n", 0o755},
		{"dot", sh + ". /etc/default/no-such-file\necho after\n", 0o755},
		{"dot-maybe", sh + "[ -r /etc/default/x ] && . /etc/default/x\necho after $?\n", 0o755},
		{"exec", sh + "echo before\nexec /bin/sh -c 'echo \"in exec $0 $*\"; exit 9' \"$@\"\n", 0o755},
		{"exec-not-found", sh + "exec /no/such/program\n", 0o755},
		{"last-program", sh + "/bin/echo last\n", 0o755},
		{"background", sh + "( echo in the background ) &\nwait\necho done\n", 0o755},
		{"killed", sh + "echo soon\nkill -KILL $$\n", 0o755},
		{"terminated", sh + "kill -TERM $$\necho no\n", 0o755},
		{"trap", sh + "trap 'echo trapped; exit 4' TERM\nkill -TERM $$\necho no\n", 0o755},
		{"trap-exit", sh + "trap 'echo at exit' EXIT\nexit 6\n", 0o755},
		{"perl", "#!/usr/bin/perl\nprint \"perl $0 @ARGV\\n\"; print STDERR \"err\\n\"; exit 5;\n", 0o755},
		{"cat", "#!/bin/cat\nthe text of the script\n", 0o755},
		{"env-sh", "#!/usr/bin/env sh\necho \"env sh: $*\"\n", 0o755},
		{"no-interpreter", "#!/no/such/interpreter\necho no\n", 0o755},
		{"both", sh + "i=0\nwhile [ $i -lt 20 ]; do echo out $i; echo err $i >&2; /bin/echo program $i; i=$((i+1)); done\n", 0o755},
		{"much", sh + "i=0\nwhile [ $i -lt 3000 ]; do echo $i a line that is not short; i=$((i+1)); done\nseq 1 3000\n", 0o755},
		{"reads", sh + "while read line; do echo \"line <$line>\"; done\n", 0o755},
		{"no-newline", sh + "printf 'no newline'\n", 0o755},
		{"closed", sh + "exec >&- 2>&-\necho no\n", 0o755},
		{"elsewhere", sh + "exec >/out/elsewhere 2>&1\necho there\n/bin/echo there too\n", 0o755},
		{"cd", sh + "cd /etc && pwd; echo * | head -c 20 | wc -l\n", 0o755},
		{"nested", sh + "case $1 in start) service plain start; echo $?;; restart) service nested stop; service nested start;; stop) echo nested stop;; esac\n", 0o755},
		{"with space", sh + "echo \"with space: $*\"\n", 0o755},
		{"report.dpkg-old", sh + "echo old\n", 0o755},
		{"plain~", sh + "echo a copy\n", 0o755},
		{"README", sh + "echo read me\n", 0o755},
		{"skeleton", sh + "echo skeleton\n", 0o755},
		{"rc", sh + "echo rc\n", 0o755},
		{"single", sh + "echo single\n", 0o755},
		{"functions", sh + "echo functions\n", 0o755},
		{".hidden", sh + "echo hidden\n", 0o755},
	}
}

// plant puts the scripts into both roots.
func plant(t *testing.T) {
	t.Helper()
	for _, s := range initScripts() {
		write(t, filepath.Join("etc/init.d", s.name), s.text, s.mode, bothRoots()...)
	}
	for _, r := range bothRoots() {
		dir := filepath.Join(r, "etc/init.d")
		os.Mkdir(filepath.Join(dir, "directory"), 0o755)
		os.Symlink("/no/such/script", filepath.Join(dir, "dangling"))
		os.Symlink("report", filepath.Join(dir, "link"))
		os.Symlink("loop", filepath.Join(dir, "loop"))
		b, err := os.ReadFile("/bin/echo")
		if err != nil {
			t.Fatal(err)
		}
		os.WriteFile(filepath.Join(dir, "program"), b, 0o755)
	}
}
