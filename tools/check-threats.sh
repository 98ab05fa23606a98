#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Fails when a row of docs/threat-model.md names a test that is not there: a file, a case of a unit
# test ("a7_…" stands for all that begin so), an archive of the corpus; or when it names none and does
# not say "none".
# Usage: tools/check-threats.sh [TOP]
set -euo pipefail

cd "${1:-$(dirname "$0")/..}"

# there WORD: whether what stands between backquotes exists.
there()
{
	case $1 in
	*…) grep -rqE "^${1%…}[a-z0-9_]+\(void" tests/unit ;;
	make\ *) grep -q "^${1#make }:" Makefile ;;
	*/*) [ -e "$1" ] ;;
	*) [ -e "tests/unit/$1.c" ] || grep -rqE "^$1\(void" tests/unit ;;
	esac
}

# corpus CELL prints the archives that it names, behind "corpus" and up to a semicolon.
corpus()
{
	grep -oE '\bcorpus [^;`]*' <<<"$1" | sed -E 's/^corpus //; s/\([^)]*\)//g; s/\\\*//g; s/, /\n/g' |
		sed 's/ *$//'
}

bad=0
num=0
while IFS='|' read -r id cell; do
	found=0
	while read -r word; do
		found=$((found + 1))
		there "$word" || {
			echo "docs/threat-model.md: $id names $word, which is no test" >&2
			bad=1
		}
	done < <(grep -oE "\`[^\`]+\`" <<<"$cell" | tr -d '`' || true)
	while read -r archive; do
		found=$((found + 1))
		grep -qE "^$archive(-|\.|[a-z])" tests/interop/expected-tampered.tsv || {
			echo "docs/threat-model.md: $id names $archive, which is no row of the corpus" >&2
			bad=1
		}
	done < <(corpus "$cell" || true)
	if [ "$found" -eq 0 ] && [[ ${cell,,} != *none* ]]; then
		echo "docs/threat-model.md: $id names no test, and does not say so" >&2
		bad=1
	fi
	num=$((num + found))
done < <(awk -F' *[|] *' '/^\| A[0-9]+ \|/ { print $2 "|" $(NF - 1) }' docs/threat-model.md)
if [ "$num" -eq 0 ]; then
	echo "docs/threat-model.md: no test was found in it" >&2
	exit 1
fi
[ "$bad" -eq 0 ] && echo "threats: $num tests are named, and all are there"
exit "$bad"
