package interp

import (
	"context"
	"strings"

	"sysv/interp/ast"
	"sysv/interp/condition"
	"sysv/system"
)

var _ context.Context
var _ = strings.Join
var _ system.Mode

func (sh *Shell) evalBash(src []byte, line int, flags evalFlags) {}
func (sh *Shell) bashOpt(string) bool                            { return false }
func (sh *Shell) initBashVars()                                  {}
func (sh *Shell) bashDynamic(name string) (string, bool)         { return "", false }
func (sh *Shell) bashParam(x *expansion, p *ast.Param) bool      { return false }
func (sh *Shell) arrayAssigns(c *ast.Simple) bool                { return false }
func (sh *Shell) bashAssign(a *ast.Assign, flags varFlag)        {}
func (sh *Shell) braces(w *ast.Word) ([]*ast.Word, bool)         { return nil, false }
func (sh *Shell) processSubst(p *ast.ProcSubst) string           { return "" }
func (sh *Shell) readSubstituted(c *ast.CmdSubst) string         { return "" }
func (sh *Shell) setPipeStatus(status []int)                     {}
func (sh *Shell) redirectVar(r *ast.Redir) int                   { return 2 }
func (sh *Shell) evalBashCommand(c ast.Command, flags evalFlags) int {
	return 2
}
func bashBuiltin(name string) builtin { return builtin{} }
func bashQuote(s string) string       { return quote(s) }

type array struct{}

func (a *array) get(string) (string, bool)   { return "", false }
func (a *array) with(k, v string) *array     { return a }
func (a *array) save(w *writer)              {}
func (a *array) String() string              { return "" }
func loadArray(r *reader) *array             { return nil }
func (sh *Shell) assignBashName(n, v string) { sh.assign(n, v, 0) }
func (sh *Shell) assignArray(n string, l []string) {
}
func (sh *Shell) unsetElement(n string) bool               { return false }
func (sh *Shell) bashType(argv []string) int               { return 1 }
func (sh *Shell) bashCdErrors(args []string, d string) int { return 0 }

// bashTest is what test needs to know of the shell.
func (sh *Shell) bashTest() *condition.Options { return &condition.Options{Bash: true} }
