#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Every call that makes something durable, and a sample of those that write, fails once: the process
# is killed there, or the call gives EIO or ENOSPC. Whatever was answered before holds afterwards,
# the next start needs nobody, and whoever sends the same ballot again gets the height of his
# receipt. BOARD_FAULTS=all tries every call; BOARD_SEED chooses the sample.
# Threat A9: a board that drops a ballot whose receipt it gave.
set -euo pipefail

# shellcheck source=tests/support/real-board.sh
source "$TOP/tests/support/real-board.sh"
own_folder
# In an instrumented build the leak checker and strace exclude each other.
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0

command -v strace >/dev/null || die "strace is missing: tools/deps.sh"
[ "$(id -u)" = 0 ] || { echo "strace gets hold of a running board only as root"; exit 77; }

# What fails: durability calls all, the others as a sample, but for the writes of published files, which
# come last in a batch.
durable=(fdatasync fsync syncfs renameat unlink)
others=(pwrite64 write openat mkdirat ftruncate)
names=$(IFS=,; echo "${durable[*]},${others[*]}")
seed=${BOARD_SEED:-$RANDOM}
RANDOM=$seed
echo "BOARD_SEED=$seed"

# --- the folders that every case begins with ---

votes 9
ballot_files
new_board clean
start_board clean || die "the board does not start"
bring_setup
: >receipts
: >served
for i in 0 1 2 3 4 5; do
	post_ballot ballot.$i answer
	[ "$CODE" = 200 ] || die "ballot $i: $CODE"
	keep_receipt answer receipts
	keep_checkpoint served
done
stop_board
[ "$BOARD_STATUS" = 0 ] || die "the board ends with status $BOARD_STATUS"

# sealing: a draft that an order is about to seal, which writes a new log and the journal together.
new_board fresh
cp -a fresh sealing
start_board sealing || die "sealing"
bring_draft
stop_board

# cut: killed after the rows were durable, in the commit of the head: its start signs and publishes.
cp -a clean cut
start_board cut || die "cut"
trace_board -e trace=unlink -e inject=unlink:signal=KILL:when=1
post_ballot ballot.6 answer
[ "$CODE" = 000 ] || die "a ballot is answered before its head is durable: $CODE"
stop_board KILL
untrace_board
[ -e cut/head.db-journal ] || die "the kill came at the wrong place"

# --- how the kernel sees one batch ---

# Spec: docs/log.md#order-of-writes. A kill loses nothing that was written, so only the order of the
# calls tells what a power cut would lose.
cp -a clean order
start_board order || die "order"
trace_board -s 32 -e "trace=fdatasync,syncfs,renameat,unlink,pwrite64,sendto,sendmsg,writev"
post_ballot ballot.7 answer
[ "$CODE" = 200 ] || die "a ballot under strace: $CODE"
untrace_board
stop_board
python3 - trace <<'EOF' || die "the order of writes is not that of docs/log.md"
import re
import sys
WHAT = [
    ("rows written", r"pwrite64\(\d+<[^>]*main\.db-wal>"),
    ("rows synced", r"fdatasync\(\d+<[^>]*main\.db-wal>"),
    ("head written", r"pwrite64\(\d+<[^>]*head\.db>"),
    ("head synced", r"fdatasync\(\d+<[^>]*head\.db>"),
    ("head committed", r"unlink\(.*head\.db-journal"),
    ("folder synced", r"fdatasync\(\d+<[^>]*/order>"),
    ("archive", r"pwrite64\(\d+<[^>]*election\.bel>"),
    ("contents", r"pwrite64\(\d+<[^>]*/tmp/\d+>"),
    ("sync", r"syncfs\("),
    ("checkpoint", r"renameat\(.*/checkpoint\""),
    ("name", r"renameat\("),
    ("answer", r"(sendto|sendmsg|writev)\(.*HTTP/1.1 200"),
]
seen = []
for line in open(sys.argv[1]):
    seen += [name for name, pattern in WHAT if re.search(pattern, line)][:1]


def first(name):
    return seen.index(name)


def last(name):
    return len(seen) - 1 - seen[::-1].index(name)


