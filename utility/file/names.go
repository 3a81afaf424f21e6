package file

import (
	"strings"

	"sysv/utility/call"
)

// Basename is basename(1), with -a, -s and -z.
func Basename(c *call.Call) int {
	opts, names, unknown, ok := c.Getopt("+as:z", "multiple>a", "suffix=>s", "zero>z")
	if !ok {
		return badOption(c, unknown)
	}
	multiple, suffix, end := false, "", byte('\n')
	for _, o := range opts {
		switch o.Name {
		case "a":
			multiple = true
		case "s":
			suffix, multiple = o.Arg, true
		case "z":
			end = 0
		}
	}
	if len(names) == 0 {
		return missing(c, "operand")
	}
	if !multiple {
		if len(names) > 2 {
			return usage(c, "extra operand %s", call.QuoteArg(names[2]))
		}
		if len(names) == 2 {
			suffix = names[1]
		}
		names = names[:1]
	}
	for _, n := range names {
		base := strings.TrimRight(lastComponent(n), "/")
		if base == "" && n != "" {
			base = "/"
		}
		if base != suffix && base != "/" {
			base = strings.TrimSuffix(base, suffix)
		}
		c.Out.WriteString(base)
		c.Out.WriteByte(end)
	}
	return 0
}

// Dirname is dirname(1), with -z.
func Dirname(c *call.Call) int {
	opts, names, unknown, ok := c.Getopt("+z", "zero>z")
	if !ok {
		return badOption(c, unknown)
	}
	if len(names) == 0 {
		return missing(c, "operand")
	}
	for _, n := range names {
		c.Out.WriteString(dirName(n))
		if len(opts) > 0 {
			c.Out.WriteByte(0)
		} else {
			c.Out.WriteByte('\n')
		}
	}
	return 0
}

// dirName is what leads to a name's last component: ".", "/" or "a/b".
func dirName(name string) string {
	dir := stripSlashes(name[:len(name)-len(lastComponent(name))])
	if dir == "" {
		return "."
	}
	return dir
}
