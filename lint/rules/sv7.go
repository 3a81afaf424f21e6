package rules

import "sysv/lint"

// sv7 are the rules on order across scripts.
func sv7() []*lint.Rule {
	return []*lint.Rule{
		sv7001(), sv7002(), sv7003(), sv7004(), sv7005(), sv7006(), sv7007(), sv7008(),
		sv7009(),
	}
}