def claim(holds, otherwise):
    if not holds:
        sys.exit("%s: %s" % (otherwise, seen))


claim(last("rows written") < last("rows synced") < first("head written"), "the head comes before the rows")
claim(last("head written") < last("head synced") < last("head committed"), "the head is not durable")
claim(last("head committed") < last("folder synced") < min(first("archive"), first("contents")),
      "files come before the head")
syncs = [i for i, s in enumerate(seen) if s == "sync"]
claim(len(syncs) == 2, "two syncs are wanted, one before the names and one behind")
claim(max(last("archive"), last("contents")) < syncs[0] < first("name"), "names come before contents")
claim(last("name") < syncs[1] < first("checkpoint"), "the checkpoint comes before what it covers")
claim(seen.count("answer") == 1 and last("checkpoint") < first("answer"), "the answer comes too early")
EOF

# --- one case ---

# again FOLDER: a check and the start after the fault, by itself; the same ballot again.
again()
{
	local height
	check_board "$1" # no fault damages anything
	start_board "$1" || die "$label: the board needs a hand"
	post_ballot "$ballot" answer.again
	[ "$CODE" = 200 ] || die "$label: the same ballot again: $CODE $(cat answer.again)"
	if [ -s answer.kept ]; then
		height=$(sed 's/.*"height":\([0-9]*\),"proof".*/\1/' answer.again)
		grep -q "\"height\":$height,\"proof\"" answer.kept ||
			die "$label: the ballot stands elsewhere now, at $height"
	fi
	keep_receipt answer.again receipts.case
	keep_checkpoint served.case
	stop_board
	[ "$BOARD_STATUS" = 0 ] || die "$label: the board ends with status $BOARD_STATUS"
	check_board "$1"
	CHECKPOINTS=served.case check_history "$1" receipts.case >history.out
}

begin()
{
	rm -rf case answer.kept
	cp -a "$1" case
	cp receipts receipts.case
	cp served served.case
}

# refused: a start that failed says in one sentence which file it was about.
refused()
{
	[ "$BOARD_STATUS" = 1 ] || [ "$BOARD_STATUS" = 3 ] || die "$label: status $BOARD_STATUS"
	[ "$(grep -c '^urne-board: ' board.log)" = 1 ] || die "$label: not one sentence"
	grep -qE '^urne-board: .*(main\.db|head\.db|public/bb|tmp|lock|board\.json|log\.key|log\.pub|case)' \
		board.log || die "$label: no file is named"
}

# vote_now: a ballot that may fail; a receipt is kept, and must not be there when what makes it true
# has failed. SQLite passes over a folder that cannot be synced (the batch's own syncfs covers it),
# and no receipt depends on hints.
vote_now()
{
	post_ballot "$ballot" answer.now
	if [ "$CODE" = 200 ]; then
		cp answer.now answer.kept
		keep_receipt answer.now receipts.case
		if grep -F '(INJECTED)' trace | grep -E '(fdatasync|syncfs|renameat|pwrite64|unlink)\(' |
			grep -vqE 'fdatasync\([0-9]+<[^>]*/case>|"[^"]*-(wal|shm)"|pwrite64\([0-9]+<[^>]*/hints>'; then
			die "$label: a receipt in spite of $(grep -F '(INJECTED)' trace)"
		fi
		keep_checkpoint served.case
	fi
}

# at_start SYSCALL ACTION N: in a start that has a batch to finish.
at_start()
{
	label="start, $1 $3: $2"
	ballot=ballot.6
	begin cut
	TRACE=(strace -f -y -qq -o trace -e "trace=$1" -e "inject=$1:$2:when=$3")
	if start_board case; then
		TRACE=()
		untraced=$(cat "/proc/$BOARD_PID/task/$BOARD_PID/children" 2>/dev/null) || untraced=
		post_ballot "$ballot" answer.now
		[ "$CODE" != 200 ] || keep_receipt answer.now receipts.case
		[ -z "$untraced" ] || kill "$untraced" 2>/dev/null || true # it may have ended meanwhile
		wait "$BOARD_PID" 2>/dev/null || true
		BOARD_PID=
	elif [ "$2" != signal=KILL ] && [ "$1" != openat ]; then
		refused # of openat the first are the loader's
	fi
	TRACE=()
	again case
}

