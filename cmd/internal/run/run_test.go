package run

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sysv/interp"
)

func TestParse(t *testing.T) {
	o, err := Parse([]string{"--trace", "--timeout=90s", "--utilities", "never", "--allow-writable", "/etc/init.d/x", "start", "--trace"})
	if err != nil || !o.Trace || o.Timeout != 90*time.Second || o.Mode != interp.Never || !o.AllowWritable || o.Script != "/etc/init.d/x" || !slices.Equal(o.Args, []string{"start", "--trace"}) {
		t.Errorf("%+v: %v", o, err)
	}
	for text, want := range map[string]time.Duration{"30": 30 * time.Second, "0.5": 500 * time.Millisecond, "5m": 5 * time.Minute, "0": 0} {
		if o, err := Parse([]string{"--timeout=" + text, "s"}); err != nil || o.Timeout != want {
			t.Errorf("--timeout=%s: %v, %v", text, o.Timeout, err)
		}
	}
	if o, err := Parse([]string{"--", "--strange"}); err != nil || o.Script != "--strange" {
		t.Errorf("--: %+v: %v", o, err)
	}
	if o, err := Parse([]string{"--help", "--no-such"}); err != nil || !o.Help {
		t.Errorf("--help: %v", err)
	}
	for _, c := range []struct{ args, want string }{
		{"--timeout=x s", "--timeout=x: expected a time"}, {"--timeout=-1 s", "not negative"}, {"--timeout", "--timeout: expected a value"},
		{"--utilities=some s", "expected never, fallback or prefer"}, {"--no-such s", "unknown option --no-such"}, {"-x s", "unknown option -x"},
	} {
		if _, err := Parse(strings.Fields(c.args)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, expected %s", c.args, err, c.want)
		}
	}
	if _, err := Parse(nil); err == nil {
		t.Error("no script is no error")
	}
}
