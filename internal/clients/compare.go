//go:build linux

package clients

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"sysv/internal/daemons"
)

// difference is one field of one step that is not the same with both sides'
// tools, or an answer that is not what it must be.
type difference struct {
	step, field, side string
	lines             []string // marked - (the original's) and + (ours)
	reason            string   // why it is right so, or ""
}

// own are files that clients make for themselves: what a client keeps of its
// own is nothing that tools could change.
func own() []string {
	return []string{"/root/.ansible", "/root/.puppetlabs", "/root/.cache", "/var/cache/puppet", "/var/lib/puppet", "/run/puppet", "/var/log/puppet",
		"/etc/puppet", "/etc/puppetlabs", "/var/lib/monit", "/tmp", "/run/monit", "/var/log/monit.log", "/dev/shm"}
}

type field struct {
	name  string
	lines []string
}

func fields(s daemons.Seen) []field {
	var files []string
	for _, f := range s.Files {
		name, _, _ := strings.Cut(strings.TrimPrefix(f, "no more: "), " ")
		ours := func(dir string) bool {
			return name == dir || strings.HasPrefix(name, dir+"/") || strings.HasPrefix(name, dir+".")
		}
		if strings.Contains(name, "/__pycache__") || slices.ContainsFunc(own(), ours) {
			continue
		}
		files = append(files, f)
	}
	var processes []string
	for _, p := range s.Processes {
		if !strings.HasPrefix(p, `["monit" `) {
			processes = append(processes, p)
		}
	}
	return []field{{"status", []string{s.Status}}, {"stdout", answer(s.Stdout)}, {"stderr", answer(s.Stderr)},
		{"processes", processes}, {"files", files}, {"sockets", s.Sockets}}
}

// compare compares what was seen with our tools with one run or two of the
// original ones, and counts the steps that are the same or differ for known
// reasons.
func compare(t task, ours daemons.Result, originals []daemons.Result) (same int, found []difference, noise []string) {
	for i, s := range t.steps {
		if i >= len(ours.Steps) {
			found = append(found, difference{step: s.name, field: "step", side: "ours", lines: []string{"not reached"}})
			continue
		}
		ok := true
		for j, f := range fields(ours.Steps[i]) {
			if len(originals) == 0 {
				break
			}
			first, second := fieldOf(originals[0], i, j), fieldOf(originals[len(originals)-1], i, j)
			if slices.Equal(f.lines, first) || slices.Equal(f.lines, second) {
				continue
			}
			lines := changedLines(first, f.lines)
			if !slices.Equal(first, second) {
				// What the original does not repeat is left out.
				noisy := changedLines(first, second)
				lines = slices.DeleteFunc(lines, func(l string) bool { return slices.Contains(noisy, l) })
				noise = append(noise, s.name+": "+f.name)
				if len(lines) == 0 {
					continue
				}
			}
			d := difference{step: s.name, field: f.name, side: "ours", lines: lines}
			d.reason = explain(t, d)
			found = append(found, d)
			ok = ok && d.reason != ""
		}
		if ok {
			same++
		}
	}
	return same, found, noise
}

func fieldOf(r daemons.Result, step, field int) []string {
	if step >= len(r.Steps) {
		return []string{"not reached"}
	}
	return fields(r.Steps[step])[field].lines
}

// broken lists the answers that are not what they must be.
func broken(t task, side string, r daemons.Result) []difference {
	var out []difference
	for i, s := range t.steps {
		if i >= len(r.Steps) {
			break
		}
		text := r.Steps[i].Stdout + r.Steps[i].Stderr
		for _, want := range s.want {
			w, not := strings.CutPrefix(want, "!")
			if strings.Contains(text, w) == not {
				d := difference{step: s.name, field: "answer", side: side, lines: append([]string{"wanted: " + want}, answer(text)...)}
				d.reason = explain(t, d)
				out = append(out, d)
			}
		}
	}
	return out
}

// changedLines are the lines that only one of two texts has, marked - and +.
func changedLines(a, b []string) []string {
	right := slices.Clone(b)
	var out []string
	for _, l := range a {
		if i := slices.Index(right, l); i >= 0 {
			right = slices.Delete(right, i, i+1)
		} else {
			out = append(out, "- "+l)
		}
	}
	for _, l := range right {
		out = append(out, "+ "+l)
	}
	if len(out) == 0 && !slices.Equal(a, b) {
		out = append(out, "the same lines in another order")
	}
	return out
}

// answer is what a client says, as lines; one line of JSON is parted at its
// values, and a text in it at its lines.
func answer(text string) []string {
	for _, p := range []string{`New Monit id: \S+`, `in \d+\.\d+ seconds`} {
		text = regexp.MustCompile(p).ReplaceAllString(text, "<"+strings.Fields(p)[0]+">")
	}
	text = strings.ReplaceAll(text, `", "`, "\",\n\"")
	text = strings.ReplaceAll(text, `\n`, "\\n\n")
	return strings.Split(strings.TrimSpace(text), "\n")
}

// Known is a difference from the original tools that is understood and
// accepted. Any other fails the run.
type Known struct {
	// Case is a pattern (path.Match) of the task.
	Case string
	// Step and Field limit it to one; empty is any.
	Step, Field string
	// Line is what a line that differs has in it; empty is any.
	Line string
	// Reason says why it is right that it differs.
	Reason string
}

// explain returns the reason of a difference each of whose lines is known.
func explain(t task, d difference) (reason string) {
	for _, l := range d.lines {
		i := slices.IndexFunc(knownDifferences(), func(k Known) bool {
			matches, err := path.Match(k.Case, t.name)
			return matches && err == nil && (k.Step == "" || k.Step == d.step) && (k.Field == "" || k.Field == d.field) && strings.Contains(l, k.Line)
		})
		if i < 0 {
			return ""
		}
		reason = knownDifferences()[i].Reason
	}
	return reason
}
