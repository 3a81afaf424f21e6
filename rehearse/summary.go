package rehearse

import (
	"fmt"
	"slices"
	"time"
)

// notRehearsed is the answer to a question whose scenarios were not acted.
const notRehearsed = "not rehearsed"

// summary answers the questions from the verdicts.
func (r *run) summary(l []Verdict) Summary {
	return Summary{
		Idempotent:     answer(l, []string{"start-again", "stop-again", "restart-stopped", "restart-running"}, "SV2101", "SV2102", "SV2103", "SV2104", "SV2105"),
		Blocking:       r.blocking(l),
		StatusTruthful: answer(l, []string{"status-stopped", "status-running", "status-dead"}, ruleStatus, ruleStatusActs),
		SafeToStop:     answer(l, []string{"stop", "stale-pid-other", "same-name-container", "same-name-other-user"}, ruleStranger, ruleStop),
		Repeatable:     answer(l, []string{"killed-start"}, ruleKilledStart),
	}
}

// answer is "no" where one of the rules is broken, "unknown" where none of
// the scenarios could show it, and "yes" otherwise.
func answer(l []Verdict, scenarios []string, rules ...string) string {
	seen, shown := false, false
	for _, v := range l {
		if v.Result == Fail && slices.Contains(scenarios, v.Scenario) && slices.Contains(rules, v.Rule) {
			return "no (" + v.Rule + ", " + v.Position.String() + ")"
		}
		if slices.Contains(scenarios, v.Scenario) {
			seen = true
			shown = shown || v.Result == Pass
		}
	}
	switch {
	case shown:
		return "yes"
	case seen:
		return "unknown"
	}
	return notRehearsed
}

// worth is from when on a wait is worth a word.
const worth = time.Second

func (r *run) blocking(l []Verdict) string {
	for _, s := range contract() {
		for _, v := range l {
			if v.Scenario == s.Name && v.Result == Fail && v.Rule == ruleEndless {
				return "unbounded (" + v.Position.String() + ")"
			}
		}
	}
	for _, v := range l {
		if v.Result == Fail && v.Rule == ruleEndless {
			return "unbounded (" + v.Position.String() + ", if " + v.Scenario + ")"
		}
	}
	switch {
	case len(l) == 0:
		return notRehearsed
	case r.worst >= worth:
		s := fmt.Sprintf("bounded (%s takes %s", r.worstStep, round(r.worst))
		if r.worstPlace.Line != 0 {
			s += ", most of it at " + r.worstPlace.String()
		}
		return s + ")"
	}
	return "no"
}

// invariants are the rules that must not be broken whatever an unknown program
// does.
func isInvariant(rule string) bool {
	switch rule {
	case ruleSecond, ruleEndless, ruleStatus, ruleStatusActs, ruleStranger:
		return true
	}
	return false
}

// explore acts a scenario again with other outcomes of the unknown programs in
// it: what breaks then is assumed, and names what it rests on. base are the
// verdicts with all programs succeeding.
func (r *run) explore(s Scenario, base []Verdict) []Verdict {
	r.mu.Lock()
	first := slices.Clone(r.asked)
	r.mu.Unlock()
	if len(first) == 0 {
		return nil
	}
	broken := map[string]bool{}
	for _, v := range base {
		if v.Rule != "" {
			broken[v.Rule] = true
		}
	}
	var found []Verdict
	// Each entry is a set of programs that fail; the next ones are tried in the
	// order in which the scenario comes to them.
	todo := [][]string{nil}
	tried := 1
	for len(todo) > 0 && tried < r.budget.Paths {
		fails := todo[0]
		todo = todo[1:]
		keys := first
		if len(fails) > 0 {
			r.setForced(forced(fails))
			for _, v := range r.actOnce(s) {
				if !isInvariant(v.Rule) || broken[v.Rule] {
					continue
				}
				broken[v.Rule] = true
				v.Result = Assumed
				v.Assumes = nil
				for _, k := range fails {
					v.Assumes = append(v.Assumes, k+" exits 1")
				}
				found = append(found, v)
			}
			tried++
			r.mu.Lock()
			keys = slices.Clone(r.asked)
			r.mu.Unlock()
		}
		if len(fails) >= maxFails {
			continue
		}
		after := -1
		if len(fails) > 0 {
			after = slices.Index(keys, fails[len(fails)-1])
		}
		for _, k := range keys[after+1:] {
			todo = append(todo, append(slices.Clone(fails), k))
		}
	}
	r.setForced(nil)
	return found
}

// maxFails is how many programs fail together at most: more teach nothing new.
const maxFails = 2

func forced(fails []string) map[string]int {
	m := map[string]int{}
	for _, k := range fails {
		m[k] = 1
	}
	return m
}
