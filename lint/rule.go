package lint

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"sysv/interp/ast"
	"sysv/lsb"
	"sysv/script"
)

// Rule is one thing that is looked for, with its manual page. Exactly one of
// Run, Tree and Rehearsed says how.
type Rule struct {
	// ID is SV, the digit of the family and three digits; it is never used
	// for another rule. Name is words with hyphens between them.
	ID, Name string
	// Title is one line that says what is wrong.
	Title string
	// Text says why it is wrong and what to do, in Markdown.
	Text string
	// Severity is that of its findings, unless the configuration says
	// another; a finding may be milder ([Finding.Severity]).
	Severity Severity
	// Since is the version that had it first.
	Since string
	// Bad and Good are an example that has it and one that has not
	// ([Example] makes scripts of them). Path is the name of the example's
	// file, "" for /etc/init.d/example.
	Bad, Good string
	Path      string
	// Like are the names by which other programs know the same fault:
	// "lintian init.d-script-missing-lsb-section".
	Like []string
	// Any has Run look at what is no shell script, too.
	Any bool
	// Run looks at one script.
	Run func(*Pass)
	// Tree looks at all scripts of a directory at once.
	Tree func(*Tree)
	// Rehearsed says that its findings come from a rehearsal.
	Rehearsed bool
}

// Family is the part of the id that all rules of a kind share: "SV2".
func (r *Rule) Family() string { return r.ID[:min(3, len(r.ID))] }

// Pass is one rule's look at one script.
type Pass struct {
	*script.Script
	// Root is the tree of files in which the script is, its own name being
	// etc/init.d/NAME there; nil where none is known. It is only read.
	Root fs.FS

	rule *Rule
	out  *[]*Finding
}

// Report tells of a fault in a place of the text. If the place is not known,
// give its line to [Pass.ReportLine].
func (p *Pass) Report(at ast.Span, format string, args ...any) *Finding {
	if !at.Known() {
		return p.ReportLine(0, format, args...)
	}
	pos := p.Position(int(at.Pos))
	end := pos.Col + int(at.End-at.Pos)
	if limit := len(p.Line(pos.Line)) + 1; end > limit {
		end = limit
	}
	return p.add(pos.Line, pos.Col, end, format, args)
}

// ReportWord tells of a fault in a word.
func (p *Pass) ReportWord(w *ast.Word, format string, args ...any) *Finding {
	if !w.At.Known() {
		return p.ReportLine(w.Line, format, args...)
	}
	return p.Report(w.At, format, args...)
}

// ReportCall tells of a fault in a command: the whole of it is marked.
func (p *Pass) ReportCall(c *script.Call, format string, args ...any) *Finding {
	at := script.SpanOf(c.Simple)
	if !at.Known() {
		return p.ReportLine(c.Line, format, args...)
	}
	return p.Report(at, format, args...)
}

// ReportField tells of a fault in a field of the header.
func (p *Pass) ReportField(f *lsb.Field, format string, args ...any) *Finding {
	return p.add(f.Line, f.Col, f.Col+len(f.Name), format, args)
}

// ReportValue tells of a fault in one word of a field's value.
func (p *Pass) ReportValue(w lsb.Word, format string, args ...any) *Finding {
	return p.add(w.Line, w.Col, w.Col+len(w.Text), format, args)
}

// ReportLine tells of a fault in a line; 0 is the file as a whole.
func (p *Pass) ReportLine(line int, format string, args ...any) *Finding {
	if line < 1 {
		return p.add(0, 0, 0, format, args)
	}
	text := p.Line(line)
	from := len(text) - len(strings.TrimLeft(text, " \t"))
	return p.add(line, from+1, max(len(strings.TrimRight(text, " \t\r")), from+1)+1, format, args)
}

func (p *Pass) add(line, col, end int, format string, args []any) *Finding {
	f := &Finding{
		Rule: p.rule.ID, Name: p.rule.Name, Severity: p.rule.Severity, Path: p.Path,
		Line: line, Col: col, EndCol: end, Message: fmt.Sprintf(format, args...),
	}
	if line > 0 {
		f.EndCol = max(end, col+1)
	}
	*p.out = append(*p.out, f)
	return f
}

// EachCall calls f for each command of one of these names, or for all if none
// is given. Functions of the script by these names are left out.
func (p *Pass) EachCall(f func(c *script.Call), names ...string) {
	for _, c := range p.Calls {
		if len(names) == 0 {
			f(c)
			continue
		}
		if c.Function != nil {
			continue
		}
		if slices.Contains(names, c.Name) {
			f(c)
		}
	}
}

// Tree is one rule's look at all scripts of a directory.
type Tree struct {
	// Dir is the directory, as its scripts' paths have it.
	Dir string
	// Root is the tree of files in which the directory is etc/init.d; nil
	// where none is known.
	Root fs.FS
	// Whole says that all scripts of the directory are here.
	Whole bool
	// Scripts are its scripts, by name.
	Scripts []*Neighbour

	rule *Rule
	out  *[]*Finding
}

// Neighbour is what is kept of a script for those beside it.
type Neighbour struct {
	Path, Name string
	Header     *lsb.Header
	Chkconfig  *lsb.Chkconfig
	Dialect    script.Dialect
	// Shell is script.NoShell for what is no shell script.
	Shell script.Shell
	// PIDFile is that of its daemon, "" if it is not known.
	PIDFile string
	// Files are the absolute names that its text has as words of their own,
	// each with its first place.
	Files []lsb.Word
}

// Report tells of a fault in a neighbour's file.
func (t *Tree) Report(at lsb.Position, length int, format string, args ...any) *Finding {
	f := &Finding{
		Rule: t.rule.ID, Name: t.rule.Name, Severity: t.rule.Severity, Path: at.Path,
		Line: at.Line, Col: at.Col, EndCol: at.Col + max(length, 1), Message: fmt.Sprintf(format, args...),
	}
	*t.out = append(*t.out, f)
	return f
}
