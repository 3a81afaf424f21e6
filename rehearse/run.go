package rehearse

import (
	"bytes"
	"context"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"sysv/interp"
	"sysv/system/simulated"
	"sysv/utility"
)

// run is one rehearsal.
type run struct {
	ctx  context.Context
	o    Options
	at   string // where the script is in the machine
	read *reading
	tree *tree
	// ground is the machine that all others stand on, and whole tells that the
	// tree is that of a system.
	ground *simulated.Machine
	whole  bool
	budget Budget
	over   time.Time // when the patience ends, in real time

	mu sync.Mutex
	// daemons are the paths of programs that are daemons.
	daemons map[string]bool
	// forced are the outcomes of unknown programs in the run that is acted,
	// by their keys; asked are the keys that were asked for, in order.
	forced map[string]int
	asked  []string
	// pidFiles are the pid files that the script's own commands name.
	pidFiles []string
	// usual are those that the LSB's functions look for where none is named.
	usual []string
	// pidOf is the pid file that one command names together with a daemon.
	pidOf map[string]string
	// accounts are the users and groups that the script's commands name.
	accounts map[string]bool
	// notes are what was invented.
	notes map[string]bool

	// normal is how many daemons a start brings up where nothing is wrong, if
	// they are daemons of several kinds or settings.
	normal int
	// never tells that start brings no daemon up, where nothing is wrong.
	never *bool

	// endless counts the actions that did not end: what has twice is not
	// acted again.
	endless map[string]int

	verdicts []Verdict
	// worst is the longest that an action has taken, and where.
	worst      time.Duration
	worstPlace Position
	worstStep  string
}

