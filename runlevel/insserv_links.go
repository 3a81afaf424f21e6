package runlevel

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"

	"sysv/lsb"
)

// directory is what is in a runlevel's directory, and what will be.
type directory struct {
	name  string // in the file system
	level byte
	// entries are the names in the order in which the directory has them,
	// which is that of insserv's work.
	entries []entry
	// missing is set where it has to be made.
	missing bool
	// first is the first entry for a script, entry.next the one after it,
	// in the order of entries.
	first map[string]int32
	// made are the names that the plan makes.
	made map[string]bool
}

// entry is one name in a directory.
type entry struct {
	name string
	kind fs.FileMode
	// dangling is set for a link that leads nowhere, removed for one that
	// the plan removes.
	dangling, removed bool
	// next is the next entry for the same script, 0 for none.
	next int32
	// to is the script to which it leads, if that was found in advance.
	to *scriptEntry
}

// runlevelBits are the runlevels by the index of their bits.
func levelBit(i int) lsb.Levels { return 1 << i }

// shownDirectory is a runlevel's directory as messages have it.
func shownDirectory(level byte) string { return "../rc" + string(level) + ".d/" }

// listDirectory reads the names of a directory in its own order.
func (q *sequencer) listDirectory(name string) ([]entry, error) {
	f, err := q.FS.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	d, ok := f.(fs.ReadDirFile)
	if !ok {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: errors.New("not a directory")}
	}
	if m, ok := f.(*os.File); ok {
		if entries := machineEntries(m); entries != nil {
			return entries, nil
		}
	}
	list, err := d.ReadDir(-1)
	if err != nil {
		return nil, err
	}
	entries := make([]entry, len(list))
	for i, e := range list {
		entries[i] = entry{name: e.Name(), kind: e.Type()}
	}
	return entries, nil
}

// directoryName is the directory of a runlevel, by the index of its bit.
func (q *sequencer) directoryName(i int) string {
	return path.Join(path.Dir(q.Dir), "rc"+lsb.LevelNames[i:i+1]+".d")
}

// usualScript is the script to which a link leads that is like nearly all:
// one to a plain file of the directory of scripts, whose list is known.
func (q *sequencer) usualScript(to []byte) *scriptEntry {
	if rest, ok := bytes.CutPrefix(to, q.usual); ok {
		if e := q.plain[string(rest)]; e != nil && e.kind == 0 {
			return e
		}
	}
	return nil
}

// remember makes the lists of the entries for each script.
func (d *directory) remember() {
	d.first = make(map[string]int32, len(d.entries))
	for i := len(d.entries) - 1; i >= 0; i-- {
		e := &d.entries[i]
		if _, _, script, ok := isLinkName(e.name); ok && !e.removed {
			if at, ok := d.first[script]; ok {
				e.next = at + 1
			}
			d.first[script] = int32(i)
		}
	}
}

// of are the entries for a script that are left, in the directory's order.
func (d *directory) of(script string, f func(*entry)) {
	i, ok := d.first[script]
	if !ok {
		return
	}
	for n := i + 1; n != 0; {
		e := &d.entries[n-1]
		n = e.next
		if !e.removed {
			f(e)
		}
	}
}

// has is true if there is an entry of this name, which is one for a script.
func (d *directory) has(name, script string) (found bool) {
	d.of(script, func(e *entry) { found = found || e.name == name })
	return found || d.made[name]
}

// openDirectory lists a runlevel's directory. It is nil where insserv goes no
// further: one that a dry run did not make.
func (q *sequencer) openDirectory(i int) (*directory, error) {
	level := lsb.LevelNames[i]
	shown := shownDirectory(level)
	if d := q.current[i]; d != nil {
		return d, nil
	}
	d := &directory{name: q.directoryName(i), level: level}
	entries, err := q.listed[i], error(nil)
	if entries == nil {
		entries, err = q.listDirectory(d.name)
	}
	switch {
	case err == nil:
		d.entries = entries
	case errors.Is(err, fs.ErrNotExist):
		q.info(1, "creating directory '", shown, "'\n")
		if q.DryRun {
			q.warn("can not opendir(", shown, "): No such file or directory\n")
			return nil, nil
		}
		d.missing = true
	case q.DryRun:
		q.warn("can not opendir(", shown, "): ", Strerror(err), "\n")
		return nil, nil
	default:
		return nil, q.fail("can not opendir(", shown, "): ", Strerror(err), "\n")
	}
	return d, nil
}