# in_batch SYSCALL ACTION N
in_batch()
{
	label="batch, $1 $3: $2"
	ballot=ballot.7
	begin clean
	start_board case || die "$label: the board does not start"
	trace_board -e "trace=$1" -e "inject=$1:$2:when=$3"
	vote_now
	stop_board KILL
	untrace_board
	again case
}

# at_end SYSCALL ACTION N: while the board stops.
at_end()
{
	label="end, $1 $3: $2"
	ballot=ballot.7
	begin clean
	: >trace
	start_board case || die "$label: the board does not start"
	vote_now
	[ "$CODE" = 200 ] || die "$label: $CODE"
	trace_board -e "trace=$1" -e "inject=$1:$2:when=$3"
	stop_board
	untrace_board
	again case
}

# first SYSCALL ACTION N: in the first start, which makes the journal with its genesis.
first()
{
	label="first start, $1 $3: $2"
	begin fresh
	TRACE=(strace -f -y -qq -o trace -e "trace=$1" -e "inject=$1:$2:when=$3")
	if start_board case; then
		kill "$(cat "/proc/$BOARD_PID/task/$BOARD_PID/children")" 2>/dev/null || true
		wait "$BOARD_PID" 2>/dev/null || true
		BOARD_PID=
	elif [ "$2" != signal=KILL ]; then
		refused
	fi
	TRACE=()
	check_board case
	start_board case || die "$label: the board needs a hand"
	stop_board
	check_board case
	[ "$(grep -ao '"type":"[A-Za-z]*"' case/public/bb/journal/tile/entries/000.p/2 | tr '\n' ' ')" = \
		'"type":"Genesis" "type":"Record" ' ] || die "$label: the journal does not begin so"
}

# in_order SYSCALL ACTION N: while an order makes an election's log. Afterwards both logs have it, or
# none; what was answered is true; and the same order again is executed, or was.
in_order()
{
	local answered=no stage
	label="order, $1 $3: $2"
	ballot=ballot.7
	begin sealing
	start_board case || die "$label: the board does not start"
	trace_board -e "trace=$1" -e "inject=$1:$2:when=$3"
	! post_order seal.order || answered=yes
	stop_board KILL
	untrace_board
	check_board case
	start_board case || die "$label: the board needs a hand"
	stage=$(curl -s "http://127.0.0.1:$PORT/bb/$UUID/status" | jq -r '.journal // .status')
	case $answered$stage in
	yessealed | nosealed) ! post_order seal.order || die "$label: it is executed twice" ;;
	no404) post_order seal.order || die "$label: the same order again: $(cat order.answer)" ;;
	*) die "$label: answered $answered, and the election is $stage" ;;
	esac
	post_order open.order || die "$label: the order to open"
	post_ballot "$ballot" answer
	[ "$CODE" = 200 ] || die "$label: a ballot: $CODE $(cat answer)"
	stop_board
	check_board case
	python3 "$TOP/tests/support/history.py" case/public/bb/journal /dev/null >history.out ||
		die "$label: the journal's history"
}

# --- all cases ---