func newRun(ctx context.Context, o Options) (*run, error) {
	if len(bytes.TrimSpace(o.Source)) == 0 {
		return nil, errScript
	}
	r := &run{ctx: ctx, o: o, at: o.At, read: readScript(o.Script, o.Source), budget: o.Budget.orDefault(), daemons: map[string]bool{}, notes: map[string]bool{}}
	if r.at == "" {
		r.at = "/etc/init.d/" + path.Base(strings.ReplaceAll(o.Script, `\`, "/"))
	}
	if o.Root != nil {
		r.tree = newTree(o.Root)
	}
	r.ground, r.whole = r.furnish()
	r.over = time.Now().Add(r.budget.Patience)
	for _, d := range r.read.daemons() {
		r.addDaemon(d)
	}
	return r, nil
}

// isOver tells that the patience has ended.
func (r *run) isOver() bool { return r.ctx.Err() != nil || !time.Now().Before(r.over) }

// enough is how often an action may fail to end until that is known.
const enough = 2

func (r *run) countEndless(action string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.endless == nil {
		r.endless = map[string]int{}
	}
	r.endless[action]++
}

func (r *run) isEndless(action string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.endless[action] >= enough
}

// note remembers something that was made up.
func (r *run) note(text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.notes[text] = true
}

// isDaemon tells whether a program is one.
func (r *run) isDaemon(path string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.daemons[path]
}

func (r *run) addDaemon(path string) {
	if !strings.HasPrefix(path, "/") || isShell(path) || isInterpreter(path) || utility.Lookup(base(path)) != nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.daemons[path] = true
	// A merged /usr has both names.
	if p, ok := strings.CutPrefix(path, "/usr"); ok && (strings.HasPrefix(p, "/bin/") || strings.HasPrefix(p, "/sbin/")) {
		r.daemons[p] = true
	} else if strings.HasPrefix(path, "/bin/") || strings.HasPrefix(path, "/sbin/") {
		r.daemons["/usr"+path] = true
	}
}

// allPIDFiles are the pid files that there may be, those that the script names
// first.
func (r *run) allPIDFiles() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Concat(r.pidFiles, r.usual)
}

func (r *run) addUsual(path string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.Contains(r.usual, path) {
		r.usual = append(r.usual, path)
	}
}

// pair remembers which pid file goes with which daemon.
func (r *run) pair(daemon, pidFile string) {
	if daemon == "" || !strings.HasPrefix(pidFile, "/") {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.pidOf == nil {
		r.pidOf = map[string]string{}
	}
	if r.pidOf[daemon] == "" {
		r.pidOf[daemon] = pidFile
	}
}

func (r *run) addPIDFile(path string) {
	if !strings.HasPrefix(path, "/") {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.Contains(r.pidFiles, path) {
		r.pidFiles = append(r.pidFiles, path)
	}
}

func base(p string) string { return p[strings.LastIndexByte(p, '/')+1:] }

// learn runs the actions once, so that it is known which programs are the
// daemons and which files their pid files, before anything is judged.
func (r *run) learn() {
	for _, name := range []string{"PIDFILE", "PID_FILE", "pidfile", "PIDfile", "PID"} {
		r.addPIDFile(r.read.values[name])
	}
	for _, f := range namedPIDFiles(string(r.o.Source)) {
		r.addPIDFile(f)
	}
	// What is learnt may let the script get further the next time.
	for range maxLearn {
		before := r.countAccounts() + len(r.daemonPaths())
		s := r.stage(stageOptions{})
		ended := true
		for _, action := range []string{"start", "status", "stop"} {
			o := s.do(action)
			if !o.ended {
				ended = false
				break
			}
			if action == "start" {
				r.normal = different(o.after)
				never := len(o.after) == 0
				r.never = &never
			}
		}
		s.close()
		if !ended || r.countAccounts()+len(r.daemonPaths()) == before {
			return
		}
	}
}

// namedPIDFiles are the paths in a text that look like those of pid files.
func namedPIDFiles(text string) []string {
	var l []string
	for w := range strings.FieldsFuncSeq(text, func(c rune) bool { return c <= ' ' || strings.ContainsRune("\"'`$(){}[]<>|&;=,*?", c) }) {
		if (strings.HasPrefix(w, "/run/") || strings.HasPrefix(w, "/var/run/")) && strings.HasSuffix(w, ".pid") && !slices.Contains(l, w) {
			l = append(l, w)
		}
	}
	return l
}

// different is how many daemons there are, if no two are the same program with
// the same arguments, and otherwise 1.
func different(l []simulated.ProcessInfo) int {
	seen := map[string]bool{}
	for _, p := range l {
		seen[strings.Join(p.Args, "\x00")] = true
	}
	if len(seen) != len(l) {
		return 1
	}
	return len(l)
}

// maxLearn is how often the actions are run to learn from them.
const maxLearn = 4

// finish is the report.
func (r *run) finish() *Report {
	rep := &Report{Script: r.o.Script, Verdicts: shortest(r.verdicts), Notes: slices.Sorted(maps.Keys(r.notes))}
	rep.Summary = r.summary(rep.Verdicts)
	return rep
}

// shortest leaves, of the failures that are one (the same rule at the same
// place), only that with the shortest trace as a failure with a trace; the
// others are kept without theirs.
func shortest(l []Verdict) []Verdict {
	type key struct {
		rule string
		at   Position
	}
	best := map[key]int{}
	for i, v := range l {
		if v.Result != Fail {
			continue
		}
		k := key{v.Rule, v.Position}
		if j, ok := best[k]; !ok || len(v.Trace) < len(l[j].Trace) {
			best[k] = i
		}
	}
	for i, v := range l {
		if v.Result == Fail && best[key{v.Rule, v.Position}] != i {
			l[i].Trace = nil
		}
	}
	return l
}

// dialectOf is a shell's by its name.
func dialectOf(name string) interp.Dialect {
	if base(name) == "bash" {
		return interp.Bash
	}
	return interp.Dash
}

func isShell(p string) bool {
	switch base(p) {
	case "sh", "dash", "bash", "ash", "rbash":
		return true
	}
	return false
}

// isInterpreter tells a program that runs a script of another language.
func isInterpreter(p string) bool {
	name := strings.TrimRight(base(p), "0123456789.")
	switch name {
	case "python", "perl", "ruby", "php", "node", "java", "lua", "tclsh", "env", "busybox":
		return true
	}
	return false
}
