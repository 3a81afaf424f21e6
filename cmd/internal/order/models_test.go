package order

import (
	"strings"
	"testing"
)

// texts runs the command for each case and compares the whole output.
func texts(t *testing.T, root string, status int, cases map[string]string) {
	t.Helper()
	for args, want := range cases {
		got, stdout, stderr := order(t, append([]string{"--root", root}, strings.Fields(args)...)...)
		if got != status || stdout != want || stderr != "" {
			t.Errorf("%s: status %d %s\n%s\nexpected\n%s", args, got, stderr, stdout, want)
		}
	}
}

func TestWhy(t *testing.T) {
	texts(t, sample(t), exitOK, map[string]string{
		"--why web --as generator": `web starts as 02 in runlevels 2 3, as generator orders it
  01  bus: it waits for no other script
  02  web: after bus, Required-Start: bus (/etc/init.d/web:4:19)
web never stops, as generator orders it
`,
		"--why old --as chkconfig": `old starts as 30 in runlevel 3, as chkconfig orders it
  30  old: chkconfig: (/etc/init.d/old:2:3)
old stops as 70 in runlevels 0 1 2 4 5 6, as chkconfig orders it
  70  old: chkconfig: (/etc/init.d/old:2:3)
`,
		"--why web --as chkconfig": `web starts as 51 in runlevels 2 3, as chkconfig orders it
  50  bus: the number of an LSB script without any
  51  web: after bus, Required-Start: bus (/etc/init.d/web:4:19)
web stops as 49 in runlevels 0 1 4 5 6, as chkconfig orders it
  50  bus: the number of an LSB script without any
  49  web: before bus, Required-Stop: bus (/etc/init.d/web:5:18)
`,
		"--why web --as update-rc.d": `web starts as 03 in runlevels 2 3, as update-rc.d orders it
  03  web: the link that is there
web never stops, as update-rc.d orders it
`,
	})
}

func TestDiff(t *testing.T) {
	texts(t, sample(t), exitFound, map[string]string{
		"--diff chkconfig update-rc.d": `Started by update-rc.d and not by chkconfig
  mount
  net

Other numbers
  bus: chkconfig 50, update-rc.d 02
  log: chkconfig 50, update-rc.d 01
  web: chkconfig 51, update-rc.d 03
`,
		"--diff update-rc.d generator": `Other numbers
  bus: update-rc.d 02, generator 01
  web: update-rc.d 03, generator 02
  old: update-rc.d 30, generator 03
`,
	})
	texts(t, sample(t), exitOK, map[string]string{"--diff chkconfig chkconfig": ""})
}

func TestBuildrootAndOpenWrt(t *testing.T) {
	root := plant(t, "etc/init.d/S01log", "", "etc/init.d/S40net", "", "etc/init.d/S5xodd", "",
		"etc/init.d/rpc", "#!/bin/sh /etc/rc.common\nSTART=10\n", "etc/rc.d/S10rpc", "->../init.d/rpc", "etc/rc.d/K90rpc", "->../init.d/rpc")
	texts(t, root, exitOK, map[string]string{
		"--as buildroot": `As buildroot orders them: 3 scripts start, 3 stop

Start
  01  log  -  its name: /etc/init.d/S01log
  40  net  -  its name: /etc/init.d/S40net
  102  odd  -  its name: /etc/init.d/S5xodd

Stop
  01  odd  -  its name: /etc/init.d/S5xodd
  02  net  -  its name: /etc/init.d/S40net
  03  log  -  its name: /etc/init.d/S01log
`,
		"--as openwrt": `As openwrt orders them: 1 script starts, 1 stops

Start
  10  rpc  -  its name: /etc/rc.d/S10rpc

Stop
  90  rpc  -  its name: /etc/rc.d/K90rpc
`,
	})
}
