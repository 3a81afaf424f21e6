package file

import (
	"io"
	"sync"

	"sysv/system"
	"sysv/utility/call"
)

// bufferSize is how much is read and written at a time: GNU's io_blksize.
const bufferSize = 128 << 10

var buffers = sync.Pool{New: func() any { return new([bufferSize]byte) }}

// Cat is cat(1); -u, which changes nothing, is the only option.
func Cat(c *call.Call) int {
	_, names, unknown, ok := c.Getopt("u")
	if !ok {
		return badOption(c, unknown)
	}
	if len(names) == 0 {
		names = []string{"-"}
	}
	c.Out.Flush()
	out := c.Stdout()
	buf := buffers.Get().(*[bufferSize]byte)
	defer buffers.Put(buf)
	// outInfo is standard output's, if that is a regular file: it must not
	// be copied to itself for ever.
	outInfo, err := out.Stat()
	if err != nil {
		return c.Fail("standard output: %v", err)
	}
	status := 0
	for _, name := range names {
		if c.Stop() {
			return 1
		}
		switch catOne(c, name, out, outInfo, buf[:]) {
		case catRead:
			status = 1
		case catBroken:
			return call.BrokenPipe
		case catWrite:
			return 1
		}
	}
	return status
}

type catResult int

const (
	catFine   catResult = iota
	catRead             // a message about this file has been printed
	catWrite            // standard output takes no more
	catBroken           // standard output is a broken pipe
)

func catOne(c *call.Call, name string, out system.File, outInfo system.FileInfo, buf []byte) catResult {
	in := c.Stdin()
	if name != "-" {
		var err error
		if in, err = open(c, name, system.ReadOnly, 0); err != nil {
			c.Errorf("%s: %v", call.QuoteName(name), err)
			return catRead
		}
		defer in.Close()
	}
	if outInfo.Mode.IsRegular() {
		if st, err := in.Stat(); err == nil && st.SameFile(outInfo) {
			if at, err := in.Seek(0, 1); err == nil && at < st.Size {
				c.Errorf("%s: input file is output file", call.QuoteName(name))
				return catRead
			}
		}
	}
	for !c.Stop() {
		n, err := in.Read(buf)
		if n > 0 {
			if werr := system.WriteAll(out, buf[:n]); werr == system.EPIPE {
				return catBroken
			} else if werr != nil {
				c.Errorf("write error: %v", werr)
				return catWrite
			}
		}
		if err == io.EOF || n == 0 && err == nil {
			return catFine
		}
		if err != nil {
			c.Errorf("%s: %v", call.QuoteName(name), err)
			return catRead
		}
	}
	return catWrite
}
