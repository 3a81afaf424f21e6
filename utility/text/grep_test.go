//go:build linux

package text

import "testing"

func TestConfirmGrep(t *testing.T) {
	confirm(t, `
grep foo t
grep -q foo t
grep -q nope t
grep -qs foo nosuch t
grep foo nosuch t
grep -s foo nosuch t
grep -q foo nosuch t
grep -q zzz nosuch t
grep -i foo t
grep -v foo t
grep -c foo t
grep -c foo t passwd
grep -cv foo t
grep -l foo t passwd d/t
grep -L foo t passwd d/t
grep -L foo t
grep -L zzz t
grep -n bar t
grep -o 'o*' t
grep -on 'o' t
grep -ob 'o' t
grep -ow 'foo' t
grep -w foo t
grep -w oo t
grep -w '' t
grep -x foo t
grep -xv foo t
grep -x '' t
grep -E 'foo|bar' t
grep -E '^(foo|key)=?' t
grep -e foo -e key t
grep -F 'a.b' ab
grep -F 'a+b' ab
grep -Fx ab ab
grep -Fw ab ab
grep -Fi FOO t
fgrep a.b ab
egrep 'a\+|b$' ab
grep -f pats t
grep -if pats t
grep -f empty t
grep -vf empty t
grep -f nosuch t
<pats grep -f - t
grep -r foo
grep -r foo d
grep -r foo d t
grep -r foo t
grep -rl foo d
grep -rh foo d
grep -rc foo d
grep -rH foo t
<t grep foo
<t grep foo -
<t grep -H foo
<t grep -c foo - nn
<t grep -n foo - nn
grep -h foo t d/t
grep -H foo t
grep -m1 foo t
grep -m 2 -n foo t
grep -m0 foo t
grep -m1 -c foo t
grep -m1 -A3 foo t
grep -mx foo t
grep -m -1 foo t
grep -A1 foo t
grep -A1 -n foo t
grep -B1 -n bar t
grep -C1 key t
grep -1 key t
grep -C 1 -H key t d/t
grep -A0 foo t
grep -B2 -A1 -n '^$' t
grep -A1 -v foo t
grep -Ax foo t
grep -C -1 foo t
grep -A1 -c foo t
grep -A1 foo t d/t passwd
grep foo d
grep foo t d
grep -c foo t d
grep foo bin
grep -c foo bin
grep -a foo bin
grep -l foo bin
grep -q foo bin
grep -v zzz bin t
grep -I foo bin t
grep -n foo bin
grep -o foo bin
<bin grep foo
grep x high
grep -c . high
grep -o '.' high
grep 'caf. x' high
grep -v x high
differs: our getopt prints the hint alone where grep adds its usage line | grep -e
grep
grep foo nn
grep y nn
grep -c '' nn
grep -c '' empty
grep '' empty
grep ^ t
grep '^$' t
grep '$' t
grep 'x*' t
grep -vc '^#' t
grep -v -e '^#' -e '^$' conf
grep -E -v '^[[:space:]]*(#|$)' conf
grep -q '^PORT=' conf
grep '^[^#]*=' conf
grep -o '[0-9]*' conf
grep -oE '[0-9]+' conf
grep '\(a\)\(b\)\1\2' ab
grep -E '(a)(b)\1\2' ab
grep -E '(ab)\1' ab
grep '\<foo\>' t
grep '\bfoo' t
grep 'foo\b' t
grep 'o\Bo' t
grep '\<' t
grep -o '\w\+' t
grep -o '\W\+' t
grep -o '\<.' t
grep -o '.\>' t
grep 'foo\|key' t
grep 'o\{2\}' t
grep 'o\{2,\}' t
grep 'o\{,1\}b' t
grep -E 'o{2}' t
grep -E 'o{,1}b' t
grep -E 'a{1' t
grep -E 'a{x}' t
grep -E 'a{2,1}' t
grep -E 'a{1,2,3}' t
grep -E '{1}a' t
grep -E '{' t
grep 'a\{1' t
grep 'a\{x\}' t
grep '\(a' t
grep 'a\)' t
grep -E '(a' t
grep -E 'a)' t
grep '[a' t
grep '[[:foo:]]' t
grep '[:space:]' t
grep '[:a]' t
grep '[::]' t
grep '[:a:b]' t
grep '[z-a]' t
grep 'a\' t
grep '\(a\)\2' t
grep '*a' t
grep '\(*a\)' t
grep -E '*a' t
grep -E '+a' t
grep -E '(*a)' t
grep -E 'a|*b' t
grep '^*a' t
grep -E '^*' t
grep 'a**' t
grep -E 'a+*' t
grep -E 'a**' t
grep 'a\{99999\}' t
grep '[[.a.]]' t
grep '[[.foo.]]' t
grep '[[=a=]]' t
grep '[a-[:digit:]]' t
grep '[]a]' t
grep '[^]a]' t
grep '[a-]' t
grep '[a\]' t
grep -E 'a||b' t
grep -E '()' t
grep -E '(|a)b' t
grep 'a^b' ab
grep 'b$c' ab
grep 'b$' ab
grep 'b\$' ab
grep 'a\^b' ab
grep -E 'a\^b\$' ab
grep -E 'a^b' ab
grep '\d' t
grep '\-x' t
grep -- -a conf
grep -e '-a' conf
grep $'foo\nbar' t
grep -F $'foo\nbar' t
grep --color=never foo t
grep --color=auto foo t
grep --colour=auto foo t
grep --line-buffered foo t
grep --quiet foo t
grep --count foo t
grep --max-count=1 foo t
grep --ignore-case FOO t
grep --regexp=foo t
grep -y FOO t
grep --no-messages foo nosuch
grep -nH foo t
grep -on foo t d/t
grep foo -- t
grep t -e foo
grep -c foo -n t
grep -lv foo t
grep -Lv . t
grep -ov foo t
grep -iw FOO t
grep -ix FOO t
grep -i '[[:upper:]]' t
grep '[[:upper:]]' t
grep -i 'FO*' t
grep -iE '(f)o\1' t
`)
}
