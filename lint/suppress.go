package lint

import (
	"bytes"
	"fmt"
	"strings"

	"sysv/script"
)

// A suppression is a comment in the script:
//
//	cmd   # sysv: disable=SV2003,SV3 reason      this line
//	# sysv: disable=SV2003 reason                the next line that is no comment
//	# sysv: disable-file=SV1014 reason           the whole file
//
// A word is a rule's id, its name, or a family.
const mark = "sysv: disable"

// suppression is one word of such a comment.
type suppression struct {
	word      string
	line, col int // of the word
	target    int // the line it is for, 0 for the file
	used      bool
}

type suppressions struct {
	list []*suppression
	bad  []*Finding
}

// findSuppressions reads the comments of a script.
func findSuppressions(s *script.Script) *suppressions {
	out := &suppressions{}
	if !bytes.Contains(s.Source, []byte(mark)) {
		return out
	}
	// next is where nextCode has looked up to: comments in a row have the same.
	next := 0
	for n := 1; n <= s.Lines(); n++ {
		line := s.Line(n)
		hash, rest, ok := cutMark(line)
		if !ok {
			continue
		}
		target := n
		switch {
		case strings.HasPrefix(rest, "-file="):
			rest, target = rest[len("-file="):], 0
		case strings.HasPrefix(rest, "="):
			rest = rest[1:]
			if strings.TrimSpace(line[:hash]) == "" {
				if next <= n {
					next = nextCode(s, n)
				}
				target = next
			}
		default:
			continue
		}
		words, reason, _ := strings.Cut(strings.TrimLeft(rest, " \t"), " ")
		words = strings.TrimRight(words, "\r")
		col := len(line) - len(strings.TrimLeft(rest, " \t")) + 1
		if strings.TrimSpace(reason) == "" {
			out.bad = append(out.bad, suppressionFinding(s.Path, n, hash+1, len(line)+1, Style, NoReasonID,
				"the suppression gives no reason"))
		}
		for w := range strings.SplitSeq(words, ",") {
			if w != "" {
				out.list = append(out.list, &suppression{word: w, line: n, col: col, target: target})
			}
			col += len(w) + 1
		}
	}
	return out
}

// cutMark finds the comment in a line: where its # is, and what comes behind
// the mark.
func cutMark(line string) (hash int, rest string, ok bool) {
	i := strings.Index(line, mark)
	if i < 0 {
		return 0, "", false
	}
	hash = strings.LastIndexByte(line[:i], '#')
	if hash < 0 || strings.Trim(line[hash+1:i], " \t") != "" {
		return 0, "", false
	}
	if hash > 0 && !strings.ContainsRune(" \t;", rune(line[hash-1])) {
		return 0, "", false
	}
	return hash, line[i+len(mark):], true
}

// nextCode is the next line with more than a comment.
func nextCode(s *script.Script, n int) int {
	for n++; n <= s.Lines(); n++ {
		text := strings.TrimSpace(s.Line(n))
		if text != "" && text[0] != '#' {
			return n
		}
	}
	return n
}

// The ids of findings about suppressions. Their rules, with the texts, are
// in lint/rules.
const (
	UnusedID   = "SV0001"
	NoReasonID = "SV0002"
	UnknownID  = "SV0003"
)

func suppressionFinding(path string, line, col, end int, s Severity, id, message string) *Finding {
	name := ""
	switch id {
	case UnusedID:
		name = "unused-suppression"
	case NoReasonID:
		name = "suppression-without-reason"
	case UnknownID:
		name = "unknown-rule-suppressed"
	}
	return &Finding{Rule: id, Name: name, Severity: s, Path: path, Line: line, Col: col, EndCol: end, Message: message}
}

// apply drops the findings that are suppressed, and adds those about the
// suppressions.
func (s *suppressions) apply(path string, found []*Finding, o Options) []*Finding {
	if len(s.list) == 0 && len(s.bad) == 0 {
		return found
	}
	var out []*Finding
	for _, f := range found {
		hit := false
		for _, x := range s.list {
			if (x.target == 0 || x.target == f.Line) && f.Path == path && matches(x.word, f.Rule, f.Name) {
				x.used, hit = true, true
			}
		}
		if !hit {
			out = append(out, f)
		}
	}
	own := s.bad
	for _, x := range s.list {
		if x.used {
			continue
		}
		rules := matching(x.word, o.Rules)
		switch {
		case len(rules) == 0:
			own = append(own, suppressionFinding(path, x.line, x.col, x.col+len(x.word), Warning, UnknownID,
				fmt.Sprintf("there is no rule %q", x.word)))
		case o.Rehearse == nil && anyRehearsed(rules):
			// Only a rehearsal could tell.
		default:
			own = append(own, suppressionFinding(path, x.line, x.col, x.col+len(x.word), Warning, UnusedID,
				fmt.Sprintf("the suppression of %s has no use: nothing is found there", x.word)))
		}
	}
	for _, f := range own {
		for _, r := range o.Rules {
			if r.ID == f.Rule && o.Severity != nil {
				f.Severity = o.Severity(r, path)
			}
		}
		if f.Severity != Off {
			out = append(out, f)
		}
	}
	return out
}

func matches(word, id, name string) bool {
	return word == id || word == name || len(word) == 3 && strings.HasPrefix(id, word) || word == "all"
}

// matching are the rules that a word of a suppression or of a configuration
// means.
func matching(word string, rules []*Rule) []*Rule {
	var out []*Rule
	for _, r := range rules {
		if matches(word, r.ID, r.Name) {
			out = append(out, r)
		}
	}
	return out
}

func anyRehearsed(rules []*Rule) bool {
	for _, r := range rules {
		if r.Rehearsed {
			return true
		}
	}
	return false
}
