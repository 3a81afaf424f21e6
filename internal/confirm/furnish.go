//go:build linux

package confirm

import (
	"os"
	"path/filepath"
)

// configured are the files that configuring a package by hand (or its
// postinst, or a package it depends on) would have made, where its script does
// nothing without. They are ours, and as short as will do.
func configured(pkg string) []struct{ path, text string } {
	type files = []struct{ path, text string }
	switch pkg {
	case "apt-cacher-ng":
		return files{{"/etc/apt-cacher-ng/acng.conf", "CacheDir: /var/cache/apt-cacher-ng\n"}}
	case "collectd-core":
		return files{{"/etc/collectd/collectd.conf", "LoadPlugin cpu\n"}}
	case "fetchmail":
		return files{{"/etc/fetchmailrc", "set daemon 300\n"}}
	case "isc-dhcp-server":
		return files{{"/etc/default/isc-dhcp-server", "INTERFACESv4=\"eth0\"\n"}, {"/etc/dhcp/dhcpd.conf", "authoritative;\n"}}
	case "ifplugd":
		return files{{"/etc/default/ifplugd", "INTERFACES=\"eth0\"\nHOTPLUG_INTERFACES=\"\"\nARGS=\"-q -f -u0 -d10 -w -I\"\nSUSPEND_ACTION=\"stop\"\n"}}
	case "keepalived":
		return files{{"/etc/keepalived/keepalived.conf", "global_defs {\n}\n"}}
	case "mariadb-server":
		return files{{"/etc/mysql/my.cnf", "[mysqld]\ndatadir=/var/lib/mysql\n"}, {"/etc/mysql/debian.cnf", "[client]\nuser=root\n"}}
	case "nfs-kernel-server":
		return files{{"/etc/exports", "/srv localhost(ro)\n"}}
	case "openvpn":
		return files{{"/etc/openvpn/one.conf", "dev tun\n"}, {"/etc/openvpn/two.conf", "dev tun\n"}}
	case "powerman":
		return files{{"/etc/powerman/powerman.conf", "listen \"127.0.0.1:10101\"\n"}}
	case "proftpd-core":
		return files{{"/etc/proftpd/proftpd.conf", "ServerType standalone\n"}}
	case "radvd":
		return files{{"/etc/radvd.conf", "interface eth0 { };\n"}}
	case "rsync":
		return files{{"/etc/rsyncd.conf", "[public]\npath = /srv\n"}}
	case "samba", "winbind":
		return files{{"/etc/samba/smb.conf", "[global]\n"}}
	case "slapd":
		return files{{"/etc/ldap/slapd.conf", "pidfile /run/slapd/slapd.pid\n"}}
	case "stunnel4":
		return files{{"/etc/stunnel/one.conf", "pid = /run/stunnel4/one.pid\n"}}
	case "sslh":
		return files{{"/etc/sslh/sslh.cfg", "verbose: false;\n"}}
	case "vtun":
		return files{{"/etc/default/vtun", "RUN_SERVER=yes\nSERVER_PORT=5000\nCLIENT0_NAME=one\nCLIENT0_HOST=localhost\n"}, {"/etc/vtund.conf", "options { }\n"}}
	case "watchdog":
		return files{{"/etc/default/watchdog", "run_watchdog=1\nrun_wd_keepalive=1\nwatchdog_module=none\nwatchdog_options=\n"}}
	}
	return nil
}

// configure writes them, where the package has no such file itself.
func configure(root, pkg string) error {
	for _, f := range configured(pkg) {
		path := filepath.Join(root, f.path)
		if exists(path) {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(f.text), 0o644); err != nil {
			return err
		}
	}
	if pkg != "samba" && pkg != "winbind" {
		return nil
	}
	// samba-common's way to say that a service is wanted.
	script := filepath.Join(root, "usr/share/samba/is-configured")
	if err := os.MkdirAll(filepath.Dir(script), 0o755); err != nil {
		return err
	}
	return os.WriteFile(script, []byte("#!/bin/sh\nexit 0\n"), 0o755)
}
