//go:build linux

package file

// allCases is the table that TestConfirm runs.
const allCases = rmCases + makeCases + nameCases + modeCases + ownerCases + linkCases + touchCases + dataCases + copyCases + listCases

const rmCases = `
rm/file | rm f
rm/several | rm f g empty
rm/missing | rm nosuch
rm/missing-f | rm -f nosuch
rm/missing-among | rm f nosuch g
rm/no-operand | rm
rm/no-operand-f | rm -f
rm/directory | rm d
rm/directory-f | rm -f d
rm/r | rm -r d
rm/rf | rm -rf d
rm/Rf-several | rm -Rf d e f nosuch
rm/r-verbose | rm -rv d e
rm/v | rm -v f 'sp ace' 'it\qs' 'new\nline'
rm/d-empty | rm -d e
rm/d-full | rm -d d
rm/dv | rm -dv e
rm/link | rm l
rm/link-dangling | rm dang loop
rm/link-dir-slash | rm ld/
rm/link-dir-slash-r | rm -r ld/
rm/link-dir-rf | rm -rf ld
rm/dot | rm -r .
rm/dot-no-r | rm .
rm/dotdot | rm -rf d/..
rm/dot-slash | rm -rf d/./
rm/empty-name | rm ''
rm/empty-name-f | rm -f ''
rm/not-a-directory | rm f/x
rm/not-a-directory-f | rm -f f/x
rm/file-slash | rm f/
rm/file-slash-f | rm -f f/
rm/dash | rm -- -dash
rm/dash-option | rm ./-dash
rm/readonly | rm none ro/r
rm/readonly-dir | rm -r ro
rm/fifo | rm p
rm/double-slash | rm -rv e//
rm/slash-v | rm -rv d/
rm/i-yes | rm -i f <y
rm/i-no | rm -i f <n
rm/i-many | rm -i f g empty <'y\nn\ny\n'
rm/ri | rm -ri d/sub <'y\ny\ny\ny\nn\ny\ny\ny\n'
rm/i-dir | rm -i d <y
rm/interactive-f-wins | rm -i -f nosuch
rm/quote | rm 'no such' 'it\qs not' 'a\nb' 'a"b' '$x' 'a:b' '\\t'
rm/one-file-system | rm -r --one-file-system d
rm/long-abbreviated | rm --recur --forc d
rm/preserve-root | rm --preserve-root -r e

rmdir/empty | rmdir e
rmdir/full | rmdir d
rmdir/missing | rmdir nosuch
rmdir/file | rmdir f
rmdir/no-operand | rmdir
rmdir/p | mkdir -p q/w/e ; rmdir -p q/w/e
rmdir/p-full | mkdir -p d/w/e ; rmdir -p d/w/e
rmdir/p-slashes | mkdir -p q/w/e ; rmdir -p q//w/e//
rmdir/pv | mkdir -p q/w ; rmdir -pv q/w
rmdir/v | rmdir -v e nosuch
rmdir/ignore | rmdir --ignore-fail-on-non-empty d
rmdir/ignore-missing | rmdir --ignore-fail-on-non-empty nosuch
rmdir/p-ignore | mkdir -p d/w ; rmdir -p --ignore-fail-on-non-empty d/w
rmdir/link | rmdir ld
rmdir/link-slash | rmdir ld/
rmdir/dot | rmdir .
rmdir/dotdot | rmdir e/..
`

