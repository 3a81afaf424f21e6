//go:build linux

package process

func init() { startStopCases = append(startStopCases, notifyCases...) }

// tell is a daemon in Perl that sends messages to its notification socket,
// with pauses between them.
const tell = `mount -t tmpfs none /run; cat >/mnt/tell <<'END'
#!/usr/bin/perl
use IO::Socket::UNIX;
$s = IO::Socket::UNIX->new(Type => SOCK_DGRAM, Peer => $ENV{NOTIFY_SOCKET}) or die;
for (@ARGV) {
	if (/^[.0-9]+$/) { select undef, undef, undef, $_; next }
	s/\\n/\n/g;
	$s->send($_);
}
open F, ">/mnt/told"; close F;
sleep 100;
END
chmod +x /mnt/tell
`

var notifyCases = []confirm{
	{name: "notify ready", script: tell + `try start-stop-daemon -S -b --notify-await -x /mnt/tell -- 0.2 READY=1; ls -A /run | grep s-s-d`},
	{name: "notify status and ready", script: tell + `try start-stop-daemon -S -b --notify-await -a /mnt/tell -n none -- 'STATUS=starting\nMAINPID=5' 0.1 'READY=1\nSTATUS=up'`},
	{name: "notify errno", script: tell + `try start-stop-daemon -S -b --notify-await -a /mnt/tell -n none -- ERRNO=2; try start-stop-daemon -S -b --notify-await -a /mnt/tell -n none -- ERRNO=x`},
	{name: "notify timeout", script: tell + `try start-stop-daemon -S -b --notify-await --notify-timeout 1 -a /mnt/tell -n none -- STATUS=x 5 READY=1`},
	{name: "notify no timeout", script: tell + `try start-stop-daemon -S -b --notify-await --notify-timeout 0 -a /mnt/tell -n none -- 1 READY=1`},
	{name: "notify extended", script: tell + `try start-stop-daemon -S -b --notify-await --notify-timeout 1 -a /mnt/tell -n none -- EXTEND_TIMEOUT_USEC=5000000 1.5 READY=1`},
	{name: "notify extended for milliseconds", script: tell + `try start-stop-daemon -S -b --notify-await --notify-timeout 1 -a /mnt/tell -n none -- EXTEND_TIMEOUT_USEC=2000 1.5 READY=1`,
		differs: "dpkg takes microseconds for milliseconds", ours: "-- stdout --\nstatus 2\n-- stderr --\nstart-stop-daemon: timed out waiting for a notification\n-- status 0 --\n"},
	{name: "notify of another user", script: tell + `chmod 777 /mnt; try start-stop-daemon -S -b --notify-await -c nobody -x /mnt/tell -- READY=1; until_ test -f /mnt/told; stat -c %U /mnt/told`},
	{name: "notify without background", script: tell + `try start-stop-daemon -S --notify-await -x $D -- -c 'echo ${NOTIFY_SOCKET-none}'`},
	{name: "notify socket", script: tell + `try start-stop-daemon -S -b --notify-await --notify-timeout 1 -O /mnt/log -x $D -- -c 'stat -c "%a %U %F" $NOTIFY_SOCKET; stat -c "%a %U" ${NOTIFY_SOCKET%/*}; echo ${NOTIFY_SOCKET%/*} | sed "s/[^.]*$//"'; cat /mnt/log`},
}
