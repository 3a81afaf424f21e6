//go:build !unix

package rehearse

import "io/fs"

// ownerOf is root: there are no owners here.
func ownerOf(fs.FileInfo) (uid, gid int) { return 0, 0 }
