package updatercd

import (
	"bytes"
	"io"
	"strings"
)

// maxScript is more than any init script has, and more than is read of one.
const maxScript = 16 << 20

// defaults are the runlevels that a script's header names.
type defaults struct{ start, stop []string }

// readDefaults reads the header of a script as the original does: keys exactly
// as they are usually written, the last one of a kind holds, what is outside
// BEGIN and END does not count. A directory is an empty script.
func (c *command) readDefaults(name string) (defaults, error) {
	var d defaults
	f, err := c.root.Open(name)
	if err != nil {
		return d, fail("unable to read " + c.path(name))
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxScript))
	if err != nil {
		return d, nil
	}
	begun := false
	for len(text) > 0 {
		var l []byte
		l, text, _ = bytes.Cut(text, []byte("\n"))
		line := string(l)
		switch {
		case marker(line, "### BEGIN INIT INFO"):
			begun = true
		case marker(line, "### END INIT INFO"):
			return d, nil
		case begun:
			if v, ok := strings.CutPrefix(line, "# Default-Start:"); ok {
				d.start = words(v)
			}
			if v, ok := strings.CutPrefix(line, "# Default-Stop:"); ok {
				d.stop = words(v)
			}
		}
	}
	return d, nil
}

// space is what \s matches in Perl, on bytes.
const space = " \t\n\r\f\v"

func marker(line, text string) bool {
	rest, ok := strings.CutPrefix(line, text)
	return ok && strings.Trim(rest, space) == ""
}

func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(space, r) })
}

// headerFile is the file whose header tells a script's runlevels: the
// administrator's override, the script, the distribution's override; the first
// one that is not empty.
func (c *command) headerFile() (string, error) {
	for _, dir := range []string{"etc/insserv/overrides/", "etc/init.d/", "usr/share/insserv/overrides/"} {
		if info, err := c.root.Stat(dir + c.name); err == nil && info.Size() > 0 {
			return dir + c.name, nil
		}
	}
	return "", fail("cannot find a LSB script for " + c.name)
}
