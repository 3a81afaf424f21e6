package runlevel

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"sysv/lsb"
)

// State is what [ChkconfigTree.Set] makes of a service.
type State int

// The words of chkconfig's command line.
const (
	// Off and On stop and start the service in the runlevels.
	Off State = iota
	On
	// Reset makes it as its script says.
	Reset
	// ResetPriorities keeps whether it starts, and numbers it anew.
	ResetPriorities
)

// ErrRequired is a service that others require, so that it stays.
var ErrRequired = errors.New("is required by others")

// ErrMissing is a service whose requirements are not there.
var ErrMissing = errors.New("a service that it requires is not there")

// chkconfigEvery and chkconfigUsual are the runlevels that a change without
// --level is for.
const (
	chkconfigEvery int32 = 1<<ChkconfigLevels - 1
	chkconfigUsual int32 = 1<<2 | 1<<3 | 1<<4 | 1<<5
)

// relink gives a script one link in a runlevel in place of all that it has
// (doSetService of leveldb.c).
func (t *ChkconfigTree) relink(s *ChkconfigService, level int, on bool, reason string) {
	l := Link{Level: byte('0' + level), Kind: Stop, Number: s.Stop, Script: s.Name, Target: "../init.d/" + s.Name}
	if on {
		l.Kind, l.Number = Start, s.Start
	}
	e := chkconfigEntry{Link: l, name: l.Name()}
	p := RcDir(l.Level) + "/" + e.name
	d := t.dir(level)
	switch {
	case d.file:
		t.Failed = append(t.Failed, &LinkError{Path: p, Err: ErrNotDirectory})
		return
	case strings.Contains(s.Name, "/"):
		t.Failed = append(t.Failed, &LinkError{Path: p, Err: fs.ErrNotExist})
		return
	}
	t.unlink(s.Name, level, reason)
	kept := d.entries[s.Name]
	if slices.ContainsFunc(kept, func(k chkconfigEntry) bool { return k.name == e.name }) {
		t.Failed = append(t.Failed, &LinkError{Path: p, Err: fs.ErrExist})
		return
	}
	d.entries[s.Name] = append(slices.Clone(kept), e)
}

// ErrNotDirectory is a file in the place of a directory of links.
var ErrNotDirectory = errors.New("not a directory")

// unlink takes all links of a script in a runlevel away, but no directory.
func (t *ChkconfigTree) unlink(script string, level int, reason string) {
	d := t.dir(level)
	place := chkconfigPlace{level, script}
	have := d.entries[script]
	if _, seen := t.touched[place]; !seen {
		t.touched[place] = have
	}
	if reason != "" {
		t.reasons[place] = reason
	}
	var kept []chkconfigEntry
	for _, e := range have {
		if e.dir {
			kept = append(kept, e)
		}
	}
	d.entries[script] = kept
}

// frob numbers all LSB services anew, as if s started in the runlevels of its
// Current, and then s itself; s gets links in all runlevels. With strict,
// requirements that are missing leave s as it is and are [ErrMissing], unless
// it starts in no runlevel (frobDependencies of chkconfig.c).
func (t *ChkconfigTree) frob(s *ChkconfigService, strict bool) error {
	services, err := t.Services()
	if err != nil {
		return err
	}
	for _, other := range services {
		if other.Name == s.Name {
			other.Current = s.Current
		}
	}
	order := Order(services)
	for i, other := range services {
		if order.Changed[i] {
			t.renumber(other, false)
		}
	}
	missing := order.place(s)
	if strict && len(missing) > 0 && s.Header.Levels&chkconfigEvery != 0 {
		w := missing[0]
		return fmt.Errorf("%s:%d:%d: %s: %w", w.Path, w.Line, w.Col, w.Text, ErrMissing)
	}
	t.renumber(s, true)
	return nil
}

// renumber gives the links that a service has its numbers; with all, it gets
// those that it lacks, as its file says.
func (t *ChkconfigTree) renumber(s *ChkconfigService, all bool) {
	for level := range ChkconfigLevels {
		l, ok, err := t.Configured(s.Name, level)
		if err != nil {
			continue
		}
		on := ok && l.Kind == Start
		if !ok {
			on = s.Header.Levels&(1<<level) != 0
		}
		number := s.Stop
		if on {
			number = s.Start
		}
		if ok && l.Number == number || !ok && !all {
			continue
		}
		t.relink(s, level, on, "numbers follow from what is required")
	}
}

