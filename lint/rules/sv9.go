package rules

import "sysv/lint"

func sv9() []*lint.Rule {
	return []*lint.Rule{}
}
