package rules

import "sysv/lint"

// sv0 are the findings about the linter's own comments, which the engine
// makes: here are their texts.
func sv0() []*lint.Rule {
	return []*lint.Rule{
		{
			ID: lint.UnusedID, Name: "unused-suppression", Severity: lint.Warning, Since: "0.2",
			Title: "a suppression that suppresses nothing",
			Text: `The comment names a rule that finds nothing in that place. The fault was
put right, or the line has moved: a suppression that stays behind would hide
the next fault. Remove it.

A suppression is a comment behind the line, or on a line of its own before
it; ` + "`disable-file=`" + ` is for the whole file:

    command   # sysv: disable=SV2003 it is meant to be run once
    # sysv: disable-file=SV1014 registered by hand`,
			Bad:  "PIDDIR=/run/exampled\nmkdir -p \"$PIDDIR\"   # sysv: disable=SV1002 the header ends elsewhere\n",
			Good: "PIDDIR=/run/exampled\nmkdir -p \"$PIDDIR\"\n",
			Run:  engine,
		},
		{
			ID: lint.NoReasonID, Name: "suppression-without-reason", Severity: lint.Style, Since: "0.2",
			Title: "a suppression that gives no reason",
			Text:  "Who reads the script next cannot know whether the suppression is still right.\nWrite the reason behind the rule's id.",
			Bad:   "true   # sysv: disable=SV1002\n",
			Good:  "true\n",
			Run:   engine,
		},
		{
			ID: lint.UnknownID, Name: "unknown-rule-suppressed", Severity: lint.Warning, Since: "0.2",
			Title: "a suppression of a rule that there is not",
			Text:  "The word is no rule's id, no rule's name and no family. `sysv lint --list-rules`\nprints those there are.",
			Bad:   "true   # sysv: disable=SV1999 a slip of the finger\n",
			Good:  "true\n",
			Run:   engine,
		},
	}
}

// engine is the Run of a rule whose findings the engine makes.
func engine(*lint.Pass) {}
