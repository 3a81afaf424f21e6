package service

import (
	"context"
	"slices"
	"strings"
	"testing"

	"sysv/interp"
	"sysv/system"
	"sysv/system/simulated"
)

func TestCleanEnvironment(t *testing.T) {
	got := CleanEnvironment([]string{"HOME=/root", "LANG=C", "LC_ALL=", "PATH=/old", "PATH=/bin", "LANGUAGE=de", "LD_PRELOAD=x.so", "IFS=/", "TERMX=1", "BASH_FUNC_ls%%=() { :; }"})
	want := map[string]string{"LANG": "C", "LANGUAGE": "de", "PATH": "/bin", "TERM": ""}
	for _, kv := range got {
		name, value, _ := strings.Cut(kv, "=")
		if !slices.Contains(cleanNames(), name) || value != want[name] {
			t.Errorf("%s is passed on, expected %q", kv, want[name])
		}
		delete(want, name)
	}
	if len(want) > 0 {
		t.Errorf("not passed on: %v", want)
	}
}

// machine has one file at /d/s, whose directory has a mode of its own.
func machine(text string, mode, dirMode system.Mode, uid, gid int, id system.Identity) *system.Process {
	root := simulated.New(simulated.Options{Identity: id})
	root.AddDir("/d", dirMode)
	root.WriteFile("/d/s", mode, text)
	root.Chown("/d/s", uid, gid, false)
	root.Chmod("/d/s", mode)
	root.AddSymlink("/link", "d/s")
	root.AddSymlink("/loop", "loop")
	root.AddNode("/fifo", system.TypeFIFO|0o644, 0)
	return root.Process()
}

func TestLoadRefuses(t *testing.T) {
	for _, c := range []struct {
		name, path, text string
		mode, dir        system.Mode
		uid, gid, euid   int
		status           int
		why              string
	}{
		{"missing", "/d/no", "", 0o755, 0o755, 0, 0, 0, 127, "no such script"},
		{"below a file", "/d/s/x", "", 0o755, 0o755, 0, 0, 0, 127, "no such script"},
		{"directory", "/d", "", 0o755, 0o755, 0, 0, 0, 126, "is a directory, expected a script"},
		{"fifo", "/fifo", "", 0o755, 0o755, 0, 0, 0, 126, "is not a regular file, expected a script"},
		{"loop", "/loop", "", 0o755, 0o755, 0, 0, 0, 126, "Too many levels of symbolic links"},
		{"ELF", "/d/s", "\x7fELF\x02\x01", 0o755, 0o755, 0, 0, 0, 126, "is a binary program, expected a script"},
		{"JPEG", "/d/s", "\xff\xd8\xff\xe0\x00\x10JFIF", 0o755, 0o755, 0, 0, 0, 126, "is not text, expected a script"},
		{"NUL in the second line", "/d/s", "a\n\x00", 0o755, 0o755, 0, 0, 0, 126, "is not text, expected a script"},
		{"no interpreter", "/d/s", "#! \n", 0o755, 0o755, 0, 0, 0, 126, `empty "#!" line, expected an interpreter`},
		{"too large", "/d/s", strings.Repeat("#", maxScript+1), 0o755, 0o755, 0, 0, 0, 126, "is larger than 16 MB, expected a script"},
		{"writable by all", "/d/s", ":", 0o757, 0o755, 0, 0, 0, 126, "can be written by everybody (mode 0757)"},
		{"writable by a group", "/d/s", ":", 0o775, 0o755, 0, 7, 0, 126, "can be written by group 7 (mode 0775)"},
		{"another's", "/d/s", ":", 0o755, 0o755, 7, 0, 0, 126, "belongs to user 7"},
		{"in a directory for all", "/d/s", ":", 0o755, 0o777, 0, 0, 0, 126, "is in /d/, where everybody can put files (mode 0777)"},
		{"linked to from elsewhere", "/link", ":", 0o755, 0o777, 0, 0, 0, 126, "is in /d/, where everybody can put files (mode 0777)"},
		{"root's group may write", "/d/s", ":", 0o775, 0o755, 0, 0, 0, 0, ""},
		{"in a sticky directory", "/d/s", ":", 0o755, 0o1777, 0, 0, 0, 0, ""},
		{"another's, not as root", "/d/s", ":", 0o757, 0o777, 7, 7, 7, 0, ""},
		{"empty", "/d/s", "", 0o755, 0o755, 0, 0, 0, 0, ""},
		{"NUL after a #! line", "/d/s", "#!/bin/sh\n\x00", 0o755, 0o755, 0, 0, 0, 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			id := system.Identity{UID: c.euid, EUID: c.euid, GID: c.euid, EGID: c.euid}
			p := machine(c.text, c.mode, c.dir, c.uid, c.gid, id)
			_, err := Load(p, c.path, false)
			if c.status == 0 {
				if err != nil {
					t.Errorf("refused: %v", err)
				}
				return
			}
			le, ok := err.(*LoadError)
			if !ok || le.Status != c.status || !strings.Contains(err.Error(), c.why) || !strings.HasPrefix(err.Error(), c.path+":") {
				t.Errorf("%v, expected status %d: %s", err, c.status, c.why)
			}
			if strings.Contains(c.why, "written") || strings.Contains(c.why, "put files") || strings.Contains(c.why, "belongs") {
				if _, err := Load(p, c.path, true); err != nil {
					t.Errorf("not allowed: %v", err)
				}
			}
		})
	}
}

