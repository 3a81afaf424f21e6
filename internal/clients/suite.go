//go:build linux

package clients

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// SuiteOptions say how insserv's own test suite is run.
type SuiteOptions struct {
	Repository string // where go.mod is
	Ours       string // our binary
	Source     string // a directory with insserv's source; "apt" brings it
	Only       string // one function; empty is all
	Say        func(format string, args ...any)
}

// suiteSeconds is the deadline of one function of the suite; they take 0.05 s.
const suiteSeconds = 60

// trial is one function of the suite, run by one insserv.
type trial struct {
	passed bool
	checks string // how many the suite has counted
	text   string // all that was said, with the links listed
}

// SuiteReport is what the suite has found.
type SuiteReport struct {
	names           []string
	reference, ours []trial
	took            time.Duration
}

var (
	suiteFunction = regexp.MustCompile(`(?m)^(test_\w+)\s*\(\)`)
	suiteCall     = regexp.MustCompile(`(?m)^test_\w+[ \t]*(#.*)?$`)
	suiteChecks   = regexp.MustCompile(`(\d+) test executed`)
)

// Suite runs each function of insserv's own test suite by itself, with checks
// that are otherwise no failures made fatal, first with Debian's insserv, then
// with ours. A function passes when it ends with status 0; of those that do,
// what they list and what insserv said is compared too.
func Suite(o SuiteOptions) (*SuiteReport, error) {
	begin := time.Now()
	p, err := findPlace(o.Repository, o.Say)
	if err != nil {
		return nil, err
	}
	dir, err := sources(p, o.Source, "insserv", "tests/run-testsuite", o.Say)
	if err != nil {
		return nil, err
	}
	script, err := os.ReadFile(filepath.Join(dir, "tests/run-testsuite"))
	if err != nil {
		return nil, err
	}
	original, err := p.layer("insserv", "insserv", o.Say)
	if err != nil {
		return nil, err
	}
	binary, err := filepath.Abs(o.Ours)
	if err != nil {
		return nil, err
	}
	work, err := p.fresh("suite")
	if err != nil {
		return nil, err
	}
	link := filepath.Join(work, "insserv")
	if err := os.Symlink(binary, link); err != nil {
		return nil, err
	}
	r := &SuiteReport{}
	definitions := suiteCall.ReplaceAllString(string(script), "")
	for _, m := range suiteFunction.FindAllStringSubmatch(string(script), -1) {
		if o.Only == "" || o.Only == m[1] {
			r.names = append(r.names, m[1])
		}
	}
	r.reference, r.ours = make([]trial, len(r.names)), make([]trial, len(r.names))
	errs := make([]error, 2*len(r.names))
	slots := make(chan struct{}, 2)
	var wg sync.WaitGroup
	for i, name := range r.names {
		for side, t := range []*trial{&r.reference[i], &r.ours[i]} {
			program := []string{filepath.Join(original, "usr/sbin/insserv"), link}[side]
			at := filepath.Join(work, []string{"reference", "ours"}[side], name)
			wg.Go(func() {
				slots <- struct{}{}
				defer func() { <-slots }()
				*t, errs[2*i+side] = try(at, program, filepath.Join(dir, "tests/suite"), definitions+"\n"+name+"\n")
			})
		}
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	r.took = time.Since(begin)
	return r, nil
}

// try runs one function in a directory of its own.
func try(dir, insserv, suite, script string) (t trial, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return t, err
	}
	common, err := os.ReadFile(suite)
	if err != nil {
		return t, err
	}
	for name, text := range map[string]string{"suite": string(common), "run": script} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return t, err
		}
	}
	cmd := exec.Command("timeout", fmt.Sprint(suiteSeconds), "bash", "./run")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "insserv="+insserv, "severity=check", "LC_ALL=C")
	out, err := cmd.CombinedOutput()
	if _, failed := err.(*exec.ExitError); err != nil && !failed {
		return t, err
	}
	t.passed = err == nil
	if m := suiteChecks.FindStringSubmatch(string(out)); m != nil {
		t.checks = m[1]
	}
	t.text = strings.ReplaceAll(string(out), dir, "DIR")
	return t, os.WriteFile(filepath.Join(dir, "log"), out, 0o644)
}

// counts returns how many functions a side passes, with how many checks.
func counts(side []trial) (passed, checks int) {
	for _, t := range side {
		if t.passed {
			passed++
		}
		n := 0
		fmt.Sscan(t.checks, &n)
		checks += n
	}
	return passed, checks
}

// Failed tells whether ours does not pass a function, or there was none.
func (r *SuiteReport) Failed() bool {
	passed, _ := counts(r.ours)
	return passed < len(r.names) || len(r.names) == 0
}

// placeLine is a line that ours adds to a message of insserv's: the file and the
// line that it is about.
const placeLine = "+ insserv:   "

// Print writes the functions that ours does not pass, then what it says
// otherwise than the reference, then the sums.
func (r *SuiteReport) Print(w io.Writer) {
	equal, places := 0, 0
	for i, name := range r.names {
		a, b := strings.Split(r.reference[i].text, "\n"), strings.Split(r.ours[i].text, "\n")
		lines := changedLines(a, b)
		all := len(lines)
		lines = slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, placeLine) })
		places += all - len(lines)
		if len(lines) == 0 {
			equal++
		}
		switch {
		case !r.ours[i].passed:
			fmt.Fprintf(w, "%s: failed (the reference: passed %t, in %s checks)\n", name, r.reference[i].passed, r.reference[i].checks)
		case len(lines) > 0:
			fmt.Fprintf(w, "%s: passed, but not the same is said or listed\n", name)
		}
		for _, l := range lines {
			fmt.Fprintf(w, "\t%s\n", l)
		}
	}
	reference, checks := counts(r.reference)
	fmt.Fprintf(w, "insserv's suite: the reference passes %d of %d functions (%d checks)\n", reference, len(r.names), checks)
	ours, checks := counts(r.ours)
	fmt.Fprintf(w, "insserv's suite: ours passes %d of %d functions (%d checks); all that is said and listed is the same in %d, but for %d lines that say where\n",
		ours, len(r.names), checks, equal, places)
	fmt.Fprintf(w, "%.0f s\n%d passed, %d failed\n", r.took.Seconds(), ours, len(r.names)-ours)
}
