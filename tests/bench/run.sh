#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The benchmark: single operations, the exact check of a ballot and what it is made of, ballots and other records with hints, a key ceremony;
# then whole archives (archives.sh), then a board with hundreds of voters at once, and an observer of its log, against the
# checking of their ballots alone; a ballot in a browser; by turns in one run so that ratios mean something. One JSON object per line in
# build/bench.json, a drawing of what a ballot costs in build/performance.svg, a table on stdout.
# Environment: TOP, BENCH_DIR (the programs), URNE, URNE_VERIFY, URNE_BOARD; what archives.sh takes; BENCH_REPEATS
# (default 3), BENCH_VOTERS (default 3000), BENCH_CONNECTIONS (default 500).
set -euo pipefail

top=${TOP:-$(cd "$(dirname "$0")/../.." && pwd)}
programs=${BENCH_DIR:-$top/build/gcc/tests/bench}
verify=${URNE_VERIFY:-$top/build/bin/urne-verify}
repeats=${BENCH_REPEATS:-3}
json=$top/build/bench.json
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# seconds COMMAND...: how long it took; its output only when it failed.
seconds()
{
	local start end
	start=$(date +%s.%N)
	if ! "$@" >"$work/out" 2>&1; then
		cat "$work/out" >&2
		echo "bench: failed: $*" >&2
		return 1
	fi
	end=$(date +%s.%N)
	awk -v a="$start" -v b="$end" 'BEGIN { printf "%.3f\n", b - a }'
}

# median FILE: of one number per line.
median()
{
	sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

# board: every round, proof checking alone on all processors, then a new board to which all voters
# come at once; each gets a receipt, and the board is checked whole afterwards. An observer who has seen
# the Setup then looks once. Ratios are those of the medians; of voters, while they keep coming.
board()
{
	local voters=${BENCH_VOTERS:-3000} connections=${BENCH_CONNECTIONS:-500} i a b w before
	cd "$work"
	# shellcheck source=tests/support/real-board.sh
	source "$top/tests/support/real-board.sh"
	votes "$voters"
	: >alone
	: >voted
	: >watched
	: >shares
	for ((i = 0; i < repeats; i++)); do
		"$programs/bench_board" ceiling votes.bel "$(nproc)" >>alone
		# a folder of its own for each round: ext4 looks long for inodes where thousands of
		# files were removed a moment ago
		rm -f receipts
		new_board "board$i"
		BATCH_MS=200 start_board "board$i" || die "the board does not start"
		bring_setup
		rm -rf seen seen.d
		watch >/dev/null
		before=$(cpu_seconds)
		cast "$connections" receipts >>voted
		curl -sf "http://127.0.0.1:$PORT/metrics" |
			sed -n 's/^urne_check_seconds_total //p' | awk -v all="$(cpu_seconds)" -v before="$before" \
			'{ print $1 / (all - before) }' >>shares
		watch >>watched
		stop_board TERM
		[ "$(wc -l <receipts)" = "$voters" ] || die "$(wc -l <receipts) receipts"
		check_board "board$i"
	done
	a=$(jq .ballots_per_s alone | median /dev/stdin)
	b=$(jq .steady_per_s voted | median /dev/stdin)
	w=$(median watched)
	jq -sc "sort_by(.ballots_per_s)[length / 2 | floor]" alone
	jq -sc "sort_by(.ballots_per_s)[length / 2 | floor] + {group:\"Ed25519\",repeats:$repeats,of_ceiling:($b / $a * 1000 | round / 1000),
		checking_of_cpu:($(median shares) * 1000 | round / 1000)}" voted
	jq -nc "{bench:\"watch\",group:\"Ed25519\",ballots:$voters,repeats:$repeats,median_s:$w,
		us_per_ballot:($w / $voters * 1e6 | round),checking_us:(1e6 / $a | round),
		of_ceiling:($voters / $w / $a * 1000 | round / 1000)}"
	cd "$top"
}

# cpu_seconds: processor time that the running board has taken.
cpu_seconds()
{
	awk -v hz="$(getconf CLK_TCK)" '{ print ($14 + $15) / hz }' "/proc/$BOARD_PID/stat"
}

# watch: seconds that an observer takes for what is new.
watch()
{
	seconds "$URNE" watch "http://127.0.0.1:$PORT/bb/$UUID" --state seen --log-key "board$i/log.pub" --once
}

# table: the lines of the JSON file as columns.
table()
{
	jq -r '
	def figure: if .median_ns then "\(.median_ns) ns" elif .median_us then "\(.median_us) us"
		elif .least_ns then "\(.least_ns) ns" elif .least_us then "\(.least_us) us"
		elif .us_per_ballot and .min_s then "\(.us_per_ballot) us" elif .ballots_per_s then "\(.ballots_per_s) /s"
		elif .best_us then "\(.best_us) us"
		elif .median_s then "\(.median_s) s" else "" end;
	def meaning: if .bench == "archive" then "\(.threads) threads, \(.peak_mb) MB"
		elif .bench == "two_threads" then "\(.method): two threads are \(.ratio) times as fast as one"
		elif .bench == "hints_to_exact" then "the exact check takes \(.ratio) times as long"
		elif .bench == "booth_ballot" then "best; the first \(.first_us / 1000 | round) ms: \(.options) options, 0 to \(.max), in a browser"
		elif .part then .part
		elif .gain and .exact_us then "the exact check takes \(.gain) times as long"
		elif .gain then "\(.gain) times as fast as portable"
		elif .ratio then "\(.ratio) times the exact check"
		elif .of_ceiling then "\(.of_ceiling * 1000 | round / 10) % of checking alone" +
			(if .p50_ms then "; p50 \(.p50_ms) ms, p99 \(.p99_ms) ms"
			else "; \(.us_per_ballot) us for each, \(.checking_us) us alone" end)
		else "" end;
	[(if .bench == "archive" then "archive, \(.method)" else .bench end), .group, figure,
		(if .ballots then "\(.ballots) ballots" else "" end), meaning] | @tsv' "$1" |
		awk -F '\t' '{ printf "%-30s %-15s %14s  %s  %s\n", $1, $2, $3, $4, $5 }'
}

if [ ! -x "$verify" ]; then
	echo "bench: $verify is not there" >&2
	exit 1
fi
mkdir -p "$top/build"
for program in ops ceremony exact hints record_hints; do
	"$programs/bench_$program"
done >"$json"
bash "$top/tests/bench/archives.sh" >>"$json"
board >>"$json"
if command -v node >/dev/null && command -v chromium >/dev/null && "$top/tools/deps-booth.sh"; then
	TOP=$top node "$top/tests/bench/booth.mjs" >>"$json"
else
	echo "bench: without node, Chromium and the packages of tests/booth no ballot is made in a browser" >&2
fi
"$top/tests/bench/plot.py" "$json" >"$top/build/performance.svg"
table "$json"
echo "written: $json, build/performance.svg"
