#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The verifier against the archives of the other implementation: every valid one verifies with the
# result of the manifest, every tampered one gets its verdict by the check that is responsible
# (expected-tampered.tsv). Archives with non-homomorphic questions end in 3, never in 0.
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

complain()
{
	echo "$1: $2"
	bad=$((bad + 1))
}

# run ARCHIVE sets status and leaves the report in $work/report.json.
run()
{
	rm -f "$work/report.json"
	status=0
	"$verify" "$1" --quiet --json "$work/report.json" >"$work/out" 2>"$work/err" || status=$?
	count=$((count + 1))
	if [ ! -s "$work/report.json" ]; then
		complain "$1" "no report, exit status $status: $(head -c 300 "$work/err")"
		return 1
	fi
	if [ "$(jq .exit "$work/report.json")" != "$status" ]; then
		complain "$1" "the report does not tell the exit status $status"
	fi
}

check_valid()
{
	local file=$1 wanted=0
	run "$interop/valid/$file" || return 0
	# non-homomorphic questions: a later issue
	if [ "$(jq '[.checks[] | select(.id == "shuffles" and .verdict == "NOT CHECKED")] | length' \
		"$work/report.json")" = 1 ]; then
		wanted=3
	fi
	if [ "$status" != "$wanted" ]; then
		complain "$file" "exit status $status instead of $wanted"
	elif [ "$wanted" = 0 ] && ! jq -e --arg file "$file" --slurpfile report "$work/report.json" \
		'.[] | select(.file == $file) | .result.result == $report[0].result' \
		"$interop/valid/manifest.json" >"$work/same"; then
		complain "$file" "the result is not that of the manifest"
	fi
}

check_tampered()
{
	local file=$1 wanted=$2 id=$3
	run "$interop/tampered/$file" || return 0
	if [ "$status" != "$wanted" ]; then
		complain "$file" "exit status $status instead of $wanted"
	elif [ "$id" != - ] && ! jq -e --arg id "$id" \
		'[.checks[] | select(.verdict == "FAIL") | .id] | index($id) != null' \
		"$work/report.json" >"$work/same"; then
		complain "$file" "$id is not among the checks that failed"
	fi
}

while IFS= read -r file; do
	check_valid "$file"
done < <(jq -r '.[].file' "$interop/valid/manifest.json")

cut -f1 "$here/expected-tampered.tsv" | grep -v '^#' | sort >"$work/listed"
jq -r '.[].file' "$interop/tampered/manifest.json" | sort >"$work/there"
if ! diff "$work/listed" "$work/there" >"$work/diff"; then
	complain expected-tampered.tsv "does not list exactly the files of the manifest: $(head -3 "$work/diff")"
fi
while IFS=$'\t' read -r file wanted id _; do
	case $file in '#'* | '') continue ;; esac
	check_tampered "$file" "$wanted" "$id"
done <"$here/expected-tampered.tsv"

# The report is the same for any number of threads, bytes and all.
for file in 2.5.1_Ed25519_h-revotes-10.bel 2.0_BELENIOS-2048_h-weights-10.bel; do
	for n in 1 2 7; do
		"$verify" "$interop/valid/$file" --json - --threads "$n" >"$work/report.$n"
	done
	if ! cmp -s "$work/report.1" "$work/report.2" || ! cmp -s "$work/report.1" "$work/report.7"; then
		complain "$file" "the report depends on the number of threads"
	fi
done

if [ "$bad" -ne 0 ]; then
	echo "corpus: $bad of $count archives are not as expected"
	exit 1
fi
echo "corpus: $count archives as expected"
