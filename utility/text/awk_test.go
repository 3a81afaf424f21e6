//go:build linux

package text

import "testing"

func TestConfirmAwk(t *testing.T) {
	confirm(t, `
awk '{print FILENAME, FNR, NR}' words nn
awk '{print}' nosuch words
awk '{print}' words nosuch
differs: a division by zero is an error, where mawk prints inf | awk 'BEGIN{print 1/0}'
differs: numbers are whole up to 2^63, where mawk's end at 2^31 | awk 'BEGIN{print 2^31,2^53,2^53+1,1e6,1e300,0.1+0.2,-0,1e-5,100000*100000,3.0,1e15,1e16,1e18,1e19, 2^63, -2^63}'
awk 'BEGIN{print "0x1A"+0, 1e3 "", 1==1.0, "a"<"b", "10"<"9", 10<9}'
awk 'BEGIN{printf "%d %i %5.2f %s %c %c %x %o %e %g %%\n", 3.9, -3.9, 3.14159, "s", 65, "ABC", 255, 8, 12345.678, 0.0001}'
differs: the words about a missing argument are others, and nothing of the format is printed before | awk 'BEGIN{printf "%s %s\n", "a"}'
awk 'BEGIN{printf "%5s|%-5s|%05d|%+d|%*d\n", "a","b",42,7,5,3}'
awk -Ft '{print $1}' words
differs: mawk counts a negative start of substr differently from POSIX | awk 'BEGIN{print substr("hello",2,3), substr("hello",0,2), substr("hello",-1,3), substr("hello",2), substr("hello",1.5,2), index("abc","c"), length("abc"), length()}'
awk '{print length}' words
awk 'BEGIN{print match("foobar","o+"), RSTART, RLENGTH; print match("x","y"), RSTART, RLENGTH}'
awk 'BEGIN{s="aaa"; n=gsub(/a/,"b&\\&",s); print n,s}'
awk 'BEGIN{s="abc"; gsub(//,"-",s); print s; t="abc"; gsub(/x*/,"-",t); print t}'
awk 'BEGIN{print toupper("abc") tolower("ABC")}'
awk 'BEGIN{n=split("a:b:c",x,":"); print n,x[1],x[3]; n=split("",x); print n, length(x)}'
awk '/b/' words
awk 'NR==1,NR==2{print NR}' words
awk 'END{print NR}' words
awk '{$2="X"; print; print NF}' words
awk '{NF=2; print}' words
awk '{print $NF, $(NF-1)}' words
awk 'BEGIN{print x+0, x "", length(x)}'
awk 'BEGIN { exit 3 } END { print "end" }'
awk '{exit 4} END{print "e"}' words
awk 'BEGIN{print 1,2 > "/dev/stderr"}'
awk 'BEGIN{printf "x" | "cat 1>&2"}'
awk 'BEGIN{print system("exit 3")}'
awk 'BEGIN{system("echo hi"); print "there"}'
awk -f nosuch t
awk -v x=1 'BEGIN{print x}'
awk -v 'x=a\tb' 'BEGIN{print x}'
awk '{print x, $1}' x=5 t
awk -F: '{print $2}' passwd
awk -F '[:y]' '{print $2, NF}' passwd
awk -F '|' '{print $1}' words
awk -F. '{print NF}' words
awk 'BEGIN{FS=","} {print $1}' words
awk 'BEGIN{RS=""}{print NR": "$0}' words
awk 'BEGIN{OFS="-";ORS="!"}{$1=$1;print}' words
awk 'BEGIN{print ENVIRON["HOME"], ARGC, ARGV[1]}' q
awk 'function f(a,b){return a+b} BEGIN{print f(1,2)}'
awk 'BEGIN{getline; print "first " $0} {print}' words
awk 'BEGIN{a["x"]=1; delete a["x"]; print ("x" in a), length(a)}'
awk 'BEGIN{print length(12345), 1e3, 1E+2, .5, 010, 1.}'
awk 'BEGIN{print substr("hello", 4, 100) "|" substr("hello", 10) "|"}'
awk 'BEGIN{x["a"];for(k in x)print k; if(!("b" in x))print "no"}'
awk 'BEGIN{do{i++}while(i<5);print i; for(;;){if(++j>3)break;continue};print j}'
differs: a backslash before / in a string is dropped, as gawk does | awk 'BEGIN{print "a\/b\"c\\d\101"}'
awk '/a{2}/' words
differs: intervals in expressions are POSIX's, this mawk has none | awk 'BEGIN{print match("aab", /a{2}/)}'
awk 'BEGIN { print index("foo","") }'
awk 'BEGIN { print int(-3.7), int("3abc"), sqrt(2), exp(1), log(10), sin(1), cos(1), atan2(1,2) }'
differs: the sign of a nan and int of an infinity differ | awk 'BEGIN { print log(-1), exp(1000), int("inf"), "nan"+0 }'
differs: integers have 64 bits, where mawk's have 32 | awk 'BEGIN { printf "%d %d\n", 2147483648, -2147483649; printf "%d\n", 2^53; printf "%x\n", -1; printf "%u\n", -1; printf "%c", 256; printf "%c", ""; print "" }'
awk '{ print $1 $2, $3 }' words
awk '{ print($1)($2) }' words
awk '$1 ~ /^a/ && $2 !~ "x" {print "ok"}' words
awk '!x[$1]++' words words
awk 'BEGIN{CONVFMT="%.2g"; a=3.14159; b=a ""; print b; OFMT="%.3g"; print a}'
differs: the words about a missing argument are others | awk 'BEGIN{printf("%s\n")}'
awk 'BEGIN{print toupper(substr("abc",1,1)) substr("abc",2)}'
awk '{sub(/a/,"[&]"); print}' words
awk 'BEGIN { if (!(3 in a)) print "no"; print length(a) }'
awk '{print;next;print "x"}' words
awk '{ nextfile; }' words
awk 'BEGIN{print length}'
awk 'BEGIN{regex="^a.c$"; print ("abc" ~ regex)}'
awk 'BEGIN{print substr("x",1,-1) "."}'
awk 'BEGIN{print tolower(123)}'
awk 'BEGIN{print 5 " items"; print -x; print 1 - 1; print 1 -1; print "a" > "/dev/stdout"}'
awk '{print > "/dev/stderr"}' words
awk 'BEGIN{print 1e6,1e300,0.1+0.2,-0,1e-5,3.0,1e19}'
awk '/a{2}/' words
awk 'BEGIN { printf "%d %x %c", 2147483647, 255, 256 }'
awk '{ print length($0) }' crlf crlf nn
awk 'BEGIN { RS = "\n" } { print }' crlf
awk -F: '{print $1}' passwd
awk -F: '$3 > 0 {print $1, $3}' passwd
awk -F: '$1 == "root" {print $6}' passwd
awk -F= '/^PORT/ {print $2; exit}' conf
awk '/^#/ {next} NF {print $1}' conf
awk '{ print $1 }' words
awk 'NR==2' words
awk 'NR>1 {print $NF}' words
awk '{ sum += $1 } END { print sum }' lines10
awk '{ sum += $1 } END { print sum/NR }' lines10
awk 'END { print NR }' empty
awk 'BEGIN { print 1+1 }'
awk '{ printf "%-10s|%5d\n", $1, NR }' words
awk '{ gsub(/o/, "0"); print }' words
awk -v n=2 'NR==n' words
awk -v 'pat=quick' '$0 ~ pat' words
awk '{print x}' x=1 nn x=2 nn
<words awk '{print $2}'
<words awk '{print $2}' -
<words awk '{print FILENAME, FNR}' nn - nn
awk -f prog.awk words
awk -f prog.awk -f prog.awk words
awk -f nosuch words
awk 'BEGIN { print "err" > "/dev/stderr"; print "out" > "/dev/stdout" }'
awk 'BEGIN { printf "%s-%s\n", "a", "b" > "/dev/stderr" }'
awk 'BEGIN { printf("%s-%s\n", "a", "b") > "/dev/stderr" }'
awk 'BEGIN { print("a", "b") > "/dev/stderr"; print "a" "b", 1+1, substr("xyz",1,2) | "cat 1>&2" }'
awk '{ print FILENAME > "/dev/stderr" }' nn
awk '{ print | "cat >&2" }' nn
awk 'BEGIN { if (system("true") == 0) print "ok"; system("echo x; exit 4") }'
awk 'BEGIN { r = system ("exit 7"); print r }'
awk 'function f(x) { return x * 2 } { print f(NR) }' nn
awk '{ $1 = ""; print }' words
awk '{ $5 = "e"; print; print NF }' words
awk 'BEGIN { while (i++ < 3) print i }'
awk 'BEGIN { for (i = 0; i < 3; i++) printf i " "; print "" }'
awk '{ a[$1]++ } END { print a["the"], a["jumps"], length(a) }' words
awk '{ if ($1 == "the") print "T"; else print "F" }' words
awk 'length($0) > 10' words
awk '$2 ~ /^[a-z]+$/' words
awk '/quick/,/lazy/' words
awk 'BEGIN { FS = ":" } { print $NF }' passwd
awk 'BEGIN { OFS = ":" } { $1 = $1; print }' words
awk '{ print NF }' tabs
awk -F'\t' '{ print $2 }' tabs
awk -F '\\|' '{ print $1 }' ab
awk -F '' '{ print $1 }' ab
awk '{ print length }' nn
awk '{ print toupper($1) }' words
awk 'BEGIN { print substr("hello", 2, 3) }'
awk 'BEGIN { print index("hello", "l"), match("hello", "l+"), RSTART, RLENGTH }'
awk 'BEGIN { n = split("a b c", x); print n, x[1], x[n] }'
awk 'BEGIN { n = split("a:b", x, /:/); print n, x[2] }'
awk 'BEGIN { print 10 % 3, 2 ^ 10, -7 / 2, int(7 / 2) }'
awk 'BEGIN { printf "%d %05.1f %s %c %x\n", 42, 3.14159, "str", "A", 255 }'
awk 'BEGIN { print 1 == 1, "a" == "b", 2 < 10, "2" < "10" }'
awk 'BEGIN { print !0, !1, !"", !"a" }'
awk 'BEGIN { x = "A"; x = x "B"; print x; print x = 5 }'
awk 'BEGIN { exit } END { print "end" }'
awk 'BEGIN { exit 1 }'
awk '{ exit NR + 1 }' words
awk '{ getline; print }' lines10
awk '{ getline x; print x }' lines10
awk 'NR % 2' lines10
awk 'NR % 2 { next } { print }' lines10
awk 'BEGIN { while ((getline line) > 0) n++; print n }' lines10
awk 'BEGIN { print length(ENVIRON["HOME"]) }'
awk 'BEGIN { print ARGV[0], ARGV[1], ARGC }' x
awk '{ sub(/^ +/, ""); print }' conf
awk '{ sub("#.*", ""); print }' conf
awk '!/^#/ && NF' conf
awk -F= '$1 ~ /PORT/ { v = $2 } END { print v }' conf
awk 'BEGIN { printf "no newline" }'
awk '{ printf "%s ", $1 } END { print "" }' words
awk 'BEGIN { s = sprintf("%03d", 7); print s }'
awk 'BEGIN { "x" in a; print length(a) }'
awk 'BEGIN { print 1e3, 0.1 + 0.2, 1/3, 100000, 1234567, 12345678.9 }'
awk '{ print $0 + 0 }' num
awk '{ print ($1 > m) ? $1 : m }' m=3 num
awk 'BEGIN { CONVFMT = "%d"; a[12] = 1; print (12 in a) }'
awk 'BEGIN { print substr("hello", 0), substr("hello", -1), substr("hello", 6) "|" }'
awk '{ print }' nosuch
awk '{ print } END { print "never" }' words nosuch
awk '{ print }' crlf
differs: carriage returns, vertical tabs and form feeds separate fields, where mawk takes only blanks and newlines | awk '{ print NF; print $2 }' crlf
awk -- '{ print $1 }' nn
awk -v x=1 -v y=2 'BEGIN { print x + y }'
awk -vx=1 'BEGIN { print x }'
awk -F : -v OFS=- '{ print $1, $7 }' passwd
awk 'BEGIN { printf "%s" , "a\tb\n" }'
awk 'BEGIN { print "a\\b" }'
awk 'BEGIN { if ("abc" ~ "^a" && "abc" !~ /z/) print "match" }'
awk '/a\/b/' conf
awk '$1 / 2 > 3 { print $1 / 2 }' lines10
awk 'BEGIN { x = 6; x /= 2; print x; print 8 / 2 / 2 }'
awk 'BEGIN { print length() }'
awk '{ nextfile }' words
awk '{ delete a; a[NR] = 1 } END { print length(a) }' nn
awk 'BEGIN{RS=";"}{print NR, $0}' words
awk 'BEGIN{RS=""}{print NR": "$1}' conf
awk 'BEGIN{FS=","; $0="a,b"; print $2}'
awk 'BEGIN{$3="c"; print; print NF}'
awk 'BEGIN { a["x"] = 1; f(a); print a["x"] } function f(b) { b["x"] = 2 }'
awk $'BEGIN { print 1,\n2 }'
awk $'\n# comment\nBEGIN { print "x" } # more\n'
`)
}
