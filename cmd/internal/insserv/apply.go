package insserv

import (
	"os"
	"path"
	"strings"

	"sysv/runlevel"
	"sysv/system"
)

// tree is the tree in which the changes are made, and what its names begin
// with in the machine: the smallest that has an etc, for the lock, and all
// that is to be changed.
func (c *command) tree(in *runlevel.Insserv) (tree *runlevel.Root, below string, err error) {
	if c.within {
		return c.machine, "", nil
	}
	scripts, depend := path.Dir(in.Dir), path.Dir(in.Depend)
	for dir := scripts; dir != "."; dir = path.Dir(dir) {
		if !strings.HasPrefix(depend+"/", dir+"/") && depend != dir {
			continue
		}
		if info, err := os.Stat("/" + dir + "/etc"); err == nil && info.IsDir() {
			tree, err := runlevel.OpenRoot("/" + dir)
			return tree, dir + "/", err
		}
	}
	return c.machine, "", nil
}

// apply makes the changes, all or none.
func (c *command) apply(tree *runlevel.Root, below string, seq *runlevel.Sequence) error {
	steps := seq.Plan.Steps
	for i := range steps {
		steps[i].Old = strings.TrimPrefix(steps[i].Old, below)
		steps[i].New = strings.TrimPrefix(steps[i].New, below)
	}
	for _, dir := range seq.Directories {
		steps = append(steps, runlevel.Step{Op: runlevel.Mkdir, New: strings.TrimPrefix(dir, below)})
	}
	err := tree.Apply(runlevel.Plan{Steps: steps})
	if len(seq.Plan.Steps) == 0 {
		return nil // a directory that cannot be made says nothing that its absence does not
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
