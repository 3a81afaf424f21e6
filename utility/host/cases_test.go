//go:build linux

package host

import "testing"

func TestConfirmMachine(t *testing.T) {
	oracle(t, "uname (GNU coreutils) 9.1", "getconf", "hostname 3.23", "which")
	confirmTable(t, `
uname
uname -a
uname -s
uname -n
uname -r
uname -v
uname -m
uname -p
uname -i
uname -o
uname -snrvmpio
uname -rs
uname -mo -n
uname -ap
uname --all
uname --kernel-name --machine
uname --sysname
uname --release
uname x
uname -s x y
arch
arch x
nproc
nproc --all
nproc --ignore=1
nproc --ignore=100
nproc --ignore=x
nproc --ignore=-1
nproc --ignore 1
OMP_NUM_THREADS=7 nproc
OMP_NUM_THREADS=7,2 nproc
OMP_NUM_THREADS=x nproc
OMP_NUM_THREADS=0 nproc
OMP_NUM_THREADS=7 OMP_THREAD_LIMIT=3 nproc
OMP_THREAD_LIMIT=1 nproc
OMP_NUM_THREADS=7 nproc --all
nproc a b
hostname
hostname -s
hostname -f
hostname -d
hostname --fqdn
hostname --short
hostname --long
dnsdomainname
getconf PAGE_SIZE
getconf PAGESIZE
getconf _NPROCESSORS_ONLN
getconf _NPROCESSORS_CONF
getconf CLK_TCK
getconf ARG_MAX
getconf OPEN_MAX
getconf CHILD_MAX
getconf _PHYS_PAGES
getconf LONG_BIT
getconf WORD_BIT
getconf CHAR_BIT
getconf INT_MAX
getconf UINT_MAX
getconf HOST_NAME_MAX
getconf LOGIN_NAME_MAX
getconf NGROUPS_MAX
getconf LINE_MAX
getconf IOV_MAX
getconf PATH
getconf _POSIX_VERSION
getconf PATH_MAX /
getconf PIPE_BUF /
printenv HOME
printenv HOME NOSUCH
printenv NOSUCH
printenv
printenv -0 HOME PATH
printenv --null
printenv A=B HOME
printenv HOME -0
A=1 A=2 printenv A
A= printenv A
link c1 q
link c1 c2
link nosuch q
link bin q
link c1
link
link c1 q w
link c1 nodir/q
link 'a b' 'it\qs'
unlink c1
unlink nosuch
unlink bin
unlink
unlink c1 c2
unlink -- c1
unlink ''
pwd -P x
pwd
pwd -L
pwd --physical
PWD=/ pwd -L
POSIXLY_CORRECT=1 pwd
pwd -LP
which ls
which ls sh
which -a ls
which -aa ls
which -a -a ls sh
which -- ls
which
which -a
which nosuch
which nosuch ls
which ''
which /bin/ls ./x
which ./bin/tool
which ./bin/data
which ./bin/sub
which bin/tool/
which -
PATH=bin:bin2:/usr/bin:/bin which tool
PATH=bin:bin2:/usr/bin:/bin which -a tool
PATH=bin:/usr/bin:/bin which data sub
PATH=:/usr/bin which bin/tool set
PATH=/usr/bin: which set
PATH=/usr/bin::/bin which -a set
PATH=/usr/bin:/nosuch which -a ls
stty size <x
`, map[string]string{})
}

