//go:build linux

package process

// running starts $D in the background and waits until it runs.
const running = `$D -c "$idle" & pid=$!; P DAEMON $pid; echo $pid >/mnt/pid; until_ grep -q daemon /proc/$pid/comm
`

func init() { startStopCases = append(startStopCases, stopCases...) }

var stopCases = []confirm{
	// Already running.
	{name: "already running", script: running + `for o in '' -o -q '-q -o' -v; do try start-stop-daemon -S -x $D $o -- -c 'echo no'; done`},
	{name: "already running by pidfile", script: running + `try start-stop-daemon -S -p /mnt/pid -a $D -- -c 'echo no'; try start-stop-daemon -S -p /mnt/pid -x $D; try start-stop-daemon -S -p /mnt/pid -x $E -- -c 'echo other'`},
	{name: "already running by name", script: running + `try start-stop-daemon -S -n daemon -a $D; try start-stop-daemon -S -n daemo -a $D -- -c 'echo started'`},
	{name: "already running by user", script: running + `try start-stop-daemon -S -u root -x $D; try start-stop-daemon -S -u nobody -x $D -- -c 'echo started'`},

	// Status.
	{name: "status running", script: running + `for m in "-x $D" '-n daemon' '-p /mnt/pid' "--pid $pid" '--ppid 1' "-x $D -p /mnt/pid -n daemon -u root"; do try start-stop-daemon -T $m; done`},
	{name: "status not running", script: `for m in "-x $D" '-n daemon' '-p /mnt/pid' '--pid 99999' '--ppid 99999' '-u nobody'; do try start-stop-daemon -T $m; done`},
	{name: "status ignores oknodo", script: `try start-stop-daemon -T -o -x $D; try start-stop-daemon -T -o -p /mnt/pid`},
	{name: "status dead pid file", script: `echo 99999 >/mnt/pid; try start-stop-daemon -T -p /mnt/pid; try start-stop-daemon -T -p /mnt/pid -x $D; try start-stop-daemon -T -p /mnt/pid -n daemon`},
	{name: "status reused pid", script: running + `try start-stop-daemon -T -p /mnt/pid -x $E; try start-stop-daemon -T -p /mnt/pid -n other; try start-stop-daemon -T -p /mnt/pid -u nobody`},
	{name: "status garbage pid file", script: `for c in '' x '
' 'pid 5'; do echo "$c" >/mnt/pid; try start-stop-daemon -T -p /mnt/pid; try start-stop-daemon -T -p /mnt/pid -x $D; done; : >/mnt/pid; try start-stop-daemon -T -p /mnt/pid`},
	{name: "status pid with text behind", script: running + `printf '%s\nmore text\n' $pid >/mnt/pid; try start-stop-daemon -T -p /mnt/pid; printf '  %s' $pid >/mnt/pid; try start-stop-daemon -T -p /mnt/pid`},
	{name: "status pid glued to text", script: running + `echo ${pid}abc >/mnt/pid; try start-stop-daemon -T -p /mnt/pid`,
		differs: "a word that only begins with digits is no pid", ours: "-- stdout --\nstatus 4\n-- stderr --\n-- status 0 --\n"},
	{name: "status negative pid", script: running + `echo -1 >/mnt/pid; try start-stop-daemon -T -p /mnt/pid; echo 0 >/mnt/pid; try start-stop-daemon -T -p /mnt/pid`,
		differs: "a pid file cannot name a process group", ours: "-- stdout --\nstatus 4\nstatus 4\n-- stderr --\n-- status 0 --\n"},
	{name: "status unreadable pid file", script: `mkdir /mnt/pid; try start-stop-daemon -T -p /mnt/pid; try start-stop-daemon -T -p /mnt/script/x; try start-stop-daemon -K -p /mnt/script/x; try start-stop-daemon -S -p /mnt/script/x -x $D`},
	{name: "status empty pid file name", script: running + `try start-stop-daemon -T -p ''; try start-stop-daemon -K -p '' ; try start-stop-daemon -T -n ''; try start-stop-daemon -K -n '' -p ''`},
	{name: "status of a zombie by pidfile", script: `$E -c "$D -c '/bin/sleep 0.1; exit 0' & echo \$! >/mnt/pid; exec /bin/sleep 100" & until_ grep -q . /mnt/pid; pid=$(cat /mnt/pid); until_ grep -q '^State:.Z' /proc/$pid/status; try start-stop-daemon -T -p /mnt/pid; try start-stop-daemon -T -n daemon; try start-stop-daemon -T -x $D`,
		differs: "a zombie does not run", ours: "-- stdout --\nstatus 1\nstatus 3\nstatus 3\n-- stderr --\n-- status 0 --\n"},
	{name: "status without /proc", script: `mount -t tmpfs none /proc; try start-stop-daemon -T -x $D; try start-stop-daemon -K -n x; try start-stop-daemon -S -n x -x $D -- -c 'echo no'`},
	{name: "pid file without /proc", script: running + `mount -t tmpfs none /proc; try start-stop-daemon -T -p /mnt/pid; try start-stop-daemon -T --pid $pid; try start-stop-daemon -K -t -p /mnt/pid; try start-stop-daemon -S -p /mnt/pid -a $D -- -c 'echo no'; try start-stop-daemon -K -p /mnt/pid -v; wait $pid; echo $?; try start-stop-daemon -K -p /mnt/pid; try start-stop-daemon -T -p /mnt/pid; try start-stop-daemon -T -x $D -p /mnt/pid`},
	{name: "pid file that is not to be trusted, without /proc", script: running + `mount -t tmpfs none /proc; chown nobody /mnt/pid; try start-stop-daemon -K -p /mnt/pid; chown root /mnt/pid; chmod 666 /mnt/pid; try start-stop-daemon -K -p /mnt/pid; kill -0 $pid && echo it lives`},
	{name: "pid file and looks without /proc", script: running + `mount -t tmpfs none /proc; try start-stop-daemon -T -p /mnt/pid -x $D; try start-stop-daemon -K -p /mnt/pid -x $D -R 1; try start-stop-daemon -S -p /mnt/pid -x $D -- -c 'echo a second one'; kill -0 $pid && echo it lives`,
		differs: "a process that runs and cannot be recognised is not called dead, nor is a second one started",
		ours:    "-- stdout --\nstatus 4\nstatus 2\nstatus 2\nit lives\n-- stderr --\nstart-stop-daemon: nothing in /proc - not mounted?\nstart-stop-daemon: nothing in /proc - not mounted?\nstart-stop-daemon: nothing in /proc - not mounted?\n-- status 0 --\n"},

	// Pid files that are not to be trusted.
	{name: "world-writable pid file", script: running + `chmod 666 /mnt/pid; try start-stop-daemon -T -p /mnt/pid; try start-stop-daemon -K -p /mnt/pid -x $D; try start-stop-daemon -S -p /mnt/pid -x $D; gone $pid || echo still there`},
	{name: "other's pid file alone", script: running + `chown nobody /mnt/pid; try start-stop-daemon -T -p /mnt/pid; try start-stop-daemon -K -p /mnt/pid; chown root:nogroup /mnt/pid; try start-stop-daemon -K -p /mnt/pid; gone $pid || echo still there`},
	{name: "other's pid file with a match", script: running + `chown nobody /mnt/pid; try start-stop-daemon -T -p /mnt/pid -x $D; try start-stop-daemon -T -p /mnt/pid -n daemon; try start-stop-daemon -T -p /mnt/pid -u root; try start-stop-daemon -K -R 5 -p /mnt/pid -x $D`},
	{name: "null pid file", script: running + `try start-stop-daemon -S -p /dev/null -x $D -- -c 'echo started'; try start-stop-daemon -K -p /dev/null; try start-stop-daemon -T -p /dev/null`},

	// Stopping.
	{name: "stop", script: running + `try start-stop-daemon -K -x $D; until_ gone $pid; try start-stop-daemon -K -x $D; try start-stop-daemon -K -x $D -o; try start-stop-daemon -K -x $D -q`},
	{name: "stop with retry", script: running + `try start-stop-daemon -K -x $D -R 5; gone $pid && echo gone`},
	{name: "stop verbose", script: running + `try start-stop-daemon -K -x $D -R 5 -v`},
	{name: "stop by pidfile", script: running + `try start-stop-daemon -K -p /mnt/pid -R TERM/5 -v; ls /mnt/pid`},
	{name: "stop remove-pidfile", script: running + `try start-stop-daemon -K -p /mnt/pid --remove-pidfile -R 5; ls /mnt/pid; try start-stop-daemon -K -p /mnt/pid --remove-pidfile -R 5`},
	{name: "stop remove-pidfile when dead", script: `echo 99999 >/mnt/pid; try start-stop-daemon -K -p /mnt/pid --remove-pidfile; ls /mnt/pid; echo 99999 >/mnt/pid; try start-stop-daemon -K -p /mnt/pid --remove-pidfile -o -q -R 1; ls /mnt/pid`},
	{name: "stop remove-pidfile in test mode", script: running + `try start-stop-daemon -K -t -p /mnt/pid --remove-pidfile; ls /mnt/pid`},
	{name: "stop dead pid file", script: `echo 99999 >/mnt/pid; for o in '' -o -q -v '-R 1' '-R TERM/1 -v' "-x $D"; do try start-stop-daemon -K -p /mnt/pid $o; done`},
	{name: "stop dead pid", script: `try start-stop-daemon -K --pid 99999; try start-stop-daemon -K --pid 99999 -o; try start-stop-daemon -K --pid 99999 -x $D; try start-stop-daemon -K --ppid 99999; try start-stop-daemon -K -u nobody; try start-stop-daemon -K -u 65534`},
	{name: "stop by pid", script: running + `try start-stop-daemon -K --pid $pid -v -R 5`},
	{name: "stop by ppid", script: `$E -c "$D -c '$idle' & echo \$! >/mnt/pid1; $D -c '$idle' & echo \$! >/mnt/pid; wait" & pp=$!; until_ grep -q . /mnt/pid; P SECOND $(cat /mnt/pid); P PARENT $pp; P FIRST $(cat /mnt/pid1); until_ grep -q daemon /proc/$(cat /mnt/pid1)/comm; until_ grep -q daemon /proc/$(cat /mnt/pid)/comm; try start-stop-daemon -K --ppid $pp -v -t; try start-stop-daemon -K --ppid $pp -v -R 5`},
	{name: "stop stubborn", script: `$D -c "$deaf" & pid=$!; P DAEMON $pid; until_ grep -q 'SigIgn:.*[4-7]00.$' /proc/$pid/status; try start-stop-daemon -K -x $D -R TERM/1; gone $pid || echo still there; try start-stop-daemon -K -x $D -R TERM/1 -q; try start-stop-daemon -K -x $D -R 1 -v; gone $pid && echo gone`},
	{name: "stop forever", script: `$D -c 'n=0; trap "n=\$((n+1)); [ \$n = 3 ] && exit" TERM; /bin/sleep 100 & until grep -q sleep /proc/$!/comm; do :; done; : >/mnt/ready; while :; do wait; done' & pid=$!; P DAEMON $pid; until_ test -f /mnt/ready; try start-stop-daemon -K -x $D -R forever/TERM/1 -v`},
	{name: "stop signal", script: hups + `for s in HUP 1 0; do try start-stop-daemon -K -x $D -s $s -v; done; until_ grep hup /mnt/got; try start-stop-daemon -K -x $D -s KILL; until_ gone $pid; echo gone`},
	{name: "stop slow", script: `$D -c 'trap "/bin/sleep 0.4; exit" TERM; /bin/sleep 100 & until grep -q sleep /proc/$!/comm; do :; done; : >/mnt/ready; while :; do wait; done' & pid=$!; until_ test -f /mnt/ready; try start-stop-daemon -K -x $D -R 5; gone $pid && echo gone`},
	{name: "stop two", script: running + `$D -c "$idle" & two=$!; P TWO $two; until_ grep -q daemon /proc/$two/comm; try start-stop-daemon -K -x $D -t; try start-stop-daemon -K -x $D -v -R 5`},
	{name: "stop one of two by pidfile", script: running + `$D -c "$idle" & two=$!; P TWO $two; until_ grep -q daemon /proc/$two/comm; try start-stop-daemon -K -x $D -p /mnt/pid -v -R 5; gone $two || echo the other lives`},
	{name: "stop by name", script: running + `try start-stop-daemon -K -n daemon -R 5 -v; try start-stop-daemon -K -n daemon`},
	{name: "stop by user", script: `start-stop-daemon -S -b -m -p /mnt/pid -c nobody -x $D -- -c "$idle"; pid=$(cat /mnt/pid); P DAEMON $pid; until_ grep -q daemon /proc/$pid/comm; try start-stop-daemon -K -u nobody -t; try start-stop-daemon -K -u nobody -x $D -v -R 5`},
	{name: "stop not permitted", script: running + `chmod 755 /mnt; setpriv --reuid nobody --regid nogroup --clear-groups start-stop-daemon -K -x $D; echo $?; setpriv --reuid nobody --regid nogroup --clear-groups start-stop-daemon -K -n daemon; echo $?; setpriv --reuid nobody --regid nogroup --clear-groups start-stop-daemon -K --pid $pid -q; echo $?`},
	{name: "start not permitted", script: `chmod 755 /mnt; S="setpriv --reuid nobody --regid nogroup --clear-groups start-stop-daemon -S -x $D"; for o in '-c root' '-g root' '-r /' '-N -5' '-P fifo:1'; do try $S $o -- -c 'echo ran'; done; try $S -N 2 -- -c nice`},
	{name: "replaced program", script: running + `cp $E /mnt/new; mv /mnt/new $D; ls -l /proc/$pid/exe | grep -o deleted; try start-stop-daemon -T -x $D; try start-stop-daemon -S -x $D -- -c 'echo started'; try start-stop-daemon -K -x $D -R 5 -v`},
	{name: "removed program", script: running + `rm $D; try start-stop-daemon -T -x $D; cp $E $D; try start-stop-daemon -T -x $D`},
	{name: "hard link to the program", script: running + `ln $D /mnt/hard; ln -s $D /mnt/soft; try start-stop-daemon -T -x /mnt/hard; try start-stop-daemon -T -x /mnt/soft; try start-stop-daemon -T -x $E`},
	{name: "script by exec", script: `printf '#!/bin/sh\nwhile :; do /bin/sleep 1; done\n' >/mnt/myscript; chmod +x /mnt/myscript; /mnt/myscript & pid=$!; P DAEMON $pid; echo $pid >/mnt/pid; until_ grep -q myscript /proc/$pid/comm; try start-stop-daemon -T -x /mnt/myscript; try start-stop-daemon -T -n myscript; try start-stop-daemon -T -p /mnt/pid -n myscript; try start-stop-daemon -K -p /mnt/pid -n myscript -v -R 5`},
	{name: "long name", script: `cp $D /mnt/averyverylongdaemonname; /mnt/averyverylongdaemonname -c "$idle" & pid=$!; until_ grep -q avery /proc/$pid/comm; try start-stop-daemon -T -n averyverylongdaemonname; try start-stop-daemon -T -n averyverylongda; try start-stop-daemon -T -x /mnt/averyverylongdaemonname`},
	{name: "name with blanks", script: `cp $D '/mnt/a b)c'; '/mnt/a b)c' -c "$idle" & pid=$!; until_ grep -q 'a b' /proc/$pid/comm; try start-stop-daemon -T -n 'a b)c'; try start-stop-daemon -T -x '/mnt/a b)c'`},
	{name: "whole life", script: `
life="--pidfile /mnt/pid --exec $D"
try start-stop-daemon --start --quiet $life --test >/dev/null; try start-stop-daemon --start --quiet $life --background --make-pidfile -- -c "$idle"
P DAEMON $(cat /mnt/pid); until_ start-stop-daemon --status $life
try start-stop-daemon --start --quiet $life --test >/dev/null
try start-stop-daemon --stop --quiet --signal HUP --oknodo --pidfile /mnt/nofile --exec $D
try start-stop-daemon --stop --quiet --retry=TERM/30/KILL/5 $life --name daemon
try start-stop-daemon --stop --quiet --oknodo --retry=0/30/KILL/5 --exec $D
try start-stop-daemon --status $life`},
	{name: "forking daemon", script: `
try start-stop-daemon -S -q -p /mnt/pid -x $D -- -c "$D -c '$idle' </dev/null >/dev/null 2>&1 & echo \$! >/mnt/pid"
P DAEMON $(cat /mnt/pid); until_ start-stop-daemon -T -p /mnt/pid -x $D; try start-stop-daemon -S -p /mnt/pid -x $D; try start-stop-daemon -K -p /mnt/pid -x $D -R 5 -v`},

	// Processes that only look like ours.
	{name: "lookalike in a child pid namespace", script: `unshare --fork --kill-child --pid $D -c "$idle" & until_ /usr/bin/pgrep -x daemon; try start-stop-daemon -T -x $D; try start-stop-daemon -T -n daemon; try start-stop-daemon -K -x $D -R 1 -q; /usr/bin/pgrep -x daemon >/dev/null && echo it lives`,
		differs: "a process in another pid namespace is not this system's", ours: "-- stdout --\nstatus 3\nstatus 3\nstatus 1\nit lives\n-- stderr --\n-- status 0 --\n"},
	{name: "named process in a child pid namespace", script: `unshare --fork --kill-child --pid $D -c "$idle" & until_ /usr/bin/pgrep -x daemon; /usr/bin/pgrep -x daemon >/mnt/pid; try start-stop-daemon -T -p /mnt/pid; try start-stop-daemon -T --pid $(cat /mnt/pid); try start-stop-daemon -K -s KILL -p /mnt/pid; until_ sh -c '! /usr/bin/pgrep -x daemon'`},
	{name: "lookalike in a chroot", script: `
mkroot root; cp /bin/dash root/mnt/daemon
/usr/sbin/chroot root /mnt/daemon -c "$idle" & until_ /usr/bin/pgrep -x daemon; try start-stop-daemon -T -n daemon; try start-stop-daemon -T -r /mnt/root -n daemon; try start-stop-daemon -T -x /mnt/root/mnt/daemon`,
		differs: "a process of the system inside a chroot is that system's, unless --chroot names it", ours: "-- stdout --\nstatus 3\nstatus 0\nstatus 3\n-- stderr --\n-- status 0 --\n"},
	{name: "daemon that locked itself up", script: `
mkdir jail; perl -e 'chroot "/mnt/jail"; chdir "/"; $0="x"; sleep 100' & pid=$!; until_ sh -c "readlink /proc/$pid/root | grep jail"; try start-stop-daemon -T -x /usr/bin/perl; try start-stop-daemon -T -n x; try start-stop-daemon -T -n perl`},
	{name: "lookalike with another root", script: `
mkroot root; cp /bin/dash root/mnt/daemon
unshare --mount /usr/sbin/chroot root /mnt/daemon -c "$idle" & until_ /usr/bin/pgrep -x daemon; try start-stop-daemon -T -n daemon; try start-stop-daemon -T -x $D`,
		differs: "a process in another mount namespace and root directory is not this system's", ours: "-- stdout --\nstatus 3\nstatus 3\n-- stderr --\n-- status 0 --\n"},
}
