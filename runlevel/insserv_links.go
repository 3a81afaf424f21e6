package runlevel

import (
	"errors"
	"io/fs"
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
	// names are those that are there when the plan has been carried out.
	names map[string]bool
}

// entry is one name in a directory.
type entry struct {
	name string
	kind fs.FileMode
	// dangling is set for a link that leads nowhere.
	dangling bool
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

// openDirectory lists a runlevel's directory. It is nil where insserv goes no
// further: one that a dry run did not make.
func (q *sequencer) openDirectory(i int) (*directory, error) {
	level := lsb.LevelNames[i]
	shown := shownDirectory(level)
	if d := q.current[i]; d != nil {
		return d, nil
	}
	d := &directory{name: path.Join(path.Dir(q.Dir), "rc"+string(level)+".d"), level: level}
	entries, err := q.listDirectory(d.name)
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
		d.names = make(map[string]bool, len(d.entries))
		for j := range d.entries {
			d.names[d.entries[j].name] = true
		}
		for j := range d.entries {
			if err := q.scanLink(d, &d.entries[j], levelBit(i)); err != nil {
				return err
			}
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
		q.remove(d, e.name, "leads to no script")
		return nil
	}
	s.stale = "No such file or directory"
	if err := q.read(s); err != nil {
		return err
	}
	if target == "" {
		q.warn("warning: script is corrupt or invalid: ", q.ShownDir, "/", shownDirectory(d.level), e.name, "\n")
		return nil
	}
	if !q.scan.provides.full() {
		q.scan.provides = value{text: rest, set: true}
	}
	var main *service
	for _, w := range q.scan.provides.words() {
		if q.skipProvided(e.name, w.Text) {
			continue
		}
		s := q.service(w.Text)
		side := s.node.side(kind)
		side.levels |= level
		if kind == Stop {
			if s.lowK == 0 || s.lowK > number {
				s.lowK = min(number, maxNumber)
			}
		} else {
			s.highS = max(s.highS, number)
		}
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
	return nil
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
	s = subject{shown: e.name, file: d.name + "/" + e.name, script: e.name}
	if e.kind&fs.ModeSymlink == 0 {
		if e.kind == 0 || e.kind.IsDir() {
			return s, "", false
		}
		_, err := fs.Stat(q.FS, s.file)
		return s, "", err != nil
	}
	to, err := q.FS.ReadLink(s.file)
	if err != nil {
		return s, "", true
	}
	target = to[strings.LastIndexByte(to, '/')+1:]
	// What nearly every link is: one to a plain file of the directory of
	// scripts, whose list is known.
	if to == "../"+path.Base(q.Dir)+"/"+target {
		if kind, ok := q.plain[target]; ok && kind == 0 {
			s.file, s.script = q.Dir+"/"+target, target
			return s, target, false
		}
	}
	if _, err := fs.Stat(q.FS, s.file); err != nil {
		return s, "", true
	}
	q.chase(&s, d.name, to)
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
func (q *sequencer) remove(d *directory, name, why string) {
	q.change("remove service ", q.ShownDir, "/", shownDirectory(d.level), name, "\n")
	if q.DryRun {
		return
	}
	delete(d.names, name)
	q.steps = append(q.steps, Step{Op: Remove, Old: d.name + "/" + name, Reason: why})
}

// create plans to make an entry of a runlevel.
func (q *sequencer) create(d *directory, name, script, why string) {
	target := "../init.d/" + script
	if d.names[name] && !q.DryRun {
		q.warn("can not symlink(", target, ", ", q.ShownDir, "/", shownDirectory(d.level), name, "): File exists\n")
		return
	}
	q.change("enable service ", target, " -> ", q.ShownDir, "/", shownDirectory(d.level), name, "\n")
	if q.DryRun {
		return
	}
	d.names[name] = true
	q.steps = append(q.steps, Step{Op: Create, New: d.name + "/" + name, Target: target, Reason: why})
}

// change tells of a change.
func (q *sequencer) change(parts ...string) {
	if q.Verbose >= 1 {
		q.say(true, parts)
	}
}
