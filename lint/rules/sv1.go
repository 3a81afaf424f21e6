package rules

import "sysv/lint"

// sv1 are the rules on the header.
func sv1() []*lint.Rule {
	return []*lint.Rule{
		sv1001(), sv1002(), sv1003(), sv1004(), sv1005(), sv1006(), sv1007(), sv1008(),
		sv1009(), sv1010(), sv1011(), sv1012(), sv1013(), sv1014(), sv1015(), sv1016(),
		sv1017(), sv1018(), sv1019(), sv1020(), sv1021(), sv1022(), sv1023(), sv1024(),
		sv1025(), sv1026(), sv1027(), sv1028(), sv1029(), sv1030(), sv1031(), sv1032(),
	}
}
