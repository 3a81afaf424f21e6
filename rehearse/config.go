package rehearse

import (
	"strings"

	"sysv/system"
)

// config is what a daemon's configuration says that matters here.
type config struct {
	pidFile   string
	daemonize *bool
}

// maxConfig is how much of a configuration file is looked at.
const maxConfig = 1 << 20

// readConfig reads the files that the options name, or those that a daemon of
// this name reads.
func readConfig(p *system.Process, k kind, args []string) config {
	var c config
	files := append([]string{}, k.conf...)
	files = append(files, option(args[1:], k.confFlags)...)
	if !k.known {
		name := base(args[0])
		files = append(files, "/etc/"+name+".conf", "/etc/"+name+"/"+name+".conf")
	}
	for _, a := range args[1:] {
		if strings.HasPrefix(a, "/") && (strings.HasSuffix(a, ".conf") || strings.HasPrefix(a, "/etc/")) {
			files = append(files, a)
		}
	}
	for _, f := range files {
		if !strings.HasPrefix(f, "/") {
			continue
		}
		if text, err := p.ReadFile(f, maxConfig); err == nil {
			c.read(string(text))
		}
	}
	return c
}

// read takes over what lines say in the usual forms: "pidfile /run/x.pid",
// "server.pid-file = \"/run/x.pid\"", "pid /run/x.pid;", "<pidfile>…",
// "daemonize yes".
func (c *config) read(text string) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' || line[0] == ';' {
			continue
		}
		if line == "<fork/>" {
			yes := true
			c.daemonize = &yes
			continue
		}
		if v, ok := strings.CutPrefix(line, "<pidfile>"); ok {
			c.pidFile, _, _ = strings.Cut(v, "<")
			continue
		}
		name, value := directive(line)
		switch name {
		case "pid", "pidfile":
			if strings.HasPrefix(value, "/") {
				c.pidFile = value
			}
		case "daemonize", "runasdaemon", "daemon", "background", "dodaemonize", "fork":
			switch strings.ToLower(value) {
			case "yes", "1", "on", "true":
				yes := true
				c.daemonize = &yes
			case "no", "0", "off", "false":
				no := false
				c.daemonize = &no
			}
		}
	}
}

// directive splits a line into a name, in small letters and without the
// punctuation and the section that differ between daemons, and a value.
func directive(line string) (name, value string) {
	i := strings.IndexAny(line, " \t=:")
	if i < 0 {
		return "", ""
	}
	// "pid file = /run/x": two words before the sign.
	head, tail := line[:i], line[i:]
	if eq := strings.IndexByte(line, '='); eq > i && strings.Count(strings.TrimSpace(line[:eq]), " ") == 1 {
		head, tail = line[:eq], line[eq:]
	}
	name = strings.ToLower(head)
	if j := strings.LastIndexByte(name, '.'); j >= 0 {
		name = name[j+1:]
	}
	name = strings.NewReplacer("-", "", "_", "", " ", "", "\t", "").Replace(name)
	value = strings.Trim(tail, " \t=:")
	value = strings.TrimRight(strings.TrimSuffix(value, ";"), " ")
	value = strings.Trim(value, `"'`)
	if j := strings.IndexAny(value, " \t#"); j >= 0 {
		value = value[:j]
	}
	return name, value
}
