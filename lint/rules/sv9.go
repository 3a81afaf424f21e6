package rules

import "sysv/lint"

// sv9 are the rules on what will not survive a migration.
func sv9() []*lint.Rule {
	return []*lint.Rule{
		sv9001(), sv9002(), sv9003(), sv9004(), sv9005(), sv9006(), sv9007(), sv9008(),
		sv9009(), sv9010(),
	}
}
