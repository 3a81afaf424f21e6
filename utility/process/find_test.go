//go:build linux

package process

import "testing"

func TestConfirmKill(t *testing.T) { confirmAll(t, killCases) }
func TestConfirmFind(t *testing.T) { confirmAll(t, findCases) }
func TestConfirmSu(t *testing.T)   { confirmAll(t, suCases) }

// three starts $D twice and $E once.
const three = running + `$D -c "$idle" & two=$!; P TWO $two; $E -c "$idle" & three=$!; P THREE $three; until_ grep -q daemon /proc/$two/comm; until_ grep -q other /proc/$three/comm
`

// hups starts $D, which says so when it gets HUP.
const hups = `$D -c 'trap "echo hup >>/mnt/got" HUP; /bin/sleep 100 & until grep -q sleep /proc/$!/comm; do :; done; : >/mnt/ready; while :; do wait; done' & pid=$!; P DAEMON $pid; until_ test -f /mnt/ready
`

var killCases = []confirm{
	{name: "kill", script: hups + `try env kill -HUP $pid; until_ grep hup /mnt/got; try env kill -s KILL $pid; until_ gone $pid; echo gone`},
	{name: "kill by number", script: hups + `try env kill -1 $pid; until_ grep hup /mnt/got; try env kill -9 $pid; until_ gone $pid; echo gone`},
	{name: "kill default", script: running + `try env kill $pid; until_ gone $pid; try env kill 99999; try env kill -0 1; try env kill -0 99999 1; try env kill -SIGTERM 99999; try env kill --signal term 99999; try env kill -s 15 -- 99999`},
	{name: "kill bad", script: `try env kill abc; try env kill 5x; try env kill ''`},
	{name: "kill list", script: `try env kill -l; try env kill -l 9; try env kill -l TERM; try env kill -l SIGHUP; try env kill --list=15; try env kill -l29; try env kill --list=usr1`},
	{name: "killall", script: three + `try killall daemon; until_ gone $two; gone $three || echo other lives; try killall daemon; try killall -q daemon; try killall daemon other`},
	{name: "killall verbose", script: three + `try killall -v daemon nosuch; try killall -v -s HUP other`},
	{name: "killall signals", script: hups + `for s in -HUP -1 '-s HUP' '-s SIGHUP' '-s 1' '--signal HUP' '--signal=HUP' -SIGHUP; do rm -f got; try killall $s daemon; until_ grep hup got; done; try killall -0 daemon; try killall -NOSUCH daemon; try killall -s nosuch daemon; try killall -KILL daemon; until_ gone $pid; echo gone`},
	{name: "killall -INT", script: running + `try killall -INT daemon; try killall -USR1 daemon; until_ gone $pid`},
	{name: "killall wait", script: `$D -c 'trap "/bin/sleep 0.3; exit" TERM; /bin/sleep 100 & until grep -q sleep /proc/$!/comm; do :; done; : >/mnt/ready; while :; do wait; done' & pid=$!; until_ test -f /mnt/ready; try killall -w daemon; gone $pid && echo gone`},
	{name: "killall by path", script: three + `try killall $D; until_ gone $two; gone $three || echo other lives; try killall /mnt/nosuch; try killall $D`},
	{name: "killall of a replaced program", script: running + `cp $E /mnt/new; mv /mnt/new $D; try killall $D; gone $pid || echo lives; rm $D; try killall $D`},
	{name: "killall regexp", script: three + `try killall -v -r '^dae'; until_ gone $two; try killall -r 'nosuch|oth'; until_ gone $three; try killall -r '('; try killall -r x`},
	{name: "killall ignore case", script: running + `try killall DAEMON; try killall -I DAEMON; until_ gone $pid`},
	{name: "killall user", script: `chmod 755 /mnt; start-stop-daemon -S -b -m -p /mnt/pid -c nobody -x $D -- -c "$idle"; pid=$(cat /mnt/pid); P DAEMON $pid; until_ grep -q daemon /proc/$pid/comm; try killall -u daemon daemon; try killall -u nosuch daemon; try killall -v -u nobody daemon; until_ gone $pid; try killall -u nobody`},
	{name: "killall group", script: `setsid $D -c "$D -c '$idle' & $D -c '$idle' & wait" & until_ sh -c '[ $(/usr/bin/pgrep -cx daemon) = 3 ]'; p=$(/usr/bin/pgrep -ox daemon); P GROUP $p; try killall -v -g daemon; until_ sh -c '! /usr/bin/pgrep -x daemon'; echo gone`},
	{name: "killall long name", script: `cp $D /mnt/averyverylongdaemonname; cp $D /mnt/averyverylongdaemonother; /mnt/averyverylongdaemonname -c "$idle" & pid=$!; P DAEMON $pid; until_ grep -q avery /proc/$pid/comm; try killall averyverylongdaemonother; try killall averyverylongda; try killall -v averyverylongdaemonname; until_ gone $pid; echo gone`},
	{name: "killall long name exact", script: `cp $D /mnt/averyverylongdaemonname; perl -e 'exec {"/mnt/averyverylongdaemonname"} "x", "-c", ": </mnt/idle"' & pid=$!; P DAEMON $pid; until_ grep -q avery /proc/$pid/comm; try killall -e -v averyverylongdaemonname; try killall averyverylongdaemonname; until_ gone $pid`},
	{name: "killall by age", script: running + `try killall -o 1h daemon; try killall -y 1h daemon; until_ gone $pid`},
	{name: "killall --", script: `try killall -q -- -x; try killall -s TERM -- nosuch`},
	{name: "pkill", script: three + `try pkill -x daemon; until_ gone $two; gone $three || echo lives; try pkill daemon; try pkill -f /mnt/other; until_ gone $three`},
	{name: "pkill signals", script: hups + `for s in -HUP -1 '--signal HUP' -SIGHUP -hup; do rm -f got; try pkill $s daemon; until_ grep hup got; done; try pkill -0 daemon; try pkill -KILL -e daemon; until_ gone $pid`},
	{name: "pkill count", script: three + `try pkill -c daemon; try pkill -e -x other; until_ gone $three; try pkill -c nosuch`},
	{name: "pkill newest and oldest", script: three + `try pkill -n -x daemon; until_ gone $two; gone $pid || echo first lives; try pkill -o -x daemon; until_ gone $pid`},
	{name: "pkill pidfile", script: three + `try pkill -F /mnt/pid; until_ gone $pid; gone $two || echo second lives; try pkill -F /mnt/nofile; : >/mnt/empty; try pkill -F /mnt/empty; echo 5x >/mnt/x; try pkill -F /mnt/x; try pkill -F /mnt/pid; try pkill --pidfile /mnt/pid other; try pkill -L daemon; echo $two >/mnt/pid; try pkill -L -F /mnt/pid`},
	{name: "pkill not permitted", script: running + `setpriv --reuid nobody --clear-groups --regid nogroup pkill -x daemon; echo $?`},
	{name: "killall5", script: `start-stop-daemon -S -b -m -p /mnt/pid -x $D -- -c "$idle"; pid=$(cat /mnt/pid); start-stop-daemon -S -b -m -p /mnt/pid2 -x $E -- -c "$idle"; pid2=$(cat /mnt/pid2); until_ grep -q other /proc/$pid2/comm; start-stop-daemon -S -b -x /usr/bin/setsid -- true; try killall5 -15 -o $pid2; until_ gone $pid; gone $pid2 || echo omitted lives; try killall5 -9; until_ gone $pid2; try killall5 -9; $D -c "$idle" & p=$!; /bin/sleep 0.1; try killall5 -9; gone $p || echo own session lives`},
	{name: "killall5 bad", script: `try killall5 -99; try killall5 x; try killall5 -15 -o`},
}

