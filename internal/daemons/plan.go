//go:build linux

package daemons

// Plan is what PID 1 of a sandbox is told, as JSON on its standard input.
type Plan struct {
	Mount string            // an empty directory of the host to work in
	Lower []string          // overlay layers, topmost first
	Files map[string]string // files written before the first step, by path
	Probe Probe
	Ops   []Op
	Comm  string // the name of PID 1; empty: this program's
}

// Probe asks a daemon whether it works.
type Probe struct {
	Address string // host:port; empty is no probe
	Send    string
}

// Kinds of steps.
const (
	// opRun runs Argv and waits for its end.
	opRun = "run"
	// opStart runs Argv under the step's name and does not wait.
	opStart = "start"
	// opUntil waits until there is a file at Path.
	opUntil = "until"
	// opSignal sends Signal to what was started as To; to its process group
	// with Group.
	opSignal = "signal"
	// opAwait waits for the end of what was started as To.
	opAwait = "await"
	// opKillAll kills every process of the sandbox.
	opKillAll = "kill all"
	// opRename renames Path to To.
	opRename = "rename"
	// opPause waits for Seconds.
	opPause = "pause"
	// opCount tells how many lines the files Path and To have.
	opCount = "count"
)

// Op is one step.
type Op struct {
	Kind    string
	Name    string
	Argv    []string // Argv[0] is a path in the sandbox
	Path    string
	To      string
	Signal  int
	Group   bool
	Seconds float64 // of opRun, opAwait, opUntil: the deadline; of opPause: how long
	// Unseen is a step after which nothing is looked at.
	Unseen bool
}

// Result is what PID 1 saw; it writes it as JSON to its standard output.
type Result struct {
	Err   string // the sandbox itself failed
	Steps []Seen
}

// Seen is what one step left to see.
type Seen struct {
	Step      string
	Status    string // "0", "killed by SIGTERM", "timed out"
	Took      string // of opAwait: whole seconds
	Stdout    string
	Stderr    string
	Processes []string
	Files     []string
	Sockets   []string
	Answer    string
}

// field is one part of a Seen.
type field struct {
	name string
	text string
}

func (s Seen) fields() []field {
	lines := func(l []string) string {
		out := ""
		for _, s := range l {
			out += s + "\n"
		}
		return out
	}
	return []field{
		{"status", s.Status}, {"took", s.Took}, {"stdout", s.Stdout}, {"stderr", s.Stderr}, {"processes", lines(s.Processes)},
		{"files", lines(s.Files)}, {"sockets", lines(s.Sockets)}, {"answer", s.Answer},
	}
}
