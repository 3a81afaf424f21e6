package runlevel

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"

	"sysv/lsb"
)

// reading is a file that was read, once for all runlevels.
type reading struct {
	// data is the file, unless its header was in its first bytes; length is
	// how much was read.
	data   []byte
	length int
	err    error
	header *lsb.Header
	openRC bool
	// mode is the file's, 0 if it could not be opened.
	mode fs.FileMode
	// scan is what the header says, if ready: that is, if it is the script's
	// own or its override's and there was nothing to complain of.
	scan  scan
	ready bool
}

// value is a field of a header as insserv has it: it may be absent, empty, or
// a text.
type value struct {
	text  string
	set   bool
	field *lsb.Field
	// split are its words, if they were wanted already.
	split []lsb.Word
}

func (v value) empty() bool { return v.set && v.text == "" }
func (v value) full() bool  { return v.set && v.text != "" }

// words are the words of the field, or of a text that was guessed.
func (v value) words() []lsb.Word {
	if v.split != nil {
		return v.split
	}
	if v.field != nil && v.field.Insserv() == v.text {
		return v.field.InsservWords()
	}
	var words []lsb.Word
	for _, w := range splitTokens(v.text) {
		words = append(words, lsb.Word{Text: w})
	}
	return words
}

// splitTokens splits a value as insserv does: up to the first empty word.
func splitTokens(text string) []string {
	var out []string
	for {
		word, rest, more := cutAny(text, lsb.Delimiters)
		if word == "" {
			return out
		}
		out = append(out, word)
		if !more {
			return out
		}
		text = rest
	}
}

func cutAny(s, chars string) (before, after string, found bool) {
	if i := strings.IndexAny(s, chars); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}

// scan is what the header at hand says.
type scan struct {
	provides, requiredStart, requiredStop, shouldStart, shouldStop value
	startBefore, stopAfter, defaultStart, defaultStop, interactive value
	// whole is set if a header with both marks was found, override if it is
	// that of an override file.
	whole, override, upstart, openRC bool
	// header is where the values are from.
	header *lsb.Header
}

// take fills in the values of a header.
func (s *scan) take(h *lsb.Header) {
	if h.Begin == 0 {
		return
	}
	*s = scan{whole: s.whole, override: s.override, upstart: s.upstart, openRC: s.openRC, header: h}
	for i := range h.Fields {
		f := &h.Fields[i]
		v := s.value(f.Key)
		if v != nil && !v.set {
			*v = value{text: f.Insserv(), set: true, field: f}
		}
	}
	if f := s.provides.field; f != nil {
		s.provides.split = f.InsservWords()
	}
}

func (s *scan) value(key lsb.Key) *value {
	switch key {
	case lsb.Provides:
		return &s.provides
	case lsb.RequiredStart:
		return &s.requiredStart
	case lsb.RequiredStop:
		return &s.requiredStop
	case lsb.ShouldStart:
		return &s.shouldStart
	case lsb.ShouldStop:
		return &s.shouldStop
	case lsb.StartBefore:
		return &s.startBefore
	case lsb.StopAfter:
		return &s.stopAfter
	case lsb.DefaultStart:
		return &s.defaultStart
	case lsb.DefaultStop:
		return &s.defaultStop
	case lsb.Interactive:
		return &s.interactive
	}
	return nil
}

// subject is a script that is to be read: the name by which messages call it
// and the file that it is.
type subject struct {
	// shown is the name of the entry: "foo", or "S01foo" in a runlevel.
	shown string
	// file is its name in the file system.
	file string
	// script is the name of the file to which it leads, for which overrides
	// are looked up.
	script string
	// upstart is set if it leads to the Upstart job.
	upstart bool
	// absent is set if the directory of scripts has no such entry.
	absent bool
	// known is its entry, if it is a plain file of the directory of scripts.
	known *scriptEntry
	// stale is the error that insserv would print for a file in which there
	// is nothing to read.
	stale string
}

// read brings the header of a script to hand: that of an override, or its own.
func (q *sequencer) read(s subject) error {
	if r := q.files[s.file]; r != nil && r.ready && s.script == base(s.file) && q.Verbose < 2 {
		q.scan = r.scan
		return nil
	}
	said := len(q.messages)
	err := q.readAnew(s)
	if err == nil && !s.upstart && len(q.messages) == said {
		if r := q.files[s.file]; s.script == base(s.file) {
			r.scan, r.ready = q.scan, true
		}
	}
	return err
}

func base(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }

func (q *sequencer) readAnew(s subject) error {
	q.scan = scan{}
	q.complainOfAbsence(s)
	r := q.file(s.file)
	if r.err != nil && !errors.Is(r.err, errIsDirectory) {
		q.warn("Can not open script ", s.shown, ": ", Strerror(r.err), "\n")
	} else if r.length == 0 {
		why := s.stale
		if r.err != nil {
			why = "Is a directory"
		}
		q.warn("Could not read script ", s.shown, ": ", why, "\n")
	}
	if r.openRC {
		q.scan.openRC = true
		return nil
	}
	q.complainOfAbsence(s)
	if s.upstart {
		q.info(2, "script '", s.shown, "' is upstart job\n")
		q.info(2, "Loading ", s.shown, "\n")
		q.info(2, "script '", s.shown, "' is upstart job\n")
		var out []byte
		if q.Upstart != nil {
			out = q.Upstart(s.shown)
		}
		q.scan.upstart = true
		return q.digest(lsb.Parse(q.show(s.file), out), s.shown)
	}
	for i, dir := range q.Overrides {
		if !q.hasOverride(i, s.script) {
			continue
		}
		shown := q.ShownOverrides[i] + "/" + s.script
		o := q.file(path.Join(dir, s.script))
		q.info(2, "Loading ", shown, "\n")
		if o.err != nil {
			return q.fail("fopen(", shown, "): ", Strerror(o.err), "\n")
		}
		if err := q.digest(q.parsed(o, shown), s.script); err != nil {
			return err
		}
		if q.scan.whole {
			q.scan.override = true
			return nil
		}
	}
	q.info(2, "Loading ", s.shown, "\n")
	if r.err != nil && !errors.Is(r.err, errIsDirectory) {
		q.complainOfAbsence(s)
		return q.fail("fopen(", s.shown, "): ", Strerror(r.err), "\n")
	}
	return q.digest(q.parsed(r, q.show(s.file)), s.shown)
}

