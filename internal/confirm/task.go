//go:build linux

package confirm

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
)

const (
	noAction = "none"
	sequence = "sequence"
	// stepSeconds is the deadline of one step: above the longest wait of the
	// scripts (a stop's --retry=TERM/30/KILL/5 ends early with the stubs).
	stepSeconds = 40
)

// Actions are what each script is run with: one action in a fresh sandbox, or
// the sequence in one.
var Actions = []string{"start", "stop", "status", "restart", "force-reload", "bogus", noAction, sequence}

var sequenceSteps = []string{"status", "start", "status", "start", "stop", "stop", "status", "restart"}

// Task is one script and one action, to be run by every side.
type Task struct {
	Package string
	Script  string // its path in the sandbox
	Action  string
	tree    string
	head    shebang
	daemons []string
	dirs    []Dir
}

// Name is how a task is named in reports and in the table of differences.
func (t Task) Name() string { return t.Package + "/" + filepath.Base(t.Script) + " " + t.Action }

// tasksOf lists what there is to run for one unpacked package.
func tasksOf(pkg, tree string, only func(script string) bool, actions []string) (tasks []Task, skipped []string, err error) {
	scripts, err := filepath.Glob(filepath.Join(tree, "etc/init.d/*"))
	if err != nil {
		return nil, nil, err
	}
	dirs := tmpfilesOf(tree)
	for _, file := range scripts {
		info, err := os.Stat(file)
		if err != nil || !info.Mode().IsRegular() || info.Mode()&0o111 == 0 || !only(filepath.Base(file)) {
			continue
		}
		head, err := readShebang(file)
		if err != nil {
			return nil, nil, err
		}
		if !head.known {
			skipped = append(skipped, pkg+"/"+filepath.Base(file)+": no sh or bash script")
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, nil, err
		}
		daemons := daemonsOf(file, string(text), tree)
		for _, a := range actions {
			tasks = append(tasks, Task{Package: pkg, Script: "/etc/init.d/" + filepath.Base(file), Action: a,
				tree: tree, head: head, daemons: daemons, dirs: dirs})
		}
	}
	return tasks, skipped, nil
}

var tmpfilesLine = regexp.MustCompile(`^[dD]!?\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)`)

// tmpfilesOf reads the directories that the package's tmpfiles.d would make.
func tmpfilesOf(tree string) []Dir {
	var out []Dir
	files, _ := filepath.Glob(filepath.Join(tree, "usr/lib/tmpfiles.d/*.conf"))
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			continue
		}
		for line := range strings.Lines(string(text)) {
			m := tmpfilesLine.FindStringSubmatch(line)
			if m == nil || strings.Contains(m[1], "%") {
				continue
			}
			d := Dir{Path: merged(m[1]), Mode: 0o755, Owner: m[3], Group: m[4]}
			if mode, err := strconv.ParseUint(m[2], 8, 32); err == nil {
				d.Mode = uint32(mode)
			}
			out = append(out, d)
		}
	}
	return out
}

// bench is what all runs of one comparison share.
type bench struct {
	base  string            // the base layer
	mount string            // an empty directory
	tools map[string]string // name in /.confirm: file of the host
	self  string            // this program
	keep  string            // where to write what was seen, or ""

	seconds int           // the deadline of a step
	slots   chan struct{} // as many as sandboxes may run at a time
}

// run runs one task by one side in a sandbox.
func (b *bench) run(t Task, s Side) (Result, error) {
	p := Plan{Mount: b.mount, Lower: []string{t.tree, b.base, "/"}, Tools: b.tools, Daemon: t.daemons, Dirs: t.dirs}
	actions := []string{t.Action}
	if t.Action == sequence {
		actions = sequenceSteps
	}
	for _, a := range actions {
		p.Steps = append(p.Steps, Step{Name: a, Argv: s.argv(t.Script, t.head, a), Seconds: b.seconds})
	}
	plan, err := json.Marshal(p)
	if err != nil {
		return Result{}, err
	}
	var out, errs bytes.Buffer
	cmd := exec.Command(b.self)
	cmd.Args = []string{initName}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(plan), &out, &errs
	cmd.Env = []string{"PATH=/usr/sbin:/usr/bin", "GOMAXPROCS=2"}
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWPID | syscall.CLONE_NEWNET | syscall.CLONE_NEWIPC | syscall.CLONE_NEWUTS,
		Pdeathsig:  syscall.SIGKILL,
	}
	if err := cmd.Run(); err != nil {
		return Result{}, fmt.Errorf("sandbox: %w: %s", err, errs.String())
	}
	var r Result
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		return Result{}, fmt.Errorf("sandbox: %w: %s", err, errs.String())
	}
	if r.Err != "" {
		return r, fmt.Errorf("sandbox: %s", r.Err)
	}
	return r, b.store(t, s, out.Bytes())
}

// store keeps what was seen of a run, to be looked at.
func (b *bench) store(t Task, s Side, result []byte) error {
	if b.keep == "" {
		return nil
	}
	if err := os.MkdirAll(b.keep, 0o755); err != nil {
		return err
	}
	name := strings.NewReplacer("/", ",", " ", ",").Replace(t.Name() + " " + s.Name)
	var text bytes.Buffer
	if err := json.Indent(&text, result, "", " "); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(b.keep, name+".json"), text.Bytes(), 0o644)
}
