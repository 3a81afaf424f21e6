#!/bin/sh
# Times update-rc.d against the original, with Debian's insserv and without,
# on an /etc of its own: scripts/bench-update-rc.d BINARY (as root)
set -e
if [ -z "$2" ]; then
	exec unshare --mount --propagation private sh "$0" "$(readlink -f "$1")" inside
fi
dir=$(mktemp -d)
trap 'umount /etc; rm -rf "$dir"' EXIT
mkdir -p "$dir/etc/init.d"
cp "$1" "$dir/update-rc.d"
cp -a /etc/alternatives /etc/ld.so.cache /etc/passwd /etc/group "$dir/etc" # what programs need
i=0
while [ $i -lt 100 ]; do
	need=
	[ $((i % 10)) -eq 0 ] || need=s$((i - 1))
	cat >"$dir/etc/init.d/s$i" <<E2
#!/bin/sh
### BEGIN INIT INFO
# Provides:          s$i
# Required-Start:    \$remote_fs $need
# Required-Stop:     \$remote_fs $need
# Default-Start:     2 3 4 5
# Default-Stop:      0 1 6
# Short-Description: number $i
### END INIT INFO
exit 0
E2
	i=$((i + 1))
done
chmod 755 "$dir"/etc/init.d/*
printf '#!/bin/sh\nrm -f /etc/rc?.d/*s99\n' >"$dir/again"
chmod 755 "$dir/again"
mount --bind "$dir/etc" /etc

pair() {
	hyperfine -N --warmup 5 --min-runs 50 --prepare "$dir/again" --export-json "$dir/out.json" \
		"$dir/update-rc.d s99 defaults" "/usr/sbin/update-rc.d s99 defaults" >/dev/null 2>&1
	set -- "$1" "$2" $(sed -n 's/^ *"median": \([0-9.e-]*\),*$/\1/p' "$dir/out.json")
	awk -v n="$1" -v l="$2" -v a="$3" -v b="$4" 'BEGIN {
		r = a / b
		printf "%-46s %8.2f ms %8.2f ms  %5.2fx  (wanted %sx)%s\n", n, a*1000, b*1000, r, l, (r > l ? "  MISSED" : "")
	}'
}

if [ -x /sbin/insserv ]; then
	echo '$remote_fs +mountall' >/etc/insserv.conf
	i=0
	while [ $i -lt 100 ]; do
		insserv -f s$i
		i=$((i + 1))
	done >/dev/null 2>&1
	pair "update-rc.d NAME defaults, 100 scripts" 0.25
	rm /etc/insserv.conf
else
	echo "update-rc.d with insserv: not run: insserv is not installed"
fi
# Here the original only makes links, and its time is that of starting Perl.
pair "update-rc.d NAME defaults, no insserv" 0.5