const makeCases = `
mkdir/one | mkdir q
mkdir/several | mkdir q w
mkdir/exists | mkdir d
mkdir/exists-file | mkdir f
mkdir/p-exists | mkdir -p d
mkdir/p-exists-file | mkdir -p f
mkdir/p-under-file | mkdir -p f/x
mkdir/p-under-file-deep | mkdir -p f/x/y
mkdir/under-file | mkdir f/x
mkdir/missing-parent | mkdir q/w
mkdir/p | mkdir -p q/w/e
mkdir/p-mode | mkdir -p -m 700 q/w
mkdir/p-mode-exists | mkdir -p -m 700 d
mkdir/p-umask | umask=077 ; mkdir -p q/w
mkdir/p-umask-odd | umask=0777 ; mkdir -p q/w/e
mkdir/p-slashes | mkdir -p q//w/// .//z/
mkdir/p-dots | mkdir -p q/./w d/../z
mkdir/p-dotdot-new | mkdir -p q/../z
mkdir/p-link | mkdir -p ld/new/one
mkdir/p-dangling | mkdir -p dang
mkdir/p-dangling-under | mkdir -p dang/x
mkdir/p-loop-under | mkdir -p loop/x
mkdir/v | mkdir -v q
mkdir/pv | mkdir -pv q/w/e d/new
mkdir/mode | mkdir -m 755 q
mkdir/mode-umask | umask=077 ; mkdir -m 755 q
mkdir/mode-sticky | mkdir -m 1777 q
mkdir/mode-setgid | mkdir -m 2755 q
mkdir/mode-symbolic | mkdir -m u=rwx,go= q
mkdir/mode-symbolic-plus | umask=022 ; mkdir -m g+w q
mkdir/mode-no-who | umask=027 ; mkdir -m =rwx q
mkdir/mode-zero | mkdir -m 0 q
mkdir/mode-bad | mkdir -m zz q
mkdir/mode-bad-octal | mkdir -m 888 q
mkdir/mode-in-setgid | mkdir -m 755 sg/q
mkdir/in-setgid | mkdir sg/q
mkdir/mode-1777-in-setgid | mkdir -m 1777 sg/q
mkdir/no-operand | mkdir
mkdir/no-argument | mkdir -m
mkdir/empty | mkdir ''
mkdir/p-empty | mkdir -p ''
mkdir/quote | mkdir 'no such/x' 'it\qs/x'
mkdir/long | mkdir --parents --mode=0750 q/w
mkdir/trailing-slash | mkdir q/

mkfifo/one | mkfifo q
mkfifo/mode | mkfifo -m 600 q
mkfifo/umask | umask=077 ; mkfifo q
mkfifo/exists | mkfifo f
mkfifo/bad-mode | mkfifo -m zz q
mkfifo/special-mode | mkfifo -m 4755 q
mkfifo/no-operand | mkfifo
mknod/null | mknod q c 1 3
mknod/mode | mknod -m 666 q c 1 3
mknod/block | mknod -m 0660 q b 7 0
mknod/fifo | mknod q p
mknod/exists | mknod f c 1 3
mknod/no-numbers | mknod q c
mknod/one-number | mknod q c 1
mknod/fifo-numbers | mknod q p 1 3
mknod/bad-type | mknod q z 1 3
mknod/bad-major | mknod q c x 3
mknod/bad-minor | mknod q c 1 x
mknod/hex | mknod q c 0x5 010
mknod/no-operand | mknod
mknod/only-name | mknod q
mknod/missing-dir | mknod nosuch/q c 1 3
mknod/extra | mknod q c 1 3 4

mktemp/template | mktemp rnd.XXXXXX
mktemp/directory | mktemp -d rnd.XXXXXXXX
mktemp/suffix | mktemp rnd.XXXX.txt
mktemp/suffix-option | mktemp --suffix=.log rnd.XXXXX
mktemp/suffix-not-x | mktemp --suffix=.log rnd.XXXXXa
mktemp/p | mktemp -p d rnd.XXXXXX
mktemp/tmpdir | mktemp --tmpdir=d rnd.XXXXXX
mktemp/TMPDIR-t | TMPDIR=d mktemp -t rnd.XXXXXX
mktemp/TMPDIR-p | TMPDIR=e mktemp -p d rnd.XXXXXX
mktemp/TMPDIR-tp | TMPDIR=e mktemp -t -p d rnd.XXXXXX
mktemp/u | mktemp -u rnd.XXXXXX
mktemp/u-missing-dir | mktemp -u nosuch/rnd.XXXXXX
mktemp/few | mktemp abXX
mktemp/no-x | mktemp foo
mktemp/missing-dir | mktemp nosuch/rnd.XXXXXX
mktemp/missing-dir-d | mktemp -d nosuch/rnd.XXXXXX
mktemp/quiet | mktemp -q nosuch/rnd.XXXXXX
mktemp/quiet-p | mktemp -q -p nosuch rnd.XXXXXX
mktemp/t-slash | mktemp -t a/rnd.XXXXXX
mktemp/p-absolute | mktemp -p d /rnd.XXXXXX
mktemp/too-many | mktemp aXXX bXXX
mktemp/slash-suffix | mktemp aXXX/b
mktemp/umask | umask=0277 ; mktemp rnd.XXXXXX
mktemp/umask-d | umask=0 ; mktemp -d rnd.XXXXXX
mktemp/middle | mktemp a.XXX.rnd.XXXX
`

const nameCases = `
basename/plain | basename /usr/bin/sort
basename/suffix | basename include/stdio.h .h
basename/suffix-whole | basename .h .h
basename/slash | basename /
basename/slashes | basename ///
basename/trailing | basename a/b//
basename/empty | basename ''
basename/several | basename -a any/str1 any/str2
basename/s | basename -s .h a/b.h c.h d
basename/z | basename -az a/b c/d
basename/no-operand | basename
basename/extra | basename a b c
basename/suffix-slash | basename a/b.h/ .h
basename/option-after | basename a -a
basename/dots | basename a/..
dirname/plain | dirname /usr/bin/ stdio.h a/b //x // / '' . .. a// /a a//b//c
dirname/z | dirname -z a/b c
dirname/no-operand | dirname

readlink/plain | readlink l
readlink/n | readlink -n l
readlink/not-link | readlink f
readlink/not-link-v | readlink -v f
readlink/missing | readlink nosuch
readlink/missing-v | readlink -v nosuch 'a b'
readlink/several | readlink l ld dang f
readlink/n-several | readlink -n l ld
readlink/f | readlink -f l ll ld/a deepl d/up
readlink/f-missing-last | readlink -f d/nosuch
readlink/f-missing-middle | readlink -f nosuch/x
readlink/f-missing-middle-v | readlink -fv nosuch/x
readlink/f-dangling | readlink -f dang
readlink/f-loop | readlink -fv loop
readlink/f-dots | readlink -f ./d/../d/./sub/..
readlink/f-file-slash | readlink -fv f/
readlink/f-file-under | readlink -fv f/x
readlink/f-missing-slash | readlink -f nosuch/
readlink/f-slash | readlink -f / //
readlink/f-empty | readlink -fv ''
readlink/e | readlink -ev l nosuch d/nosuch dang
readlink/m | readlink -m l nosuch/x/../y f/x loop dang/x loop/..
readlink/z | readlink -z l ld
readlink/no-operand | readlink
readlink/f-dir-link | readlink -f ld/sub/lsub/low
readlink/f-dotdot-link | readlink -f ld/..

realpath/plain | realpath f l ld deepl
realpath/missing | realpath d/nosuch nosuch/x
realpath/e | realpath -e f nosuch
realpath/m | realpath -m nosuch/x/..
realpath/s | realpath -s l ld/../f ld
realpath/s-missing | realpath -s nosuch/x f/x d/nosuch
realpath/L | realpath -L ld/.. ld/../f
realpath/q | realpath -q nosuch/x
realpath/z | realpath -z f
realpath/no-operand | realpath
realpath/loop | realpath loop
realpath/dot | realpath . ..

mountpoint/root | mountpoint /
mountpoint/proc | mountpoint /proc
mountpoint/q | mountpoint -q /proc
mountpoint/not | mountpoint d
mountpoint/not-q | mountpoint -q d
mountpoint/file | mountpoint f
mountpoint/missing | mountpoint nosuch
mountpoint/missing-q | mountpoint -q nosuch
mountpoint/d | mountpoint -d /proc
mountpoint/x-not | mountpoint -x f
mountpoint/no-operand | mountpoint
mountpoint/two | mountpoint / /proc
`

