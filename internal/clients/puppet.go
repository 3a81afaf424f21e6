//go:build linux

package clients

// puppetTasks are what Puppet's providers do. Two of them refuse to work on
// Debian, so Puppet is told that it is elsewhere.
func puppetTasks() []task {
	const layer = "puppet"
	return []task{
		{name: "puppet debian", short: 7, layer: layer, files: with(odd(), block, ""), steps: puppetDebian()},
		{name: "puppet init", short: 2, layer: layer, files: with(with(odd(), block, ""), osRelease, "NAME=Slackware\nVERSION=\"15.0\"\nID=slackware\nVERSION_ID=15.0\n"), steps: puppetInit()},
		{name: "puppet redhat", short: 5, layer: layer, hides: []string{"update-rc.d", "insserv", "invoke-rc.d"}, redHat: true, steps: puppetRedHat(),
			files: with(with(odd(), block, ""), osRelease, "NAME=\"CentOS\"\nVERSION=\"6\"\nID=centos\nID_LIKE=\"rhel fedora\"\nVERSION_ID=6\n")},
		{name: "puppet apply", layer: layer, steps: puppetApply(), files: map[string]string{block: "", "/srv/site.pp": manifest}},
	}
}

const (
	osRelease = "/usr/lib/os-release"
	// block is there because Facter complains where it cannot list a machine's
	// disks.
	block = "/sys/block/none/size"
)

// resource asks for a service's state with the provider that Puppet takes by
// itself, or gives a service a state with one that is named.
func resource(provider, name string, words ...string) step {
	title := "puppet " + name
	argv := clientEnvironment("/usr/bin/puppet", "resource", "--color=false", "service", name)
	if provider != "" {
		words = append([]string{"provider=" + provider}, words...)
	}
	for _, w := range words {
		title += " " + w
	}
	return step{name: title, argv: append(argv, words...)}
}

const (
	isRunning = "ensure   => 'running'"
	isStopped = "ensure   => 'stopped'"
	isOn      = "enable   => 'true'"
	isOff     = "enable   => 'false'"
)

func puppetDebian() []step {
	ask := func(name string) step { return resource("", name).expect("provider => 'debian'") }
	set := func(name string, words ...string) step { return resource("debian", name, words...) }
	return []step{
		ask("alpha").expect(isStopped, isOff),
		set("alpha", "ensure=running", "enable=true").expect(isRunning, isOn, "ensure changed"),
		set("alpha", "ensure=running", "enable=true").expect(isRunning, isOn, "!Notice"),
		ask("alpha").expect(isRunning, isOn),
		links("alpha").expect("rc2.d/S"),
		set("alpha", "enable=false").expect(isOff, "enable changed"),
		ask("alpha").expect(isRunning, isOff),
		links("alpha").expect("!/S"),
		set("alpha", "enable=false").expect(isOff, "!Notice"),
		set("alpha", "ensure=stopped").expect(isStopped),
		set("alpha", "enable=true").expect(isOn, "enable changed"),
		links("alpha").expect("rc2.d/S"),
		ask("cron").expect(isOn, isStopped),
		set("cron", "ensure=running", "enable=false").expect(isRunning, isOff),
		set("beta", "ensure=running", "enable=true").expect(isRunning, isOn),
		set("bare", "ensure=running", "enable=true"),
		set("mute", "ensure=running", "enable=true"),
		set("useless", "ensure=running", "enable=true").expect("Error"),
		set("nowhere", "ensure=running", "enable=true").expect("Error"),
		set("early", "enable=true"),
		ask("early"),
		set("three", "enable=true"),
		ask("three"),
		depends(),
	}
}

// puppetInit has no enabling: the provider init only runs scripts.
func puppetInit() []step {
	r := func(name string, words ...string) step { return resource("init", name, words...) }
	return []step{
		resource("", "alpha").expect(isStopped),
		r("alpha", "ensure=running").expect(isRunning, "Notice"),
		r("alpha", "ensure=running").expect(isRunning, "!Notice"),
		r("alpha", "ensure=stopped").expect(isStopped, "Notice"),
		r("ssh", "ensure=running").expect(isRunning, "Notice"),
		r("mute", "ensure=running"),
		r("useless", "ensure=running"),
	}
}

func puppetRedHat() []step {
	r := func(words ...string) step { return resource("redhat", "redhat", words...) }
	return []step{
		r("ensure=running", "enable=true").expect(isRunning, isOn, "ensure changed"),
		r("ensure=running", "enable=true").expect(isRunning, isOn, "!Notice"),
		resource("", "redhat").expect(isRunning, isOn, "provider => 'redhat'"),
		links("redhat").expect("rc2.d/S85redhat\nrc3.d/S85redhat\nrc4.d/S85redhat\nrc5.d/S85redhat\n"),
		r("enable=false").expect(isOff, "enable changed"),
		resource("", "redhat").expect(isRunning, isOff),
		links("redhat").expect("rc3.d/K15redhat", "!S85"),
		r("ensure=stopped", "enable=true").expect(isStopped, isOn),
		resource("redhat", "alpha", "ensure=running", "enable=true").expect(isRunning, isOn),
		resource("redhat", "alpha", "ensure=stopped", "enable=false").expect(isStopped, isOff),
		resource("redhat", "nowhere", "ensure=running").expect("Error"),
	}
}

// manifest restarts what depends on a file; and restarts by the script's own
// action, where hasrestart says so.
const manifest = `
file { '/srv/watched': content => $facts['content'] }
service { 'alpha': ensure => running, enable => true, provider => debian, hasrestart => true, subscribe => File['/srv/watched'] }
service { 'beta':  ensure => running, enable => true, provider => debian, hasrestart => false, subscribe => File['/srv/watched'] }
service { 'mute':  ensure => running, enable => false, provider => debian, hasstatus => false, pattern => 'sleep 1005' }
service { 'cron':  ensure => stopped, enable => false, provider => debian }
`

func puppetApply() []step {
	apply := func(content string) step {
		return step{name: "puppet apply " + content, argv: clientEnvironment("FACTER_content="+content, "/usr/bin/puppet", "apply", "--color=false", "--detailed-exitcodes", "/srv/site.pp")}
	}
	return []step{
		apply("one").expect("Service[alpha]/ensure: ensure changed 'stopped' to 'running'", "!Error"),
		apply("one").expect("!ensure changed", "!Error"),
		apply("two").expect("Service[alpha]: Triggered 'refresh'", "!Error"),
		shell("stop beta behind its back", "/etc/init.d/beta stop; rm -f /etc/rc?.d/S??alpha"),
		apply("two").expect("Service[beta]/ensure: ensure changed 'stopped' to 'running'", "Service[alpha]/enable: enable changed 'false' to 'true'"),
		depends(),
	}
}
