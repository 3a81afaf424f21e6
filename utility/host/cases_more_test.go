//go:build linux

package host

import (
	"os"
	"strings"
	"testing"
)

func TestConfirmTest(t *testing.T) {
	oracle(t, "[ (GNU coreutils) 9.1")
	confirmTable(t, testCases, map[string]string{})
}

const testCases = `
test
test a
test ''
test ! a
test ! ''
test -f
test -f x
test -f c1
test -f bin
test -d bin
test -d c1
test -e dangling
test -L dangling
test -h link
test -h c1
test -r c1
test -w c1
test -x c1
test -x bin/tool
test -s c1
test -s empty
test -p fifo
test -p c1
test -S c1
test -b c1
test -c /dev/null
test -u set
test -g set
test -k /tmp
test -k c1
test -O c1
test -G c1
test -N c1
test -n a
test -n ''
test -z a
test -z ''
test -t 0 <x
test -t 99
test -t -1
test -t x
test -t 99999999999999999999
test -e ''
test a = a
test a = b
test a == a
test a != b
test a b
test -Z x
test -a x
test -o x
test -v x
test -- -a
test a '<' b
test a '>' b
test 1 -eq 1
test 1 -eq 2
test 1 -ne 2
test 1 -lt 2
test 2 -lt 1
test 1 -le 1
test 1 -gt 2
test 2 -ge 2
test ' 1' -eq '1 '
test +1 -eq 1
test -0 -eq 0
test -5 -lt 3
test -5 -lt -6
test 007 -eq 7
test 99999999999999999999 -gt 1
test -99999999999999999999 -gt 1
test 1 -eq x
test x -eq 1
test 1 -eq ''
test '' -eq 0
test 1.5 -eq 1
test 0x1 -eq 1
test 1 -eq
test 1 -foo 2
test -l abc -eq 3
test 3 -eq -l abc
test -l abc -gt -l ab
test -l a
test c1 -nt nosuch
test c1 -ot nosuch
test nosuch -ot c1
test nosuch -nt c1
test nosuch -nt nosuch
test c1 -ef link
test c1 -ef c2
test a -a b
test a -a ''
test '' -o a
test '' -o ''
test a -o
test a -a
test '' -o '' -o a
test a -a '' -o b
test ! a -a ! b
test ! '' -a ! ''
test a = b c
test a = a = a
test a b c d
test a b c
test -n x y
test -f -a -f
test ! ! a
test ! ! ! a
test ! ! ! ! a
test ! -f x
test ! a = b
test ! = a
test ! = =
test = = =
test -eq -eq -eq
test '(' a ')'
test '(' '' ')'
test '(' a
test '(' ')'
test '(' '!' a ')'
test '(' = a
test '(' = '('
test '(' a b ')'
test '(' a ')' b
test '(' -f c1 ')'
test '(' a -a b ')'
test '(' a = a -a b ')'
test '(' a = a
test '(' '(' a ')' ')'
test ! '(' a ')'
test ! '(' a
test a -a '(' b ')'
test a -a '(' b
test x = y -o '(' 1 -eq 1 ')'
test '(' a -o b
test '(' 1 -eq 1 -a 2 -eq 2 ')' x
test -r / -a -d /
test -e / -a -e
test -f / -a
test -d / /
test -n a -a -z ''
test -f -o x
test -z '' extra more
test 5 -eq 5 -a a
test 5 -eq 5 -a 5 -eq 6
test 5 -eq x -o a
test --help
test --version
[ a ]
[ a
[
[ ]
[ '' ]
[ a b ]
[ -f ]
[ a = a ]
[ 1 -eq x ]
[ ] ]
[ a ] b
/usr/bin/test a b
`

func TestConfirmPrintf(t *testing.T) {
	oracle(t, "printf (GNU coreutils) 9.1")
	confirmTable(t, printfCases, map[string]string{})
}

