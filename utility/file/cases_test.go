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
mktemp/middle | mktemp a.XX.rnd.XXXX
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
