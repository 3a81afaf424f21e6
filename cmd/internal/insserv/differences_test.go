//go:build linux

package insserv_test

import (
	"strings"

	"sysv/lsb"
)

// Difference is a way in which ours is not as insserv 1.24.
type Difference struct {
	Name, Reason string
	// is tells whether it is what two results differ by.
	is func(before tree, original, ours result) bool
}

// Differences are all that are known.
func Differences() []Difference {
	return []Difference{
		{"a number above 99",
			"where the order needs more than 99 numbers, the original gives the rest the number 99, in no order, and its status is 0; ours says which chain it is, changes nothing, and its status is 1",
			func(_ tree, o, z result) bool {
				return strings.Contains(z.stderr, "Maximum of 99 in ordering reached") && strings.Contains(o.stderr, "Max recursions depth 99")
			}},
		{"a loop where there is none",
			"the original's way through the scripts leads also over those of other runlevels; where it comes back to its beginning so, it counts on to 99 and the order is wrong; ours numbers the scripts anew then",
			func(_ tree, o, z result) bool {
				return strings.Contains(o.stderr, "Max recursions depth 99") && o.status == z.status
			}},
		{"a crash",
			"the original ends by a signal where one script's second name is the first of another one, both on the command line, or where levels are given to a script that provides nothing of its own; ours goes on",
			func(_ tree, o, _ result) bool { return o.status == 1000 }},
		{"a second name that two scripts provide",
			"where a name that is not the first of Provides is also another script's, and both are on the command line, the original uses memory that it has freed, and forgets one of the scripts; ours takes the name as provided already",
			func(before tree, _, _ result) bool { return sharedSecond(before) }},
	}
}

// sharedSecond tells whether a name that is not the first of a script is
// provided by another one too.
func sharedSecond(t tree) bool {
	by, second := map[string]int{}, map[string]bool{}
	for _, f := range t {
		if !strings.HasPrefix(f.name, "etc/init.d/") && !strings.HasPrefix(f.name, "etc/insserv/overrides/") {
			continue
		}
		field := lsb.Parse(f.name, []byte(f.data)).Get(lsb.Provides)
		if field == nil {
			continue
		}
		for i, w := range field.InsservWords() {
			by[w.Text]++
			second[w.Text] = second[w.Text] || i > 0
		}
	}
	for name, n := range by {
		if n > 1 && second[name] {
			return true
		}
	}
	return false
}

func knownDifference(before tree, o, z result) string {
	for _, d := range Differences() {
		if d.is(before, o, z) {
			return d.Name
		}
	}
	return ""
}
