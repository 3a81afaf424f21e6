//go:build linux

package confirm

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Options say what to compare.
type Options struct {
	Repository string   // where go.mod is
	Packages   string   // a number, "all", or names: see Packages
	Script     string   // only scripts whose name matches this pattern; empty is all
	Actions    []string // empty: all of Actions
	Modes      []string // our --utilities= modes: never, prefer, fallback
	Ours       string   // our binary; empty: it is built from ./cmd/sysv
	Shell      []string // compare this shell (words) instead of ours
	Keep       string   // a directory for all that was seen; empty: it is not kept
	Jobs       int      // sandboxes at a time; their scripts mostly sleep
	Say        func(format string, args ...any)
	Progress   func(done, all int)
}

// Outcome is one run of one side, compared.
type Outcome struct {
	Task        Task
	Side        string
	Same        bool
	Repeated    bool         // it differed at first, and both were run again
	Noise       []string     // fields that dash itself does not repeat
	noise       []Difference // for the first of them, how two runs of dash differ
	Excluded    []string     // of these, those that did not match any run of dash
	Differences []Difference // what is left
	Reasons     []string     // for each difference the known reason, or ""
	Err         error
	Seconds     float64
}

// Unexplained is true where the comparison failed for no known reason.
func (o Outcome) Unexplained() bool { return o.Err != nil || slices.Contains(o.Reasons, "") }

// Run compares, and returns the report. The error is of the bench itself; what
// was found is in the report.
func Run(o Options) (*Report, error) {
	begin := time.Now()
	if err := needs(); err != nil {
		return nil, err
	}
	names, err := Packages(o.Packages)
	if err != nil {
		return nil, err
	}
	cache := cacheDir(o.Repository)
	b, sides, err := prepare(o, cache)
	if err != nil {
		return nil, err
	}
	packages, err := fetchAll(cache, names, o.Say)
	if err != nil {
		return nil, err
	}
	report := &Report{Packages: packages, Sides: sides}
	only := func(script string) bool {
		ok, err := path.Match(o.Script, script)
		return o.Script == "" || ok && err == nil
	}
	actions := o.Actions
	if len(actions) == 0 {
		actions = Actions
	}
	var tasks []Task
	for _, p := range packages {
		if p.Err != nil {
			continue
		}
		t, skipped, err := tasksOf(p.Package, p.Tree, only, actions)
		if err != nil {
			return nil, err
		}
		tasks = append(tasks, t...)
		report.Skipped = append(report.Skipped, skipped...)
	}
	report.Prepared = time.Since(begin)
	report.Outcomes = b.runAll(tasks, sides, o.Jobs, o.Progress)
	report.Took = time.Since(begin)
	return report, nil
}

// needs says what is missing on this machine, and how to get it.
func needs() error {
	if os.Getuid() != 0 {
		return errors.New("the bench makes namespaces and overlays: run it as root")
	}
	for _, n := range [][2]string{{"dash", "dash"}, {"bash", "bash"}, {"dpkg-deb", "dpkg"}, {"start-stop-daemon", "dpkg"},
		{"apt-get", "apt"}, {"pidof", "sysvinit-utils"}, {"mount", "util-linux"}, {"tput", "ncurses-bin"}} {
		if _, err := exec.LookPath(n[0]); err != nil {
			return fmt.Errorf("%s is missing: apt-get install %s", n[0], n[1])
		}
	}
	if !exists("/lib/lsb/init-functions") {
		return errors.New("/lib/lsb/init-functions is missing: apt-get install sysvinit-utils (or lsb-base)")
	}
	return nil
}

// prepare builds the programs and the base layer.
func prepare(o Options, cache string) (*bench, []Side, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}
	b := &bench{base: filepath.Join(cache, "base"), mount: filepath.Join(cache, "mount"), self: self, keep: o.Keep, seconds: stepSeconds, slots: make(chan struct{}, max(o.Jobs, 1)), tools: map[string]string{}}
	if err := os.MkdirAll(b.mount, 0o755); err != nil {
		return nil, nil, err
	}
	if err := makeBase(b.base); err != nil {
		return nil, nil, err
	}
	stub := filepath.Join(cache, "stub")
	if err := build(o.Repository, "./internal/confirm/stub", stub); err != nil {
		return nil, nil, err
	}
	b.tools["stub"] = stub
	if len(o.Shell) > 0 {
		return b, []Side{{Name: strings.Join(o.Shell, " "), Words: o.Shell}}, nil
	}
	ours := o.Ours
	if ours == "" {
		ours = filepath.Join(cache, "sysv")
		if err := build(o.Repository, "./cmd/sysv", ours); err != nil {
			return nil, nil, err
		}
	}
	if ours, err = filepath.Abs(ours); err != nil {
		return nil, nil, err
	}
	b.tools["sysv"] = ours
	var sides []Side
	for _, m := range o.Modes {
		s := Side{Name: m, Words: []string{"/.confirm/sysv", "sh", "--utilities=" + m}, BashWords: []string{"--dialect=bash"}}
		if m == "prefer" {
			s.BuiltIn = builtIn
		}
		sides = append(sides, s)
	}
	return b, sides, nil
}