const modeCases = `
chmod/octal | chmod 600 f
chmod/octal-long | chmod 0600 f d
chmod/plus-x | chmod +x f
chmod/minus-x | chmod -x x
chmod/minus-w | chmod -w f
chmod/minus-w-umask | umask=002 ; chmod 666 f ; chmod -w f
chmod/minus-rwx | chmod -rwx f
chmod/u-plus | chmod u+x,g-r f
chmod/equals | chmod u=rw,go=r f g
chmod/equals-empty | chmod go= f
chmod/copy | chmod g=u,o=g f
chmod/copy-plus | chmod o+u g
chmod/a | chmod a+rwX f x d
chmod/X | chmod -R u=rwX,go=rX d
chmod/R-go | chmod -R u=rwX,go= d
chmod/R-octal | chmod -R 700 d
chmod/R-link | chmod -R 700 ld
chmod/s | chmod u+s,g+s f
chmod/t | chmod +t d
chmod/4755 | chmod 4755 f
chmod/755-setgid-dir | chmod 755 sg
chmod/00755-setgid-dir | chmod 00755 sg
chmod/0755-setgid-dir | chmod 0755 sg
chmod/equals-setgid-dir | chmod g=rx sg
chmod/equals-s-dir | chmod u=rwx,g=rx,o= sg
chmod/g-s | chmod g-s sg
chmod/755-suid | chmod 755 suid
chmod/plus-number | chmod +111 f
chmod/no-who | umask=027 ; chmod =rw f
chmod/no-who-plus | umask=077 ; chmod +rw none
chmod/several-ops | chmod u+r-w+x f
chmod/v | chmod -v 600 f g nosuch
chmod/c | chmod -c 600 f g
chmod/v-symlink | chmod -Rv 700 d
chmod/missing | chmod 600 nosuch
chmod/missing-f | chmod -f 600 nosuch
chmod/dangling | chmod 600 dang
chmod/loop | chmod 600 loop
chmod/link | chmod 600 l
chmod/bad | chmod zz f
chmod/bad-octal | chmod 888 f
chmod/bad-big | chmod 77777 f
chmod/bad-empty | chmod '' f
chmod/bad-comma | chmod u+x, f
chmod/no-operand | chmod
chmod/one-operand | chmod 600
chmod/only-minus | chmod -w
chmod/reference | chmod --reference=g f
chmod/reference-missing | chmod --reference=nosuch f
chmod/R-missing | chmod -R 700 nosuch d
chmod/quote | chmod 600 'no such'
chmod/option-after | chmod 755 f -v
chmod/dash-dash | chmod -- 600 f
chmod/double | chmod -x -w x
chmod/not-dir | chmod 600 f/x
chmod/R-v-two | chmod -Rc g+w e ro
`

const ownerCases = `
chown/user | chown daemon f
chown/user-group | chown daemon:bin f
chown/user-colon | chown daemon: f
chown/colon-group | chown :bin f
chown/colon | chown : f
chown/dot | chown daemon.bin f
chown/dot-end | chown daemon. f
chown/numbers | chown 5:6 f
chown/plus-numbers | chown +5:+6 f
chown/number-colon | chown 5: f
chown/bad-user | chown nosuchuser f
chown/bad-group | chown daemon:nosuchgroup f
chown/bad-dot | chown nosuchuser.bin f
chown/bad-big | chown 99999999999 f
chown/R | chown -R daemon:daemon d
chown/R-root | chown -R root:root d sg
chown/R-link | chown -R daemon ld
chown/R-link-slash | chown -R daemon ld/
chown/R-H | chown -R -H daemon ld
chown/R-L | chown -RL daemon d
chown/link | chown daemon l
chown/link-h | chown -h daemon l
chown/dangling | chown daemon dang
chown/dangling-h | chown -h daemon dang
chown/missing | chown daemon nosuch f
chown/missing-f | chown -f daemon nosuch
chown/v | chown -v daemon:bin f g nosuch
chown/v-group | chown -v :bin f
chown/c | chown -c daemon f g
chown/Rv | chown -Rv daemon d
chown/from | chown --from=daemon bin f g
chown/from-group | chown --from=:daemon bin:bin f g
chown/reference | chown --reference=g f
chown/reference-v | chown -v --reference=sg/in f
chown/suid | chown daemon suid
chown/no-operand | chown
chown/one-operand | chown daemon
chown/empty | chown '' f
chown/deref-R | chown -R --dereference daemon d
chown/v-nothing | chown -v : f
chown/v-unknown-names | chown -v 4321:5432 f sg/in
chgrp/name | chgrp bin f
chgrp/number | chgrp 77 f
chgrp/bad | chgrp nosuchgroup f
chgrp/R | chgrp -R adm d
chgrp/v | chgrp -v adm f g
chgrp/h | chgrp -h adm l
chgrp/missing | chgrp adm nosuch
chgrp/empty | chgrp '' f
chgrp/no-operand | chgrp
chgrp/one-operand | chgrp adm
chgrp/reference | chgrp --reference=g f
`

