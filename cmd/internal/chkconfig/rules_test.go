package chkconfig

// rule is one case of what chkconfig does. What is wanted was measured from
// the original, chkconfig 1.33 (original_test.go does it again); where differs
// says why, ours does otherwise.
type rule struct {
	name string
	// files are names below /etc and contents, in turns; "->TEXT" is a link.
	files []string
	args  []string
	// status, stdout and stderr are what comes of it, links what is in the
	// directories of links then, as "3/S20foo".
	status         int
	stdout, stderr string
	links          string
	differs        string
}

const (
	foo      = "#!/bin/sh\n# chkconfig: 345 20 80\n# description: A service.\n"
	fooAdded = "0/K80foo 1/K80foo 2/K80foo 3/S20foo 4/S20foo 5/S20foo 6/K80foo"
	lsbHead  = "### BEGIN INIT INFO\n# Provides: "
	unknown  = "service foo does not support chkconfig\n"
)

// lsb is an LSB script's header.
func lsbScript(provides, rest string) string {
	return "#!/bin/sh\n" + lsbHead + provides + "\n" + rest + "### END INIT INFO\n"
}

func rules() []rule {
	return append(append(changeRules(), headerRules()...), orderRules()...)
}

func changeRules() []rule {
	return []rule{
		{name: "add", files: []string{"init.d/foo", foo}, args: []string{"--add", "foo"}, links: fooAdded},
		{name: "add by path", files: []string{"init.d/foo", foo}, args: []string{"--add", "/etc/init.d/foo"}, links: fooAdded},
		{
			name: "add keeps the links that are there", files: []string{"init.d/foo", foo, "rc3.d/K33foo", "->../init.d/foo"}, args: []string{"--add", "foo"},
			links: "0/K80foo 1/K80foo 2/K80foo 3/K33foo 4/S20foo 5/S20foo 6/K80foo",
		},
		{name: "add what is none", args: []string{"--add", "foo"}, status: 1, stderr: "error reading information on service foo: No such file or directory\n"},
		{name: "add a directory", files: []string{"init.d/foo/x", ""}, args: []string{"--add", "foo"}, status: 1, stderr: "error reading information on service foo: No such device\n"},
		{name: "add an empty file", files: []string{"init.d/foo", ""}, args: []string{"--add", "foo"}, status: 1, stderr: "error reading information on service foo: Invalid argument\n"},
		{name: "del", files: []string{"init.d/foo", foo, "rc3.d/S01foo", "->../init.d/foo", "rc4.d/K99foo", "a copy", "rc5.d/S20food", "->../init.d/food"}, args: []string{"--del", "foo"}, links: "5/S20food"},
		{name: "del without links", files: []string{"init.d/foo", foo}, args: []string{"--del", "foo"}},
		{name: "on", files: []string{"init.d/foo", foo}, args: []string{"foo", "on"}, links: "2/S20foo 3/S20foo 4/S20foo 5/S20foo"},
		{name: "off", files: []string{"init.d/foo", foo, "rc2.d/S50foo", "->x"}, args: []string{"foo", "off"}, links: "2/K80foo 3/K80foo 4/K80foo 5/K80foo"},
		{name: "on in levels", files: []string{"init.d/foo", foo}, args: []string{"--level", "06", "foo", "on"}, links: "0/S20foo 6/S20foo"},
		{name: "on in levels given after", files: []string{"init.d/foo", foo}, args: []string{"foo", "on", "--levels=1"}, links: "1/S20foo"},
		{name: "reset", files: []string{"init.d/foo", foo, "rc3.d/K01foo", "->../init.d/foo"}, args: []string{"foo", "reset"}, links: fooAdded},
		{
			name: "resetpriorities", files: []string{"init.d/foo", foo, "rc3.d/K01foo", "->../init.d/foo", "rc2.d/S01foo", "->../init.d/foo"}, args: []string{"foo", "resetpriorities"},
			links: "0/K80foo 1/K80foo 2/S20foo 3/K80foo 4/K80foo 5/K80foo 6/K80foo",
		},
		{name: "list", files: []string{"init.d/foo", foo, "rc3.d/S01foo", "->x", "init.d/bar", foo, "rc0.d/K01bar", "->x", "init.d/none", "x", "init.d/unused", foo, "init.d/old~", foo, "rc3.d/S01old~", "->x"}, args: []string{"--list"}, stdout: "bar            \t0:off\t1:off\t2:off\t3:off\t4:off\t5:off\t6:off\nfoo            \t0:off\t1:off\t2:off\t3:on\t4:off\t5:off\t6:off\n", links: "0/K01bar 3/S01foo 3/S01old~"},
		{name: "list nothing", args: []string{}},
		{name: "list one that has no links", files: []string{"init.d/foo", foo}, args: []string{"--list", "foo"}, status: 1, stderr: "service foo supports chkconfig, but is not referenced in any runlevel (run 'chkconfig --add foo')\n"},
		{name: "list one that is no service", files: []string{"init.d/foo", "#!/bin/sh\n"}, args: []string{"--list", "foo"}, status: 1, stderr: unknown},
		{name: "query off", files: []string{"init.d/foo", foo}, args: []string{"--level", "3", "foo"}, status: 1},
		{name: "query on", files: []string{"init.d/foo", foo, "rc3.d/S01foo", "->x"}, args: []string{"--level", "3", "foo"}, links: "3/S01foo"},
		{name: "query two", files: []string{"init.d/foo", foo}, args: []string{"--level", "35", "foo"}, status: 1, stderr: "only one runlevel may be specified for a chkconfig query\n"},
		{name: "query what is none", args: []string{"foo"}, status: 1},
		{name: "override", files: []string{"init.d/foo", foo, "chkconfig.d/foo", "# chkconfig: 5 1 2\n", "rc3.d/S20foo", "->../init.d/foo", "rc2.d/K80foo", "->../init.d/foo"}, args: []string{"--override", "foo"}, links: "0/K02foo 1/K02foo 2/K02foo 3/K02foo 4/K02foo 5/S01foo 6/K02foo"},
		{name: "override what was changed", files: []string{"init.d/foo", foo, "chkconfig.d/foo", "# chkconfig: 5 1 2\n", "rc3.d/S21foo", "->../init.d/foo"}, args: []string{"--override", "foo"}, links: "3/S21foo"},
		{name: "override what was not added", files: []string{"init.d/foo", foo, "chkconfig.d/foo", "# chkconfig: 5 1 2\n"}, args: []string{"--override", "foo"}},
		{name: "override without one", files: []string{"init.d/foo", foo}, args: []string{"--override", "foo"}},
		{name: "override of no script", files: []string{"chkconfig.d/foo", "# chkconfig: 5 1 2\n"}, args: []string{"--override", "foo"}},
		{name: "add of an override alone", files: []string{"chkconfig.d/foo", "# chkconfig: 5 1 2\n"}, args: []string{"--add", "foo"}, status: 1, stderr: "error reading information on service foo: No such file or directory\n"},
		{name: "add with an override", files: []string{"init.d/foo", foo, "chkconfig.d/foo", "# chkconfig: 5 1 2\n"}, args: []string{"--add", "foo"}, links: "0/K02foo 1/K02foo 2/K02foo 3/K02foo 4/K02foo 5/S01foo 6/K02foo"},
		{name: "no directory of links", files: []string{"init.d/foo", foo, "rc4.d", "-"}, args: []string{"foo", "on"}, status: 1, stderr: "failed to glob pattern /etc/rc4.d/[SK][0-9][0-9]foo: No such file or directory\n"},
		{name: "a file for a directory of links", files: []string{"init.d/foo", foo, "rc4.d", "a file"}, args: []string{"foo", "on"}, status: 1, stderr: "failed to make symlink /etc/rc4.d/S20foo: Not a directory\n", links: "2/S20foo 3/S20foo 5/S20foo"},
		{name: "a directory for a link", files: []string{"init.d/foo", foo, "rc3.d/S20foo/x", ""}, args: []string{"foo", "on"}, status: 1, stderr: "failed to make symlink /etc/rc3.d/S20foo: File exists\n", links: "2/S20foo 3/S20foo 4/S20foo 5/S20foo"},
		{name: "a name with a slash", files: []string{"foo", foo}, args: []string{"--level", "3", "../foo", "on"}, status: 1, stderr: "failed to make symlink /etc/rc3.d/S20../foo: No such file or directory\n"},
		{name: "xinetd off", files: []string{"xinetd.d/echo", "service echo\n{\n\n\tdisable = no\n\ttype = INTERNAL\n}\n"}, args: []string{"echo", "off"}},
		{name: "xinetd listed", files: []string{"xinetd.d/echo", "{\n\tdisable = yes\n}\n", "xinetd.d/time", "{\n}\n", "init.d/xinetd", foo, "rc3.d/S01xinetd", "->x"}, args: []string{"--list"}, stdout: "xinetd         \t0:off\t1:off\t2:off\t3:on\t4:off\t5:off\t6:off\n\nxinetd based services:\n\techo:          \toff\n\ttime:          \ton\n", links: "3/S01xinetd"},
		{name: "xinetd alone", files: []string{"xinetd.d/foo", "{\n\tdisable = yes\n}\n", "init.d/foo", foo}, args: []string{"--type", "xinetd", "--list", "foo"}, stdout: "foo            \toff\n"},
		{name: "sysv alone", files: []string{"xinetd.d/foo", "{\n}\n"}, args: []string{"--type", "sysv", "--list", "foo"}, status: 1, stderr: "error reading information on service foo: No such file or directory\n"},
		{name: "another type", args: []string{"--type", "upstart", "foo"}, status: 1, stderr: "--type must be 'sysv' or 'xinetd'\n"},
		{name: "two actions", args: []string{"--add", "--list", "foo"}, status: 1, stderr: "only one of --list, --add, --del, or --override may be specified\n"},
		{name: "unknown option", args: []string{"foo", "-hx", "on"}, status: 1, stderr: "-hx: unknown option\n"},
		{name: "value missing", args: []string{"foo", "--level"}, status: 1, stderr: "--level: missing argument\n"},
		{name: "value of a flag", args: []string{"--list=foo"}, status: 1, stderr: "--list=foo: option does not take an argument\n"},
		{name: "version", args: []string{"-v", "--help"}, stdout: "chkconfig version 1.33\n"},
		{
			name: "one link by itself and another kind beside it", files: []string{"init.d/foo", foo, "rc3.d/S01foo", "->x", "rc3.d/K99foo", "->x", "rc3.d/S98foo", "->x"},
			args: []string{"--level", "3", "foo", "on"}, links: "3/S20foo",
		},
	}
}
