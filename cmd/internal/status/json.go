package status

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"sysv/service"
)

// jsonText is the services for programs: a list of objects. It is written by
// hand, so that the package for it is not in every start of sysv.
func jsonText(truths []*service.Truth) string {
	var b strings.Builder
	b.WriteString("[")
	for i, t := range truths {
		fmt.Fprintf(&b, "%s\n  {\"name\": %s, \"path\": %s, \"running\": %s, \"status\": %d, \"meaning\": %s, \"says\": %s,\n   \"processes\": [",
			comma(i), quote(t.Name), quote(t.Path), quote(t.Running()), t.Status, quote(t.Meaning()), quote(t.Says))
		for k, r := range t.Processes {
			fmt.Fprintf(&b, "%s{\"pid\": %d, \"ppid\": %d, \"exe\": %s, \"replaced\": %t, \"command\": %s, \"since\": %s, \"memory\": %d, \"by\": %s}",
				comma(k), r.PID, r.PPID, quote(r.Exe), r.Replaced, quoteAll(r.Command), quote(r.Since.UTC().Format(time.RFC3339)), r.Memory, quote(r.By))
		}
		b.WriteString("],\n   \"pidFiles\": [")
		for k, f := range t.PIDFiles {
			fmt.Fprintf(&b, "%s{\"path\": %s, \"pid\": %d, \"stale\": %s}", comma(k), quote(f.Path), f.PID, quote(f.Stale))
		}
		fmt.Fprintf(&b, "],\n   \"disagree\": %s}", quoteAll(t.Disagree))
	}
	b.WriteString("\n]\n")
	return b.String()
}

func comma(i int) string {
	if i > 0 {
		return ", "
	}
	return ""
}

func quoteAll(list []string) string {
	quoted := make([]string, len(list))
	for i, s := range list {
		quoted[i] = quote(s)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// quote is a string of JSON (RFC 8259); bytes that are no UTF-8 become the
// replacement character.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range strings.ToValidUTF8(s, string(utf8.RuneError)) {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r < 0x20 || r == 0x7f:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
