package interp

import (
	"slices"
	"strings"
)

// bashSetLetters are the options of set that have letters, in the order of $-.
const bashSetLetters = "abefhikmnpstuvxBCEHPT"

// bashOption finds an option of set by its letter, as bash has them.
func bashOption(letter byte) (option, bool) {
	if strings.IndexByte(bashSetLetters, letter) < 0 {
		return 0, false
	}
	for o := optCount - 1; o >= 0; o-- {
		if optionTable[o].letter == letter {
			return o, true
		}
	}
	return 0, false
}

// optionByName finds an option of set by its name, as bash has them.
func optionByName(name string) (option, bool) {
	if name == "" || name == "debug" || name == "interactive" || name == "stdin" {
		return 0, false
	}
	for o := range optCount {
		if optionTable[o].name == name {
			return o, true
		}
	}
	return 0, false
}

// bashOptionLetters is $-.
func (sh *Shell) bashOptionLetters() string {
	var b []byte
	for i := range len(bashSetLetters) {
		if o, ok := bashOption(bashSetLetters[i]); ok && sh.opt[o] {
			b = append(b, bashSetLetters[i])
		}
	}
	if sh.b.text {
		b = append(b, 'c')
	}
	return string(b)
}

// bashOptionNames are the options of set, sorted.
func bashOptionNames() []string {
	var names []string
	for o := range optCount {
		if _, ok := optionByName(optionTable[o].name); ok {
			names = append(names, optionTable[o].name)
		}
	}
	slices.Sort(names)
	return names
}

// listBashOptions is set -o, or set +o.
func (sh *Shell) listBashOptions(table bool) {
	for _, name := range bashOptionNames() {
		o, _ := optionByName(name)
		word, sign := "off", "+"
		if sh.opt[o] {
			word, sign = "on", "-"
		}
		if table {
			sh.printf("%-15s\t%s\n", name, word)
		} else {
			sh.printf("set %so %s\n", sign, name)
		}
	}
}

// shellOpts is SHELLOPTS: the options of set that are on.
func (sh *Shell) shellOpts() string {
	var names []string
	for _, name := range bashOptionNames() {
		if o, _ := optionByName(name); sh.opt[o] {
			names = append(names, name)
		}
	}
	return strings.Join(names, ":")
}
