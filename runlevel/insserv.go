package runlevel

import (
	"errors"
	"io/fs"
	"strconv"
	"strings"

	"sysv/lsb"
)

// Insserv is a call of insserv(8), version 1.24: the scripts of a directory
// are brought into an order by what their headers say, and the links beside
// it are made to fit. [Insserv.Plan] reads, and changes nothing.
type Insserv struct {
	// FS is the machine. All names below are names in it.
	FS fs.ReadLinkFS
	// Dir is the directory of the scripts, its links resolved; those of the
	// runlevels are beside it.
	Dir string
	// ShownDir is Dir as messages have it: "/etc/init.d".
	ShownDir string
	// Depend is what the names of the dependency files begin with, and
	// ShownDepend the same in messages: "/etc/init.d/." for .depend.boot,
	// .depend.start and .depend.stop.
	Depend, ShownDepend string
	// Configs are insserv.conf and the files of insserv.conf.d, in the order
	// in which they are read.
	Configs []ConfigFile
	// Overrides are the directories whose files stand in for the headers of
	// scripts of the same name, and Shown what messages call them.
	Overrides [2]string
	// ShownOverrides are the directories as messages have them.
	ShownOverrides [2]string
	// Filters are the extensions of /etc/insserv/file-filters.
	Filters []string
	// Scripts are those of the command line.
	Scripts []Argument
	// Remove (-r) removes Scripts from all runlevels, instead of adding them.
	Remove bool
	// Force (-f) does all that can be done although a header is wrong.
	Force bool
	// Defaults (-d) takes the runlevels of the headers for all scripts.
	Defaults bool
	// Recursive (-e) enables what Scripts need.
	Recursive bool
	// DryRun (-n) only tells, and does not see what it would have changed.
	DryRun bool
	// ShowAll (-s) asks for the list of numbers.
	ShowAll bool
	// Silent (-q) leaves warnings out.
	Silent bool
	// Verbose (-v) is how much is told.
	Verbose int
	// UpstartJob is the file to which a link in Dir is an Upstart job, and
	// Upstart prints the header of the job of a name.
	UpstartJob string
	Upstart    func(name string) []byte
}

// ConfigFile is a file of system facilities.
type ConfigFile struct {
	// Shown is its name in messages.
	Shown string
	// Data is its content, Err why it could not be read.
	Data []byte
	Err  error
}

// Argument is a script of the command line.
type Argument struct {
	Name string
	// Levels is what follows the name ("start=2,3,stop=0"), HasLevels whether
	// anything does.
	Levels    string
	HasLevels bool
}

// Message is a line, or a few, of the standard error.
type Message struct {
	Text string
	// Change is set if it tells of a change of the Plan.
	Change bool
}

// Sequence is what a call of insserv comes to.
type Sequence struct {
	// Plan are the changes.
	Plan Plan
	// Directories are those of runlevels that are missing, and are to be
	// there even without a link.
	Directories []string
	// Messages are for standard error, each with its newline.
	Messages []Message
	// Listing is what -s prints.
	Listing string

	q *sequencer
}

// ErrRefused is the error of a call that ends with status 1; its messages have
// said why. Nothing is to be changed.
var ErrRefused = errors.New("the order cannot be made")

// sequencer is one call at work.
type sequencer struct {
	*Insserv
	graph
	facilities   map[string]*facility
	facilityList []*facility
	messages     []Message
	steps        []Step
	directories  []string
	told         map[string]struct{}
	arguments    map[string]int
	headers      map[string]*reading
	files        map[string]*reading
	overrides    [2]map[string]bool
	scripts      []scriptEntry
	// plain are the entries of Dir by name, and usual is what links to them
	// begin with.
	plain map[string]*scriptEntry
	usual []byte
	// listed are the entries of the runlevels' directories that were read in
	// advance.
	listed  [len(lsb.LevelNames)][]entry
	listing string
	// scan is the header that is at hand.
	scan scan
	// lists counts the lists that were sorted; sorted and rest are room for
	// one.
	lists  int
	sorted []numbered
	rest   []request
	// wrong is set when the call must end with an error.
	wrong bool
	// current are the entries of the runlevels' directories.
	current [len(lsb.LevelNames)]*directory
}

// Plan reads the tree, and finds what is to be done. The error is ErrRefused
// where insserv ends with status 1.
func (in *Insserv) Plan() (*Sequence, error) {
	q := &sequencer{Insserv: in, facilities: map[string]*facility{}, arguments: map[string]int{},
		headers: map[string]*reading{}, files: map[string]*reading{}, told: map[string]struct{}{}}
	q.byName, q.byScript = map[string]*service{}, map[string]*node{}
	q.graph.warn = q.warn
	for i, a := range in.Scripts {
		q.arguments[a.Name] = i
	}
	err := q.run()
	seq := &Sequence{Plan: Plan{Steps: q.steps}, Directories: q.directories, Messages: q.messages, Listing: q.listing, q: q}
	if err != nil {
		seq.Plan.Steps, seq.Directories = nil, nil
	}
	return seq, err
}

