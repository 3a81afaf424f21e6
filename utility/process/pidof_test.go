//go:build linux

package process

var pidofCases = []confirm{
	{name: "pidof by name and path", script: running + `for p in daemon $D ./daemon /usr/daemon /x/daemon daemo nosuch; do try pidof $p; done`},
	{name: "pidof several", script: running + `$D -c "$idle" & two=$!; P TWO $two; $E -c "$idle" & three=$!; P THREE $three; until_ grep -q other /proc/$three/comm; try pidof daemon; try pidof daemon other; try pidof -s daemon; try pidof -s daemon other; try pidof -d, daemon other; try pidof -d '' daemon; try pidof -d '::' daemon; try pidof -q daemon; try pidof daemon daemon; try pidof nosuch other`},
	{name: "pidof omit", script: running + `$D -c "$idle" & two=$!; P TWO $two; until_ grep -q daemon /proc/$two/comm; try pidof -o $pid daemon; try pidof -o $two,$pid daemon; try pidof -o $two -o $pid daemon; try pidof -o x daemon; try pidof -o "$pid;$two" daemon; try pidof -o %PPID dash; try pidof -o 0 daemon`},
	{name: "pidof usage", script: `try pidof; try pidof -Z; try pidof -h; try pidof -o; try pidof ''; try pidof /`},
	{name: "pidof script", script: `printf '#!/bin/dash\nwhile :; do /bin/sleep 1; done\n' >/mnt/myscript; chmod +x /mnt/myscript; /mnt/myscript & pid=$!; P SCRIPT $pid; until_ grep -q myscript /proc/$pid/comm; for o in '' -x; do for p in myscript /mnt/myscript /x/myscript dash; do init pidof $o $p; done; done`},
	{name: "pidof script by interpreter", script: `printf 'while :; do /bin/sleep 1; done\n' >/mnt/myscript; dash /mnt/myscript & pid=$!; P SCRIPT $pid; until_ grep -q dash /proc/$pid/comm; try pidof -x myscript; try pidof -x /mnt/myscript; try pidof myscript`},
	{name: "pidof zombie", script: `$E -c "$D -c '/bin/sleep 0.1; exit 0' & echo \$! >/mnt/pid; exec /bin/sleep 100" & until_ grep -q . /mnt/pid; pid=$(cat /mnt/pid); P ZOMBIE $pid; until_ grep -q '^State:.Z' /proc/$pid/status; try pidof daemon; try pidof -z daemon; try pidof -z $D`},
	{name: "pidof title and login shell", script: `start-stop-daemon -S -b -m -p /mnt/p1 -n none -a $D -- -c "$idle"; perl -e '$0 = "daemon: a title here"; sleep 100' & t=$!; P TITLE $t; perl -e 'exec {"/mnt/other"} "-other", "-c"' 2>/dev/null; perl -e 'exec {"/mnt/other"} "-other"' </dev/zero >/dev/null 2>&1 & l=$!; P LOGIN $l; /bin/sleep 0.3; try pidof other; try pidof perl; try pidof -- -other`},
	{name: "pidof replaced program", script: running + `cp $E /mnt/new; mv /mnt/new $D; try pidof $D; try pidof daemon; rm $D; try pidof $D`},
	{name: "pidof through a link", script: running + `ln -s $D /mnt/soft; ln $D /mnt/hard; try pidof /mnt/soft; try pidof soft; try pidof /mnt/hard`},
	{name: "pidof run under another name", script: `ln -s $D /mnt/alias; /mnt/alias -c "$idle" & pid=$!; P DAEMON $pid; until_ grep -q alias /proc/$pid/comm; try pidof alias; try pidof daemon; try pidof $D; try pidof /mnt/alias`},
	{name: "pidof long name", script: `cp $D /mnt/averyverylongdaemonname; /mnt/averyverylongdaemonname -c "$idle" & pid=$!; P DAEMON $pid; until_ grep -q avery /proc/$pid/comm; try pidof averyverylongdaemonname; try pidof averyverylongda; try pidof /mnt/averyverylongdaemonname`},
	{name: "pidof relative", script: `cd /mnt; ./daemon -c "$idle" & pid=$!; P DAEMON $pid; until_ grep -q daemon /proc/$pid/comm; try pidof daemon; try pidof ./daemon; try pidof $D; try pidof mnt/daemon`},
	{name: "pidof same root", script: running + `mkroot root; cp root/bin/d root/bin/dash; /usr/sbin/chroot root /bin/dash -c "$idle" & c=$!; P INROOT $c; until_ grep -q dash /proc/$c/comm; try pidof -c daemon; init pidof dash; init pidof -c dash; init pidof -sc dash`},
}
