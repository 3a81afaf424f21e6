package rules

import "sysv/lint"

func sv8() []*lint.Rule {
	return []*lint.Rule{}
}
