#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The report is the same, byte for byte, for any number of threads: of ballots in several sets, which are
# checked while the next are gathered; with hints, of which some are wrong, and exactly; of an archive that
# breaks off while a set is checked. With URNE_THREADS_VERIFY (check-long: built with the thread sanitizer)
# that verifier is asked, which ends with another status when two threads touch the same.
set -euo pipefail

: "${TOP:?}" "${URNE_VERIFY:?}" "${BENCH_DIR:?}"
verify=${URNE_THREADS_VERIFY:-$URNE_VERIFY}
uuid=GnQagTgeJqLsvY
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# same NAME STATUS FILE OPTION...: the report, and what is printed, of every number of threads
same()
{
	local name=$1 status=$2 file=$3 threads rc
	shift 3
	for threads in 1 2 3 8; do
		rc=0
		"$verify" "$file" --json "$name.$threads" --threads $threads "$@" >"$name.out.$threads" 2>err || rc=$?
		[ "$rc" = "$status" ] || {
			cat err >&2
			echo "FAILED: $name, $threads threads: exit $rc" >&2
			exit 1
		}
		cmp "$name.1" "$name.$threads"
		cmp "$name.out.1" "$name.out.$threads"
	done
	echo "$name: the same"
}

# Three sets with hints; every hundredth ballot has a hint that is another point's.
num=2500
"$BENCH_DIR/bench_archive" Ed25519 $num 5 hints >$uuid.bel
cp hints wrong
first=$((64 + 40 + 64 * num)) # behind the head and the record of the credentials
for ((i = 0; i < num; i += 100)); do
	printf 'wrong' | dd of=wrong bs=1 seek=$((first + i * 4264 + 2000)) conv=notrunc status=none
done
same hints 0 $uuid.bel --hints hints
[ "$(jq .election.ballots_with_hints hints.2)" = $num ]
same wrong 0 $uuid.bel --hints wrong
[ "$(jq .election.ballots_with_hints wrong.2)" = $((num - num / 100)) ]

# Exactly, several sets; and one that ends inside a ballot.
mkdir few cut
"$BENCH_DIR/bench_archive" Ed25519 200 20 >few/$uuid.bel
same exact 0 few/$uuid.bel
head -c $(($(stat -c %s $uuid.bel) / 2)) $uuid.bel >cut/$uuid.bel
same cut 1 cut/$uuid.bel --hints wrong
