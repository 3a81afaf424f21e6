// Package service is one action on one service: it finds the script, checks
// that it is safe to run, and runs it in a clean environment.
package service

import "strings"

// cleanNames are the variables that Debian's service(8) lets through, in the
// order in which it passes them.
func cleanNames() []string {
	return []string{
		"LANG", "LANGUAGE", "LC_CTYPE", "LC_NUMERIC", "LC_TIME", "LC_COLLATE", "LC_MONETARY", "LC_MESSAGES", "LC_PAPER",
		"LC_NAME", "LC_ADDRESS", "LC_TELEPHONE", "LC_MEASUREMENT", "LC_IDENTIFICATION", "LC_ALL", "PATH", "TERM",
	}
}

// defaultPath is dash's, where there is none in the environment.
const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

// CleanEnvironment is the environment that a script is given: those of env
// that service(8) of init-system-helpers passes on. Each is set in any
// case, if only to nothing.
func CleanEnvironment(env []string) []string { return pick(env, cleanNames()) }

// RedHatEnvironment is the one that Red Hat's service gives: PATH and TERM.
func RedHatEnvironment(env []string) []string { return pick(env, []string{"PATH", "TERM"}) }

// pick gives the variables of some names, each in any case.
func pick(env, names []string) []string {
	value := func(name string) string {
		for i := len(env) - 1; i >= 0; i-- {
			if v, ok := strings.CutPrefix(env[i], name); ok && v != "" && v[0] == '=' {
				return v[1:]
			}
		}
		if name == "PATH" {
			return defaultPath
		}
		return ""
	}
	clean := make([]string, 0, len(names)+2)
	for _, name := range names {
		clean = append(clean, name+"="+value(name))
	}
	return clean
}
