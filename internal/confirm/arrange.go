//go:build linux

package confirm

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// arrange makes a tree as its package's installation would have left it, as
// far as the script can tell: programs of other packages that the script names
// by path exist (as stubs), and a service that is installed disabled is
// enabled, so that the script does more than exit.
func arrange(root, pkg string) error {
	for _, d := range layered {
		if err := os.MkdirAll(filepath.Join(root, d), 0o755); err != nil {
			return err
		}
	}
	if err := configure(root, pkg); err != nil {
		return err
	}
	scripts, _ := filepath.Glob(filepath.Join(root, "etc/init.d/*"))
	for _, s := range scripts {
		text, err := os.ReadFile(s)
		if err != nil {
			return err
		}
		if err := addMissing(root, string(text)); err != nil {
			return err
		}
	}
	defaults, _ := filepath.Glob(filepath.Join(root, "etc/default/*"))
	for _, d := range defaults {
		if err := enable(d); err != nil {
			return err
		}
	}
	return nil
}

var programPath = regexp.MustCompile(`(?m)(?:^|[\s="'(\x60|;&!])(/(?:usr/)?(?:s?bin|libexec|lib/[a-z0-9+.-]+)/[A-Za-z0-9+._/-]*[A-Za-z0-9+_])`)

// addMissing puts a stub wherever the script names a program that neither the
// package nor the machine has.
func addMissing(root, text string) error {
	for line := range strings.SplitSeq(text, "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			continue
		}
		for _, m := range programPath.FindAllStringSubmatch(line, -1) {
			name := merged(m[1])
			if strings.HasSuffix(name, ".so") || strings.HasSuffix(name, ".conf") || strings.Contains(name, "..") ||
				strings.HasPrefix(name, "/usr/lib/init/") || strings.HasPrefix(name, "/usr/lib/lsb/") {
				continue
			}
			if exists(filepath.Join(root, name)) || exists(name) && !isDaemonVariable(line) {
				continue
			}
			// /usr/lib/PKG/NAME may well be a directory or a file to source.
			if strings.HasPrefix(name, "/usr/lib/") && !regexp.MustCompile(`(?m)(-x\s+|DAEMON\w*=|--exec\s+|EXEC=)["']?`+regexp.QuoteMeta(m[1])).MatchString(text) {
				continue
			}
			if err := writeStub(filepath.Join(root, name)); err != nil && !errors.Is(err, fs.ErrExist) {
				return err
			}
		}
	}
	return nil
}

var daemonVariable = regexp.MustCompile(`^\s*(DAEMON|EXEC|PROG|BIN)=`)

// isDaemonVariable is true for a line that names the script's daemon: a stub
// takes its place even where this machine happens to have it installed.
func isDaemonVariable(line string) bool { return daemonVariable.MatchString(line) }

func writeStub(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return os.WriteFile(path, stubELF(), 0o755)
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

var disabled = regexp.MustCompile(`(?m)^(\s*(?:START|ENABLED?|RUN|RUN_DAEMON|START_DAEMON|[A-Z]+_ENABLE|START_[A-Z_]+|RUN_AT_STARTUP|NEED_\w+))=(["']?)(?:no|NO|false|FALSE|0)(["']?)\s*$`)

// enable turns START=no and its like into yes (or true, or 1).
func enable(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil // a directory
	}
	out := disabled.ReplaceAllFunc(text, func(m []byte) []byte {
		s := string(m)
		for _, p := range [][2]string{{"no", "yes"}, {"NO", "YES"}, {"false", "true"}, {"FALSE", "TRUE"}, {"0", "1"}} {
			name, value, _ := strings.Cut(s, "=")
			if strings.Contains(value, p[0]) {
				return []byte(name + "=" + strings.Replace(value, p[0], p[1], 1))
			}
		}
		return m
	})
	if string(out) == string(text) {
		return nil
	}
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	return os.WriteFile(file, out, info.Mode().Perm())
}
