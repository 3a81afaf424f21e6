package rules

import (
	"strconv"
	"strings"

	"sysv/interp/ast"
	"sysv/lint"
	"sysv/script"
)

// forSh says that a script is read by sh, whatever that is.
func forSh(p *lint.Pass) bool { return p.Shell == script.Sh }

// bashism is how bad it is that a script for sh uses what is bash's: an error
// where sh is dash, which does not have it; less where sh is bash, or, if ash
// has it, BusyBox's ash.
func bashism(p *lint.Pass, ash bool) lint.Severity {
	switch p.Dialect {
	case script.Debian, script.InitDScript:
		return lint.Error
	case script.RedHat, script.SUSE:
		return lint.Info
	case script.Buildroot, script.OpenWrt, script.OpenEmbedded:
		if ash {
			return lint.Info
		}
		return lint.Error
	}
	return lint.Warning
}

// whose says which shell lacks something, for messages; ash says that
// BusyBox's has it.
func whose(p *lint.Pass, ash bool) string {
	switch p.Dialect {
	case script.Buildroot, script.OpenWrt, script.OpenEmbedded:
		if !ash {
			return "sh (BusyBox's ash)"
		}
		return "POSIX sh"
	case script.RedHat, script.SUSE:
		return "POSIX sh"
	}
	return "sh (dash)"
}

// clip shortens text for a message.
func clip(s string) string {
	s = strings.ReplaceAll(s, "\n", " ")
	if len(s) > 60 {
		return s[:57] + "..."
	}
	return s
}

// lines is a number of lines.
func lines(n int) string {
	if n == 1 {
		return "1 line"
	}
	return strconv.Itoa(n) + " lines"
}

// reportVariable tells of the first use of a variable of init's.
func reportVariable(p *lint.Pass, name string) {
	done := false
	p.Inspect(func(n any) bool {
		if x, ok := n.(*ast.Param); ok && x.Name == name && !done {
			done = true
			reportSpan(p, x.At, x.Line, "$%s is what sysvinit sets: no other init does", name).Severity = lint.Info
		}
		return !done
	})
}

// paramName is the name of the variable that a part of a word expands.
func paramName(part ast.Part) string {
	if x, ok := part.(*ast.Param); ok {
		return x.Name
	}
	return ""
}

// mentions says that a word of a condition has a text in it.
func mentions(p *lint.Pass, cond ast.Command, text string) bool {
	found := false
	script.Inspect(cond, func(n any) bool {
		if w, ok := n.(*ast.Word); ok {
			found = found || strings.Contains(p.Expand(w), text)
		}
		return !found
	})
	return found
}
