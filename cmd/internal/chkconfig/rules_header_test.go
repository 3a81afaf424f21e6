package chkconfig

// headerRules are what of a script is read.
func headerRules() []rule {
	add := []string{"--add", "foo"}
	all := func(s string) string {
		return "0/" + s + " 1/" + s + " 2/" + s + " 3/" + s + " 4/" + s + " 5/" + s + " 6/" + s
	}
	var rules []rule
	for _, r := range []struct {
		name, script, links string
		none                bool
		differs             string
	}{
		{name: "no runlevels", script: "# chkconfig: - 20 80\n", links: all("K80foo")},
		{name: "tabs, more words, carriage returns", script: "\t#\tchkconfig:\t345  20\t80 more\r\n", links: fooAdded},
		{name: "without a space", script: "#chkconfig:345 20 80\n", links: fooAdded},
		{name: "words on the next line", script: "# chkconfig: 345\n 20 80\n", links: fooAdded},
		{name: "the first line counts", script: "# chkconfig: 345 20 80\n# chkconfig: 2 1 1\n", links: fooAdded},
		{name: "anywhere in the file", script: "exit 0\necho\n  # chkconfig: 345 20 80\n", links: fooAdded},
		{name: "signs and zeros", script: "# chkconfig: 345 +20 080\n", links: fooAdded},
		{name: "no end of line", script: "# chkconfig: 345 20 80", none: true},
		{name: "a word too long", script: "# chkconfig: 345345345345345345 80\n", none: true},
		{name: "a number too large", script: "# chkconfig: 345 100 80\n", none: true},
		{name: "a negative number", script: "# chkconfig: 345 20 -1\n", none: true},
		{name: "one number", script: "# chkconfig: 345 20\n", none: true},
		{name: "a letter behind", script: "# chkconfig: 345 20 80a\n", none: true},
		{name: "a level too many", script: "# chkconfig: 37 20 80\n", none: true},
		{name: "another case", script: "# Chkconfig: 345 20 80\n", none: true},
		{name: "no colon", script: "# chkconfig 345 20 80\n", none: true},
		{name: "no header", script: "#!/bin/sh\nexit 0\n", none: true},
		{name: "a bad line after a good one", script: "# chkconfig: 345 20 80\n# chkconfig:\n", none: true},
		{name: "LSB", script: lsbScript("foo", "# Default-Start: 3 4 5\n# Default-Stop: 0 1 2 6\n"), links: "0/K50foo 1/K50foo 2/K50foo 3/S50foo 4/S50foo 5/S50foo 6/K50foo"},
		{name: "LSB without END", script: "### BEGIN INIT INFO\n# Default-Start: 3\n", links: "0/K50foo 1/K50foo 2/K50foo 3/S50foo 4/K50foo 5/K50foo 6/K50foo"},
		{name: "LSB with numbers", script: "# chkconfig: - 20 80\n" + lsbScript("foo", "# Default-Start: 3\n"), links: "0/K80foo 1/K80foo 2/K80foo 3/S20foo 4/K80foo 5/K80foo 6/K80foo"},
		{name: "LSB before numbers", script: lsbScript("foo", "# Default-Start: 3\n") + "# chkconfig: 9 20 80\n", links: "0/K80foo 1/K80foo 2/K80foo 3/S20foo 4/K80foo 5/K80foo 6/K80foo"},
		{name: "LSB only stops", script: lsbScript("foo", "# Default-Stop: 0 6\n"), links: all("K50foo")},
		{name: "LSB Default-Stop takes away", script: "# chkconfig: 345 20 80\n" + lsbScript("foo", "# Default-Stop: 5\n"), links: "0/K80foo 1/K80foo 2/K80foo 3/S20foo 4/S20foo 5/K80foo 6/K80foo"},
		{name: "LSB levels joined are one number", script: lsbScript("foo", "# Default-Start: 345\n"), links: all("K50foo")},
		{name: "LSB level S", script: lsbScript("foo", "# Default-Start: S\n"), none: true},
		{name: "LSB in another case", script: lsbScript("foo", "# default-start: 3\n"), none: true},
		{name: "descriptions of all kinds", script: "# description: \\\n# chkconfig: 345 20 80\n# description(de): Ein Dienst\n# description\n# description: ends \\\n", links: fooAdded},
		{name: "hide is not for chkconfig", script: foo + "# hide: true\n# probe: true\n", links: fooAdded},
		{name: "a NUL byte in a requirement", script: "### BEGIN INIT INFO\n# Default-Start: 3\n# Required-Start: a\x00b c\n", links: "0/K50foo 1/K50foo 2/K50foo 3/S50foo 4/K50foo 5/K50foo 6/K50foo", differs: "the original takes memory without end where a requirement has a NUL byte; ours reads up to it"},
	} {
		rule := rule{name: "header: " + r.name, files: []string{"init.d/foo", r.script}, args: add, links: r.links, differs: r.differs}
		if r.none {
			rule.status, rule.stderr = 1, unknown
		}
		rules = append(rules, rule)
	}
	return append(rules, []rule{
		{
			name: "header: a bad override", files: []string{"init.d/foo", foo, "chkconfig.d/foo", "# chkconfig: 345 bad\n"}, args: add, links: fooAdded,
			differs: "the original is ended by a segmentation fault; ours takes the override for none",
		},
		{
			name: "header: an override without its second number", files: []string{"init.d/foo", foo, "chkconfig.d/foo", "# chkconfig: 2345 1\n"}, args: add, links: fooAdded,
			differs: "the original takes what it has not read of the override for its values: the service is gone from --list, or its links have the number 00; ours takes the override for none",
		},
		{
			name: "header: an override without numbers", files: []string{"init.d/foo", foo, "chkconfig.d/foo", "# description: only this\n"}, args: add, links: fooAdded,
			differs: "the original makes links by the names S-1foo and K100foo, which it does not find again; in ours the script's own numbers hold",
		},
		{
			name: "header: --override without numbers", files: []string{"init.d/foo", foo, "chkconfig.d/foo", "# description: only this\n", "rc3.d/S20foo", "->../init.d/foo"}, args: []string{"--override", "foo"}, links: fooAdded,
			differs: "the original makes S-1foo in all runlevels, 0 and 6 too; in ours the script's own runlevels and numbers hold",
		},
		{
			name: "header: a pattern for a name", files: []string{"init.d/f*", foo, "rc3.d/S20foo", "->../init.d/foo"}, args: []string{"--level", "3", "f*", "off"}, links: "3/K80f* 3/S20foo",
			differs: "the original takes the name of a service for a pattern of the shell's, and removes the links of others",
		},
	}...)
}
