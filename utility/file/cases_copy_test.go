//go:build linux

package file

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
