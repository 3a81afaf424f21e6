package rules

import (
	"slices"
	"strings"

	"sysv/lint"
)

// All are the rules, by their ids.
func All() []*lint.Rule {
	list := slices.Concat(sv0(), sv1(), sv2(), sv3(), sv4(), sv5(), sv6(), sv7(), sv8(), sv9(),
		rehearsed2(), rehearsed3(), rehearsed4(), rehearsed5())
	slices.SortFunc(list, func(a, b *lint.Rule) int { return strings.Compare(a.ID, b.ID) })
	return list
}

// Family is what the rules of a family look at.
func Family(id string) string {
	switch id {
	case "SV0":
		return "the linter's own comments"
	case "SV1":
		return "header"
	case "SV2":
		return "idempotence"
	case "SV3":
		return "blocking"
	case "SV4":
		return "exit codes and actions"
	case "SV5":
		return "processes and pid files"
	case "SV6":
		return "security"
	case "SV7":
		return "order, across scripts"
	case "SV8":
		return "dialect and portability"
	case "SV9":
		return "what will not survive migration"
	}
	return ""
}