const linkCases = `
ln/hard | ln f q
ln/hard-missing | ln nosuch q
ln/hard-dir | ln d q
ln/hard-exists | ln f g
ln/hard-f | ln -f f g
ln/hard-f-same | ln -f h1 h2
ln/hard-f-self | ln -f f f
ln/hard-f-link-self | ln -f h1 ./h1
ln/hard-missing-dir | ln f nosuch/q
ln/hard-symlink | ln l q
ln/hard-symlink-L | ln -L l q
ln/hard-dangling | ln dang q
ln/s | ln -s f q
ln/s-missing-target | ln -s nosuch/x q
ln/s-exists | ln -s f g
ln/s-missing-dir | ln -s f nosuch/q
ln/s-under-file | ln -s f f/q
ln/sf | ln -sf f g
ln/sf-new | ln -sf f q
ln/sf-link | ln -sf g l
ln/sf-link-dir | ln -sf /etc ld
ln/sfn-link-dir | ln -sfn /etc ld
ln/sfT-link-dir | ln -sfT /etc ld
ln/sf-dir | ln -sf /x/f d
ln/sfn-dir | ln -sfn /x/f d
ln/sfT-dir | ln -sfT /x/f d
ln/sf-dir-in-dir | ln -sf /x/sub d
ln/s-one | ln -s /etc/hosts
ln/s-one-slash | ln -s /etc/
ln/s-one-root | ln -s /
ln/s-into | ln -s f g d
ln/s-into-missing | ln -s f g nosuch
ln/s-into-file | ln -s f g x
ln/s-t | ln -s -t d f g
ln/s-t-missing | ln -s -t nosuch f
ln/s-t-file | ln -s -t f g
ln/s-T-exists | ln -sT f d
ln/T-three | ln -T a b c
ln/T-one | ln -T a
ln/v | ln -v f q
ln/sv | ln -sv f q
ln/sfv | ln -sfv f g
ln/no-operand | ln
ln/sr | ln -sr d/a e/q
ln/sr-abs | ln -sr /etc/hosts e/hosts
ln/sr-same | ln -sr f q
ln/srf | ln -srf d/sub/c l
ln/sr-exists | ln -sr f g
ln/r-no-s | ln -r f q
ln/i-yes | ln -si f g <y
ln/i-no | ln -si f g <n
ln/empty-target | ln -s '' q
ln/empty-name | ln -s f ''
ln/quote | ln -s f 'no such/x'
ln/f-twice | mkdir m n o ; touch m/q n/q ; ln -f m/q n/q o
ln/sf-self | ln -sf f f
ln/sf-slash | ln -sf f e/
ln/s-slash-missing | ln -s f q/
ln/other | ln f OTHER
ln/other-f | touch OTHER/f ; ln -f f OTHER
ln/other-s | ln -s f OTHER
ln/sf-dangling | ln -sf f dang
`

const touchCases = `
touch/new | touch q
touch/several | touch q w e f
touch/umask | umask=077 ; touch q
touch/existing | touch f
touch/dir | touch d
touch/c | touch -c nosuch f
touch/missing-dir | touch nosuch/q
touch/under-file | touch f/q
touch/a | touch -a f
touch/m | touch -m f
touch/r | touch -r g f
touch/r-new | touch -r g q
touch/r-missing | touch -r nosuch f
touch/r-d | touch -r f -d '+1 day' q
touch/t | touch -t 202001020304.05 f
touch/t-short | touch -t 01020304 f
touch/t-yy | touch -t 9901020304 f
touch/t-bad | touch -t 2020 f
touch/t-bad-month | touch -t 202013020304 f
touch/t-zone | TZ=Europe/Berlin touch -t 202007010304 f
touch/d-epoch | touch -d @86400 f
touch/d-epoch-frac | touch -d @86400.25 f
touch/d-date | touch -d 2020-02-03 f
touch/d-date-time | touch -d '2020-02-03 04:05' f
touch/d-date-time-sec | touch -d '2020-02-03 04:05:06.5' f
touch/d-utc | TZ=America/New_York touch -d '2020-02-03 04:05:06 UTC' f
touch/d-zone | touch -d '2020-02-03 04:05:06 +0200' f
touch/d-local | TZ=America/New_York touch -d '2020-02-03 04:05:06' f
touch/d-iso | touch -d 2020-02-03T04:05:06Z f
touch/d-rule | TZ=CET-1CEST,M3.5.0,M10.5.0/3 touch -d '2020-07-03 12:00' f
touch/d-relative | touch -d '2020-02-28 +2 days' f
touch/d-ago | touch -d '2020-03-31 12:00 1 hour ago' f
touch/d-ctime | touch -d 'Mon Feb  3 04:05:06 2020' f
touch/h | touch -h -d 2020-02-03 l
touch/link | touch -d 2020-02-03 l
touch/dangling | touch dang
touch/loop | touch loop
touch/no-operand | touch
touch/f-ignored | touch -f f
touch/two-sources | touch -t 202001020304 -r g f
touch/time-word | touch --time=mtime -d 2020-02-03 f
touch/empty | touch ''
touch/quote | touch 'no such/x'
touch/readonly | touch none ro/r
`

