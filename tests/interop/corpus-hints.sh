#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The archives of the other implementation, right and tampered with, once more with hints: the report is
# the same, check by check and sentence by sentence. For a tampered archive the hints are its own, and those
# of the archive that it was made from, said to be of its ballots.
# Environment: TOP, URNE_VERIFY, URNE_SHARED (default: ../shared beside the checkout).
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
top=${TOP:-$(cd "$here/../.." && pwd)}
verify=${URNE_VERIFY:-$top/build/bin/urne-verify}
interop=${URNE_SHARED:-$top/../shared}/interop

if [ ! -e "$interop/valid/manifest.json" ] || [ ! -e "$interop/tampered/manifest.json" ]; then
	echo "skipped: the archives are not there ($interop); set URNE_SHARED to the folder that has interop/"
	exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
count=0
served=0
factors=0

complain()
{
	echo "$1: $2"
	bad=$((bad + 1))
}

# report ARCHIVE OUT OPTIONS...: what is said but for the hints themselves, and the exit status.
report()
{
	local archive=$1 out=$2 rc=0
	shift 2
	"$verify" "$archive" --json - "$@" >"$work/raw" 2>"$work/err" || rc=$?
	jq -S 'del(.election.ballots_with_hints, .election.credentials_with_hints, .election.factors_with_hints) | .notes |= map(select(test("hints do not serve|no hints for") | not))' \
		"$work/raw" >"$out" 2>/dev/null || true
	echo "$rc" >>"$out"
	count=$((count + 1))
}

# with ARCHIVE HINTS: the report is the plain one.
with()
{
	report "$1" "$work/with" --hints "$2"
	cmp -s "$work/plain" "$work/with" || complain "$1" "another report with ${2##*/}"
	served=$((served + $(jq '.election.ballots_with_hints // 0' "$work/raw" 2>/dev/null || echo 0)))
}

# own ARCHIVE: with hints that were made of it, if there are any for it.
own()
{
	rm -f "$work/own"
	report "$1" "$work/plain"
	report "$1" "$work/with" --write-hints "$work/own"
	cmp -s "$work/plain" "$work/with" || complain "$1" "another report while hints are written"
	if [ -e "$work/own" ]; then
		with "$1" "$work/own"
	fi
}

while IFS= read -r file; do
	own "$interop/valid/$file"
	if [ -e "$work/own" ]; then
		jq -e '.election | .credentials_with_hints == .credentials and
			(.ballots_with_hints == .ballots or ($nh and .ballots_with_hints == 0))' \
			--argjson nh "$(jq '.notes | any(test("hints do not serve the ballots"))' "$work/raw")" "$work/raw" >/dev/null ||
			complain "$file" "not everything is verified with hints"
		factors=$((factors + $(jq .election.factors_with_hints "$work/raw")))
		cp "$work/own" "$work/${file%.bel}.hints"
	fi
done < <(jq -r '.[].file | select(contains("Ed25519"))' "$interop/valid/manifest.json")

while IFS=$'\t' read -r file base; do
	own "$interop/tampered/$file"
	if [ -e "$work/$base.hints" ] &&
		python3 "$top/tests/support/hints.py" relabel "$work/$base.hints" "$interop/tampered/$file" "$work/relabelled" 2>/dev/null; then
		with "$interop/tampered/$file" "$work/relabelled"
	fi
done < <(jq -r '.[] | select(.base | contains("Ed25519")) | [.file, .base] | @tsv' "$interop/tampered/manifest.json")

if [ "$bad" -ne 0 ] || [ "$served" -eq 0 ] || [ "$factors" -eq 0 ]; then
	echo "corpus with hints: $bad of $count reports are not as expected, $served ballots verified with hints, $factors factors"
	exit 1
fi
echo "corpus with hints: $count reports the same, $served ballots verified with hints, $factors factors"
