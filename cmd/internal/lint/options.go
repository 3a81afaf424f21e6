package lint

import (
	"slices"
	"strconv"
	"strings"

	"sysv/lint"
	"sysv/lint/format"
)

// options are the command line's.
type options struct {
	format, color, explain, config, stdinPath, version string
	rehearse                                           string
	severity                                           lint.Severity
	include, exclude                                   []string
	fix, diff, list, help                              bool
	jobs                                               int
	paths                                              []string
}

// valued are the options with a value.
func valued() []string {
	return []string{"--format", "--severity", "--rehearse", "--include", "--exclude", "--explain", "--config", "--stdin-path", "--color", "--jobs"}
}

// parse reads the command line; bad is what is wrong with it.
func parse(args []string) (o options, bad string) {
	o = options{format: "tty", color: "auto"}
	for i := 0; i < len(args); i++ {
		if args[i] == "--" {
			o.paths = append(o.paths, args[i+1:]...)
			break
		}
		if args[i] == "-" || !strings.HasPrefix(args[i], "-") {
			o.paths = append(o.paths, args[i])
			continue
		}
		a, value, has := strings.Cut(args[i], "=")
		takes := slices.Contains(valued(), a)
		if has && !takes {
			return o, args[i] + ": unknown option"
		}
		if takes && !has {
			if i++; i >= len(args) {
				return o, a + ": expected a value"
			}
			value = args[i]
		}
		if bad := o.set(a, value); bad != "" {
			return o, bad
		}
		if o.help {
			return o, ""
		}
	}
	if o.fix && o.diff {
		return o, "--fix and --diff do not go together"
	}
	return o, ""
}

func (o *options) set(name, value string) (bad string) {
	oneOf := func(to *string, words ...string) {
		if *to = value; !slices.Contains(words, value) {
			bad = name + "=" + value + ": expected one of " + strings.Join(words, ", ")
		}
	}
	switch name {
	case "--help", "-h":
		o.help = true
	case "--fix":
		o.fix = true
	case "--diff":
		o.diff = true
	case "--list-rules":
		o.list = true
	case "--explain":
		o.explain = value
	case "--config":
		o.config = value
	case "--stdin-path":
		o.stdinPath = value
	case "--include":
		o.include = append(o.include, strings.Split(value, ",")...)
	case "--exclude":
		o.exclude = append(o.exclude, strings.Split(value, ",")...)
	case "--format":
		oneOf(&o.format, format.Names()...)
	case "--color":
		oneOf(&o.color, "auto", "always", "never")
	case "--rehearse":
		oneOf(&o.rehearse, "auto", "never")
	case "--severity":
		s, err := lint.ParseSeverity(value)
		if err != nil || s == lint.Off {
			return name + "=" + value + ": expected one of error, warning, info, style"
		}
		o.severity = s
	case "--jobs":
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 {
			return name + "=" + value + ": expected a number from 1"
		}
		o.jobs = n
	default:
		return name + ": unknown option"
	}
	return bad
}