var findCases = []confirm{
	{name: "pgrep", script: three + `for o in '' -l -a -c '-d ,' -n -o -v -x -i '-l -d :' '-lc'; do try pgrep $o daemon | grep -v -e '[0-9]$' -e dash; pgrep $o daemon >/mnt/o; grep -e daemon -e '^[27][0-9]*$' /mnt/o | head -3; done`},
	{name: "pgrep patterns", script: three + `try pgrep dae; try pgrep '^d.*n$'; try pgrep -x dae; try pgrep -x 'daemon|other'; try pgrep DAEMON; try pgrep -i DAEMON; try pgrep '('; try pgrep -f 'daemon -c'; try pgrep -f '^/mnt/other'; try pgrep nosuch; try pgrep -x 'd[a-z]+n'`},
	{name: "pgrep long name", script: `cp $D /mnt/averyverylongdaemonname; /mnt/averyverylongdaemonname -c "$idle" & pid=$!; P DAEMON $pid; until_ grep -q avery /proc/$pid/comm; try pgrep averyverylongdaemonname; try pgrep averyverylongda; try pgrep -f averyverylongdaemonname; try pgrep -l avery; try pgrep -a avery`},
	{name: "pgrep usage", script: `try pgrep; try pgrep a b; try pgrep -u nosuch x; try pgrep -P x; try pgrep -G nosuch; try pgrep -g x; try pgrep -s x; try pgrep -L x; try pgrep -F /mnt/nofile`},
	{name: "pgrep criteria", script: three + `try pgrep -P 1 other; try pgrep -P 99999; try pgrep -u root -x daemon; try pgrep -u nobody; try pgrep -U 0 -x other; try pgrep -G 0 -x other; try pgrep -G daemon; try pgrep -g 99999; try pgrep -s 99999; try pgrep -g $pid -x daemon; try pgrep -u root,nobody -x other; try pgrep -t pts/99; try pgrep -F /mnt/pid; try pgrep -r S -x other; try pgrep -r Z; try pgrep -O 100 daemon`},
	{name: "pgrep newest oldest", script: three + `try pgrep -n daemon; try pgrep -o daemon; try pgrep -n -x 'daemon|other'; try pgrep -o -x 'daemon|other'`},
	{name: "pgrep zombie", script: `$E -c "$D -c '/bin/sleep 0.1; exit 0' & echo \$! >/mnt/pid; exec /bin/sleep 100" & until_ grep -q . /mnt/pid; pid=$(cat /mnt/pid); P ZOMBIE $pid; until_ grep -q '^State:.Z' /proc/$pid/status; try pgrep -x daemon; try pgrep -a -x daemon; try pgrep -r Z; try pgrep -fx '.daemon.'`},
	{name: "ps of a pid", script: three + `try ps -p $pid -o pid=; try ps -p $pid -o comm=; try ps -p $pid -o args=; try ps -p $pid; try ps -p 99999; try ps -p 99999 -o pid=; try ps $pid; try ps p $pid; try ps --pid $pid -o pid,ppid,comm; try ps -p $pid,$two -o pid,comm; try ps -p "$pid $three" -o pid= -o comm=; try ps h -p $pid; try ps --no-headers -p $pid; try ps -fp $pid | sed 's/[0-9][0-9]:[0-9][0-9] ?/HH:MM ?/'; try ps -p$pid -opid=`},
	{name: "ps by name", script: three + `try ps -C daemon -o pid=; try ps -C daemon,other -o pid,comm; try ps -C averyverylongdaemonname -o pid=; try ps -C nosuch; try ps -C nosuch -o pid=; try ps -C other; try ps -o pid= -C other`},
	{name: "ps all", script: three + `for f in -e -A ax aux -ef -eo axo -aux x -ax; do echo "$f"; case $f in *o) set -- $f pid,comm;; *) set -- $f;; esac; ps "$@" >/mnt/o; echo $?; grep -e daemon -e other -e PID /mnt/o | grep -v -e /dash -e '/mnt/script' | sed 's/[0-9][0-9]:[0-9][0-9] /HH:MM /; s/ [01]\.[0-9] / P /g; s/  *[0-9]* *[0-9]* [?] / VSZ RSS ? /'; done`},
	{name: "ps columns", script: `nice -n 4 $D -c "$idle" & pid=$!; P DAEMON $pid; until_ grep -q daemon /proc/$pid/comm; for c in pid ppid user uid comm args cmd tty tname stat state time etime rss vsz start lstart sid pgid ni nlwp euser ruser group gid ruid bsdtime c s pcpu pmem stime start_time; do [ $c = pid ] || ps -p $pid -o $c | sed 's/[0-9][0-9]:[0-9][0-9]:[0-9][0-9]/HH:MM:SS/; s/ 0[01]:0[0-9]/MM:SS/; s/[0-9][0-9]:[0-9][0-9]$/HH:MM/; s/^ *[0-9][0-9][0-9][0-9]*$/NUMBER/' ; done`},
	{name: "ps headers", script: running + `try ps -p $pid -o pid=X,comm=Y; try ps -p $pid -o pid=NUMBER -o comm=A-long-header; try ps -p $pid -o pid= -o comm=; try ps -p $pid -o pid,comm,; try ps -p $pid -o 'pid comm'; try ps -p $pid -o comm,pid; try ps -p $pid -o comm:3,pid:9; try ps -p $pid -o user:20,comm; try ps -p $pid -o args,ppid; try ps -p $pid -o user,uid,gid,stat,comm`},
	{name: "ps users", script: `chmod 755 /mnt; start-stop-daemon -S -b -m -p /mnt/pid -c nobody -x $D -- -c "$idle"; pid=$(cat /mnt/pid); P DAEMON $pid; until_ grep -q daemon /proc/$pid/comm; try ps -u nobody -o pid,user,comm; try ps -U nobody -o comm=; try ps -u 65534 -o user=; try ps -u daemon; try ps --ppid 1 -u nobody -o comm= | sort -u | grep daemon`},
	{name: "ps of a long user name", script: `cp /etc/passwd passwd; echo 'averylongusername:x:4711:4711::/:/bin/sh' >>passwd; mount --bind passwd /etc/passwd; chmod 755 /mnt; start-stop-daemon -S -b -m -p /mnt/pid -c averylongusername -x $D -- -c "$idle"; pid=$(cat /mnt/pid); P DAEMON $pid; until_ grep -q daemon /proc/$pid/comm; ps -p $pid -o user,comm; ps -p $pid -o user:20,comm; ps -p $pid -o comm,user; ps -p $pid -o user`},
	{name: "ps zombie", script: `$E -c "$D -c '/bin/sleep 0.1; exit 0' & echo \$! >/mnt/pid; exec /bin/sleep 100" & until_ grep -q . /mnt/pid; pid=$(cat /mnt/pid); P ZOMBIE $pid; until_ grep -q '^State:.Z' /proc/$pid/status; ps -p $pid -o pid,stat,comm; ps -p $pid -o args; ps $pid; ps -C daemon -o pid=`},
	{name: "ps long lines", script: running + `COLUMNS=30 ps -p $pid -o pid,args; COLUMNS=12 ps -p $pid -o args; COLUMNS=40 ps -p $pid -o comm,pid,args`},
	{name: "ps of a control character", script: `$D -c ': </mnt/idle
:' & pid=$!; P DAEMON $pid; until_ grep -q daemon /proc/$pid/comm; ps -p $pid -o args=`},
}