// isLinkName is true for S or K and at least two digits; number are all of
// them, rest what is behind the first two.
func isLinkName(name string) (kind Kind, number int, rest string, ok bool) {
	if len(name) < 3 || name[0] != 'S' && name[0] != 'K' || !digit(name[1]) || !digit(name[2]) {
		return 0, 0, "", false
	}
	for i := 1; i < len(name) && digit(name[i]) && number < maxNumber*10; i++ {
		number = number*10 + int(name[i]-'0')
	}
	return Kind(name[0]), number, name[3:], true
}

// scanLinks reads the present links, and the headers of the scripts to which
// they lead: what is linked is so by the will of the administrator.
func (q *sequencer) scanLinks() error {
	for i := 0; i < len(lsb.LevelNames); i++ {
		d, err := q.openDirectory(i)
		if err != nil {
			return err
		}
		if d == nil {
			return nil
		}
		q.current[i] = d
		if err := q.scanDirectory(d, levelBit(i)); err != nil {
			return err
		}
		d.remember()
	}
	return nil
}

func (q *sequencer) scanDirectory(d *directory, level lsb.Levels) error {
	for j := range d.entries {
		if err := q.scanLink(d, &d.entries[j], level); err != nil {
			return err
		}
	}
	return nil
}

func (q *sequencer) scanLink(d *directory, e *entry, level lsb.Levels) error {
	kind, number, rest, ok := isLinkName(e.name)
	if !ok {
		return nil
	}
	s, target, dangling := q.follow(d, e)
	if dangling {
		e.dangling = true
		q.remove(d, e, "leads to no script")
		return nil
	}
	entry := s.known
	if entry != nil && entry.services != nil && q.linkAgain(entry, kind, number, level) {
		return nil
	}
	s.stale = "No such file or directory"
	said := len(q.messages)
	if err := q.read(s); err != nil {
		return err
	}
	if target == "" {
		q.warn("warning: script is corrupt or invalid: ", q.ShownDir, "/", shownDirectory(d.level), e.name, "\n")
		return nil
	}
	if !q.scan.provides.full() {
		entry = nil // what it provides is the link's own name
		q.scan.provides = value{text: rest, set: true}
	}
	var main *service
	var services []*service
	for _, w := range q.scan.provides.words() {
		if q.skipProvided(e.name, w.Text) {
			continue
		}
		s := q.service(w.Text)
		s.place(kind, number, level)
		services = append(services, s)
		if main != nil {
			q.nickname(main, s)
		} else {
			main = s
		}
		if !q.provide(s, target) {
			continue
		}
		s.entries++
		if s.flags&known != 0 {
			continue
		}
		s.flags |= known | linked
		q.complainOfTags(e.name)
		q.requireStart(s, target)
		if q.scan.startBefore.full() {
			q.precede(s, q.demand(target, Start, false, q.scan.startBefore), q.scan.startBefore.words())
		}
		q.requireStop(s, target)
		if q.scan.stopAfter.full() {
			q.precede(s, q.demand(target, Stop, false, q.scan.stopAfter), q.scan.stopAfter.words())
		}
		if q.scan.interactive.text == "true" {
			s.flags |= alone
		}
	}
	if entry != nil && len(q.messages) == said && q.Verbose < 2 {
		entry.services = services
	}
	return nil
}

// place notes a present link of a service.
func (s *service) place(kind Kind, number int, level lsb.Levels) {
	s.node.side(kind).levels |= level
	if kind == Start {
		s.highS = max(s.highS, number)
	} else if s.lowK == 0 || s.lowK > number {
		s.lowK = min(number, maxNumber)
	}
}

// linkAgain notes another link to a script, as scanLink does; it is false if
// there is more to be done.
func (q *sequencer) linkAgain(entry *scriptEntry, kind Kind, number int, level lsb.Levels) bool {
	for _, s := range entry.services {
		if s.flags&known == 0 || s.node != entry.services[0].node || s.node.script != entry.name {
			return false
		}
	}
	for _, s := range entry.services {
		s.place(kind, number, level)
		s.entries++
	}
	return true
}

func (q *sequencer) demand(script string, kind Kind, must bool, v value) demand {
	return demand{script: script, kind: kind, must: must, field: v.field}
}

// requireStart remembers what a service's start needs, requireStop what its
// stop does.
func (q *sequencer) requireStart(s *service, script string) {
	if v := q.scan.requiredStart; v.full() {
		q.require(s, q.demand(script, Start, true, v), v.words())
	}
	if v := q.scan.shouldStart; v.full() {
		q.require(s, q.demand(script, Start, false, v), v.words())
	}
}

