package format

import (
	"bufio"
	"net/url"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"sysv/lint"
)

// The parts of SARIF 2.1.0 (OASIS, 27 March 2020) that are written.
type (
	sarifLog struct {
		Version string     `json:"version"`
		Schema  string     `json:"$schema"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		Results     []sarifResult     `json:"results"`
		ColumnKind  string            `json:"columnKind"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string    `json:"id"`
		Name    string    `json:"name"`
		Short   sarifText `json:"shortDescription"`
		Full    sarifText `json:"fullDescription"`
		Help    sarifText `json:"help"`
		Default struct {
			Level string `json:"level"`
		} `json:"defaultConfiguration"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level   string    `json:"level"`
		Message sarifText `json:"message"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
		CodeFlows []sarifCodeFlow `json:"codeFlows,omitempty"`
		Fixes     []sarifFix      `json:"fixes,omitempty"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int  `json:"startLine,omitempty"`
		StartColumn int  `json:"startColumn,omitempty"`
		EndColumn   int  `json:"endColumn,omitempty"`
		ByteOffset  *int `json:"byteOffset,omitempty"`
		ByteLength  *int `json:"byteLength,omitempty"`
	}
	sarifCodeFlow struct {
		ThreadFlows []sarifThreadFlow `json:"threadFlows"`
	}
	sarifThreadFlow struct {
		Locations []sarifFlowLocation `json:"locations"`
	}
	sarifFlowLocation struct {
		Location sarifLocation `json:"location"`
	}
	sarifFix struct {
		Description sarifText     `json:"description"`
		Changes     []sarifChange `json:"artifactChanges"`
	}
	sarifChange struct {
		Artifact     sarifArtifact      `json:"artifactLocation"`
		Replacements []sarifReplacement `json:"replacements"`
	}
	sarifReplacement struct {
		Deleted  sarifRegion `json:"deletedRegion"`
		Inserted *sarifText  `json:"insertedContent,omitempty"`
	}
)

func sarifLevel(s lint.Severity) string {
	switch s {
	case lint.Error:
		return "error"
	case lint.Warning:
		return "warning"
	}
	return "note"
}

func sarif(w *bufio.Writer, r *lint.Result, o Options) {
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "sysv lint", Version: o.Version, Rules: []sarifRule{}}
	index := map[string]int{}
	for _, rule := range o.Rules {
		x := sarifRule{ID: rule.ID, Name: rule.Name, Short: sarifText{rule.Title}, Full: sarifText{rule.Text}, Help: sarifText{"sysv lint --explain " + rule.ID}}
		x.Default.Level = sarifLevel(rule.Severity)
		index[rule.ID] = len(run.Tool.Driver.Rules)
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, x)
	}
	inv := sarifInvocation{Successful: len(r.Errors) == 0}
	for _, err := range r.Errors {
		inv.Notifications = append(inv.Notifications, sarifNotification{"error", sarifText{err.Error()}})
	}
	run.Invocations = []sarifInvocation{inv}
	c := columns{source: o.Source}
	for _, f := range r.Findings {
		i, ok := index[f.Rule]
		if !ok {
			i = -1
		}
		x := sarifResult{RuleID: f.Rule, RuleIndex: i, Level: sarifLevel(f.Severity), Message: sarifText{f.Message}}
		x.Locations = []sarifLocation{{Physical: c.physical(f.Path, f.Line, f.Col, f.EndCol)}}
		if len(f.Trace) > 0 {
			var flow sarifThreadFlow
			for _, s := range f.Trace {
				path := s.Path
				if path == "" {
					path = f.Path
				}
				flow.Locations = append(flow.Locations, sarifFlowLocation{sarifLocation{c.physical(path, s.Line, s.Col, 0), &sarifText{s.What}}})
			}
			x.CodeFlows = []sarifCodeFlow{{[]sarifThreadFlow{flow}}}
		}
		if f.Fix != nil {
			change := sarifChange{Artifact: sarifArtifact{uri(f.Path)}}
			for _, e := range f.Fix.Edits {
				start, length := e.Start, e.End-e.Start
				change.Replacements = append(change.Replacements, sarifReplacement{sarifRegion{ByteOffset: &start, ByteLength: &length}, &sarifText{e.New}})
			}
			x.Fixes = []sarifFix{{sarifText{f.Fix.What}, []sarifChange{change}}}
		}
		run.Results = append(run.Results, x)
	}
	writeJSON(w, sarifLog{Version: "2.1.0", Schema: "https://json.schemastore.org/sarif-2.1.0.json", Runs: []sarifRun{run}})
}

// columns makes columns in characters of those in bytes.
type columns struct {
	source func(string) []string
	path   string
	text   []string
}

func (c *columns) physical(path string, line, col, end int) sarifPhysical {
	p := sarifPhysical{Artifact: sarifArtifact{uri(path)}}
	if line < 1 {
		return p
	}
	p.Region = &sarifRegion{StartLine: line}
	if col > 0 {
		p.Region.StartColumn = c.characters(path, line, col)
		if end > col {
			p.Region.EndColumn = c.characters(path, line, end)
		}
	}
	return p
}

func (c *columns) characters(path string, line, col int) int {
	if path != c.path {
		c.path = path
		if c.source != nil {
			c.text = c.source(path)
		} else {
			c.text = lines(path)
		}
	}
	if line > len(c.text) {
		return col
	}
	text := c.text[line-1]
	n := min(col-1, len(text))
	return 1 + utf8.RuneCountInString(text[:n]) + col - 1 - n
}

// uri is a path as a reference: relative ones stay so.
func uri(path string) string {
	p := filepath.ToSlash(path)
	if strings.HasPrefix(p, "/") {
		return (&url.URL{Scheme: "file", Path: p}).String()
	}
	return (&url.URL{Path: strings.TrimPrefix(p, "./")}).EscapedPath()
}
