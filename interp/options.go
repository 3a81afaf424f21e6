package interp

import (
	"slices"
	"strings"

	"sysv/system"
)

// option is an option of the shell (set).
type option int

const (
	optErrExit option = iota
	optNoGlob
	optIgnoreEOF
	optInteractive
	optMonitor
	optNoExec
	optStdin
	optXTrace
	optVerbose
	optVi
	optEmacs
	optNoClobber
	optAllExport
	optNotify
	optNoUnset
	optPrivileged
	optNoLog
	optDebug
	// optPipeFail and those after it are bash's alone.
	optPipeFail
	optHashAll
	optErrTrace
	optFuncTrace
	optBraceExpand
	optPhysical
	optHistory
	optHistExpand
	optKeyword
	optOneCmd
	optPosix
	optInteractiveComments
	optCount
)

// optionTable has the options in the order in which dash lists them: the
// letter (0 for none) and the name.
var optionTable = [optCount]struct {
	letter byte
	name   string
}{
	{'e', "errexit"}, {'f', "noglob"}, {'I', "ignoreeof"}, {'i', "interactive"}, {'m', "monitor"}, {'n', "noexec"},
	{'s', "stdin"}, {'x', "xtrace"}, {'v', "verbose"}, {'V', "vi"}, {'E', "emacs"}, {'C', "noclobber"}, {'a', "allexport"},
	{'b', "notify"}, {'u', "nounset"}, {'p', "privileged"}, {0, "nolog"}, {0, "debug"}, {0, "pipefail"}, {'h', "hashall"},
	{'E', "errtrace"}, {'T', "functrace"}, {'B', "braceexpand"}, {'P', "physical"}, {0, "history"}, {'H', "histexpand"},
	{'k', "keyword"}, {'t', "onecmd"}, {0, "posix"}, {0, "interactive-comments"},
}

// options lists how many of the table's options the dialect has.
func (sh *Shell) optionCount() option {
	if sh.dialect == Bash {
		return optCount
	}
	return optPipeFail
}

// optionLetters is $-.
func (sh *Shell) optionLetters() string {
	if sh.dialect == Bash {
		return sh.bashOptionLetters()
	}
	var b []byte
	for o := option(0); o < sh.optionCount(); o++ {
		if sh.opt[o] && optionTable[o].letter != 0 {
			b = append(b, optionTable[o].letter)
		}
	}
	slices.Reverse(b)
	return string(b)
}

// SetOption sets an option by its letter, as on the shell's command line, and
// reports whether there is one.
func (sh *Shell) SetOption(letter byte, on bool) bool {
	if sh.dialect == Bash {
		o, ok := bashOption(letter)
		if ok {
			sh.opt[o] = on
		}
		return ok
	}
	for o := option(0); o < sh.optionCount(); o++ {
		if optionTable[o].letter == letter {
			sh.opt[o] = on
			return true
		}
	}
	return false
}

// SetOptionName sets an option by its name, as with -o.
func (sh *Shell) SetOptionName(name string, on bool) bool {
	if sh.dialect == Bash {
		o, ok := optionByName(name)
		if ok {
			sh.opt[o] = on
		}
		return ok
	}
	for o := option(0); o < sh.optionCount(); o++ {
		if optionTable[o].name == name {
			sh.opt[o] = on
			return true
		}
	}
	return false
}

// builtinSet is set.
func builtinSet(sh *Shell, argv []string, _ evalFlags) int {
	if len(argv) == 1 {
		for _, name := range sh.sortedVars(0) {
			if v := sh.vars.m[name]; v.flags&varUnset == 0 {
				sh.showVar("", name, v)
			}
		}
		return 0
	}
	args, changed := sh.setOptions(argv[1:])
	if changed || len(args) > 0 {
		sh.params = append([]string(nil), args...)
		sh.getopts.at = 0
		if sh.dialect == Dash {
			// OPTIND keeps its value, but getopts begins anew.
			sh.getopts = getoptsState{}
		}
	}
	return 0
}

