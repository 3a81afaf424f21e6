//go:build linux

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
`)
}
