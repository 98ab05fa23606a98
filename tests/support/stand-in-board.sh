#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The stand-in board for tests of its clients. Sourced after vote.sh; the present folder is the
# test's own.
# shellcheck shell=bash

# stand_in: starts one, of the officials claire and hugo; BOARD is its address, LOG_KEY its key, and
# mode says how it behaves.
stand_in()
{
	mode honest
	official_keys
	mkfifo board.stdin
	python3 "$TOP/tests/support/stand-in-board.py" vote.example.org/bb mode claire.pub hugo.pub \
		<board.stdin >board.out 2>board.err &
	exec 9>board.stdin
	await "the stand-in board does not start" test -s board.out
	BOARD=http://127.0.0.1:$(cut -d' ' -f1 board.out)
	LOG_KEY=$(cut -d' ' -f2 board.out)
	export BOARD LOG_KEY
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

# send_event TYPE ARCHIVE [OLD NEW]: puts an event of an archive into the log of the election at url, as
# no board would let anybody; OLD becomes NEW in the last of its records.
send_event()
{
	: "${url:?}"
	python3 "$TOP/tests/support/post-event.py" "$2" "$1" "$url" "${@:3}" || die "$1 of $2 is refused"
}
