//go:build linux

package clients

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// sources returns a directory with a package's source, which has the file has:
// from where the caller says it is, or, for "apt", from the archive's sources.
// These texts are others', and stay in the cache.
func sources(p *place, where, pkg, has string, say func(string, ...any)) (string, error) {
	if where != "apt" {
		if _, err := os.Stat(filepath.Join(where, has)); err != nil {
			return "", fmt.Errorf("no source of %s: %w", pkg, err)
		}
		return where, nil
	}
	dir := filepath.Join(p.cache, "source-"+pkg)
	find := func() string {
		found, _ := filepath.Glob(filepath.Join(dir, "*", has))
		if len(found) == 0 {
			return ""
		}
		return strings.TrimSuffix(found[0], "/"+has)
	}
	if at := find(); at != "" {
		return at, nil
	}
	if _, err := exec.LookPath("dpkg-source"); err != nil {
		return "", errors.New("dpkg-source is missing: apt-get install dpkg-dev")
	}
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Join(dir, "lists/partial"), 0o755); err != nil {
		return "", err
	}
	say("downloading the source of %s", pkg)
	if err := os.WriteFile(filepath.Join(dir, "sources.list"), []byte(sourceLines()), 0o644); err != nil {
		return "", err
	}
	options := []string{"-q", "-o", "Dir::Etc::sourcelist=" + dir + "/sources.list", "-o", "Dir::Etc::sourceparts=/dev/null",
		"-o", "Dir::State::lists=" + dir + "/lists", "-o", "Dir::Cache::pkgcache=", "-o", "Dir::Cache::srcpkgcache=", "-o", "APT::Sandbox::User=root"}
	for _, words := range [][]string{{"update"}, {"source", pkg}} {
		cmd := exec.Command("apt-get", append(options[:len(options):len(options)], words...)...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "LC_ALL=C")
		if out, err := cmd.CombinedOutput(); err != nil {
			return "", fmt.Errorf("apt-get %s: %w\n%s\nwith a copy of the source: --source=DIR", strings.Join(words, " "), err, lastLines(string(out)))
		}
	}
	if at := find(); at != "" {
		return at, nil
	}
	return "", fmt.Errorf("the source of %s has no %s", pkg, has)
}

// sourceLines are those of this machine's archives, as sources of sources.
func sourceLines() string {
	out := ""
	cmd := exec.Command("apt-get", "indextargets", "--format", "$(SITE) $(RELEASE) $(COMPONENT)", "Created-By: Packages")
	text, _ := cmd.Output()
	for line := range strings.Lines(string(text)) {
		if f := strings.Fields(line); len(f) == 3 && strings.Contains(f[0], "debian") {
			out += "deb-src " + strings.Join(f, " ") + "\n"
		}
	}
	return out
}

func lastLines(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return strings.Join(lines[max(0, len(lines)-6):], "\n")
}
