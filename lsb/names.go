package lsb

import "strings"

// Ignored is why insserv(8) takes no file of this name in /etc/init.d for a
// script, "" if it does. filters are the extensions of
// /etc/insserv/file-filters ([FileFilters]).
func Ignored(name string, filters []string) string {
	switch {
	case name == "" || name[0] == '.':
		return "its name begins with a dot"
	case strings.HasPrefix(name, "README"), strings.HasPrefix(name, "Makefile"):
		return "it is documentation"
	case name == "core":
		return "it is a core dump"
	case name == "rx", strings.HasPrefix(name, "skeleton"), strings.HasPrefix(name, "powerfail"):
		return "it is not for runlevels"
	case name == "rc", name == "rcS":
		return "it is what changes runlevels"
	case !ConfigName(name, filters):
		return "its extension is that of a copy"
	case name[len(name)-1] == '~':
		return "it is an editor's copy"
	case strings.IndexByte(`$.#%_+-\*[]^:()~`, name[0]) >= 0:
		return "its name begins with " + name[:1]
	}
	return ""
}

// ConfigName is true for a name that insserv(8) takes in insserv.conf.d: none
// that begins with a dot or ends like the copies that editors and package
// managers make, nor with an extension among filters.
func ConfigName(name string, filters []string) bool {
	if name == "" || name[0] == '.' || strings.HasSuffix(name, ",v") {
		return false
	}
	dot := strings.LastIndexByte(name, '.')
	if dot < 0 {
		return true
	}
	ext := name[dot+1:]
	switch ext {
	case "old", "new", "org", "orig", "save", "swp", "core":
		return false
	}
	for _, begin := range [...]string{"rpm", "ba", "dpkg", "ucf"} {
		if strings.HasPrefix(ext, begin) {
			return false
		}
	}
	for _, f := range filters {
		if ext == f {
			return false
		}
	}
	return true
}

// filterLine is how many bytes insserv reads at once of file-filters.
const filterLine = 31

// FileFilters reads /etc/insserv/file-filters: an extension, without its dot,
// in each line.
func FileFilters(src []byte) []string {
	var filters []string
	for len(src) > 0 && len(filters) < 1000 {
		n := min(filterLine, len(src))
		if i := strings.IndexByte(string(src[:n]), '\n'); i >= 0 {
			n = i + 1
		}
		line := strings.TrimSuffix(string(src[:n]), "\n")
		src = src[n:]
		if line != "" && line[0] != '\r' {
			filters = append(filters, line)
		}
	}
	return filters
}

// OverridePaths are the files that stand in for a script's own header, the
// first that has one wins: the administrator's, and then the packages'.
func OverridePaths(script string) [2]string {
	return [2]string{"/etc/insserv/overrides/" + script, "/usr/share/insserv/overrides/" + script}
}
