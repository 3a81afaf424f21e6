//go:build linux

package confirm

import (
	"bytes"
	"encoding/binary"
	"runtime"
)

// stubInterpreter is where the stub program stands in a sandbox.
const stubInterpreter = "/.confirm/stub"

// stubELF is the content of a stub: an executable with nothing in it but the
// name of its interpreter, which is the stub program. The kernel loads that
// and starts it, while /proc/PID/exe names this file: so each stubbed program
// has an inode of its own, as start-stop-daemon --exec and pidof want, and
// costs a few hundred bytes instead of megabytes.
func stubELF() []byte {
	const (
		headerSize  = 64
		programSize = 56
		base        = 0x60000000 // away from where Go links itself
	)
	machine := uint16(62) // EM_X86_64
	if runtime.GOARCH == "arm64" {
		machine = 183 // EM_AARCH64
	}
	interp := append([]byte(stubInterpreter), 0)
	interpAt := uint64(headerSize + 2*programSize)
	size := interpAt + uint64(len(interp))

	var b bytes.Buffer
	put := func(values ...any) {
		for _, v := range values {
			binary.Write(&b, binary.LittleEndian, v)
		}
	}
	b.Write([]byte{0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0})
	put(uint16(2), machine, uint32(1), uint64(base)) // ET_EXEC, entry (never reached)
	put(uint64(headerSize), uint64(0), uint32(0))
	put(uint16(headerSize), uint16(programSize), uint16(2), uint16(64), uint16(0), uint16(0))
	// PT_INTERP, then PT_LOAD; both readable.
	put(uint32(3), uint32(4), interpAt, base+interpAt, base+interpAt, uint64(len(interp)), uint64(len(interp)), uint64(1))
	put(uint32(1), uint32(4), uint64(0), uint64(base), uint64(base), size, size, uint64(4096))
	b.Write(interp)
	return b.Bytes()
}
