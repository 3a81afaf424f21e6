package condition

// both are for both dialects, one case a line, words split at blanks; ” is
// an empty word and \s a blank.
const both = `

x
''
-f
!
=
-a
-o
(
)
-n
-z
-t
\s
! x
! ''
-n x
-n ''
-z x
-z ''
-z -z
-n -n
-f f
-f d
-f nowhere
-f link
-f dangling
-f dlink
-f fifo
-f ''
-f /dev/null
-f -f
-f !
-d d
-d f
-d dlink
-d .
-d /
-d ''
-d d/
-d f/
-e f
-e nowhere
-e dangling
-e link
-e loop
-e ''
-e fifo
-e /dev/null
-e d/f
-e f/x
-s f
-s empty
-s d
-s nowhere
-r f
-r none
-r nowhere
-r wo
-w f
-w ro
-w nowhere
-w /proc/version
-x f
-x x
-x xo
-x d
-x none
-x nowhere
-r ''
-L link
-L f
-L dangling
-L dlink
-h link
-h f
-h loop
-p fifo
-p f
-S sock
-S f
-c /dev/null
-c f
-b /dev/null
-b f
-u suid
-u f
-g sgid
-g f
-k sticky
-k d
-O f
-O other
-O nowhere
-G f
-G other
-t 9
-t 0
x = x
x = y
x != x
x != y
'' = ''
'' = x
x < y
y < x
x > y
y > x
a < B
x < x
1 -eq 1
1 -eq 2
1 -ne 2
1 -ne 1
1 -lt 2
2 -lt 1
1 -le 1
2 -le 1
2 -gt 1
1 -gt 1
1 -ge 1
0 -ge 1
-1 -lt 0
-1 -eq -1
+1 -eq 1
\s1\s -eq 1
010 -eq 10
010 -eq 8
9223372036854775807 -eq 9223372036854775807
4294967296 -eq 0
old -nt new
new -nt old
old -ot new
new -ot old
old -nt old
f -ef hard
f -ef link
f -ef g
d -ef dlink
f -ef nowhere
nowhere -ef nowhere
! = !
! = x
-f = -f
-n = x
= = =
( = (
( = )
) = )
-a = -a
-a -a -a
-o -o -o
( x )
( '' )
x -a y
x -a ''
'' -a x
x -o ''
'' -o ''
'' -o x
! x = x
! x = y
! -f f
! -f nowhere
! ! x
! ! ''
! ( x )
! ( '' )
( ! x )
( ! '' )
( -f f )
( -n '' )
-f f -a -d d
-f f -a -d f
-f nowhere -o -d d
-f nowhere -o -d f
-f f -a ! -d f
! -f f -a -d d
! -f f -o -d d
! -f nowhere -a ! -f nowhere
x = x -a y = y
x = x -a y = z
x = y -o y = y
x = y -o y = z
x = y -a y = y -o z = z
z = z -o x = y -a y = z
( x = y -o z = z ) -a a = a
a = a -a ( x = y -o z = z )
( ( x ) )
( ( x = x ) -a ( y = y ) )
1 -eq 1 -a 2 -eq 2
1 -eq 1 -a -n x
-n x -a -n y -a -n z
-n x -a -n '' -a -n z
-z '' -a -z ''
x -a y -a z
x -o y -o z
'' -o '' -o x
-d / -a x = x -o y
x -a ! y
x -a ! ''
-n = -a x
! x -a y
! x -o y
-f f -a -x x
-x x -a -r f -a -w f
-e f -a ! -s empty
! ( -f f -a -f g )
! ( -f f -a -f nowhere )
-z '' -o -n ''
-n '' -o -f f -a -f g
a b
`

const dashOnly = `
! x y
x y
a b c
a b c d
a = b c
x =
x !=
= x
x -eq
x -nt
1 -eq
-f x y
-f f g
-a x
-o x
-q x
-N f
-v x
x -a
x -o
-a f
x -q y
x == x
x =~ x
1 -eq x
x -eq 1
x -eq y
'' -eq 0
1 -eq 1x
1 -eq 0x1
1 -eq 1.0
99999999999999999999 -eq 1
1 -eq -
\s -eq 0
1 -eq 1 -a x -eq 1
1 -eq 2 -a x -eq 1
1 -eq 1 -o x -eq 1
-t x
-t ''
-t 99999999999
-f f -a
-f f -o
( )
( x
( x y )
( x -a )
( x -a y
( ( x )
x )
! ( )
! ( x
) x
( x ) y
( x ) -a
! ! ! x
! ! -f f
! ! -f nowhere
! ! x = x
! ! ! ! x
! ( x = x )
! -a !
! = x y
( = x )
( ! )
( ! x ) -a y
! !
! -f
! = 
a = a = a
a -a b c
-f f -a g h
x -a -a y
x -o -o y
-a -a
-f -a -f
-f -o x
-f = -f -a x
-n -a -n
f -nt nowhere
nowhere -nt f
f -ot nowhere
nowhere -ot f
x < 
( -f f -o x ) -a y
'' -a -eq
'' -o x -a ''
] = ]
-f ]
x -a ( y )
( x -o ) -a y
-e f -a -e g -a -e x -o -e nowhere
-z
! -z
-z = -z
-h link -a -L link
! -e nowhere -a ! -e f
`

const bashOnly = `
a b c
a b c d
a = b c
x =
= x
x -eq
-f x y
-f f g
-a f
-a nowhere
-o braceexpand
-o xtrace
-q x
-N f
-N read
-v HOME
-v nowhere
-R x
x -a
x -o
x -q y
x == x
x == y
x =~ x
1 -eq x
x -eq 1
'' -eq 0
1 -eq 1x
1 -eq 0x1
99999999999999999999 -eq 1
1 -eq 2 -a x -eq 1
-t x
-t ''
f -nt nowhere
nowhere -nt f
f -ot nowhere
nowhere -ot f
nowhere -nt nowhere
( )
( x
( x y )
( x -a y
( ( x )
( x = x ) y
x )
! ( )
! ! ! x
! ! x = x
! ! -f f
! -a !
( ! )
! !
a = a = a
x y -a
x -a y z
-f -o x
-f -a -f
! x y
1 2 3 4 5
1 2 -x 4 5
( a b c )
-f f -a
-n x -a -n y -a
( -f f -o x ) -a y
a = b -o
`
