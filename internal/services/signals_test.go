//go:build linux

package services

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Signals reach the script, and what takes its place: a program, or a script
// in another language.
func TestSignals(t *testing.T) {
	root := filepath.Join(base, "ours")
	write(t, "etc/init.d/trapping", "#!/bin/sh\ntrap 'echo \"caught TERM\"; exit 3' TERM\ntrap 'echo \"caught HUP\"; exit 4' HUP\n>/out/up\nwhile :; do sleep 0.1; done\n", 0o755, root)
	write(t, "etc/init.d/replaced", "#!/bin/sh\nexec /bin/sh -c 'trap \"echo caught TERM; exit 3\" TERM; trap \"echo caught HUP; exit 4\" HUP; >/out/up; while :; do /bin/sleep 0.1; done'\n", 0o755, root)
	write(t, "etc/init.d/perled", "#!/usr/bin/perl\n$| = 1;\n$SIG{TERM} = sub { print \"caught TERM\\n\"; exit 3 };\n$SIG{HUP} = sub { print \"caught HUP\\n\"; exit 4 };\nopen(my $f, '>', '/out/up'); close $f;\nselect(undef, undef, undef, 0.1) while 1;\n", 0o755, root)
	write(t, "tmp/signals", `for s in trapping replaced perled; do
	for sig in TERM HUP; do
		service $s start & p=$!
		while [ ! -e /out/up ]; do /bin/sleep 0.01; done
		rm /out/up
		kill -$sig $p
		wait $p
		echo "$s $sig: $?"
	done
done
`, 0o755, root)
	out, err := os.CreateTemp(base, "out-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.Remove(out.Name())
	got := jail(t, order{Root: root, Argv: []string{"/bin/dash", "/tmp/signals"}, Settle: 3e9}, out, out)
	want := ""
	for _, s := range []string{"trapping", "replaced", "perled"} {
		want += "caught TERM\n" + s + " TERM: 3\ncaught HUP\n" + s + " HUP: 4\n"
	}
	if said := content(t, out); said != want || len(got.Left) > 0 {
		t.Errorf("%q, left %q, expected %q", said, got.Left, want)
	}
}

// At a terminal the script and its programs have the terminal, and may ask.
func TestTerminal(t *testing.T) {
	root := filepath.Join(base, "ours")
	write(t, "etc/init.d/asks", "#!/bin/sh\n[ -t 0 ] && [ -t 1 ] && echo the script has it\n/bin/sh -c '[ -t 0 ] && [ -t 1 ] && [ -t 2 ] && echo a program has it'\nprintf 'Passphrase: '; read x; echo \"it is $x\"\n", 0o755, root)
	write(t, "tmp/terminal", "mount -t devpts -o newinstance,ptmxmode=0666 devpts /dev/pts; mount --bind /dev/pts/ptmx /dev/ptmx\necho secret | script -qec 'stty -echo -onlcr; service asks start' /dev/null\n", 0o755, root)
	out, err := os.CreateTemp(base, "out-")
	if err != nil {
		t.Fatal(err)
	}
	defer os.Remove(out.Name())
	jail(t, order{Root: root, Argv: []string{"/bin/dash", "/tmp/terminal"}, Settle: 1e9}, out, out)
	said := content(t, out)
	for _, line := range []string{"the script has it\n", "a program has it\n", "it is secret\n"} {
		if !strings.Contains(said, line) {
			t.Errorf("%q lacks %q", said, line)
		}
	}
}
