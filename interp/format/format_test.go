package format

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Each case is the arguments of printf.
var printfBoth = [][]string{
	{"hello"}, {"hello\\n"}, {"%s"}, {"%s\\n", "a"}, {"%s\\n", "a", "b", "c"}, {"%s %s|", "a", "b", "c"}, {"%s"}, {"%d"}, {"%s-%d\\n"},
	{"x\\n", "a", "b"}, {"%%"}, {"100%%\\n"}, {"%s%%", "5"}, {"", "a"}, {"--", "%s", "a"}, {"--", "-x"}, {"-"}, {"--"},
	{"%5s|", "abc"}, {"%-5s|", "abc"}, {"%.2s|", "abc"}, {"%5.1s|", "abc"}, {"%-5.2s|", "abc"}, {"%.0s|", "abc"}, {"%.s|", "abc"}, {"%05s|", "ab"},
	{"%s", "a b"}, {"%s", "é"}, {"%.1s", "é"}, {"%3s|", "é"}, {"%s", "\xff"}, {"%s\\n", ""}, {"%s,%s\\n", "", "b"},
	{"%*s|", "6", "ab"}, {"%-*s|", "6", "ab"}, {"%*s|", "-6", "ab"}, {"%.*s|", "1", "ab"}, {"%.*s|", "-1", "ab"}, {"%*.*s|", "5", "1", "ab"}, {"%*s|"}, {"%*d|", "5", "42"}, {"%*s", "x", "a"},
	{"%c", "abc"}, {"%c%c%c", "a", "b", "c"}, {"%3c|", "x"}, {"%-3c|", "x"}, {"%c"}, {"%c", ""}, {"%5c|", ""}, {"%c", "é"},
	{"%d", "42"}, {"%d", "-42"}, {"%d", "+42"}, {"%d", " 42"}, {"%i", "42"}, {"%d", "010"}, {"%d", "0x1f"}, {"%d", "0X1F"}, {"%d", "-0x10"}, {"%d", ""}, {"%d", "0"},
	{"%5d|", "42"}, {"%-5d|", "42"}, {"%05d|", "42"}, {"%+d", "42"}, {"% d", "42"}, {"%+d", "-42"}, {"%05d", "-42"}, {"%-05d|", "42"}, {"%+5d", "42"}, {"% 05d", "42"}, {"%+ d", "42"},
	{"%.3d", "5"}, {"%5.3d", "5"}, {"%-5.3d|", "5"}, {"%05.3d", "5"}, {"%.0d|", "0"}, {"%.d|", "0"}, {"%.0d", "5"}, {"%.3d", "-5"}, {"%+.3d", "5"}, {"%8.3d", "-5"},
	{"%u", "42"}, {"%u", "-1"}, {"%x", "255"}, {"%X", "255"}, {"%o", "8"}, {"%#x", "255"}, {"%#X", "255"}, {"%#o", "8"}, {"%#x", "0"}, {"%#o", "0"}, {"%x", "-1"}, {"%o", "-1"},
	{"%08x", "255"}, {"%#08x", "255"}, {"%#.3o", "8"}, {"%#.1o", "8"}, {"%#.0o", "0"}, {"%.5x", "255"}, {"%#.5x", "255"}, {"%#10x|", "255"}, {"%-#10x|", "255"}, {"%#5o", "8"}, {"%#05o", "8"},
	{"%+u", "5"}, {"% x", "5"}, {"%x", "0xABC"}, {"%02x%02x", "1", "10"}, {"%03d", "7"}, {"%02d:%02d:%02d", "1", "2", "3"},
	{"%d", "'a"}, {"%d", "\"a"}, {"%d", "'"}, {"%d", "'ab"}, {"%x", "'A"}, {"%d", "'é"}, {"%f", "'a"}, {"%o", "'\n"},
	{"%d", "9223372036854775807"}, {"%d", "-9223372036854775808"}, {"%u", "18446744073709551615"},
	{"%f", "1"}, {"%f", "1.5"}, {"%f", "-1.5"}, {"%.2f", "3.14159"}, {"%8.2f|", "3.14159"}, {"%-8.2f|", "3.14159"}, {"%08.2f", "-3.14159"}, {"%+f", "1"}, {"% f", "1"}, {"%.0f", "2.5"}, {"%.0f", "3.5"}, {"%#.0f", "3"}, {"%f", "1e10"}, {"%f", ".5"}, {"%f", "5."}, {"%f", "1e-10"}, {"%.10f", "0.125"},
	{"%e", "12345"}, {"%E", "12345"}, {"%.2e", "12345"}, {"%.0e", "12345"}, {"%#.0e", "12345"}, {"%e", "0"}, {"%e", "1e-300"}, {"%10.1e|", "5"}, {"%e", "1e100"},
	{"%g", "100000"}, {"%g", "1000000"}, {"%g", "0.0001"}, {"%g", "0.00001"}, {"%G", "1e-10"}, {"%#g", "1"}, {"%.3g", "1234"}, {"%.3g", "12.34"}, {"%.0g", "15"}, {"%g", "0"}, {"%g", "123456789"}, {"%.10g", "123456789"}, {"%g", "-0"}, {"%10g|", "1.5"}, {"%#.3g", "10"}, {"%g", "999999.5"},
	{"%f", "inf"}, {"%f", "-inf"}, {"%f", "INFINITY"}, {"%F", "inf"}, {"%f", "nan"}, {"%E", "nan"}, {"%010f", "inf"}, {"%f", "nan(123)"}, {"%f", "0x1p3"}, {"%f", "0x1.8"}, {"%f", "0x.8p1"}, {"%f", "0XAp-1"}, {"%f", ""}, {"%f"}, {"%F", "1.5"}, {"%f", " 1"}, {"%f", "1e+2"}, {"%.3f", "2.0005"},
	{"%a", "0"}, {"%.2f %s", "1.234", "x"}, {"%5.1f%%\\n", "99.5"},
	{"%b", "a\\nb"}, {"%b", "a\\tb"}, {"%b", "\\0101"}, {"%b", "\\101"}, {"%b", "\\0"}, {"%b|%b", "a\\cb", "x"}, {"%b x", "a\\c", "b"}, {"%s%b%s", "1", "\\c", "2"}, {"%5b|", "a\\n"}, {"%-5b|", "a\\n"}, {"%.1b|", "abc"}, {"%b", "\\\\"}, {"%b", "\\z"}, {"%b", "\\"}, {"%b"}, {"%b", "\\e[0m"}, {"%b", "\\07x"}, {"%b", "\\018"}, {"%b", "\\0777"}, {"%b", "\\a\\b\\f\\r\\v"}, {"%b%b", "a", "b", "c"}, {"%b", "\\00101"}, {"%b", "%d"}, {"%3.2b|", "\\0101BC"}, {"%b", "a\\0b"},
	{"\\a\\b\\f\\n\\r\\t\\v\\\\"}, {"\\101"}, {"\\0101"}, {"\\1011"}, {"\\0"}, {"\\777"}, {"\\8"}, {"\\z"}, {"\\"}, {"a\\"}, {"a\\cb"}, {"\\e[1m"}, {"\\141\\n"}, {"\\%d", "5"}, {"\\\\n"}, {"%s\\t%s\\n", "a", "b", "c", "d"},
	{"\\033[31m%s\\033[0m\\n", "red"}, {"%-30s: %s\\n", "name", "value"}, {"%s", "\\n"}, {"%s\\0%s\\0", "a", "b"},
	{"[%s]", "-n", "--", "-v"}, {"%s", "%d"}, {"%d%d", "1", "2", "3"}, {"%5s%-5s|", "a", "b"},
}