const dataCases = `
cat/one | cat f
cat/several | cat f g empty
cat/missing | cat nosuch
cat/missing-among | cat f nosuch g
cat/directory | cat d
cat/stdin | cat <'in put\n'
cat/dash | cat f - g <'middle\n'
cat/u | cat -u f
cat/big | cat big
cat/quote | cat 'no such' 'it\qs not' 'a:b' 'x\ny'
cat/to-itself | cat f >>f
cat/to-itself-empty | cat empty >>empty
cat/into | cat f g >q
cat/full | cat f >/dev/full
cat/closed-in | cat ./f
cat/loop | cat loop dang
cat/not-dir | cat f/x

tee/one | tee q <'some\ntext\n'
tee/a | tee -a f <'more\n'
tee/several | tee q w f <'text\n'
tee/bad | tee nosuch/q d q <'text\n'
tee/none | tee <'text\n'
tee/full | tee q <'text\n' >/dev/full

truncate/s0 | truncate -s 0 f
truncate/grow | truncate -s 20 f
truncate/plus | truncate -s +3 f
truncate/minus | truncate -s -3 f
truncate/minus-all | truncate -s -100 f
truncate/less | truncate -s '<3' f empty
truncate/more | truncate -s '>10' f g
truncate/down | truncate -s /4 f
truncate/up | truncate -s %4 f
truncate/new | truncate -s 1K q
truncate/c | truncate -c -s 1K q
truncate/kb | truncate -s 2kB q
truncate/r | truncate -r f q
truncate/r-relative | truncate -r f -s +2 q
truncate/no-size | truncate f
truncate/no-file | truncate -s 1
truncate/bad | truncate -s x f
truncate/bad-suffix | truncate -s 1x f
truncate/dir | truncate -s 0 d
truncate/zero-division | truncate -s /0 f
truncate/missing-dir | truncate -s 0 nosuch/q
truncate/r-missing | truncate -r nosuch q
truncate/two-modifiers | truncate -s '<+3' f

dd/copy | dd if=f of=q
dd/stdin | dd <'some text\n'
dd/bs | dd if=big of=q bs=1k count=2
dd/bs-part | dd if=big bs=7k of=q
dd/ibs-obs | dd if=big of=q ibs=1000 obs=300
dd/skip | dd if=g of=q bs=1 skip=3
dd/skip-pipe | dd bs=1 skip=3 <'abcdefg'
dd/skip-beyond | dd if=f of=q bs=100 skip=3
dd/seek | dd if=f of=g bs=1 seek=3
dd/seek-notrunc | dd if=f of=g bs=1 seek=2 count=2 conv=notrunc
dd/notrunc | dd if=f of=g conv=notrunc
dd/sync | dd if=f of=q bs=16 conv=sync
dd/zero | dd if=/dev/zero of=q bs=512 count=3
dd/count-zero | dd if=f of=q count=0
dd/status-none | dd if=f of=q status=none
dd/status-noxfer | dd if=f of=q status=noxfer
dd/missing | dd if=nosuch of=q
dd/missing-dir | dd if=f of=nosuch/q
dd/excl | dd if=f of=g conv=excl
dd/nocreat | dd if=f of=q conv=nocreat
dd/directory | dd if=d of=q
dd/multiply | dd if=big of=q bs=2x512 count=1b
dd/mega | dd if=/dev/zero of=q bs=1M count=1
dd/full | dd if=f of=/dev/full
dd/of-dir | dd if=f of=d
dd/one-byte | dd if=/dev/zero of=q bs=1 count=1
dd/kilo | dd if=/dev/zero of=q bs=1000 count=1

sync/all | sync
sync/file | sync f
sync/missing | sync nosuch

flock/fd | flock 9 9>lk
flock/fd-n | flock -n 9 9>lk
flock/fd-shared | flock -s 9 9<f
flock/fd-unlock | flock -u 9 9>lk
flock/fd-wait | flock -w 1 9 9>lk
flock/fd-closed | flock 9
flock/bad-fd | flock lk
flock/nothing | flock
flock/command | flock lk echo hello
flock/command-n | flock -n lk echo hello world
flock/command-false | flock lk false
flock/command-c | flock lk -c 'exit 5'
flock/c-two | flock lk -c a b
flock/c-none | flock lk -c
flock/directory | flock d echo dir
flock/missing-dir | flock nosuch/lk echo x
flock/no-command | flock lk nosuchcommand
flock/held | flock lk flock -n lk echo never
flock/held-E | flock lk flock -n -E 7 lk echo never
flock/held-w | flock lk flock -w 0.1 lk echo never
flock/held-w0 | flock lk flock -w 0 lk echo never
flock/shared-twice | flock -s lk flock -s -n lk echo both
flock/close | flock -o lk echo closed
flock/bad-w | flock -w zz 9
flock/w-missing | flock -w
flock/other-file | flock lk flock -n lk2 echo fine
`

