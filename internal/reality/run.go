//go:build linux

package reality

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"sysv/internal/daemons"
	"sysv/rehearse"
)

// Options say what to compare.
type Options struct {
	Repository string // where go.mod is
	Only       string // a pattern of names; empty is all
	Jobs       int
	Say        func(format string, args ...any)
}

// Step is one step of a daemon, as it really went and as it was predicted.
type Step struct {
	Name                        string
	Status, Running             int
	WantedStatus, WantedRunning int
	// Real is what was seen, where the status is no number.
	Real string
	// Reason is why they are known to differ, or "".
	Reason string
	// Effects are what was predicted, Processes what there was.
	Effects   []rehearse.Event
	Processes []string
	Output    string
}

// Same tells whether the prediction was right.
func (s *Step) Same() bool { return s.Status == s.WantedStatus && s.Running == s.WantedRunning }

// Outcome is one daemon's.
type Outcome struct {
	Name string
	// Known tells that the rehearsal has the daemon in its table.
	Known bool
	Steps []Step
	Err   error
}

// Report is that of all.
type Report struct {
	Outcomes []Outcome
	Took     time.Duration
}

// Run runs the daemons and compares.
func Run(o Options) (*Report, error) {
	begin := time.Now()
	root, cache, err := daemons.Base(o.Repository, o.Say)
	if err != nil {
		return nil, err
	}
	cache = filepath.Join(filepath.Dir(cache), "reality")
	mount := filepath.Join(cache, "mount")
	if err := os.MkdirAll(mount, 0o755); err != nil {
		return nil, err
	}
	layer := filepath.Join(cache, "packages")
	if err := daemons.Layer(root, layer, packages, o.Say); err != nil {
		return nil, err
	}
	prepared := filepath.Join(cache, "prepared")
	if err := prepare(prepared, layer); err != nil {
		return nil, err
	}
	b := &bench{lower: []string{prepared, layer, root}, mount: mount}
	if b.users, err = b.accounts(); err != nil {
		return nil, err
	}
	var list []service
	for _, s := range services() {
		if ok, err := path.Match(o.Only, s.name); o.Only == "" || ok && err == nil {
			list = append(list, s)
		}
	}
	rep := &Report{Outcomes: make([]Outcome, len(list))}
	slots := make(chan struct{}, max(o.Jobs, 1))
	var wg sync.WaitGroup
	for i, s := range list {
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			rep.Outcomes[i] = b.compare(s)
		})
	}
	wg.Wait()
	rep.Took = time.Since(begin)
	return rep, nil
}

type bench struct {
	lower []string
	mount string
	users map[string]string
}

// accounts are passwd and group with the packages' users.
func (b *bench) accounts() (map[string]string, error) {
	out := map[string]string{}
	for name, more := range map[string]string{"/etc/passwd": users, "/etc/group": groups} {
		text, err := os.ReadFile(filepath.Join(b.lower[len(b.lower)-1], name))
		if err != nil {
			return nil, err
		}
		out[name] = string(text) + more
	}
	return out, nil
}

// stepSeconds is the deadline of one real step.
const stepSeconds = 60

func (b *bench) compare(s service) Outcome {
	out := Outcome{Name: s.name}
	files := map[string]string{}
	for name, text := range b.users {
		files[name] = text
	}
	for name, text := range s.files {
		files[name] = text
	}
	script := "/etc/init.d/" + s.name
	t := newTree(b.lower, files)
	f, err := t.Open(script[1:])
	if err != nil {
		out.Err = err
		return out
	}
	f.Close()
	source, err := readAll(t, script[1:])
	if err != nil {
		out.Err = err
		return out
	}
	predicted, known, err := rehearse.Predict(context.Background(), rehearse.Options{Script: script, Source: source, Root: t, At: script}, steps()...)
	if err != nil {
		out.Err = err
		return out
	}
	out.Known = known
	real, err := b.real(s, script, string(source), files)
	if err != nil {
		out.Err = err
		return out
	}
	for i, name := range steps() {
		st := Step{Name: name, Reason: s.known[name]}
		if st.Reason == "" {
			st.Reason = s.known[fmt.Sprint(name, " ", i)]
		}
		st.WantedStatus, st.WantedRunning = -1, -1
		if i < len(real) {
			st.Real, st.Processes, st.Output = real[i].Status, real[i].Processes, real[i].Stdout+real[i].Stderr
			st.WantedRunning = running(real[i].Processes)
			if _, err := fmt.Sscan(real[i].Status, &st.WantedStatus); err != nil && name == rehearse.KillAll {
				st.WantedStatus = 0
			}
		}
		if i < len(predicted) {
			st.Status, st.Running, st.Effects = predicted[i].Status, predicted[i].Running, predicted[i].Effects
			if !predicted[i].Ended {
				st.Status = -2
			}
		} else {
			st.Status, st.Running = -3, -3
		}
		out.Steps = append(out.Steps, st)
	}
	return out
}

// real runs the steps with dash.
func (b *bench) real(s service, script, source string, files map[string]string) ([]daemons.Seen, error) {
	argv := []string{"/bin/sh"}
	line, _, _ := strings.Cut(source, "\n")
	words := strings.Fields(strings.TrimPrefix(line, "#!"))
	if len(words) > 0 && path.Base(words[0]) != "sh" && path.Base(words[0]) != "dash" {
		argv = words[:1]
		words = words[:1]
	}
	if len(words) > 1 {
		argv = append(argv, words[1:]...)
	}
	p := daemons.Plan{Mount: b.mount, Lower: b.lower, Files: files}
	for _, name := range steps() {
		if name == rehearse.KillAll {
			p.Ops = append(p.Ops, daemons.KillAll(name))
			continue
		}
		p.Ops = append(p.Ops, daemons.Command(name, stepSeconds, append(argv[:len(argv):len(argv)], script, name)...))
	}
	r, err := daemons.Sandbox(p)
	return r.Steps, err
}

// running is how many daemons there are: processes that no other of them has
// started.
func running(processes []string) int {
	n := 0
	for _, p := range processes {
		if strings.Contains(p, " parent=1 ") && !strings.Contains(p, " state=Z") {
			n++
		}
	}
	return n
}

func readAll(t *tree, name string) ([]byte, error) {
	f, err := t.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	b := make([]byte, info.Size())
	n, err := f.Read(b)
	return b[:n], err
}
