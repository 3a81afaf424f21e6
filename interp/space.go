package interp

import (
	"runtime"
	"runtime/debug"
	"sync"
)

// What a script may take of the memory. dash takes what there is, and ends in
// a crash or by the kernel's hand; at boot that hand may choose something
// else. So a script that asks for more ends here, with dash's own words for a
// malloc(3) that fails, and status 2.
const (
	// maxWord bounds what a word expands to and what a variable holds, in
	// bytes. The kernel passes a program no argument above 128 kB.
	maxWord = 128 << 20
	// maxFields bounds the fields of one command.
	maxFields = 8 << 20
	// maxHeap bounds all that is alive, in bytes.
	maxHeap = 512 << 20
	// heapGoal is from where on the garbage collector works harder.
	heapGoal = 640 << 20
	// bigValue is the size of a value from which the heap is looked at.
	bigValue = 64 << 10
	// spaceSteps is after how many commands the heap is looked at: a power of
	// two.
	spaceSteps = 1 << 12
)

// outOfSpace ends the shell environment.
func outOfSpace() { panic(exit{status: 2, space: true}) }

var heapGoalOnce sync.Once

// checkSpace ends the shell environment if too much memory is in use.
func checkSpace() {
	if heapInUse() < maxHeap/4 {
		return
	}
	heapGoalOnce.Do(func() { debug.SetMemoryLimit(heapGoal) })
	if heapInUse() < maxHeap {
		return
	}
	// Some of it may be garbage.
	runtime.GC()
	if heapInUse() >= maxHeap {
		outOfSpace()
	}
}

// heapInUse is what the heap's objects take, in bytes. (Package
// runtime/metrics would tell without a pause, but costs every start.)
func heapInUse() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// checkSize ends the shell environment if a value of n bytes is too large.
func checkSize(n int) {
	if n > maxWord {
		outOfSpace()
	}
	if n > bigValue {
		checkSpace()
	}
}
