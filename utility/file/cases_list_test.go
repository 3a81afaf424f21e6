//go:build linux

package file

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
