//go:build linux

package shell_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"sysv/interp/bash"
)

// The snippets of testdata/bash are run by the real bash and by ours, as those
// of testdata/snippets are by dash.

// bashKnown has the snippets in which ours differs from bash, and why. A name
// with "/text" or "/file" differs in that form alone.
var bashKnown = map[string]string{
	"coproc":                 "co-processes are not supported, and no init script has one",
	"alias-expanded":         "aliases are kept and listed, but not expanded: the parser has no hook for them",
	"extglob-without-shopt":  "extended patterns are read without shopt -s extglob",
	"array-assoc-bare-blank": "a key with blanks must be quoted in ${name[key]}: the parser takes it for arithmetic",
}

// bashPID tells the snippets whose messages have a pid in them.
func bashPID(name string) bool { return strings.HasSuffix(name, "-pid") }

func sameInBash(name string, a, b outcome) bool {
	if bashPID(name) {
		for _, o := range []*outcome{&a, &b} {
			o.stdout = number.ReplaceAllString(o.stdout, "N")
			o.stderr = number.ReplaceAllString(o.stderr, "N")
			o.files = number.ReplaceAllString(o.files, "N")
		}
	}
	return a == b
}

func TestConfirmBash(t *testing.T) {
	real := requireOracle(t, "bash")
	if out, _ := exec.Command(real, "-c", "echo $BASH_VERSION").Output(); !strings.HasPrefix(string(out), "5.2.") {
		t.Skipf("SKIPPED COMPARISON: bash is %s, not 5.2", strings.TrimSpace(string(out)))
	}
	sysv := ours(t, "bash")
	snippets := readSnippetsFrom(t, "testdata/bash/*.txt")
	if len(snippets) < 200 {
		t.Errorf("only %d snippets", len(snippets))
	}
	var mu sync.Mutex
	count, differ := 0, []string{}
	for _, form := range []struct {
		name   string
		asFile bool
	}{{"text", false}, {"file", true}} {
		t.Run(form.name, func(t *testing.T) {
			for _, s := range snippets {
				t.Run(s.name, func(t *testing.T) {
					t.Parallel()
					want := runSnippet(t, real, form.asFile, s.text)
					got := runSnippet(t, sysv, form.asFile, s.text)
					for range 3 {
						if sameInBash(s.name, want, got) {
							break
						}
						want = runSnippet(t, real, form.asFile, s.text)
						if !sameInBash(s.name, want, got) {
							got = runSnippet(t, sysv, form.asFile, s.text)
						}
					}
					equal := sameInBash(s.name, want, got)
					mu.Lock()
					count++
					if !equal {
						differ = append(differ, s.name)
					}
					mu.Unlock()
					reason, isKnown := bashKnown[s.name]
					if !isKnown {
						reason, isKnown = bashKnown[s.name+"/"+form.name]
					}
					switch {
					case !equal && !isKnown:
						t.Errorf("%s\n== bash\n%v\n== ours\n%v", s.text, want, got)
					case equal && isKnown:
						t.Errorf("known difference (%s) is none", reason)
					}
				})
			}
		})
	}
	slices.Sort(differ)
	t.Logf("%d snippets, %d runs compared, %d differ from bash: %v", len(snippets), count, len(differ), slices.Compact(differ))
}

// TestReadBashScripts reads every bash script that is on this machine, and
// runs none. bash -n says whether it is one.
func TestReadBashScripts(t *testing.T) {
	real := requireOracle(t, "bash")
	read := 0
	for _, dir := range []string{"/bin", "/sbin", "/usr/bin", "/usr/sbin", "/etc/init.d", "/etc/profile.d", "/usr/lib/init", "/usr/share/bash-completion", "/usr/lib/git-core", "/usr/share/doc"} {
		filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() {
				return nil
			}
			f, err := os.Open(path)
			if err != nil {
				return nil
			}
			head := make([]byte, 64)
			n, _ := f.Read(head)
			f.Close()
			line, _, _ := strings.Cut(string(head[:n]), "\n")
			if !strings.HasPrefix(line, "#!") || !strings.Contains(line, "sh") || strings.Contains(line, "zsh") || strings.Contains(line, "csh") || strings.Contains(line, "wish") || strings.Contains(line, "tclsh") {
				return nil
			}
			src, err := os.ReadFile(path)
			if err != nil {
				return nil
			}
			read++
			if _, err := bash.All(src, 1); err != nil {
				if exec.Command(real, "-O", "extglob", "-n", path).Run() == nil {
					t.Errorf("%s: %v", path, err)
				}
			}
			return nil
		})
	}
	t.Logf("%d scripts read", read)
	if read == 0 {
		t.Skip("SKIPPED: this machine has no shell scripts")
	}
}
