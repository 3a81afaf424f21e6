package interp

import (
	"strconv"

	"sysv/interp/arith"
	"sysv/interp/ast"
)

// arithVars is the shell's variables as package arith sees them.
type arithVars struct{ sh *Shell }

func (v arithVars) Get(name string) (string, bool) {
	if v.sh.dialect == Bash {
		return v.sh.bashArithGet(name)
	}
	return v.sh.param(name)
}

func (v arithVars) Set(name, value string) error {
	if v.sh.dialect == Bash {
		return v.sh.bashArithSet(name, value)
	}
	v.sh.assign(name, value, 0)
	return nil
}

// arithWord expands and evaluates an arithmetic expression.
func (sh *Shell) arithWord(w *ast.Word) string {
	return sh.arithText(sh.str(w, tildeNone))
}

func (sh *Shell) arithText(text string) string {
	return strconv.FormatInt(sh.arithValue(text), 10)
}

func (sh *Shell) arithValue(text string) int64 {
	n, err := arith.Eval(text, sh.arithVars(), arith.Dialect(sh.dialect))
	if err != nil {
		if sh.dialect == Bash {
			sh.fatal(1, "%v", err)
		}
		sh.fatal(2, "%v", err)
	}
	return n
}
