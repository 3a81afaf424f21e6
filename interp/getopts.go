package interp

import (
	"strconv"
	"strings"

	"sysv/system"
)

func builtinGetopts(sh *Shell, argv []string, _ evalFlags) int {
	args := argv[1:]
	if sh.dialect == Bash {
		_, args = sh.optionsIgnored(argv)
	}
	if len(args) < 2 {
		if sh.dialect == Bash {
			sh.warn("usage: getopts optstring name [arg ...]")
			return 2
		}
		sh.fatal(2, "Usage: getopts optstring var [arg...]")
	}
	params := sh.params
	if len(args) > 2 {
		params = args[2:]
	}
	if sh.dialect == Dash {
		return sh.dashGetopt(args[0], args[1], params)
	}
	return sh.getopt(args[0], args[1], params)
}

// getoptsState is where getopts is: the next operand's index (OPTIND) is a
// variable, the place in a group of letters is not.
type getoptsState struct {
	ind int
	at  int
}

func (g *getoptsState) reset(optind string) {
	n, err := strconv.Atoi(optind)
	if err != nil || n < 1 {
		n = 1
	}
	if n != g.ind {
		g.at = 0
	}
	g.ind = n
}

// getopt is one call of getopts.
func (sh *Shell) getopt(spec, name string, params []string) int {
	g := sh.getopts
	ind := max(g.ind, 1)
	silent := strings.HasPrefix(spec, ":")
	letter, arg, hasArg, status := "?", "", false, 0
	done := false
	if g.at == 0 {
		if ind > len(params) || len(params[ind-1]) < 2 || params[ind-1][0] != '-' {
			done = true
		} else if params[ind-1] == "--" {
			ind++
			done = true
		} else {
			g.at = 1
		}
	}
	if !done && g.at >= 1 && (ind > len(params) || g.at >= len(params[ind-1])) {
		done = true
	}
	if done {
		status = 1
		g.at = 0
	} else {
		word := params[ind-1]
		c := word[g.at]
		g.at++
		last := g.at >= len(word)
		at := -1
		if c != ':' {
			at = strings.IndexByte(strings.TrimPrefix(spec, ":"), c)
			if at >= 0 && silent {
				at++
			}
		}
		switch {
		case at < 0:
			letter = "?"
			if silent {
				arg, hasArg = string(c), true
			} else {
				sh.optionError("Illegal option -%c\n", "illegal option -- %c\n", c)
			}
		case at+1 < len(spec) && spec[at+1] == ':':
			letter = string(c)
			switch {
			case !last:
				arg, hasArg = word[g.at:], true
			case ind < len(params):
				ind++
				arg, hasArg = params[ind-1], true
			case silent:
				letter, arg, hasArg = ":", string(c), true
			default:
				letter = "?"
				sh.optionError("No arg for -%c option\n", "option requires an argument -- %c\n", c)
			}
			last = true
		default:
			letter = string(c)
			if sh.dialect == Dash {
				hasArg = true
			}
		}
		if last {
			ind++
			g.at = 0
		}
	}
	if hasArg {
		sh.assign("OPTARG", arg, 0)
	} else if !done || sh.dialect == Bash {
		sh.unset("OPTARG")
	}
	sh.assign("OPTIND", strconv.Itoa(ind), 0)
	g.ind = ind
	sh.getopts = g
	if !isName(name) {
		sh.fatal(2, "%s: bad variable name", name)
	}
	sh.assign(name, letter, 0)
	return status
}

func (sh *Shell) optionError(dash, bash string, c byte) {
	sh.out.flush()
	if sh.dialect == Bash {
		sh.p.Stderr().Write(appendf(nil, "%s: "+bash, sh.name, c))
		return
	}
	sh.p.Stderr().Write(appendf(nil, dash, c))
}

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