var printfDash = [][]string{
	{"%5*d", "1"}, {}, {"%z"}, {"%"}, {"%5"}, {"a%"}, {"%5%"}, {"%l"}, {"%ld", "5"}, {"%q", "a"}, {"%'d", "5"}, {"a\\n%z"}, {"%s%y", "a"}, {"%-y"}, {"%.y"}, {"%5.3"},
	{"%d", "abc"}, {"%d", "5x"}, {"%d", "0x"}, {"%d", "08"}, {"%d", "1.5"}, {"%d", "-"}, {"%d", " "}, {"%d", "5 "}, {"%d %d", "x", "7"}, {"%u", "abc"}, {"%x", "0xg"}, {"%d", "1e3"}, {"%d", "''"}, {"%d", "$"},
	{"%d", "99999999999999999999"}, {"%d", "-99999999999999999999"}, {"%u", "99999999999999999999"}, {"%d", "9223372036854775808"}, {"%u", "-18446744073709551615"}, {"%x", "-99999999999999999999"}, {"%d", "99999999999999999999x"},
	{"%f", "abc"}, {"%f", "1x"}, {"%f", "1e"}, {"%f", "1e400"}, {"%f", "-1e400"}, {"%g", "1e-400"}, {"%f", "."}, {"%f", "0x"}, {"%f", "1_000"}, {"%f", "infx"}, {"%f", "-"}, {"%e", "1e-310"}, {"%f", "1,5"},
	{"%.20f", "0.1"}, {"%.30f", "1e-5"}, {"%a", "1.5"}, {"%a", "0.1"}, {"%A", "0.1"}, {"%.0a", "1.5"}, {"%.0a", "2.5"}, {"%.2a", "0.1"}, {"%.20a", "0.1"}, {"%a", "1e-310"}, {"%20a|", "1"}, {"%020a|", "-1"}, {"%#a", "1"}, {"%+a", "1"}, {"%.1a", "1.99"}, {"%.0a", "1.99"}, {"%f", "123456789012345678901234567890"}, {"%.17g", "0.1"},
	{"\\x41"}, {"\\u41"}, {"\\E"}, {"\\\""}, {"\\'"}, {"%b", "\\x41"}, {"%b", "\\E"}, {"%b", "\\\""}, {"%b", "\\'"}, {"%b", "\\u41"},
	{"-v", "x"}, {"-x"}, {"-vx", "a"}, {"%d", "-x"}, {"%*s", "5x", "a"}, {"%s %d", "a", "b", "c", "d"}, {"%d", "x", "y"}, {"%b%z", "a\\cb"},
	{"%.*f", "2", "1.239"}, {"%+.*d", "3", "5"}, {"%c", "'a"}, {"%.5c|", "ab"},
}

