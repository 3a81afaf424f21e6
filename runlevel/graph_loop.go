package runlevel

type Loop struct{}
type Ordered struct{}
type Edge struct{}

func (q *sequencer) ordered() []Ordered  { return nil }
func (q *sequencer) edges() []Edge       { return nil }
func findLoops([]Ordered, []Edge) []Loop { return nil }
func (q *sequencer) reportLoops()        {}
