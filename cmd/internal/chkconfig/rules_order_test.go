package chkconfig

import "strings"

// orderRules are how LSB services get their numbers.
func orderRules() []rule {
	const on3 = "# Default-Start: 3\n"
	link := func(name string) []string { return []string{"rc3.d/" + name, "->../init.d/" + name[3:]} }
	files := func(parts ...[]string) []string {
		var all []string
		for _, p := range parts {
			all = append(all, p...)
		}
		return all
	}
	base := []string{"init.d/base", lsbScript("base $base", on3)}
	need := func(rest string) []string { return []string{"init.d/foo", lsbScript("foo", on3+rest)} }
	around := func(s3, k string) string {
		return strings.NewReplacer("KK", k, "SS", s3).Replace("0/KKfoo 1/KKfoo 2/KKfoo 3/SSfoo 4/KKfoo 5/KKfoo 6/KKfoo")
	}
	add := []string{"--add", "foo"}
	return []rule{
		{name: "order: behind what is required", files: files(base, link("S50base"), need("# Required-Start: base\n")), args: add, links: strings.Replace(around("S51", "K50"), "3/", "3/S50base 3/", 1)},
		{name: "order: behind what should be there, by a name that it provides", files: files(base, link("S50base"), need("# Should-Start: $base\n")), args: add, links: strings.Replace(around("S51", "K50"), "3/", "3/S50base 3/", 1)},
		{name: "order: before what is required when it stops", files: files(base, link("S50base"), need("# Required-Stop: base\n")), args: add, links: strings.Replace(around("S50", "K49"), "3/", "3/S50base 3/", 1)},
		{name: "order: what is not on there does not count", files: files(base, link("K50base"), need("# Required-Start: base\n")), args: add, links: strings.Replace(around("S50", "K50"), "3/", "3/K50base 3/", 1)},
		{name: "order: what is missing does not count", files: need("# Required-Start: nothing\n"), args: add, links: around("S50", "K50")},
		{name: "order: a service that is no LSB one counts, and stays", files: files([]string{"init.d/base", "# chkconfig: 3 70 30\n"}, link("S70base"), need("# Required-Start: base\n# Required-Stop: base\n")), args: add, links: strings.Replace(around("S71", "K29"), "3/", "3/S70base 3/", 1)},
		{name: "order: not lower than its own number", files: files(base, link("S50base"), []string{"init.d/foo", "# chkconfig: - 80 10\n" + lsbScript("foo", on3+"# Required-Start: base\n")}), args: add, links: strings.Replace(around("S80", "K10"), "3/", "3/S50base 3/", 1)},
		{name: "order: others are numbered too", files: files(base, link("S10base"), need("")), args: add, links: strings.Replace(around("S50", "K50"), "3/", "3/S50base 3/", 1)},
		{name: "order: a requirement of itself", files: need("# Required-Start: foo\n# Required-Stop: foo\n"), args: add, links: around("S99", "K00")},
		{name: "order: a loop ends at the last number", files: files([]string{"init.d/base", lsbScript("base", on3+"# Required-Start: foo\n")}, link("S50base"), need("# Required-Start: base\n")), args: add, links: strings.Replace(around("S99", "K50"), "3/", "3/S99base 3/", 1)},
		{name: "order: turned off, it requires nothing", files: files(base, link("S50base"), need("# Required-Start: base\n")), args: []string{"foo", "off"}, links: strings.Replace(around("K50", "K50"), "4/", "3/S50base 4/", 1)},
		{name: "order: turned off, it gets its links everywhere", files: need(""), args: []string{"--level", "5", "foo", "off"}, links: around("S50", "K50")},
		{name: "order: turned on, it requires what is on in all its runlevels", files: files(base, link("S50base"), need("# Required-Start: base\n")), args: []string{"--level", "34", "foo", "on"}, links: "0/K50foo 1/K50foo 2/K50foo 3/S50base 3/S50foo 4/S50foo 5/K50foo 6/K50foo"},
		{name: "order: an override makes the numbers follow again", files: files([]string{"init.d/foo", "# chkconfig: - 80 10\n" + lsbScript("foo", on3)}, []string{"chkconfig.d/foo", "# Required-Start: x\n"}), args: add, links: around("S50", "K50")},
	}
}
