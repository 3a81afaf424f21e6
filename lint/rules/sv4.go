package rules

import "sysv/lint"

// sv4 are the rules on exit codes and actions.
func sv4() []*lint.Rule {
	return []*lint.Rule{}
}
