package text

import "testing"

func TestConfirmSed(t *testing.T) {
	confirm(t, `
sed 'a\  x' t
sed '1a   x\ty\nz\\q' t
sed $'1a\\\n  x\\\n  y' t
sed '1a\' -e 'foo' t
sed -e '1a\' -e '  foo' t
sed -e 1a t
sed '1a\' t
sed '$!{N;bx};:x;p' t
sed ':a;N;$!ba;s/\n/ /g' t
sed '1{p}' t
sed '1{p' t
sed 'p}' t
sed 'k' t
sed '1,2,3p' t
sed 's/a' t
sed 's/a/b/k' t
sed 'b x' t
sed '/a' t
sed 'y/ab/c/' t
sed '1!!p' t
sed '1 ! p' t
sed 's/\(a\)/\2/' t
sed '//p' t
sed 's/a/b/gg' t
sed 's/a/b/pp' t
sed 's/a/b/0' t
sed 's/a/b/1 2' t
sed -n '$=' t
sed '0p' t
sed '0,/a/p' t
sed '+1p' t
sed 'p q' t
sed ': ' t
sed ':a b;p' t
sed 'r' t
sed -f nosuch t
sed -f k.sed t
sed p nosuch
sed -i p nosuch
sed -i p
sed 's/a/\x26/;s/b/[&]/' t
sed 's/b/\x5e/;s/\x5e/Q/' t
sed 's/[\n]/x/;N;s/[\n]/x/' t
sed '1i\\tfoo' t
sed '1i\' t
sed '2c\' t
sed '1,2c X' t
sed '$!N;c X' t
sed 'y/a\bc/123/' t
sed 'y/a/b' t
sed '}' t
sed '1}' t
sed '#p' t
sed '1#p' t
sed ',3p' t
sed 's|a\|b|X|' t
sed 's+a\+b+X+' t
sed 's.a\..X.' t
sed '1,p' t
sed '1~0p' t
sed '2,~2p' t
sed 'q5' t
sed 'q x' t
sed '1,2q' t
sed '1,2=' t
sed 's/x/\cA/' t
sed 'l;l 1;l 5' t
sed '2{d' -e '}' t
sed -n '/a/,/b/{p;p}' t
sed -s -n '$p' t t
sed -n '$p;$=' t nosuch
sed 'w' t
sed 's/a/b/w' t
sed 's/*/x/' t
sed 's/a\{1/x/' t
sed '/[/p' t
sed '/\(/p' t
sed '/x/s//y/' t
sed 's//y/' t
sed '1d;//p' t
sed '//I p' t
sed '1,3{/b/!d}' t
sed 'p;' t
sed 'p ; p' t
sed '{p};p' t
sed '{p}p' t
sed 'n;d' t
sed '$!d;N' t
sed 'a' t
sed '1a foo}' t
sed $'s/b/a\\\nc/' t
sed 's/b/\n/;l' t
sed 's/b/\ta/' t
sed 'F;z' t
sed 's/b/\u&x\U&y\E&/' t
sed v t
sed 'D' t
sed '2r t' t
sed 'R t' t
sed 'R nosuch' t
sed '1W /dev/stdout' t
sed '1w /dev/stdout' t
sed 's/a/b/;ta;s/b/c/;:a' t
sed -n '/a/I,+1p' t
sed "s/a/b/;s/'/x/" t
sed -z 's/\n/,/g' t
sed -n l t
sed -i.bak 2q t
sed -n '\,b,p' t
sed -n '\,b\,,p' t
sed 'y/b/\n/' t
sed --expression=p t
sed -E 's/(a|b)+/<\1>/' t
sed -e 'i\' -e 'x' t
sed '2!{s/^/x/}' t
sed -n '2{p;q}' t
sed 's/^[[:space:]]*//' t
sed = t
sed '1~2d' t
sed '2,1p' t
sed '/a/,1p' t
sed 's/a/b/ ; s/b/c/' t
sed 's/a/b/g p' t
sed '1,+1d' t
sed "1a\\" t
sed '$a\' t
sed 's/a/x/}' t
sed '{s/a/x/}' t
sed '{;p;}' t
sed 'y,a\,b,123,' t
sed 'bx;p;:x ' t
sed 'bx ;:x' t
sed ':x;bx}' t
sed 's/\n//;;p' t
sed '1ifoo' t
sed -n '1{/a/{p}}' t
sed 's.a\.b.X.' t
sed -E 's+a\+b+X+' t
sed -E 's|a\|b|X|' t
sed 's^\^b^X^' t
sed 's$b\$$X$' t
sed 's*a\**X*' t
sed -n ':a p' t
sed -n ':a}' t
sed -n ':a;p' t
sed '1b}' t
sed 't a;:a }' t
sed '{:a}' t
sed '{:a;n;ba}' t
sed '$a\' nn
sed 'a x' nn
sed p nn
sed -n 'p' nn nn
sed '$!d' nn
sed 'r t' nn
sed G nn
sed i\\x nn
sed = nn
sed 'y/a\tb/123/' t
sed 'y/a\\/12/' t
sed 'y/\//x/' t
sed $'s/a/x\\\ny/;s/x/\\&/' t
sed 's/a/\//' t
sed 's,a,\,,' t
sed 's&a&\&&' t
sed 's/a/\q/' t
sed 's/[/]/x/' t
sed 's/\./\t\x41\o101\d065/' t
sed 's/[\.]/x/;s/[\^]/y/;s/[\t]/z/;s/\cIa/b/' t
sed $'s/a\\\nb/x/' t
sed $'s/a\nb/x/' t
sed 'a\ta' nn
sed 'a\\ta' nn
sed 'a hello\' nn
sed $'a hello \\\n  world' nn
sed '1i\   foo' nn
sed 'a  \  foo' nn
sed $'1{a foo\n}' nn
sed -e 'a\' -e 'x' -e 'p' nn
sed 'c\' -e x nn
sed -e '1{' -e 'p' -e '}' nn
sed '/x/{n;d}' nn
sed 'N;N;p' t
sed '$!N;P;D' t
sed '2q;p' nn
sed -n '2{p}' nn
sed -n '/a/=' t
sed '/a|b/d;/+/s//P/' t
sed 's/b*/X/2' t
sed 's/b*/X/g' t
sed 's/x*/-/3g' t
sed 's/\(a\)\(.\)*/\2\1/' t
sed -E 's/(a)|(b)/[\2]/g' t
sed 's/./&&/3' t
sed '2,4{=;d}' t
sed '2,/a/d' t
sed '/+/,/nosuch/d' t
sed '3,2d' t
sed '2,+1!d' t
sed '0~2d' t
sed '2~2d' t
sed '2,~4d' t
sed '$!{$!d}' t
sed '$d' t nn
sed -s '$d' t nn
sed -s '1d' t nn
<nn sed -n F -
sed -n '$=' t nn
sed 'w out' t
sed -n 's/a/X/w out2' t
sed -n '/a/w /dev/stderr' nn
sed 'n;n;s/^/>/' t
sed 'x;G;1!h;$!d' t
sed '1!G;h;$!d' t
sed 's/a/\L&B\Ec/;s/.*/\U&/' t
sed 'T;s/a/x/' t
sed ':a;s/^.\{1,5\}$/ &/;ta' t
sed -n '/a/{/+/!p}' t
sed -n 'x;p;$x;$p' nn
sed '/^$/d;s/#.*//' t
sed Q3 t
sed '2Q' t
sed 'l 3' nn
sed -l 4 -n l t
sed 's/a/b/;;;p;' nn
sed -n '1p;1p;2{p;p};' nn
sed -E 's/a{1,/x/' t
sed -f - t
sed 's/a/b/ # comment' nn
sed $'p # c\np}' nn
sed 'y/abc/\n\n\n/;l' t
sed 's/\n/x/' t
sed 'N;s/\n\(.\)/<\1>/' t
sed 'N;s/^/>/Mg;s/$/</Mg' t
sed 'N;s/a.*b/X/M' t
sed 'N;s/\`+"`"+`./X/Mg' t
sed '1d;n;d' t
sed -i 's/x/q/' nn nosuch
sed -n -i p nn
sed -i.b -e '1s/^/z/w /dev/stdout' nn
sed -i'x_*' p nn
sed -i p .
sed p .
sed --in-place=.k d nn
sed 's/a/[&/' t
sed 's/a/b/w /nonexistent/x' t
sed --expr p nn
differs: sed's usage text is not printed after a missing argument | sed -e
sed -n '/a/p;/a/!p' t
sed '1 , 2 p' nn
sed '1, +1 p' nn
sed '/x/ , /y/ p' nn
sed "s/'//g" nn
sed '\n\nnp' t
sed 's/\//x/' t
sed '/a\/b/p' t
sed '/[/]/p' t
sed '/a/ !s/b/c/' t
sed 's/a/b/I;s/A/c/i' t
sed 's/A\(B\)/\1/Ig' t
sed 'p;#n' nn
sed $'#n\np' nn
sed $'#no\np' nn
sed -e '#n' -e p nn
sed '}' nn
sed '{' nn
sed '{{p}' nn
sed 'dp' nn
sed 'd p' nn
sed 'G;s/\n$//' nn
sed 's/\(.*\)\n\(.*\)/\2/' nn
sed -r 's/^(.)(.*)$/\2\1/' t
sed -u p nn
sed 's/a//p;s/b//p' t
sed -n 's/a/x/gp;s/b/y/2p' t
sed 's/\(x\)*y/[\1]/' nn
sed '/\n/d' nn
sed '1r nosuch' nn
sed 'r /dev/stdin' nn
sed 'a\' nn
sed 'i' nn
sed 'c' nn
sed '$r nn' nn
sed $'2i\\\n  indented\\\nmore' nn
sed 's/x/\x5c/;s/y/\x26/' nn
sed 's/\x2e/X/;s/\o56/Y/' t
sed 's/[[:alpha:]/x/' t
sed 's/a/\cM/;l' nn
sed 's/x/a\nb/;P;D' nn
sed 'D;p' nn
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
