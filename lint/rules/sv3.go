package rules

import (
	"sysv/lint"
)

// sv3 are the rules on what may not come back.
func sv3() []*lint.Rule {
	return []*lint.Rule{
		sv3001(), sv3002(), sv3003(), sv3004(), sv3005(), sv3006(), sv3007(), sv3008(),
		sv3009(), sv3010(), sv3011(), sv3012(), sv3013(),
	}
}
