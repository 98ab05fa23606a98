#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The stand-in board for tests of its clients. Sourced after vote.sh; the present folder is the
# test's own.
# shellcheck shell=bash

# stand_in: starts one; BOARD is its address, LOG_KEY its key, and mode says how it behaves.
stand_in()
{
	mode honest
	mkfifo board.stdin
	python3 "$TOP/tests/support/stand-in-board.py" vote.example.org/bb mode \
		<board.stdin >board.out 2>board.err &
	exec 9>board.stdin
	local i
	for i in $(seq 100); do
		[ -s board.out ] && break
		sleep 0.1
	done
	[ -s board.out ] || die "the stand-in board does not start ($i): $(cat board.err)"
	BOARD=http://127.0.0.1:$(cut -d' ' -f1 board.out)
	LOG_KEY=$(cut -d' ' -f2 board.out)
	export BOARD LOG_KEY
}

# stand_in_gets DIR TYPE...: these events of the archive in DIR, a Setup with its definition. The
# stand-in keeps no journal, so nobody orders anything there.
stand_in_gets()
{
	local dir=$1 type at
	shift
	at=$BOARD/bb/$(jq -r .uuid "$dir/draft.json")
	for type; do
		python3 "$TOP/tests/support/post-event.py" "$(echo "$dir"/*.bel)" "$type" "$at" \
			vote.example.org/bb || die "the stand-in board refuses $type of $dir"
		[ "$type" != Setup ] || curl -sf -X PUT --data-binary "@$(echo "$dir"/*.vote.json)" \
			"$at/vote.json" >/dev/null || die "the stand-in board refuses the definition"
	done
}

# mode WORD
mode()
{
	printf '%s\n' "$1" >mode
}

# credential_of DIR MEMBER: into the file `credential`.
credential_of()
{
	grep -o "\"$2\":\"[^\"]*\"" "$1-private.json" | cut -d'"' -f4 >credential
}

# exits STATUS PIECE COMMAND...: the status, and standard error holds PIECE.
exits()
{
	local want=$1 piece=$2 rc=0
	shift 2
	"$URNE" "$@" >exits.out 2>exits.err </dev/null || rc=$?
	[ "$rc" = "$want" ] || die "urne $* exits $rc, not $want: $(tail -n 3 exits.err)"
	[ -z "$piece" ] || grep -qF -- "$piece" exits.err || die "urne $*: no \"$piece\" in: $(tail -n 3 exits.err)"
}
