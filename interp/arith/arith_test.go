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

// both are evaluated in both dialects.
var both = strings.Split(strings.TrimSpace(`
0
1
42
007
010
0x1F
0Xff
9223372036854775807
1 + 2
1+2
1-2
2*3
7/2
-7/2
7%3
-7%3
7%-3
1+2*3
(1+2)*3
1-2-3
2*3%4
100/10/5
1<<3
1<<63
1<<64
1<<65
256>>4
-8>>1
-1>>63
1<<-1
1<2
2<1
1<=1
1>0
1>=2
3==3
3!=3
1==1==1
1<2<3
5&3
5|3
5^3
~5
~0
!0
!5
!!5
-5
- 5
-(-5)
-x
+x
- -x
+ +x
!x
~x
-x*2
1&&0
1&&2
0||3
0||0
1||0&&0
0&&1||1
1?2:3
0?2:3
1?2:0?3:4
0?2:0?3:4
1?0?5:6:7
x
y
z
nosuch
empty
spaces
padded
oct
hex
plus
_u
PATH1
x+y
x*y
x+1
$x
x=7
x=x+1
x+=2
x-=2
x*=2
x/=2
x%=3
x<<=1
x>>=1
x&=4
x|=8
x^=1
x=y=4
x+=y+=1
x=1?2:3
(x=9)+x
x=(y=2)*3
0&&(x=9)
1||(x=9)
1?x=1:0
0?(x=1):(y=1)
0&&1/0
1||1/0
1?1:1/0
0?1/0:2
0&&x/z
new=3
new+=1
1,2>1?0:1
x == 5 && y == -3
x>3&&y<0||z
(1)
((1))
( 1 + ( 2 ) )
1 +
2
	1	+	1
1+-1
1- -1
1+ +1
2*-3
2- - -2
-1*-1
1|2^3&4
1|2==2
1<<2+1
1+2<<1
3>2==1
5%3*2
!1+1
~1+1
-1<<1
9223372036854775807+1
-9223372036854775807-1
-9223372036854775807-2
9223372036854775807*2
4611686018427387904*2
big
big+1
x?y:z
z?x:y
x?z?1:2:3
r
r+1
x=r
-0
-010
0x7fffffffffffffff
1>2||3>2&&1
x>=5
x<=y
x!=y
`), "\n")

var dashOnly = strings.Split(`
(0-9223372036854775807-1)/-1
08
09+1
0x
0xg
1a
1+
+
-
*
1*
*1
1**2
(
(1
)
1)
()
((1)
1 2
x y
x++
x--
++x
--x
1++2
1--2
x=
=1
1=2
x==
x=1=2
5=x
1+x=2
1?2
1?
1?2:
?1:2
1:2
1?2:x=3
0?2:x=3
1&&
1||
||1
&1
1&
1&&&1
1|||1
1@2
@
1#2
2#101
1.5
"1"
'1'
1,2
,
x[0]
a[1]=2
1/0
1%0
x/z
x/=0
x%=z
x/0+1
(1/0
0/0
bad
bad+1
half
expr
neg
self
ind
huge
huge+1
99999999999999999999
-99999999999999999999
99999999999999999999+1
r=2
r+=1
1?r=2:0
0&&(r=2)
x=bad
x+=bad
bad=1
bad+=1
nosuch/0
1<<=2
1==
1<
1>
1!2
1!=
1~2
~
!
- - -
1?1:1?1
é
$
\
{}
;
1;2
0x1G
1e3
x = y == -3
x=1,y=2
<<1
1<>2
1=>2
1=<2
- 3 - - 3
1-(2
(1)(2)
2 (3)
x(1)
!(x)
x=(1
x+=(1+
`, "\n")

var bashOnly = strings.Split(`
2**3
2**0
2**3**2
-2**2
2**-1
2*3**2
x++
x--
++x
--x
++x+x++
x++ + ++x
x+++y
x---y
- -x
--5
++5
1++2
1--2
x++x
2#101
16#ff
16#FF
36#z
37#z
64#_
64#@
10#08
8#9
1#1
65#1
08
09+1
1+08+1
0x
2#
1,2
x=1,y=2,x+y
(1,2)
1?2,3:4
expr
expr*2
ind
ind+1
neg
bad
self
1+
1*
+
*
*1
(
(1
)
1)
()
((1)
1 2
x y
x=
=1
1=2
x=1=2
5=x
1+x=2
1?2
1?
1?2:
?1:2
1:2
1?2:x=3
0?2:x=3
1&&
||1
1@2
@
1.5
1/0
1%0
1/0+5
x/z
x/=0
x%=z
(1/0
99999999999999999999
0&&(r=2)
1==
!
~
é
;
1;2
x(1)
(x)=3
-x=3
half
1 + 
  
a b
1?x++:y++
0?x++:y++
0&&x++
x+=expr
expr+=1
x<y?x:y
x=y=z=4
!x++
~x--
x^=3
5x
1_000
2#2
08#1
`, "\n")

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
