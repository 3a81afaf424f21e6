package rules

import "sysv/lint"

// sv6 are the rules on security.
func sv6() []*lint.Rule {
	return []*lint.Rule{}
}
