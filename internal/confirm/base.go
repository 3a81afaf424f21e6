//go:build linux

package confirm

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// machineTools act on the machine and not on files or processes: in a sandbox
// a stub stands for each, whether the machine has it or not.
const machineTools = `modprobe insmod rmmod depmod lsmod kmod mount umount swapon swapoff fsck fsck.ext4 e2fsck hwclock sysctl
ip ifconfig route iptables ip6tables iptables-restore ip6tables-restore nft ifup ifdown ifquery udevadm systemctl telinit init
halt reboot poweroff shutdown dmesg setfont loadkeys setupcon kbd_mode unicode_start losetup dmsetup mdadm lvm vgchange cryptsetup
quotaon quotaoff quotacheck ethtool tc blkid blockdev apparmor_parser aa-status plymouth sendmail mail wall systemd-tmpfiles
systemd-sysusers restorecon chcon auditctl exportfs rpcinfo setserial hdparm ldconfig ssh-keygen initctl`

// hidden are directories of the machine that would make runs differ from one
// machine to the next: in a sandbox only our files and the package's are there.
var hidden = []string{"/usr/local", "/var/tmp", "/var/log", "/var/cache",
	"/var/spool", "/var/mail", "/etc/init.d", "/etc/rc.d", "/etc/default", "/etc/rcS.d", "/etc/ssh", "/etc/systemd", "/etc/profile.d"}

// accounts are the users that installing the packages would have made.
const accounts = `sshd messagebus _chrony ntpsec ntp debian-tor mysql postgres openldap bind unbound statd _rpc lpadmin munin
fetchmail powerman zabbix proftpd ftp courier smmsp smmta stunnel4 apt-cacher-ng arpwatch bacula beanstalkd uucp redis
memcache debian-spamd postfix postdrop dnsdist turnserver cyrus icecast2 inspircd ircd-hybrid lirc mpd mumble-server munge nagios
nbd nut nslcd oidentd opendkim openhpid openvswitch haclient hacluster pcscd postgrey postsrsd privoxy prometheus prosody pulse
puppet radvd rrdcached tinc ulog vnstat x2gouser dictd dnsmasq epmd ejabberd gdnsd iodine incron neutron nova cinder polw sympa
_keepalived fail2ban avahi syslog haveged watchdog plugdev netdev ssh sambashare winbindd_priv systemd-network`

// makeBase makes the layer between the machine's root and the package: our
// accounts and host files, stubs for machineTools, and what is hidden.
func makeBase(dir string) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	for _, h := range hidden {
		path := filepath.Join(dir, h)
		if err := os.MkdirAll(path, 0o755); err != nil {
			return err
		}
		if err := unix.Setxattr(path, "trusted.overlay.opaque", []byte("y"), 0); err != nil {
			return fmt.Errorf("cannot hide %s: %w", h, err)
		}
	}
	if err := os.Chmod(filepath.Join(dir, "/var/tmp"), 0o777|os.ModeSticky); err != nil {
		return err
	}
	for _, d := range []string{"/var/spool/cron", "/usr/sbin", "/usr/bin"} {
		if err := os.MkdirAll(filepath.Join(dir, d), 0o755); err != nil {
			return err
		}
	}
	for tool := range strings.FieldsSeq(machineTools) {
		path := "/usr/sbin/" + tool
		if exists("/usr/bin/" + tool) {
			path = "/usr/bin/" + tool
		}
		// Written new: the machine's may be a link to something else.
		if err := writeStub(filepath.Join(dir, path)); err != nil {
			return err
		}
	}
	// A policy-rc.d of the machine is none of the scripts' business.
	whiteout := filepath.Join(dir, "/usr/sbin/policy-rc.d")
	if err := unix.Mknod(whiteout, unix.S_IFCHR, 0); err != nil {
		return err
	}
	return baseFiles(dir)
}

func baseFiles(dir string) error {
	passwd, group, shadow := master("passwd"), master("group"), ""
	for i, name := range strings.Fields(accounts) {
		passwd += fmt.Sprintf("%s:x:%d:%d::/nonexistent:/usr/sbin/nologin\n", name, 500+i, 500+i)
		group += fmt.Sprintf("%s:x:%d:\n", name, 500+i)
	}
	for line := range strings.Lines(passwd) {
		name, _, _ := strings.Cut(line, ":")
		shadow += name + ":*:19000:0:99999:7:::\n"
	}
	for _, f := range []struct{ name, text string }{
		{"passwd", passwd}, {"group", group}, {"shadow", shadow}, {"gshadow", ""},
		{"nsswitch.conf", "passwd: files\ngroup: files\nshadow: files\nhosts: files\n"},
		{"hosts", "127.0.0.1 localhost confirm\n"}, {"hostname", "confirm\n"}, {"resolv.conf", ""},
		{"fstab", "/dev/root / ext4 defaults 0 1\n"}, {"environment", ""}, {"motd", "welcome\n"},
		{"inittab", "id:2:initdefault:\n"},
		{"default/rcS", "VERBOSE=yes\n"}, {"default/locale", "LANG=C\n"},
	} {
		if err := os.WriteFile(filepath.Join(dir, "etc", f.name), []byte(f.text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// master is Debian's own list of accounts; where it is missing, root alone.
func master(name string) string {
	text, err := os.ReadFile("/usr/share/base-passwd/" + name + ".master")
	if err != nil {
		if name == "group" {
			return "root:x:0:\n"
		}
		return "root:x:0:0:root:/root:/bin/bash\n"
	}
	return strings.ReplaceAll(string(text), ":*:", ":x:")
}
