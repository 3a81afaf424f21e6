package file

import (
	"sysv/system"
	"sysv/utility/call"
)

// Sync is sync(1). The seam has no fsync(2): where files are named, they are
// opened as the original does, and then everything is written to disk, which
// is more than was asked for.
func Sync(c *call.Call) int {
	_, names, unknown, ok := c.Getopt("df", "data>d", "file-system>f")
	if !ok {
		return badOption(c, unknown)
	}
	c.Out.Flush()
	status := 0
	for _, n := range names {
		f, err := c.Open(n, system.ReadOnly|system.NonBlock, 0)
		if err != nil {
			c.Errorf("error opening %s: %v", call.Quote(n), err)
			status = 1
			continue
		}
		f.Close()
	}
	c.Sys.Sync()
	return status
}
