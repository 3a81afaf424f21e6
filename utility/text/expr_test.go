//go:build linux

package text

import "testing"

func TestConfirmExpr(t *testing.T) {
	confirm(t, `
expr
expr 1 + 2
expr 5 - 3 - 1
expr 2 '*' 3 + 4
expr 2 + 3 '*' 4
expr '(' 2 + 3 ')' '*' 4
expr 7 / 2
expr -7 / 2
expr -7 % 3
expr 1 +
expr 1 + a
expr 1 / 0
expr 1 % 0
expr abc : 'a\(.\)c'
expr abc : b
expr abc : a
expr abc : 'a*\(b\)\(c\)'
expr abc : '.*'
expr abc : '^a'
expr abc : 'c$'
expr abc : '.*c$'
expr aab : 'a\{2\}'
expr abab : '\(ab\)\1'
expr abac : '\(ab\)\1'
expr abc : '\(x\)*'
expr /usr/bin/foo : '.*/\(.*\)'
expr foo.conf : '\(.*\)\.conf'
expr foo : '\(.*\)\.conf'
expr ''
expr 0
expr 00
expr -0
expr -
expr 1 '|' 0
expr 0 '|' ''
expr '' '|' ''
expr '' '|' x
expr 0 '|' 1 / 0
expr 1 '|' 1 / 0
expr 0 '&' 1 / 0
expr 1 '&' 0
expr 1 '&' 2
expr '' '&' 1
expr length abc
expr length ''
expr substr abc 2 1
expr substr abc 2 99
expr substr abc 0 2
expr substr abc -1 2
expr substr abc a 2
expr substr abc 2 99999999999999999999
expr index abc cb
expr index abc x
expr index '' a
expr match abc a
expr match abc '\(b\)'
expr + length
expr + '(' : .
expr '(' 1 + 2
expr '(' 1 ')' ')'
expr '(' 1 2 ')'
expr '('
expr '(' ')'
expr ')'
expr 1 + ')'
expr 1 2
expr length
expr substr abc
expr abc :
expr 99999999999999999999 + 1
expr 9223372036854775807 '*' 9223372036854775807
expr -9223372036854775808 / -1
expr a '<' b
expr 10 '<' 9
expr 10 '>' 9
expr a10 '<' a9
expr a = a
expr 1 == 1
expr 01 = 1
expr a '!=' b
expr 1 '<=' 1
expr 1 '>=' 2
expr 1 = 1 = 1
expr -1 + 2
expr -- 1 + 1
expr -- -1 + 1
expr ' 1' + 1
expr 1.5 + 1
expr a : '['
expr a : '\('
expr a : '[z-a]'
expr '*a' : '*a'
expr a : 'a**'
expr a : '\{'
expr -n : -n
expr x-n : 'x-\(.*\)'
expr --foo
expr --help x
expr 1 + 2 + 3 - 4 '*' 5 / 6 % 7
expr 5 '>' 3 '&' 2 '<' 4
expr caf : 'c\(a.*\)'
`)
}

func TestConfirmSeq(t *testing.T) {
	confirm(t, `
seq 5
seq 2 5
seq 1 2 9
seq 5 -1 1
seq 5 1
seq 0
seq -3
seq -2 2
seq 1 -1 -3
seq -w 8 11
seq -w 1 100
seq -w -5 5
seq -w 0.5 0.25 1.5
seq -w 1 0.5 10
seq -s, 5
seq -s ' ' 1 3
seq -s '' 3
seq 0.1 0.1 1
seq 1 0.5 3
seq 1.0 3
seq 1 .5 2
seq .5 2
seq -f '%03g' 3
seq -f 'x%gy%%' 3
seq -f '%.2f' 1 0.5 2
seq -f '%e' 2
seq -f '%d' 3
seq -f x 3
seq -f '%' 3
seq -f '%g%g' 3
seq -f '%5g|' 3
seq -f '%-5g|' 3
seq
seq a
seq 1 2 3 4
seq 1 0 3
seq 1 a 3
seq -- 3
seq -- -2 1
seq +2 4
seq 010 12
seq 1 100
seq 9 13
seq --separator=: 3
seq --equal-width 9 10
seq -w -f %g 3
seq 1 0.1 2
seq 3 -0.5 1
`)
}
