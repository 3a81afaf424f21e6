package updatercd

import (
	"strings"

	"sysv/runlevel"
)

// The styles: whose update-rc.d it is.
const (
	// Debian is init-system-helpers' one, which reads headers and ignores
	// numbers.
	Debian = "debian"
	// OpenEmbedded is Phil Blundell's one, which knows no headers and honours
	// numbers.
	OpenEmbedded = "openembedded"
)

// StyleOf is the style that a tree asks for: the line STYLE=openembedded or
// STYLE=debian of its /etc/default/update-rc.d; without that OpenEmbedded's if
// its os-release(5) says that it was made so (ID or ID_LIKE has "poky",
// "openembedded", "nodistro" or "oe"); else Debian's.
func StyleOf(dir string) string {
	root, err := runlevel.OpenRoot(dir)
	if err != nil {
		return Debian
	}
	if text, err := root.ReadFile("etc/default/update-rc.d"); err == nil {
		switch setting(string(text), "STYLE") {
		case OpenEmbedded:
			return OpenEmbedded
		case Debian:
			return Debian
		}
	}
	text, err := root.ReadFile("etc/os-release")
	if err != nil {
		if text, err = root.ReadFile("usr/lib/os-release"); err != nil {
			return Debian
		}
	}
	for _, id := range strings.Fields(setting(string(text), "ID") + " " + setting(string(text), "ID_LIKE")) {
		switch id {
		case "poky", "openembedded", "nodistro", "oe":
			return OpenEmbedded
		}
	}
	return Debian
}

// setting is the value of the last NAME=VALUE, without quotes around it.
func setting(text, name string) string {
	value := ""
	for line := range strings.SplitSeq(text, "\n") {
		if v, ok := strings.CutPrefix(strings.TrimSpace(line), name+"="); ok {
			value = strings.Trim(v, `"'`)
		}
	}
	return value
}

// embeddedRoot is the -r of OpenEmbedded's options: that tree says which style
// holds.
func embeddedRoot(args []string, root string) string {
	for i, a := range args {
		if !strings.HasPrefix(a, "-") {
			break
		}
		if a == "-r" && i+1 < len(args) {
			return args[i+1]
		}
	}
	return root
}
