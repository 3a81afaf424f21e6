//go:build linux

package daemons

const (
	noProcess = "a subshell of ours is no process of its own unless something could tell: it ends with its shell, and what it would still have done is not done"
	noGroup   = "a subshell or a built-in utility of ours is no process of its own: a signal to the process group reaches the shell, which has trapped it, and not them"
	interrupt = "a subshell or a built-in utility of ours is no process of its own, so that an INT to the shell alone cannot be told from one to the group: while it is at work, the shell ends at once, where dash waits for it first"
	builtIn   = "a utility that is built in runs in the subshell's process: there is no second one"
)

// knownDifferences is the table of them.
func knownDifferences() []Known {
	return []Known{
		{Task: "background: a function", Side: "prefer", Field: "processes", Line: `- ["sleep"`, Reason: builtIn},
		{Task: "background: braces", Side: "prefer", Field: "processes", Line: `- ["sleep"`, Reason: builtIn},
		{Task: "lock: *", Side: "prefer", Field: "processes", Line: `- ["sleep"`, Reason: builtIn},
		{Task: "killed in a subshell: *", Field: "files", Line: "- /srv/case/inner", Reason: noProcess},
		{Task: "killed in a substitution: *", Field: "files", Line: "- /srv/case/inner", Reason: noProcess},
		{Task: "killed in a pipeline of lists: *", Field: "files", Line: " /srv/case/inner", Reason: noProcess},
		{Task: "killed in *: INT", Side: "prefer", Field: "took", Reason: interrupt},
		{Task: "killed in a while read: INT", Field: "took", Reason: interrupt},
		{Task: "killed in a while read: INT", Field: "processes", Line: "+ [", Reason: interrupt},
		{Task: "trap at exit: INT", Side: "prefer", Field: "took", Reason: interrupt},
		{Task: "trap at exit: *", Side: "prefer", Field: "processes", Line: `- ["sleep"`, Reason: builtIn},
		{Task: "trap goes on: TERM-group", Side: "prefer", Field: "stdout", Reason: noGroup},
		{Task: "trap goes on: TERM-group", Side: "prefer", Field: "stderr", Line: "- Terminated", Reason: noGroup},
		{Task: "trap in a pipe: TERM-group", Side: "prefer", Field: "stdout", Reason: noGroup},
		{Task: "trap in a pipe: TERM-group", Side: "prefer", Field: "stderr", Line: "- Terminated", Reason: noGroup},
		{Task: "trap loops: TERM-group", Side: "prefer", Field: "stderr", Line: "- Terminated", Reason: noGroup},
		{Task: "trap exits: TERM-group", Side: "prefer", Field: "stderr", Line: "- Terminated", Reason: noGroup},
		{Task: "trap exits: TERM-group", Side: "prefer", Field: "took", Reason: noGroup},
		{Task: "trap goes on: TERM-group", Side: "prefer", Field: "took", Reason: noGroup},
		{Task: "trap in a pipe: TERM-group", Side: "prefer", Field: "took", Reason: noGroup},
		{Task: "trap in a subshell: TERM-group", Reason: noGroup},
		{Task: "trap in a substitution: TERM-group", Reason: noGroup},
	}
}
