//go:build unix

package rehearse

import (
	"io/fs"
	"syscall"
)

// ownerOf is whose a file is, where the file system says so.
func ownerOf(i fs.FileInfo) (uid, gid int) {
	if st, ok := i.Sys().(*syscall.Stat_t); ok {
		return int(st.Uid), int(st.Gid)
	}
	return 0, 0
}
