package lint

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sysv/lint"
	"sysv/lsb"
	"sysv/script"
)

// defaultPath is what is looked at if nothing is named.
const defaultPath = "/etc/init.d"

// files are the scripts that the command line means, each once, by name.
func (c *command) files() (files []lint.File, errs []error) {
	paths := c.o.paths
	if len(paths) == 0 {
		paths = []string{defaultPath}
	}
	seen := map[string]bool{}
	add := func(f lint.File) {
		if !seen[f.Path] {
			seen[f.Path] = true
			files = append(files, f)
		}
	}
	for _, p := range paths {
		if p == "-" {
			src, err := io.ReadAll(io.LimitReader(c.p.Stdin(), script.MaxSize+1))
			if err != nil {
				errs = append(errs, fmt.Errorf("standard input: %w", err))
				continue
			}
			if src == nil {
				src = []byte{}
			}
			c.stdin = src
			add(lint.File{Path: c.stdinName(), Source: src})
			continue
		}
		found, err := expand(p)
		if err != nil {
			errs = append(errs, err)
		}
		for _, f := range found {
			add(f)
		}
	}
	slices.SortFunc(files, func(a, b lint.File) int { return strings.Compare(a.Path, b.Path) })
	return files, errs
}

// expand is what one PATH means.
func expand(path string) ([]lint.File, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(path, "*?[") {
		names, bad := filepath.Glob(path)
		if bad != nil {
			return nil, fmt.Errorf("%s: %w", path, bad)
		}
		var out []lint.File
		for _, n := range names {
			more, err := expand(n)
			if err != nil {
				return out, err
			}
			out = append(out, more...)
		}
		if len(names) > 0 {
			return out, nil
		}
	}
	if err != nil {
		if e, ok := errors.AsType[*fs.PathError](err); ok {
			err = e.Err
		}
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if !info.IsDir() {
		return []lint.File{{Path: path, Root: rootOf(path)}}, nil
	}
	return directory(path)
}

// directory are the scripts of a directory, or, if it has none itself, those
// of all directories init.d below it.
func directory(dir string) ([]lint.File, error) {
	out, err := scripts(dir)
	if err != nil || len(out) > 0 {
		return out, err
	}
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			// What may not be looked into has no scripts for us.
			return nil
		}
		if path != dir && (d.Name() == "init.d" || strings.HasSuffix(filepath.ToSlash(path), "etc/rc.d")) {
			more, err := scripts(path)
			if err == nil {
				out = append(out, more...)
			}
		}
		return nil
	})
	return out, err
}

// scripts are the files of one directory that are scripts.
func scripts(dir string) ([]lint.File, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []lint.File
	for _, e := range entries {
		if lsb.Ignored(e.Name(), nil) != "" {
			continue
		}
		path := filepath.Join(dir, e.Name())
		if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() || info.Size() > script.MaxSize {
			continue
		}
		if isScript(path) {
			out = append(out, lint.File{Path: path, Root: rootOf(path), Whole: true})
		}
	}
	return out, nil
}

// isScript looks whether a file begins as a script, or has a header.
func isScript(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		// It is named, so that the error is seen when it is read.
		return true
	}
	defer f.Close()
	var b [4096]byte
	n, _ := io.ReadFull(f, b[:])
	head := bytes.TrimPrefix(b[:n], []byte("\xEF\xBB\xBF"))
	return bytes.HasPrefix(head, []byte("#!")) || bytes.Contains(head, []byte("### BEGIN INIT INFO"))
}

// rootOf is the tree in whose etc/init.d a script is, "" if it is in none.
func rootOf(path string) string {
	dir := filepath.ToSlash(filepath.Dir(path))
	for _, end := range []string{"etc/init.d", "etc/rc.d/init.d"} {
		root, ok := strings.CutSuffix(dir, end)
		switch {
		case !ok || root != "" && !strings.HasSuffix(root, "/"):
		case root == "":
			return "."
		default:
			return filepath.FromSlash(root)
		}
	}
	return ""
}
