// Package lint is the command lint: what is wrong with init scripts, found
// without running them.
package lint

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"golang.org/x/term"

	"sysv/lint"
	"sysv/lint/config"
	"sysv/lint/format"
	"sysv/lint/rules"
	"sysv/system"
)

// Exit statuses.
const (
	exitClean = 0
	// exitFound is that there are findings, at or above the severity that is
	// reported; with --fix, those that are left.
	exitFound = 1
	exitUsage = 2
	// exitUnread is a file that could not be read, or a fault of our own.
	exitUnread = 3
)

// Help is the command's manual.
const Help = `Usage: sysv lint [OPTION]... [PATH]...

Says what is wrong with init scripts, without running them: headers, what
happens when they are started twice, what can block, exit codes, processes and
pid files, security, the order of all of them, portability, and what will not
survive a migration. A PATH is a script, a directory of scripts, a tree with an
etc/init.d in it, a pattern, or - for standard input; without one it is
/etc/init.d. Nothing of a script is run; only --fix writes.

  --format NAME      tty (the usual), gcc, json, sarif, checkstyle, github,
                     gitlab, junit
  --severity NAME    the least that is reported: error, warning, info (the
                     usual), style
  --rehearse WHEN    auto: act each script out in an invented machine, too;
                     never: look at the text alone
  --include RULE,... only these rules, families (SV2) or names
  --exclude RULE,... not these
  --fix              change the files, as far as a fix is verified: read again,
                     and rehearsed where it changes commands
  --diff             print what --fix would change, as a patch
  --explain RULE     a rule's page
  --list-rules       all rules
  --config FILE      this configuration, and no .sysvlint.yaml; none is no file
  --stdin-path NAME  the name by which standard input is judged
  --color WHEN       auto, always, never
  --jobs N           how many scripts are looked at at a time
  --help             this text

In a script, "# sysv: disable=SV2003 reason" behind a line or before it, or
"# sysv: disable-file=SV2003 reason", is for what is meant so.

EXIT STATUS
  0 nothing found, 1 findings, 2 wrong command line or configuration, 3 a file
  that cannot be read

EXAMPLES
  sysv lint
  sysv lint --severity=error debian/*.init
  sysv lint --format=sarif rootfs/ > lint.sarif
  sysv lint --diff /etc/init.d/nginx
  sysv lint --explain SV2003
  git show HEAD:init.d/foo | sysv lint --stdin-path=init.d/foo -
`

// Run runs the command; args[0] is its name.
func Run(ctx context.Context, p *system.Process, args []string) int {
	o, bad := parse(args[1:])
	c := &command{p: p, o: o, rules: rules.All()}
	switch {
	case bad != "":
		return c.fail(exitUsage, "%s: see sysv lint --help", bad)
	case o.help:
		system.WriteAll(p.Stdout(), []byte(Help))
		return exitClean
	case o.list:
		return c.listRules()
	case o.explain != "":
		return c.explain()
	}
	return c.lint(ctx)
}

// command is one run of it.
type command struct {
	p       *system.Process
	o       options
	rules   []*lint.Rule
	stdin   []byte
	configs map[string]*config.Config
}

func (c *command) fail(status int, format string, a ...any) int {
	fmt.Fprintf(c.p.Stderr(), "sysv lint: "+format+"\n", a...)
	return status
}

func (c *command) listRules() int {
	var b strings.Builder
	for _, r := range c.rules {
		fmt.Fprintf(&b, "%s  %-8s %-32s %s\n", r.ID, r.Severity, r.Name, r.Title)
	}
	system.WriteAll(c.p.Stdout(), []byte(b.String()))
	return exitClean
}

func (c *command) explain() int {
	for _, r := range c.rules {
		if strings.EqualFold(r.ID, c.o.explain) || r.Name == c.o.explain {
			system.WriteAll(c.p.Stdout(), []byte(rules.Page(r)))
			return exitClean
		}
	}
	return c.fail(exitUsage, "%s: there is no such rule: see sysv lint --list-rules", c.o.explain)
}

// gcPercent lets the heap grow to five times what lives before it is collected:
// a run is short, and hundreds of scripts stay far below 200 MB.
const gcPercent = 400

