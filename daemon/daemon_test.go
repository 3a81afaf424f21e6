package daemon

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sysv/system"
)

func TestParseSchedule(t *testing.T) {
	term, kill := Step{Send, 15}, Step{Send, 9}
	cases := []struct {
		name, text string
		want       []Step
		err        string
	}{
		{"seconds", "5", []Step{{Send, 1}, {Await, 5}, kill, {Await, 5}}, ""},
		{"zero seconds", "0", []Step{{Send, 1}, {Await, 0}, kill, {Await, 0}}, ""},
		{"two signals", "TERM/30/KILL/5", []Step{term, {Await, 30}, kill, {Await, 5}}, ""},
		{"dashes", "-TERM/30/-9/5", []Step{term, {Await, 30}, kill, {Await, 5}}, ""},
		{"a number with a dash is a signal", "-15/1", []Step{term, {Await, 1}}, ""},
		{"for ever", "TERM/5/forever/KILL/1", []Step{term, {Await, 5}, kill, {Await, 1}, {Again, 2}}, ""},
		{"for ever from the first", "forever/TERM/1", []Step{term, {Await, 1}, {Again, 0}}, ""},
		{"a last slash", "TERM/5/", []Step{term, {Await, 5}}, ""},
		{"only a signal", "TERM", nil, "--retry takes timeout, or schedule list of at least two items"},
		{"only forever", "forever", nil, "--retry takes timeout, or schedule list of at least two items"},
		{"nothing to repeat", "TERM/forever", nil, "invalid schedule: 'forever' appears last, nothing to repeat"},
		{"twice for ever", "forever/TERM/forever/1", nil, "invalid schedule: 'forever' appears more than once"},
		{"too long an item", "12345678901234567890/5", nil, "invalid schedule item: far too long (you must delimit items with slashes)"},
		{"too large a number", "TERM/99999999999", nil, "invalid timeout value in schedule"},
		{"no signal", "SIGTERM/5", nil, "invalid schedule item (must be [-]<signal-name>, -<signal-number>, <timeout> or 'forever'"},
		{"empty", "", nil, "invalid schedule item (must be [-]<signal-name>, -<signal-number>, <timeout> or 'forever'"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := ParseSchedule(c.text, system.SIGHUP)
			text := ""
			if err != nil {
				text = err.Error()
			}
			if text != c.err {
				t.Errorf("error %q, want %q", text, c.err)
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

// rest are the fields of a stat line after the name.
const rest = " S 1 7 8 34816 9 4194304 90 0 0 0 11 12 13 14 20 0 3 0 121431 2990080 419 18446744073709551615 1 2 3 0 0 0 0 0 0 1 0 0 17 1 0 0 0 0 0\n"

func TestParseStat(t *testing.T) {
	for name, comm := range map[string]string{
		"plain": "sleep", "a bracket": "a)b", "a whole line": "x) S 1 2 (y", "blanks": " a b ", "empty": "", "a newline": "a\nb",
	} {
		t.Run(name, func(t *testing.T) {
			p, ok := parseStat("42 (" + comm + ")" + rest)
			want := Process{PID: 42, PPID: 1, PGID: 7, SID: 8, State: 'S', TTY: 34816, ForegroundPGID: 9, Start: 121431, Comm: comm,
				UserTime: 11, SystemTime: 12, ChildTime: 27, Priority: 20, Threads: 3, VSize: 2990080, RSS: 419}
			if !ok || p != want {
				t.Errorf("%v %+v", ok, p)
			}
		})
	}
	for name, line := range map[string]string{
		"empty": "", "no name": "42 sleep S 1", "cut off": "42 (sleep) S 1 2", "no pid": "x (sleep)" + rest, "brackets the wrong way": "1 )(" + rest,
	} {
		t.Run(name, func(t *testing.T) {
			if p, ok := parseStat(line); ok {
				t.Errorf("taken: %+v", p)
			}
		})
	}
}

func FuzzParseStat(f *testing.F) {
	f.Add("42 (sleep)" + rest)
	f.Add(")(")
	f.Fuzz(func(t *testing.T, line string) {
		if p, ok := parseStat(line); ok && p.PID <= 0 {
			t.Errorf("pid %d", p.PID)
		}
	})
}

func FuzzParseSchedule(f *testing.F) {
	f.Add("TERM/30/forever/KILL/5")
	f.Fuzz(func(t *testing.T, text string) {
		steps, err := ParseSchedule(text, system.SIGTERM)
		for i, s := range steps {
			if s.Kind == Again && s.Value >= i || s.Value < 0 {
				t.Errorf("%q: %v", text, steps)
			}
		}
		if err == nil && len(steps) == 0 {
			t.Errorf("%q has no steps", text)
		}
	})
}

func TestNumbers(t *testing.T) {
	for s, want := range map[string]int{"1": 1, "4194304": 4194304, "2147483647": 2147483647, "0": 0, "-1": 0, "+1": 0, "1x": 0, "": 0, "2147483648": 0, "99999999999": 0, " 1": 0} {
		if n, ok := number(s); ok != (want > 0) || ok && n != want {
			t.Errorf("number(%q) = %d, %v", s, n, ok)
		}
	}
	for s, want := range map[string]int{"0": 0, " 7": 7, "+7": 7, "-0": 0, "007": 7, "7 ": -1, "-1": -1, "": -1, "x": -1, "2147483648": -1, "+": -1, "-": -1} {
		if n, ok := Unsigned(s); ok != (want >= 0) || ok && n != want {
			t.Errorf("Unsigned(%q) = %d, %v", s, n, ok)
		}
	}
}
