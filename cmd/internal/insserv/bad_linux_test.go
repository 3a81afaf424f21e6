package insserv_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// spoiled is a tree on a file system of its own, in which something cannot be
// changed. what is a piece of shell that spoils it.
func spoiled(t *testing.T, program, what string) (status, stderr, before, after string) {
	t.Helper()
	var tr tree
	tr.add("etc/insserv.conf", "$local_fs +mountall\n")
	for i := range 30 {
		tr.add(fmt.Sprintf("etc/init.d/s%d", i), header(fmt.Sprintf("s%d", i), ""))
	}
	dir := t.TempDir()
	if err := tr.build(filepath.Join(dir, "from")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "at"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, d := range []string{dir, filepath.Dir(dir)} {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	// The program is one that everybody can read.
	copied := filepath.Join(dir, "insserv")
	data, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(copied, data, 0o755); err != nil {
		t.Fatal(err)
	}
	script := `set -e
as=
cd "$1"
mount -t tmpfs -o mode=755 tmpfs at
cp -a from/. at/
for l in 0 1 2 3 4 5 6 S; do mkdir at/etc/rc$l.d; done
ln -s ../init.d/gone at/etc/rc2.d/S05gone
list() { find at -mindepth 1 ! -name .sysv-links.lock -printf '%p %l %m\n' | sort; find at -type f ! -name .sysv-links.lock | sort | xargs cksum; }
` + what + `
list >before
set +e
$as "$1/insserv" -p "$1/at/etc/init.d" -i "$1/at/dep" -c "$1/at/etc/insserv.conf" -o "$1/at/ov" s0 s1 s2 s3 s4 s5 s6 s7 s8 s9 2>err
echo $? >status
mount -o remount,rw at
list >after`
	cmd := exec.Command("unshare", "-m", "sh", "-c", script, "sh", dir)
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %s", err, &out)
	}
	read := func(name string) string {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return strings.ReplaceAll(string(data), dir, "")
	}
	return strings.TrimSpace(read("status")), read("err"), read("before"), read("after")
}

// TestSpoiledTrees wants of a tree that cannot be changed wholly that ours
// leaves it as it was, names a path, and ends with the original's status.
func TestSpoiledTrees(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("NOT RUN: needs root, to mount")
	}
	program := original(t)
	for _, c := range []struct{ name, what, says string }{
		{"a read-only file system", "mount -o remount,ro at", "/at/etc/rc2.d/S05gone: Read-only file system"},
		{"no room for half of the links", "n=$(find at | wc -l); mount -o remount,nr_inodes=$((n + 30)) at", "No space left on device"},
		{"no room at all", "n=$(find at | wc -l); mount -o remount,nr_inodes=$n at", "No space left on device"},
		{"a directory of links that is root's", "chown -R 65534:65534 at; chown 0:0 at/etc/rc3.d; as='setpriv --reuid=65534 --regid=65534 --clear-groups'", "/at/etc/rc3.d"},
		{"a tree that is root's", "as='setpriv --reuid=65534 --regid=65534 --clear-groups'", "Permission denied"},
	} {
		t.Run(c.name, func(t *testing.T) {
			want, said, _, _ := spoiled(t, program, c.what)
			got, stderr, before, after := spoiled(t, "/proc/self/exe", c.what)
			if got != want {
				t.Errorf("status %s, the original's is %s\noriginal: %s\nours: %s", got, want, said, stderr)
			}
			if before != after {
				b, a := strings.Split(before, "\n"), strings.Split(after, "\n")
				for i := range min(len(a), len(b)) {
					if a[i] != b[i] {
						t.Errorf("the tree was changed: %s\n%s", b[i], a[i])
						break
					}
				}
			}
			if !strings.Contains(stderr, c.says) || !strings.Contains(stderr, "nothing was changed") {
				t.Errorf("it does not say %q: %s", c.says, stderr)
			}
		})
	}
}

// TestLongHeader orders a script whose header has 1 MB, in many lines and in
// one.
func TestLongHeader(t *testing.T) {
	dir := place(t)
	for name, text := range map[string]string{
		"lines":  "### BEGIN INIT INFO\n" + strings.Repeat("# X-Vendor-Key: some words of it\n", 1<<20/32) + "# Provides: a\n# Required-Start:\n# Required-Stop:\n# Default-Start: 2\n# Default-Stop: 1\n### END INIT INFO\n",
		"a line": "### BEGIN INIT INFO\n# Provides: a\n# Required-Start: " + strings.Repeat("+word ", 1<<20/6) + "\n# Required-Stop:\n# Default-Start: 2\n# Default-Stop: 1\n### END INIT INFO\n",
	} {
		t.Run(name, func(t *testing.T) {
			var tr tree
			tr.add("etc/insserv.conf", "").add("etc/init.d/a", text)
			start := time.Now()
			r, err := call("/proc/self/exe", dir, tr, in("a"))
			if err != nil || r.status != 0 || find(r.after, "2", "a") != "S01a" {
				t.Errorf("status %d, %v: %s", r.status, err, r.stderr)
			}
			if d := time.Since(start); d > 5*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

// TestLongWord wants of a name of 1 MB that no message repeats it.
func TestLongWord(t *testing.T) {
	dir := place(t)
	for _, key := range []string{"Required-Start", "Provides", "Default-Start"} {
		text := "### BEGIN INIT INFO\n# Provides: a\n# Required-Start:\n# Required-Stop:\n# Default-Start: 2\n# Default-Stop: 1\n### END INIT INFO\n"
		word := strings.Repeat("n", 1<<20)
		i := strings.Index(text, "# "+key+":") + len("# "+key+":")
		text = text[:i] + " " + word + text[i:]
		var tr tree
		tr.add("etc/insserv.conf", "").add("etc/init.d/a", text).add("etc/init.d/b", text)
		r, err := call("/proc/self/exe", dir, tr, in("a", "b"))
		if err != nil {
			t.Fatal(err)
		}
		if len(r.stderr) > 8000 || key != "Default-Start" && !strings.Contains(r.stderr, "nnn...(1048576 bytes)") {
			t.Errorf("%s: status %d, %d bytes: %.300s", key, r.status, len(r.stderr), r.stderr)
		}
	}
}
