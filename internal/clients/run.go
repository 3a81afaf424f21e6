//go:build linux

package clients

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"sysv/internal/daemons"
)

// Options say what to compare.
type Options struct {
	Repository string // where go.mod is
	Ours       string // our binary
	Only       string // a pattern of the tasks' names; empty is all
	Jobs       int    // sandboxes at a time
	Chkconfig  string // a binary of Red Hat's chkconfig to compare with; empty: there is none
	Target     string // Ansible's sources, for its own target; "apt" brings them; empty: it is left out
	Lacking    bool   // programs that our binary is not yet are the original ones on our side too
	Short      bool   // only some tasks, and of those the first steps
	Keep       string // a directory for all that was seen; empty: it is not kept
	Try        string // instead of the tasks, this text by the sandbox's shell
	Say        func(format string, args ...any)
}

// packages are what the layers hold.
func packages() map[string]string {
	return map[string]string{"ansible": "ansible-core procps insserv sysv-rc sysvinit-core", "puppet": "puppet-agent insserv sysv-rc sysvinit-core", "monit": "monit insserv sysv-rc sysvinit-core"}
}

type bench struct {
	*place
	layers  map[string]string // of packages
	ours    string
	redHat  string // a layer of ours with chkconfig
	lacking []string
	real    string // a layer with chkconfig; empty
	keep    string
	slots   chan struct{}
}

// Run compares, and returns the report. The error is of the bench itself.
func Run(o Options) (*Report, error) {
	begin := time.Now()
	p, err := findPlace(o.Repository, o.Say)
	if err != nil {
		return nil, err
	}
	tasks := append(append(ansibleTasks(), puppetTasks()...), monitTasks()...)
	if o.Try != "" {
		tasks = []task{{name: "try", layer: "ansible", files: odd(), steps: []step{shell(o.Try, o.Try)}}}
	}
	if o.Target != "" {
		t, err := targetTask(p, o.Target, o.Say)
		if err != nil {
			return nil, err
		}
		tasks = append(tasks, t)
	}
	var wanted []task
	for _, t := range tasks {
		if o.Short {
			t.steps = t.steps[:min(t.short, len(t.steps))]
		}
		if ok, err := path.Match(o.Only, t.name); len(t.steps) > 0 && (o.Only == "" || ok && err == nil) {
			wanted = append(wanted, t)
		}
	}
	b, err := prepare(o, p, wanted)
	if err != nil {
		return nil, err
	}
	r := &Report{prepared: time.Since(begin), lacking: b.lacking, outcomes: make([]outcome, len(wanted)), allowLacking: o.Lacking}
	var wg sync.WaitGroup
	for i, t := range wanted {
		wg.Go(func() { r.outcomes[i] = b.compareTask(t) })
	}
	wg.Wait()
	r.took = time.Since(begin)
	return r, nil
}

func prepare(o Options, p *place, tasks []task) (b *bench, err error) {
	b = &bench{place: p, layers: map[string]string{}, keep: o.Keep, slots: make(chan struct{}, max(o.Jobs, 1))}
	for _, t := range tasks {
		l := t.layer
		if b.layers[l] != "" {
			continue
		}
		if b.layers[l], err = p.layer(l, packages()[l], o.Say); err != nil {
			return nil, err
		}
	}
	if err := b.layOurs(o.Ours); err != nil {
		return nil, err
	}
	if o.Chkconfig != "" {
		b.real, err = p.with("chkconfig", o.Chkconfig)
	}
	return b, err
}

// outcome is one task, run with the original tools twice and with ours.
type outcome struct {
	name        string
	steps, same int
	original    bool // it could be compared with the original tools
	found       []difference
	noise       []string
	err         error
}

func (b *bench) compareTask(t task) outcome {
	o := outcome{name: t.name, original: !t.redHat || b.real != ""}
	var ours daemons.Result
	var originals []daemons.Result
	var wg sync.WaitGroup
	var errs [3]error
	wg.Go(func() { ours, errs[0] = b.run(t, "ours", 0) })
	if o.original {
		originals = make([]daemons.Result, 1, 2)
		wg.Go(func() { originals[0], errs[1] = b.run(t, "original", 1) })
	}
	wg.Wait()
	if o.err = errors.Join(errs[:]...); o.err != nil {
		return o
	}
	answers := broken(t, "ours", ours)
	if o.original {
		answers = append(answers, broken(t, "original", originals[0])...)
	}
	if o.same, o.found, o.noise = compare(t, ours, originals); o.original && o.same < len(t.steps) {
		// Only what the original tools repeat is a difference of ours.
		var again daemons.Result
		if again, o.err = b.run(t, "original", 2); o.err != nil {
			return o
		}
		o.same, o.found, o.noise = compare(t, ours, append(originals, again))
	}
	o.found = append(o.found, answers...)
	o.steps = len(t.steps)
	return o
}

// run runs a task with one side's tools.
func (b *bench) run(t task, side string, number int) (daemons.Result, error) {
	b.slots <- struct{}{}
	defer func() { <-b.slots }()
	plan := daemons.Plan{Mount: b.mount, Files: scripts(), Ops: t.ops(), Comm: "init"}
	plan.Files["/run/utmp"] = runlevelRecord
	for name, text := range t.files {
		plan.Files[name] = text
	}
	if len(t.hides) > 0 {
		hidden, err := b.without(t.name, number, t.hides...)
		if err != nil {
			return daemons.Result{}, err
		}
		plan.Lower = append(plan.Lower, hidden)
	}
	if side == "ours" {
		plan.Lower = append(plan.Lower, b.ours)
		if t.redHat {
			plan.Lower = append(plan.Lower, b.redHat)
		}
	} else if b.real != "" && t.redHat {
		plan.Lower = append(plan.Lower, b.real)
	}
	plan.Lower = append(plan.Lower, b.layers[t.layer], b.root)
	r, err := daemons.Sandbox(plan)
	if err != nil {
		return r, fmt.Errorf("%s: %w", side, err)
	}
	return r, b.store(t, fmt.Sprintf("%s-%d", side, number), r)
}

// runlevelRecord is utmp(5)'s record of a machine in runlevel 3, as init writes
// it at the end of a boot: type 1, the levels as a process id, line and id ~.
var runlevelRecord = "\x01\x00\x00\x003N\x00\x00~" + strings.Repeat("\x00", 31) + "~~\x00\x00runlevel" + strings.Repeat("\x00", 384-52)

// store keeps what was seen of a run, to be looked at.
func (b *bench) store(t task, side string, r daemons.Result) error {
	if b.keep == "" {
		return nil
	}
	if err := os.MkdirAll(b.keep, 0o755); err != nil {
		return err
	}
	text, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(b.keep, strings.ReplaceAll(t.name, " ", "_")+"."+side+".json"), text, 0o644)
}
