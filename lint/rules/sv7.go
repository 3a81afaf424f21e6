package rules

import "sysv/lint"

func sv7() []*lint.Rule {
	return []*lint.Rule{}
}
