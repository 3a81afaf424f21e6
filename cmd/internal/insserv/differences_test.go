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
		{Name: "lines that say where and why",
			Reason: "behind the original's own words about a header stand lines that begin with \"insserv:   \", with the path and the line; -q leaves them out with the warnings"},
		{Name: "a call that fails",
			Reason: "the original makes the directories of runlevels and removes links that lead nowhere before it knows whether it can go on; ours changes nothing then"},
		{Name: "a change that cannot be made",
			Reason: "the original makes what it can and complains of the rest; ours makes all or nothing, and says of what it could not do the first; the status is 0 with both"},
		{Name: "-p without -i",
			Reason: "the original writes the dependency files of another tree over those of the machine, in /etc/init.d; ours writes them beside the scripts that they are of"},
		{Name: "a header line of more than 2047 bytes",
			Reason: "the original splits it in the middle of a word; ours reads all of it, and in messages cuts a word of more than 4096 bytes"},
		{Name: "--root=DIR",
			Reason: "works in a tree as in a chroot; the original has no such option"},
		{Name: "dependency files that stay the same",
			Reason: "the original writes them at every call; ours leaves them alone, their times too"},
		{Name: "a number above 99",
			Reason: "where the order needs more than 99 numbers, the original gives the rest the number 99, in no order, and its status is 0; ours says which chain it is, changes nothing, and its status is 1",
			is: func(_ tree, o, z result) bool {
				return strings.Contains(z.stderr, "Maximum of 99 in ordering reached") && strings.Contains(o.stderr, "Max recursions depth 99")
			}},
		{Name: "a loop where there is none",
			Reason: "the original's way through the scripts leads also over those of other runlevels; where it comes back so to where it was, it reports a loop, or counts on, and with -f the order is wrong; ours gives those scripts higher numbers then, and says so",
			is: func(_ tree, _, z result) bool {
				return strings.Contains(z.stderr, "some scripts would come before what they need, without a loop")
			}},
		{Name: "a crash",
			Reason: "the original ends by a signal where one script's second name is the first of another one, both on the command line, or where levels are given to a script that provides nothing of its own; ours goes on",
			is:     func(_ tree, o, _ result) bool { return o.status == 1000 }},
		{Name: "a second name that two scripts provide",
			Reason: "where a name that is not the first of Provides is also another script's, and both are on the command line, the original uses memory that it has freed, and forgets one of the scripts; ours takes the name as provided already",
			is:     func(before tree, _, _ result) bool { return sharedSecond(before) }},
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
		if d.is != nil && d.is(before, o, z) {
			return d.Name
		}
	}
	return ""
}
