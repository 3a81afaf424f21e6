//go:build linux

package daemons

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Options say what to compare.
type Options struct {
	Repository string // where go.mod is
	Ours       string // our binary
	Only       string // a pattern of names; empty is all
	Part       string // daemons, bare or cases; empty is all
	Jobs       int    // sandboxes at a time; mostly they wait
	Keep       string // a directory for all that was seen; empty: it is not kept
	Say        func(format string, args ...any)
}

// outcome is one task, run by dash twice or more and by one side.
type outcome struct {
	part, name, side string
	steps, same      int
	selfSame         int // steps that dash repeats
	found            []difference
	noise            []string
	repeated         bool
	err              error
}

type bench struct {
	root, tools, mount, cache, ours, self, keep string
	slots                                       chan struct{}
}

// Run compares, and returns the report. The error is of the bench itself.
func Run(o Options) (*Report, error) {
	begin := time.Now()
	b, err := prepare(o)
	if err != nil {
		return nil, err
	}
	prepared := time.Since(begin)
	var jobs []func() []outcome
	for _, part := range []struct {
		name  string
		tasks []task
	}{{"daemons", serviceTasks(b.root)}, {"bare", bareTasks(b.root)}, {"cases", caseTasks()}} {
		if o.Part != "" && o.Part != part.name {
			continue
		}
		for _, t := range part.tasks {
			if ok, err := path.Match(o.Only, t.name); o.Only != "" && (!ok || err != nil) {
				continue
			}
			jobs = append(jobs, func() []outcome { return b.confirm(part.name, t) })
		}
	}
	results := make([][]outcome, len(jobs))
	var wg sync.WaitGroup
	for i, job := range jobs {
		wg.Go(func() { results[i] = job() })
	}
	wg.Wait()
	r := &Report{prepared: prepared, took: time.Since(begin)}
	for _, l := range results {
		r.outcomes = append(r.outcomes, l...)
	}
	return r, nil
}

func prepare(o Options) (*bench, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	root, cache, err := Base(o.Repository, o.Say)
	if err != nil {
		return nil, err
	}
	b := &bench{self: self, root: root, cache: cache, mount: filepath.Join(cache, "mount"), tools: filepath.Join(cache, "tools"),
		keep: o.Keep, slots: make(chan struct{}, max(o.Jobs, 1))}
	tool := filepath.Join(b.tools, inSandbox)
	for _, d := range []string{b.mount, filepath.Dir(tool)} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			return nil, err
		}
	}
	b.ours = tool
	return b, copyFile(o.Ours, tool)
}

// samplesOfDash is how often dash runs at most, where it differs from itself
// or from ours.
const samplesOfDash = 4

// confirm runs a task by dash twice and by each side, at the same time, and
// compares. A side that differs is run once more, and dash too, so that a busy
// machine is not taken for a difference.
func (b *bench) confirm(part string, t task) []outcome {
	all := append([]side{dash, dash}, t.sides...)
	runs := make([]Result, len(all))
	errs := make([]error, len(all))
	var wg sync.WaitGroup
	for i, s := range all {
		wg.Go(func() { runs[i], errs[i] = b.run(t, s) })
	}
	wg.Wait()
	var out []outcome
	real := runs[:2:2]
	selfSame, _, _, _ := compare(task{name: t.name}, "dash", runs[:1], runs[1])
	for i, s := range t.sides {
		o := outcome{part: part, name: t.name, side: s.name, selfSame: selfSame, err: errors.Join(errs[0], errs[1], errs[i+2])}
		got := runs[i+2]
		for o.err == nil {
			o.same, o.steps, o.found, o.noise = compare(t, s.name, real, got)
			if len(o.found) == 0 && len(o.noise) == 0 || len(real) >= samplesOfDash && o.repeated {
				break
			}
			var again Result
			again, o.err = b.run(t, dash)
			real = append(real, again)
			if !o.repeated && o.err == nil {
				o.repeated = true
				got, o.err = b.run(t, s)
			}
		}
		out = append(out, o)
	}
	return out
}

// run runs one task by one side in a sandbox.
func (b *bench) run(t task, s side) (Result, error) {
	b.slots <- struct{}{}
	defer func() { <-b.slots }()
	var r Result
	p := Plan{Mount: b.mount, Lower: []string{b.tools, b.root}, Files: t.files, Probe: t.probe, Ops: t.ops(s)}
	if s.bare {
		at := filepath.Join(b.cache, "bare-"+t.name)
		if err := makeBare(b.root, at, b.ours, t.bare); err != nil {
			return r, err
		}
		p.Lower = []string{at}
	}
	r, raw, err := runPlan(b.self, p)
	if err != nil {
		return r, err
	}
	return r, b.store(t, s, raw)
}

// runPlan runs a plan in a sandbox: self is this program. raw is what the
// sandbox wrote.
func runPlan(self string, p Plan) (r Result, raw []byte, err error) {
	plan, err := json.Marshal(p)
	if err != nil {
		return r, nil, err
	}
	var out, errs bytes.Buffer
	cmd := exec.Command(self)
	cmd.Args = []string{initName}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(plan), &out, &errs
	cmd.Env = []string{"PATH=/usr/sbin:/usr/bin", "GOMAXPROCS=2"}
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWPID | syscall.CLONE_NEWNET | syscall.CLONE_NEWIPC | syscall.CLONE_NEWUTS,
		Pdeathsig:  syscall.SIGKILL,
	}
	if err := cmd.Run(); err != nil {
		return r, nil, fmt.Errorf("sandbox: %w: %s", err, errs.String())
	}
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		return r, nil, fmt.Errorf("sandbox: %w: %s", err, errs.String())
	}
	if r.Err != "" {
		return r, nil, fmt.Errorf("sandbox: %s", r.Err)
	}
	return r, out.Bytes(), nil
}

// store keeps what was seen of a run, to be looked at.
func (b *bench) store(t task, s side, result []byte) error {
	if b.keep == "" {
		return nil
	}
	if err := os.MkdirAll(b.keep, 0o755); err != nil {
		return err
	}
	var text bytes.Buffer
	if err := json.Indent(&text, result, "", " "); err != nil {
		return err
	}
	name := strings.NewReplacer("/", ",", " ", "_").Replace(t.name + "." + s.name)
	return os.WriteFile(filepath.Join(b.keep, name+".json"), text.Bytes(), 0o644)
}
