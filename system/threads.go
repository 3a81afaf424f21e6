package system

// AddThreads tells a System (or a part of it) that its process makes calls
// from n more goroutines, or from fewer, where it wants to know: an invented
// machine's clock moves only when all of them wait. A goroutine that waits by
// other means than the System's calls does not count for as long.
func AddThreads(sys any, n int) {
	if t, ok := sys.(interface{ AddThreads(int) }); ok {
		t.AddThreads(n)
	}
}
