package interp

import (
	"strings"
	"testing"
)

// TestShoptPlaces checks the places that are written as numbers.
func TestShoptPlaces(t *testing.T) {
	names := strings.Split(shoptNames, " ")
	if len(names) != shoptCount {
		t.Errorf("%d names, shoptCount is %d", len(names), shoptCount)
	}
	for name, place := range map[string]int{
		"dotglob": shoptDotGlob, "execfail": shoptExecFail, "extglob": shoptExtGlob, "failglob": shoptFailGlob,
		"inherit_errexit": shoptInheritErrExit, "localvar_inherit": shoptLocalInherit, "nocaseglob": shoptNoCaseGlob,
		"nocasematch": shoptNoCaseMatch, "patsub_replacement": shoptPatsub, "nullglob": shoptNullGlob,
	} {
		if names[place] != name {
			t.Errorf("place %d is %s, not %s", place, names[place], name)
		}
	}
}

// TestAssociativeOrder checks the order of bash's hash table on keys that
// share a bucket and on many.
func TestAssociativeOrder(t *testing.T) {
	a := &array{assoc: true}
	for _, k := range []string{"q", "k", "x", "y"} {
		a.putKey(k, k)
	}
	if got := strings.Join(a.order(), " "); got != "y x q k" {
		t.Errorf("got %q", got)
	}
}