const copyCases = `
cp/new | cp f q
cp/over | cp f g
cp/into | cp f g d
cp/into-missing | cp f g nosuch
cp/into-file | cp f g x
cp/missing | cp nosuch q
cp/missing-among | cp f nosuch d
cp/no-operand | cp
cp/one-operand | cp f
cp/same | cp f f
cp/same-dot | cp f ./f
cp/same-link | cp f l
cp/same-hard | cp h1 h2
cp/dir-no-r | cp d q
cp/dir-no-r-among | cp f d e
cp/umask | umask=077 ; cp f x q ; cp x q
cp/suid | cp suid q
cp/special-bits-over | cp f suid
cp/link | cp l q
cp/link-P | cp -P l q
cp/link-d | cp -d l dang q
cp/link-d-into | cp -d l dang loop e
cp/dangling | cp dang q
cp/to-dangling | cp f dang
cp/to-loop | cp f loop
cp/to-loop-f | cp -f f loop
cp/to-link | cp g l
cp/missing-dir | cp f nosuch/q
cp/missing-slash | cp f nosuch/
cp/under-file | cp f g/x
cp/file-slash | cp f/ q
cp/r | cp -r d q
cp/r-into | cp -r d e
cp/r-again | cp -r d q ; cp -r d q
cp/r-umask | umask=077 ; cp -r d q
cp/r-fifo | cp -r p q
cp/r-link | cp -r ld q
cp/r-link-slash | cp -r ld/ q
cp/rL | cp -rL d q
cp/rH | cp -rH ld q
cp/r-into-itself | cp -r d d
cp/r-into-below | cp -r d d/sub/new
cp/r-dot | cp -r d/. e
cp/r-dotdot | cp -r d/sub/.. e
cp/r-over-file | cp -r d f
cp/file-over-dir | cp -T f d
cp/r-T | cp -rT d e
cp/r-v | cp -rv d q
cp/r-ro | cp -r ro q
cp/r-sg | cp -r sg q
cp/r-st | cp -r st q
cp/r-twice | cp -r d d e
cp/twice | cp f f d
cp/just-created | mkdir m ; cp f m/f ; cp f m/f d
cp/a | cp -a d q
cp/a-all | cp -a d f g x suid none h1 h2 l ld dang p sg ro st e
cp/a-dir | cp -a sg q
cp/a-existing | cp -a f g
cp/a-hard-into | cp -a h1 h2 e
cp/a-link-existing | cp -a l ll
cp/a-link-over-file | cp -a l f
cp/a-file-over-link | cp -a g l
cp/a-over-dir | mkdir q ; cp -a d/. q/
cp/a-umask | umask=077 ; cp -a d q
cp/a-T-existing | cp -aT d e
cp/p | cp -p g q
cp/p-several | cp -p f g x suid none e
cp/p-over | cp -p f suid
cp/p-over-other | cp -p suid f
cp/pr | cp -pr d q
cp/p-link | cp -p l q
cp/f | cp -f f g
cp/f-link | cp -f f l
cp/fv-loop | cp -fv f loop
cp/n | cp -n f g q
cp/n-two | cp -n f g
cp/nv | cp -nv f g
cp/u-newer | cp -u g f
cp/u-older | cp -u f g
cp/u-new | cp -u f q
cp/ur | cp -r d q ; cp -ur d/. q
cp/i-yes | cp -i f g <y
cp/i-no | cp -i f g <n
cp/v | cp -v f q
cp/v-into | cp -v f g d
cp/t | cp -t d f g
cp/t-missing | cp -t nosuch f
cp/t-file | cp -t g f
cp/T-extra | cp -T a b c
cp/tT | cp -T -t d f
cp/l | cp -l f q
cp/l-over | cp -l f g
cp/lf-over | cp -lf f g
cp/rl | cp -rl d q
cp/s | cp -s f q
cp/s-dir | cp -s f e/q
cp/s-over | cp -s f g
cp/sf-over | cp -sf f g
cp/ls | cp -ls f q
cp/remove-destination | cp --remove-destination f l
cp/remove-destination-v | cp -v --remove-destination f g
cp/preserve-mode | cp --preserve=mode none q
cp/preserve-list | cp --preserve=timestamps,ownership g q
cp/preserve-bare | cp --preserve g q
cp/no-preserve-mode | cp --no-preserve=mode x q
cp/a-no-preserve | cp -a --no-preserve=ownership g q
cp/p-into-setgid | cp -rp d sg
cp/a-setgid-again | cp -a sg q ; cp -a e q/sub
cp/p-suid-over-suid | cp -p x suid
cp/same-file-two-names | cp h1 h2 ./h1 d
cp/rd | cp -rd d q
cp/dev-null | cp /dev/null q
cp/dev-null-over | cp /dev/null f
cp/proc | cp /proc/sys/kernel/ostype q
cp/full | cp f /dev/full
cp/big | cp big q
cp/sparse | truncate -s 1M q ; cp q w
cp/quote | cp 'no such' q
cp/quote-v | cp -v 'sp ace' 'it\qs' 'new\nline' e
cp/x | cp -rx d q
cp/empty | cp '' q
cp/to-empty | cp f ''
cp/long | cp --recursive --preserve=all --no-dereference d q
cp/reflink | cp --reflink=auto f q
cp/r-loop | cp -r loop q
cp/other-a | cp -a d f l OTHER
cp/other-l | cp -l f OTHER
cp/other-x | cp -rx d OTHER
cp/dir-into-dir-file | touch e/d ; cp -r d e

mv/rename | mv f q
mv/over | mv f g
mv/into | mv f g d
mv/into-missing | mv f g nosuch
mv/into-file | mv f g x
mv/missing | mv nosuch q
mv/missing-into | mv nosuch d
mv/missing-among | mv nosuch f d
mv/no-operand | mv
mv/one-operand | mv f
mv/same | mv f f
mv/same-hard | mv h1 h2
mv/same-link | mv l f
mv/file-on-link | mv f l
mv/dir | mv d q
mv/dir-into | mv d e
mv/dir-into-itself | mv d d
mv/dir-into-below | mv d d/sub/new
mv/dir-over-file | mv d f
mv/dir-over-file-T | mv -T d f
mv/file-over-dir-T | mv -T f d
mv/dir-over-dir-T | mv -T d e
mv/dir-over-full-T | mv -T e d
mv/dir-on-full | mkdir e/d ; touch e/d/x ; mv d e
mv/dir-on-empty | mkdir e/d ; mv d e
mv/file-on-dir-in | mkdir e/f ; mv f e
mv/dir-on-file-in | touch e/d ; mv d e
mv/link | mv ld q
mv/link-slash | mv ld/ q
mv/dangling | mv dang q
mv/to-dangling | mv f dang
mv/missing-dir | mv f nosuch/q
mv/missing-slash | mv f nosuch/
mv/dir-missing-slash | mv d nosuch/
mv/f | mv -f f g
mv/n | mv -n f g
mv/n-new | mv -n f q
mv/n-into | mv -n f g d
mv/u-older | mv -u f g
mv/u-newer | mv -u g f
mv/i-yes | mv -i f g <y
mv/i-no | mv -i f g <n
mv/v | mv -v f q
mv/v-into | mv -v f d e
mv/t | mv -t d f g
mv/t-missing | mv -t nosuch f
mv/T-extra | mv -T a b c
mv/just-created | mkdir m n ; touch m/f n/f ; mv m/f n/f e
mv/quote | mv 'no such' q
mv/slash | mv f/ q
mv/dot | mv . q
mv/dotdot | mv .. q
mv/empty | mv '' q
mv/readonly | mv none q
mv/fifo | mv p q
mv/other-file | mv f OTHER
mv/other-name | mv -v g OTHER/q
mv/other-over | cp x OTHER/f ; mv f OTHER
mv/other-dir | mv d OTHER
mv/other-dir-v | mv -v d OTHER/q
mv/other-all | mv f g x suid none h1 h2 l ld dang p sg ro st OTHER
mv/other-dir-on-full | mkdir OTHER/d OTHER/d/x ; mv d OTHER
mv/other-dir-on-empty | mkdir OTHER/d ; mv d OTHER
mv/other-file-on-dir | mkdir OTHER/f ; mv f OTHER
mv/other-n | cp x OTHER/f ; mv -n f OTHER
mv/other-u | cp x OTHER/f ; mv -u f OTHER
mv/other-missing | mv nosuch OTHER
mv/other-missing-dir | mv f OTHER/nosuch/q
mv/other-link | mv -v ld dang OTHER
mv/other-suid-owner | chown daemon:bin suid ; chmod 6755 suid ; mv suid OTHER

install/file | install f q
install/mode | install -m 644 x q
install/mode-600 | install -m 600 /dev/null q
install/mode-symbolic | install -m u=rw,go=r x q
install/mode-bad | install -m zz f q
install/owner | install -o daemon -g bin -m 640 f q
install/owner-number | install -o 5 -g 6 f q
install/bad-owner | install -o nosuchuser f q
install/bad-group | install -g nosuchgroup f q
install/over | install -m 600 f g
install/over-link | install f l
install/over-dangling | install f dang
install/into | install f g d
install/into-missing | install f g nosuch
install/missing | install nosuch q
install/missing-dir | install f nosuch/q
install/directory-source | install d q
install/no-operand | install
install/one-operand | install f
install/p | install -p f q
install/v | install -v f q
install/v-over | install -v f g
install/D | install -D f q/w/e
install/Dv | install -Dv f q/w/e
install/Dm | umask=077 ; install -D -m 644 f q/w/e
install/Dt | install -D -t q/w f g
install/t | install -t d f g
install/t-missing | install -t nosuch f
install/T | install -T f d
install/same | install f f
install/umask | umask=077 ; install f q
install/suid | install -m 4755 f q
install/d | install -d q
install/d-several | install -d q w/e
install/d-mode | install -d -m 750 q/w
install/d-owner | install -d -o daemon -g bin q/w
install/d-owner-mode | install -d -m 2750 -o daemon -g bin q
install/d-exists | install -d d/sub
install/d-exists-mode | install -d -m 700 d
install/d-exists-owner | install -d -o daemon d
install/d-exists-setgid | install -d sg
install/d-exists-setgid-755 | install -d -m 755 sg
install/d-link | install -d -m 700 ld
install/d-dangling | install -d dang
install/d-file | install -d f
install/d-under-file | install -d f/x
install/d-v | install -dv q/w
install/d-umask | umask=077 ; install -d q/w
install/d-no-operand | install -d
install/d-sticky | install -d -m 1777 q
install/d-empty | install -d ''
install/d-slash | install -d q/ w//e/
install/d-t | install -d -t q w
install/d-loop | install -d loop
install/d-quote | install -d 'it\qs/x'
install/D-quote | install -D f 'it\qs/x/y'
install/fifo | install -m 600 /dev/null p
install/twice | install f f d
install/c | install -c -m 755 f q
install/long | install --mode=600 --owner=daemon --group=bin f q
`

