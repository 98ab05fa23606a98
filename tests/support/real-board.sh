#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# A real board with an election of many voters, for tests that treat it badly. Sourced, not run; the
# present folder is the test's own. The election and its ballots come from bench_archive, its voters
# are bench_board.
# shellcheck shell=bash disable=SC2034 # variables are for the tests

: "${TOP:?}" "${URNE:?}" "${URNE_BOARD:?}"
BENCH_DIR=${BENCH_DIR:-$TOP/build/gcc/tests/bench}
UUID=GnQagTgeJqLsvY
SERVICE=vote.example.org/bb
BOARD_PID=
export BOARD_STATUS=
TRACE=()

# own_folder: a folder of the test's own; in the end whatever it left running is killed and the
# folder removed.
own_folder()
{
	work=$(mktemp -d)
	trap 'leave_folder' EXIT
	cd "$work" || exit 1
}

# shellcheck disable=SC2317 # by the trap
leave_folder()
{
	stop_board KILL 2>/dev/null
	jobs -p | xargs -r kill -9 2>/dev/null || true
	wait 2>/dev/null || true
	rm -rf "$work"
}

die()
{
	echo "FAILED: $*" >&2
	[ ! -s board.log ] || tail -n 5 board.log >&2
	exit 1
}

# new_board DIR: with one official, whose key is official.key.
new_board()
{
	[ -e official.key ] || "$URNE" official key --name claire --key official.key \
		--out official.pub --no-passphrase >/dev/null 2>&1 || die "official key"
	"$URNE_BOARD" init --dir "$1" --host "${SERVICE%/bb}" --official official.pub >/dev/null ||
		die "init $1"
}

# shellcheck source=tests/support/await.sh
source "$TOP/tests/support/await.sh"

# start_board DIR [OPTIONS]: runs it (under the command TRACE, if any) on PORT, a free one unless
# LISTEN says which; 1 when it ends before it listens. It serves no pages unless PAGES says which, so that
# what is counted and damaged is the record alone.
start_board()
{
	local dir=$1
	shift
	: >board.log
	"${TRACE[@]}" "$URNE_BOARD" run --dir "$dir" --listen "127.0.0.1:${LISTEN:-0}" --proxy 127.0.0.1 \
		--batch-ms "${BATCH_MS:-20}" --pages "${PAGES:-none}" "$@" 2>board.log >board.out &
	BOARD_PID=$!
	await "the board neither listens nor ends" listens_or_ended
	[ -z "$PORT" ] || return 0
	wait "$BOARD_PID" && BOARD_STATUS=0 || BOARD_STATUS=$?
	BOARD_PID=
	return 1
}

listens_or_ended()
{
	PORT=$(sed -n 's/.*"listening","address":"127.0.0.1:\([0-9]*\)".*/\1/p' board.log)
	[ -n "$PORT" ] || gone "$BOARD_PID"
}

# stop_board [SIGNAL]: and wait; BOARD_STATUS is how it ended.
stop_board()
{
	BOARD_STATUS=0
	[ -n "$BOARD_PID" ] || return 0
	kill "-${1:-TERM}" "$BOARD_PID" 2>/dev/null || true
	wait "$BOARD_PID" || BOARD_STATUS=$?
	BOARD_PID=
}

# votes N [GROUP]: votes.bel, an archive with the ballots of N voters.
votes()
{
	"$BENCH_DIR/bench_archive" "${2:-Ed25519}" "$1" >votes.bel || die "bench_archive"
}

# post_order FILE: an order to the running board, which must be executed.
post_order()
{
	curl -sf --data-binary "@$1" "http://127.0.0.1:$PORT/bb/journal/orders" >order.answer &&
		grep -q '"state":"executed"' order.answer
}

# bring_draft: the Setup of votes.bel to the running board, and seal.order and open.order.
bring_draft()
{
	rm -f setup.draft seal.order open.order
	"$BENCH_DIR/bench_board" setup votes.bel official.key "$SERVICE" setup.draft seal.order \
		open.order || die "setup"
	curl -sf -X PUT -H "Urne-Order: $(base64 -w0 seal.order)" --data-binary @setup.draft \
		"http://127.0.0.1:$PORT/bb/$UUID/draft/setup" >setup.answer ||
		die "the draft of the Setup is refused"
}

# bring_setup: the same, sealed and open.
bring_setup()
{
	bring_draft
	post_order seal.order || die "the Setup is not sealed"
	post_order open.order || die "the voting is not opened"
}

