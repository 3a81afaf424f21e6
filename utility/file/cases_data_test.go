//go:build linux

package file

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
