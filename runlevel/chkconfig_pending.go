package runlevel

import "os"

// Pending says whether a change is under way, or was left so by a process
// that was killed: [Root.Lock] waits for the first, [Root.Recover] takes the
// second back. Who only reads may ask, and need take no lock if not.
func (r *Root) Pending() bool {
	for _, name := range []string{journalName, doneName} {
		path, err := r.place(name)
		if err != nil {
			continue
		}
		if _, err := os.Lstat(path); err == nil {
			return true
		}
	}
	return false
}
