package runlevel

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
)

// The journal is in the tree itself, so that it is found after a restart of
// the machine too. It is a text of one line for each change, written before
// the change is made, and enough to take it back. What a change removes or
// replaces is kept, renamed, beside its place (keepPrefix) until the end. The
// changes hold from the moment at which the journal has its other name
// (doneName) or, if nothing was kept, is gone.
const (
	journalName = ".sysv-links.journal"
	doneName    = ".sysv-links.done"
	// keepPrefix begins names that rc, startpar, insserv and update-rc.d do
	// not look at.
	keepPrefix = ".sysv-links."
	// journalMagic is the first line.
	journalMagic = "sysv links 1\n"
	// maxJournal is more than any tree's links need: 64 MiB.
	maxJournal = 64 << 20
)

// change is one line of a journal.
type change struct {
	op Op
	// old, new and keep are names in the tree; "" is none.
	old, new, keep string
	target         string

	// Of a change that is to be made: the machine's paths of old and new,
	// and the content of a file.
	oldPath, newPath string
	data             []byte
}

// line is the change as the journal has it.
func (c change) line(b []byte) []byte {
	word := ""
	switch {
	case c.op == Mkdir:
		word = "mkdir"
	case c.op == Create:
		word = "create"
	case c.op == Remove:
		word = "remove"
	case c.op == Rename:
		word = "rename"
	case c.op == Write:
		word = "write"
	}
	b = append(b, word...)
	for _, f := range []string{c.old, c.new, c.keep, c.target} {
		b = strconv.AppendQuote(append(b, ' '), f)
	}
	return append(b, '\n')
}

func parseChange(line string) (c change, ok bool) {
	word, rest, _ := strings.Cut(line, " ")
	switch word {
	case "mkdir":
		c.op = Mkdir
	case "create":
		c.op = Create
	case "remove":
		c.op = Remove
	case "rename":
		c.op = Rename
	case "write":
		c.op = Write
	default:
		return c, false
	}
	for _, to := range []*string{&c.old, &c.new, &c.keep, &c.target} {
		q, err := strconv.QuotedPrefix(rest)
		if err != nil {
			return c, false
		}
		*to, _ = strconv.Unquote(q)
		rest = strings.TrimPrefix(rest[len(q):], " ")
	}
	for _, n := range []string{c.old, c.new, c.keep} {
		if n != "" && !fs.ValidPath(n) {
			return c, false
		}
	}
	return c, rest == ""
}

// journal is one that is being written.
type journal struct {
	file    *os.File
	changes []change
	// names counts the names given by beside; kept tells that something was
	// kept, which must be cleared away.
	names int
	kept  bool
}

// begin starts a journal.
func (r *Root) begin() (*journal, error) {
	path, err := r.place(r.own(journalName))
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, describe(r.Path(r.own(journalName)), err)
	}
	if _, err := f.WriteString(journalMagic); err != nil {
		f.Close()
		os.Remove(path)
		return nil, describe(r.Path(r.own(journalName)), err)
	}
	return &journal{file: f}, nil
}

// intend writes changes down that are about to be made.
func (r *Root) intend(j *journal, changes []change) error {
	var b []byte
	for _, c := range changes {
		b = c.line(b)
	}
	if _, err := j.file.Write(b); err != nil {
		return describe(r.Path(r.own(journalName)), err)
	}
	j.changes = append(j.changes, changes...)
	return nil
}

// commit makes the changes hold, and clears up behind them.
func (r *Root) commit(j *journal) error {
	j.file.Close()
	path, err := r.place(r.own(journalName))
	if err != nil {
		return err
	}
	if !j.kept {
		if err := os.Remove(path); err != nil {
			return describe(r.Path(r.own(journalName)), err)
		}
		return nil
	}
	done, err := r.place(r.own(doneName))
	if err != nil {
		return err
	}
	if err := os.Rename(path, done); err != nil {
		return describe(r.Path(r.own(journalName)), err)
	}
	return r.clear(j.changes, done)
}

// clear removes what was kept for the case of a failure, then the journal.
func (r *Root) clear(changes []change, journal string) error {
	var first error
	for _, c := range changes {
		if c.keep == "" {
			continue
		}
		at, err := r.place(c.keep)
		if err == nil {
			err = os.Remove(at)
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) && first == nil {
			first = describe(r.Path(c.keep), err)
		}
	}
	if err := os.Remove(journal); err != nil && first == nil {
		first = describe(r.Path(r.own(doneName)), err)
	}
	return first
}

