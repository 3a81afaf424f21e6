package file

import (
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// How much of a name must be there for it to be made canonical.
const (
	canonExisting   = iota // all of it (-e)
	canonAllButLast        // all but the last component (-f)
	canonMissing           // nothing (-m)
)

// maxLinks is how many symbolic links are followed for one name before it
// counts as a loop, where none has been seen twice.
const maxLinks = 1000

// canonical is a name without symbolic links, "." and ".." (gnulib's
// canonicalize_filename_mode). With noLinks symbolic links stay.
func canonical(c *call.Call, name string, mode int, noLinks bool) (string, error) {
	if name == "" {
		return "", system.ENOENT
	}
	out := "/"
	if name[0] != '/' {
		// The shell's name for the directory may lead through links.
		cwd, err := canonical(c, c.Dir, canonMissing, false)
		if err != nil {
			return "", err
		}
		out = cwd
	}
	seen := 0
	var before map[string]bool
	rest := name
	for {
		rest = strings.TrimLeft(rest, "/")
		if rest == "" {
			return out, nil
		}
		part := rest
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			part = rest[:i]
		}
		rest = rest[len(part):]
		switch part {
		case ".":
			continue
		case "..":
			out = dirName(out)
			continue
		}
		next := join(out, part)
		target, err := "", error(system.EINVAL)
		if !noLinks {
			target, err = c.Readlink(next)
		}
		if err != nil {
			if err = canonCheck(c, next, rest, mode, noLinks, err); err != nil {
				return "", err
			}
			out = next
			continue
		}
		if seen++; seen > 20 {
			if before == nil {
				before = map[string]bool{}
			}
			key := next + "\x00" + rest
			if before[key] || seen > maxLinks {
				if mode == canonMissing {
					out = next
					continue
				}
				return "", system.ELOOP
			}
			before[key] = true
		}
		rest = target + rest
		if strings.HasPrefix(target, "/") {
			out = "/"
		}
	}
}

// canonCheck tells whether a component that is no symbolic link (readlink
// gave err) may stand before rest.
func canonCheck(c *call.Call, path, rest string, mode int, noLinks bool, err error) error {
	if mode == canonMissing {
		return nil
	}
	switch {
	case needsDir(rest):
		_, err = c.Stat(path + "/")
	case !noLinks:
		if err == system.EINVAL {
			err = nil
		}
	case rest != "":
		err = nil
	default:
		_, err = c.Lstat(path)
	}
	last := strings.TrimLeft(rest, "/") == ""
	if err == system.ENOENT && mode == canonAllButLast && last {
		return nil
	}
	return err
}

// needsDir tells whether what follows a component asks for a directory but
// does not itself look into it: slashes alone, or then "." or "..".
func needsDir(rest string) bool {
	if rest == "" {
		return false
	}
	rest = strings.TrimLeft(rest, "/")
	first, _, _ := strings.Cut(rest, "/")
	return first == "" || first == "." || first == ".."
}

// Readlink is readlink(1): a link's value, or with -f, -e or -m a canonical
// name; -n, -q, -s, -v, -z.
func Readlink(c *call.Call) int {
	opts, names, unknown, ok := c.Getopt("efmnqsvz", "canonicalize>f", "canonicalize-existing>e", "canonicalize-missing>m",
		"no-newline>n", "quiet>q", "silent>q", "verbose>v", "zero>z")
	if !ok {
		return badOption(c, unknown)
	}
	if n, own := ownDescriptors(names); own {
		return c.Refuse(n)
	}
	mode, verbose, newline, end := -1, false, true, byte('\n')
	for _, o := range opts {
		switch o.Name {
		case "e":
			mode = canonExisting
		case "f":
			mode = canonAllButLast
		case "m":
			mode = canonMissing
		case "n":
			newline = false
		case "q", "s":
			verbose = false
		case "v":
			verbose = true
		case "z":
			end = 0
		}
	}
	if len(names) == 0 {
		return missing(c, "operand")
	}
	if len(names) > 1 && !newline {
		c.Errorf("ignoring --no-newline with multiple arguments")
		newline = true
	}
	status := 0
	for _, n := range names {
		var value string
		var err error
		if mode < 0 {
			value, err = c.Readlink(n)
		} else {
			value, err = canonical(c, n, mode, false)
		}
		if err != nil {
			status = 1
			if verbose {
				c.Errorf("%s: %v", call.QuoteName(n), err)
			}
			continue
		}
		c.Out.WriteString(value)
		if newline {
			c.Out.WriteByte(end)
		}
	}
	return status
}

// Realpath is realpath(1) with -e, -m, -L, -P, -s, -q and -z.
func Realpath(c *call.Call) int {
	opts, names, unknown, ok := c.Getopt("eLmPqsz", "canonicalize-existing>e", "canonicalize-missing>m", "logical>L",
		"physical>P", "quiet>q", "strip>s", "no-symlinks>s", "zero>z")
	if !ok {
		return badOption(c, unknown)
	}
	if n, own := ownDescriptors(names); own {
		return c.Refuse(n)
	}
	mode, noLinks, logical, verbose, end := canonAllButLast, false, false, true, byte('\n')
	for _, o := range opts {
		switch o.Name {
		case "e":
			mode = canonExisting
		case "m":
			mode = canonMissing
		case "L":
			noLinks, logical = true, true
		case "P":
			noLinks, logical = false, false
		case "s":
			noLinks, logical = true, false
		case "q":
			verbose = false
		case "z":
			end = 0
		}
	}
	if len(names) == 0 {
		return missing(c, "operand")
	}
	status := 0
	for _, n := range names {
		value, err := canonical(c, n, mode, noLinks)
		if err == nil && logical {
			value, err = canonical(c, value, mode, false)
		}
		if err != nil {
			status = 1
			if verbose {
				c.Errorf("%s: %v", call.QuoteName(n), err)
			}
			continue
		}
		c.Out.WriteString(value)
		c.Out.WriteByte(end)
	}
	return status
}

// relative is from a directory to a file, both canonical: "../a/b".
func relative(file, dir string) string {
	f, d := strings.Split(strings.Trim(file, "/"), "/"), strings.Split(strings.Trim(dir, "/"), "/")
	if file == "/" {
		f = nil
	}
	if dir == "/" {
		d = nil
	}
	for len(f) > 0 && len(d) > 0 && f[0] == d[0] {
		f, d = f[1:], d[1:]
	}
	var parts []string
	for range d {
		parts = append(parts, "..")
	}
	parts = append(parts, f...)
	if len(parts) == 0 {
		return "."
	}
	return strings.Join(parts, "/")
}
