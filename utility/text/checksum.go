package text

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// digester is one of md5sum, sha1sum and so on.
type digester struct {
	c    *call.Call
	tag  string
	size int // hexadecimal digits
	make func() hash.Hash

	binary, tagged                               bool
	quiet, status, strict, warn, ignore, checked bool
}

// Md5sum, Sha1sum, Sha224sum, Sha256sum, Sha384sum and Sha512sum are those of
// coreutils.
func Md5sum(c *call.Call) int { return (&digester{c: c, tag: "MD5", size: 32, make: md5.New}).main() }
func Sha1sum(c *call.Call) int {
	return (&digester{c: c, tag: "SHA1", size: 40, make: sha1.New}).main()
}
func Sha224sum(c *call.Call) int {
	return (&digester{c: c, tag: "SHA224", size: 56, make: sha256.New224}).main()
}
func Sha256sum(c *call.Call) int {
	return (&digester{c: c, tag: "SHA256", size: 64, make: sha256.New}).main()
}
func Sha384sum(c *call.Call) int {
	return (&digester{c: c, tag: "SHA384", size: 96, make: sha512.New384}).main()
}
func Sha512sum(c *call.Call) int {
	return (&digester{c: c, tag: "SHA512", size: 128, make: sha512.New}).main()
}

func (d *digester) main() int {
	c := d.c
	opts, operands, status, done := getopt(c, 1, "bctw",
		"binary>b", "check>c", "text>t", "warn>w", "tag", "quiet", "status", "strict", "ignore-missing")
	if done {
		return status
	}
	checkOnly := ""
	text := false
	for _, o := range opts {
		switch o.Name {
		case "b":
			d.binary = true
		case "t":
			d.binary, text = false, true
		case "c":
			d.checked = true
		case "w":
			d.warn, d.status, d.quiet = true, false, false
		case "tag":
			d.tagged = true
		case "quiet":
			d.quiet, d.status, d.warn = true, false, false
		case "status":
			d.status, d.quiet, d.warn = true, false, false
		case "strict":
			d.strict = true
		case "ignore-missing":
			d.ignore = true
		}
	}
	if d.tagged && (d.checked || d.binary || text) {
		return c.Refuse("--tag")
	}
	for _, x := range []struct {
		on   bool
		name string
	}{{d.ignore, "--ignore-missing"}, {d.status, "--status"}, {d.warn, "--warn"}, {d.quiet, "--quiet"}, {d.strict, "--strict"}} {
		if x.on && checkOnly == "" {
			checkOnly = x.name
		}
	}
	if checkOnly != "" && !d.checked {
		return usageError(c, "the "+checkOnly+" option is meaningful only when verifying checksums")
	}
	for _, name := range inputs(operands) {
		if d.checked {
			if !d.check(name) {
				status = 1
			}
			continue
		}
		sum, err := d.sum(name)
		if err != nil {
			status = c.Fail("%s: %v", call.QuoteName(name), err)
			continue
		}
		d.print(name, sum)
	}
	return status
}

