package rules

import "sysv/lint"

// sv2 are the rules on start twice, stop twice.
func sv2() []*lint.Rule {
	return []*lint.Rule{}
}
