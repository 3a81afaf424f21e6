package runlevel

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

// text is an order's names.
func text(scripts []NamedScript) string {
	var names []string
	for _, s := range scripts {
		names = append(names, s.Path[strings.LastIndexByte(s.Path, '/')+1:])
	}
	return strings.Join(names, " ")
}

func mapTree(files ...string) fstest.MapFS {
	m := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		if target, ok := strings.CutPrefix(files[i+1], "->"); ok {
			m[files[i]] = &fstest.MapFile{Mode: fs.ModeSymlink | 0o777, Data: []byte(target)}
			continue
		}
		m[files[i]] = &fstest.MapFile{Mode: 0o755, Data: []byte(files[i+1])}
	}
	return m
}

func TestBuildroot(t *testing.T) {
	fsys := mapTree("etc/init.d/S50sshd", "", "etc/init.d/S01syslogd", "", "etc/init.d/Sxxodd", "", "etc/init.d/S1", "",
		"etc/init.d/rcS", "", "etc/init.d/S40network/x", "", "etc/init.d/S20mod.sh", "", "etc/init.d/S99two words", "",
		"etc/init.d/S30gone", "->nowhere", "etc/init.d/S02link", "->../x", "etc/x", "")
	o, err := Buildroot(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := text(o.Start), "S01syslogd S02link S20mod.sh S50sshd S99two words Sxxodd"; got != want {
		t.Errorf("start %s, expected %s", got, want)
	}
	if got, want := text(o.Stop), "Sxxodd S50sshd S20mod.sh S02link S01syslogd"; got != want {
		t.Errorf("stop %s, expected %s", got, want)
	}
	if s := o.Start[2]; !s.Sourced || s.Number != "20" || s.Script != "mod.sh" {
		t.Errorf("%+v", s)
	}
	if o, err := Buildroot(fstest.MapFS{}); err != nil || o.Start != nil {
		t.Errorf("no directory: %v %v", o, err)
	}
}

const rcCommon = "#!/bin/sh /etc/rc.common\nSTART=19\n STOP=\"50\" # last\nstart() {\n\tSTARTED=1\n}\n"

func TestOpenWrt(t *testing.T) {
	fsys := mapTree("etc/init.d/dropbear", rcCommon, "etc/init.d/plain", "#!/bin/sh\nSTART=1\n", "etc/init.d/none", "#!/bin/sh /etc/rc.common\n",
		"etc/init.d/odd", "#!/bin/sh /etc/rc.common\nSTART=$N\n", "etc/rc.d/S19dropbear", "->../init.d/dropbear", "etc/rc.d/K89network", "->../init.d/dropbear",
		"etc/rc.d/K10x", "->../init.d/dropbear", "etc/rc.d/S95done", "->../init.d/gone", "etc/rc.d/S20dropbear", "->../init.d/dropbear")
	o, err := OpenWrt(fsys)
	if err != nil || text(o.Start) != "S19dropbear S20dropbear" || text(o.Stop) != "K10x K89network" {
		t.Errorf("%v %v", o, err)
	}
	if on, err := OpenWrtEnabled(fsys, "dropbear"); err != nil || !on {
		t.Errorf("enabled: %v %v", on, err)
	}
	plan, err := OpenWrtEnable(fsys, "dropbear")
	if want := "create /etc/rc.d/K50dropbear -> ../init.d/dropbear (/etc/init.d/dropbear:3)\n"; err != nil || plan.String() != want {
		t.Errorf("enable: %v %v", plan, err)
	}
	plan, err = OpenWrtDisable(fsys, "dropbear")
	if want := "remove /etc/rc.d/S19dropbear (disabled)\nremove /etc/rc.d/S20dropbear (disabled)\n"; err != nil || plan.String() != want {
		t.Errorf("disable: %v %v", plan, err)
	}
	for name, want := range map[string]string{
		"plain": "/etc/init.d/plain:1:1: is no script of /etc/rc.common", "none": "/etc/init.d/none: sets neither START nor STOP",
		"odd": "/etc/init.d/odd:2:1: the value of START is not plain", "../x": "../x: is no script's name",
	} {
		if _, err := OpenWrtEnable(fsys, name); err == nil || err.Error() != want {
			t.Errorf("%s: %v, expected %s", name, err, want)
		}
	}
	if _, err := OpenWrtEnabled(fsys, "plain"); !errors.Is(err, ErrNotRCCommon) {
		t.Error(err)
	}
}
