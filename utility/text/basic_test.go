//go:build linux

package text

import "testing"

func TestConfirmCut(t *testing.T) {
	confirm(t, `
cut -d: -f1 passwd
cut -d: -f1,3 passwd
cut -d: -f3- passwd
cut -d: -f-2 passwd
cut -d: -f1-3,7 passwd
cut -d: -f7,1 passwd
cut -d: -f99 passwd
cut -d= -f2 conf
cut -d= -f2- conf
cut -sd= -f2 conf
cut -f2 tabs
cut -s -f2 tabs
cut -c1-3 t
cut -c2 t
cut -c-3 nn
cut -b 1-,3 t
cut -c3-5,1 passwd
cut -c 5-20,1-2 --complement passwd
cut -d: -f1,7 --output-delimiter=' -> ' passwd
cut -c1,3,5-6 --output-delimiter=_ passwd
cut -d: --complement -f2 passwd
cut -d' ' -f2 words
cut -d ' ' -f 2 words
cut -d '' -f1 t
cut -f1,2 nosuch tabs
cut -f1 d
cut t
cut -d: t
cut -f t
cut -f0 t
cut -f2-1 t
cut -fa t
cut -f1a t
cut -f1 -c1 t
cut -f - t
cut -f 1,,2 t
cut -f1-2-3 t
cut -c0 t
cut -c a t
cut -c 99999999999999999999999 t
cut -d:: -f1 t
cut -s -c1 t
cut -d: -c1 t
cut -f '1 2' tabs
cut -f1 nn
cut -c1 empty
<passwd cut -d: -f1
<passwd cut -d: -f1 -
cut --delimiter=: --fields=1 passwd
cut -nb1 t
`)
}

func TestConfirmTr(t *testing.T) {
	confirm(t, `
<t tr a-z A-Z
<t tr '[:lower:]' '[:upper:]'
<t tr '[:upper:]' '[:lower:]'
<t tr -d '\n'
<t tr '\n' ' '
<t tr -s 'o'
<t tr -s '[:space:]'
<t tr -s a-z A-Z
<t tr -d o
<t tr -dc '[:alnum:]\n'
<t tr -cd 0-9
<t tr -c '[:alnum:]' '_'
<t tr -cs '[:alnum:]' '\n'
<t tr -ds o b
<t tr abc x
<t tr abc xy
<t tr -t abc xy
<t tr 'a-z' 'b-za'
<t tr '[a-z]' '[A-Z]'
<t tr = ' '
<t tr -d '="'
<passwd tr : '\t'
<passwd tr ':' '[x*]'
<passwd tr 'a-d' '[x*2]y'
<passwd tr -d '[:punct:]'
<nul tr '\0' '\n'
<nul tr '\000' ' '
<crlf tr -d '\r'
<high tr '\351' e
<high tr -d '\200-\377'
<t tr '\157' 0
<t tr '[=o=]' 0
<t tr a-
<t tr -d a-
<t tr -d -- -a
<t tr -s ''
tr
tr a
tr a b c
tr -d
tr -d a b
tr -ds a
tr -s
<t tr a ''
<t tr '' a
tr '[:foo:]' x
tr z-a x
tr '[:upper:]' '[:digit:]'
tr a '[:alpha:]'
tr '[a*]' x
tr a '[b*x]'
tr '[=ab=]' x
tr -c '[:alpha:]' '[:upper:]'
<t tr -c '[:alpha:]' 'xy'
<t tr 'o\' b
<t tr '[:upper:]' '[:lower:]x'
tr a-z '[:upper:]'
<t tr '\400' x
<t tr 'ab' '[b*2][c*]d[e*]'
<t tr '[:lower:]' x
<t tr '[:alpha:]' '[x*]'
<t tr 'a-cd' 'A-D'
<t tr '[:blank:]' '_'
<t tr -C a-z _
`)
}

