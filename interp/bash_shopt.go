package interp

import "strings"

// shoptSet is the options of shopt that are on, by their place in shoptName.
type shoptSet uint64

// shoptCount is how many options shopt has.
const shoptCount = 57

// shoptDefault is what is on in a script.
const shoptDefault shoptSet = 1<<6 | 1<<7 | 1<<15 | 1<<23 | 1<<25 | 1<<26 | 1<<27 | 1<<33 | 1<<36 | 1<<48 | 1<<49 | 1<<51 | 1<<54

// shoptNames are the options in their order.
const shoptNames = "autocd assoc_expand_once cdable_vars cdspell checkhash checkjobs checkwinsize cmdhist compat31 compat32 compat40 compat41 compat42 compat43 compat44 complete_fullquote direxpand dirspell dotglob execfail expand_aliases extdebug extglob extquote failglob force_fignore globasciiranges globskipdots globstar gnu_errfmt histappend histreedit histverify hostcomplete huponexit inherit_errexit interactive_comments lastpipe lithist localvar_inherit localvar_unset login_shell mailwarn no_empty_cmd_completion nocaseglob nocasematch noexpand_translation nullglob patsub_replacement progcomp progcomp_alias promptvars restricted_shell shift_verbose sourcepath varredir_close xpg_echo"

// shoptIndex is an option's place in shoptNames, or -1.
func shoptIndex(name string) int {
	i := 0
	for n := range strings.SplitSeq(shoptNames, " ") {
		if n == name {
			return i
		}
		i++
	}
	return -1
}

// Places in shoptNames of the options that the evaluator asks for.
const (
	shoptDotGlob        = 18
	shoptExecFail       = 19
	shoptExtGlob        = 22
	shoptFailGlob       = 24
	shoptInheritErrExit = 35
	shoptLocalInherit   = 39
	shoptNoCaseGlob     = 44
	shoptNoCaseMatch    = 45
	shoptPatsub         = 48
	shoptNullGlob       = 47
)

// bashOpt tells whether an option of shopt is on.
func (sh *Shell) bashOpt(name string) bool {
	n := 0
	switch name {
	case "dotglob":
		n = shoptDotGlob
	case "execfail":
		n = shoptExecFail
	case "extglob":
		n = shoptExtGlob
	case "failglob":
		n = shoptFailGlob
	case "inherit_errexit":
		n = shoptInheritErrExit
	case "localvar_inherit":
		n = shoptLocalInherit
	case "nocaseglob":
		n = shoptNoCaseGlob
	case "nocasematch":
		n = shoptNoCaseMatch
	case "patsub_replacement":
		n = shoptPatsub
	case "nullglob":
		n = shoptNullGlob
	default:
		if n = shoptIndex(name); n < 0 {
			return false
		}
	}
	return sh.b.shopt&(1<<n) != 0
}

// bashShopt is shopt [-pqsu] [-o] [name…].
func bashShopt(sh *Shell, argv []string, _ evalFlags) int {
	opts, args := sh.options(argv, "psuqo")
	var set, unset, quiet, print, ofSet bool
	for _, o := range opts {
		switch o.letter {
		case 's':
			set = true
		case 'u':
			unset = true
		case 'q':
			quiet = true
		case 'p':
			print = true
		case 'o':
			ofSet = true
		}
	}
	if set && unset {
		sh.warn("cannot set and unset shell options simultaneously")
		return 1
	}
	if ofSet {
		return sh.shoptSetOptions(args, set, unset, quiet, print)
	}
	show := func(name string, on bool) {
		switch {
		case quiet:
		case print && on:
			sh.printf("shopt -s %s\n", name)
		case print:
			sh.printf("shopt -u %s\n", name)
		case on:
			sh.printf("%-15s\ton\n", name)
		default:
			sh.printf("%-15s\toff\n", name)
		}
	}
	if len(args) == 0 {
		for name := range strings.SplitSeq(shoptNames, " ") {
			on := sh.bashOpt(name)
			if !set && !unset || set && on || unset && !on {
				show(name, on)
			}
		}
		return 0
	}
	status := 0
	for _, name := range args {
		n := shoptIndex(name)
		if n < 0 {
			sh.warn("%s: invalid shell option name", name)
			status = 1
			continue
		}
		on := sh.b.shopt&(1<<n) != 0
		switch {
		case set:
			sh.b.shopt |= 1 << n
		case unset:
			sh.b.shopt &^= 1 << n
		default:
			show(name, on)
			if !on {
				status = 1
			}
		}
	}
	return status
}

// shoptSetOptions is shopt -o: the options of set.
func (sh *Shell) shoptSetOptions(args []string, set, unset, quiet, print bool) int {
	status := 0
	for _, name := range args {
		o, ok := optionByName(name)
		if !ok {
			sh.warn("%s: invalid option name", name)
			status = 1
			continue
		}
		switch {
		case set, unset:
			sh.opt[o] = set
		default:
			on := sh.opt[o]
			if !on {
				status = 1
			}
			if quiet {
				continue
			}
			sign, word := "+", "off"
			if on {
				sign, word = "-", "on"
			}
			if print {
				sh.printf("set %so %s\n", sign, name)
			} else {
				sh.printf("%-15s\t%s\n", name, word)
			}
		}
	}
	return status
}

// bashOpts is BASHOPTS.
func (sh *Shell) bashOpts() string {
	var names []string
	i := 0
	for name := range strings.SplitSeq(shoptNames, " ") {
		if sh.b.shopt&(1<<i) != 0 {
			names = append(names, name)
		}
		i++
	}
	return strings.Join(names, ":")
}
