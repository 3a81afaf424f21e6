//go:build linux

package text

import "testing"

func TestConfirmPasteTacRev(t *testing.T) {
	confirm(t, `
paste t nn
paste -s t nn
paste -d, t nn lines10
paste -d ',;' -s lines10
paste -d '\n' t nn
paste -d '\t\n\0x' t nn lines10 dup
paste -d '\' t nn
paste -d '' t nn
paste nosuch t
paste -s nosuch t
paste d
paste -sd+ lines10
paste -s -d '\n,' lines10
<lines10 paste - -
<lines10 paste - - -
<lines10 paste -d: - nn
<lines10 paste
paste empty t
paste -s empty
tac t
tac nn t
tac t nn
tac empty
tac nosuch t
tac d
<t tac
<t tac -
rev t
rev nn
rev empty
rev nosuch t
<t rev
`)
}

func TestConfirmCommFold(t *testing.T) {
	confirm(t, `
comm sorted1 sorted2
comm -12 sorted1 sorted2
comm -13 sorted1 sorted2
comm -23 sorted1 sorted2
comm -3 sorted1 sorted2
comm -123 sorted1 sorted2
comm sorted1
comm
comm sorted1 sorted2 t
comm disorder sorted1
comm sorted1 disorder
comm --nocheck-order disorder sorted1
comm --check-order disorder sorted1
comm --output-delimiter=: sorted1 sorted2
comm nosuch sorted1
comm empty sorted1
<sorted1 comm - sorted2
comm sorted1 nn
fold -w 10 words
fold -s -w 10 words
fold -w5 t
fold -b -w 7 tabs
fold -w 7 tabs
fold -10 words
fold long
fold -w x t
fold -w0 t
fold nosuch
fold nn
<words fold -w 8
fold -sw 3 words
`)
}

func TestConfirmOd(t *testing.T) {
	confirm(t, `
od t
od -c t
od -An -c t
od -An -tx1 t
od -t x1 -An nn
od -An -td4 t
od -An -tu1 -N2 t
od -Ax -tx2 t
od -j2 -c t
od -j 3 -N 4 -c t
od -tx1z t
od -tx1z nn
od -b t
od -x t
od -d t
od -s t
od -i t
od -l t
od -o t
od -a t
od -A d -t o2 t
od -v -An -tx1 long
od -An -tx1 -w4 t
od -An -w -tx1 t
od -t x1 -t c t
od -tx1c t
od -An -td1 -td2 t
od -tx8 long
od -tu4 -tx1 long
od -tdC t
od -td t
od -c bin high
od nosuch t
od empty
od -j 100000 t
<t od -c
<t od -An -N3 -tx1
od -N 0 t
od -An -N1 -i nn
od -An -N4 -tu4 t
od -tx1 -N 40 /dev/zero
od -An -tx1 -N 40 /dev/zero
od -v -tx1 -N 40 /dev/zero
od -to8 t
od -tu8 t
od -td8 t
od -c long
`)
}

func TestConfirmXargs(t *testing.T) {
	confirm(t, `
<items xargs
<items xargs -n1
<items xargs -n2 echo x
<items xargs -n 2 -t echo
<items xargs -I{} echo '<{}>' '{}{}'
<items xargs -i echo '<{}>'
<items xargs -L1 echo
<items xargs -L2 echo
<items xargs -l echo
<items xargs -d '\n' -n1 echo
<items xargs -d ' ' -n1 echo
<items xargs -d x echo
<nul xargs -0 -n1
<nul xargs -0 -I% echo '[%]'
<empty xargs echo hi
<empty xargs -r echo hi
<empty xargs --no-run-if-empty echo hi
<items xargs -t echo 'x y'
<t xargs -r false
<lines10 xargs -n1 sh -c 'exit 1'
<lines10 xargs -n1 sh -c 'exit 255'
<lines10 xargs -n3 sh -c 'exit 2' sh
<lines10 xargs nosuchcommand
<lines10 xargs /
<lines10 xargs /nosuch
<squote xargs
<dquote xargs
<squote xargs -I{} echo {}
<lines10 xargs -n x
<lines10 xargs -n 0
<lines10 xargs -P1 -n3
<lines10 xargs -E 4
<lines10 xargs -e5 echo
<lines10 xargs -I{} -n1 echo {}
<lines10 xargs -n1 -I{} echo {}
<lines10 xargs -I{} -n2 echo {}
<lines10 xargs -L1 -n1 echo
<lines10 xargs -n1 -L1 echo
<lines10 xargs -s 12 echo
<long xargs -s 20 echo
<lines10 xargs -x -n3 echo
<bin xargs echo
xargs -a lines10 echo
xargs -a nosuch echo
<t xargs -n1 cat
<lines10 xargs sh -c 'cat; echo $0 $#'
<t xargs grep -c ''
<quotes xargs -n1
<nn xargs -I{} sh -c 'echo "{}"'
<nn xargs --max-args=1 --verbose echo
<lines10 xargs -n1 nosuchcommand
differs: the seam tells an exit status of 137 and a signal's end alike | <nn xargs sh -c 'kill -9 $$'
`)
}