func TestConfirmHeadTail(t *testing.T) {
	confirm(t, `
head lines10
head -n 3 lines10
head -n3 lines10
head -3 lines10
head -n -3 lines10
head -n -0 lines10
head -n 0 lines10
head -c 3 lines10
head -c -3 lines10
head -c 1K long
head -c 1k long
head -c 2b long
head -3c lines10
head -2q t nn
head -n1 t nn
head -qn1 t nn
head -vn1 t
head -n 2 nosuch t
head d
head -n x t
head -c x t
head -n 1kx t
head -n -x t
head -n 99999999999999999999999 t
head --lines=2 t
head --bytes=5 t
head --quiet -n 1 t nn
<t head -n1
<t head -v -n1
<t head -n1 - nn
head nn
head empty
head -n1 empty nn
head -z nul
tail lines10
tail -n 3 lines10
tail -3 lines10
tail -n +3 lines10
tail +3 lines10
tail -n +0 lines10
tail -n 0 lines10
tail -n -1 lines10
tail -c 3 lines10
tail -c +3 lines10
tail -3c lines10
tail +3c lines10
tail -1 nn
tail -n1 nn
tail -n1 t nn
tail -qn1 t nn
tail -vn1 t
tail nosuch t
tail d
tail -n x t
tail -c x t
tail empty
tail -n +2 empty
<lines10 tail -n 2
<lines10 tail -n +9
<lines10 tail -c 4
<lines10 tail -c +18
tail --lines=2 t
tail --lines=+2 t
`)
}

func TestConfirmWc(t *testing.T) {
	confirm(t, `
wc t
wc -l t
wc -w t
wc -c t
wc -m t
wc -L t
wc -lw t
wc -lwcmL t nn
wc t nn passwd
wc -l t nn
wc nosuch t
wc -l nosuch
wc d
wc -c d
<t wc
<t wc -l
<t wc -l -
<t wc -c
<t wc - nn
wc empty
wc -l empty
wc bin
wc high
wc tabs
wc -L tabs
wc --lines t
wc -l long
wc crlf
`)
}

func TestConfirmSort(t *testing.T) {
	confirm(t, `
sort t
sort -r t
sort -u dup
sort -n num
sort -nr num
sort -nu num
sort num
sort -f dup
sort -fu dup
sort -t: -k3n passwd
sort -t: -k3,3nr passwd
sort -t : -k 7 passwd
sort -t: -k1.2,1.3 passwd
sort -k2 words
sort -k2,2 words
sort -k 2,2 -k1,1r words
sort -b -k2 words
sort -k2b,2 words
sort -s -k1,1 words
sort -rk2 words
sort -o out t
sort -o t t
sort -c t
sort -c sorted1
sort -C t
sort -cu dup
sort -c dup
sort -c t nn
sort nn
sort t nn
sort empty
sort -m sorted1 sorted2
sort -z nul
sort -h num
sort -g num
sort -V num
sort -M words
sort -d t
sort -i t
sort nosuch t
sort d
sort -k x t
sort -k 0 t
sort -k1.0 t
sort -k 1,0 t
sort -k1,x t
sort -k1.2x t
sort -k1.x t
sort -kz t
sort -t '' t
sort -t ab t
sort -t '\0' t
sort -n -h t
sort -nM t
sort -dn t
sort -o /nosuch/x t
sort -o
<t sort
<t sort -
sort --reverse --unique dup
sort --key=2 words
sort --field-separator=: --key=3n passwd
sort --numeric-sort num
sort --output=out t
sort high
sort -k1,1 -u words
sort -t= -k2 conf
sort -n -k2 words
sort -ru dup
`)
}

func TestConfirmUniq(t *testing.T) {
	confirm(t, `
uniq dup
uniq -c dup
uniq -d dup
uniq -u dup
uniq -i dup
uniq -ci dup
uniq -du dup
uniq -f1 words
uniq -s1 dup
uniq -w1 words
uniq -f 1 -s 2 words
uniq nn
uniq empty
uniq dup out
uniq a b c
uniq nosuch
uniq -f x dup
uniq -w x dup
uniq -s x dup
uniq d
<dup uniq
<dup uniq -c -
uniq --count dup
uniq --skip-fields=1 words
`)
}

func TestConfirmSimple(t *testing.T) {
	confirm(t, `
true
true x --help
false
false x
/usr/bin/echo
/usr/bin/echo a b
/usr/bin/echo -n a
/usr/bin/echo -e 'a\tb\n\x41\0101\101\e\\'
/usr/bin/echo -e 'a\cb'
/usr/bin/echo -E 'a\tb'
/usr/bin/echo -ne 'a\n'
/usr/bin/echo -nx a
/usr/bin/echo - a
/usr/bin/echo -- a
/usr/bin/echo 'a\tb'
/usr/bin/echo -e 'a\qb\'
/usr/bin/echo -e '\08\x\xg\0'
/usr/bin/echo -e '\1234\0777'
`)
}