func (q *sequencer) complainOfAbsence(s subject) {
	if s.absent {
		q.warn("Can not stat ", s.shown, ": No such file or directory\n")
	}
}

// digest takes a header over and complains of what is missing in it. name is
// the file's, of which insserv leaves out what looks like a link's number.
func (q *sequencer) digest(h *lsb.Header, name string) error {
	q.scan.take(h)
	if name != "" && (name[0] == 'S' || name[0] == 'K') {
		name = name[min(3, len(name)):]
	}
	if h.Begin == 0 {
		return nil
	}
	at := lsb.Position{Path: h.Path, Line: h.Begin}
	if h.End == 0 {
		fatal := "FATAL: "
		if q.Force {
			fatal = ""
		}
		q.warn(fatal, "script ", name, " is broken: missing end of LSB comment.\n")
		q.detailOnce(at, "the header that begins here has no line \"### END INIT INFO\"")
		if !q.Force {
			return q.fail("exiting now!\n")
		}
		return nil
	}
	q.scan.whole = true
	s := &q.scan
	if s.provides.full() && s.requiredStart.set && s.requiredStop.set && s.defaultStart.set && s.defaultStop.set {
		return nil
	}
	q.warn("script ", name, " is broken: incomplete LSB comment.\n")
	if !s.provides.set {
		q.warn("missing `Provides:' entry: please add.\n")
	}
	if s.provides.empty() {
		q.warn("missing valid name for `Provides:' please add.\n")
	}
	for _, m := range [...]struct {
		v     value
		entry string
	}{
		{s.requiredStart, "`Required-Start:' "}, {s.requiredStop, "`Required-Stop:'  "},
		{s.defaultStart, "`Default-Start:'  "}, {s.defaultStop, "`Default-Stop:'   "},
	} {
		if !m.v.set {
			q.warn("missing ", m.entry, "entry: please add even if empty.\n")
		}
	}
	q.detailOnce(at, "is the header")
	return nil
}

// parsed is the header of a file.
func (q *sequencer) parsed(r *reading, shown string) *lsb.Header {
	if r.header == nil {
		r.header = lsb.Parse(shown, r.data)
	}
	return r.header
}

var errIsDirectory = errors.New("is a directory")

// file reads a file, once.
func (q *sequencer) file(name string) *reading {
	if r := q.files[name]; r != nil {
		return r
	}
	r := &reading{}
	q.files[name] = r
	if r.err = r.load(q.FS, name); r.err != nil {
		return r
	}
	r.openRC = openRC(r.data)
	return r
}

// load reads a file, and its mode with it.
func (r *reading) load(fsys fs.FS, name string) error {
	f, err := fsys.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	r.mode = info.Mode()
	if info.IsDir() {
		return errIsDirectory
	}
	// One more than there is, to see the end at once.
	r.data = make([]byte, info.Size()+1)
	n := 0
	for {
		m, err := f.Read(r.data[n:])
		n += m
		if err == io.EOF || err == nil && m == 0 {
			r.data, r.length = r.data[:n], n
			return nil
		}
		if err != nil {
			r.data = nil
			return err
		}
		if n == len(r.data) {
			r.data = append(r.data, make([]byte, max(512, n))...)
		}
	}
}

// openRC is true for the script of OpenRC's interpreter. insserv looks at the
// first 63 bytes of the first line, every second blank of a row left in.
func openRC(src []byte) bool {
	line, _, _ := bytes.Cut(src[:min(63, len(src))], []byte("\n"))
	if !bytes.HasPrefix(line, []byte("#")) || !bytes.Contains(line, []byte("openrc-run")) {
		return false
	}
	var b []byte
	for i := 0; i < len(line); i++ {
		if strings.IndexByte(" \t\n\v\f\r", line[i]) >= 0 {
			i++
			if i == len(line) {
				break
			}
		}
		b = append(b, line[i])
	}
	return bytes.HasPrefix(b, []byte("#!/sbin/openrc-run"))
}

// hasOverride tells whether a directory of overrides has a file of this name.
func (q *sequencer) hasOverride(i int, script string) bool {
	if q.overrides[i] == nil {
		q.overrides[i] = map[string]bool{}
		dir := q.Overrides[i]
		entries, err := fs.ReadDir(q.FS, dir)
		if err != nil {
			return false
		}
		for _, e := range entries {
			if e.Type().IsRegular() {
				q.overrides[i][e.Name()] = true
			} else if info, err := fs.Stat(q.FS, path.Join(dir, e.Name())); err == nil && info.Mode().IsRegular() {
				q.overrides[i][e.Name()] = true
			}
		}
	}
	return q.overrides[i][script]
}

// show is a name of the file system as a message has it.
func (q *sequencer) show(name string) string {
	if rest, ok := strings.CutPrefix(name, q.Dir+"/"); ok {
		return q.ShownDir + "/" + rest
	}
	return "/" + name
}
