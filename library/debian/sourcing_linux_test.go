package debian_test

// hooksHere puts an init-functions.d of the case's own in place of the
// system's.
const hooksHere = `mount -t tmpfs tmpfs /lib/lsb/init-functions.d; cd /lib/lsb/init-functions.d; `

var sourcingCases = []testCase{
	{name: "variables", text: `set | grep -v -e ^_ -e ^P -e ^OLDPWD -e ^LINENO`},
	{name: "status", text: "false\n. /lib/lsb/init-functions\necho $?"},
	{name: "twice", text: ". /lib/lsb/init-functions\n. /lib/lsb/init-functions\nlog_success_msg ok"},
	{name: "parameters kept", text: "set -- a b; . /lib/lsb/init-functions\necho \"$@\""},
	{name: "in a function", text: "f() { . /lib/lsb/init-functions; log_success_msg in; local red; }; f x; log_success_msg out"},
	{name: "in a subshell", text: "( . /lib/lsb/init-functions; log_success_msg in ); type log_success_msg; . /lib/lsb/init-functions"},
	{name: "by another path", text: ". /usr/lib/lsb/init-functions; log_success_msg ok; hash -r"},
	{name: "tested", text: "if . /lib/lsb/init-functions; then echo yes; fi; . /lib/lsb/init-functions && echo and; [ -f /nosuch ] || . /lib/lsb/init-functions"},
	{name: "own function first", text: "log_end_msg() { echo mine; }\n. /lib/lsb/init-functions\nlog_end_msg 0"},
	{name: "redirected", text: ". /lib/lsb/init-functions >/run/out 2>&1; cat /run/out; . /lib/lsb/init-functions >&-; echo $?"},
	{name: "readonly hook", text: "readonly hook; . /lib/lsb/init-functions; echo not reached"},
	{name: "readonly FANCYTTY", text: "readonly FANCYTTY; . /lib/lsb/init-functions; echo not reached"},
	{name: "command dot", text: "command . /lib/lsb/init-functions; echo $?; log_success_msg ok"},
	{name: "alias before", text: "alias echo='printf %s/'\n. /lib/lsb/init-functions\nlog_daemon_msg a b\nunalias echo\necho", differs: "there is no file for the alias to be used in", hiddenOut: "a: b\nstatus=0\n" + varsAtFirst},
	{name: "set -v", text: "set -v\n. /lib/lsb/init-functions\nset +v", differs: "there is no file to be shown", hiddenOut: "status=0\n" + varsAtFirst},
	{name: "set -a", text: "set -a\n. /lib/lsb/init-functions\nset +a\nlog_end_msg 1\nenv | grep -e FANCY -e hook -e ^red"},
	{name: "exported colour", text: "export red=x; . /lib/lsb/init-functions; log_end_msg 1; env | grep ^red="},
	{name: "logging file", setup: `mount -t tmpfs tmpfs /mnt; cp -a /etc/. /mnt/ 2>/dev/null; mount --bind /mnt /etc; printf '%s\n' 'log_end_msg() { echo "[from etc $1]"; return $1; }' 'FANCYTTY=yes' 'echo sourced $# $0' 'false' >/etc/lsb-base-logging.sh`, text: "set -e; . /lib/lsb/init-functions; log_daemon_msg a b; log_end_msg 0; echo $FANCYTTY"},
	{name: "logging file that returns", setup: `mount -t tmpfs tmpfs /mnt; cp -a /etc/. /mnt/ 2>/dev/null; mount --bind /mnt /etc; printf '%s\n' 'return 3' 'echo no' >/etc/lsb-base-logging.sh`, text: ". /lib/lsb/init-functions; echo $?"},

	{name: "hook files", setup: hooksHere + `echo 'log_end_msg_pre() { echo "<$1>"; }; echo 10 "$hook" "$#" "$0"' >10-a; echo 'echo 20 $FANCYTTY.' >20-b`, text: ". /lib/lsb/init-functions; log_end_msg 0; log_end_msg 1"},
	{name: "hook file names", setup: hooksHere + `for f in a A a-b a_b _a _a-b a.b a.b-c a-b.c 0 00-x a-b-c a--b -a-b a- -a .a .a-b a~ a-b~ x-y.dpkg-old a.dpkg-new-b _-a README x+y é 1_2-3; do echo "echo $f" >./"$f"; done; mkdir dir-a; ln -s a lnk; ln -s nowhere broken; mkfifo fifo-a; ln -s dir-a lnk-dir`, text: ". /lib/lsb/init-functions"},
	{name: "hook files in order", setup: hooksHere + `for f in b a B-a _a-1 10-a 9-a 100-a a-b ab a.c-d; do echo "echo $f" >./$f; done`, text: ". /lib/lsb/init-functions"},
	{name: "hook file fails", setup: hooksHere + `echo 'echo one; false' >a; echo 'echo two; return 4; echo no' >b; echo 'echo three' >c`, text: "set -e; . /lib/lsb/init-functions; echo $?"},
	{name: "hook file exits", setup: hooksHere + `echo 'echo one; exit 6' >a; echo 'echo no' >b`, text: ". /lib/lsb/init-functions; echo not reached"},
	{name: "hook file with an error", setup: hooksHere + `echo 'echo one; if' >a; echo 'echo two' >b`, text: ". /lib/lsb/init-functions; echo not reached"},
	{name: "hook file not executable or readable", setup: hooksHere + `echo 'echo one' >a; chmod 755 a; echo 'echo two' >b; chmod 000 b; echo 'echo three' >c`, text: ". /lib/lsb/init-functions"},
	{name: "hook file sets parameters", setup: hooksHere + `echo 'set -- x y z' >a; echo 'echo $#; shift' >b`, text: `. /lib/lsb/init-functions; echo "$@"`},
	{name: "hook file changes hook", setup: hooksHere + `echo 'hook=mine' >a; echo 'echo $hook; IFS=x' >b; echo 'echo c' >cx`, text: `. /lib/lsb/init-functions; echo $hook`},
	{name: "systemd's hook", text: `echo $_use_systemctl; type systemctl_redirect; systemctl() { echo "systemctl $*"; return 4; }; systemctl_redirect /etc/init.d/thing restart; echo $? "$service $sctl_args"; systemctl_redirect x status; echo $?; ( systemctl_redirect x reload ); x=$(systemctl_redirect y.sh stop); echo "$x"`},
	{name: "systemd's hook, readonly", text: "readonly _use_systemctl; . /lib/lsb/init-functions; echo not reached"},
	{name: "systemd's hook, systemd runs", setup: `mkdir -p /run/systemd/system; mkdir /run/bin; printf '#!/bin/sh\necho "systemctl $*" >&2\n' >/run/bin/systemctl; chmod +x /run/bin/systemctl`, text: `PATH=/run/bin:$PATH; . /lib/lsb/init-functions; echo $_use_systemctl $prog $service "$state"; type systemctl_redirect`},
	{name: "no hooks", setup: hooksHere, text: ". /lib/lsb/init-functions; echo ${hook-unset}; type vlog_end_msg >/dev/null 2>&1 || true"},
	{name: "other run-parts", setup: hooksHere + `echo 'echo one' >a; mkdir /run/bin; printf '#!/bin/sh\necho "$@" >&2; echo /lib/lsb/init-functions.d/a; echo /lib/lsb/init-functions.d/a\n' >/run/bin/run-parts; chmod +x /run/bin/run-parts`, text: `PATH=/run/bin:$PATH; . /lib/lsb/init-functions`},
	{name: "run-parts as a function", setup: hooksHere + `echo 'echo one' >a`, text: `run-parts() { :; }; f() { echo "$@"; }; . /lib/lsb/init-functions`},
	{name: "IFS at sourcing", setup: hooksHere + `echo 'echo one' >a-1; echo 'echo two' >b-1`, text: `IFS=-; . /lib/lsb/init-functions; echo "$hook"`},
	{name: "set -f at sourcing", text: `set -f; . /lib/lsb/init-functions; echo $?`},

	{name: "header", setup: `printf '%s\n' '#!/bin/sh' '### BEGIN INIT INFO' '# Provides: a' '# Required-Start:    $local_fs $remote_fs' '# Default-Start: 2 3' '# Short-Description: it is' '### END INIT INFO' '# Provides: no' >/run/s/x`, text: `get_lsb_header_val /run/s/x Provides; echo $?; get_lsb_header_val /run/s/x Required-Start; get_lsb_header_val /run/s/x Nothing; echo $?; get_lsb_header_val /run/s/x 'Default-St.*'; get_lsb_header_val /run/s/x 'a/b'; echo $?`},
	{name: "header, wrong use", text: `get_lsb_header_val; echo $?; get_lsb_header_val /nosuch Provides; echo $?; get_lsb_header_val /run/s/script; echo $?; get_lsb_header_val /run Provides; echo $?`},
	{name: "upstart", text: `init_is_upstart; echo $?; set -e; init_is_upstart || echo no`},
	{name: "upstart is there", setup: `mount -t tmpfs tmpfs /mnt; mkdir /mnt/u /mnt/w; mount -t overlay -o lowerdir=/usr/sbin,upperdir=/mnt/u,workdir=/mnt/w overlay /usr/sbin; printf '#!/bin/sh\necho "init (upstart 1.13)"\n' >/usr/sbin/initctl; chmod +x /usr/sbin/initctl`, text: `init_is_upstart; echo $?; printf '#!/bin/sh\necho other\n' >/usr/sbin/initctl; init_is_upstart; echo $?`},

	{name: "vars.sh", text: ". /lib/init/vars.sh; echo $? $TMPTIME $SULOGIN $DELAYLOGIN $UTC $VERBOSE $FSCKFIX ${NOSWAP-unset}; . /lib/lsb/init-functions"},
	{name: "vars.sh with settings", setup: `printf '%s\n' TMPTIME=7 UTC=no VERBOSE=yes RAMRUN=1 EDITMOTD=2 OTHER=3 'false' >/etc/default/rcS`, text: ". /lib/init/vars.sh; echo $? $TMPTIME $UTC $VERBOSE ${RAMRUN-unset} ${EDITMOTD-unset} $OTHER; . /lib/lsb/init-functions"},
	{name: "vars.sh and the kernel", setup: `printf 'root=/dev/x noswap quiet a*b last\n' >/run/cmdline; mount --bind /run/cmdline /proc/cmdline`, text: `. /lib/init/vars.sh; echo $VERBOSE $NOSWAP $ARG; VERBOSE=; RUNLEVEL=2; INIT_VERBOSE=; . /lib/init/vars.sh; echo $VERBOSE; echo VERBOSE=yes >/etc/default/rcS; . /lib/init/vars.sh; echo $VERBOSE; PREVLEVEL=N; . /lib/init/vars.sh; echo $VERBOSE; INIT_VERBOSE=maybe; . /lib/init/vars.sh; echo $VERBOSE; . /lib/lsb/init-functions`},
	{name: "vars.sh and patterns", setup: `printf 'x /run/s/s*' >/run/cmdline; mount --bind /run/cmdline /proc/cmdline`, text: `. /lib/init/vars.sh; echo "$ARG"; cat() { echo noswap; }; . /lib/init/vars.sh; echo $NOSWAP; . /lib/lsb/init-functions`},
	{name: "vars.sh and INIT_VERBOSE", text: `INIT_VERBOSE=yes; . /lib/init/vars.sh; echo $VERBOSE; set -e; . /lib/init/vars.sh; echo $?; . /lib/lsb/init-functions`},
	{name: "vars.sh and set -u", text: `set -u; . /lib/init/vars.sh; echo not reached; : init-functions`},
	{name: "vars.sh and set -e, settings fail", setup: `echo false >/etc/default/rcS`, text: `set -e; . /lib/init/vars.sh; echo not reached; : init-functions`},
	{name: "vars.sh and a readonly", text: `readonly EDITMOTD=1; . /lib/init/vars.sh; echo not reached; : init-functions`},
}

const varsAtFirst = "force=<unset> nice=<unset> pidfile=<unset> exec=<unset> args=<unset> opt=<unset> OPTARG=<unset> OPTIND=<1> base=<unset> status=<unset> specified=<unset> pid=<unset> sig=<unset> name_param=<unset> is_term_sig=<unset> daemon=<unset> name=<unset> end=<unset> esc=<unset> red=<unset> yellow=<unset> normal=<unset> LSB_S=<unset> LSB_E=<unset> hook=</lib/lsb/init-functions.d/40-systemd> FANCYTTY=<> \n"
