//go:build linux

package reality

import (
	"os"
	"path/filepath"
	"strings"
)

// service is one daemon of the bench.
type service struct {
	name string
	// files are put over the tree: settings that make it of use in a sandbox.
	files map[string]string
	// known are the steps at which it is known why the prediction differs.
	known map[string]string
}

// packages are laid over the root of package daemons, which has the rest. No
// maintainer script of theirs is run.
const packages = "unbound tor privoxy tinyproxy memcached vsftpd mosquitto openbsd-inetd snmpd incron bind9 rpcbind monit uptimed ulogd2 acpid lldpd tftpd-hpa"

// users are those that the packages' maintainer scripts would make.
const users = `unbound:x:401:401::/var/lib/unbound:/usr/sbin/nologin
debian-tor:x:402:402::/var/lib/tor:/bin/false
privoxy:x:403:65534::/etc/privoxy:/usr/sbin/nologin
tinyproxy:x:404:404::/run/tinyproxy:/usr/sbin/nologin
memcache:x:405:405::/nonexistent:/bin/false
ftp:x:406:65534::/srv/ftp:/usr/sbin/nologin
mosquitto:x:407:407::/var/lib/mosquitto:/usr/sbin/nologin
Debian-snmp:x:408:408::/var/lib/snmp:/bin/false
bind:x:411:411::/var/cache/bind:/usr/sbin/nologin
ulog:x:412:412::/var/log/ulog:/usr/sbin/nologin
_lldpd:x:414:414::/run/lldpd:/usr/sbin/nologin
tftp:x:415:415::/srv/tftp:/usr/sbin/nologin
`

const groups = `unbound:x:401:
debian-tor:x:402:
tinyproxy:x:404:
memcache:x:405:
mosquitto:x:407:
Debian-snmp:x:408:
bind:x:411:
ulog:x:412:
_lldpd:x:414:
tftp:x:415:
`

// directory is one that a maintainer script would make, or whose owner it
// would change.
type directory struct {
	path     string
	uid, gid int
	mode     os.FileMode
}

func directories() []directory {
	return []directory{
		{"var/lib/unbound", 401, 401, 0o755},
		{"var/lib/tor", 402, 402, os.ModeSetgid | 0o700},
		{"var/log/tor", 402, 4, os.ModeSetgid | 0o750},
		{"var/log/privoxy", 403, 4, 0o750},
		{"etc/privoxy", 0, 0, 0o755},
		{"var/cache/bind", 0, 411, 0o775},
		{"var/lib/mosquitto", 407, 407, 0o755},
		{"var/log/ulog", 412, 412, 0o755},
		{"srv/tftp", 0, 415, 0o755},
	}
}

// prepare makes a layer of what the packages' maintainer scripts would make.
func prepare(dir, packages string) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	for _, d := range directories() {
		p := filepath.Join(dir, d.path)
		if err := os.MkdirAll(p, 0o755); err != nil {
			return err
		}
		if err := os.Chown(p, d.uid, d.gid); err != nil {
			return err
		}
		if err := os.Chmod(p, d.mode); err != nil {
			return err
		}
	}
	text, err := os.ReadFile(filepath.Join(packages, "usr/share/privoxy/config"))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "etc/privoxy/config"), text, 0o644)
}

// services are the daemons, in the order of the report. Left out are those
// that end by themselves in a sandbox, whatever starts them: nsd (its sockets
// need more capabilities), irqbalance (it needs more than two processors).
func services() []service {
	return []service{
		{name: "anacron"},
		{name: "atd"},
		// Without -x it would set the clock, which no namespace parts.
		{name: "chrony", files: map[string]string{"/etc/default/chrony": "DAEMON_OPTS=\"-x -F 0\"\n"}},
		{name: "cron"},
		{name: "dbus"},
		{name: "dnsmasq"},
		{name: "dropbear"},
		{name: "haveged"},
		{name: "lighttpd"},
		{name: "nginx"},
		{name: "redis-server"},
		{name: "rsync", files: map[string]string{"/etc/default/rsync": "RSYNC_ENABLE=true\nRSYNC_NICE=10\n", "/etc/rsyncd.conf": "[public]\npath = /srv\n"}},
		{name: "ssh"},
		{name: "unbound"},
		{name: "tor"},
		{name: "privoxy"},
		{name: "tinyproxy"},
		{name: "memcached", known: map[string]string{
			"start 1":  "a Perl script starts memcached, and refuses to start a second one by itself; the rehearsal runs no Perl",
			"status 2": "the two daemons of the step before",
		}},
		{name: "vsftpd"},
		{name: "mosquitto"},
		{name: "openbsd-inetd"},
		{name: "snmpd"},
		{name: "incron"},
		{name: "named"},
		{name: "rpcbind"},
		{name: "monit"},
		{name: "uptimed"},
		{name: "ulogd2"},
		{name: "acpid"},
		{name: "lldpd"},
		{name: "tftpd-hpa", files: map[string]string{
			"/etc/default/tftpd-hpa": "TFTP_USERNAME=\"tftp\"\nTFTP_DIRECTORY=\"/srv/tftp\"\nTFTP_ADDRESS=\":69\"\nTFTP_OPTIONS=\"--secure\"\n"}},
	}
}

// steps are what each daemon goes through.
func steps() []string {
	return strings.Split("start,start,status,kill -9,status,start,stop,stop,status,restart,bogus", ",")
}