var printfBash = [][]string{
	{"%z"}, {"%"}, {"%5"}, {"a%"}, {"%5%"}, {"%ld", "5"}, {"%hhd", "5"}, {"%'d", "5"}, {"%s%y", "a"},
	{"%d", "abc"}, {"%d", "5x"}, {"%d", "0x"}, {"%d", "08"}, {"%d", "1.5"}, {"%d %d", "x", "7"}, {"%x", "0xg"}, {"%d", "99999999999999999999"}, {"%u", "99999999999999999999"}, {"%u", "-1"},
	{"%f", "abc"}, {"%f", "1x"}, {"%f", "1e400"}, {"%.20f", "0.1"}, {"%.30f", "1e-5"}, {"%a", "1.5"}, {"%a", "0.1"}, {"%A", "1"}, {"%.2a", "0.1"}, {"%.0a", "1"}, {"%a", "1e4000"}, {"%e", "1e-4000"}, {"%.25g", "0.1"}, {"%e", "1e5000"},
	{"\\x41"}, {"\\x4"}, {"\\x"}, {"\\x414"}, {"\\u41"}, {"\\u00e9"}, {"\\U1F600"}, {"\\u"}, {"\\E"}, {"\\\""}, {"\\'"}, {"\\?"}, {"%b", "\\x41"}, {"%b", "\\E"}, {"%b", "\\\""}, {"%b", "\\'"}, {"%b", "\\?"}, {"%b", "\\u41"}, {"%b", "\\101"}, {"%b", "\\1011"}, {"%b", "\\8"},
	{"%q", "a"}, {"%q", ""}, {"%q", "a b"}, {"%q", "a'b"}, {"%q", "$x"}, {"%q", "a\nb"}, {"%q", "é"}, {"%q", "~"}, {"%q", "a~"}, {"%q", "#a"}, {"%q", "a#"}, {"%q", "a\tb"}, {"%q", "[x]{y}"}, {"%q", "a=~b:~"}, {"%q", "!x^y,z"}, {"%q", "\x1b\x01\x7f\\'"}, {"%10q|", "a b"}, {"%q %q", "a b", "c"}, {"%Q", "a b"}, {"%.2Q", "a b c"}, {"%q", "a;b|c&d<e>f(g)h*i?j`k\"l\\m"}, {"%q", "%@+-./_"}, {"%b", "\\x"}, {"%b", "\\u"}, {"%b", "\\cx\\x"}, {"\\U"}, {"-x"}, {},
}

