package lint

import (
	"io/fs"
	"os"
)

// keepOwner has nothing to do: a file has its directory's owner.
func keepOwner(*os.File, fs.FileInfo) error { return nil }