// setOptions reads options of set and gives the operands; given tells that
// there were some, or a "--" that says that there are none.
func (sh *Shell) setOptions(args []string) (rest []string, given bool) {
	for i := 0; i < len(args); i++ {
		a := args[i]
		if a == "" || a[0] != '-' && a[0] != '+' {
			return args[i:], true
		}
		on := a[0] == '-'
		if a == "-" {
			// As in the Bourne shell: -x and -v are switched off.
			sh.opt[optXTrace], sh.opt[optVerbose] = false, false
			return args[i+1:], i+1 < len(args)
		}
		if a == "--" {
			return args[i+1:], true
		}
		for j := 1; j < len(a); j++ {
			if a[j] == 'o' {
				i++
				if i >= len(args) {
					sh.listOptions(on)
					return nil, false
				}
				if !sh.SetOptionName(args[i], on) {
					sh.badOption("Illegal option -o %s", args[i])
				}
				continue
			}
			if a[j] == 'm' && on {
				sh.jobControl()
				continue
			}
			if !sh.SetOption(a[j], on) {
				if on {
					sh.badOption("Illegal option -%s", a[j:j+1])
				}
				sh.badOption("Illegal option +%s", a[j:j+1])
			}
		}
	}
	return nil, false
}

// jobControl is set -m: it needs a terminal.
func (sh *Shell) jobControl() {
	f, err := sh.sys.Open("/dev/tty", system.ReadWrite, 0)
	if err != nil {
		sh.warn("can't access tty; job control turned off")
		return
	}
	f.Close()
	sh.opt[optMonitor] = true
}

func (sh *Shell) badOption(format, what string) {
	if sh.dialect == Bash {
		if strings.Contains(format, "-o") {
			sh.warn("%s: invalid option name", what)
		} else {
			sh.warn("-%s: invalid option", what)
		}
		panic(abort{2})
	}
	sh.fatal(2, strings.Replace(format, "+", "-", 1), what)
}

// listOptions is set -o and set +o without a name.
func (sh *Shell) listOptions(table bool) {
	if sh.dialect == Bash {
		sh.listBashOptions(table)
		return
	}
	if table && sh.dialect == Dash {
		sh.printf("Current option settings\n")
	}
	for o := option(0); o < sh.optionCount(); o++ {
		name, on := optionTable[o].name, sh.opt[o]
		switch {
		case table && on:
			sh.printf("%-16s%s\n", name, "on")
		case table:
			sh.printf("%-16s%s\n", name, "off")
		case on:
			sh.printf("set -o %s\n", name)
		default:
			sh.printf("set +o %s\n", name)
		}
	}
}

// ListUnstarted is sh -o (table) and sh +o: the list of the options as dash
// gives it while it reads its command line, where those that it has not come to
// look as if they were on. given tells the others.
func (sh *Shell) ListUnstarted(table bool, given func(letter byte, name string) bool) {
	before := sh.opt
	for o := range sh.opt {
		if sh.dialect == Dash && !given(optionTable[o].letter, optionTable[o].name) {
			sh.opt[o] = true
		}
	}
	sh.listOptions(table)
	sh.out.finish()
	sh.opt = before
}

// opt is an option of a built-in that was given.
type opt struct {
	letter byte
	arg    string
}

// options reads a built-in's options, as dash's nextopt: spec lists the
// letters, one with an argument is followed by a colon.
func (sh *Shell) options(argv []string, spec string) (opts []opt, args []string) {
	args = argv[1:]
	for len(args) > 0 {
		a := args[0]
		if len(a) < 2 || a[0] != '-' {
			break
		}
		args = args[1:]
		if a == "--" {
			break
		}
		for j := 1; j < len(a); j++ {
			at := strings.IndexByte(spec, a[j])
			if at < 0 || a[j] == ':' {
				if sh.dialect == Bash {
					sh.warn("-%c: invalid option", a[j])
					sh.usage(argv[0])
					panic(abort{2})
				}
				sh.fatal(2, "Illegal option -%c", a[j])
			}
			if at+1 < len(spec) && spec[at+1] == ':' {
				o := opt{letter: a[j], arg: a[j+1:]}
				if o.arg == "" {
					if len(args) == 0 {
						sh.fatal(2, "No arg for -%c option", a[j])
					}
					o.arg, args = args[0], args[1:]
				}
				opts = append(opts, o)
				break
			}
			opts = append(opts, opt{letter: a[j]})
		}
	}
	return opts, args
}

// optionsIgnored is for built-ins that have no options but take "--".
func (sh *Shell) optionsIgnored(argv []string) (opts []opt, args []string) {
	if len(argv) > 1 && argv[1] == "--" {
		return nil, argv[2:]
	}
	if len(argv) > 1 && len(argv[1]) > 1 && argv[1][0] == '-' {
		return sh.options(argv, "lp")
	}
	return nil, argv[1:]
}
