#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# A real board with an election of many voters, for tests that treat it badly. Sourced, not run; the
# present folder is the test's own. The election and its ballots come from bench_archive, its voters
# are bench_board.
# shellcheck shell=bash

: "${TOP:?}" "${URNE:?}" "${URNE_BOARD:?}"
BENCH_DIR=${BENCH_DIR:-$TOP/build/gcc/tests/bench}
UUID=GnQagTgeJqLsvY
SERVICE=vote.example.org/bb
BOARD_PID=
export BOARD_STATUS=
TRACE=()

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

# start_board DIR [OPTIONS]: runs it (under the command TRACE, if any) on PORT, a free one unless
# LISTEN says which; 1 when it ends before it listens.
start_board()
{
	local dir=$1 i
	shift
	: >board.log
	"${TRACE[@]}" "$URNE_BOARD" run --dir "$dir" --listen "127.0.0.1:${LISTEN:-0}" --proxy 127.0.0.1 \
		--batch-ms "${BATCH_MS:-20}" "$@" 2>board.log >board.out &
	BOARD_PID=$!
	for ((i = 0; i < 1000; i++)); do
		PORT=$(sed -n 's/.*"listening","address":"127.0.0.1:\([0-9]*\)".*/\1/p' board.log)
		[ -z "$PORT" ] || return 0
		kill -0 "$BOARD_PID" 2>/dev/null || break
		sleep 0.02
	done
	wait "$BOARD_PID" && BOARD_STATUS=0 || BOARD_STATUS=$?
	BOARD_PID=
	return 1
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

# votes N: votes.bel, an archive with the ballots of N voters.
votes()
{
	"$BENCH_DIR/bench_archive" Ed25519 "$1" >votes.bel || die "bench_archive"
}

# bring_setup: the Setup of votes.bel to the running board.
bring_setup()
{
	local header
	rm -f setup.body
	header=$("$BENCH_DIR/bench_board" setup votes.bel official.key "$SERVICE" setup.body) ||
		die "setup"
	curl -sf -X POST -H "Urne-Order: $header" --data-binary @setup.body \
		"http://127.0.0.1:$PORT/bb/$UUID/events/Setup" >setup.answer || die "Setup is refused"
}

# cast CONNECTIONS RECEIPTS [SECONDS]: all ballots of votes.bel.
cast()
{
	"$BENCH_DIR/bench_board" cast votes.bel "$PORT" "$@"
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