func (d *digester) sum(name string) (string, error) {
	f, own, err := openInput(d.c, name)
	if err != nil {
		return "", err
	}
	if own {
		defer f.Close()
	}
	h := d.make()
	b := chunks.Get().(*[]byte)
	defer chunks.Put(b)
	for !d.c.Stop() {
		n, err := f.Read(*b)
		h.Write((*b)[:n])
		if err == io.EOF || n == 0 && err == nil {
			break
		}
		if err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// escapeName escapes what would break a line; escaped tells that it did.
func escapeName(name string) (string, bool) {
	if !strings.ContainsAny(name, "\\\n\r") {
		return name, false
	}
	return strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\r", `\r`).Replace(name), true
}

func (d *digester) print(name, sum string) {
	shown, escaped := escapeName(name)
	if escaped {
		d.c.Out.WriteByte('\\')
	}
	if d.tagged {
		fmt.Fprintf(d.c.Out, "%s (%s) = %s\n", d.tag, shown, sum)
		return
	}
	mark := " "
	if d.binary {
		mark = "*"
	}
	d.c.Out.WriteString(sum + " " + mark + shown + "\n")
}

// check verifies the sums listed in a file.
func (d *digester) check(list string) bool {
	c := d.c
	l, err := openLines(c, list)
	if err != nil {
		c.Errorf("%s: %v", call.QuoteName(list), err)
		return false
	}
	defer l.close()
	shownList := call.QuoteName(list)
	if list == "-" {
		shownList = "'standard input'"
	}
	good, malformed, unread, wrong, matched, number := 0, 0, 0, 0, 0, 0
	for {
		b, _, ok := l.next()
		if !ok {
			break
		}
		number++
		line := string(b)
		if strings.HasPrefix(line, "#") {
			continue
		}
		sum, name, ok := d.parse(strings.TrimSuffix(line, "\r"))
		if !ok || list == "-" && name == "-" {
			malformed++
			if d.warn {
				c.Errorf("%s: %d: improperly formatted %s checksum line", shownList, number, d.tag)
			}
			continue
		}
		good++
		shown, escaped := escapeName(name)
		if escaped && strings.ContainsAny(name, "\n\r") {
			shown = `\` + shown
		} else {
			shown = name
		}
		got, err := d.sum(name)
		switch {
		case err != nil && d.ignore && err == system.ENOENT:
			continue
		case err != nil:
			c.Errorf("%s: %v", call.QuoteName(name), err)
			unread++
			if !d.status {
				c.Out.WriteString(shown + ": FAILED open or read\n")
			}
		case got == strings.ToLower(sum):
			matched++
			if !d.status && !d.quiet {
				c.Out.WriteString(shown + ": OK\n")
			}
		default:
			wrong++
			if !d.status {
				c.Out.WriteString(shown + ": FAILED\n")
			}
		}
	}
	if l.err != nil {
		c.Errorf("%s: read error", shownList)
		return false
	}
	if good == 0 {
		c.Errorf("%s: no properly formatted checksum lines found", shownList)
		return false
	}
	if !d.status {
		d.warnings(malformed, unread, wrong)
	}
	if d.ignore && matched == 0 && wrong == 0 && unread == 0 {
		if !d.status {
			c.Errorf("%s: no file was verified", shownList)
		}
		return false
	}
	return wrong == 0 && unread == 0 && !(d.strict && malformed > 0) && (matched > 0 || !d.ignore)
}

func (d *digester) warnings(malformed, unread, wrong int) {
	say := func(n int, one, many string) {
		if n == 1 {
			d.c.Errorf("WARNING: 1 %s", one)
		} else if n > 1 {
			d.c.Errorf("WARNING: %d %s", n, many)
		}
	}
	say(malformed, "line is improperly formatted", "lines are improperly formatted")
	say(unread, "listed file could not be read", "listed files could not be read")
	say(wrong, "computed checksum did NOT match", "computed checksums did NOT match")
}

// parse reads a line: "SUM  NAME", "SUM *NAME", "SUM NAME" or "TAG (NAME) = SUM".
func (d *digester) parse(line string) (sum, name string, ok bool) {
	line = strings.TrimLeft(line, " \t")
	escaped := strings.HasPrefix(line, `\`)
	line = strings.TrimPrefix(line, `\`)
	if rest, is := strings.CutPrefix(line, d.tag); is {
		rest = strings.TrimPrefix(rest, " ")
		rest, is = strings.CutPrefix(rest, "(")
		i := strings.LastIndex(rest, ")")
		if !is || i < 0 {
			return "", "", false
		}
		name = rest[:i]
		rest = strings.TrimLeft(rest[i+1:], " \t")
		rest, is = strings.CutPrefix(rest, "=")
		sum = strings.TrimLeft(rest, " \t")
		if !is || !d.isSum(sum) {
			return "", "", false
		}
	} else {
		if len(line) < d.size+2 || !d.isSum(line[:d.size]) || line[d.size] != ' ' && line[d.size] != '\t' {
			return "", "", false
		}
		sum, name = line[:d.size], line[d.size+1:]
		if len(name) > 1 && (name[0] == ' ' || name[0] == '*') {
			name = name[1:]
		}
	}
	if escaped {
		if name, ok = unescapeName(name); !ok {
			return "", "", false
		}
	}
	return sum, name, true
}

func (d *digester) isSum(s string) bool {
	for i := 0; i < len(s); i++ {
		if digitValue(s[i]) < 0 {
			return false
		}
	}
	return len(s) == d.size
}

func unescapeName(s string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			b.WriteByte(s[i])
			continue
		}
		if i++; i == len(s) {
			return "", false
		}
		switch s[i] {
		case 'n':
			b.WriteByte('\n')
		case 'r':
			b.WriteByte('\r')
		case '\\':
			b.WriteByte('\\')
		default:
			return "", false
		}
	}
	return b.String(), true
}
