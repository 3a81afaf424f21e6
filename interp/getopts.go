package interp

import (
	"strings"

	"sysv/system"
)

// dashGetopt is one call of dash's getopts (getopts in its options.c).
// sh.getopts.ind is the next parameter, from 1, and at where the letters go on
// in the one before it, or 0.
func (sh *Shell) dashGetopt(spec, name string, params []string) int {
	ind, at := max(sh.getopts.ind, 1), sh.getopts.at
	if ind > len(params)+1 {
		ind, at = 1, 0
	}
	next, word := ind-1, ""
	if next > 0 && at > 0 && at < len(params[next-1]) {
		word = params[next-1]
	} else {
		at = 1
		if next < len(params) && len(params[next]) > 1 && params[next][0] == '-' {
			word = params[next]
			next++
		}
		if word == "" || word == "--" {
			sh.setOptind(next+1, 0, name, "?")
			return 1
		}
	}
	c := word[at]
	at++
	letter := string(c)
	silent := strings.HasPrefix(spec, ":")
	switch takes, known := optionIn(spec, c); {
	case !known:
		letter = "?"
		if silent {
			sh.assign("OPTARG", string(c), 0)
			break
		}
		sh.getoptsError("Illegal option -%c\n", c)
	case !takes:
		sh.assign("OPTARG", "", 0)
	case at < len(word):
		sh.assign("OPTARG", word[at:], 0)
		at = 0
	case next < len(params):
		sh.assign("OPTARG", params[next], 0)
		next++
		at = 0
	case silent:
		letter = ":"
		sh.assign("OPTARG", string(c), 0)
	default:
		letter = "?"
		sh.getoptsError("No arg for -%c option\n", c)
	}
	sh.setOptind(next+1, at, name, letter)
	return 0
}

// optionIn looks a letter up in the first operand of getopts.
func optionIn(spec string, c byte) (takes, known bool) {
	for i := 0; i < len(spec); i++ {
		takes = i+1 < len(spec) && spec[i+1] == ':'
		if spec[i] == c {
			return takes, true
		}
		if takes {
			i++
		}
	}
	return false, false
}

func (sh *Shell) getoptsError(format string, c byte) {
	sh.out.flush()
	system.WriteAll(sh.p.Stderr(), appendf(nil, format, c))
	sh.unset("OPTARG")
}

func (sh *Shell) setOptind(ind, at int, name, letter string) {
	sh.assign("OPTIND", itoa(ind), 0)
	sh.getopts = getoptsState{ind: ind, at: at}
	if !isName(name) {
		sh.fatal(2, "%s: bad variable name", name)
	}
	sh.assign(name, letter, 0)
}
