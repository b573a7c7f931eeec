#!/bin/sh
# Writes the module files of one Kubernetes release: ./tidy.sh 1.36.3
# For the newest release they are go.mod and go.sum, for an older one releases/MINOR.mod and .sum.
# Needed only to change a version; the build uses the files as they are.
set -eu

version=$1
minor=${version%.*}
cd "$(dirname "$0")"
tag=k$(echo "$minor" | tr -d .)
newest=release_137.go

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# "go mod tidy" looks at the files of every build tag, so it is given only this release's.
for file in *.go; do
	case $file in
	release_*) grep -q "^//go:build .*\b$tag\b" "$file" && ! grep -q "^//go:build .*!$tag\b" "$file" || continue ;;
	esac
	cp "$file" "$scratch"
done
[ -n "$(ls "$scratch"/release_*.go 2>/dev/null)" ] || cp "$newest" "$scratch"

cd "$scratch"
upstream=$(go mod download -json "k8s.io/kubernetes@v$version" | sed -n 's/^\t"GoMod": "\(.*\)",$/\1/p')
{
	echo "module topomatch/oracle"
	sed -n '/^go /p' "$upstream"
	echo "require k8s.io/kubernetes v$version"
	# k8s.io/kubernetes keeps these modules in its own tree; they are published as v0.MINOR.PATCH.
	sed -n "s#^\t*\(k8s.io/[a-z-]*\) => ./staging/.*#replace \1 => \1 v0.${version#1.}#p" "$upstream"
} >go.mod
go mod tidy
cd - >/dev/null
if [ -e "$scratch/$newest" ]; then
	cp "$scratch/go.mod" "$scratch/go.sum" .
else
	cp "$scratch/go.mod" "releases/$minor.mod"
	cp "$scratch/go.sum" "releases/$minor.sum"
fi
