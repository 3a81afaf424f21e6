package file

import (
	"io"

	"sysv/system"
	"sysv/utility/call"
)

// Tee is tee(1) with -a and -p; -i is accepted, an interrupt ends the whole
// script anyway.
func Tee(c *call.Call) int {
	opts, names, unknown, ok := c.Getopt("ap", "append>a")
	if !ok {
		return badOption(c, unknown)
	}
	flag, patient := system.Truncate, false
	for _, o := range opts {
		switch o.Name {
		case "a":
			flag = system.Append
		case "p":
			patient = true
		}
	}
	c.Out.Flush()
	status := 0
	files := []system.File{c.Stdout()}
	labels := []string{"standard output"}
	for _, n := range names {
		f, err := open(c, n, system.WriteOnly|system.Create|flag, 0o666)
		if err != nil {
			c.Errorf("%s: %v", call.QuoteName(n), err)
			status = 1
			continue
		}
		defer f.Close()
		files, labels = append(files, f), append(labels, n)
	}
	buf := buffers.Get().(*[bufferSize]byte)
	defer buffers.Put(buf)
	in := c.Stdin()
	for len(files) > 0 && !c.Stop() {
		n, err := in.Read(buf[:])
		for i := 0; n > 0 && i < len(files); i++ {
			werr := system.WriteAll(files[i], buf[:n])
			if werr == nil {
				continue
			}
			if werr == system.EPIPE && !patient {
				return call.BrokenPipe
			}
			if werr != system.EPIPE {
				c.Errorf("%s: %v", call.QuoteName(labels[i]), werr)
				status = 1
			}
			files, labels = append(files[:i:i], files[i+1:]...), append(labels[:i:i], labels[i+1:]...)
			i--
		}
		if err == io.EOF || n == 0 && err == nil {
			break
		}
		if err != nil {
			return c.Fail("read error: %v", err)
		}
	}
	return status
}
