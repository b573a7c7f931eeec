#!/bin/sh
# Builds the oracle for one Kubernetes minor release, 1.37 unless another is given, and prints the
# path of the binary: ./build.sh [1.37|1.36|1.35|1.34|1.33]
# The binary goes to TOPOMATCH_ORACLE_CACHE, by default a folder of the user's cache. It is
# built anew only when a file of this folder is newer.
set -eu

minor=${1:-1.37}
cd "$(dirname "$0")"
cache=${TOPOMATCH_ORACLE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/topomatch}
binary=$cache/oracle-$minor

case $minor in
1.37) ;;
1.36 | 1.35 | 1.34 | 1.33) set -- -modfile="releases/$minor.mod" -tags="k$(echo "$minor" | tr -d .)" ;;
*)
	echo "build.sh: no release $minor here" >&2
	exit 2
	;;
esac
[ "$minor" != 1.37 ] || set --

if [ ! -x "$binary" ] || [ -n "$(find . -type f ! -name "*.md" -newer "$binary" -print -quit)" ]; then
	mkdir -p "$cache"
	nice -n 10 go build -buildvcs=false "$@" -o "$binary.$$" . >&2
	touch "$binary.$$"
	mv "$binary.$$" "$binary"
fi
echo "$binary"
