package process

import (
	"strings"

	"sysv/system"
	"sysv/utility/call"
)

// Statuses of a utility that runs another program, as POSIX gives them for
// env, nice and the like; cancelled is GNU's for a failure of its own.
const (
	cancelled    = 125
	cannotInvoke = 126
	notFound     = 127
)

// defaultPath is where execvp(3) looks without a PATH.
const defaultPath = "/bin:/usr/bin"

// resolve finds a program as execvp(3) does, by the PATH of p's environment.
func resolve(p *system.Process, name string) (string, error) {
	if strings.Contains(name, "/") {
		return p.Abs(name), executable(p, name)
	}
	if name == "" {
		return "", system.ENOENT
	}
	path, ok := p.Getenv("PATH")
	if !ok {
		path = defaultPath
	}
	var failed error = system.ENOENT
	for dir := range strings.SplitSeq(path, ":") {
		if dir == "" {
			dir = "."
		}
		switch err := executable(p, dir+"/"+name); err {
		case nil:
			return p.Abs(dir + "/" + name), nil
		case system.EACCES:
			failed = err
		}
	}
	return "", failed
}

func executable(p *system.Process, path string) error {
	st, err := p.Stat(path)
	if err != nil {
		return err
	}
	if !st.Mode.IsRegular() {
		return system.EACCES
	}
	return p.Access(path, system.ExecuteOK)
}

// launch starts a program for p; change, if not nil, may alter how.
func launch(p *system.Process, argv []string, change func(*system.Command)) (system.Child, error) {
	var child system.Child
	err := asProgram(p, argv, change, func(cmd *system.Command) (err error) {
		child, err = p.Sys.Start(cmd)
		return err
	})
	return child, err
}

// become runs a program in the utility's place. Where that is a process of its
// own, it becomes the program, which so has the pid that the caller knows;
// where it is built into a shell, its status is waited for.
func become(c *call.Call, p *system.Process, argv []string, change func(*system.Command)) (status int, err error) {
	c.Out.Flush()
	if self(c) != 0 {
		return 0, asProgram(p, argv, change, p.Sys.Exec)
	}
	child, err := launch(p, argv, change)
	if err != nil {
		return 0, err
	}
	return wait(c, child), nil
}

// replace is become for a command that is complete.
func replace(c *call.Call, cmd *system.Command) (status int, err error) {
	c.Out.Flush()
	if self(c) != 0 {
		return 0, c.Sys.Exec(cmd)
	}
	child, err := c.Sys.Start(cmd)
	if err != nil {
		return 0, err
	}
	return wait(c, child), nil
}

// asProgram finds a program as execvp(3) does and starts it by way of start.
func asProgram(p *system.Process, argv []string, change func(*system.Command), start func(*system.Command) error) error {
	path, err := resolve(p, argv[0])
	if err != nil {
		return err
	}
	cmd := p.Command(path, argv)
	if change != nil {
		change(cmd)
	}
	err = start(cmd)
	if err == system.ENOEXEC {
		// What is not a program is a script of the shell's.
		cmd.Path, cmd.Args = "/bin/sh", append([]string{"/bin/sh", path}, argv[1:]...)
		err = start(cmd)
	}
	return err
}

// missing is the status of a program that could not be run.
func missing(err error) int {
	if err == system.ENOENT {
		return notFound
	}
	return cannotInvoke
}

// run runs a program as the shell would, so that it may be a built-in one;
// failed prints that it is not to be found.
func run(c *call.Call, p *system.Process, argv []string, failed func(error)) int {
	_, err := resolve(p, argv[0])
	if p.Run != nil && (err == nil || err == system.ENOENT && !strings.Contains(argv[0], "/")) {
		return c.Exec(p, argv)
	}
	if err == nil {
		var status int
		if status, err = become(c, p, argv, nil); err == nil {
			return status
		}
	}
	failed(err)
	return missing(err)
}
