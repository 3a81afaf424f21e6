package runlevel

import (
	"io/fs"
	"path"
	"strings"

	"sysv/lsb"
)

// scriptEntry is an entry of the directory of scripts.
type scriptEntry struct {
	name, file string
	kind       fs.FileMode
	// services are those that it provides, once a link to it was read that
	// is like all others: there is nothing in it to complain of.
	services []*service
	// header is what was read for it, nil if there was none.
	header *lsb.Header
}

// readScripts lists the directory of scripts.
func (q *sequencer) readScripts() error {
	entries, err := q.listDirectory(q.Dir)
	if err != nil {
		return q.fail("pushd() cannot change to directory ", q.ShownDir, ": ", Strerror(err), "\n")
	}
	q.plain = make(map[string]*scriptEntry, len(entries))
	q.scripts = make([]scriptEntry, len(entries))
	q.usual = []byte("../" + path.Base(q.Dir) + "/")
	for i, e := range entries {
		q.scripts[i] = scriptEntry{name: e.name, file: q.Dir + "/" + e.name, kind: e.kind}
		q.plain[e.name] = &q.scripts[i]
	}
	return nil
}

// subject is an entry of the directory of scripts as what is to be read.
func (q *sequencer) subject(name string) subject {
	s := subject{shown: name, script: name, stale: "Success"}
	e := q.plain[name]
	if e == nil {
		s.file, s.absent = q.Dir+"/"+name, true
		return s
	}
	s.file = e.file
	if e.kind&fs.ModeSymlink != 0 {
		if to, err := q.FS.ReadLink(s.file); err == nil {
			q.chase(&s, q.Dir, to)
		}
	}
	return s
}

// scanArguments reads the scripts of the command line for what they provide,
// so that all is known that they need.
func (q *sequencer) scanArguments() error {
	for _, a := range q.Scripts {
		s := q.subject(a.Name)
		s.stale = "No such file or directory"
		if err := q.read(s); err != nil {
			return err
		}
		q.complainOfTags(a.Name)
		if !q.scan.provides.full() {
			q.scan.provides = value{text: a.Name, set: true}
		}
		var main *service
		for _, w := range q.scan.provides.words() {
			if q.skipProvided(a.Name, w.Text) {
				continue
			}
			s := q.service(w.Text)
			if main != nil {
				q.nickname(main, s)
			} else {
				main = s
			}
			s.flags |= asked
		}
	}
	return nil
}

// scanScripts reads all scripts, the first of the command line before the
// others: of two that provide the same, it is the one that counts.
func (q *sequencer) scanScripts() error {
	if len(q.Scripts) > 0 {
		for i := range q.scripts {
			if arg, ok := q.arguments[q.scripts[i].name]; ok && arg == 0 {
				if err := q.scanScript(q.scripts[i], arg); err != nil {
					return err
				}
			}
		}
	}
	for i := range q.scripts {
		arg, ok := q.arguments[q.scripts[i].name]
		if !ok {
			arg = -1
		}
		if arg == 0 {
			continue
		}
		if err := q.scanScript(q.scripts[i], arg); err != nil {
			return err
		}
	}
	return nil
}

// eligible tells whether an entry is a script, and complains if it is not
// although it is asked for.
func (q *sequencer) eligible(e scriptEntry, arg int) bool {
	complain := func(parts ...string) bool {
		if arg >= 0 {
			q.warn(parts...)
		}
		return false
	}
	if e.name[0] == '.' || e.kind.IsDir() {
		return false
	}
	mode, err := q.modeOf(e)
	if err != nil {
		q.warn("can not stat(", e.name, ")\n")
		return false
	}
	link := mode&fs.ModeSymlink != 0
	if !link && !(mode.IsRegular() && mode&0o100 != 0) {
		return complain("script ", e.name, " is not an executable file, will be skipped in boot sequence!\n")
	}
	if link && e.name != "reboot" {
		to, err := q.FS.ReadLink(e.file)
		if err != nil {
			return false
		}
		if !strings.Contains(to, "/") {
			return complain("script ", e.name, " is a symlink to another script, skipped!\n")
		}
		info, err := fs.Stat(q.FS, e.file)
		if err != nil || info.IsDir() {
			return false
		}
		if !info.Mode().IsRegular() || info.Mode()&0o100 == 0 {
			return complain("script ", e.name, " is not an executable regular file, will be skipped in boot sequence!\n")
		}
	}
	if lsb.Ignored(e.name, q.Filters) != "" {
		return complain("script name ", e.name, " is not valid, skipped!\n")
	}
	return true
}