const printfCases = `
printf
printf a
printf 'a\n'
printf -- 'x\n'
printf --
printf -x
printf -n x
printf --helpx
printf '%s\n' a b c
printf '%s %s\n' a b c
printf '%s\n'
printf 'abc\n' x
printf 'abc\n' 'x y'
printf '%d %d\n' 1
printf '%d\n' x
printf '%d\n' 1x
printf '%d\n' ''
printf '%d\n' 0x1F
printf '%d\n' 010
printf '%d\n' 08
printf '%d\n' '\qa'
printf '%d\n' '"a'
printf '%d\n' '\qab'
printf '%d\n' '\q'
printf '%f\n' '\qa'
printf '%d\n' 99999999999999999999
printf '%d\n' -99999999999999999999
printf '%u\n' -1
printf '%u\n' 99999999999999999999
printf '%x %o %X\n' 255 255 255
printf '%#x %#o %#X\n' 255 255 255
printf '%+d % d %05d %-5d|%5d\n' 1 1 1 1 1
printf '%.3d|%5.3d\n' 1 1
printf '%i\n' 3
printf '%ld %hhd %jd %zu\n' 1 2 3 4
printf '%5.2f|\n' 3.14159
printf '%e %E\n' 1e3 1e3
printf '%g %G\n' 0.1 1e-10
printf '%a\n' 1
printf '%f\n' x
printf '%f\n' 1.5x
printf '%.f\n' 1.5
printf '%.0f %.1f\n' 2.5 0.25
printf '%f\n' inf
printf '%f\n' nan
printf '%Lf\n' 1
printf '%f\n' 1e400
printf '%f\n' 0x1p3
printf '%d\n' ' 5'
printf '%d\n' '5 '
printf '%d\n' +5
printf '%d\n' 1 x 3
printf '%b\n' 'a\\tb\\0101\\101'
printf '%b' 'a\\cb' x
printf '%b\n' 'a\\q\\"'
printf '%b|%b\n' a
printf '%b\n' '\\x41\\0\\e'
printf '\\101\\x41\\0101\\n'
printf 'a\\u0041\\n'
printf 'a\\u0024\\n'
printf '\\u00e9\\n'
printf '\\U0001f600\\n'
printf '\\u004\\n'
printf '\\U00000041\\n'
printf '\\uD800\\n'
printf '\\x\\n'
printf '\\q\\n'
printf '\\"\\n'
printf '\\1234\\n'
printf '\\8\\n'
printf 'a\\cbc'
printf 'a\\'
printf '\\a\\b\\f\\r\\v\\t\\e\\\\\n'
printf '%z\\n'
printf '%'
printf 'a%'
printf '%5'
printf '%s'
printf '%%\n'
printf '%5%\n'
printf '%1$s\n' a
printf '%I\n' 1
printf '%Id\n' 1
printf '%\qd\n' 1000
printf '%\qs\n' x
printf '%#s\n' a
printf '%0s\n' a
printf '%#d\n' 1
printf '%0c|\n' a
printf '%.3c|\n' a
printf '%5b\n' a
printf '%5q|\n' a
printf '%5s|%-5s|%.2s|\n' a b cde
printf '%c%c\n' abc d
printf '%c' ''
printf '%3c|%-3c|\n' a b
printf '%*d|\n' 5 3
printf '%-*d|\n' 5 3
printf '%*d|\n' -5 3
printf '%*d|\n' x 3
printf '%.*s|\n' 2 abc
printf '%.*s|\n' -2 abc
printf '%.*d|\n' 3 5
printf '%q\n' 'a b' 'it\qs' '' a:b 'a\nb' '$x' a=b '~x' a~b
printf '%s\n' '\q"\q'
printf '%y\n' 1
/usr/bin/printf '%d\n' x
`

func TestConfirmSysctl(t *testing.T) {
	oracle(t, "sysctl procps-ng 4.0.2")
	confirmTable(t, strings.ReplaceAll(sysctlCases, "60", swappiness()), map[string]string{
		"sysctl -a -w nosuch.x=1 <x": "to list all is refused",
		"sysctl ..ostype":            "a name with empty parts is refused",
		"sysctl ''":                  "a name with empty parts is refused",
	})
}