# cast CONNECTIONS RECEIPTS [SECONDS]: all ballots of votes.bel.
cast()
{
	"$BENCH_DIR/bench_board" cast votes.bel "$PORT" "$@"
}

# cast_and_kill KILLS [cast-hinted]: all ballots of votes.bel, to a board that is killed so many times
# meanwhile and comes back on its port each time. The kills are bound to the receipts that are there
# (tests/bench/support/board_killer.h); the voters' line is in cast.out, their receipts in receipts.
cast_and_kill()
{
	local kills=$1 port=$PORT caster ended='' k
	# the process id is there before the board can give a receipt
	local -a TRACE=(bash -c 'echo $$ >victim && exec "$@"' board)
	echo "$BOARD_PID" >victim
	"$BENCH_DIR/bench_board" "${2:-cast}" votes.bel "$PORT" 32 receipts 60 "$kills" victim >cast.out \
		2>cast.err &
	caster=$!
	for ((k = 1; k <= kills; k++)); do
		BOARD_STATUS=0
		{ wait -n -p ended "$BOARD_PID" "$caster" || BOARD_STATUS=$?; } 2>/dev/null # bash says who was killed
		[ "$ended" = "$BOARD_PID" ] || die "the voters ended before kill $k: $(cat cast.out cast.err)"
		[ "$BOARD_STATUS" = 137 ] || die "the board ended by itself, with status $BOARD_STATUS"
		LISTEN=$port start_board board || die "kill $k: the board does not come back"
	done
	wait "$caster" || die "voters: $(cat cast.err)"
	jq -e --argjson kills "$kills" '.kills == $kills and .fewest_asking > 0' cast.out >/dev/null ||
		die "not $kills kills under load: $(cat cast.out)"
}

# check_board DIR: urne-board check agrees.
check_board()
{
	"$URNE_BOARD" check --dir "$1" >check.out 2>&1 || die "check $1: $(cat check.out)"
}

# check_history DIR RECEIPTS...: what was promised is in the published log, by a program that shares
# no line with the board. CHECKPOINTS, if set, is a file of checkpoints that were served.
check_history()
{
	local dir=$1
	shift
	python3 "$TOP/tests/support/history.py" "$dir/public/bb/$UUID" "${CHECKPOINTS:-/dev/null}" \
		"$@" || die "the history of $dir does not hold"
}

# ballot_files: the ballots of votes.bel as files ballot.0, ballot.1, ...
ballot_files()
{
	python3 - votes.bel <<'EOF'
import sys
data, at, num = open(sys.argv[1], "rb").read(), 0, 0
while at < len(data):
    size = int(data[at + 124:at + 135], 8)
    body = data[at + 512:at + 512 + size]
    if b'"signature":' in body and b'"credential":' in body:
        open("ballot.%d" % num, "wb").write(body)
        num += 1
    at += 512 + (size + 511) // 512 * 512
EOF
}

# post_ballot FILE ANSWER: CODE is the status, 000 when there was no answer.
post_ballot()
{
	CODE=$(curl -s --max-time 120 --data-binary "@$1" -o "$2" -w '%{http_code}' \
		"http://127.0.0.1:$PORT/bb/$UUID/ballots") || CODE=000
}

# keep_receipt ANSWER FILE: as one more line.
keep_receipt()
{
	{ cat "$1"; echo; } >>"$2"
}

# keep_checkpoint FILE: what the running board serves now, appended with the line that ends it.
keep_checkpoint()
{
	if curl -sf --max-time 120 "http://127.0.0.1:$PORT/bb/$UUID/checkpoint" >served.one; then
		{ cat served.one; echo --; } >>"$1"
	fi
}

# trace_board OPTIONS: strace on all threads of the running board; what it saw is in trace.
trace_board()
{
	: >trace
	strace -f -y -qq -o trace "$@" -p "$BOARD_PID" 2>strace.err &
	TRACER_PID=$!
	await "strace does not get hold of the board" traced
}

# traced: all threads of the board are.
traced()
{
	kill -0 "$TRACER_PID" 2>/dev/null || die "strace: $(cat strace.err)"
	! cat "/proc/$BOARD_PID"/task/*/status 2>/dev/null | grep -q '^TracerPid:	0$'
}

# untrace_board: the board goes on alone, if it is still there.
untrace_board()
{
	kill "$TRACER_PID" 2>/dev/null || true
	wait "$TRACER_PID" 2>/dev/null || true
}
