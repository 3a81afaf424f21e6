//go:build linux

package confirm

import (
	"bufio"
	"os"
	"strings"
)

// shebang is how the kernel would start a script: whose language it is in,
// and the words before the script's own path.
type shebang struct {
	bash    bool
	options []string // "-e", or the path of an interpreter that is itself a script
	known   bool     // false: neither sh nor bash, nor init-d-script
}

func readShebang(file string) (shebang, error) {
	f, err := os.Open(file)
	if err != nil {
		return shebang{}, err
	}
	defer f.Close()
	line, err := bufio.NewReader(f).ReadString('\n')
	if err != nil && line == "" {
		return shebang{}, err
	}
	words := strings.Fields(strings.TrimPrefix(line, "#!"))
	if !strings.HasPrefix(line, "#!") || len(words) == 0 {
		return shebang{}, nil
	}
	if words[0] == "/usr/bin/env" {
		words = words[1:]
	}
	if len(words) == 0 {
		return shebang{}, nil
	}
	switch words[0] {
	case "/bin/sh", "/usr/bin/sh", "/bin/dash", "sh":
		return shebang{options: words[1:], known: true}, nil
	case "/bin/bash", "/usr/bin/bash", "bash":
		return shebang{bash: true, options: words[1:], known: true}, nil
	case "/lib/init/init-d-script":
		// That is a script of /bin/sh.
		return shebang{options: words, known: true}, nil
	}
	return shebang{}, nil
}

// Side is one shell of a comparison.
type Side struct {
	Name string
	// Words start the shell, as paths in the sandbox; empty is the real one:
	// dash, or bash for a bash script.
	Words []string
	// BashWords follow Words where the script is for bash.
	BashWords []string
	// BuiltIn reports whether the shell has a program of this name built in:
	// it is then not expected to execute it. nil: none.
	BuiltIn func(name string) bool
}

// argv is the whole command for a script and its action.
func (s Side) argv(script string, h shebang, action string) []string {
	words := s.Words
	if len(words) == 0 {
		words = []string{"/bin/dash"}
		if h.bash {
			words = []string{"/bin/bash"}
		}
	}
	out := append([]string{}, words...)
	if h.bash {
		out = append(out, s.BashWords...)
	}
	out = append(out, h.options...)
	out = append(out, script)
	if action != noAction {
		out = append(out, action)
	}
	return out
}
