package rules

import "sysv/lint"

// sv5 are the rules on processes and pid files.
func sv5() []*lint.Rule {
	return []*lint.Rule{}
}
