package rules

import "sysv/lint"

// sv1 are the rules on the header.
func sv1() []*lint.Rule {
	return []*lint.Rule{sv1001(), sv1002(), sv1008()}
}