func (c *command) lint(ctx context.Context) int {
	defer debug.SetGCPercent(debug.SetGCPercent(gcPercent))
	files, errs := c.files()
	files, err := c.configure(files)
	if err != nil {
		return c.fail(exitUsage, "%v", err)
	}
	options := lint.Options{Rules: c.rules, Jobs: c.o.jobs, Severity: c.severity}
	rehearsed := c.rehearse(&options)
	status := exitClean
	if c.o.fix || c.o.diff {
		var left bool
		if files, left, err = c.repair(ctx, files, options, rehearsed); err != nil {
			return c.fail(exitUnread, "%v", err)
		}
		if c.o.diff {
			if left {
				status = exitFound
			}
			return c.report(errs, status)
		}
	}
	r := lint.Run(ctx, files, options)
	r.Errors = append(errs, r.Errors...)
	r.Findings = c.above(r.Findings)
	err = format.Write(c.stdout(), c.o.format, r, format.Options{
		Color: c.color(), Rules: c.rules, Version: c.o.version, Source: c.source,
	})
	if err != nil {
		return c.fail(exitUnread, "%v", err)
	}
	if len(r.Findings) > 0 {
		status = exitFound
	}
	return c.report(r.Errors, status)
}

// report says what could not be read.
func (c *command) report(errs []error, status int) int {
	for _, err := range errs {
		status = c.fail(exitUnread, "%v", err)
	}
	return status
}

// above drops the findings below the severity that is reported.
func (c *command) above(list []lint.Finding) []lint.Finding {
	var out []lint.Finding
	for _, f := range list {
		least := c.o.severity
		if least == lint.Off {
			least = c.configFor(f.Path).Threshold
		}
		if least == lint.Off {
			least = lint.Info
		}
		if f.Severity >= least {
			out = append(out, f)
		}
	}
	return out
}

// source is a file's lines, for snippets.
func (c *command) source(path string) []string {
	if path == c.stdinName() && c.stdin != nil {
		return strings.Split(string(c.stdin), "\n")
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	return strings.Split(string(b), "\n")
}

func (c *command) stdinName() string {
	if c.o.stdinPath != "" {
		return c.o.stdinPath
	}
	return "-"
}

func (c *command) stdout() io.Writer { return c.p.Stdout() }

// color says whether to write in colour: only to a terminal that has it,
// unless the command line says another.
func (c *command) color() bool {
	switch c.o.color {
	case "always":
		return true
	case "never":
		return false
	}
	t := os.Getenv("TERM")
	return os.Getenv("NO_COLOR") == "" && t != "" && t != "dumb" && term.IsTerminal(1)
}

// configure finds the configuration of each file, and drops those that it
// passes by.
func (c *command) configure(files []lint.File) ([]lint.File, error) {
	c.configs = map[string]*config.Config{}
	var given *config.Config
	switch {
	case c.o.config == "none":
		given = &config.Config{}
	case c.o.config != "":
		src, err := os.ReadFile(c.o.config)
		if err != nil {
			return nil, err
		}
		if given, err = config.Parse(c.o.config, src); err != nil {
			return nil, err
		}
	}
	checked := map[string]bool{}
	var out []lint.File
	for _, f := range files {
		dir := filepath.Dir(f.Path)
		if c.configs[dir] == nil {
			cfg := given
			if cfg == nil {
				abs, err := filepath.Abs(dir)
				if err != nil {
					return nil, err
				}
				if cfg, err = config.Find(abs); err != nil {
					return nil, err
				}
			}
			if !checked[cfg.Path] {
				if err := cfg.Check(c.rules); err != nil {
					return nil, err
				}
				checked[cfg.Path] = true
			}
			c.configs[dir] = cfg
		}
		if !c.configs[dir].Ignored(f.Path) {
			out = append(out, f)
		}
	}
	for _, w := range append(append([]string{}, c.o.include...), c.o.exclude...) {
		if err := (&config.Config{Path: "--include and --exclude", Include: []string{w}}).Check(c.rules); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (c *command) configFor(path string) *config.Config {
	if cfg := c.configs[filepath.Dir(path)]; cfg != nil {
		return cfg
	}
	return &config.Config{}
}

// severity is a rule's in a file: the command line's words come first.
func (c *command) severity(r *lint.Rule, path string) lint.Severity {
	line := config.Config{Include: c.o.include, Exclude: c.o.exclude}
	if line.Severity(r) == lint.Off {
		return lint.Off
	}
	return c.configFor(path).Severity(r)
}