func (q *sequencer) requireStop(s *service, script string) {
	if v := q.scan.requiredStop; v.full() {
		q.require(s, q.demand(script, Stop, true, v), v.words())
	}
	if v := q.scan.shouldStop; v.full() {
		q.require(s, q.demand(script, Stop, false, v), v.words())
	}
}

// skipProvided complains of a name that no script can provide.
func (q *sequencer) skipProvided(shown, name string) bool {
	switch name[0] {
	case '$':
		q.warn("script ", shown, " provides system facility ", name, ", skipped!\n")
	case '#':
		q.warn("script ", shown, " provides facility ", name, " with comment sign, skipped!\n")
	default:
		return false
	}
	return true
}

// complainOfTags warns of a script that has no header.
func (q *sequencer) complainOfTags(shown string) {
	if !q.scan.whole && !q.scan.openRC {
		q.warn("warning: script '", shown, "' missing LSB tags\n")
		q.detailOnce(lsb.Position{Path: q.ShownDir + "/" + plainName(shown), Line: 1}, "has no block \"### BEGIN INIT INFO\"")
	}
}

// plainName is the name of an entry without a link's number.
func plainName(name string) string {
	if _, _, rest, ok := isLinkName(name); ok && rest != "" {
		return rest
	}
	return name
}

// maxFollow is how many links insserv follows to find a script's name.
const maxFollow = 20

// follow finds the script of an entry of a runlevel's directory: target is
// the name that its own link leads to, "" if it is none.
func (q *sequencer) follow(d *directory, e *entry) (s subject, target string, dangling bool) {
	if e.kind&fs.ModeSymlink == 0 {
		s = subject{shown: e.name, file: d.name + "/" + e.name, script: e.name}
		if e.kind == 0 || e.kind.IsDir() {
			return s, "", false
		}
		_, err := fs.Stat(q.FS, s.file)
		return s, "", err != nil
	}
	known, text := e.to, ""
	if known == nil {
		var err error
		if text, err = q.FS.ReadLink(d.name + "/" + e.name); err != nil {
			return s, "", true
		}
		known = q.usualScript([]byte(text))
	}
	if known != nil {
		return subject{shown: e.name, file: known.file, script: known.name, known: known}, known.name, false
	}
	target = text[strings.LastIndexByte(text, '/')+1:]
	s = subject{shown: e.name, file: d.name + "/" + e.name, script: e.name}
	if _, err := fs.Stat(q.FS, s.file); err != nil {
		return s, "", true
	}
	q.chase(&s, d.name, text)
	return s, target, false
}

// chase follows a link that leads from a directory to to, until it comes to
// what is none.
func (q *sequencer) chase(s *subject, dir, to string) {
	for n := 0; ; n++ {
		if to == q.UpstartJob && q.UpstartJob != "" {
			s.upstart = true
			return
		}
		name := strings.TrimPrefix(path.Clean("/"+to), "/")
		if !strings.HasPrefix(to, "/") {
			name = path.Join(dir, to)
		}
		if name == "" || strings.HasPrefix(name, "../") || name == ".." {
			return
		}
		s.file, s.script = name, to[strings.LastIndexByte(to, '/')+1:]
		next, err := q.FS.ReadLink(name)
		if err != nil || n == maxFollow {
			return
		}
		dir, to = path.Dir(name), next
	}
}

// remove plans to remove an entry of a runlevel.
func (q *sequencer) remove(d *directory, e *entry, why string) {
	if q.Verbose >= 1 {
		q.change("remove service ", q.ShownDir, "/", shownDirectory(d.level), e.name, "\n")
	}
	if q.DryRun {
		return
	}
	e.removed = true
	q.steps = append(q.steps, Step{Op: Remove, Old: d.name + "/" + e.name, Reason: why})
}

// create plans to make an entry of a runlevel.
func (q *sequencer) create(d *directory, name, script, why string) {
	target := "../init.d/" + script
	if !q.DryRun && d.has(name, script) {
		q.warn("can not symlink(", target, ", ", q.ShownDir, "/", shownDirectory(d.level), name, "): File exists\n")
		return
	}
	if q.Verbose >= 1 {
		q.change("enable service ", target, " -> ", q.ShownDir, "/", shownDirectory(d.level), name, "\n")
	}
	if q.DryRun {
		return
	}
	if d.made == nil {
		d.made = map[string]bool{}
	}
	d.made[name] = true
	q.steps = append(q.steps, Step{Op: Create, New: d.name + "/" + name, Target: target, Reason: why})
}

// change tells of a change.
func (q *sequencer) change(parts ...string) {
	if q.Verbose >= 1 {
		q.say(true, parts)
	}
}
