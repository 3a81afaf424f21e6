//go:build linux

package confirm

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"unicode/utf8"
)

// textLimit is up to which size a changed file's text is shown; above it, or
// where it is no text, a checksum stands for it.
const textLimit = 4096

// fileState is all that differs from the machine and the package: the upper
// layers, and the directories that are new. Times are not compared.
func fileState() map[string]string {
	state := map[string]string{}
	walk(state, "/.confirm/upper", "")
	for _, dir := range []string{"/run", "/dev", "/boot", "/home", "/media", "/mnt", "/opt", "/root", "/srv", "/tmp"} {
		walk(state, dir, dir)
	}
	return state
}

// walk describes every file under dir, which scripts see as at.
func walk(state map[string]string, dir, at string) {
	filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		name := at + path[len(dir):]
		if err != nil || path == dir {
			return nil
		}
		info, err := e.Info()
		if err != nil {
			return nil
		}
		state[name] = describeFile(path, info)
		return nil
	})
}

func describeFile(path string, info fs.FileInfo) string {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return "?"
	}
	if info.Mode()&fs.ModeCharDevice != 0 && st.Rdev == 0 {
		return "removed" // overlayfs's whiteout
	}
	s := fmt.Sprintf("%s %d:%d", info.Mode(), st.Uid, st.Gid)
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		to, _ := os.Readlink(path)
		return s + " -> " + to
	case info.Mode()&fs.ModeDevice != 0:
		return s + fmt.Sprintf(" device %d", st.Rdev)
	case !info.Mode().IsRegular():
		return s
	}
	if filepath.Base(path) == "random-seed" {
		return s + fmt.Sprintf(" %d random bytes", info.Size())
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return s + " unreadable"
	}
	if len(content) > textLimit || !utf8.Valid(content) {
		return s + fmt.Sprintf(" %d bytes, sha256 %x", len(content), sha256.Sum256(content))
	}
	return s + fmt.Sprintf(" %q", content)
}

// changes are the lines of what is in now and was not, or otherwise, before.
func changes(before, now map[string]string, n *normaliser) []string {
	var out []string
	for name, what := range now {
		if before[name] != what {
			out = append(out, n.text(name+": "+what))
		}
	}
	for name := range before {
		if _, ok := now[name]; !ok {
			out = append(out, n.text(name+": removed"))
		}
	}
	slices.Sort(out)
	return out
}
