//go:build linux

package confirm

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
)

var (
	assignment = regexp.MustCompile(`^\s*(?:export\s+|readonly\s+|local\s+)?([A-Za-z_][A-Za-z0-9_]*)=("[^"]*"|'[^']*'|[^\s;&|]*)`)
	reference  = regexp.MustCompile(`\$(?:\{([A-Za-z_][A-Za-z0-9_]*)(?::?-[^}]*)?\}|([A-Za-z_][A-Za-z0-9_]*))`)
	pidName    = regexp.MustCompile(`(?i)(^|_)PID(_?FILE.*)?$|PID_?FILE`)
	execOption = regexp.MustCompile(`(?:--exec|--startas|\s-x|\s-a|start_daemon)[ =]+["']?([^\s"';|&]+)`)
	pidOption  = regexp.MustCompile(`(?:--pidfile|\s-p|\s-P)[ =]+["']?([^\s"';|&]+)`)
	pidComment = regexp.MustCompile(`(?m)^#\s*pidfile:\s*(\S+)`)
	// toolName tells a program that does one thing and ends.
	toolName = regexp.MustCompile(`(ctl|cmd|conf|check|client|cli|parm|-config|admin|rndc|status|stat|list|lsclusters|genkey|keygen|install|helper|parser)[0-9.]*$`)
)

// daemonsOf guesses which programs a script takes for daemons, and the pid
// file that each writes, from its assignments and start-stop-daemon calls.
// The result has lines of "path TAB pidfile", as the stub reads them.
func daemonsOf(script, text, tree string) []string {
	vars := map[string]string{"0": "/etc/init.d/" + filepath.Base(script)}
	var programs, pidFiles []string
	sure := map[string]bool{} // the script's own $DAEMON
	for line := range strings.SplitSeq(text, "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			continue
		}
		if m := assignment.FindStringSubmatch(line); m != nil {
			value := strings.ReplaceAll(expand(strings.Trim(m[2], `"'`), vars), `"`, "")
			if _, set := vars[m[1]]; !set || vars[m[1]] == "" {
				vars[m[1]] = value
			}
			path, _, _ := strings.Cut(value, " ")
			if pidName.MatchString(m[1]) && strings.HasPrefix(path, "/") {
				pidFiles = append(pidFiles, path)
			} else {
				programs = append(programs, path)
				sure[merged(path)] = sure[merged(path)] || m[1] == "DAEMON"
			}
		}
		for _, m := range execOption.FindAllStringSubmatch(line, -1) {
			programs = append(programs, expand(m[1], vars))
		}
		for _, m := range pidOption.FindAllStringSubmatch(line, -1) {
			if strings.Contains(line, "start-stop-daemon") || strings.Contains(line, "--pidfile") {
				pidFiles = append(pidFiles, expand(m[1], vars))
			}
		}
	}
	for _, m := range pidComment.FindAllStringSubmatch(text, -1) {
		pidFiles = append(pidFiles, m[1])
	}
	daemons := map[string]bool{}
	for _, p := range programs {
		p = merged(p)
		if strings.HasPrefix(p, "/usr/") && (sure[p] || !toolName.MatchString(p) && !isMachineTool(p)) && isStub(filepath.Join(tree, p)) {
			daemons[p] = true
		}
	}
	var out []string
	for d := range daemons {
		out = append(out, d+"\t"+pidFileOf(d, pidFiles, len(daemons)))
	}
	sort.Strings(out)
	return out
}

func isMachineTool(path string) bool {
	return slices.Contains(strings.Fields(machineTools), filepath.Base(path))
}

// pidFileOf picks a daemon's pid file among those that the script names: the
// one with the daemon's name in it, else the only one.
func pidFileOf(daemon string, pidFiles []string, daemons int) string {
	var known []string
	for _, p := range pidFiles {
		if strings.HasPrefix(p, "/") && !strings.HasSuffix(p, "/") && !strings.ContainsAny(p, "$`") {
			known = append(known, p)
		}
	}
	for _, p := range known {
		if strings.Contains(filepath.Base(p), filepath.Base(daemon)) {
			return p
		}
	}
	if daemons == 1 && len(known) > 0 {
		return known[0]
	}
	return ""
}

func expand(s string, vars map[string]string) string {
	return reference.ReplaceAllStringFunc(s, func(m string) string {
		names := reference.FindStringSubmatch(m)
		if v, ok := vars[names[1]+names[2]]; ok {
			return v
		}
		return m
	})
}

// isStub follows a link (/usr/sbin/smbd may be one) within the tree.
func isStub(path string) bool {
	info, err := os.Stat(path)
	if err != nil || info.IsDir() || info.Size() > 4096 {
		return false
	}
	text, err := os.ReadFile(path)
	return err == nil && string(text) == string(stubELF())
}