func (q *sequencer) run() error {
	for i := range q.Configs {
		c := &q.Configs[i]
		q.info(2, "Loading ", c.Shown, "\n")
		if c.Err != nil {
			q.warn("fopen(", c.Shown, "): ", Strerror(c.Err), "\n")
			continue
		}
		q.configure(lsb.ParseConfig(c.Shown, c.Data))
	}
	if err := q.expandFacilities(); err != nil {
		return err
	}
	if err := q.readScripts(); err != nil {
		return err
	}
	q.preload()
	if err := q.scanLinks(); err != nil {
		return err
	}
	q.dropNicknames()
	if err := q.scanArguments(); err != nil {
		return err
	}
	if err := q.scanScripts(); err != nil {
		return err
	}
	q.dropNicknames()
	q.placeAll(q.demandAll)
	q.numberAll()
	if q.loops() {
		q.reportLoops()
	}
	if q.loops() && !q.Force {
		return q.fail("exiting now without changing boot order!\n")
	}
	limit := q.deepestOverLimit()
	q.placeAlone()
	switch {
	case limit, q.consistent():
	case q.cyclic():
		if !q.loops() {
			// The walk did not come by it, but there is one: insserv goes on.
			q.reportLoops()
		}
	default:
		// Without a loop every script can have its place.
		limit = !q.renumber()
		q.warn(Detail, "some scripts would come before what they need, without a loop: they get other numbers\n")
	}
	if !q.Remove && !q.Force {
		q.checkLevels()
	}
	if q.wrong {
		return q.fail("exiting now!\n")
	}
	if limit {
		q.reportDeepest()
		return q.fail("Maximum of ", itoa(maxNumber), " in ordering reached\n")
	}
	if q.ShowAll {
		q.listing = q.list()
	}
	if err := q.planLinks(); err != nil {
		return err
	}
	return q.planDepend()
}

// demandAll is a dependency that $all makes.
func (q *sequencer) demandAll(s *service, kind Kind, name string) {
	why := s.lastWhy
	if kind == Stop {
		why = s.firstWhy
	}
	q.requireWord(s, demand{kind: kind}, name, why)
}

func (q *sequencer) say(change bool, parts []string) {
	for i := range parts {
		parts[i] = Short(parts[i])
	}
	q.messages = append(q.messages, Message{Text: "insserv: " + strings.Join(parts, ""), Change: change})
}

// longestWord is what no file's name or path exceeds (path_resolution(7)).
const longestWord = 4096

// Short is a text in which words that are longer than any name are cut, so
// that a message of a header that is broken can be read.
func Short(text string) string {
	if len(text) <= longestWord {
		return text
	}
	words := strings.Split(text, " ")
	for i, w := range words {
		if len(w) > longestWord {
			const shown = 60
			words[i] = w[:shown] + "...(" + itoa(len(w)) + " bytes)"
		}
	}
	return strings.Join(words, " ")
}

// warn prints a warning, unless it shall be silent.
func (q *sequencer) warn(parts ...string) {
	if !q.Silent {
		q.say(false, parts)
	}
}

// detail adds to a message where and why; it is not of the original.
func (q *sequencer) detail(at lsb.Position, parts ...string) {
	if q.Silent {
		return
	}
	q.say(false, append([]string{Detail, at.Path, ":", itoa(at.Line), ": "}, append(parts, "\n")...))
}

// Detail is what the lines begin with, behind "insserv: ", that tell more than
// the original does.
const Detail = "  "

// detailOnce is detail, once for each place.
func (q *sequencer) detailOnce(at lsb.Position, parts ...string) {
	key := at.Path + ":" + itoa(at.Line) + strings.Join(parts, "")
	if _, ok := q.told[key]; ok {
		return
	}
	q.told[key] = struct{}{}
	q.detail(at, parts...)
}

// info prints what only who asked for it shall read.
func (q *sequencer) info(level int, parts ...string) {
	if q.Verbose >= level {
		q.say(false, parts)
	}
}

// fail prints why the call ends.
func (q *sequencer) fail(parts ...string) error {
	q.say(false, parts)
	return ErrRefused
}

// Strerror is an error without path and call, as strerror(3) has it.
func Strerror(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		err = pe.Err
	}
	text := err.Error()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "No such file or directory"
	case errors.Is(err, fs.ErrPermission):
		return "Permission denied"
	}
	if text != "" && text[0] >= 'a' && text[0] <= 'z' {
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	return text
}

func itoa(n int) string { return strconv.Itoa(n) }

// twoDigits is a number as a link has it.
func twoDigits(n int) string {
	if n < 10 {
		return "0" + itoa(n)
	}
	return itoa(n)
}
