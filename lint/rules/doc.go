// Package rules has the linter's rules, one file each.
//
// To add a rule:
//
//  1. Take the next free number of its family (SV1 header, SV2 idempotence,
//     SV3 blocking, SV4 exit codes and actions, SV5 processes and pid files,
//     SV6 security, SV7 order, SV8 dialect and portability, SV9 migration).
//     Numbers are never used again.
//  2. Write lint/rules/svNNNN.go with one function, svNNNN, that returns the
//     *lint.Rule: ID, Name, Title, Text, Severity, Since, Bad, Good, Like,
//     and Run (or Tree, or Rehearsed). See sv1008.go for a small one.
//  3. Add it to the list of its family: sv1.go, sv2.go …
//  4. go generate ./lint/rules writes docs/rules/SVNNNN.md.
//
// What a rule has to work with is in package script: Pass embeds the
// *script.Script, so that p.Calls, p.EachCall, p.Actions, p.Header,
// p.StartStop(call), call.Guards(), call.Runs(p.Script, "start"),
// call.Tested(), call.Loop() and p.Constant(word) are at hand; script.Inspect
// visits every node. p.Report, p.ReportCall, p.ReportWord, p.ReportField,
// p.ReportValue and p.ReportLine tell of a fault and return the finding, to
// which Step adds a trace and Replace a fix:
//
//	p.EachCall(func(c *script.Call) {
//		if len(c.Guards()) == 0 && !c.HasFlag('p') {
//			p.ReportCall(c, "mkdir without -p fails the second time")
//		}
//	}, "mkdir")
//
// Bad and Good are examples as lint.Example describes: a whole script, a
// header, a dispatch, its clauses, or only what start does. One test proves
// that the rule fires on Bad and is silent on Good. Cases beyond these are in
// lint/testdata/svNNNN/*.txtar: the script in one section, and the lines
// "line:col: message" that are wanted in the section "want" (none: silent).
//
// A message is in lower case, quotes the offender, and says what was
// expected. Severity error is for what is truly wrong; what may be meant so
// is a warning, what only breaks elsewhere is info, custom is style. Before
// committing a rule, run it over real scripts (make lint-corpus) and read
// what fires.
//
// A rule must take time that grows no faster than the script: look up, do
// not search in a loop over all calls for each call.
package rules

//go:generate go run sysv/lint/rules/cmd/pages ../../docs/rules