// modeOf is the type and the permissions of an entry: those of the file that
// was opened to be read, if it is a plain one.
func (q *sequencer) modeOf(e scriptEntry) (fs.FileMode, error) {
	if e.kind == 0 {
		if r := q.file(e.file); r.mode != 0 {
			return r.mode, nil
		}
	}
	info, err := q.FS.Lstat(e.file)
	if err != nil {
		return 0, err
	}
	return info.Mode(), nil
}

// scanScript reads one script, and makes its services.
func (q *sequencer) scanScript(e scriptEntry, arg int) error {
	if !q.eligible(e, arg) {
		return nil
	}
	if err := q.read(q.subject(e.name)); err != nil {
		return err
	}
	q.complainOfTags(e.name)
	q.plain[e.name].header = q.scan.header
	if q.scan.openRC {
		q.scan.requiredStart = value{text: "$remote_fs $syslog", set: true}
		q.scan.requiredStop = value{text: "$remote_fs $syslog", set: true}
		q.scan.defaultStart = value{text: "2 3 4 5", set: true}
		q.scan.defaultStop = value{text: "0 1 6", set: true}
	}
	if !q.scan.provides.full() {
		q.guessHeader(e.name)
	}
	s := q.makeServices(e.name, arg)
	if !q.scan.defaultStart.set {
		q.warn("Default-Start undefined, assuming empty start runlevel(s) for script `", e.name, "'\n")
		q.scan.defaultStart = value{set: true}
	}
	if !q.scan.defaultStop.set {
		q.warn("Default-Stop  undefined, assuming empty stop runlevel(s) for script `", e.name, "'\n")
		q.scan.defaultStop = value{set: true}
	}
	hard := arg >= 0 && !q.Defaults && !q.Remove && q.Scripts[arg].HasLevels
	if hard {
		q.overrideLevels(e.name, q.Scripts[arg].Levels)
	}
	q.setLevels(s, hard)
	return nil
}

// guessHeader makes up a header for a script that provides nothing: of its
// name, of its present links, or of what needs it.
func (q *sequencer) guessHeader(name string) {
	h := &q.scan
	h.provides = value{text: name, set: true}
	// A service that is not known is one that nothing needs.
	levels := func(v *value, l lsb.Levels) {
		if text := l.String(); !v.full() && text != "" {
			*v = value{text: text, set: true}
		}
	}
	if s := q.byName[name]; s != nil {
		if !h.requiredStart.full() {
			if o := q.guessBefore(s); o != nil {
				h.requiredStart = value{text: o.name, set: true}
			}
		}
		if !h.requiredStop.full() {
			if o := q.guessAfter(s); o != nil {
				h.requiredStop = value{text: o.name, set: true}
			}
		}
		levels(&h.defaultStart, s.node.start.levels)
		levels(&h.defaultStop, s.node.stop.levels)
	}
}

// guessBefore is the youngest service that starts before s at present.
func (q *sequencer) guessBefore(s *service) *service {
	for i := len(q.services) - 1; i >= 0; i-- {
		o := original(q.services[i])
		if o.highS != 0 && o.highS < s.highS && o.node.start.levels&s.node.start.levels != 0 {
			return o
		}
	}
	return nil
}

// guessAfter is the youngest service that stops after s at present.
func (q *sequencer) guessAfter(s *service) *service {
	for i := len(q.services) - 1; i >= 0; i-- {
		o := original(q.services[i])
		if o.lowK != 0 && o.lowK > s.lowK && o.node.stop.levels&s.node.stop.levels != 0 {
			return o
		}
	}
	return nil
}

// makeServices makes the services that the script provides, and remembers
// what they need. It returns the last one.
func (q *sequencer) makeServices(script string, arg int) *service {
	var main, s *service
	for _, w := range q.scan.provides.words() {
		if q.skipProvided(script, w.Text) {
			continue
		}
		s = q.service(w.Text)
		if main != nil {
			q.nickname(main, s)
		} else {
			main = s
		}
		if !q.provide(s, script) {
			s = q.provided(s, script, w, arg)
			continue
		}
		isKnown := s.flags&known != 0
		s.flags |= known
		if !isKnown {
			q.requireStart(s, script)
			q.requireStop(s, script)
			if q.scan.interactive.text == "true" {
				s.flags |= alone
			}
		}
		if v := q.scan.startBefore; v.full() {
			q.precede(s, q.demand(script, Start, false, v), v.words())
		}
		if v := q.scan.stopAfter; v.full() {
			q.precede(s, q.demand(script, Stop, false, v), v.words())
		}
		q.complainOfOverlap(script)
		if arg >= 0 {
			var ok bool
			if q.Remove {
				ok = q.checkUsers(s)
			} else {
				ok = q.checkNeeds(s)
			}
			if !ok && !q.Force {
				q.wrong = true
			}
		}
		q.takeDefault(s, script, arg, Start)
		q.takeDefault(s, script, arg, Stop)
	}
	return s
}

