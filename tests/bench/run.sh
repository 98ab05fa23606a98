#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The benchmark: single operations, the exact check of a ballot and what it is made of, ballots and other records with hints, a key ceremony;
# then whole archives (archives.sh), then boards with hundreds of voters at once, without hints and with them, and an observer of their logs, against the
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
# come at once, and another to which they come with hints. Ratios are those of the medians; of voters,
# while they keep coming.
board()
{
	local voters=${BENCH_VOTERS:-3000} connections=${BENCH_CONNECTIONS:-500} i how alone w
	cd "$work"
	# shellcheck source=tests/support/real-board.sh
	source "$top/tests/support/real-board.sh"
	votes "$voters"
	for ((i = 0; i < repeats; i++)); do
		"$programs/bench_board" ceiling votes.bel "$(nproc)" >>alone
		come cast
		come cast-hinted
	done
	alone=$(jq .ballots_per_s alone | median /dev/stdin)
	jq -sc "sort_by(.ballots_per_s)[length / 2 | floor]" alone
	for how in cast cast-hinted; do
		jq -sc --argjson alone "$alone" --argjson cpu "$(median "$how.cpu")" --argjson checking "$(median "$how.checking")" '
			sort_by(.steady_per_s) | .[length / 2 | floor] + {group: "Ed25519", repeats: length,
			of_ceiling: (.[length / 2 | floor].steady_per_s / $alone * 1000 | round / 1000),
			cpu_us_per_ballot: $cpu, checking_us_per_ballot: $checking}' "$how.voted"
	done
	w=$(median watched)
	jq -nc "{bench:\"watch\",group:\"Ed25519\",ballots:$voters,repeats:$repeats,median_s:$w,
		us_per_ballot:($w / $voters * 1e6 | round),checking_us:(1e6 / $alone | round),
		of_ceiling:($voters / $w / $alone * 1000 | round / 1000)}"
	cd "$top"
}

# come HOW: all voters come to a new board, with bench_board HOW; each gets a receipt, and the board is
# checked whole afterwards. An observer who has seen the Setup then looks once.
come()
{
	# a folder of its own for each: ext4 looks long for inodes where thousands of files were removed a
	# moment ago
	local how=$1 name=$1$i before
	rm -rf receipts seen seen.d
	new_board "$name"
	BATCH_MS=200 start_board "$name" || die "the board does not start"
	bring_setup
	watch "$name" >/dev/null
	before=$(cpu_seconds)
	"$programs/bench_board" "$how" votes.bel "$PORT" "$connections" receipts >>"$how.voted"
	awk -v all="$(cpu_seconds)" -v before="$before" -v num="$voters" \
		'BEGIN { printf "%.0f\n", 1e6 * (all - before) / num }' >>"$how.cpu"
	curl -sf "http://127.0.0.1:$PORT/metrics" |
		awk -v num="$voters" '$1 == "urne_check_seconds_total" { printf "%.0f\n", 1e6 * $2 / num }' >>"$how.checking"
	watch "$name" >>watched
	stop_board TERM
	[ "$(wc -l <receipts)" = "$voters" ] || die "$(wc -l <receipts) receipts"
	check_board "$name"
}

# cpu_seconds: processor time that the running board has taken.
cpu_seconds()
{
	awk -v hz="$(getconf CLK_TCK)" '{ print ($14 + $15) / hz }' "/proc/$BOARD_PID/stat"
}

# watch BOARD: seconds that an observer takes for what is new.
watch()
{
	seconds "$URNE" watch "http://127.0.0.1:$PORT/bb/$UUID" --state seen --log-key "$1/log.pub" --once
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
		elif .bench == "two_programs" then "\(.method): two programs at once give \(.ratio) times as much as one"
		elif .bench == "hints_to_exact" then "the exact check takes \(.ratio) times as long"
		elif .bench == "hints_to_limbs" then "the exact check on limbs of 64 bits takes \(.ratio) times as long"
		elif .bench == "booth_ballot" then "best; the first \(.first_us / 1000 | round) ms: \(.options) options, 0 to \(.max), in a browser"
		elif .part then .part
		elif .gain and .exact_us then "the exact check takes \(.gain) times as long"
		elif .gain then "\(.gain) times as fast as portable"
		elif .ratio then "\(.ratio) times the exact check"
		elif .of_ceiling then "\(.of_ceiling * 1000 | round / 10) % of checking alone" +
			(if .p50_ms then "; p50 \(.p50_ms) ms, p99 \(.p99_ms) ms; \(.cpu_us_per_ballot) us of the board, \(.checking_us_per_ballot) of them checking" +
				(if .hints then "; with hints" else "" end)
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
