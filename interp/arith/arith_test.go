package arith

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// vars are variables for a test; r is readonly.
type vars map[string]string

func (v vars) Get(name string) (string, bool) {
	s, ok := v[name]
	return s, ok
}

func (v vars) Set(name, value string) error {
	if name == "r" {
		return errors.New("r: is read only")
	}
	v[name] = value
	return nil
}

// given are the variables of every case, as shell source.
const given = `x=5; y=-3; z=0; empty=; spaces='  '; padded=' 7 '; oct=010; hex=0xff; bad=abc; half=5x; expr=1+2; neg='- 3'; plus=+4; self=self; ind=x; big=9223372036854775807; huge=99999999999999999999; PATH1=3; _u=6; r=1; readonly r
`

func givenVars() vars {
	return vars{"x": "5", "y": "-3", "z": "0", "empty": "", "spaces": "  ", "padded": " 7 ", "oct": "010", "hex": "0xff", "bad": "abc", "half": "5x", "expr": "1+2", "neg": "- 3", "plus": "+4", "self": "self", "ind": "x", "big": "9223372036854775807", "huge": "99999999999999999999", "PATH1": "3", "_u": "6", "r": "1"}
}

func TestConfirmDash(t *testing.T) {
	confirm(t, "dash", Dash, append(append([]string{}, both...), dashOnly...))
}
func TestConfirmBash(t *testing.T) {
	confirm(t, "bash", Bash, append(append([]string{}, both...), bashOnly...))
}

// known are the differences, each with its reason.
var known = map[string]string{
	"dash (0-9223372036854775807-1)/-1": "dash is ended by SIGFPE",
}

func confirm(t *testing.T, shell string, d Dialect, cases []string) {
	path, err := exec.LookPath(shell)
	if err != nil {
		if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
			t.Fatalf("NOT COMPARED: there is no %s", shell)
		}
		t.Skipf("NOT COMPARED: there is no %s", shell)
	}
	for _, c := range cases {
		t.Run(c, func(t *testing.T) {
			cmd := exec.Command(path, "-c", given+"e=$1; echo $((${e})) x=$x y=$y new=$new", shell, c)
			cmd.Env = []string{"LC_ALL=C"}
			out, _ := cmd.CombinedOutput()
			want := strings.TrimSuffix(string(out), "\n")
			for _, p := range []string{"dash: 2: ", "bash: line 2: ", "bash: "} {
				want = strings.TrimPrefix(want, p)
			}
			v := givenVars()
			n, err := Eval(c, v, d)
			var got string
			if err != nil {
				got = err.Error()
			} else {
				got = itoa(n) + " x=" + v["x"] + " y=" + v["y"] + " new=" + v["new"]
			}
			if d == Bash {
				got = strings.TrimSuffix(strings.ReplaceAll(got, "r: is read only", "r: readonly variable"), "\n")
			}
			if got == want {
				return
			}
			if why := known[shell+" "+c]; why != "" {
				t.Logf("known difference: %s", why)
				return
			}
			t.Errorf("got %q\n%s says %q", got, shell, want)
		})
	}
	t.Logf("%d cases", len(cases))
}

// TestHostile has expressions that would overflow a stack, or never end.
func TestHostile(t *testing.T) {
	const n = 1 << 20
	for name, text := range map[string]string{
		"parentheses":  strings.Repeat("(", n),
		"signs":        strings.Repeat("- ", n) + "1",
		"nots":         strings.Repeat("!", n) + "1",
		"assignments":  strings.Repeat("x=", n) + "1",
		"conditionals": strings.Repeat("1?1:", n) + "1",
		"nested":       strings.Repeat("1?", n) + "1",
		"powers":       strings.Repeat("1**", n) + "1",
		"ands":         strings.Repeat("1&&", n) + "1",
		"sums":         strings.Repeat("1+", n) + "1",
		"self":         "self",
		"subscripts":   strings.Repeat("a[", n),
	} {
		for _, d := range []Dialect{Dash, Bash} {
			t.Run(name, func(t *testing.T) {
				began := time.Now()
				_, err := Eval(text, vars{"self": "self+self"}, d)
				if good := name == "ands" || name == "sums"; good != (err == nil) && !(name == "self" && d == Dash) {
					t.Errorf("error is %.100v", err)
				}
				if d := time.Since(began); d > 5*time.Second {
					t.Errorf("took %v", d)
				}
			})
		}
	}
}

func TestDoubling(t *testing.T) {
	v := vars{"v0": "1"}
	for i := 1; i < 60; i++ {
		inner := "v" + itoa(int64(i-1))
		v["v"+itoa(int64(i))] = inner + "+" + inner
	}
	if n, err := Eval("v10", v, Bash); n != 1<<10 || err != nil {
		t.Errorf("v10 is %d, %v", n, err)
	}
	if _, err := Eval("v59", v, Bash); err == nil {
		t.Error("v59 has a value")
	}
}

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		in      string
		n       int64
		any, ok bool
	}{
		{"5", 5, true, true}, {" 5 ", 5, true, true}, {"", 0, true, false}, {"010", 10, true, true}, {"-3", -3, true, true},
		{"0x1", 0, false, false}, {"abc", 0, false, false}, {"5x", 0, false, false}, {"+", 0, false, false}, {"  ", 0, false, false},
		{"9223372036854775807", 1<<63 - 1, true, true}, {"9223372036854775808", 0, false, false}, {"-9223372036854775808", -1 << 63, true, true},
	} {
		t.Run(c.in, func(t *testing.T) {
			n, err := Decimal(c.in)
			if (err == nil) != c.ok || c.ok && n != c.n {
				t.Errorf("Decimal gives %d, %v", n, err)
			}
		})
	}
}

func FuzzArith(f *testing.F) {
	for _, c := range append(append(append([]string{}, both...), dashOnly...), bashOnly...) {
		f.Add(c)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, d := range []Dialect{Dash, Bash} {
			a, err := Eval(text, givenVars(), d)
			b, err2 := Eval(" ( "+text+"\n)", givenVars(), d)
			if err == nil && err2 == nil && a != b && !strings.ContainsAny(text, "()?\x00,") {
				t.Errorf("%q is %d, in parentheses %d", text, a, b)
			}
		}
	})
}

func benchmark(b *testing.B, text string) {
	v := vars{"i": "41"}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Eval(text, v, Dash); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNumber(b *testing.B)    { benchmark(b, "42") }
func BenchmarkIncrement(b *testing.B) { benchmark(b, "i+1") }
func BenchmarkLonger(b *testing.B)    { benchmark(b, "(i + 3) * 2 >= 10 && i != 0") }