func TestConfirmDate(t *testing.T) {
	oracle(t, "date (GNU coreutils) 9.1")
	confirmTable(t, `
date -u -d @0
date -u -d @1000000000
date -d @1000000000
TZ=Europe/Berlin date -d @1000000000
TZ=:Europe/Berlin date -d @1000000000
TZ=/usr/share/zoneinfo/Asia/Tokyo date -d @1000000000
TZ=CET-1CEST date -d @1000000000
TZ=CET-1CEST,M3.5.0,M10.5.0/3 date -d @1000000000
TZ=EST5EDT date -d @1000000000
TZ=Nosuch/Zone date -d @0
TZ=foo date -d @0
TZ=fo date -d @0
TZ= date -d @0
TZ=XYZ3 date -d @0
TZ=<+03>-3 date -d @0
TZ=Europe/Berlin date -u -d @0
TZ=Europe/Berlin date -u -d '2026-07-01 12:00'
TZ=Europe/Berlin date -d '2026-07-01 12:00 UTC'
TZ=Europe/Berlin date -d '2026-07-01 12:00' '+%Z %z %c'
date -u -d @0 +%s
date -u -d @0.5 +%s.%N
date -u -d @0.123456789 +%3N
date -u -d @0 '+%Y-%m-%d %H:%M:%S'
date -u -d @0 +%F_%T
date -u -d @0 +
date -u -d @0 +%
date -u -d @0 +%-d
date -u -d @0 +%_H
date -u -d @0 +%^a
date -u -d @0 +%:z
date -u -d @0 '+a\nb'
date -u -d @0 -R
date -u -d @0 -I
date -u -d @0 -Idate
date -u -d @0 -Ihours
date -u -d @0 -Iminutes
date -u -d @0 -Iseconds
date -u -d @0 -Ins
date -u -d @0 -Is
date -u -d @0 -Im
date -u -d @0 -Ix
date -u -d @0 --iso-8601
date -u -d @0 --iso-8601=minutes
date -u -d @0 --iso-8601=
date -u -d @0 --iso-8601=x
date -u -d @0 --rfc-3339=date
date -u -d @0 --rfc-3339=seconds
date -u -d @0 --rfc-3339=ns
date -u -d @0 --rfc-3339=s
date -u -d @0 --rfc-3339=
date -u -d @0 --rfc-3339=x
date -u -d @0 --rfc-email
date -u -d @0 --rfc-2822
date --utc --date=@0
date --utc --date @0
date --universal --date=@0 +%s
date -ud@0
date -u +%Y -d @0
date -u -r link +%Y
date -r nosuch
date -r 'no such'
date -d foo
date -d 'foo bar'
date --date=nonsense
date -d 2026-01-02T03:04:05Z +%s
date -d '2026-01-02 03:04:05 +0100' +%s
date +a +b
date +a b
date -d @0 -r c1
date -R -I
date -R +%s
date -u -d @-62167219200
date -u -d @99999999999
date -u -d @-1.5 +%s.%N
date -u -d @253402300800 +%F%C%y%G
date -d
date --date
date --rfc-3339
date --utc=x
`, map[string]string{
		"date -u -d @0 --iso-8601=": "an argument that is empty is taken for none",
	})
}

func TestConfirmRunParts(t *testing.T) {
	oracle(t, "run-parts Debian run-parts program, version 5.7")
	confirmTable(t, `
run-parts parts
run-parts ./parts
run-parts none
run-parts good
run-parts nosuch
run-parts c1
run-parts --test parts
run-parts --list parts
run-parts --list none
run-parts --test --list parts
run-parts --test --reverse parts
run-parts --reverse parts
run-parts --verbose parts
run-parts -v good
run-parts -v --test parts
run-parts --verbose -- good
run-parts --report quiet
run-parts --report none
run-parts --exit-on-error parts
run-parts --exit-on-error good
run-parts --lsbsysinit --test parts
run-parts --lsbsysinit --list parts
run-parts --regex ^[ab] --test parts
run-parts --regex=dot$ --test parts
run-parts --regex . --list parts
run-parts --regex=x --lsbsysinit --test parts
run-parts -a one good
run-parts --arg=one --arg two good
run-parts -a one -atwo parts
run-parts --umask=077 parts
run-parts -u 0 parts
run-parts --umask=x parts
run-parts --umask=1777 parts
run-parts --umask=8 parts
run-parts --umask= parts
run-parts parts --test
run-parts
run-parts a b
run-parts --test
`, map[string]string{})
}

func TestConfirmCmp(t *testing.T) {
	oracle(t, "cmp (GNU diffutils) 3.8")
	confirmTable(t, `
cmp c1 c1
cmp c1 link
cmp c1 c2
cmp c1 c3
cmp c3 c1
cmp c5 c1
cmp c1 c5
cmp c1 empty
cmp empty c1
cmp empty empty
cmp long long2
cmp long long
cmp -l long long2
cmp -s long long2
cmp -s c1 c2
cmp -s c1 c1
cmp -s c1 c3
cmp --quiet c1 c2
cmp --silent c1 c2
cmp -l c1 c2
cmp -l c1 c3
cmp -l c1 empty
cmp -l c1 long
cmp --verbose c1 c2
cmp -s -l c1 c2
cmp c1 nosuch
cmp nosuch c1
cmp nosuch nosuch
cmp -s c1 nosuch
cmp bin c1
cmp c1 bin
cmp
cmp c1 <abc\ndef\n
cmp c2 <abc\ndef\n
cmp - c1 <abc\ndef\n
cmp c1 - <abc
cmp -l - c1 <abX\ndef\n
cmp -n 2 c1 c2
cmp -n 5 c1 c2
cmp -n 6 c1 c2
cmp -n 4 c1 c3
cmp -n 5 c1 c3
cmp -n 0 c1 c2
cmp --bytes=5 c1 c2
cmp -i 5 c1 c2
cmp -i 6 c1 c2
cmp -i 100 c1 c2
cmp c1 c2 6 6
cmp c1 c2 1 2
cmp c1 c2 5
cmp -l c1 c2 5 5
cmp a b c d e
cmp a b 1 1 e
`, map[string]string{})
}
