package lsb

import (
	"fmt"
	"strings"
	"testing"
)

const chkconfigScript = `#!/bin/sh
#
# chkconfig: 345 20 80
# description: Saves the pool \
#              of entropy.
# description(de): Ein Dienst
# processname: randomd
# pidfile: /run/randomd.pid
# config: /etc/random.conf /etc/default/random
# hide: true
# probe: true
### BEGIN INIT INFO
# Provides: random $random
# Required-Start: $local_fs  first
# Should-Stop:
# Default-Start: 2
# Default-Stop: 5
# Short-Description: Short
### END INIT INFO
`

func TestParseChkconfig(t *testing.T) {
	c := ParseChkconfig("/etc/init.d/random", []byte(chkconfigScript))
	if c.Fault != nil || !c.Supported() || !c.LSB || c.Levels != 1<<2|1<<3|1<<4 || c.Start != 20 || c.Stop != 80 {
		t.Errorf("%+v", c)
	}
	if c.NumbersAt.Line != 3 || c.LevelsAt.Line != 17 {
		t.Errorf("numbers at %v, levels at %v", c.NumbersAt, c.LevelsAt)
	}
	var got []string
	for _, f := range c.Fields {
		got = append(got, fmt.Sprintf("%d:%d %s %s=%s", f.Line, f.Col, f.Key, f.Name, f.Value))
	}
	const want = `3:3 chkconfig chkconfig=345 20 80
4:3 description description=Saves the pool of entropy.
6:3 description description(de)=Ein Dienst
7:3 processname processname=randomd
8:3 pidfile pidfile=/run/randomd.pid
9:3 config config=/etc/random.conf /etc/default/random
10:3 hide hide=true
11:3 probe probe=true
13:3 provides Provides=random $random
14:3 required-start Required-Start=$local_fs  first
15:3 should-stop Should-Stop=
16:3 default-start Default-Start=2
17:3 default-stop Default-Stop=5
18:3 short-description Short-Description=Short`
	if strings.Join(got, "\n") != want {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	if w := c.Get(ConfigFile).Words; len(w) != 2 || w[1].Line != 9 || w[1].Col != 28 {
		t.Errorf("%+v", w)
	}
	if w := c.RequiredStart; len(w) != 2 || w[1].Text != "first" || w[1].Position != (Position{"/etc/init.d/random", 14, 30}) {
		t.Errorf("%+v", w)
	}
}

func TestChkconfigFault(t *testing.T) {
	for line, want := range map[string]string{
		"# chkconfig:\n":              "x:2:3: the chkconfig line is empty",
		"# chkconfig: 345\n":          "x:2:14: expected runlevels and two numbers after chkconfig:",
		"# chkconfig: 345 1 100\n":    "x:2:14: the numbers of chkconfig: are 0 to 99",
		"# chkconfig: 345 1 2":        "x:2:14: expected runlevels, two numbers and the line's end after chkconfig:",
		"# chkconfig: 789 1 2\n":      "x:2:14: the runlevels of chkconfig: are digits of 0 to 6, or -",
		"\t# chkconfig: - -5 2\n":     "x:2:15: the numbers of chkconfig: are 0 to 99",
		"# chkconfig: - 4294967297 2": "x:2:14: expected runlevels, two numbers and the line's end after chkconfig:",
	} {
		c := ParseChkconfig("x", []byte("#!/bin/sh\n"+line))
		if c.Fault == nil {
			t.Errorf("%q: no fault", line)
			continue
		}
		if got := fmt.Sprintf("%s:%d:%d: %s", c.Fault.Path, c.Fault.Line, c.Fault.Col, c.Fault.Text); got != want {
			t.Errorf("%q: %s, expected %s", line, got, want)
		}
	}
}

// FuzzChkconfig: whatever the bytes, positions are in the file and words are
// what stands there.
func FuzzChkconfig(f *testing.F) {
	f.Add([]byte(chkconfigScript))
	f.Add([]byte("# description: \\\n#\\\n# x"))
	f.Add([]byte("# description(abcdef): x\n# description()\n# description(a)\n#chkconfig:\r\n0 1 2\r"))
	f.Add([]byte("# Default-Start: 99999999999999999999999 -1 +\x00"))
	f.Fuzz(func(t *testing.T, src []byte) {
		lines := strings.Split(string(src), "\n")
		c := ParseChkconfig("f", src)
		for _, field := range c.Fields {
			if !strings.HasPrefix(lines[field.Line-1][field.Col-1:], field.Name) {
				t.Fatalf("%q is not at %d:%d", field.Name, field.Line, field.Col)
			}
			for _, w := range field.Words {
				if !strings.HasPrefix(lines[w.Line-1][w.Col-1:], w.Text) {
					t.Fatalf("%q is not at %d:%d", w.Text, w.Line, w.Col)
				}
			}
		}
		if c.Start < None || c.Start > 99 || c.Stop < None || c.Stop > 99 {
			t.Fatalf("%d %d", c.Start, c.Stop)
		}
		c.Override(c)
	})
}