// Add gives a service a link in each runlevel that has none, on or off as its
// file says. With strict, as in install_initd(8), what it requires has to be
// there.
func (t *ChkconfigTree) Add(s *ChkconfigService, strict bool) error {
	if s.Header.LSB {
		referenced, err := t.Referenced(s.Name)
		if err != nil {
			return err
		}
		if !referenced {
			s.Current = s.Header.Levels
		}
		return t.frob(s, strict)
	}
	for level := range ChkconfigLevels {
		_, ok, err := t.Configured(s.Name, level)
		if err != nil {
			return err
		}
		if !ok {
			t.relink(s, level, s.Header.Levels&(1<<level) != 0, levelsReason(s.Header))
		}
	}
	return nil
}

// levelsReason names the line that says the runlevels.
func levelsReason(h *lsb.Chkconfig) string {
	return fmt.Sprintf("%s:%d", h.LevelsAt.Path, h.LevelsAt.Line)
}

// Delete takes a service's links away. With strict, as in remove_initd(8),
// one that others require stays: [ErrRequired].
func (t *ChkconfigTree) Delete(s *ChkconfigService, strict bool) error {
	if strict {
		services, err := t.Services()
		if err != nil {
			return err
		}
		for _, other := range services {
			if t.needs(other, s.Name) {
				return fmt.Errorf("%s: %w: %s", s.Name, ErrRequired, other.Name)
			}
		}
	}
	for level := range ChkconfigLevels {
		t.unlink(s.Name, level, "removed")
	}
	return nil
}

// needs says whether a service that is in use requires another one.
func (t *ChkconfigTree) needs(s *ChkconfigService, name string) bool {
	named := func(words []lsb.Word) bool {
		return slices.ContainsFunc(words, func(w lsb.Word) bool { return w.Text == name })
	}
	if named(s.Header.RequiredStart) && s.Current != 0 {
		return true
	}
	if !named(s.Header.RequiredStop) {
		return false
	}
	for level := range ChkconfigLevels {
		if _, ok, _ := t.Configured(s.Name, level); ok && !s.On(level) {
			return true
		}
	}
	return false
}

// Set turns a service on or off, or resets it, in the runlevels of where, a
// bit for each; 0 is 2 to 5 for On and Off and all for the others.
func (t *ChkconfigTree) Set(s *ChkconfigService, where int32, state State) error {
	if where == 0 {
		where = chkconfigEvery
		if state == On || state == Off {
			where = chkconfigUsual
		}
	}
	switch state {
	case Reset:
		s.Current = s.Header.Levels
	case On:
		s.Current |= where
	case Off:
		// Each runlevel that is turned off sets the bits of all others: so
		// does the original, and its numbers come of it.
		for level := range ChkconfigLevels {
			if where&(1<<level) != 0 {
				s.Current |= ^(int32(1) << level)
			}
		}
	}
	if s.Header.LSB {
		if err := t.frob(s, false); err != nil {
			return err
		}
	}
	for level := range ChkconfigLevels {
		if where&(1<<level) == 0 {
			continue
		}
		on, reason := state == On, "chkconfig on"
		switch state {
		case Off:
			reason = "chkconfig off"
		case ResetPriorities:
			reason = "chkconfig resetpriorities"
			now, err := t.on(s.Name, level)
			if err != nil {
				return err
			}
			on = now
		case Reset:
			reason = levelsReason(s.Header)
			on = s.Header.Levels&(1<<level) != 0
		}
		t.relink(s, level, on, reason)
	}
	return nil
}

