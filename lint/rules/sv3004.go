package rules

import (
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

func sv3004() *lint.Rule {
	return &lint.Rule{
		ID: "SV3004", Name: "reads-terminal", Severity: lint.Warning, Since: "0.2",
		Title: "the script asks somebody",
		Text: `At boot there is nobody to answer: a script that reads from the terminal keeps the
boot waiting, or fails because standard input is closed. What has to be decided
belongs into a file of /etc/default.`,
		Bad:  "echo \"Start $NAME? \"\nread answer\n[ \"$answer\" = y ] || exit 0",
		Good: "read -r pid < \"$PIDFILE\"",
		Run: func(p *lint.Pass) {
			in := inputsOf(p)
			p.EachCall(func(c *script.Call) {
				switch c.Name {
				case "read":
					if c.HasFlag('t') || c.HasFlag('u') {
						return
					}
					if from, ok := in.of(c, 3); ok && !strings.HasPrefix(from, "/dev/tty") && from != "/dev/console" {
						return
					}
					p.ReportCall(c, "read waits for somebody at a terminal")
				case "passwd":
					if c.HasFlag('l') || c.HasFlag('u') || c.HasFlag('S') || c.HasFlag('d') || c.Has("--stdin") {
						return
					}
					p.ReportCall(c, "passwd asks somebody for a password")
				default:
					if len(c.Args) > 0 {
						p.ReportCall(c, "%s waits for somebody at a terminal", c.Name)
					}
				}
			}, "read", "passwd", "dialog", "whiptail", "zenity", "vipw", "systemd-ask-password")
			p.Inspect(func(n any) bool {
				if s, ok := n.(*ast.Select); ok {
					p.ReportLine(s.Line, "select waits for somebody at a terminal")
				}
				return true
			})
		},
	}
}

// inputs says where commands read from.
type inputs struct {
	p *lint.Pass
	// execs are those that turn the script's own standard input.
	execs []*script.Call
}

func inputsOf(p *lint.Pass) *inputs {
	in := &inputs{p: p}
	for _, c := range p.Calls {
		if c.Path == "exec" && len(c.Args) == 0 && c.Action == nil {
			if _, ok := input(p, c.Simple.Redirs); ok && len(in.execs) < 20 {
				in.execs = append(in.execs, c)
			}
		}
	}
	return in
}

// of is the file that a command reads from; ok is false if that is the
// script's own standard input. "|" is a pipe, or a here-document.
func (in *inputs) of(c *script.Call, depth int) (string, bool) {
	p := in.p
	if name, ok := input(p, c.Simple.Redirs); ok {
		return name, true
	}
	for x := c.Context; x != nil; x = x.Up {
		if x.Branch == script.InStage && x.Index > 0 {
			return "|", true
		}
		if r, ok := x.Node.(*ast.Redirected); ok && x.Branch != script.After {
			if name, ok := input(p, r.Redirs); ok {
				return name, true
			}
		}
	}
	// exec < file before, in the same function or for the whole script.
	for _, x := range in.execs {
		if x.Line <= c.Line && (x.In == nil || x.In == c.In) {
			return input(p, x.Simple.Redirs)
		}
	}
	if c.In == nil || depth == 0 || len(c.In.Callers) == 0 || len(c.In.Callers) > 20 {
		return "", false
	}
	name := ""
	for _, caller := range c.In.Callers {
		from, ok := in.of(caller, depth-1)
		if r, is := c.In.Decl.Body.(*ast.Redirected); !ok && is {
			from, ok = input(p, r.Redirs)
		}
		if !ok {
			return "", false
		}
		name = from
	}
	return name, true
}

func input(p *lint.Pass, list []*ast.Redir) (string, bool) {
	for _, r := range list {
		switch r.Op {
		case ast.RedirIn, ast.RedirInOut:
			if r.Fd <= 0 {
				return p.Expand(r.Word), true
			}
		case ast.RedirHere, ast.RedirHereStr, ast.RedirDupIn:
			return "|", true
		}
	}
	return "", false
}
