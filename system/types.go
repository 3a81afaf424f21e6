package system

import "time"

// Mode is st_mode: file type and permission bits, with Linux's numbers.
type Mode uint32

// File types and special bits of a [Mode], as in inode(7).
const (
	TypeMask    Mode = 0o170000
	TypeSocket  Mode = 0o140000
	TypeSymlink Mode = 0o120000
	TypeRegular Mode = 0o100000
	TypeBlock   Mode = 0o060000
	TypeDir     Mode = 0o040000
	TypeChar    Mode = 0o020000
	TypeFIFO    Mode = 0o010000
	SetUID      Mode = 0o4000
	SetGID      Mode = 0o2000
	Sticky      Mode = 0o1000
	// PermMask selects the twelve bits that chmod(2) can set.
	PermMask Mode = 0o7777
)

// Type is the file type bits.
func (m Mode) Type() Mode { return m & TypeMask }

// Perm is the twelve bits that chmod(2) can set.
func (m Mode) Perm() Mode { return m & PermMask }

// IsDir tells whether it is a directory's.
func (m Mode) IsDir() bool { return m.Type() == TypeDir }

// IsRegular tells whether it is a regular file's.
func (m Mode) IsRegular() bool { return m.Type() == TypeRegular }

// IsSymlink tells whether it is a symbolic link's.
func (m Mode) IsSymlink() bool { return m.Type() == TypeSymlink }

// String is the ten characters that ls -l shows.
func (m Mode) String() string {
	b := []byte("----------")
	switch m.Type() {
	case TypeSocket:
		b[0] = 's'
	case TypeSymlink:
		b[0] = 'l'
	case TypeBlock:
		b[0] = 'b'
	case TypeDir:
		b[0] = 'd'
	case TypeChar:
		b[0] = 'c'
	case TypeFIFO:
		b[0] = 'p'
	case TypeRegular:
	default:
		b[0] = '?'
	}
	for i, c := range "rwxrwxrwx" {
		if m&(1<<(8-i)) != 0 {
			b[i+1] = byte(c)
		}
	}
	special := func(bit Mode, at int, set, unset byte) {
		if m&bit == 0 {
			return
		}
		if b[at] == 'x' {
			b[at] = set
		} else {
			b[at] = unset
		}
	}
	special(SetUID, 3, 's', 'S')
	special(SetGID, 6, 's', 'S')
	special(Sticky, 9, 't', 'T')
	return string(b)
}

// FileInfo is what stat(2) tells.
type FileInfo struct {
	Dev, Ino            uint64
	Mode                Mode
	Nlink               uint64
	UID, GID            int
	Rdev                uint64
	Size                int64
	Blocks              int64 // of 512 bytes
	BlockSize           int64 // st_blksize
	Atime, Mtime, Ctime time.Time
}

// SameFile tells whether two infos are of one file.
func (f FileInfo) SameFile(g FileInfo) bool { return f.Dev == g.Dev && f.Ino == g.Ino }

// Major is the major part of a device number, as makedev(3) joins it.
func Major(dev uint64) uint32 { return uint32(dev>>8&0xfff | dev>>32&^0xfff) }

// Minor is the other part.
func Minor(dev uint64) uint32 { return uint32(dev&0xff | dev>>12&^0xff) }

// Makedev joins a device number.
func Makedev(major, minor uint32) uint64 {
	return uint64(major&0xfff)<<8 | uint64(major&^0xfff)<<32 | uint64(minor&0xff) | uint64(minor&^0xff)<<12
}

// DirEntry is one name in a directory. Type is 0 where the file system does
// not say (DT_UNKNOWN).
type DirEntry struct {
	Name string
	Type Mode
	Ino  uint64
}

// OpenFlag is the flags of open(2), with Linux's generic numbers.
type OpenFlag int

// Flags of [Files.Open].
const (
	ReadOnly  OpenFlag = 0o0
	WriteOnly OpenFlag = 0o1
	ReadWrite OpenFlag = 0o2
	Create    OpenFlag = 0o100
	Exclusive OpenFlag = 0o200
	NoCTTY    OpenFlag = 0o400
	Truncate  OpenFlag = 0o1000
	Append    OpenFlag = 0o2000
	NonBlock  OpenFlag = 0o4000
	Directory OpenFlag = 0o200000
	NoFollow  OpenFlag = 0o400000
)

// AccessMode is what [Files.Access] asks for.
type AccessMode int

// Bits of an [AccessMode]; 0 asks whether the file is there.
const (
	ExecuteOK AccessMode = 1
	WriteOK   AccessMode = 2
	ReadOK    AccessMode = 4
)

// Lock is what [File.Lock] does.
type Lock struct {
	// Shared asks for a shared lock, Unlock gives the lock back; neither is
	// an exclusive one.
	Shared, Unlock bool
	// Wait waits for as long as the context allows.
	Wait bool
}

// Resource is a limit's number in setrlimit(2), as on Linux's generic table.
type Resource int

// Resources.
const (
	LimitCPU        Resource = 0
	LimitFileSize   Resource = 1
	LimitData       Resource = 2
	LimitStack      Resource = 3
	LimitCore       Resource = 4
	LimitRSS        Resource = 5
	LimitProcesses  Resource = 6
	LimitOpenFiles  Resource = 7
	LimitMemlock    Resource = 8
	LimitAddress    Resource = 9
	LimitLocks      Resource = 10
	LimitSigPending Resource = 11
	LimitMsgQueue   Resource = 12
	LimitNice       Resource = 13
	LimitRTPrio     Resource = 14
	LimitRTTime     Resource = 15
)

// Infinity is RLIM_INFINITY.
const Infinity = ^uint64(0)

// Limit is a soft and a hard limit.
type Limit struct{ Soft, Hard uint64 }