const listCases = `
ls/plain | ls
ls/1 | ls -1
ls/a | ls -a
ls/A | ls -A d
ls/d | ls -d
ls/d-several | ls -d d f e l
ls/dir | ls d
ls/dirs | ls d e sg
ls/mixed | ls f d x e
ls/missing | ls nosuch
ls/missing-among | ls f nosuch d
ls/link-dir | ls ld
ls/link-dangling | ls dang loop l
ls/l | ls -l
ls/la | ls -la d
ls/ld | ls -ld d
ls/l-file | ls -l f g x suid none
ls/l-link | ls -l ld l dang
ls/l-missing | ls -l nosuch f
ls/l-device | ls -l /dev/null /dev/zero
ls/l-devices-and-files | mknod q c 1 3 ; mknod w b 254 12345 ; ls -l q w f big
ls/l-empty | ls -l e
ls/n | ls -n d
ls/ln-unknown | ls -l sg
ls/g | ls -g d
ls/o | ls -o d
ls/G | ls -lG d
ls/t | touch q ; ls -t
ls/tr | ls -tr d
ls/r | ls -r d
ls/S | ls -S
ls/Sr | ls -lSr d
ls/U | ls -U d
ls/f | ls -f e
ls/s | ls -s d
ls/ls | ls -ls d
ls/h | ls -lh big f
ls/sh | ls -sh big f
ls/F | ls -F
ls/lF | ls -lF
ls/p | ls -p
ls/R | ls -R d
ls/lR | ls -lR d
ls/aR | ls -aR d
ls/H-dangling | ls -H dang loop l ld
ls/L-dangling | ls -L dang loop l
ls/L | ls -lL l ld
ls/H | ls -lH ld l
ls/quote | ls 'no such' 'it\qs not'
ls/color-never | ls --color=never
ls/color-auto | ls --color=auto d
ls/zone | TZ=Europe/Berlin ls -l f
ls/zone-rule | TZ=EST5EDT ls -l f
ls/full-time | ls --full-time f
ls/long-iso | ls -l --time-style=long-iso f
ls/future | touch -d 2040-01-01 q ; ls -l q
ls/now | touch q ; ls -d q
ls/c | ls -c d
ls/empty-dir | ls e
ls/no-entries | ls e d
ls/not-dir | ls f/x
ls/l-loop | ls -l loop

stat/several | stat -c '%n %a %A %F %s %h %u %g %U %G' f g x suid none d sg st l ld p empty
stat/N | stat -c %N l f 'sp ace' 'it\qs' 'new\nline'
stat/f | stat -c '%f %B %t %T' f d l /dev/null
stat/mtime | stat -c '%y|%Y' f g d
stat/precision | stat -c '%.3Y %.Y %.0Y %12.2Y' f
stat/width | stat -c '[%10n][%-10n][%5s][%-5s][%05s]' f
stat/alternate | stat -c '%#a %#f' f
stat/L | stat -L -c '%n %F' l ld
stat/L-dangling | stat -L -c '%n %F' dang
stat/missing | stat -c %n nosuch f
stat/no-operand | stat -c %n
stat/printf | stat --printf '%n\\t%s\\n\\101\\x41' f
stat/percent | stat -c '100%% %' f
stat/unknown | stat -c '%Q' f
stat/devices | stat -c '%Hd %Ld %Hr %Lr %r %R' /dev/null
stat/zone | TZ=Asia/Tokyo stat -c %y f
stat/quote | stat -c %n 'no such'
stat/literal-backslash | stat -c 'a\\nb' f
stat/empty | stat -c %n ''
stat/U-unknown | stat -c '%U %G %u %g' sg/in

find/plain | find
find/dot | find .
find/dirs | find d e
find/slash | find d/
find/missing | find nosuch d/sub
find/file | find f
find/link | find ld
find/link-slash | find ld/
find/L | find -L d
find/H | find -H ld
find/follow | find ld -follow
find/name | find . -name a
find/name-pattern | find . -name '*[ab]'
find/name-dot | find d -name '.*'
find/name-star | find d -name '*'
find/iname | find . -iname 'A'
find/path | find . -path './d/*'
find/path-not | find d ! -path '*/sub*'
find/type-f | find . -type f
find/type-d | find . -type d
find/type-l | find . -type l
find/type-p | find . -type p
find/type-list | find . -type f,l -name 'l*'
find/maxdepth | find . -maxdepth 1
find/mindepth | find . -mindepth 2
find/maxdepth0 | find . -maxdepth 0
find/mindepth-type | find d -mindepth 1 -maxdepth 1 -type d
find/depth | find d -depth
find/prune | find . -name sub -prune -o -type f -print
find/prune-default | find d -name sub -prune -o -name c
find/or | find d -name a -o -name c
find/or-print | find d -name a -o -name c -print
find/and | find d -type f -a -name a
find/not | find d ! -type f
find/parentheses | find d ( -name a -o -name c ) -type f
find/not-parentheses | find d -not ( -name a -o -name c )
find/comma | find d -name a , -name b -print
find/print0 | find d -print0
find/empty | find . -empty
find/size | find . -size +1
find/size-c | find . -size -7c
find/size-exact | find . -size 6c
find/size-k | find . -size +100k
find/size-0 | find . -size 0
find/user | find . -user daemon
find/user-number | find . -user 2
find/user-bad | find . -user nosuchuser
find/group | find . -group bin
find/group-bad | find . -group nosuchgroup
find/group-3 | find . -group 3
find/nouser | find . -nouser
find/nogroup | find . -nogroup
find/uid | find . -uid +0
find/perm | find . -perm 644
find/perm-minus | find . -perm -4000
find/perm-slash | find . -perm /022
find/perm-symbolic | find . -perm -u+x -type f
find/perm-slash-symbolic | find . -perm /g+w
find/perm-bad | find . -perm zz
find/links | find . -links +1 -type f
find/newer | find . -newer f
find/newer-missing | find . -newer nosuch
find/mtime-plus | find . -mtime +7
find/mtime-minus | touch q ; find . -mtime -1 -type f
find/mtime-zero | touch q ; find . -mtime 0 -type f
find/mmin | touch q ; find . -mmin -5 -type f
find/mmin-plus | touch q ; find . -mmin +5 -type f
find/mmin-one | touch q ; find . -mmin 1 -type f
find/delete | find d -type f -delete
find/delete-all | find d -delete
find/delete-dot | find . -mindepth 1 -delete
find/delete-nonempty | find d -type d -delete
find/delete-name | find . -name 'h*' -delete -print
find/exec | find d -type f -exec echo {} ';'
find/exec-inside | find d -name a -exec echo x{}y z{} ';'
find/exec-false | find d -name a -exec false ';' -print
find/exec-true | find d -name a -exec true ';' -print
find/exec-plus | find d -type f -exec echo {} +
find/exec-plus-false | find d -type f -exec false {} +
find/exec-rm | find d -type f -exec rm -f {} ';'
find/exec-chmod | find d -type d -exec chmod 700 {} +
find/exec-no-end | find d -exec echo {}
find/exec-plus-none | find e -type f -exec echo none {} +
find/quit | find d -name a -print -quit
find/xdev | find d -xdev
find/missing-argument | find . -name
find/maxdepth-bad | find . -maxdepth x
find/printf | find d -printf '%p %f %h %P %m %M %u %g %U %G %y %l %n %d %%\\n'
find/printf-size | find f g big -printf '%s\\t%b %k\\n'
find/true | find e -true
find/false | find e -false
find/quote | find 'no such' 'it\qs not'
find/several-missing | find f nosuch g
find/dot-name | find . -maxdepth 1 -name '.'
find/dangling | find dang loop -type l
find/L-dangling | find -L dang -type l
find/loop | find -L d/sub
find/readable | find f none -readable
find/executable | find f x -executable
find/o-print0 | find d -type f -name a -print0 -o -type d -print0
find/path-empty | find ''
find/root-name | find / -maxdepth 0 -name /
find/triple-not | find d ! ! ! -type f
`
