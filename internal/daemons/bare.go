//go:build linux

package daemons

import (
	"debug/elf"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// bareTasks are daemons in a root that holds nothing but them and the one
// binary: no shell, no coreutils, no function library. They are compared with
// dash in the whole root.
func bareTasks(root string) []task {
	common := []string{"/etc/passwd", "/etc/group", "/etc/nsswitch.conf"}
	with := func(names ...string) []string { return append(names, common...) }
	return []task{
		{name: "nginx", probe: http, sides: []side{bare},
			bare: with("/usr/sbin/nginx", "/etc/init.d/nginx", "/etc/nginx", "/etc/default/nginx", "/var/www", "/var/log/nginx", "/var/lib/nginx",
				"/usr/share/nginx", "/usr/lib/nginx"),
			ops: actions(root, "nginx", strings.Fields("status start status reload upgrade count-log move-log count-log rotate count-log restart status kill-9 status start stop status stop"))},
		{name: "cron", sides: []side{bare},
			bare: with("/usr/sbin/cron", "/etc/init.d/cron", "/etc/default/cron", "/etc/crontab", "/etc/cron.d", "/var/spool/cron", "/etc/environment", "/etc/localtime", "/usr/share/zoneinfo/Etc"),
			ops:  actions(root, "cron", sequence())},
		{name: "dropbear", probe: Probe{"127.0.0.1:22", ""}, sides: []side{bare},
			bare: with("/usr/sbin/dropbear", "/etc/init.d/dropbear", "/etc/default/dropbear", "/etc/dropbear"),
			ops:  actions(root, "dropbear", sequence())},
	}
}

// makeBare makes such a root anew, by copying from the whole one. Programs
// bring the libraries that they need.
func makeBare(root, to, sysv string, holds []string) error {
	if err := os.RemoveAll(to); err != nil {
		return err
	}
	for _, d := range []string{"usr/lib", "usr/lib64", "var", "proc", "dev", "run", "tmp"} {
		if err := os.MkdirAll(filepath.Join(to, d), 0o755); err != nil {
			return err
		}
	}
	for link, target := range map[string]string{"lib": "usr/lib", "lib64": "usr/lib64", "var/run": "/run"} {
		if err := os.Symlink(target, filepath.Join(to, link)); err != nil {
			return err
		}
	}
	if err := copyFile(sysv, filepath.Join(to, bareSysv)); err != nil {
		return err
	}
	for _, name := range holds {
		if err := copyTree(root, to, name); err != nil {
			return err
		}
	}
	return nil
}

// copyTree copies a file, or a directory with all that is in it, if there is
// one; owners and modes too.
func copyTree(root, to, name string) error {
	err := filepath.WalkDir(filepath.Join(root, name), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		return copyOne(root, to, rel, d)
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

func copyOne(root, to, name string, d fs.DirEntry) error {
	from, dest := filepath.Join(root, name), filepath.Join(to, name)
	info, err := d.Info()
	if err != nil {
		return err
	}
	if err := parents(root, to, filepath.Dir(name)); err != nil {
		return err
	}
	switch mode := info.Mode(); {
	case mode.IsDir():
		return parents(root, to, name)
	case mode&fs.ModeSymlink != 0:
		target, err := os.Readlink(from)
		if err != nil {
			return err
		}
		if err := os.Symlink(target, dest); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
		return nil
	case mode.IsRegular():
		if err := copyFile(from, dest); err != nil {
			return err
		}
		return libraries(root, to, from)
	}
	return nil
}

// parents makes a directory and those above it as they are in the whole root.
func parents(root, to, name string) error {
	if name == "." || name == "/" {
		return nil
	}
	if _, err := os.Stat(filepath.Join(to, name)); err == nil {
		return nil
	}
	if err := parents(root, to, filepath.Dir(name)); err != nil {
		return err
	}
	info, err := os.Stat(filepath.Join(root, name))
	if err != nil {
		return err
	}
	dest := filepath.Join(to, name)
	if err := os.Mkdir(dest, 0o755); err != nil {
		return err
	}
	return likeness(dest, info)
}

func likeness(dest string, info fs.FileInfo) error {
	st := info.Sys().(*syscall.Stat_t)
	if err := os.Lchown(dest, int(st.Uid), int(st.Gid)); err != nil {
		return err
	}
	return os.Chmod(dest, info.Mode())
}

func copyFile(from, dest string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	info, err := os.Stat(from)
	if err != nil {
		return err
	}
	if err := os.WriteFile(dest, text, 0o600); err != nil {
		return err
	}
	return likeness(dest, info)
}

// libraries copies what a program of the root is linked with, and its loader.
func libraries(root, to, program string) error {
	f, err := elf.Open(program)
	if err != nil {
		return nil // no program
	}
	defer f.Close()
	needs, err := f.ImportedLibraries()
	if err != nil {
		return nil
	}
	for _, s := range f.Progs {
		if s.Type == elf.PT_INTERP {
			b := make([]byte, s.Filesz-1)
			if _, err := s.ReadAt(b, 0); err != nil {
				return err
			}
			needs = append(needs, string(b))
		}
	}
	for _, n := range needs {
		if err := library(root, to, n); err != nil {
			return fmt.Errorf("%s: %w", program, err)
		}
	}
	return nil
}

func library(root, to, name string) error {
	places, err := filepath.Glob(filepath.Join(root, "usr/lib/*-linux-gnu*", filepath.Base(name)))
	if err != nil {
		return err
	}
	if len(places) == 0 {
		return fmt.Errorf("no %s", name)
	}
	dir, err := filepath.Rel(root, filepath.Dir(places[0]))
	if err != nil {
		return err
	}
	at := filepath.Join(to, dir, filepath.Base(name))
	if strings.HasPrefix(name, "/lib64/") || strings.HasPrefix(name, "/lib/") {
		at = filepath.Join(to, "usr", name)
	}
	if _, err := os.Stat(at); err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
		return err
	}
	if err := copyFile(places[0], at); err != nil {
		return err
	}
	return libraries(root, to, places[0])
}
