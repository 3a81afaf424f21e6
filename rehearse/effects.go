package rehearse

import (
	"context"
	"time"
)

// Done is what one action would do to the machine.
type Done struct {
	Script  string        `json:"script"`
	Action  []string      `json:"action"`
	Effects []Event       `json:"effects"`
	Status  int           `json:"status"`
	Ended   bool          `json:"ended"`
	Took    time.Duration `json:"took"`
	Running int           `json:"running"`
	Stdout  string        `json:"stdout"`
	Stderr  string        `json:"stderr"`
}

// Effects acts one action, from a machine on which the service is stopped or,
// for an action that wants a service that runs (stop, reload, status …), on
// one on which it has been started.
func Effects(ctx context.Context, o Options, action ...string) (*Done, error) {
	r, err := newRun(ctx, o)
	if err != nil {
		return nil, err
	}
	r.learn()
	t := &trial{r: r}
	t.stage = r.stage(stageOptions{})
	defer t.close()
	if len(action) > 0 {
		switch action[0] {
		case "start", "restart", "try-restart", "condrestart":
		default:
			t.do("start")
		}
	}
	out := t.do(action...)
	d := &Done{Script: o.Script, Action: action, Status: out.status, Ended: out.ended, Took: out.took, Running: out.n(), Stdout: out.stdout, Stderr: out.stderr}
	for _, e := range out.effects {
		if what := t.describe(e); what != "" {
			d.Effects = append(d.Effects, Event{t.position(e.File, e.Line), what})
		}
	}
	return d, nil
}
