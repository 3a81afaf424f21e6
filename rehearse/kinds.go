package rehearse

import (
	"slices"
	"strings"

	"sysv/system"
)

// kind is what is known of a daemon by its name: from its manual page. Of any
// other it is taken that it goes into the background by itself, writes the pid
// file that its options or its configuration (or else the script) name, and
// removes it when TERM ends it.
type kind struct {
	known bool
	// stays tells that it stays in the foreground unless told otherwise.
	stays bool
	// stayFlags are the options that keep it there, forkFlags those that let
	// it go.
	stayFlags, forkFlags []string
	// checkFlags are options with which it does something else and ends, and
	// what it then prints.
	checkFlags []string
	says       string
	// pidFlags are options whose value is the pid file; pidFile is where it
	// writes one without. noPIDFile is one that writes none.
	pidFlags  []string
	pidFile   string
	noPIDFile bool
	// confFlags are options whose value is a configuration file; conf are
	// those that it reads without.
	confFlags []string
	conf      []string
	// keepsPID leaves its pid file when TERM ends it.
	keepsPID bool
	// single does not run twice: its port, or its lock, is taken.
	single bool
	// workers are how many processes it starts that are part of it.
	workers int
	// oneShot does its work and ends.
	oneShot bool
	// endsOn are signals by which it ends, beside TERM.
	endsOn []system.Signal
	// user is whom it becomes once its files are open; it then cannot remove
	// a pid file in a directory that is root's.
	user string
	// makesDir makes the directory of its pid file, if it is not there.
	makesDir bool
}

// kindOf is what is known of a daemon.
func kindOf(name string) kind {
	k := knownKind(name)
	if k.known {
		return k
	}
	return kind{
		stayFlags:  []string{"--foreground", "--nodaemon", "--no-daemon", "--no-daemonize", "--nofork", "--no-fork", "--no-detach", "-nodaemon", "--fg", "-F"},
		checkFlags: []string{"--version", "--help", "-V", "--test", "--check", "--configtest", "configtest", "--validate", "-t"},
		pidFlags:   []string{"--pidfile", "--pid-file", "--pid", "-pidfile", "-pid-file"},
		confFlags:  []string{"--config", "--config-file", "--conf", "-c", "-f", "-C"},
	}
}