// provided deals with a service that another script provides already.
func (q *sequencer) provided(s *service, script string, w lsb.Word, arg int) *service {
	if !q.Remove || arg < 0 {
		q.warn("script ", script, ": service ", w.Text, " already provided!\n")
		if w.Line > 0 {
			q.detailOnce(w.Position, q.scan.provides.field.Name, ": ", w.Text, " is what ", q.ShownDir, "/", s.node.script, " provides")
		}
	}
	switch {
	case !q.Remove && !q.Force && arg >= 0:
		q.wrong = true
		return s
	case !q.Remove || !q.Force && arg < 0:
		return s
	}
	// By another name it can be removed.
	s = original(q.service(script))
	s.flags |= already
	q.provide(s, script)
	return s
}

// complainOfOverlap warns of a runlevel in which the script is both started
// and stopped.
func (q *sequencer) complainOfOverlap(script string) {
	start, stop := q.scan.defaultStart, q.scan.defaultStop
	if !start.set || !stop.set {
		return
	}
	for i := 0; i < len(start.text); i++ {
		if c := start.text[i]; c != ' ' && strings.IndexByte(stop.text, c) >= 0 {
			q.warn("Script `", script, "' has overlapping Default-Start and Default-Stop runlevels (", start.text, ") and (", stop.text, "). This should be fixed.\n")
			return
		}
	}
}

// takeDefault gives a service the runlevels of its header, unless it is linked
// already: then it says so where they differ.
func (q *sequencer) takeDefault(s *service, script string, arg int, kind Kind) {
	v, word := &q.scan.defaultStart, "start"
	if kind == Stop {
		v, word = &q.scan.defaultStop, "stop"
	}
	side := s.node.side(kind)
	tell := arg >= 0 && !q.Remove && !q.Scripts[max(arg, 0)].HasLevels
	switch {
	case v.full():
		levels := levelsOf(v.text)
		if s.flags&linked == 0 {
			side.levels = levels
			return
		}
		if !q.Defaults && levels != side.levels && tell {
			present := "empty"
			if side.levels != 0 {
				present = side.levels.String()
			}
			q.warn("warning: current ", word, " runlevel(s) (", present, ") of script `", script, "' overrides LSB defaults (", orNull(levels), ").\n")
		}
	case v.empty():
		if s.flags&linked == 0 || q.Defaults || side.levels == 0 {
			return
		}
		if tell {
			q.warn("warning: current ", word, " runlevel(s) (", side.levels.String(), ") of script `", script, "' overrides LSB defaults (empty).\n")
		}
		*v = value{text: side.levels.String(), set: true}
	}
}

// orNull is a set of levels as printf(3) has what lvl2str gives for it.
func orNull(l lsb.Levels) string {
	if l == 0 {
		return "(null)"
	}
	return l.String()
}

// levelsOf reads the runlevels of a value: unlike names, they may have empty
// words between them.
func levelsOf(text string) lsb.Levels {
	var l lsb.Levels
	start := 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) && strings.IndexByte(lsb.Delimiters, text[i]) < 0 {
			continue
		}
		if i-start == 1 {
			l |= lsb.LevelOf(text[start])
		}
		start = i + 1
	}
	return l
}

// overrideLevels takes the runlevels of the command line, "start=2,3,stop=0".
func (q *sequencer) overrideLevels(script, text string) {
	type mark struct {
		word string
		kind Kind
		v    *value
		at   int
	}
	marks := [...]mark{{"start=", Start, &q.scan.defaultStart, 0}, {"stop=", Stop, &q.scan.defaultStop, 0}}
	for i := range marks {
		marks[i].at = strings.Index(text, marks[i].word)
	}
	for _, m := range marks {
		if m.at < 0 {
			continue
		}
		// It goes on to the other mark, if that stands behind.
		levels := text[m.at+len(m.word):]
		for _, o := range marks {
			if o.at > m.at {
				levels = text[m.at+len(m.word) : o.at]
			}
		}
		levels = strings.TrimSuffix(levels, ",")
		if q.Force {
			if n := q.ofScript(script); n != nil {
				n.side(m.kind).levels = 0
			}
		}
		*m.v = value{text: levels, set: true}
	}
}

// setLevels adds the runlevels of the header to those of the script's service.
func (q *sequencer) setLevels(s *service, hard bool) {
	for _, w := range q.scan.provides.words() {
		if w.Text[0] == '$' || w.Text[0] == '#' {
			continue
		}
		if s == nil {
			s = q.service(w.Text)
		}
		s = original(s)
		if s.flags&linked != 0 && !hard && (q.Remove || !q.Defaults) {
			continue
		}
		s.node.start.levels |= levelsOf(q.scan.defaultStart.text)
		s.node.stop.levels |= levelsOf(q.scan.defaultStop.text)
	}
}