// Override makes a service's links those of its override, if they are still
// those that the script alone would have. It says whether there is an
// override that changes something; a service or an override that cannot be
// read is none. check is asked before anything is changed.
func (t *ChkconfigTree) Override(name string, check func() error) error {
	h, err := t.read(chkconfigScripts, name)
	if err != nil || !h.Supported() {
		return nil
	}
	over, err := t.read(chkconfigOverrides, name)
	if err != nil || over.Fault != nil {
		return nil
	}
	if err := check(); err != nil {
		return err
	}
	if h.HasLevels == over.HasLevels && h.Levels == over.Levels && h.Start == over.Start && h.Stop == over.Stop {
		return nil
	}
	s := &ChkconfigService{Name: name, Header: h, Start: h.Start, Stop: h.Stop}
	merged := overrideAlone(h, over)
	o := &ChkconfigService{Name: name, Header: merged, Start: merged.Start, Stop: merged.Stop}
	if h.LSB && s.Start < 0 {
		if err := t.frob(s, false); err != nil {
			return err
		}
	}
	if merged.LSB && o.Start < 0 {
		if err := t.frob(o, false); err != nil {
			return err
		}
	}
	configured := false
	for level := range ChkconfigLevels {
		l, ok, err := t.Configured(name, level)
		if err != nil {
			return err
		}
		on := h.Levels&(1<<level) != 0
		number := s.Stop
		if on {
			number = s.Start
		}
		if ok && (l.Kind == Start) != on || ok && l.Number != number {
			return nil
		}
		configured = configured || ok
	}
	if !configured {
		return nil
	}
	for level := range ChkconfigLevels {
		t.relink(o, level, merged.Levels&(1<<level) != 0, levelsReason(merged))
	}
	return nil
}

// overrideAlone is an override as --override reads it: by itself, what it
// requires too, but for the runlevels and numbers that it does not say.
func overrideAlone(h, over *lsb.Chkconfig) *lsb.Chkconfig {
	o := *over
	if !o.HasLevels {
		o.Levels, o.HasLevels, o.LevelsAt = h.Levels, true, h.LevelsAt
	}
	if o.Start < 0 && !h.LSB && !o.LSB {
		o.Start, o.Stop, o.NumbersAt = h.Start, h.Stop, h.NumbersAt
	}
	o.LSB = o.LSB || h.LSB
	return &o
}

// Plan is what has to be done on disk for what was changed.
func (t *ChkconfigTree) Plan() Plan {
	var places []chkconfigPlace
	for p := range t.touched {
		places = append(places, p)
	}
	slices.SortFunc(places, func(a, b chkconfigPlace) int {
		if a.level != b.level {
			return a.level - b.level
		}
		return strings.Compare(a.script, b.script)
	})
	var plan Plan
	for _, p := range places {
		plan.Steps = append(plan.Steps, t.steps(p)...)
	}
	return plan
}

// steps are those for one script in one runlevel. A link that only gets
// another name is renamed.
func (t *ChkconfigTree) steps(p chkconfigPlace) []Step {
	dir := RcDir(byte('0'+p.level)) + "/"
	same := func(a, b chkconfigEntry) bool { return a.name == b.name && (a.Target == b.Target || a.dir) }
	old, now := t.touched[p], t.dirs[p.level].entries[p.script]
	var gone, fresh []chkconfigEntry
	for _, e := range old {
		if !slices.ContainsFunc(now, func(n chkconfigEntry) bool { return same(e, n) }) {
			gone = append(gone, e)
		}
	}
	for _, e := range now {
		if !slices.ContainsFunc(old, func(o chkconfigEntry) bool { return same(e, o) }) {
			fresh = append(fresh, e)
		}
	}
	reason := t.reasons[p]
	var steps []Step
	if len(fresh) == 1 {
		i := slices.IndexFunc(gone, func(g chkconfigEntry) bool {
			return g.Target == fresh[0].Target && g.name != fresh[0].name
		})
		taken := slices.ContainsFunc(gone, func(g chkconfigEntry) bool { return g.name == fresh[0].name })
		if i >= 0 && !taken {
			steps = append(steps, Step{Op: Rename, Old: dir + gone[i].name, New: dir + fresh[0].name, Reason: reason})
			gone, fresh = slices.Delete(gone, i, i+1), nil
		}
	}
	for _, e := range gone {
		steps = append(steps, Step{Op: Remove, Old: dir + e.name, Reason: reason})
	}
	for _, e := range fresh {
		steps = append(steps, Step{Op: Create, New: dir + e.name, Target: e.Target, Reason: reason})
	}
	return steps
}
