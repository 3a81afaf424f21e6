//go:build linux

package clients

// ansibleTasks are what Ansible's modules do, by every tool that they know.
func ansibleTasks() []task {
	const layer = "ansible"
	return []task{
		{name: "ansible service by update-rc.d", short: 14, layer: layer, files: with(odd(), patternFile, patternWords), steps: serviceSteps()},
		{name: "ansible service by a path", layer: layer, steps: []step{module("service", named("../init.d/cron"), state("started"))}},
		{name: "ansible service by insserv", short: 7, layer: layer, hides: []string{"update-rc.d", "chkconfig"}, steps: insservSteps()},
		{name: "ansible service by insserv of odd scripts", layer: layer, hides: []string{"update-rc.d", "chkconfig"}, files: odd(),
			steps: concat(some("service", enabled(true)), some("service", enabled(false)), []step{depends()})},
		{name: "ansible service by chkconfig", short: 7, layer: layer, hides: []string{"update-rc.d", "insserv"}, files: odd(), steps: chkconfigSteps(), redHat: true},
		{name: "ansible sysvinit by update-rc.d", short: 14, layer: layer, files: odd(), steps: sysvinitSteps()},
		{name: "ansible sysvinit by chkconfig", layer: layer, hides: []string{"update-rc.d", "insserv"}, files: odd(), steps: sysvinitChkconfigSteps(), redHat: true},
		{name: "ansible whole", layer: layer, steps: wholeSteps()},
		{name: "ansible facts with chkconfig", layer: layer, hides: []string{"update-rc.d", "insserv"}, redHat: true,
			steps: []step{module("service_facts").expect(`"cron"`)}},
	}
}

func named(name string) word     { return word{"name", name} }
func state(s string) word        { return word{"state", s} }
func enabled(yes bool) word      { return word{"enabled", yes} }
func check() word                { return word{"_ansible_check_mode", true} }
func runlevels(l ...string) word { return word{"runlevels", l} }

// running are the steps of a service that works, by one module.
func running(m, name string) []step {
	n := named(name)
	return []step{
		module(m, n, state("stopped")).expect(same),
		module(m, n, state("started"), check()).expect(changed),
		module(m, n, state("started")).expect(changed),
		module(m, n, state("started")).expect(same),
		module(m, n, state("restarted")).expect(changed),
		module(m, n, state("reloaded")).expect(changed),
		module(m, n, state("stopped"), check()).expect(changed),
		module(m, n, state("stopped")).expect(changed),
		module(m, n, state("stopped")).expect(same),
	}
}

// enabling are the steps of enabling one that is not enabled.
func enabling(m, name string) []step {
	n := named(name)
	return []step{
		module(m, n, enabled(true), check()).expect(changed),
		module(m, n, enabled(true)).expect(changed),
		module(m, n, enabled(true)).expect(same),
		links(name),
		module(m, n, enabled(false), check()).expect(changed),
		module(m, n, enabled(false)).expect(changed),
		module(m, n, enabled(false)).expect(same),
		links(name),
		module(m, n, enabled(true), state("started")).expect(changed),
		links(name),
	}
}

// some are a few steps of services that are odd.
func some(m string, how ...word) []step {
	var out []step
	for _, n := range []string{"mute", "bare", "redhat", "orphan", "useless", "chatty", "early", "three"} {
		out = append(out, module(m, append([]word{named(n)}, how...)...))
	}
	return out
}

// byPattern looks for a process by its command line. The module's words are in
// a file: on its own command line it would find itself.
func byPattern() step {
	return step{name: "service mute by a pattern", argv: []string{"/usr/bin/python3", "-m", "ansible.modules.service", patternFile}}
}

const (
	patternFile  = "/srv/pattern.json"
	patternWords = `{"ANSIBLE_MODULE_ARGS": {"name": "mute", "state": "started", "pattern": "sleep 1005"}}`
)

// with adds a file.
func with(files map[string]string, name, text string) map[string]string {
	files[name] = text
	return files
}

func concat(lists ...[]step) []step {
	var out []step
	for _, l := range lists {
		out = append(out, l...)
	}
	return out
}

func serviceSteps() []step {
	return concat(
		running("service", "alpha"), enabling("service", "three")[1:6], running("service", "cron"), running("service", "ssh"),
		enabling("service", "beta"), // before alpha, which it needs
		enabling("service", "alpha"),
		[]step{
			module("service", named("cron"), enabled(false)).expect(changed),
			module("service", named("cron"), enabled(true)).expect(changed),
			module("service", named("nginx"), enabled(false), state("started")).expect(changed),
			module("service", named("nginx"), enabled(true), state("restarted")).expect(changed),
			module("service", named("nowhere"), state("started")).expect(failed),
			module("service", named("nowhere"), enabled(true)).expect(failed),
			byPattern().expect(changed),
			byPattern().expect(same),
			module("service", named("chatty"), state("restarted"), word{"arguments", "with arguments"}),
		},
		some("service", state("started")), some("service", state("started")), some("service", enabled(true)), some("service", enabled(false)),
		some("service", state("stopped")),
		[]step{depends(), module("service_facts").expect(`"cron": {"name": "cron"`)},
	)
}