// build makes a static binary.
func build(repository, pkg, to string) error {
	cmd := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", to, pkg)
	cmd.Dir = repository
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("go build %s: %w\n%s", pkg, err, out)
	}
	return nil
}

// runAll runs every task, jobs at a time: most of a task is waiting for the
// scripts' own sleeps.
func (b *bench) runAll(tasks []Task, sides []Side, jobs int, progress func(done, all int)) []Outcome {
	results := make([][]Outcome, len(tasks))
	next := make(chan int)
	var wg sync.WaitGroup
	var lock sync.Mutex
	done := 0
	for range max(jobs, 1) {
		wg.Go(func() {
			for i := range next {
				results[i] = b.confirm(tasks[i], sides)
				lock.Lock()
				done++
				if progress != nil {
					progress(done, len(tasks))
				}
				lock.Unlock()
			}
		})
	}
	// The sequences take longest: begin with them.
	for _, long := range []bool{true, false} {
		for i, t := range tasks {
			if (t.Action == sequence) == long {
				next <- i
			}
		}
	}
	close(next)
	wg.Wait()
	return slices.Concat(results...)
}

// samplesOfDash is how often dash runs at most, where it differs from itself.
const samplesOfDash = 4

// again is the name, in reports, of dash compared with itself.
const again = "dash again"

// confirm runs a task by dash twice and by each side, and compares. These run
// at the same time, for mostly they wait; those that are repeated come after.
func (b *bench) confirm(t Task, sides []Side) []Outcome {
	dash := Side{Name: "dash"}
	all := append([]Side{dash, dash}, sides...)
	runs := make([]Result, len(all))
	errs := make([]error, len(all))
	seconds := make([]float64, len(all))
	var wg sync.WaitGroup
	for i, s := range all {
		wg.Go(func() { runs[i], seconds[i], errs[i] = b.timed(t, s) })
	}
	wg.Wait()

	self := Outcome{Task: t, Side: again, Seconds: seconds[0] + seconds[1]}
	self.Err = errors.Join(errs[:2]...)
	if self.Err != nil {
		return []Outcome{self}
	}
	real := runs[:2:2]
	sample := func() error {
		r, took, err := b.timed(t, dash)
		self.Seconds += took
		if err == nil {
			real = append(real, r)
		}
		return err
	}
	self.Same = len(unstable(real)) == 0
	for len(unstable(real)) > 0 && len(real) < samplesOfDash {
		if self.Err = sample(); self.Err != nil {
			return []Outcome{self}
		}
	}
	var out []Outcome
	for i, s := range sides {
		o := Outcome{Task: t, Side: s.Name, Seconds: seconds[i+2], Err: errs[i+2]}
		if o.Err == nil {
			b.compareSide(&o, s, runs[i+2], &real, sample)
		}
		out = append(out, o)
	}
	self.Noise = noiseNames(real)
	for _, r := range real[1:] {
		if self.noise = compare(real[:1], r, nil); len(self.noise) > 0 {
			break
		}
	}
	return append([]Outcome{self}, out...)
}

func (b *bench) timed(t Task, s Side) (Result, float64, error) {
	b.slots <- struct{}{}
	defer func() { <-b.slots }()
	begin := time.Now()
	r, err := b.run(t, s)
	return r, time.Since(begin).Seconds(), err
}

// compareSide compares one side with dash, and where it differs runs both once
// more, so that a busy machine is not taken for a difference.
func (b *bench) compareSide(o *Outcome, s Side, got Result, real *[]Result, sample func() error) {
	found := compare(*real, got, s.BuiltIn)
	if len(found) > 0 {
		if o.Err = sample(); o.Err != nil {
			return
		}
		var took float64
		if got, took, o.Err = b.timed(o.Task, s); o.Err != nil {
			return
		}
		o.Seconds += took
		o.Repeated = true
		found = compare(*real, got, s.BuiltIn)
	}
	if len(found) == 0 {
		o.Same = true
		return
	}
	varies := unstable(*real)
	table := knownDifferences()
	for _, d := range found {
		if onlyNoise(*real, d, varies) {
			o.Excluded = append(o.Excluded, d.Step+" "+d.Kind)
			continue
		}
		o.Differences = append(o.Differences, d)
		o.Reasons = append(o.Reasons, explained(table, o.Task, s.Name, d))
	}
	o.Noise = noiseNames(*real)
}

// noiseNames names the fields that runs of dash do not agree on.
func noiseNames(runs []Result) []string {
	var out []string
	for k := range unstable(runs) {
		out = append(out, stepName(runs[0], runs[len(runs)-1], k.step)+" "+k.kind)
	}
	slices.Sort(out)
	return out
}