// known are the differences, each with its reason.
var known = map[string]string{
	"dash[%5*d 1]": "dash hands a * after digits on to printf(3), which prints the specification",
}

func TestConfirmPrintfDash(t *testing.T) {
	confirmPrintf(t, "dash", Dash, append(append([][]string{}, printfBoth...), printfDash...))
}

func TestConfirmPrintfBash(t *testing.T) {
	confirmPrintf(t, "bash", Bash, append(append([][]string{}, printfBoth...), printfBash...))
}

func confirmPrintf(t *testing.T, shell string, d Dialect, cases [][]string) {
	for _, args := range cases {
		t.Run(fmt.Sprintf("%q", args), func(t *testing.T) {
			var out []byte
			var errs strings.Builder
			status := Printf(&out, func(m string) { errs.WriteString("printf: " + m + "\n") }, d, args)
			got := fmt.Sprintf("%q status %d messages %q", out, status, errs.String())
			want := run(t, shell, `printf "$@"`, args)
			if got != want && known[shell+fmt.Sprint(args)] == "" {
				t.Errorf("got  %s\n%s %s", got, shell, want)
			}
		})
	}
	t.Logf("%d cases", len(cases))
}

var echoCases = [][]string{
	{}, {"a"}, {"a", "b"}, {""}, {"", "a"}, {"-n"}, {"-n", "a"}, {"-n", "-n", "a"}, {"-e", "a\\nb"}, {"-ne", "a\\n"}, {"-en", "a"}, {"-E", "a\\nb"}, {"-eE", "a\\n"}, {"-x", "a"}, {"-"}, {"--"}, {"--", "a"}, {"-nx"}, {"-n-"},
	{"a\\nb"}, {"a\\tb"}, {"a\\cb"}, {"a\\c", "b"}, {"\\c"}, {"-n", "a\\c", "b"}, {"a", "b\\cc", "d"}, {"\\0101"}, {"\\101"}, {"\\0"}, {"\\x41"}, {"\\\\"}, {"\\"}, {"a\\"}, {"\\z"}, {"\\e[0m"}, {"\\E"}, {"\\033[31m"}, {"\\0033[31m"}, {"\\a\\b\\f\\r\\v"}, {"\\08"}, {"\\01234"}, {"\\u41"},
	{"-e", "\\0101"}, {"-e", "\\101"}, {"-e", "\\0"}, {"-e", "\\x41"}, {"-e", "\\\\"}, {"-e", "\\"}, {"-e", "\\z"}, {"-e", "\\e[0m"}, {"-e", "\\E"}, {"-e", "\\033[31m"}, {"-e", "a\\cb", "c"}, {"-e", "\\\"\\'\\?"}, {"-e", "\\u00e9"}, {"-e", "\\01234"}, {"-e", "\\8\\1"},
	{"a  b"}, {"é\xff"}, {"%s"}, {"*"}, {"-n", ""}, {"a\nb"},
}

