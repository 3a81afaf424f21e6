package simulated

import (
	"maps"
	"slices"

	"sysv/system"
)

// Standard makes a machine with a small Debian-like tree under what the
// options say: the directories of hier(7), devices, users and groups, /tmp,
// /run, and a program file for each model of the options.
func Standard(o Options) *Machine {
	m := New(o)
	for _, d := range []struct {
		path string
		mode system.Mode
	}{
		{"/usr/bin", 0o755}, {"/usr/sbin", 0o755}, {"/usr/lib", 0o755}, {"/usr/local/bin", 0o755}, {"/usr/local/sbin", 0o755}, {"/usr/share", 0o755},
		{"/bin", 0o755}, {"/sbin", 0o755}, {"/lib", 0o755}, {"/lib/lsb", 0o755},
		{"/etc/default", 0o755}, {"/etc/init.d", 0o755}, {"/home", 0o755}, {"/root", 0o700}, {"/opt", 0o755}, {"/mnt", 0o755}, {"/srv", 0o755},
		{"/tmp", 0o1777}, {"/run/lock", 0o1777}, {"/dev/shm", 0o1777},
		{"/var/lib", 0o755}, {"/var/log", 0o755}, {"/var/cache", 0o755}, {"/var/spool", 0o755}, {"/var/tmp", 0o1777},
		{"/etc/rc0.d", 0o755}, {"/etc/rc1.d", 0o755}, {"/etc/rc2.d", 0o755}, {"/etc/rc3.d", 0o755}, {"/etc/rc4.d", 0o755},
		{"/etc/rc5.d", 0o755}, {"/etc/rc6.d", 0o755}, {"/etc/rcS.d", 0o755},
	} {
		m.AddDir(d.path, d.mode)
	}
	m.AddSymlink("/var/run", "/run")
	m.AddSymlink("/var/lock", "/run/lock")
	AddDevices(m)
	AddUsers(m)
	m.WriteFile("/etc/hostname", 0o644, m.w.uname.Nodename+"\n")
	m.WriteFile("/etc/hosts", 0o644, "127.0.0.1\tlocalhost\n")
	m.WriteFile("/etc/debian_version", 0o644, "12.0\n")
	m.AddProgram("/bin/sh")
	m.AddProgram("/sbin/init")
	for _, path := range slices.Sorted(maps.Keys(m.w.opts.Programs)) {
		m.AddProgram(path)
	}
	return m
}

// AddDevices makes the devices in /dev that a machine here has.
func AddDevices(m *Machine) {
	for _, d := range []struct {
		path string
		mode system.Mode
		dev  uint64
	}{
		{"/dev/null", 0o666, devNull}, {"/dev/zero", 0o666, devZero}, {"/dev/full", 0o666, devFull}, {"/dev/random", 0o666, devRandom},
		{"/dev/urandom", 0o666, devURandom}, {"/dev/tty", 0o666, system.Makedev(5, 0)}, {"/dev/console", 0o600, devConsole},
	} {
		m.AddNode(d.path, system.TypeChar|d.mode, d.dev)
	}
}

// AddUsers makes Debian's first users and groups.
func AddUsers(m *Machine) {
	m.WriteFile("/etc/passwd", 0o644, passwd)
	m.WriteFile("/etc/group", 0o644, group)
}

// AddProgram makes an executable file that looks like a program, if there is
// no file at path yet.
func (m *Machine) AddProgram(path string) error {
	if _, err := m.Stat(path); err == nil {
		return nil
	}
	return m.WriteFile(path, 0o755, "\x7fELF"+path)
}

// Hide takes a name out of the tree, without an effect being noted, if it is
// there.
func (m *Machine) Hide(path string) {
	w := m.w
	w.mu.Lock()
	defer w.mu.Unlock()
	if f, err := m.walk(path, never); err == nil && f.node != nil && f.last == named && f.node.virtual == nil {
		w.detach(f.dir, f.name)
		w.drop(f.node)
	}
}

// passwd and group are Debian's first lines of those files.
const passwd = `root:x:0:0:root:/root:/bin/sh
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
bin:x:2:2:bin:/bin:/usr/sbin/nologin
sys:x:3:3:sys:/dev:/usr/sbin/nologin
mail:x:8:8:mail:/var/mail:/usr/sbin/nologin
www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
user:x:1000:1000:A User,,,:/home/user:/bin/sh
`

const group = `root:x:0:
daemon:x:1:
bin:x:2:
sys:x:3:
adm:x:4:user
tty:x:5:
mail:x:8:
www-data:x:33:
staff:x:50:user
nogroup:x:65534:
user:x:1000:
`
