#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The most memory that the verifier takes for MEMORY_BALLOTS ballots of as many members: what chunks need,
# and so many bytes for each. These limits put a million below 300 MB. In check a sample,
# which the chunks alone fill; in check-long a hundred thousand.
set -euo pipefail

: "${TOP:?}" "${URNE_VERIFY:?}" "${BENCH_DIR:?}"
num=${MEMORY_BALLOTS:-3000}
archive=GnQagTgeJqLsvY.bel
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# hold METHOD CHUNKS EACH OPTION...: bytes
hold()
{
	local method=$1 most=$(($2 + $3 * num)) took
	shift 3
	"$TOP/tests/bench/measure.py" "$URNE_VERIFY" $archive --threads 2 --quiet "$@" 2>out >figures || {
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
hold "with hints" 106000000 190 --hints hints
hold exact 14000000 160
