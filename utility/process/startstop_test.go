//go:build linux

package process

// startStopCases are start-stop-daemon's.
var startStopCases = []confirm{
	// Usage.
	{name: "no arguments", script: `try start-stop-daemon`},
	{name: "help", script: `try start-stop-daemon --help`},
	{name: "help short", script: `try start-stop-daemon -H | head -3`},
	{name: "unknown long option", script: `try start-stop-daemon --nosuch --start`},
	{name: "unknown short option", script: `try start-stop-daemon -Z --start`},
	{name: "unknown option after --status", script: `try start-stop-daemon --status --nosuch`},
	{name: "ambiguous option", script: `try start-stop-daemon --pp; try start-stop-daemon --st; try start-stop-daemon --no`},
	{name: "ambiguous option with pidof", script: `try start-stop-daemon --p /x`, differs: "--pidof is of dpkg 1.23.8",
		ours: "-- stdout --\nstatus 3\n-- stderr --\nstart-stop-daemon: option '--p' is ambiguous; possibilities: '--pid' '--ppid' '--pidfile' '--procsched' '--pidof'\nTry 'start-stop-daemon --help' for more information.\n-- status 0 --\n"},
	{name: "pidof", script: running + `try start-stop-daemon --pidof -x $D; try start-stop-daemon --pidof -n nosuch; try start-stop-daemon --pidof -p /mnt/pid; echo 99999 >/mnt/pid; try start-stop-daemon --pidof -p /mnt/pid; try start-stop-daemon --pidof`, differs: "--pidof is of dpkg 1.23.8",
		ours: "-- stdout --\nDAEMON\nstatus 0\nstatus 3\nDAEMON\nstatus 0\nstatus 1\nstatus 4\n-- stderr --\nstart-stop-daemon: need at least one of --exec, --pid, --ppid, --pidfile, --user or --name\nTry 'start-stop-daemon --help' for more information.\n-- status 0 --\n"},
	{name: "version", script: `try start-stop-daemon --version`, differs: "it is not dpkg's program", ours: "-- stdout --\nstart-stop-daemon 1.21.22 for Debian\n\nBuilt into sysv, after the program by Marek Michalkiewicz.\nstatus 0\n-- stderr --\n-- status 0 --\n"},
	{name: "abbreviated option", script: `try start-stop-daemon --stop --pidf /mnt/nofile --oknod`},
	{name: "option without argument", script: `try start-stop-daemon --stop --pidfile; try start-stop-daemon -S -x`},
	{name: "argument not allowed", script: `try start-stop-daemon --stop=3; try start-stop-daemon --oknodo=1`},
	{name: "two commands", script: `try start-stop-daemon --start --stop --exec /bin/sleep; try start-stop-daemon -T -K`},
	{name: "same command twice", script: `try start-stop-daemon --stop --stop --pidfile /mnt/nofile`},
	{name: "no command", script: `try start-stop-daemon --exec /bin/sleep`},
	{name: "no match option", script: `try start-stop-daemon --stop; try start-stop-daemon --status; try start-stop-daemon --start --startas /bin/sleep`},
	{name: "start without program", script: `try start-stop-daemon --start --pidfile /mnt/x; try start-stop-daemon --start --name x`},
	{name: "make-pidfile without pidfile", script: `try start-stop-daemon --start --make-pidfile --exec /bin/sleep`},
	{name: "remove-pidfile without pidfile", script: `try start-stop-daemon --stop --remove-pidfile --exec /bin/sleep`},
	{name: "pid and pidfile", script: `try start-stop-daemon --stop --pid 5 --pidfile /mnt/x`},
	{name: "background with stop", script: `try start-stop-daemon --stop --background --exec /bin/sleep; try start-stop-daemon -T -b -n x`},
	{name: "no-close without background", script: `try start-stop-daemon --start --no-close --exec /bin/sleep`},
	{name: "output without background", script: `try start-stop-daemon --start --output /mnt/o --exec /bin/sleep`},
	{name: "output relative", script: `try start-stop-daemon --start -b --output o --exec /bin/sleep`},
	{name: "bad pid", script: `for p in x 0 -1 5x '' 99999999999; do try start-stop-daemon --stop --pid "$p"; done`},
	{name: "bad ppid", script: `for p in x 0 -1 ''; do try start-stop-daemon --stop --ppid "$p"; done`},
	{name: "bad signal", script: `for s in x SIGTERM term -9 '' 9x WINCH; do try start-stop-daemon --stop --signal "$s" --pidfile /mnt/x; done`},
	{name: "good signals", script: `for s in TERM 15 HUP USR1 0 64 200; do try start-stop-daemon --stop --signal $s --pidfile /mnt/x; done`},
	{name: "bad schedules", script: `for s in x '' TERM -9 forever /5 x/5 TERM/x TERM/forever forever/forever/5 -x/5 TERM/5x 123456789012345678901/5 a/1234567890123456789012; do try start-stop-daemon --stop --retry "$s" --pidfile /mnt/x; done`},
	{name: "good schedules", script: `for s in 5 TERM/5 -TERM/5 -15/5 forever/TERM/5 TERM/5/forever/KILL/1 HUP/0; do try start-stop-daemon --stop --retry "$s" --pidfile /mnt/x; done`},
	{name: "schedule with an empty last item", script: `try start-stop-daemon --stop --retry TERM/5/ --pidfile /mnt/x`,
		differs: "dpkg stops with an internal error", ours: "-- stdout --\nNo process in pidfile '/mnt/x' found running; none killed.\nstatus 1\n-- stderr --\n-- status 0 --\n"},
	{name: "bad procsched", script: `for s in x fifo fifo:x fifo:100 fifo:0 rr:-1 other:x ''; do try start-stop-daemon --start --procsched "$s" --exec /bin/true; done`},
	{name: "bad iosched", script: `for s in x idle:x best-effort:8 real-time:x ''; do try start-stop-daemon --start --iosched "$s" --exec /bin/true; done`},
	{name: "bad umask", script: `for s in x 8x 09 -1 '' 0x; do try start-stop-daemon --start --umask "$s" --exec /bin/true; done`},
	{name: "bad notify-timeout", script: `for s in x -1 ''; do try start-stop-daemon --start --notify-timeout "$s" --exec /bin/true; done`},
	{name: "missing group name", script: `try start-stop-daemon --start --chuid nobody: --exec /bin/true`},
	{name: "unknown users and groups", script: `
try start-stop-daemon --start --chuid nosuch --exec /bin/true
try start-stop-daemon --start --chuid nobody:nosuch --exec /bin/true
try start-stop-daemon --start --group nosuch --exec /bin/true
try start-stop-daemon --start --user nosuch --exec /bin/true
try start-stop-daemon --status --user nosuch
try start-stop-daemon --start --chuid 54321 --exec /bin/true`},
	{name: "program missing", script: `try start-stop-daemon --start --exec /mnt/nosuch; try start-stop-daemon --stop --exec /mnt/nosuch; try start-stop-daemon --status --exec nosuch; try start-stop-daemon --start --exec ''`},
	{name: "startas missing", script: `try start-stop-daemon --start --pidfile /mnt/x --startas /mnt/nosuch; try start-stop-daemon --start --exec $D --startas nosuch`},
	{name: "startas not executable", script: `echo hello >/mnt/f; try start-stop-daemon --start --pidfile /mnt/x --startas /mnt/f; chmod +x /mnt/f; try start-stop-daemon --start --pidfile /mnt/x --startas /mnt/f; try start-stop-daemon --start --pidfile /mnt/x --startas /mnt`},
	{name: "long name warning", script: `try start-stop-daemon --stop --name averyveryverylongname; try start-stop-daemon --status --name exactlyfifteen1`},

	// Starting.
	{name: "start in foreground", script: `try start-stop-daemon --start --exec $D -- -c 'echo "$0 $*"; exit 7' a b`},
	{name: "arguments without --", script: `try start-stop-daemon --start --exec $D /mnt/nofile; try start-stop-daemon --start /mnt/nofile --exec $D x`},
	{name: "foreground process", script: `
umask 027
start-stop-daemon --start --exec $D --pidfile /mnt/pid --make-pidfile -- -c 'echo "$$"; echo $PWD; umask; for f in /proc/$$/fd/*; do echo ${f##*/}; done; cat /mnt/pid' >/mnt/o
{ read pid; P SELF $pid; } </mnt/o
cat /mnt/o; stat -c '%a %U' /mnt/pid`},
	{name: "foreground killed by a signal", script: `try start-stop-daemon --start --exec $D -- -c 'kill -9 $$'; try start-stop-daemon --start --exec $D -- -c 'kill -TERM $$'`},
	{name: "startas", script: `try start-stop-daemon --start --exec $E --startas $D -- -c 'readlink /proc/$$/exe; echo $0'`},
	{name: "startas relative to chdir", script: `try start-stop-daemon --start --pidfile /mnt/nofile --chdir /mnt --startas daemon -- -c 'echo $0 $PWD'`},
	{name: "exec relative to chdir", script: `try start-stop-daemon --start --chdir /mnt --exec daemon -- -c 'echo $0 $PWD'; try start-stop-daemon --start -d /mnt -x nosuch`},
	{name: "chdir fails", script: `try start-stop-daemon --start --chdir /mnt/nodir --exec $D -- -c 'echo no'; echo >/mnt/f; try start-stop-daemon --start --chdir /mnt/f --exec $D; try start-stop-daemon --start --chdir '' --exec $D`},
	{name: "chdir default", script: `try start-stop-daemon --start --exec $D -- -c pwd; try start-stop-daemon --start --exec $D --chdir /usr -- -c pwd`},
	{name: "chuid", script: `try start-stop-daemon --start --exec $D --chuid nobody -- -c 'grep -e Uid -e Gid -e Groups /proc/$$/status; echo $HOME $USER'`},
	{name: "chuid with group", script: `try start-stop-daemon --start --exec $D --chuid nobody:daemon -- -c 'grep -e Uid -e Gid -e Groups /proc/$$/status'`},
	{name: "chuid by number", script: `try start-stop-daemon --start --exec $D --chuid 65534:1 -- -c 'grep -e Uid -e Gid -e Groups /proc/$$/status; echo $HOME'`},
	{name: "chuid with supplementary groups", script: `
cp /etc/group /mnt/group; echo 'extra:x:4321:nobody' >>/mnt/group; mount --bind /mnt/group /etc/group
try start-stop-daemon --start --exec $D --chuid nobody -- -c 'grep -e Uid -e Gid -e Groups /proc/$$/status'
try start-stop-daemon --start --exec $D --group extra -- -c 'grep -e Uid -e Gid -e Groups /proc/$$/status'`},
	{name: "group", script: `try start-stop-daemon --start --exec $D --group daemon -- -c 'grep -e Uid -e Gid -e Groups /proc/$$/status'; try start-stop-daemon --start --exec $D -g 77 -- -c 'grep -e Uid -e Gid /proc/$$/status'`},
	{name: "chuid to ourselves", script: `try start-stop-daemon --start --exec $D --chuid root -- -c 'grep -e Uid -e Gid -e Groups /proc/$$/status; echo $HOME'`},
	{name: "home of chuid", script: `HOME=/x try start-stop-daemon --start --exec $D --chuid daemon -- -c 'echo $HOME'`},
	{name: "umask", script: `for u in 027 22 0x12 0; do try start-stop-daemon --start --umask $u --exec $D -- -c umask; done`},
	{name: "nicelevel", script: `for n in 5 -5 x 0; do try start-stop-daemon --start --nicelevel $n --exec $D -- -c 'nice'; done`},
	{name: "procsched", script: `for s in fifo:5 rr:1 other other:3; do try start-stop-daemon --start --procsched $s --exec $D -- -c 'sed "s/.*) //" /proc/$$/stat | cut -d" " -f38,39'; done`},
	{name: "iosched", script: `for s in best-effort:2 idle real-time:0 best-effort; do try start-stop-daemon --start --iosched $s --exec $D -- -c 'ionice -p $$'; done`},
	{name: "environment is kept", script: `FOO=bar try start-stop-daemon --start --exec $D -- -c 'echo $FOO $PATH' | sed 's/ .*:/ …:/'`},
	{name: "background", script: `
try start-stop-daemon --start --background --pidfile /mnt/pid --make-pidfile --exec $D -- -c "$idle"
pid=$(cat /mnt/pid); P DAEMON $pid; until_ grep -q daemon /proc/$pid/comm
show $pid; stat -c '%a %U' /mnt/pid; wc -l </mnt/pid`},
	{name: "background as another user", script: `
try start-stop-daemon --start -b -p /mnt/pid -m -x $D -c nobody:daemon -N 3 -k 077 -d /usr -- -c "$idle"
pid=$(cat /mnt/pid); P DAEMON $pid; until_ grep -q daemon /proc/$pid/comm
show $pid; stat -c '%a %U' /mnt/pid`},
	{name: "background under umask 077", script: `umask 077
start-stop-daemon -S -b -m -p /mnt/pid -x $D -- -c "$idle"
pid=$(cat /mnt/pid); P DAEMON $pid; until_ grep -q daemon /proc/$pid/comm
grep Umask /proc/$pid/status; stat -c %a /mnt/pid`},
	{name: "background output", script: `umask 002
start-stop-daemon -S -b -m -p /mnt/pid -O /mnt/log -x $D -- -c "echo out; echo err >&2; $idle"
pid=$(cat /mnt/pid); P DAEMON $pid; until_ grep -q err /mnt/log
cat /mnt/log; stat -c %a /mnt/log; show $pid | grep -e '^[0-9]'`},
	{name: "background output is added", script: `echo first >/mnt/log; start-stop-daemon -S -b -O /mnt/log -x $D -- -c "echo out"; until_ grep -q out /mnt/log; cat /mnt/log`},
	{name: "background output fails", script: `try start-stop-daemon -S -b -m -p /mnt/pid -O /mnt/nodir/log -x $D -- -c "$idle"; ls /mnt/pid`,
		differs: "dpkg says so from a process that nobody waits for, exits 0, and leaves the pid file of one that has ended",
		ours:    "-- stdout --\nstatus 2\n/mnt/pid\n-- stderr --\nstart-stop-daemon: unable to open '/mnt/nodir/log' (No such file or directory)\n-- status 0 --\n"},
	{name: "background no-close", script: `
start-stop-daemon -S -b -C -m -p /mnt/pid -x $D -- -c "$idle" 5>/mnt/five
pid=$(cat /mnt/pid); P DAEMON $pid; until_ grep -q daemon /proc/$pid/comm; show $pid`},
	{name: "background no-close output", script: `
start-stop-daemon -S -b -C -O /mnt/log -m -p /mnt/pid -x $D -- -c "$idle"
pid=$(cat /mnt/pid); P DAEMON $pid; until_ grep -q daemon /proc/$pid/comm; show $pid | grep -v '^3 '`},
	{name: "background no-close output leaves nothing open", script: `
start-stop-daemon -S -b -C -O /mnt/log -m -p /mnt/pid -x $D -- -c "$idle"
pid=$(cat /mnt/pid); P DAEMON $pid; until_ grep -q daemon /proc/$pid/comm; show $pid | grep '^3 '`,
		differs: "dpkg leaves the output file open a third time", ours: "-- stdout --\n-- stderr --\n-- status 1 --\n"},
	{name: "background session", script: `
start-stop-daemon -S -b -m -p /mnt/pid -x $D -- -c "$idle"
pid=$(cat /mnt/pid); P DAEMON $pid; until_ grep -q daemon /proc/$pid/comm; set -- $(sed 's/.*) //' /proc/$pid/stat); P LEADER $4; echo $2 $3 $4; [ -e /proc/$4 ] || echo ended`},
	{name: "background closes others", script: `
start-stop-daemon -S -b -m -p /mnt/pid -x $D -- -c "$idle" 3>/mnt/three 7</dev/null 9>&1
pid=$(cat /mnt/pid); P DAEMON $pid; until_ grep -q daemon /proc/$pid/comm; show $pid | grep -e '^[0-9]'`},
	{name: "foreground keeps others", script: `start-stop-daemon -S -x $D -- -c "ls /proc/\$\$/fd; echo three >&3" 3>/mnt/three; cat /mnt/three`},
	{name: "background program missing", script: `try start-stop-daemon -S -b -p /mnt/pid -a /mnt/nosuch`,
		differs: "dpkg's daemon says so to /dev/null, and its status is 0",
		ours:    "-- stdout --\nstatus 2\n-- stderr --\nstart-stop-daemon: unable to start /mnt/nosuch (No such file or directory)\n-- status 0 --\n"},
	{name: "make-pidfile fails", script: `try start-stop-daemon -S -m -p /mnt/nodir/pid -x $D -- -c 'echo ran'; ln -s /mnt/target /mnt/link; try start-stop-daemon -S -m -p /mnt/link -x $D -- -c 'echo ran'; ls /mnt/target`},
	{name: "make-pidfile fails in background", script: `try start-stop-daemon -S -b -m -p /mnt/nodir/pid -x $D -- -c 'echo ran >/mnt/ran'; /bin/sleep 0.2; cat /mnt/ran`,
		differs: "dpkg runs the daemon nevertheless, and nobody knows its pid",
		ours:    "-- stdout --\nstatus 2\n-- stderr --\nstart-stop-daemon: unable to open pidfile '/mnt/nodir/pid' for writing (No such file or directory)\ncat: /mnt/ran: No such file or directory\n-- status 1 --\n"},
	{name: "make-pidfile over an old one", script: `echo "99999 and more text" >/mnt/pid; chmod 640 /mnt/pid; start-stop-daemon -S -b -m -p /mnt/pid -x $D -- -c "$idle"; pid=$(cat /mnt/pid); P DAEMON $pid; cat /mnt/pid; stat -c %a /mnt/pid`},
	{name: "pidfile relative", script: `mkdir sub; cd sub; start-stop-daemon -S -b -m -p pid -x $D -- -c "$idle"; P DAEMON $(cat pid); cat pid; try start-stop-daemon -T -p pid; try start-stop-daemon -K -p pid -v -R 5`},
	{name: "chroot", script: `
mkroot root
try start-stop-daemon -S -r /mnt/root -x /bin/d -- -c 'pwd; echo /*'
try start-stop-daemon -S -r /mnt/root -x /bin/nosuch
try start-stop-daemon -S -r /mnt/nodir -x /bin/d
try start-stop-daemon -S -r /mnt/root -d /nodir -x /bin/d
start-stop-daemon -S -b -m -p /mnt/pid -r /mnt/root -d /run -x /bin/d -- -c "$idle"
pid=$(cat /mnt/pid); P DAEMON $pid; until_ grep -q '(d)' /proc/$pid/stat; show $pid
try start-stop-daemon -T -r /mnt/root -x /bin/d
try start-stop-daemon -K -r /mnt/root -x /bin/d -v -R 5`},
	{name: "verbose start", script: `try start-stop-daemon -S -v -x $D -- -c 'echo hello'`,
		differs: "what dpkg says first is lost with its buffer, unless it goes to a terminal",
		ours:    "-- stdout --\nStarting /mnt/daemon...\nhello\nstatus 0\n-- stderr --\n-- status 0 --\n"},
	{name: "verbose background", script: `try start-stop-daemon -S -v -b -x $D -- -c "$idle"`,
		differs: "as with a verbose start in the foreground",
		ours:    "-- stdout --\nStarting /mnt/daemon...\nDetaching to start /mnt/daemon...\nDetaching complete...\nstatus 0\n-- stderr --\n-- status 0 --\n"},
	{name: "quiet start", script: `try start-stop-daemon -S -q -x $D -- -c 'echo hello'`},

	// Test mode.
	{name: "test start", script: `try start-stop-daemon -S -t -x $D -- a 'b c'; try start-stop-daemon -S -t -q -x $D; try start-stop-daemon -S -t -x $D`},
	{name: "test start as", script: `try start-stop-daemon -S -t -x $D -c nobody; try start-stop-daemon -S -t -x $D -c 65534:daemon; try start-stop-daemon -S -t -x $D -c nobody:1 -r / -N 5 -P fifo:3 -I idle; try start-stop-daemon -S -t -x $D -g daemon`},
	{name: "test start when running", script: `$D -c "$idle" & until_ start-stop-daemon -T -x $D; try start-stop-daemon -S -t -x $D`},
	{name: "test stop", script: `$D -c "$idle" & P DAEMON $!; until_ start-stop-daemon -T -x $D; try start-stop-daemon -K -t -x $D; try start-stop-daemon -K -t -s HUP -x $D; try start-stop-daemon -K -t -q -x $D; try start-stop-daemon -K -t -R 5 -x $D; try start-stop-daemon -K -t -R 5 -x $E`},
}