# count FOLDER: calls of one thread in each phase, into the array calls[phase,syscall].
declare -A calls
count()
{
	local phase=$1 s
	for s in "${durable[@]}" "${others[@]}"; do
		calls[$phase,$s]=$(awk -v call="$s(" 'index($2, call) == 1 { n[$1]++ }
			END { for (t in n) { max = n[t] > max ? n[t] : max } print max + 0 }' trace)
	done
}
begin cut
TRACE=(strace -f -y -qq -o trace -e "trace=$names")
start_board case || die "counting"
cp trace trace.start
kill "$(cat "/proc/$BOARD_PID/task/$BOARD_PID/children")"
wait "$BOARD_PID" || true
BOARD_PID=
TRACE=()
mv trace.start trace
count at_start
begin clean
start_board case || die "counting"
trace_board -e "trace=$names"
post_ballot ballot.7 answer
untrace_board
count in_batch
trace_board -e "trace=$names"
stop_board
untrace_board
count at_end

begin fresh
TRACE=(strace -f -y -qq -o trace -e "trace=$names")
start_board case || die "counting"
kill "$(cat "/proc/$BOARD_PID/task/$BOARD_PID/children")"
wait "$BOARD_PID" || true
BOARD_PID=
TRACE=()
count first
begin sealing
start_board case || die "counting"
trace_board -e "trace=$names"
post_order seal.order || die "counting"
untrace_board
stop_board
count in_order

num=0
actions=(signal=KILL error=EIO error=ENOSPC)
run_cases()
{
	local phase=$1 s=$2 action n
	for action in "${actions[@]}"; do
		for ((n = 1; n <= calls[$phase,$s]; n++)); do
			if [ "${BOARD_FAULTS:-}" = all ] || [ "$((RANDOM % $3))" = 0 ] ||
				[ "$phase,$s,$action,$((calls[$phase,$s] - n < 6))" = in_batch,pwrite64,error=EIO,1 ]; then
				"$phase" "$s" "$action" "$n"
				num=$((num + 1))
			fi
		done
	done
}
for phase in first in_order; do
	actions=(signal=KILL error=EIO)
	for s in fdatasync fsync syncfs unlink; do
		run_cases $phase "$s" 1
	done
	for s in renameat "${others[@]}"; do
		[ "$s" != write ] || continue
		run_cases $phase "$s" 12
	done
done
for phase in at_start in_batch at_end; do
	for s in "${durable[@]}"; do
		actions=(signal=KILL error=EIO)
		run_cases $phase "$s" 1
		actions=(error=ENOSPC)
		run_cases $phase "$s" 8
	done
	for s in "${others[@]}"; do
		actions=(signal=KILL error=EIO error=ENOSPC)
		[ "$s" != write ] || actions=(signal=KILL) # else a line is missing in the operator's log
		run_cases $phase "$s" 80
	done
done

# --- files that may grow no more ---

# limited KIB: every file ends there, so that the write that crosses it comes back short and the next
# one fails with EFBIG. The board ignores the signal that comes with it.
limited()
{
	label="files end at $1 KiB"
	ballot=ballot.7
	begin clean
	: >trace
	# shellcheck disable=SC2016 # by the inner shell
	TRACE=(bash -c 'ulimit -f "$0" && exec "$@"' "$1")
	if start_board case; then
		TRACE=()
		trace_board -e trace=pwrite64
		post_ballot "$ballot" answer.now
		if [ "$CODE" = 200 ]; then
			cp answer.now answer.kept
			keep_receipt answer.now receipts.case
		fi
		stop_board
		untrace_board
		cat trace >>trace.limited
	else
		refused
	fi
	TRACE=()
	again case
	num=$((num + 1))
}
: >trace.limited
for kib in 4 12 31 34 36 40 54 55 56 57 58 59 60; do
	limited "$kib"
done
short=$(sed -n 's/.*, \([0-9]*\), [0-9]*) *= \([0-9]*\)$/\1 \2/p' trace.limited |
	awk '$1 != $2 { n++ } END { print n + 0 }')
[ "$short" -gt 0 ] || die "no write came back short"
for file in main.db-wal election.bel; do
	grep -qE "$file>.* = -1 EFBIG" trace.limited || die "no write of $file failed with EFBIG"
done

# --- what a power cut may leave of a file that is written in its place ---

label="power cut"
ballot=ballot.7
begin clean
start_board case || die "$label"
trace_board -e trace=renameat -e inject=renameat:signal=KILL:when=1
post_ballot "$ballot" answer.now
stop_board KILL
untrace_board
archive=case/public/bb/$UUID/election.bel
[ "$(stat -c %s "$archive")" -gt "$(stat -c %s "clean/public/bb/$UUID/election.bel")" ] ||
	die "the kill came at the wrong place"
dd if=/dev/zero of="$archive" bs=1 seek="$(($(stat -c %s "$archive") - 1000))" count=700 conv=notrunc \
	status=none
again case

echo "$num calls failed ($short writes came back short), and nothing that was promised was lost"