// undo takes changes back, the last one first, whether they have been made,
// partly made or not begun, and then removes the journal.
func (r *Root) undo(changes []change, journal string) error {
	if err := r.back(changes); err != nil {
		return err // the journal stays: the next command tries again
	}
	if err := os.Remove(journal); err != nil {
		return describe(r.Path(r.own(journalName)), err)
	}
	return nil
}

// back is undo without the journal. To take back again what was taken back
// does nothing.
func (r *Root) back(changes []change) error {
	var first error
	for i := len(changes) - 1; i >= 0; i-- {
		if err := r.undoOne(changes[i]); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// undoOne looks at what is there to see how far a change got.
func (r *Root) undoOne(c change) error {
	at := func(name string) (string, bool) {
		if name == "" {
			return "", false
		}
		path, err := r.place(name)
		if err != nil {
			return "", false
		}
		_, err = os.Lstat(path)
		return path, err == nil
	}
	oldPath, oldThere := at(c.old)
	newPath, newThere := at(c.new)
	keepPath, keepThere := at(c.keep)
	var err error
	switch {
	case c.op == Mkdir:
		// One in which somebody else has put something stays.
		os.Remove(newPath)
	case c.op == Create && newThere:
		if target, _ := os.Readlink(newPath); target == c.target {
			err = os.Remove(newPath)
		}
	case c.op == Remove && keepThere && !oldThere:
		err = os.Rename(keepPath, oldPath)
	case c.op == Rename:
		if !oldThere && newThere {
			err = os.Rename(newPath, oldPath)
		}
		if err == nil && keepThere {
			err = os.Rename(keepPath, newPath)
		}
	case c.op == Write:
		// target is the name under which the new content was written.
		if temp, there := at(c.target); there {
			err = os.Remove(temp)
		}
		switch {
		case err != nil:
		case keepThere && sameFile(keepPath, newPath):
			// Two names of the old one: rename(2) would do nothing.
			err = os.Remove(keepPath)
		case keepThere:
			err = os.Rename(keepPath, newPath)
		case newThere && c.old == "":
			// There was none, and what is there is the new one.
			err = os.Remove(newPath)
		}
	}
	if err != nil {
		name := c.new
		if name == "" {
			name = c.old
		}
		return describe(r.Path(name), err)
	}
	return nil
}

func sameFile(a, b string) bool {
	x, errX := os.Lstat(a)
	y, errY := os.Lstat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// Recover takes back what a process has left half done that was killed while
// it changed links, or clears up behind one that was done. It wants the lock;
// with no journal there it is one call that looks for it.
func (r *Root) Recover() error {
	if r.tree.journal != nil {
		return nil // our own
	}
	for _, base := range []string{journalName, doneName} {
		name := r.own(base)
		path, err := r.place(name)
		if err != nil {
			return err
		}
		changes, err := readJournal(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			if base == journalName {
				err = r.undo(changes, path)
			} else {
				err = r.clear(changes, path)
			}
		}
		if err != nil {
			return describe(r.Path(name), fmt.Errorf("links were left half changed: %w", err))
		}
		r.dirs = nil
	}
	return nil
}

// readJournal reads a journal's changes. A last line that is not whole is of
// a change that was not begun.
func readJournal(path string) ([]change, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxJournal {
		return nil, errors.New("is no journal")
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	text, ok := bytes.CutPrefix(data, []byte(journalMagic))
	if !ok {
		if bytes.HasPrefix([]byte(journalMagic), data) {
			return nil, nil // nothing was begun
		}
		return nil, errors.New("is no journal")
	}
	var changes []change
	for n := 2; ; n++ {
		line, rest, whole := bytes.Cut(text, []byte("\n"))
		if !whole {
			return changes, nil
		}
		c, ok := parseChange(string(line))
		if !ok {
			return nil, fmt.Errorf("line %d is no change", n)
		}
		changes, text = append(changes, c), rest
	}
}

// Settle is Recover for those who only read the links, and then without the
// lock: it takes that only if a journal is there, and so waits for a process
// that is changing links now.
func (r *Root) Settle(ctx context.Context) error {
	for _, base := range []string{journalName, doneName} {
		if _, err := r.Lstat(r.own(base)); err != nil {
			continue
		}
		release, err := r.Lock(ctx)
		if err != nil {
			return err
		}
		defer release()
		return r.Recover()
	}
	return nil
}
