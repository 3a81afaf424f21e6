package format

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"path/filepath"
	"strings"

	"sysv/lint"
)

func writeJSON(w *bufio.Writer, v any) {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	// What is written is made of strings and numbers, and the writer's error
	// is seen when it is flushed.
	_ = e.Encode(v)
}

// report is the form json: see docs/lint.md.
type report struct {
	Version  string    `json:"version"`
	Files    int       `json:"files"`
	Findings []finding `json:"findings"`
	Errors   []string  `json:"errors"`
}

type finding struct {
	Rule     string `json:"rule"`
	Name     string `json:"name"`
	Severity string `json:"severity"`
	Path     string `json:"path"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	End      int    `json:"endColumn"`
	Message  string `json:"message"`
	Trace    []step `json:"trace,omitempty"`
	Fix      *fix   `json:"fix,omitempty"`
}

type step struct {
	Path   string `json:"path"`
	Line   int    `json:"line"`
	Column int    `json:"column,omitempty"`
	What   string `json:"what"`
}

type fix struct {
	What  string `json:"what"`
	Edits []edit `json:"edits"`
}

// edit puts New in the place of the bytes from Start to End.
type edit struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	New   string `json:"new"`
}

func asJSON(w *bufio.Writer, r *lint.Result, o Options) {
	out := report{Version: o.Version, Files: r.Files, Findings: []finding{}, Errors: []string{}}
	for _, err := range r.Errors {
		out.Errors = append(out.Errors, err.Error())
	}
	for _, f := range r.Findings {
		x := finding{
			Rule: f.Rule, Name: f.Name, Severity: f.Severity.String(), Path: f.Path, Line: f.Line, Column: f.Col, End: f.EndCol, Message: f.Message,
		}
		for _, s := range f.Trace {
			x.Trace = append(x.Trace, step{s.Path, s.Line, s.Col, s.What})
		}
		if f.Fix != nil {
			x.Fix = &fix{What: f.Fix.What}
			for _, e := range f.Fix.Edits {
				x.Fix.Edits = append(x.Fix.Edits, edit{e.Start, e.End, e.New})
			}
		}
		out.Findings = append(out.Findings, x)
	}
	writeJSON(w, out)
}

// issue is one entry of GitLab's Code Quality report, a part of Code
// Climate's form.
type issue struct {
	Type        string   `json:"type"`
	Check       string   `json:"check_name"`
	Description string   `json:"description"`
	Categories  []string `json:"categories"`
	Severity    string   `json:"severity"`
	Fingerprint string   `json:"fingerprint"`
	Location    struct {
		Path  string `json:"path"`
		Lines struct {
			Begin int `json:"begin"`
		} `json:"lines"`
	} `json:"location"`
}

func gitlab(w *bufio.Writer, r *lint.Result, _ Options) {
	out := []issue{}
	seen := map[string]int{}
	for _, f := range r.Findings {
		x := issue{Type: "issue", Check: f.Rule, Description: f.Message + " (" + f.Name + ")", Categories: []string{"Bug Risk"}}
		switch f.Severity {
		case lint.Error:
			x.Severity = "critical"
		case lint.Warning:
			x.Severity = "major"
		case lint.Info:
			x.Severity = "minor"
		default:
			x.Severity = "info"
			x.Categories = []string{"Style"}
		}
		if strings.HasPrefix(f.Rule, "SV6") {
			x.Categories = []string{"Security"}
		}
		x.Location.Path = filepath.ToSlash(strings.TrimPrefix(f.Path, "./"))
		x.Location.Lines.Begin = max(f.Line, 1)
		// The same fault in the same file is the same, whatever line it has
		// moved to.
		key := strings.Join([]string{f.Rule, x.Location.Path, f.Message}, "\x00")
		seen[key]++
		sum := fnv.New128a() // a name, and no secret: it costs no start of sysv anything
		fmt.Fprintf(sum, "%s\x00%d", key, seen[key])
		x.Fingerprint = hex.EncodeToString(sum.Sum(nil))
		out = append(out, x)
	}
	writeJSON(w, out)
}

// github is GitHub's workflow commands, each a line.
func github(w *bufio.Writer, r *lint.Result, _ Options) {
	for _, f := range r.Findings {
		kind := "notice"
		switch f.Severity {
		case lint.Error:
			kind = "error"
		case lint.Warning:
			kind = "warning"
		}
		fmt.Fprintf(w, "::%s file=%s", kind, property(f.Path))
		if f.Line > 0 {
			fmt.Fprintf(w, ",line=%d,col=%d,endColumn=%d", f.Line, f.Col, f.EndCol)
		}
		text := []string{clean(f.Message)}
		for _, s := range f.Trace {
			text = append(text, strings.TrimPrefix(place(s.Path, s.Line, 0)+": ", ": ")+clean(s.What))
		}
		fmt.Fprintf(w, ",title=%s::%s\n", property(f.Rule+" "+f.Name), data(strings.Join(text, "\n")))
	}
}

// data and property are how the commands' text is escaped.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func property(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(data(s))
}
