package service

import (
	"slices"
	"strings"

	"sysv/system"
)

// clues are what a script's text tells of its daemon.
type clues struct {
	// pidFiles and programs are paths, in the order in which they are named.
	pidFiles, programs []string
}

// maxClues bounds how many paths of a kind are looked at.
const maxClues = 20

// cluesOf reads a script, and its file in /etc/default or /etc/sysconfig, for
// the pid files and the programs of its daemon: "# pidfile:" and
// "# processname:" lines, variables by their usual names, and the options of
// start-stop-daemon and of the libraries' functions. Nothing is run: a value
// that takes more than other variables is not known.
func cluesOf(p *system.Process, name string, script *Script) clues {
	var c clues
	vars := map[string]string{"NAME": name}
	for _, src := range []string{string(script.Source), readDefaults(p, "/etc/default/"+name), readDefaults(p, "/etc/sysconfig/"+name)} {
		for line := range strings.Lines(src) {
			c.line(vars, strings.TrimSpace(line))
		}
	}
	// What the variables are in the end: a file of defaults comes last.
	for _, v := range []string{"PIDFILE", "pidfile", "PID_FILE", "pid_file", "PID", "pid"} {
		c.pidFile(vars[v])
	}
	for _, v := range []string{"DAEMON", "daemon", "exec", "EXEC", "prog", "PROG", "BIN", "DAEMON_BIN", "binary"} {
		c.program(p, vars[v])
	}
	if script.Kind != InitDScript || vars["PIDFILE"] != "none" {
		c.pidFile("/run/" + name + ".pid")
		c.pidFile("/run/" + name + "/" + name + ".pid")
		c.pidFile("/run/" + vars["NAME"] + ".pid")
	}
	return c
}

func readDefaults(p *system.Process, path string) string {
	b, _ := p.ReadFile(path, 1<<20)
	return string(b)
}

// line reads one line of a script.
func (c *clues) line(vars map[string]string, line string) {
	if comment, ok := strings.CutPrefix(line, "#"); ok {
		key, value, _ := strings.Cut(strings.TrimSpace(comment), ":")
		if strings.TrimSpace(key) == "pidfile" {
			c.pidFile(strings.TrimSpace(value))
		}
		return
	}
	for _, word := range []string{"export ", "readonly ", "local "} {
		line = strings.TrimPrefix(line, word)
	}
	name, value, ok := strings.Cut(line, "=")
	if ok && isVariable(name) {
		if v, known := expand(vars, firstWord(value)); known {
			vars[name] = v
			if lower := strings.ToLower(name); strings.HasSuffix(lower, "pidfile") || strings.HasSuffix(lower, "pid_file") {
				c.pidFile(v)
			}
		}
		return
	}
	c.options(vars, line)
}

// options finds --pidfile and -p of the commands that take a daemon's.
func (c *clues) options(vars map[string]string, line string) {
	words := strings.Fields(line)
	takes := slices.ContainsFunc(words, func(w string) bool {
		switch strings.Trim(w, "`$()\"") {
		case "start-stop-daemon", "pidofproc", "killproc", "status_of_proc", "start_daemon", "daemon", "status", "startproc", "checkproc":
			return true
		}
		return strings.HasPrefix(w, "--pidfile") || strings.HasPrefix(w, "--pid-file")
	})
	if !takes {
		return
	}
	for i, w := range words {
		value, joined := strings.CutPrefix(w, "--pidfile=")
		if !joined && i+1 < len(words) && (w == "--pidfile" || w == "-p") {
			value, joined = words[i+1], true
		}
		if !joined {
			continue
		}
		if v, known := expand(vars, firstWord(value)); known {
			c.pidFile(v)
		}
	}
}

func isVariable(name string) bool {
	for i := range len(name) {
		b := name[i]
		if b != '_' && (b|0x20 < 'a' || b|0x20 > 'z') && (i == 0 || b < '0' || b > '9') {
			return false
		}
	}
	return name != ""
}

// firstWord is a value up to the blank that ends it, without its quotes.
func firstWord(s string) string {
	var b strings.Builder
	quote := byte(0)
	for i := range len(s) {
		switch ch := s[i]; {
		case quote == 0 && (ch == '"' || ch == '\''):
			quote = ch
		case quote == ch && quote != 0:
			quote = 0
		case quote == 0 && strings.IndexByte(" \t;&|", ch) >= 0:
			return b.String()
		default:
			b.WriteByte(ch)
		}
	}
	return b.String()
}

// expand replaces the variables of a value. known is false where there is more
// in it than variables that are known.
func expand(vars map[string]string, s string) (v string, known bool) {
	var b strings.Builder
	for s != "" {
		i := strings.IndexByte(s, '$')
		if i < 0 {
			b.WriteString(s)
			break
		}
		b.WriteString(s[:i])
		s = s[i+1:]
		name, otherwise, rest := "", "", ""
		if inner, ok := strings.CutPrefix(s, "{"); ok {
			body, after, closed := strings.Cut(inner, "}")
			if !closed {
				return "", false
			}
			name, otherwise, _ = strings.Cut(body, ":-")
			rest = after
		} else {
			n := 0
			for n < len(s) && isVariable(s[:n+1]) {
				n++
			}
			name, rest = s[:n], s[n:]
		}
		value, ok := vars[name]
		if !ok && strings.Contains(otherwise, "$") || !ok && otherwise == "" || !isVariable(name) {
			return "", false
		}
		if !ok || value == "" && otherwise != "" {
			value = otherwise
		}
		b.WriteString(value)
		s = rest
	}
	v = b.String()
	return v, !strings.ContainsAny(v, "`$*?(){}")
}

func (c *clues) pidFile(path string) {
	// They are one directory, and scripts name it by both.
	if rest, ok := strings.CutPrefix(path, "/var/run/"); ok {
		path = "/run/" + rest
	}
	if strings.HasPrefix(path, "/") && len(c.pidFiles) < maxClues && !slices.Contains(c.pidFiles, path) {
		c.pidFiles = append(c.pidFiles, path)
	}
}

func (c *clues) program(p *system.Process, path string) {
	if path != "" && path[0] != '/' && !strings.Contains(path, "/") {
		path = FindProgram(p, path)
	}
	if !strings.HasPrefix(path, "/") || len(c.programs) >= maxClues || slices.Contains(c.programs, path) || isInterpreter(path) {
		return
	}
	if info, err := p.Sys.Stat(path); err == nil && info.Mode.IsRegular() {
		c.programs = append(c.programs, path)
	}
}

// isInterpreter tells a program that many services are run by: its processes
// are not one service's.
func isInterpreter(path string) bool {
	base := path[strings.LastIndexByte(path, '/')+1:]
	for _, begin := range []string{"python", "perl", "ruby", "java", "node", "php", "busybox", "lua", "tclsh", "mono"} {
		if strings.HasPrefix(base, begin) {
			return true
		}
	}
	switch base {
	case "sh", "dash", "bash", "ash", "ksh", "zsh", "env", "su", "sudo", "nice", "nohup", "setsid", "start-stop-daemon", "true", "false", "daemon", "sleep":
		return true
	}
	return false
}
