#!/bin/sh
# Builds a judge and prints the path of the binary: ./build.sh controller|provisioner
# The binary goes to TOPOMATCH_ORACLE_CACHE, by default a folder of the user's cache. It is built anew only when a file of
# the judge's folder is newer.
set -eu

cd "$(dirname "$0")/$1"
cache=${TOPOMATCH_ORACLE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/topomatch}
binary=$cache/$1-judge

if [ ! -x "$binary" ] || [ -n "$(find . -type f ! -name "*.md" -newer "$binary" -print -quit)" ]; then
	mkdir -p "$cache"
	nice -n 10 go build -buildvcs=false -o "$binary.$$" . >&2
	touch "$binary.$$"
	mv "$binary.$$" "$binary"
fi
echo "$binary"
