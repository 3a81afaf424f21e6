package rehearse

import "context"

// KillAll is the step of [Predict] that kills every process by KILL.
const KillAll = "kill -9"

// Prediction is what a step will come to.
type Prediction struct {
	Step string
	// Status is the exit status, and Running how many daemons run after it,
	// not counting processes that a daemon has started.
	Status, Running int
	// Ended is false for a step that does not end.
	Ended bool
	// Effects is what it does.
	Effects []Event
}

// Predict acts steps one after the other, on one machine, and says what they
// come to. known tells whether it has the ways of the daemon from a table, by
// its name; of any other it supposes what most daemons do.
func Predict(ctx context.Context, o Options, steps ...string) (l []Prediction, known bool, err error) {
	r, err := newRun(ctx, o)
	if err != nil {
		return nil, false, err
	}
	r.learn()
	t := &trial{r: r}
	t.stage = r.stage(stageOptions{})
	defer t.close()
	for _, step := range steps {
		if step == KillAll {
			t.killDaemons()
			l = append(l, Prediction{Step: step, Ended: true, Running: len(t.daemons())})
			continue
		}
		out := t.do(step)
		p := Prediction{Step: step, Status: out.status, Running: out.n(), Ended: out.ended}
		for _, e := range out.effects {
			if what := t.describe(e); what != "" {
				p.Effects = append(p.Effects, Event{t.position(e.File, e.Line), what})
			}
		}
		l = append(l, p)
		if !out.ended {
			break
		}
	}
	return l, t.knownDaemon(), nil
}
