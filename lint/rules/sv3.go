package rules

import "sysv/lint"

// sv3 are the rules on what waits without an end.
func sv3() []*lint.Rule {
	return []*lint.Rule{}
}
