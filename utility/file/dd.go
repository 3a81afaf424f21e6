package file

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// ddBlock is dd's block size where none is given.
const ddBlock = 512

// ddMaxBlock bounds the memory for one block.
const ddMaxBlock = 1 << 30

// copier is one run of dd.
type copier struct {
	c                                *call.Call
	in, out                          system.File
	inName, outName                  string
	ibs, obs, bs, skip, seek         int64
	count                            int64 // blocks, or -1 for all
	noTrunc, pad, goOn, excl, noMake bool
	fullBlock, flush                 bool
	stats                            string
	readFull, readPart               int64
	wroteFull, wrotePart, written    int64
}

// Dd is dd(1) with if, of, bs, ibs, obs, count, skip, seek, status,
// conv=notrunc,sync,noerror,excl,nocreat,fsync,fdatasync and
// iflag=fullblock. Any other use is left to the real program.
func Dd(c *call.Call) int {
	d := copier{c: c, count: -1, ibs: ddBlock, obs: ddBlock}
	for _, a := range c.Args[1:] {
		if !d.operand(a) {
			return c.Refuse(a)
		}
	}
	if d.bs > 0 {
		d.ibs, d.obs = d.bs, d.bs
	}
	if status := d.open(); status != 0 {
		return status
	}
	defer d.in.Close()
	defer d.out.Close()
	start := c.Sys.Now()
	status := d.copy()
	if status == call.BrokenPipe {
		return status
	}
	if d.flush {
		c.Sys.Sync()
	}
	if d.stats != "none" {
		text := fmt.Sprintf("%d+%d records in\n%d+%d records out\n", d.readFull, d.readPart, d.wroteFull, d.wrotePart)
		if d.stats != "noxfer" {
			text += transferred(d.written, c.Sys.Now().Sub(start).Seconds())
		}
		c.Out.Flush()
		system.WriteAll(c.Stderr(), []byte(text))
	}
	return status
}

func (d *copier) operand(a string) bool {
	key, val, ok := strings.Cut(a, "=")
	if !ok {
		return false
	}
	size := func(n *int64, least int64) bool {
		v, ok := ddNumber(val)
		*n = v
		return ok && v >= least
	}
	block := func(n *int64) bool { return size(n, 1) && *n <= ddMaxBlock }
	switch key {
	case "if":
		d.inName = val
	case "of":
		d.outName = val
	case "bs":
		return block(&d.bs)
	case "ibs":
		return block(&d.ibs)
	case "obs":
		return block(&d.obs)
	case "count":
		return size(&d.count, 0)
	case "skip":
		return size(&d.skip, 0)
	case "seek":
		return size(&d.seek, 0)
	case "status":
		d.stats = val
		return val == "none" || val == "noxfer"
	case "iflag":
		d.fullBlock = true
		return val == "fullblock"
	case "conv":
		for w := range strings.SplitSeq(val, ",") {
			switch w {
			case "notrunc":
				d.noTrunc = true
			case "sync":
				d.pad = true
			case "noerror":
				d.goOn = true
			case "excl":
				d.excl = true
			case "nocreat":
				d.noMake = true
			case "fsync", "fdatasync":
				d.flush = true
			default:
				return false
			}
		}
	default:
		return false
	}
	return true
}

// ddNumber reads a number with a suffix, or several joined by x.
func ddNumber(s string) (int64, bool) {
	n := int64(1)
	for part := range strings.SplitSeq(s, "x") {
		unit := int64(1)
		switch {
		case strings.HasSuffix(part, "c"):
			part = part[:len(part)-1]
		case strings.HasSuffix(part, "w"):
			part, unit = part[:len(part)-1], 2
		case strings.HasSuffix(part, "b"):
			part, unit = part[:len(part)-1], 512
		}
		if part == "" || part[0] < '0' || part[0] > '9' {
			return 0, false
		}
		v, ok, fits := parseSize(part)
		if !ok || !fits || v > 0 && unit > (1<<62)/v || v*unit > 0 && n > (1<<62)/(v*unit) {
			return 0, false
		}
		n *= v * unit
	}
	return n, true
}

func (d *copier) open() int {
	c := d.c
	var err error
	d.in, d.out = borrowed{c.Stdin()}, borrowed{c.Stdout()}
	if d.inName != "" {
		if d.in, err = open(c, d.inName, system.ReadOnly, 0); err != nil {
			return c.Fail("failed to open %s: %v", call.Quote(d.inName), err)
		}
	} else {
		d.inName = "standard input"
	}
	if d.outName == "" {
		c.Out.Flush()
		d.outName = "standard output"
		return 0
	}
	flag := system.WriteOnly
	if !d.noMake {
		flag |= system.Create
	}
	if d.excl {
		flag |= system.Exclusive
	}
	if d.seek == 0 && !d.noTrunc {
		flag |= system.Truncate
	}
	if d.out, err = open(c, d.outName, flag, 0o666); err != nil {
		d.in.Close()
		return c.Fail("failed to open %s: %v", call.Quote(d.outName), err)
	}
	if d.seek == 0 || d.noTrunc {
		return 0
	}
	if err := d.out.Truncate(d.seek * d.obs); err != nil {
		if st, e := d.out.Stat(); e != nil || st.Mode.IsRegular() || st.Mode.IsDir() {
			return c.Fail("failed to truncate to %d bytes in output file %s: %v", d.seek*d.obs, call.Quote(d.outName), err)
		}
	}
	return 0
}

