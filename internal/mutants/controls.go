package mutants

// controls are the right ways to do what the faults do wrong. What is found of
// them by the family is wrong.
func controls() []Kind {
	list := []Kind{
		started("SV2", "[ -d DIR ] || mkdir", "[ -d /run/NAME-state ] || mkdir /run/NAME-state"),
		started("SV2", "if [ ! -d DIR ]; then mkdir", "if [ ! -d /run/NAME-state ]; then\n\tmkdir /run/NAME-state\nfi"),
		started("SV2", "mkdir -p", "mkdir -p /run/NAME-state"),
		started("SV2", "mkdir 2> /dev/null || true", "mkdir /run/NAME-state 2> /dev/null || true"),
		started("SV2", "test -L || ln -s", "test -L /run/NAME-link || ln -s /run/NAME.pid /run/NAME-link"),
		started("SV2", "getent || useradd", "getent passwd NAME-user > /dev/null || useradd --system NAME-user"),
		started("SV2", "if ! id; then useradd", "if ! id NAME-user > /dev/null 2>&1; then\n\tuseradd --system NAME-user\nfi"),
		started("SV2", "mountpoint || mount", "mountpoint -q /run/NAME-state || mount -t tmpfs tmpfs /run/NAME-state"),
		started("SV2", "grep /proc/mounts || mount", "grep -q ' /run/NAME-state ' /proc/mounts || mount -t tmpfs tmpfs /run/NAME-state"),
		started("SV2", "iptables -C || iptables -A", "iptables -C INPUT -p tcp --dport 8080 -j ACCEPT 2> /dev/null || iptables -A INPUT -p tcp --dport 8080 -j ACCEPT"),
		started("SV2", "ip addr replace", "ip addr replace 192.0.2.1/24 dev eth0"),
		started("SV2", "grep || echo >>", "grep -q ' NAME$' /etc/hosts || echo '192.0.2.1 NAME' >> /etc/hosts"),
		started("SV2", "[ -p ] || mkfifo", "[ -p /run/NAME.ctl ] || mkfifo -m 600 /run/NAME.ctl"),
		started("SV2", "start-stop-daemon with --oknodo", "start-stop-daemon --start --quiet --oknodo --pidfile /run/NAME-extra.pid --exec /usr/sbin/NAME-extra\nlog_end_msg $?"),
		started("SV3", "a loop that counts", "i=0\nwhile [ ! -e /run/NAME.sock ]; do\n\ti=$((i + 1))\n\t[ $i -gt 30 ] && break\n\tsleep 1\ndone"),
		started("SV3", "a loop over numbers", "for i in 1 2 3 4 5; do\n\t[ -e /run/NAME.sock ] && break\n\tsleep 1\ndone"),
		started("SV3", "a loop that counts down by expr", "n=10\nwhile [ $n -gt 0 ] && ! nc -z -w 1 localhost 8080; do\n\tsleep 1\n\tn=`expr $n - 1`\ndone"),
		started("SV3", "read from a file", "read -r word < /etc/hostname"),
		started("SV3", "while read from a file", "while read -r word rest; do\n\techo \"$word\"\ndone < /etc/fstab"),
		started("SV3", "read from a pipe", "cat /etc/fstab | while read -r word rest; do echo \"$word\"; done"),
		started("SV3", "tail -n", "tail -n 20 /var/log/NAME.log"),
		started("SV3", "timeout wget", "timeout 20 wget -q -O /run/NAME.list http://www.example.org/list"),
		started("SV3", "curl --max-time", "curl --max-time 20 -s -o /run/NAME.list http://www.example.org/list"),
		started("SV3", "ping -c", "ping -c 1 -w 2 -q www.example.org > /dev/null"),
		started("SV3", "flock -w", "exec 9> /run/lock/NAME.guard\nflock -w 20 9"),
		started("SV3", "dhclient -nw", "dhclient -nw eth0"),
		started("SV5", "kill of what the script has started", "sleep 5 > /dev/null & helper=$!\nkill $helper"),
		started("SV5", "pidofproc -p", "pidofproc -p /run/NAME-extra.pid /usr/sbin/NAME-extra > /dev/null"),
		started("SV5", "a stop by pid file and program", "start-stop-daemon --stop --oknodo --retry 5 --pidfile /run/NAME-extra.pid --exec /usr/sbin/NAME-extra"),
		started("SV6", "mktemp", "scratch=$(mktemp)\ndate > \"$scratch\"\nrm -f \"$scratch\""),
		started("SV6", "install -d -o", "install -d -o daemon -m 750 /var/lib/NAME"),
		started("SV6", "chown of a directory", "chown daemon /var/lib/NAME"),
		started("SV6", "rm -rf \"${DIR:?}\"", "rm -rf \"${CACHE_OF_IT:?}\"/*"),
		started("SV6", "rm -rf of a constant", "scratchdir=/run/NAME-scratch\nrm -rf $scratchdir/*"),
		started("SV6", "runuser", "runuser -u daemon -- /usr/lib/NAME/prepare"),
		started("SV6", "mysqladmin with a file", "mysqladmin --defaults-file=/etc/mysql/debian.cnf ping > /dev/null"),
		started("SV6", "a file of /etc/default is sourced", "[ -r /etc/default/NAME ] && . /etc/default/NAME"),
	}
	for i := range list {
		list[i].Good = true
	}
	return list
}