func TestConfirmEcho(t *testing.T) {
	for _, shell := range []struct {
		name string
		d    Dialect
	}{{"dash", Dash}, {"bash", Bash}} {
		for _, args := range echoCases {
			t.Run(fmt.Sprintf("%s%q", shell.name, args), func(t *testing.T) {
				var out []byte
				Echo(&out, args, shell.d)
				got := fmt.Sprintf("%q status 0 messages \"\"", out)
				if want := run(t, shell.name, `echo "$@"`, args); got != want {
					t.Errorf("got  %s\n%s %s", got, shell.name, want)
				}
			})
		}
	}
	t.Logf("%d cases", 2*len(echoCases))
}

func run(t testing.TB, shell, script string, args []string) string {
	path, err := exec.LookPath(shell)
	if err != nil {
		if os.Getenv("SYSV_REQUIRE_ORACLES") == "1" {
			t.Fatalf("NOT COMPARED: there is no %s", shell)
		}
		t.Skipf("NOT COMPARED: there is no %s", shell)
	}
	c := exec.Command(path, append([]string{"-c", script, shell}, args...)...)
	c.Env = []string{"LC_ALL=C"}
	var out, errs bytes.Buffer
	c.Stdout, c.Stderr = &out, &errs
	c.Run()
	messages := ""
	for line := range strings.Lines(errs.String()) {
		messages += strings.TrimPrefix(strings.TrimPrefix(line, "dash: 1: "), "bash: line 1: ")
	}
	return fmt.Sprintf("%q status %d messages %q", out.Bytes(), c.ProcessState.ExitCode(), messages)
}

func TestVariable(t *testing.T) {
	for _, c := range []struct {
		args []string
		name string
		rest int
	}{{[]string{"-v", "x", "%s"}, "x", 1}, {[]string{"-vx", "%s"}, "x", 1}, {[]string{"%s"}, "", 1}, {[]string{"-v"}, "", 1}, {nil, "", 0}} {
		if name, rest := Variable(c.args); name != c.name || len(rest) != c.rest {
			t.Errorf("%q: got %q %q", c.args, name, rest)
		}
	}
}

// TestHostile has formats that ask for more than there is.
func TestHostile(t *testing.T) {
	for _, args := range [][]string{{"%999999999999d", "1"}, {"%*d", "99999999999999", "1"}, {"%.999999999f", "1"}, {"%f", "1e999999999"}, {"%.3e", "1e-999999999"}, {"%f", "0x1p999999999999"}} {
		for _, d := range []Dialect{Dash, Bash} {
			var out []byte
			Printf(&out, func(string) {}, d, args)
			if len(out) > maxField+1000 {
				t.Errorf("%q: %d bytes", args, len(out))
			}
		}
	}
}

func FuzzPrintf(f *testing.F) {
	for _, c := range append(append(append([][]string{}, printfBoth...), printfDash...), printfBash...) {
		f.Add(strings.Join(c, "\x00"))
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.ContainsAny(s, "999") && len(s) > 100 {
			return
		}
		args := strings.Split(s, "\x00")
		for _, d := range []Dialect{Dash, Bash} {
			var out []byte
			if st := Printf(&out, func(string) {}, d, args); st < 0 || st > 2 {
				t.Errorf("%q: status %d", args, st)
			}
			Echo(&out, args, d)
		}
	})
}

func BenchmarkPrintf(b *testing.B) {
	args := []string{"%-10s %03d\\n", "name", "7"}
	var out []byte
	b.ReportAllocs()
	for b.Loop() {
		out = out[:0]
		Printf(&out, nil, Dash, args)
	}
}

func BenchmarkEcho(b *testing.B) {
	args := []string{"Starting", "daemon"}
	var out []byte
	b.ReportAllocs()
	for b.Loop() {
		out = out[:0]
		Echo(&out, args, Dash)
	}
}
