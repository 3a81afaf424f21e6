package insserv

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"sysv/runlevel"
	"sysv/system"
)

// tree is the tree in which the changes are made, and what its names begin
// with in the machine: that of the scripts, wherever the dependency files are.
func (c *command) tree(in *runlevel.Insserv) (tree *runlevel.Root, below string, err error) {
	if c.within {
		return c.machine, "", nil
	}
	if tree, err = runlevel.OpenScripts("/" + in.Dir); err != nil || tree.Dir() == "/" {
		return tree, "", err
	}
	return tree, strings.TrimPrefix(tree.Dir(), "/") + "/", nil
}

// apply makes the changes, all or none. Dependency files outside of the tree
// are another one's: the next call writes them if this one comes no further.
func (c *command) apply(tree *runlevel.Root, below string, seq *runlevel.Sequence) error {
	var steps, outside []runlevel.Step
	for _, s := range seq.Plan.Steps {
		if s.Op == runlevel.Write && !strings.HasPrefix(s.New, below) {
			outside = append(outside, s)
			continue
		}
		s.Old, s.New = strings.TrimPrefix(s.Old, below), strings.TrimPrefix(s.New, below)
		steps = append(steps, s)
	}
	for _, dir := range seq.Directories {
		steps = append(steps, runlevel.Step{Op: runlevel.Mkdir, New: strings.TrimPrefix(dir, below)})
	}
	err := tree.Apply(runlevel.Plan{Steps: steps})
	if err == nil {
		for _, s := range outside {
			if err = c.write(s); err != nil {
				break
			}
		}
	}
	if len(seq.Plan.Steps) == 0 {
		return nil // a directory that cannot be made says nothing that its absence does not
	}
	return err
}

// write writes a dependency file under another name first, so that nobody
// reads half of one.
func (c *command) write(s runlevel.Step) error {
	path := "/" + s.New
	f, err := os.CreateTemp(filepath.Dir(path), ".sysv-links.*")
	if err != nil {
		return err
	}
	mode := os.FileMode(0o644)
	if info, err := os.Lstat(path); err == nil && info.Mode().IsRegular() {
		mode = info.Mode().Perm()
	}
	_, err = f.Write(s.Data)
	err = errors.Join(err, f.Chmod(mode), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}

// upstart asks an Upstart job for its header.
func (c *command) upstart(program, job string) []byte {
	out := system.NewCapture(c.Sys)
	w, err := out.Real()
	if err != nil {
		return nil
	}
	p := c.Command("/bin/sh", []string{"sh", "-c", program + " " + job + " lsb-header"})
	p.Files[1] = w
	child, err := c.Sys.Start(p)
	if err == nil {
		child.Wait(false)
	}
	out.Close()
	return out.Bytes()
}