const sysctlCases = `
sysctl kernel.ostype
sysctl -n kernel.ostype
sysctl -N kernel.ostype
sysctl -b kernel.ostype
sysctl -q kernel.ostype
sysctl -e kernel.ostype
sysctl kernel.ostype kernel/osrelease
sysctl kernel/ostype
sysctl -n nosuch.x
sysctl nosuch
sysctl -e nosuch.x
sysctl -en nosuch
sysctl --ignore nosuch kernel.ostype
sysctl -n kernel.ostype kernel.nosuch kernel.osrelease
sysctl -w kernel.ostype
sysctl kernel.ostype=x
sysctl -w kernel.ostype=x
sysctl -w nosuch.a=1
sysctl -w -e nosuch.a=1
sysctl nosuch.a=1
sysctl vm.swappiness=60
sysctl -w vm.swappiness=60
sysctl -w vm/swappiness=60
sysctl -q -w vm.swappiness=60
sysctl -n -w vm.swappiness=60
sysctl -N -w vm.swappiness=60
sysctl -qw vm.swappiness = 60
sysctl -w 'vm.swappiness = 60'
sysctl -w vm.swappiness= 60
sysctl vm.swappiness=
sysctl -w =x
sysctl -w vm.swappiness=abc
sysctl -w -- -vm.swappiness=abc
sysctl -w vm=1
sysctl vm.swappiness=60 kernel.ostype
sysctl kernel.ostype vm.swappiness=60 kernel.osrelease
sysctl --dry-run vm.swappiness=1
sysctl net.ipv4.conf.lo
sysctl net.ipv4.conf.lo.forwarding
sysctl -n net.ipv4.conf.lo
sysctl -N net.ipv4.conf.lo
sysctl -n net.ipv4.tcp_rmem
sysctl net/ipv4/conf/lo/forwarding
sysctl net.ipv4.conf.eth0/1.x
sysctl -n vm.drop_caches
sysctl vm.drop_caches
sysctl -a -w nosuch.x=1 <x
sysctl kernel.core_pattern
sysctl -p sysctl.conf
sysctl -q -p sysctl.conf
sysctl -e -p sysctl.conf
sysctl -n -p sysctl.conf
sysctl -psysctl.conf
sysctl --load=sysctl.conf
sysctl -f sysctl.conf
sysctl -p nosuch.conf
sysctl -qp nosuch.conf
sysctl -p empty
sysctl -p - <vm.swappiness=60\n
sysctl -p - <vm.swappiness
sysctl -p sysctl.conf empty nosuch.conf
sysctl -p nosuch.conf sysctl.conf
sysctl -p - <-nosuch.a=1\n
sysctl -p - <-vm.swappiness=abc\n
sysctl -p - <kernel.ostype=x\n
sysctl -p - <=x\n
sysctl -p - <-\n-x\n
sysctl -p - <vm.swappiness=\n
sysctl -w =
sysctl =
sysctl -w ''
sysctl ''
sysctl ..ostype
sysctl -b kernel.ostype kernel.osrelease
sysctl -w -b vm.swappiness=60
`

func TestConfirmTput(t *testing.T) {
	oracle(t, "tput ncurses 6.4")
	if _, err := os.Stat("/lib/terminfo/x/xterm"); err != nil {
		lack(t, "the descriptions of terminals")
	}
	confirmTable(t, tputCases, map[string]string{})
}

