//go:build linux

package process

// runCases are those of the utilities that run others, wait or tell who we are.
var runCases = []confirm{
	{name: "sleep", script: `try sleep 0; try sleep 0.01 0.01s; try sleep .01; try sleep 0x0.1; try sleep 1e-3m; try sleep 0d`},
	{name: "sleep bad", script: `try sleep; try sleep x; try sleep 1x; try sleep 1sm 2y; try sleep -- -1; try sleep ''; try sleep 1_0; try sleep nan; try sleep s`},
	{name: "sleep infinity", script: `sleep infinity & p=$!; sleep inf & q=$!; /bin/sleep 0.2; kill $p $q && echo killed`},
	{name: "env prints", script: `env -i A=1 B=2; env -i A=1 A=3; env -i -0 A=1 B=2 | od -c; env -u HOME -u LC_ALL -u PATH | sort`},
	{name: "env runs", script: `try env A=1 /bin/sh -c 'echo $A'; try env -i /bin/sh -c 'echo $PATH'; try env - A=2 sh -c 'echo $A'; try env -u HOME sh -c 'echo "<$HOME>"'; try env -C /usr pwd; try env -- A=1 sh -c 'exit 3'`},
	{name: "env fails", script: `try env nosuch; try env /mnt/nosuch; try env /mnt; try env -0 true; try env -C /usr; try env -C /nodir true; try env -u a=b; try env -u ''; try env 'no such'; : >/mnt/f; try env /mnt/f; try env A=1 B=2 nosuch`},
	{name: "env script without #!", script: `echo 'echo hello $1' >/mnt/f; chmod +x /mnt/f; try env /mnt/f world`},
	{name: "env signal", script: `try env sh -c 'kill -9 $$'`},
	{name: "nice", script: `try nice; try nice nice; try nice -n 5 nice; try nice -5 nice; try nice --5 nice; try nice -n -3 nice; try nice --adjustment=7 nice; try nice -n 100 nice; try nice -n 5 -n 6 nice; try nice -n 1 -- nice`},
	{name: "nice fails", script: `try nice -n x true; try nice -n 5; try nice nosuch; try nice /mnt; try nice -n '' true; try nice sh -c 'exit 4'`},
	{name: "nohup", script: `try nohup sh -c 'echo hello; kill -HUP $$; echo alive'; try nohup; try nohup nosuch; try nohup /mnt; ls nohup.out`},
	{name: "setsid", script: `try setsid sh -c 'set -- $(sed "s/.*) //" /proc/$$/stat); [ $4 = $$ ] && echo leader; exit 5'; try setsid -w sh -c 'exit 6'; try setsid; try setsid nosuch; try setsid /mnt`},
	{name: "setsid fork", script: `try setsid -f sh -c 'echo there >/mnt/o'; until_ grep there /mnt/o; cat /mnt/o`},
	{name: "timeout", script: `try timeout 5 sh -c 'exit 3'; try timeout 0.1 /bin/sleep 5; try timeout -s KILL 0.1 /bin/sleep 5; try timeout -s INT --preserve-status 0.1 /bin/sleep 5; try timeout 0 true; try timeout --preserve-status 0.1 /bin/sleep 5`},
	{name: "timeout kill-after", script: `try timeout -k 0.1 0.1 sh -c 'trap "" TERM; while :; do /bin/sleep 0.05; done'; try timeout -k 5 5 true; try timeout -k 1 0.1 sh -c 'trap "exit 9" TERM; while :; do /bin/sleep 0.02; done'`},
	{name: "timeout fails", script: `try timeout; try timeout 5; try timeout x true; try timeout 5 nosuch; try timeout 5 /mnt; try timeout -s NOSUCH 5 true; try timeout -k x 5 true; try timeout 5 sh -c 'kill -9 $$'`},
	{name: "timeout verbose", script: `try timeout -v 0.1 /bin/sleep 5; try timeout -v -s 1 0.1 /bin/sleep 5; try timeout -v -k 0.1 -s USR1 0.1 sh -c 'trap "" USR1; while :; do /bin/sleep 0.02; done'`},
	{name: "timeout foreground", script: `try timeout --foreground 0.1 /bin/sleep 5; try timeout --foreground 5 true`},
	{name: "timeout group", script: `try timeout 0.3 sh -c '/bin/sleep 50 & echo $! >/mnt/p; wait'; until_ gone $(cat /mnt/p) && echo gone`},
	{name: "id", script: `try id; try id root; try id nobody; try id -u; try id -g; try id -G; try id -un; try id -gn; try id -Gn; try id -ru; try id -u nobody daemon; try id -Gn daemon; try id 0; try id +1; try id -a; try id -uz | od -c`},
	{name: "id fails", script: `try id nosuch; try id -u nosuch root; try id -n; try id -r; try id -z; try id -u -g; try id 54321`},
	{name: "id of no name", script: `try id ''`, differs: "id adds the text of an error that is none", ours: "-- stdout --\nstatus 1\n-- stderr --\nid: '': no such user\n-- status 0 --\n"},
	{name: "id of another", script: `setpriv --reuid 54321 --regid 54322 --groups 1,2,77777 id; setpriv --reuid 54321 --regid 54322 --clear-groups id -un; setpriv --reuid 54321 --regid 54322 --clear-groups id -gn; setpriv --euid 65534 --egid 65534 --keep-groups id; setpriv --euid 1 id -ru; setpriv --euid 1 id -u`},
	{name: "id with groups", script: `cp /etc/group /mnt/group; echo 'one:x:4001:nobody,daemon
two:x:4002:daemon,nobody
three:x:4003:other' >>/mnt/group; mount --bind /mnt/group /etc/group; id nobody; id -Gn daemon; groups nobody daemon; groups`},
	{name: "groups", script: `try groups; try groups root nobody; try groups nosuch root`},
	{name: "whoami", script: `try whoami; try whoami x; setpriv --euid 54321 whoami; echo $?; setpriv --euid 1 whoami`},
	{name: "tty", script: `try tty; try tty -s; try tty x; try tty --quiet`},
	{name: "getent", script: `try getent passwd root; try getent passwd 1; try getent passwd nosuch; try getent passwd root nosuch daemon; try getent group 0; try getent group daemon root; try getent group nosuch; getent passwd | wc -l; getent group | tail -2`},
	{name: "chroot", script: `mkdir -p root; mount --bind / root; try chroot root sh -c 'pwd; echo $0'; try chroot root /bin/sh -c 'exit 3'; try chroot --userspec=nobody:daemon root /usr/bin/id; try chroot --userspec=nobody root /usr/bin/id; try chroot --userspec=54321:54322 root /usr/bin/id; try chroot --groups=daemon,bin root /usr/bin/id; try chroot --groups= root /usr/bin/id; try chroot --userspec=daemon: --groups=1,2 root /usr/bin/id; try chroot --skip-chdir / pwd`},
	{name: "chroot fails", script: `try chroot; try chroot /mnt/nodir true; : >f; try chroot f true; mkdir empty; try chroot empty /bin/true; try chroot empty true; try chroot --skip-chdir empty true; try chroot --userspec=nosuch / true; try chroot --groups=nosuch / true; try chroot --userspec=:nosuch / true; try chroot --userspec=54321 / true; setpriv --reuid 1 chroot / true; echo $?`},
	{name: "utilities by utilities", script: `try env nice -n 3 setsid -w timeout 5 nohup sh -c 'nice'`},
}
