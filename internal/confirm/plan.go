//go:build linux

package confirm

// Plan is what PID 1 of a sandbox is told, as JSON on its standard input.
type Plan struct {
	Mount  string            // an empty directory of the host to work in
	Lower  []string          // overlay layers, topmost first
	Tools  map[string]string // name in /.confirm: file of the host
	Daemon []string          // lines of /.confirm/daemons
	Dirs   []Dir             // directories made in /run and /var before the first step
	Steps  []Step
}

// Dir is a directory that the package's tmpfiles.d would have made.
type Dir struct {
	Path         string
	Mode         uint32
	Owner, Group string
}

// Step is one call of the script.
type Step struct {
	Name    string
	Argv    []string // Argv[0] is a path in the sandbox
	Seconds int      // the deadline: then everything in the sandbox is killed
}

// Result is what PID 1 saw; it writes it as JSON to its standard output.
type Result struct {
	Err   string // the sandbox itself failed
	Steps []Seen
}

// Seen is what one step left to see. Numbers that are process ids are
// replaced by <PID:name> everywhere.
type Seen struct {
	Step      string
	Status    string // "0", "killed by TERM", "timed out"
	Stdout    string
	Stderr    string
	Execs     []string // paths executed during the step, sorted, each once
	Calls     []string // stub calls, sorted
	Processes []string // what runs after the step, sorted
	Log       []string // what was sent to /dev/log, sorted
	Files     []string // what is not as it was before the first step, sorted
}
