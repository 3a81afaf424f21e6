package rules

import "sysv/lint"

// sv8 are the rules on dialect and portability.
func sv8() []*lint.Rule {
	return []*lint.Rule{
		sv8001(), sv8002(), sv8003(), sv8004(), sv8005(), sv8006(), sv8007(), sv8008(),
		sv8009(), sv8010(), sv8011(), sv8012(), sv8013(), sv8014(), sv8015(), sv8016(),
		sv8017(), sv8018(), sv8019(), sv8020(), sv8021(), sv8022(), sv8023(), sv8024(),
	}
}