func TestInterpreters(t *testing.T) {
	for _, c := range []struct {
		line        string
		kind        Kind
		dialect     interp.Dialect
		interpreter string
		options     []string
	}{
		{"", Shell, interp.Dash, "/bin/sh", nil},
		{"echo", Shell, interp.Dash, "/bin/sh", nil},
		{"#!/bin/sh", Shell, interp.Dash, "/bin/sh", []string{}},
		{"#! /bin/sh -e", Shell, interp.Dash, "/bin/sh", []string{"-e"}},
		{"#!/bin/dash", Shell, interp.Dash, "/bin/dash", []string{}},
		{"#!/bin/bash", Shell, interp.Bash, "/bin/bash", []string{}},
		{"#!/usr/bin/env bash", Shell, interp.Bash, "/usr/bin/env", []string{}},
		{"#!/bin/busybox sh", Shell, interp.Dash, "/bin/busybox", []string{"sh"}},
		{"#!/lib/init/init-d-script", InitDScript, interp.Dash, "/lib/init/init-d-script", []string{}},
		{"#!/usr/bin/env /lib/init/init-d-script", InitDScript, interp.Dash, "/usr/bin/env", []string{}},
		{"#!/usr/bin/perl -w", Foreign, interp.Dash, "/usr/bin/perl", []string{"-w"}},
	} {
		p := machine(c.line+"\n:\n", 0o755, 0o755, 0, 0, system.Identity{})
		s, err := Load(p, "/d/s", false)
		if err != nil {
			t.Errorf("%s: %v", c.line, err)
			continue
		}
		if s.Kind != c.kind || s.Dialect != c.dialect || s.Interpreter != c.interpreter || !slices.Equal(s.Options, c.options) {
			t.Errorf("%s: %v %v %s %q", c.line, s.Kind, s.Dialect, s.Interpreter, s.Options)
		}
	}
}

// A script runs on an invented machine as on a real one.
func TestRun(t *testing.T) {
	p := machine("#!/bin/sh -e\necho \"$0 $1 $#\" >/d/out\nfalse\necho no >>/d/out\n", 0o755, 0o755, 0, 0, system.Identity{})
	s, err := Load(p, "/d/s", false)
	if err != nil {
		t.Fatal(err)
	}
	if status := Run(context.Background(), p, Action{Script: s, Args: []string{"start", "x"}, Mode: interp.Prefer}); status != 1 {
		t.Errorf("status %d, expected 1", status)
	}
	if out, err := p.ReadFile("/d/out", 100); string(out) != "/d/s start 2\n" {
		t.Errorf("output %q: %v", out, err)
	}
	// An interpreter that is not there.
	p = machine("#!/usr/bin/perl\n", 0o755, 0o755, 0, 0, system.Identity{})
	s, _ = Load(p, "/d/s", false)
	if status := Run(context.Background(), p, Action{Script: s}); status != StatusNotFound && status != StatusNotExecutable {
		t.Errorf("status %d of a script without its interpreter", status)
	}
}
