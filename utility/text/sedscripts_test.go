//go:build linux

package text

import "testing"

func TestConfirmSedScripts(t *testing.T) {
	confirm(t, `
sed -n 's/^PORT=//p' conf
sed -e 's/#.*//' -e '/^[[:space:]]*$/d' conf
sed 's/^[ \t]*//;s/[ \t]*$//' conf
sed -n '/^DAEMON_OPTS=/s/.*"\(.*\)".*/\1/p' conf
sed 's:/bin/:/BIN/:g' passwd
sed -n 's/^\([^:]*\):.*:\([^:]*\)$/\1 \2/p' passwd
sed '/^root:/d' passwd
sed -E 's/^([a-z]+):.*/\1/' passwd
sed -n '2,$p' passwd
sed '$d' passwd
sed 1d passwd
sed -n 1p passwd
sed 's/.*/"&"/' nn
sed 's/^/  /' nn
sed 'y/abcdefghijklmnopqrstuvwxyz/ABCDEFGHIJKLMNOPQRSTUVWXYZ/' t
sed ':a;s/^\([0-9]*\)\([0-9]\{3\}\)/\1,\2/;ta' lines10
sed -n '$!{h;d};H;x;p' lines10
sed '1!G;h;$!d' nn
sed 'G;G' nn
sed x nn
sed 'h;x' nn
sed 'H;$!d;x;s/\n/,/g' lines10
sed '$!N;s/\n/ /' lines10
sed '$!N;$!D' lines10
sed -e :a -e '$q;N;4,$D;ba' lines10
sed '0~3d' lines10
sed -n '2~3p' lines10
sed '2,4!d' lines10
sed '/3/,/5/d' lines10
sed '/3/,+2d' lines10
sed '/3/,~4d' lines10
sed '3,/1/d' lines10
sed '0,/1/d' lines10
sed '1,/1/d' lines10
sed '/5/,3p' lines10
sed '5,3p' lines10
sed '2,3{s/./X/;p}' lines10
sed '/2/,/4/c changed' lines10
sed '/2/,/4/!c changed' lines10
sed $'$!{/2/,/4/c changed\n}' lines10
sed '2,4i before' lines10
sed 's/1/one/;t;s/^/no /' lines10
sed 's/1/one/;T;s/^/yes /' lines10
sed 'n;n;s/./X/' lines10
sed '2q' lines10
sed '3Q' lines10
sed '2q7' lines10
sed -n '2{p;q}' lines10
sed -s -n '1F;$=' t nn lines10
sed -n '$=' lines10
sed '=' nn
sed 'l' tabs
sed -n 'l 20' long
sed -n 'l 1' nn
sed -n 'l 0' long
sed -n l long
sed -n -l 1 l long
sed -n -l 0 l long
sed -n l high
sed 's/./X/g' high
sed 's/\xe9/e/' high
sed -n '/\xff/=' high
sed '2r nn' t
sed '2R nn' t
sed 'R nn' t
sed 'R lines10' nn
sed -n '/foo/w out' t
sed 's/foo/X/w out' t
sed -n $'w out\np' t
sed $'1w out1\n2w out2' t
sed -i 's/foo/bar/' t
sed -i.bak 's/foo/bar/' t
sed -i -e 1d t nn
sed -i '$d' t nn
sed -i '1i top' t nn
sed -i '$a end' t nn
sed -i -n '2p' lines10
sed -i '/foo/w out' t
sed -i 's/x/&/w /dev/stdout' nn
sed -i d empty
sed -i '$a x' empty
sed -i --expression='s/y/z/' nn
sed --in-place=~ 's/y/z/' nn
sed -i 's/x/y/' d
sed -n -f n.sed t
sed -f n.sed t
sed -f bad.sed t
sed -f k.sed -e '1d' t
sed -e '1d' -f k.sed t
sed --file=k.sed t
<t sed 1d
<t sed 1d -
<t sed -n '$=' - nn
<t sed -f - nn
sed p empty
sed '$a x' empty
sed 's/\(foo\|bar\)/<\1>/g' t
sed -E 's/(foo|bar)/<\1>/g' t
sed -E 's/(o+|b)/<\1>/2' t
sed -E 's/(a|ab)(c|bcd)?/[\1\2]/' ab
sed 's/\(.\)\1/<\1\1>/g' t
sed -E 's/(.)(.)\2\1/x/' ab
sed 's/o*/X/g' t
sed 's/\b/|/g' t
sed 's/\</</g' t
sed 's/\>/>/g' t
sed 's/\B/-/g' t
sed 's/\w\+/[&]/2' t
sed 's/^/X/g' t
sed 's/$/X/g' t
sed 's/x*$/Y/g' t
sed 's/o\?/X/3' t
sed 's/[^o]//g' t
sed 's/[]]/x/;s/[^]]/y/' t
sed 's/a\|b/X/g' ab
sed 's/a|b/X/' ab
sed -E 's/a\|b/X/' ab
sed 's/\(^a\)/X/' ab
sed 's/\(b$\)/X/' ab
sed 's/a^b/X/' ab
sed 's/b$$/X/' ab
sed 's/^*//' ab
sed 's/\(*\)//' ab
sed 's/\$/D/;s/\^/C/;s/\./P/' ab
sed -E 's/\$/D/;s/\^/C/;s/\./P/;s/\+/PL/;s/\|/BAR/' ab
sed 's/.*/\U&/;s/A/\l&/g' ab
sed 's/\(.*\)\(b\)/\u\1\U\2\Ex/' ab
sed 's/foo/\u&/;s/bar/\U&/;s/Baz/\L&/' t
sed 's/\w\+/\u&/g' words
sed 's/\(\w\)\(\w*\)/\U\1\L\2/g' words
sed 's/\(\w\+\) \(\w\+\)/\U\1\E \2/' words
sed 's/q/\n/' words
sed $'s/o/&\\\n/' words
sed 's/ /\t/g' words
sed 'N;s/fox\njumps/X/' words
sed 'N;P;D' words
sed '/the/!d' words
sed '/The/Id' words
sed 's/THE/a/I' words
sed 's/THE/a/gI' words
sed '/the/{/end/d}' words
sed $'/the/{\n/end/d\ns/the/THE/\n}' words
sed -e '/the/{' -e 's/e/E/' -e '}' words
sed '/the/ {s/e/E/;}' words
sed -n '/quick/,/lazy/{/quick/n;/lazy/!p}' words
sed 'a\' words
sed 'a\\' words
sed $'1a\\\none\\\ntwo' nn
sed $'1a one\\\ntwo' nn
sed '1i\    lead' nn
sed $'1i\\\n' nn
sed 'a a\tb' nn
sed 'a a\nb' nn
sed 'a\ttab' nn
sed '$a\\tx' nn
sed 'i\\' nn
sed $'1c\\\nnew' nn
sed '2c new' nn
sed '$c new' nn
sed 'c new' nn
sed $'1{c new\n}' nn
sed '$!N;c X' lines10
sed 's/x/a\&b/;s/y/\\/' nn
sed 's/x/\//' nn
sed 's,x,/,' nn
sed 's|x|a\|b|' nn
sed 's/x/&&&/' nn
sed 's/\(x\)/\0\1/' nn
sed 's/x/\x41\x26\x5c/' nn
sed 's/x/\d065\o102/' nn
sed 's/x/\cA/;l' nn
sed 's/\x78/X/' nn
sed 's/\x2a/X/;s/\x5b/Y/' nn
sed $'s/x/\\\n/g' nn
sed 's/\//x/g' passwd
sed '\,root,d' passwd
sed '\|bin/bash|!d' passwd
sed -n '\:root:p' passwd
sed -n '/root/,/daemon/p' passwd
sed '/nologin$/s/:/;/g' passwd
sed 's/:/;/2' passwd
sed 's/:/;/2g' passwd
sed 's/:/;/2gp' passwd
sed -n 's/:/;/2gp' passwd
sed -n 's/:/;/p2' passwd
sed 's/a/x/;;s/b/y/' ab
sed '{s/a/x/;{s/b/y/}}' ab
sed '{;;s/a/x/;;}' ab
sed 's/a/x/ ;s/b/y/ ' ab
sed ' s/a/x/ ; 2 d ' ab
sed '1 d;2d' ab
sed '/a/ , /b/ d' ab
sed '1,3 ! d' ab
sed 's/a/x/w' ab
sed 's/a/x/gw out' ab
sed '/x/s//Y/' nn
sed '/x/!s//Y/' nn
sed 's/x/y/;s//z/' nn
sed '/\(x\)/s//[\1]/' nn
sed '/x/s//[\1]/' nn
sed 's/a/b' ab
sed 's/a' ab
sed s ab
sed 's/' ab
sed y ab
sed 'y/a/b/g' ab
sed 'y/abc/de/' ab
sed 'y/a-b/xyz/' ab
sed 'd;p' ab
sed 'dp' ab
sed '1,' ab
sed '1' ab
sed '/a/' ab
sed '1!' ab
sed '!d' ab
sed '! d' ab
sed '1!!d' ab
sed '1,2,3d' ab
sed '0d' ab
sed '0,2d' ab
sed '0,/b/d' ab
sed '2,1!d' ab
sed '}' ab
sed '{' ab
sed '{p' ab
sed '1}' ab
sed '{1}' ab
sed '1{p}}' ab
sed ':' ab
sed '1:a' ab
sed 'b nolabel' ab
sed 't nolabel;p' ab
sed 'b;p' ab
sed 'ba;p;:a' ab
sed ':a;s/a/x/;ta' ab
sed ': a;s/a/x/;t a' ab
sed 'k' ab
sed 'u' ab
sed 'pp' ab
sed 'p;;p' ab
sed 'p p' ab
sed 'p # comment' ab
sed '#comment' ab
sed '# n' nn
sed '#n' nn
sed '1#x' nn
sed 'r' nn
sed 'w' nn
sed 'R' nn
sed 'W' nn
sed 'r nosuch' nn
sed 'w /nonexistent/x' nn
sed '1W out' nn
sed 'N;W out' lines10
sed 'a' nn
sed '1i' nn
sed 'q;p' nn
sed '1,2q' nn
sed 'q x' nn
sed 'q5' nn
sed 'Q' nn
sed '5q' nn nosuch
sed p nosuch nn
sed -n '$p' nosuch nn nosuch
sed -n '$p' nn nosuch empty
sed p d
sed 's/[/x/' nn
sed 's/\(/x/' nn
sed 's/x\)/x/' nn
sed -E 's/(/x/' nn
sed -E 's/)/x/' nn
sed 's/a**/x/' nn
sed -E 's/*a/x/' nn
sed -E 's/a|*b/x/' nn
sed -E 's/^*/x/' nn
sed -E 's/a{1/x/' nn
sed -E 's/{1}/x/' nn
sed 's/\{1\}/x/' nn
sed 's/x\{1,2/x/' nn
sed 's/x\{2,1\}/x/' nn
sed 's/x\{a\}/x/' nn
sed 's/x\{99999\}/x/' nn
sed 's/[z-a]/x/' nn
sed 's/[[:nope:]]/x/' nn
sed 's/[:alpha:]/x/' nn
sed '/[:alpha:]/d' nn
sed 's/\(x\)\2/x/' nn
sed 's/x/\1/' nn
sed 's/x/y/gg' nn
sed 's/x/y/2 3' nn
sed 's/x/y/0' nn
sed 's/x/y/pp' nn
sed 's/x/y/q' nn
sed '//d' nn
sed 's//x/' nn
sed '//I d' nn
sed '/x/IMd' nn
sed 'N;s/^y/Z/M' nn
sed 'N;s/x$/Z/M' nn
sed 'N;s/./Z/Mg' nn
sed 'N;s/[^a]/Z/Mg' nn
sed 'N;s/[^a]/Z/g' nn
sed 'N;s/x./Z/' nn
sed 'N;N;s/\n/,/2' lines10
sed 'N;l;D' lines10
sed '2,3s/^/#/' lines10
sed 's/\r$//' crlf
sed 's/$/\r/' nn
sed -z 's/ /_/' nul
sed -n -- p nn
sed -- p nn
sed -ne p nn
sed -nE '/(x)/p' nn
sed -r 's/(x)/[\1]/' nn
sed --quiet p nn
sed --regexp-extended 's/(x)/[\1]/' nn
sed -e 'i\' -e '  two' nn
sed -e 'a\' -e 'x\' -e 'y' nn
sed 's/b/;n;ta;s/$/-/;:a' nn
sed 's/x/z/;n;ta;s/$/-/;:a' nn
sed 's/x/z/;N;ta;s/$/-/;:a' nn
sed F nn
<nn sed F
sed z nn
sed 'x;$G' lines10
sed '$!{H;d};H;g' nn
sed 's/./&\n/g' nn
sed 's/\n//' nn
sed 's/a\nb/x/' nn
sed 's/[\n]//;N;s/[\n]/,/' nn
sed 's/[\t]/,/g' tabs
sed 's/\t/,/g' tabs
sed 's/[[:blank:]]/,/g' tabs
sed 's/\s/,/g' tabs
sed 's/\S\+/X/g' tabs
sed "s/\\t/','/" tabs
`)
}