func insservSteps() []step {
	return concat(
		[]step{module("service", named("cron"), enabled(true))}, // numbers all
		enabling("service", "alpha"), enabling("service", "beta"), enabling("service", "early"), enabling("service", "three"),
		[]step{
			module("service", named("alpha"), enabled(false)),
			module("service", named("cron"), enabled(false)).expect(changed),
			module("service", named("cron"), enabled(true)).expect(changed),
			module("service", named("nowhere"), enabled(true)).expect(failed),
			depends(),
		})
}

func chkconfigSteps() []step {
	return concat(
		// A service that chkconfig does not know yet is added, and that is
		// nothing changed to Ansible.
		[]step{
			module("service", named("redhat"), enabled(true)).expect(same),
			links("redhat").expect("rc2.d/S85redhat\nrc3.d/S85redhat\nrc4.d/S85redhat\nrc5.d/S85redhat\n"),
			module("service", named("redhat"), enabled(true)).expect(same),
			module("service", named("redhat"), enabled(false)).expect(changed),
			links("redhat").expect("rc2.d/K15redhat\nrc3.d/K15redhat\nrc4.d/K15redhat\nrc5.d/K15redhat\n", "!S85"),
			module("service", named("redhat"), enabled(false)).expect(same),
			module("service", named("redhat"), enabled(true)).expect(changed),
			module("service", named("alpha"), enabled(true)).expect(same),
			links("alpha").expect("rc2.d/S", "rc5.d/S"),
			module("service", named("alpha"), enabled(true), state("started")).expect(changed),
			module("service", named("nowhere"), enabled(true)).expect(failed),
		},
		some("service", enabled(true)), some("service", enabled(false)))
}

func sysvinitSteps() []step {
	return concat(
		running("sysvinit", "alpha"), enabling("sysvinit", "three")[1:6], running("sysvinit", "cron"),
		enabling("sysvinit", "beta"), enabling("sysvinit", "alpha"),
		[]step{
			module("sysvinit", named("three"), enabled(true), runlevels("3", "5")),
			links("three"),
			module("sysvinit", named("three"), enabled(false), runlevels("3")),
			links("three"),
			module("sysvinit", named("cron"), enabled(false), runlevels("2", "3")),
			links("cron"),
			module("sysvinit", named("cron"), enabled(true), runlevels("2")),
			links("cron"),
			module("sysvinit", named("cron"), enabled(true), runlevels("9")),
			module("sysvinit", named("cron"), enabled(false), runlevels("0")),
			module("sysvinit", named("cron"), enabled(false), runlevels("S")),
			module("sysvinit", named("nowhere"), state("started")),
			module("sysvinit", named("nowhere"), enabled(true)),
			module("sysvinit", named("mute"), state("started"), word{"pattern", "sleep 1005"}),
		},
		some("sysvinit", state("started")), some("sysvinit", enabled(true)), some("sysvinit", enabled(false)), some("sysvinit", state("stopped")),
		[]step{depends()},
	)
}

func sysvinitChkconfigSteps() []step {
	return []step{
		module("sysvinit", named("redhat"), enabled(true)).expect(changed),
		module("sysvinit", named("redhat"), enabled(true)).expect(same),
		links("redhat").expect("rc3.d/S85redhat"),
		module("sysvinit", named("redhat"), enabled(false)).expect(changed),
		links("redhat").expect("rc3.d/K15redhat"),
		module("sysvinit", named("redhat"), enabled(true), runlevels("3")).expect(changed),
		links("redhat").expect("rc2.d/K15redhat", "rc3.d/S85redhat"),
	}
}

// wholeSteps are by Ansible itself, which chooses the module.
func wholeSteps() []step {
	n := named("alpha")
	return []step{
		ansible("setup", word{"filter", "ansible_service_mgr"}).expect(`"ansible_service_mgr": "sysvinit"`),
		ansible("service", n, state("started")).expect(changed),
		ansible("service", n, state("started")).expect(same),
		ansible("service", n, enabled(true)).expect(changed),
		ansible("service", n, enabled(true)).expect(same),
		ansible("service", n, state("restarted")).expect(changed),
		ansible("service", n, enabled(false), state("stopped")).expect(changed),
		ansible("service", n, enabled(false), state("stopped")).expect(same),
		ansible("service", n, state("started"), word{"use", "service"}).expect(changed),
		ansible("service_facts").expect(`"name": "alpha"`),
		ansible("service", named("nowhere"), state("started")).expect("FAILED"),
	}
}
