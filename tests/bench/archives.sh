#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Whole archives, as people verify them: urne-verify exactly and with hints, on one thread and on two,
# from a thousand ballots to as many as BENCH_BALLOTS_MAX says; beside it belenios-tool in the group that
# it knows. By turns in one run, so that ratios mean something. One JSON object per line on standard
# output: docs/performance.md says what the fields are.
# Archives are made once and kept in BENCH_CACHE (default ~/.cache/urne-bench), 12 GB for a million ballots.
# Environment: BENCH_DIR, URNE_VERIFY; BENCH_BALLOTS_MAX (100000), BENCH_REPEATS (3; 1 from 100000 ballots
# on), BENCH_BALLOTS (100: those that belenios-tool reads).
set -euo pipefail

top=${TOP:-$(cd "$(dirname "$0")/../.." && pwd)}
programs=${BENCH_DIR:-$top/build/gcc/tests/bench}
verify=${URNE_VERIFY:-$top/build/bin/urne-verify}
max=${BENCH_BALLOTS_MAX:-100000}
ballots=${BENCH_BALLOTS:-100}
repeats=${BENCH_REPEATS:-3}
cache=${BENCH_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/urne-bench}
uuid=GnQagTgeJqLsvY
revotes=5
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# version: what the generator makes of a few ballots. A change of any format, or of the generator, gives
# another one, and with it other names in the cache.
version()
{
	"$programs/bench_archive" Ed25519 20 $revotes "$work/hints" >"$work/small.bel"
	cat "$work/small.bel" "$work/hints" | sha256sum | cut -c1-12
}

# cached NUM: makes the archive and its hints unless they are there; `dir` is where. It gets its name when
# it is whole.
cached()
{
	dir=$cache/Ed25519-$1-$version
	if [ ! -d "$dir" ]; then
		local new
		mkdir -p "$cache"
		new=$(mktemp -d "$cache/new.XXXXXX")
		echo "bench: making an archive of $1 ballots in $cache" >&2
		"$programs/bench_archive" Ed25519 "$1" $revotes "$new/hints" >"$new/$uuid.bel"
		mv -T "$new" "$dir"
	fi
}

# measured FILE COMMAND...: appends wall seconds, processor seconds and peak MB to the file; the output of
# the command is shown only when it failed.
measured()
{
	local file=$1
	shift
	if ! "$top/tests/bench/measure.py" "$@" >>"$file" 2>"$file.out"; then
		cat "$file.out" >&2
		echo "bench: failed: $*" >&2
		return 1
	fi
}

# line METHOD GROUP NUM THREADS FILE: the figures of the fastest of the runs; memory is the largest.
line()
{
	sort -n "$5" | awk -v method="$1" -v group="$2" -v num="$3" -v threads="$4" '
		NR == 1 { wall = $1; cpu = $2 }
		$3 > mb { mb = $3 }
		END {
			printf "{\"bench\":\"archive\",\"method\":\"%s\",\"group\":\"%s\",\"ballots\":%d,\"threads\":%d,", method, group, num, threads
			printf "\"repeats\":%d,\"min_s\":%.3f,\"us_per_ballot\":%.1f,", NR, wall, 1e6 * wall / num
			printf "\"cpu_us_per_ballot\":%.1f,\"peak_mb\":%.1f}\n", 1e6 * cpu / num, mb
		}'
}

# ratio NAME METHOD NUM COLUMN FASTER SLOWER: how many times as fast, both at their best; column 1 is the
# clock, 2 is processor time.
ratio()
{
	local a b
	a=$(sort -n -k "$4,$4" "$5" | awk -v column="$4" 'NR == 1 { print $column }')
	b=$(sort -n -k "$4,$4" "$6" | awk -v column="$4" 'NR == 1 { print $column }')
	awk -v name="$1" -v method="$2" -v num="$3" -v a="$a" -v b="$b" 'BEGIN {
		printf "{\"bench\":\"%s\",\"method\":\"%s\",\"group\":\"Ed25519\",\"ballots\":%d,\"ratio\":%.2f}\n", name, method, num, b / a }'
}

# side_by_side FILE COMMAND...: two of the same program at once, each on one thread: what the machine gives to
# two threads that have nothing to do with each other. Appends the figures of the slower one.
side_by_side()
{
	local file=$1 one rc=0
	shift
	measured "$work/first" "$@" &
	one=$!
	measured "$work/second" "$@" || rc=1
	wait $one || rc=1
	sort -n "$work/first" "$work/second" | tail -n 1 >>"$file"
	rm "$work/first" "$work/second"
	return $rc
}

# size NUM: every method, by turns.
size()
{
	local num=$1 times=$repeats i threads
	local runs=$work/$1
	[ "$num" -lt 100000 ] || times=1
	cached "$num"
	mkdir "$runs"
	for ((i = 0; i < times; i++)); do
		for threads in 1 2; do
			measured "$runs/hints$threads" "$verify" "$dir/$uuid.bel" --hints "$dir/hints" --threads $threads --quiet
			measured "$runs/exact$threads" "$verify" "$dir/$uuid.bel" --threads $threads --quiet
		done
		# exactly, and on limbs of 64 bits alone: what the exact check is without vectors
		[ "$num" -ge 100000 ] || measured "$runs/limbs" env GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX512F,-AVX2 \
			"$verify" "$dir/$uuid.bel" --threads 1 --quiet
		side_by_side "$runs/both" "$verify" "$dir/$uuid.bel" --hints "$dir/hints" --threads 1 --quiet
	done
	for threads in 1 2; do
		line exact Ed25519 "$num" $threads "$runs/exact$threads"
		line hints Ed25519 "$num" $threads "$runs/hints$threads"
	done
	ratio two_threads exact "$num" 1 "$runs/exact2" "$runs/exact1"
	ratio two_threads hints "$num" 1 "$runs/hints2" "$runs/hints1"
	# each of the two did the work of one
	awk '{ $1 /= 2; print }' "$runs/both" >"$runs/half"
	ratio two_programs hints "$num" 1 "$runs/half" "$runs/hints1"
	ratio hints_to_exact hints "$num" 2 "$runs/hints1" "$runs/exact1"
	[ ! -e "$runs/limbs" ] || ratio hints_to_limbs hints "$num" 2 "$runs/hints1" "$runs/limbs"
}

# other: BELENIOS-2048, the same archive by urne-verify and, if it is there, belenios-tool. Another group
# than the rest, since release 2.0 does not know Ed25519.
other()
{
	local dir=$work/other i
	mkdir "$dir"
	"$programs/bench_archive" BELENIOS-2048 "$ballots" $revotes >"$dir/$uuid.bel"
	for ((i = 0; i < repeats; i++)); do
		measured "$work/ours" "$verify" "$dir/$uuid.bel" --threads 1 --quiet
		if command -v belenios-tool >/dev/null; then
			measured "$work/theirs" belenios-tool election verify --dir "$dir"
		fi
	done
	line exact BELENIOS-2048 "$ballots" 1 "$work/ours"
	if [ -s "$work/theirs" ]; then
		line belenios-tool BELENIOS-2048 "$ballots" 1 "$work/theirs"
	fi
}

version=$(version)
other
for ((num = 1000; num <= max; num *= 10)); do
	size "$num"
done
