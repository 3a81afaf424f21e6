package rehearse

import "time"

// The rules that a rehearsal finds broken. Their ids are never used for
// anything else.
const (
	ruleSecond      = "SV2101" // a second start starts another daemon, or replaces it
	ruleStartAgain  = "SV2102" // a second start says that it failed
	ruleStopAgain   = "SV2103" // stop of what is stopped says that it failed
	ruleRestart     = "SV2104" // restart does not do what it should
	ruleTryRestart  = "SV2105" // try-restart starts what was stopped
	ruleRace        = "SV2106" // two starts at once
	ruleKilledStart = "SV2107" // a start that was killed cannot be repeated
	ruleEndless     = "SV3101" // an action does not end
	ruleSlow        = "SV3102" // an action takes longer than the deadline
	ruleStatus      = "SV4101" // status does not tell the truth
	ruleStatusActs  = "SV4102" // status changes something
	ruleStart       = "SV4103" // start does not say what came of it
	ruleStop        = "SV4104" // stop does not say what came of it, or leaves the daemon
	ruleUnknown     = "SV4105" // an unknown action is taken for something
	ruleUnknownCode = "SV4106" // an unknown action exits with another status than 2 or 3
	ruleAbsent      = "SV4107" // a daemon that is not installed
	ruleDisabled    = "SV4108" // a defaults file that is missing or bad
	ruleNotRoot     = "SV4109" // another user than root
	ruleSurrounding = "SV4110" // the outcome depends on the caller's surroundings
	ruleReload      = "SV4111" // reload
	ruleStranger    = "SV5101" // a process is signalled that is not the daemon
	rulePIDFileLeft = "SV5102" // stop leaves the pid file
	ruleBadPIDFile  = "SV5103" // a bad pid file keeps the daemon from being started
	ruleChildren    = "SV5104" // stop leaves processes of the daemon
	ruleAll         = "SV5105" // stop leaves one of two daemons
)

// Rule is a rule's id and title.
type Rule struct{ ID, Title string }

// Rules lists the rules that a rehearsal can find broken.
func Rules() []Rule {
	return []Rule{
		{ruleSecond, "a second start starts another daemon"},
		{ruleStartAgain, "a start of what runs fails"},
		{ruleStopAgain, "a stop of what is stopped fails"},
		{ruleRestart, "restart does not leave one new daemon"},
		{ruleTryRestart, "try-restart starts what was stopped"},
		{ruleRace, "two starts at once give two daemons, or none"},
		{ruleKilledStart, "a start that was interrupted cannot be repeated"},
		{ruleEndless, "an action does not end"},
		{ruleSlow, "an action takes longer than its deadline"},
		{ruleStatus, "status does not tell the truth"},
		{ruleStatusActs, "status changes something"},
		{ruleStart, "start does not say what came of it"},
		{ruleStop, "stop does not stop the daemon, or does not say so"},
		{ruleUnknown, "an unknown action does something"},
		{ruleUnknownCode, "an unknown action does not exit with 2 or 3"},
		{ruleAbsent, "a program that is not installed is not noticed"},
		{ruleDisabled, "a defaults file that is missing or unreadable is not noticed"},
		{ruleNotRoot, "another user than root is not refused"},
		{ruleSurrounding, "the outcome depends on the caller's terminal, environment or directory"},
		{ruleReload, "reload ends the daemon, or does not say that it is not implemented"},
		{ruleStranger, "a process is signalled that is not the daemon"},
		{rulePIDFileLeft, "stop leaves the pid file behind"},
		{ruleBadPIDFile, "a bad pid file keeps the daemon from starting"},
		{ruleChildren, "stop leaves processes of the daemon behind"},
		{ruleAll, "stop leaves one of several daemons"},
	}
}

// isWarning tells rules that most scripts break without harm.
func isWarning(rule string) bool {
	switch rule {
	case ruleUnknownCode, ruleNotRoot, ruleSurrounding, ruleAll, ruleRace:
		return true
	}
	return false
}

func round(d time.Duration) time.Duration { return d.Round(100 * time.Millisecond) }
