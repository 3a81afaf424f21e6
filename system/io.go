package system

import (
	"context"
	"io"
)

// defaultReadLimit bounds what [ReadAll] keeps in memory: no configuration
// file or script comes near it.
const defaultReadLimit = 64 << 20

// ReadAll reads f to its end. More than limit bytes give [EFBIG]; a limit of
// 0 is 64 MiB.
func ReadAll(f io.Reader, limit int64) ([]byte, error) {
	if limit <= 0 {
		limit = defaultReadLimit
	}
	b := make([]byte, 0, 4096)
	for {
		if len(b) == cap(b) {
			b = append(b, 0)[:len(b)]
		}
		n, err := f.Read(b[len(b):cap(b)])
		b = b[:len(b)+n]
		if int64(len(b)) > limit {
			return nil, EFBIG
		}
		if err == io.EOF {
			return b, nil
		}
		if err != nil {
			return b, err
		}
	}
}

// WriteAll writes all of b.
func WriteAll(f io.Writer, b []byte) error {
	for len(b) > 0 {
		n, err := f.Write(b)
		if err != nil {
			return err
		}
		b = b[n:]
	}
	return nil
}

// closedFile is what a closed descriptor looks like to its user.
type closedFile struct{}

func (closedFile) Read([]byte) (int, error)         { return 0, EBADF }
func (closedFile) Write([]byte) (int, error)        { return 0, EBADF }
func (closedFile) Close() error                     { return EBADF }
func (closedFile) Seek(int64, int) (int64, error)   { return 0, EBADF }
func (closedFile) Stat() (FileInfo, error)          { return FileInfo{}, EBADF }
func (closedFile) Truncate(int64) error             { return EBADF }
func (closedFile) Chmod(Mode) error                 { return EBADF }
func (closedFile) Chown(int, int) error             { return EBADF }
func (closedFile) Lock(context.Context, Lock) error { return EBADF }
func (closedFile) IsTerminal() bool                 { return false }
func (closedFile) Size() (columns, rows int)        { return 0, 0 }