// knownKind is the table.
func knownKind(name string) kind {
	check := []string{"--version", "--help", "-V", "-h", "-?"}
	switch name {
	case "cron", "crond":
		return kind{known: true, stayFlags: []string{"-f"}, pidFile: "/run/crond.pid", keepsPID: true, single: true}
	case "atd":
		return kind{known: true, stayFlags: []string{"-f"}, checkFlags: []string{"-s"}, pidFile: "/run/atd.pid", single: true}
	case "anacron":
		return kind{known: true, stayFlags: []string{"-d"}, checkFlags: []string{"-V", "-T", "-u"}, noPIDFile: true, single: true, endsOn: []system.Signal{system.SIGUSR1}}
	case "sshd":
		return kind{known: true, stayFlags: []string{"-D", "-d"}, checkFlags: []string{"-t", "-T", "-?", `-\?`}, says: "OpenSSH_9.2p1\n",
			conf: []string{"/etc/ssh/sshd_config"}, confFlags: []string{"-f"}, pidFile: "/run/sshd.pid", single: true}
	case "nginx":
		return kind{known: true, checkFlags: append([]string{"-t", "-T", "-v"}, check...), conf: []string{"/etc/nginx/nginx.conf"}, confFlags: []string{"-c"}, pidFile: "/run/nginx.pid", workers: 2, single: true}
	case "lighttpd":
		return kind{known: true, stayFlags: []string{"-D", "-i"}, checkFlags: append([]string{"-t", "-tt", "-p", "-v"}, check...), conf: []string{"/etc/lighttpd/lighttpd.conf"}, confFlags: []string{"-f"}, single: true}
	case "dropbear":
		return kind{known: true, stayFlags: []string{"-F"}, checkFlags: []string{"-V"}, pidFlags: []string{"-P"}, pidFile: "/var/run/dropbear.pid", single: true}
	case "rsync":
		return kind{known: true, stays: true, forkFlags: []string{"--daemon"}, stayFlags: []string{"--no-detach"}, conf: []string{"/etc/rsyncd.conf"}, confFlags: []string{"--config"}, checkFlags: []string{"--version"}, single: true}
	case "dbus-daemon":
		return kind{known: true, stays: true, forkFlags: []string{"--fork", "--system"}, stayFlags: []string{"--nofork"}, pidFile: "/run/dbus/pid", single: true, user: "messagebus"}
	case "nagios", "nagios3", "nagios4":
		return kind{known: true, stays: true, forkFlags: []string{"-d", "--daemon"}, checkFlags: []string{"-v", "--verify-config", "-s", "--test-scheduling"}, single: true}
	case "dbus-uuidgen", "accton", "auditctl", "sysctl":
		return kind{known: true, oneShot: true}
	case "chronyd":
		return kind{known: true, stayFlags: []string{"-n", "-d", "-q", "-Q"}, checkFlags: []string{"-v", "-h", "-p"}, conf: []string{"/etc/chrony/chrony.conf"}, confFlags: []string{"-f"}, pidFile: "/run/chrony/chronyd.pid", single: true, user: "_chrony", makesDir: true}
	case "dnsmasq":
		return kind{known: true, stayFlags: []string{"-d", "-k", "--no-daemon", "--keep-in-foreground"}, checkFlags: append([]string{"--test"}, check...), pidFlags: []string{"-x", "--pid-file"}, pidFile: "/run/dnsmasq.pid", single: true, user: "dnsmasq"}
	case "redis-server":
		return kind{known: true, stays: true, checkFlags: []string{"--version", "-v", "--help"}, single: true}
	case "haveged":
		return kind{known: true, stayFlags: []string{"-F", "--Foreground"}, pidFlags: []string{"-p", "--pidfile"}, pidFile: "/run/haveged.pid", single: true}
	case "unbound":
		return kind{known: true, stayFlags: []string{"-d"}, checkFlags: []string{"-V", "-h"}, conf: []string{"/etc/unbound/unbound.conf"}, confFlags: []string{"-c"}, pidFile: "/run/unbound.pid", single: true}
	case "tor":
		return kind{known: true, stays: true, checkFlags: []string{"--verify-config", "--version", "--hash-password"}, conf: []string{"/usr/share/tor/tor-service-defaults-torrc", "/etc/tor/torrc"}, confFlags: []string{"--defaults-torrc", "-f"}, pidFlags: []string{"--PidFile", "--pidfile"}, single: true}
	case "privoxy":
		return kind{known: true, stayFlags: []string{"--no-daemon"}, checkFlags: []string{"--config-test", "--version", "--help"}, pidFlags: []string{"--pidfile"}, single: true}
	}
	return kind{}
}

// check tells whether its options make it end at once.
func (k kind) check(args []string) (out string, status int, ok bool) {
	for _, a := range args[1:] {
		if a == "--" {
			break
		}
		if slices.Contains(k.checkFlags, a) {
			return k.says, 0, true
		}
	}
	return "", 0, false
}

func (k kind) foreground(args []string) bool {
	for _, a := range args[1:] {
		name, value, has := strings.Cut(a, "=")
		if slices.Contains(k.stayFlags, name) && (!has || value != "false" && value != "no" && value != "0") {
			return true
		}
	}
	return false
}

// option is the value of one of a daemon's options.
func option(args, names []string) []string {
	var l []string
	for i, a := range args {
		for _, n := range names {
			switch {
			case a == n && i+1 < len(args):
				l = append(l, args[i+1])
			case strings.HasPrefix(a, n+"="):
				l = append(l, a[len(n)+1:])
			case len(n) == 2 && n[0] == '-' && n[1] != '-' && strings.HasPrefix(a, n) && len(a) > 2:
				l = append(l, a[2:])
			}
		}
	}
	return l
}

func (k kind) pidOption(args []string) string {
	for _, v := range option(args[1:], k.pidFlags) {
		if strings.HasPrefix(v, "/") {
			return v
		}
	}
	// -p and -P mean a pid file where their value looks like one.
	if !k.known {
		for _, v := range option(args[1:], []string{"-p", "-P"}) {
			if strings.HasPrefix(v, "/") && strings.Contains(v, "pid") {
				return v
			}
		}
	}
	return ""
}
