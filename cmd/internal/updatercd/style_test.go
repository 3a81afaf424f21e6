package updatercd_test

import (
	"os"
	"path/filepath"
	"testing"

	"sysv/cmd/internal/updatercd"
)

func TestStyle(t *testing.T) {
	for _, c := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"an empty tree", nil, updatercd.Debian},
		{"Debian", map[string]string{"etc/os-release": "ID=debian\n"}, updatercd.Debian},
		{"poky", map[string]string{"etc/os-release": "NAME=\"Poky\"\nID=poky\n"}, updatercd.OpenEmbedded},
		{"a distribution made with it", map[string]string{"usr/lib/os-release": "ID=mine\nID_LIKE=\"other openembedded\"\n"}, updatercd.OpenEmbedded},
		{"etc goes before usr/lib", map[string]string{"etc/os-release": "ID=x\n", "usr/lib/os-release": "ID=poky\n"}, updatercd.Debian},
		{"the setting", map[string]string{"etc/os-release": "ID=debian\n", "etc/default/update-rc.d": "# ours\nSTYLE='openembedded'\n"}, updatercd.OpenEmbedded},
		{"the setting, the other way", map[string]string{"etc/os-release": "ID=poky\n", "etc/default/update-rc.d": "STYLE=debian\n"}, updatercd.Debian},
		{"a setting of no style", map[string]string{"etc/os-release": "ID=poky\n", "etc/default/update-rc.d": "STYLE=x\n"}, updatercd.OpenEmbedded},
	} {
		dir := t.TempDir()
		for name, text := range c.files {
			path := filepath.Join(dir, name)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got := updatercd.StyleOf(dir); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
