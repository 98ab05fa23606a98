#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The most memory that the verifier takes for MEMORY_BALLOTS ballots of as many members: what sets need,
# and so many bytes for each. These limits put a million below 300 MB. In check a sample,
# which the sets alone fill; in check-long a hundred thousand. And what it takes for a list of sixty
# thousand members before the first set and beside it. Limits stand half way between what was measured
# (92.7, 13.3 and 15.9 MB) and what it is with the fault that they are for: sets of twice the size (140
# and 16 MB), the text of the list kept (17.8 MB).
set -euo pipefail

: "${TOP:?}" "${URNE_VERIFY:?}" "${BENCH_DIR:?}"
# shellcheck source=tests/support/instrumented.sh
source "$TOP/tests/support/instrumented.sh"
if instrumented "$URNE_VERIFY"; then
	echo "an instrumented verifier takes several times the memory: the limits are those of the product"
	exit 77
fi
num=${MEMORY_BALLOTS:-3000}
archive=GnQagTgeJqLsvY.bel
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# hold STATUS METHOD CHUNKS EACH OPTION...: bytes
hold()
{
	local status=$1 method=$2 most=$(($3 + $4 * num)) took rc=0
	shift 4
	"$TOP/tests/bench/measure.py" "$URNE_VERIFY" $archive --threads 2 --quiet "$@" 2>out >figures || rc=$?
	[ "$rc" = "$status" ] || {
		cat out >&2
		exit 1
	}
	took=$(awk '{ printf "%d\n", $3 * 1e6 }' figures)
	echo "$method, $num ballots: $took bytes"
	[ "$took" -le "$most" ] || {
		echo "FAILED: $method: more than $most bytes" >&2
		exit 1
	}
}

"$BENCH_DIR/bench_archive" Ed25519 "$num" 5 hints >$archive
hold 0 "with hints" 106000000 190 --hints hints
hold 0 exact 14250000 160

# The beginning of a larger archive, cut in the middle of a ballot: its writer is told to end.
num=60000
{ "$BENCH_DIR/bench_archive" Ed25519 $num || true; } 2>/dev/null | head -c 5000000 >$archive
hold 1 "the list" 16800000 0