// copy does the work and returns the exit status.
func (d *copier) copy() int {
	in := make([]byte, d.ibs)
	if status := d.skipInput(in); status != 0 {
		return status
	}
	if d.seek > 0 {
		if _, err := d.out.Seek(d.seek*d.obs, 1); err != nil {
			return d.c.Fail("%s: cannot seek: %v", call.QuoteName(d.outName), err)
		}
	}
	var pending []byte // what waits for a whole output block
	status := 0
	for ; d.count < 0 || d.readFull+d.readPart < d.count; d.c.Out.Flush() {
		if d.c.Stop() {
			return 1
		}
		n, err := d.read(in)
		if err != nil && err != io.EOF {
			d.c.Errorf("error reading %s: %v", call.Quote(d.inName), err)
			status = 1
			if !d.goOn {
				break
			}
			// What could not be read is passed over.
			if _, serr := d.in.Seek(d.ibs, 1); serr != nil {
				break
			}
		} else if n == 0 {
			break
		}
		if n < len(in) {
			if n > 0 || err != io.EOF {
				d.readPart++
			}
			if d.pad {
				clear(in[n:])
				n = len(in)
			}
		} else {
			d.readFull++
		}
		if d.bs > 0 || d.ibs == d.obs {
			if s := d.write(in[:n]); s != 0 {
				return s
			}
			continue
		}
		pending = append(pending, in[:n]...)
		for int64(len(pending)) >= d.obs {
			if s := d.write(pending[:d.obs]); s != 0 {
				return s
			}
			pending = pending[:copy(pending, pending[d.obs:])]
		}
	}
	if len(pending) > 0 {
		if s := d.write(pending); s != 0 {
			return s
		}
	}
	return status
}

func (d *copier) read(b []byte) (int, error) {
	n := 0
	for n < len(b) {
		k, err := d.in.Read(b[n:])
		n += k
		if err != nil || k == 0 {
			if err == io.EOF || err == nil {
				return n, io.EOF
			}
			return n, err
		}
		if !d.fullBlock {
			break
		}
	}
	return n, nil
}

func (d *copier) write(b []byte) int {
	whole := int64(len(b)) == d.obs
	for len(b) > 0 {
		n, err := d.out.Write(b)
		d.written += int64(n)
		if err == system.EPIPE {
			return call.BrokenPipe
		}
		if err != nil {
			d.c.Errorf("error writing %s: %v", call.Quote(d.outName), err)
			return 1
		}
		b = b[n:]
	}
	if whole {
		d.wroteFull++
	} else {
		d.wrotePart++
	}
	return 0
}

// skipInput passes over the first blocks: with lseek(2) or by reading them.
func (d *copier) skipInput(buf []byte) int {
	if d.skip == 0 {
		return 0
	}
	if at, err := d.in.Seek(0, 1); err == nil {
		to := at + d.skip*d.ibs
		st, err := d.in.Stat()
		if _, serr := d.in.Seek(to, 0); serr != nil {
			return d.c.Fail("%s: cannot skip: %v", call.QuoteName(d.inName), serr)
		}
		if err == nil && st.Mode.IsRegular() && to > st.Size {
			d.c.Errorf("%s: cannot skip to specified offset", call.QuoteName(d.inName))
		}
		return 0
	}
	for left := d.skip * d.ibs; left > 0; {
		n, err := d.in.Read(buf[:min(left, int64(len(buf)))])
		left -= int64(n)
		if err == nil && n > 0 {
			continue
		}
		if err != nil && err != io.EOF {
			return d.c.Fail("error reading %s: %v", call.Quote(d.inName), err)
		}
		d.c.Errorf("%s: cannot skip to specified offset", call.QuoteName(d.inName))
		break
	}
	return 0
}

// transferred is the last line that dd prints.
func transferred(n int64, seconds float64) string {
	text := strconv.FormatInt(n, 10) + " bytes"
	if n == 1 {
		text = "1 byte"
	}
	if n >= 1000 {
		text += " (" + human(n, 1000)
		if n >= 1024 {
			text += ", " + human(n, 1024)
		}
		text += ")"
	}
	rate := int64(0)
	if seconds > 0 {
		rate = int64(float64(n)/seconds + 0.5)
	}
	speed := human(rate, 1000) + "/s"
	if rate < 1000 {
		speed = fmt.Sprintf("%.1f kB/s", float64(rate)/1000)
	}
	return fmt.Sprintf("%s copied, %s s, %s\n", text, strconv.FormatFloat(seconds, 'g', 6, 64), speed)
}

// human is a size with a unit, of powers of 1000 or 1024: "1.5 kB", "105 MB".
func human(n, base int64) string {
	v, unit := float64(n), -1
	for v >= float64(base) && unit < 5 {
		v /= float64(base)
		unit++
	}
	if unit < 0 {
		return strconv.FormatInt(n, 10) + " B"
	}
	prefix := string("kMGTPE"[unit]) + "B"
	if base == 1024 {
		prefix = string("KMGTPE"[unit]) + "iB"
	}
	if v < 9.95 {
		return fmt.Sprintf("%.1f %s", v, prefix)
	}
	return fmt.Sprintf("%.0f %s", v, prefix)
}