const tputCases = `
TERM=xterm tput setaf 1
TERM=xterm tput setab 4
TERM=xterm tput bold
TERM=xterm tput sgr0
TERM=xterm tput op
TERM=xterm tput cols
TERM=xterm tput lines
TERM=xterm tput xenl
TERM=xterm tput hpa 60
TERM=xterm tput cup 1 2
TERM=xterm tput cuu1
TERM=xterm tput ed
TERM=xterm tput el
TERM=xterm tput smso
TERM=xterm tput rmso
TERM=xterm tput colors
TERM=xterm tput longname
TERM=xterm tput clear
TERM=xterm tput -x clear
TERM=xterm tput nosuch
TERM=xterm tput ''
TERM=xterm tput bold nosuch sgr0
TERM=xterm tput cols lines
TERM=xterm tput cup 1 2 setaf 1
TERM=xterm tput setaf
TERM=xterm tput cup
TERM=xterm tput cup 1
TERM=xterm tput cup x y
TERM=xterm tput setaf 0x3
TERM=xterm tput setaf 03
TERM=xterm tput setaf 1z
TERM=xterm tput setaf 1 2
TERM=xterm tput smcup extra
TERM=xterm tput -- bold
TERM=xterm tput cols 5
TERM=xterm tput am 3
TERM=xterm tput sgr 1 0 1 0 0 0 0 0 0
TERM=xterm tput sgr 0 1 0 1 1 1 1 1 1
TERM=xterm tput csr 1 2
TERM=xterm tput rep 65 5
TERM=xterm tput ech 3
TERM=xterm tput cuf 3 bold
TERM=xterm tput u7
TERM=xterm tput E3
TERM=xterm tput XT
TERM=xterm tput AX
TERM=xterm tput kUP5
TERM=xterm tput kf1
TERM=xterm tput is2
TERM=xterm tput it
TERM=xterm tput pairs bold
TERM=xterm tput flash
TERM=xterm tput hpa 999999999999
TERM=xterm LINES=7 COLUMNS=9 tput cols lines
TERM=xterm COLUMNS=0 tput cols
TERM=xterm COLUMNS=x tput cols
TERM=xterm TERMINFO=/nosuch tput bold
TERM=xterm tput -Tdumb bold
TERM= tput bold
tput bold
tput -T '' bold
tput -T nosuch bold
TERM=nosuch tput cols
TERM=../x tput bold
TERM=/etc/passwd tput bold
TERM=xterm+x tput bold
tput -Tdumb setaf 1
tput -Tdumb hpa 60
tput -Tdumb cup 1 2
tput -Tdumb cols
tput -Tdumb lines
tput -Tdumb colors
tput -Tdumb xenl
tput -Tdumb am xenl
tput -Tdumb bel bold
tput -Tdumb bel nosuch
tput -Tdumb xenl bel
tput -Tdumb it
tput -Tdumb clear
tput -Tdumb longname
tput -Tdumb Cs
tput -Tvt100 bold
tput -Tvt100 sgr0
tput -Tvt100 xenl
tput -Tvt100 colors
tput -Tvt100 cup 5 10 sgr0
tput -Tvt100 clear
tput -Tvt100 sgr 1 1 1 1 0 0 0 0 1
tput -Tvt100 setaf 1
tput -Tvt52 cup 3 4
tput -Tvt52 el
tput -Tlinux setaf 3
tput -Tlinux op
tput -Tlinux hpa 60
tput -Tlinux initc 1 2 3 4
tput -Tlinux cvvis
tput -Tlinux cnorm
tput -Tlinux sgr 1 1 1 1 1 1 1 1 1
tput -Txterm-256color setaf 1
tput -Txterm-256color setaf 9
tput -Txterm-256color setaf 200
tput -Txterm-256color setab 200
tput -Txterm-256color colors
tput -Txterm-256color initc 1 2 3 4
tput -Tscreen setaf 1
tput -Tscreen clear
tput -Tscreen E3
tput -Tscreen.xterm-256color setab 12
tput -Tsun cup 1 1
tput -Tsun el
tput -Tansi sgr 1 1 1 1 0 0 0 0 1
tput -Tansi hpa 4
tput -Tcons25 setaf 1
tput -Tcons25 sgr 1 1 1 1 1 1 1 1 1
tput -Tpcansi setaf 4
tput -Tpcansi setf 4
tput -Tcygwin cup 3 3
tput -TEterm setaf 5
tput -Trxvt cuf 3 bold
tput -Trxvt Ss 3
tput -Trxvt-unicode-256color setaf 99
tput -Ttmux setaf 2
tput -Tmach colors
tput -Thurd bold
tput -Twsvt25 rmso
tput -Tvt220 rmacs smacs
`
