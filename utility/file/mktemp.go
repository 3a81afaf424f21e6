package file

import (
	"math/rand/v2"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// nameLetters are those that a random name is made of, as glibc's.
const nameLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

// randomName is n letters and digits that nobody can guess: from the system's
// random device, or where there is none, from Go's own generator, which the
// kernel has seeded.
func randomName(c *call.Call, n int) string {
	out := make([]byte, 0, n)
	f, err := c.Open("/dev/urandom", system.ReadOnly, 0)
	if err == nil {
		defer f.Close()
	}
	var b [64]byte
	for len(out) < n {
		got := 0
		if err == nil {
			got, err = f.Read(b[:])
		}
		if got == 0 {
			got = 1
			b[0] = byte(rand.IntN(len(nameLetters)))
		}
		// A byte beyond the largest multiple would favour some letters.
		for _, x := range b[:got] {
			if int(x) < 256/len(nameLetters)*len(nameLetters) && len(out) < n {
				out = append(out, nameLetters[int(x)%len(nameLetters)])
			}
		}
	}
	return string(out)
}

// Mktemp is mktemp(1) with -d, -u, -q, -p, -t, --suffix and --tmpdir.
func Mktemp(c *call.Call) int {
	opts, names, unknown, ok := c.Getopt("dp:qtu", "directory>d", "quiet>q", "dry-run>u", "suffix=", "tmpdir=?>p")
	if !ok {
		return badOption(c, unknown)
	}
	var directory, quietly, dry, inDir, old bool
	dirArg := ""
	var suffixArg *string
	for _, o := range opts {
		switch o.Name {
		case "d":
			directory = true
		case "p":
			dirArg, inDir = o.Arg, true
		case "q":
			quietly = true
		case "t":
			inDir, old = true, true
		case "u":
			dry = true
		case "suffix":
			suffixArg = &o.Arg
		}
	}
	if len(names) > 1 {
		return usage(c, "too many templates")
	}
	template := "tmp.XXXXXXXXXX"
	if len(names) == 0 {
		inDir = true
	} else {
		template = names[0]
	}
	suffix := ""
	if suffixArg != nil {
		suffix = *suffixArg
		if !strings.HasSuffix(template, "X") {
			return c.Fail("with --suffix, template %s must end in X", call.QuoteArg(template))
		}
	} else if i := strings.LastIndexByte(template, 'X'); i >= 0 {
		template, suffix = template[:i+1], template[i+1:]
	}
	if strings.IndexByte(suffix, '/') >= 0 {
		return c.Fail("invalid suffix %s, contains directory separator", call.QuoteArg(suffix))
	}
	head := strings.TrimRight(template, "X")
	count := len(template) - len(head)
	if count < 3 {
		return c.Fail("too few X's in template %s", call.QuoteArg(template+suffix))
	}
	if inDir {
		env, _ := c.Getenv("TMPDIR")
		dir := "/tmp"
		switch {
		case old && env != "":
			dir = env
		case dirArg != "":
			dir = dirArg
		case env != "":
			dir = env
		}
		if old && strings.IndexByte(template, '/') >= 0 {
			return c.Fail("invalid template, %s, contains directory separator", call.QuoteArg(template+suffix))
		}
		if !old && strings.HasPrefix(template, "/") {
			return c.Fail("invalid template, %s; with --tmpdir, it may not be absolute", call.QuoteArg(template+suffix))
		}
		head = join(dir, head)
	}
	name, err := makeTemp(c, head, suffix, count, directory, dry)
	if err != nil {
		if !quietly {
			kind := "file"
			if directory {
				kind = "directory"
			}
			c.Errorf("failed to create %s via template %s: %v", kind, call.QuoteArg(head+strings.Repeat("X", count)+suffix), err)
		}
		return 1
	}
	c.Out.WriteString(name + "\n")
	if err := c.Out.Flush(); err != nil && !dry {
		// Nobody will learn of the name.
		if directory {
			c.Rmdir(name)
		} else {
			c.Unlink(name)
		}
		return 1
	}
	return 0
}

// makeTemp makes a file that did not exist, for its owner alone.
func makeTemp(c *call.Call, head, suffix string, count int, directory, dry bool) (name string, err error) {
	for !c.Stop() {
		name = head + randomName(c, count) + suffix
		switch {
		case dry:
			if _, err = c.Lstat(name); err == system.ENOENT {
				// The directory must be there all the same.
				return name, nil
			}
			if err == nil {
				err = system.EEXIST
			}
		case directory:
			err = c.Mkdir(name, 0o700)
		default:
			var f system.File
			if f, err = c.Open(name, system.ReadWrite|system.Create|system.Exclusive, 0o600); err == nil {
				f.Close()
			}
		}
		if err != system.EEXIST {
			return name, err
		}
	}
	return "", system.EINTR
}
