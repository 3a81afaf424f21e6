//go:build linux

package confirm

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// treeVersion names the form of the unpacked trees: it is raised when
// extraction changes, so that old trees are made again.
const treeVersion = "5"

// fetchBatch is how many packages one apt-get is asked for.
const fetchBatch = 20

// cacheDir is where downloads and trees are kept: $SYSV_CACHE, or .cache
// beside go.mod.
func cacheDir(repository string) string {
	if dir := os.Getenv("SYSV_CACHE"); dir != "" {
		return dir
	}
	return filepath.Join(repository, ".cache")
}

// fetched is one package on disk; Err says why there is none.
type fetched struct {
	Package string
	Tree    string // the unpacked root
	Gone    bool   // the archive has no such package
	Err     error
}

// fetchAll brings and unpacks the packages that are not in the cache yet.
func fetchAll(cache string, packages []string, say func(string, ...any)) ([]fetched, error) {
	trees := filepath.Join(cache, "trees")
	debs := filepath.Join(cache, "packages")
	for _, dir := range []string{trees, debs} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, err
		}
	}
	var missing []string
	for _, p := range packages {
		if !haveTree(trees, p) {
			missing = append(missing, p)
		}
	}
	if len(missing) > 0 {
		if err := aptLists(); err != nil {
			return nil, err
		}
	}
	gone := map[string]bool{}
	failed := map[string]error{}
	for len(missing) > 0 {
		n := min(fetchBatch, len(missing))
		batch := missing[:n]
		missing = missing[n:]
		say("downloading %s", strings.Join(batch, " "))
		download(debs, batch, gone, failed)
		for _, p := range batch {
			if gone[p] || failed[p] != nil {
				continue
			}
			if err := unpack(debs, trees, p); err != nil {
				failed[p] = err
			}
		}
	}
	var out []fetched
	for _, p := range packages {
		f := fetched{Package: p, Tree: filepath.Join(trees, p, "root"), Gone: gone[p], Err: failed[p]}
		if f.Gone {
			f.Err = errors.New("not in the archive")
		}
		out = append(out, f)
	}
	return out, nil
}

func haveTree(trees, pkg string) bool {
	version, err := os.ReadFile(filepath.Join(trees, pkg, "version"))
	return err == nil && string(version) == treeVersion
}

// aptLists fetches apt's package lists where there are none.
func aptLists() error {
	lists, _ := filepath.Glob("/var/lib/apt/lists/*Packages*")
	if len(lists) > 0 {
		return nil
	}
	out, err := exec.Command("apt-get", "update", "-q").CombinedOutput()
	if err != nil {
		return fmt.Errorf("apt-get update: %w\n%s", err, out)
	}
	return nil
}

// download brings a batch, and where that fails each package of it alone, so
// that one name that has vanished does not cost the others.
func download(debs string, batch []string, gone map[string]bool, failed map[string]error) {
	get := func(names ...string) (string, error) {
		args := append([]string{"download", "-q", "-o", "APT::Sandbox::User=root"}, names...)
		cmd := exec.Command("apt-get", args...)
		cmd.Dir = debs
		cmd.Env = append(os.Environ(), "LC_ALL=C")
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	if _, err := get(batch...); err == nil {
		return
	}
	for _, p := range batch {
		out, err := get(p)
		switch {
		case err == nil:
		case strings.Contains(out, "Unable to locate package"), strings.Contains(out, "has no installation candidate"),
			strings.Contains(out, "Can't find a source to download"), strings.Contains(out, "Can't select"):
			gone[p] = true
		default:
			failed[p] = fmt.Errorf("apt-get download: %w: %s", err, lastLine(out))
		}
	}
}

// unpack turns PKG_*.deb into trees/PKG/root and removes it.
func unpack(debs, trees, pkg string) error {
	files, err := filepath.Glob(filepath.Join(debs, pkg+"_*.deb"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("apt-get brought no %s_*.deb", pkg)
	}
	deb := files[len(files)-1]
	dir := filepath.Join(trees, pkg)
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	root := filepath.Join(dir, "root")
	if err := os.MkdirAll(root, 0o755); err != nil {
		return err
	}
	cmd := exec.Command("dpkg-deb", "--fsys-tarfile", deb)
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	err = extract(pipe, root)
	if wait := cmd.Wait(); err == nil {
		err = wait
	}
	if err != nil {
		return fmt.Errorf("unpacking %s: %w", filepath.Base(deb), err)
	}
	if err := arrange(root, pkg); err != nil {
		return fmt.Errorf("arranging %s: %w", pkg, err)
	}
	for _, f := range files {
		os.Remove(f)
	}
	return os.WriteFile(filepath.Join(dir, "version"), []byte(treeVersion), 0o644)
}

func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return lines[len(lines)-1]
}