var suCases = []confirm{
	{name: "su", script: `chmod 755 /mnt; try su nobody -s /bin/sh -c 'id; pwd; echo $0 $HOME $SHELL $USER $LOGNAME $PATH | sed "s,/tmp/[^:]*:,,"'; try su -s /bin/sh -c 'exit 3' daemon; try su -c 'id -u; echo $HOME <$USER>' 2>&1; try su daemon; try su -s /bin/sh daemon -c 'echo $0 $1 $2' a b`},
	{name: "su login", script: `try su - daemon -s /bin/sh -c 'pwd; env | grep -v MAIL | sort; echo $0'; try su -l daemon -s /bin/sh -c 'echo $0'; try su - -c 'echo $HOME $PATH $USER; pwd'; try su - nobody -s /bin/sh -c pwd`},
	{name: "su preserve", script: `SHELL=/bin/sh HOME=/x USER=me try su -m nobody -c 'echo $HOME $USER $SHELL'; SHELL=/bin/sh try su -p nobody -s /bin/dash -c 'echo $0 $SHELL'`},
	{name: "su fails", script: `try su nosuch; try su nobody -s /mnt/nosuch; try su nobody -s /mnt -c x; try su -s /bin/sh nobody -c /usr/bin/nosuchcommand`},
	{name: "su session", script: `try su -s /bin/sh daemon -c 'set -- $(sed "s/.*) //" /proc/$$/stat); [ $4 = $$ ] && echo leader'; try su -s /bin/sh daemon --session-command 'set -- $(sed "s/.*) //" /proc/$$/stat); [ $4 = $$ ] || echo no leader'`},
	{name: "runuser", script: `chmod 755 /mnt; try runuser -u nobody -- /usr/bin/id; try runuser -u daemon /bin/sh -c 'exit 5'; try runuser -u daemon -- /bin/sh -c 'echo $HOME $USER $SHELL; pwd; exit 5'; try runuser -u daemon nosuch; try runuser -u daemon; try runuser -u nosuch id; try runuser daemon -s /bin/sh -c '/usr/bin/id; exit 4'; try runuser -l daemon -s /bin/sh -c 'echo $0 $PATH'; try runuser -s /bin/sh - daemon -c pwd`},
	{name: "runuser group", script: `try runuser -g daemon nobody -s /bin/sh -c '/usr/bin/id'; try runuser -u nobody -g daemon -G bin -- /usr/bin/id; try runuser -G bin nobody -s /bin/sh -c /usr/bin/id; try runuser -g nosuch nobody -s /bin/sh -c id`},
}
