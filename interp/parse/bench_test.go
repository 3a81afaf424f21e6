package parse

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	mvdan "mvdan.cc/sh/v3/syntax"

	"sysv/interp/parse/snippets"
)

// initScript is 40 KB of what an init script looks like.
func initScript() []byte {
	var b bytes.Buffer
	for b.Len() < 40000 {
		for _, c := range snippets.All() {
			if c.Name == "init script" {
				b.WriteString(c.Text)
			}
		}
		b.WriteString("# a comment of the usual length, as they all have them at the top\n" +
			"if [ -r /etc/default/$NAME ]; then\n\t. \"/etc/default/${NAME:-x}\"\nfi\n" +
			"for i in $(ls /etc/rc?.d/*); do\n\techo \"$i: $((n + 1))\" >>\"$LOG\" 2>&1\ndone\n")
	}
	return b.Bytes()
}

func parseAll(tb testing.TB, src []byte) {
	p := New(src, Options{})
	for {
		_, err := p.Next()
		if err == io.EOF {
			return
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	src := initScript()
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		parseAll(b, src)
	}
}

func BenchmarkParseFunctions(b *testing.B) {
	src, err := os.ReadFile("/lib/lsb/init-functions")
	if err != nil {
		b.Skip("SKIPPED: ", err)
	}
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		parseAll(b, src)
	}
}

// BenchmarkShort is the text of an eval or a trap.
func BenchmarkShort(b *testing.B) {
	b.ReportAllocs()
	src := []byte("rm -f \"$PIDFILE\"; exit 1")
	for b.Loop() {
		parseAll(b, src)
	}
}

// BenchmarkYardstick is another parser on the same text.
func BenchmarkYardstick(b *testing.B) {
	src := initScript()
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := mvdan.NewParser(mvdan.Variant(mvdan.LangPOSIX)).Parse(bytes.NewReader(src), ""); err != nil {
			b.Fatal(err)
		}
	}
}

// TestLinear reads large inputs of each kind, to see that the time grows as
// the size does.
func TestLinear(t *testing.T) {
	kinds := []struct{ name, before, piece, after string }{
		{"words", "echo", " abc", "\n"},
		{"one word", "echo ", "abcdefg", "\n"},
		{"lines", "", "echo a\n", ""},
		{"list", "", "a;", "\n"},
		{"quoted lines", "echo \"", "abc\n", "\"\n"},
		{"single quoted lines", "echo '", "abc\n", "'\n"},
		{"escapes", "echo ", "\\a", "\n"},
		{"quotes", "echo ", "'a'\"b\"c", "\n"},
		{"empty quotes", "echo ", "''", "\n"},
		{"continuations", "echo ", "a\\\n", "\n"},
		{"params", "echo ", "$x", "\n"},
		{"param words", "echo ", "${x-a}", "\n"},
		{"pipes", "a", "|b", "\n"},
		{"backquotes", "echo ", "`a`", "\n"},
		{"one backquote", "echo `", "\\$ a;", "`\n"},
		{"heredoc", "cat <<EOF\n", "EOFF $x\n", "EOF\n"},
		{"quoted heredoc", "cat <<'EOF'\n", "EO $x\n", "EOF\n"},
		{"heredocs", "", "cat <<E\nE\n", ""},
		{"pending heredocs", "a", " <<E", "\n"},
		{"clauses", "case x in ", "a) b;;", "esac\n"},
		{"patterns", "case x in a", "|b", ") ;; esac\n"},
		{"arithmetic", "echo $((1", "+(1)", "))\n"},
		{"comments", "", "# abc\n", ""},
		{"redirections", "a", " 2>&1", "\n"},
		{"assignments", "", "x=1 ", "\n"},
		{"dollars", "echo ", "$.", "\n"},
		{"functions", "", "f() { a; }\n", ""},
		{"nul", "echo ", "a\x00", "\n"},
	}
	for _, k := range kinds {
		t.Run(k.name, func(t *testing.T) {
			// What is not linear is so every time.
			for try := 1; ; try++ {
				time1 := readTime(t, k.before, k.piece, k.after, 200_000)
				time8 := readTime(t, k.before, k.piece, k.after, 1_600_000)
				if time8 <= 40*time1 || time8 <= time.Second {
					return
				}
				if try == 5 {
					t.Fatalf("%v for 1/8 of what takes %v", time1, time8)
				}
			}
		})
	}
}

func readTime(t *testing.T, before, piece, after string, size int) time.Duration {
	src := []byte(before + strings.Repeat(piece, size/len(piece)) + after)
	start := processorTime()
	parseAll(t, src)
	return processorTime() - start
}
