//go:build linux

package confirm

import (
	"os"
	"path/filepath"
	"strings"
)

// Scripts brings files below etc of packages of the list (a value of
// [Packages]), from the cache or from the archive: etc/init.d/NAME and the
// files of etc/insserv.conf.d, by their names below the root. repository is
// where go.mod is; say hears what is downloaded. Of two packages that ship the
// same file the first wins.
func Scripts(repository, which string, say func(string, ...any)) (map[string][]byte, error) {
	packages, err := Packages(which)
	if err != nil {
		return nil, err
	}
	trees, err := fetchAll(cacheDir(repository), packages, say)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, t := range trees {
		if t.Gone {
			continue
		}
		if t.Err != nil {
			return nil, t.Err
		}
		for _, dir := range []string{"etc/init.d", "etc/insserv.conf.d"} {
			names, _ := filepath.Glob(filepath.Join(t.Tree, dir, "*"))
			for _, name := range names {
				info, err := os.Lstat(name)
				if err != nil || !info.Mode().IsRegular() {
					continue
				}
				short := strings.TrimPrefix(name, t.Tree+"/")
				if files[short] != nil {
					continue
				}
				if files[short], err = os.ReadFile(name); err != nil {
					return nil, err
				}
			}
		}
	}
	return files, nil
}
