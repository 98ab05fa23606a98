#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Boards' folders of the small vote, for tests of what a verifier makes of them. Sourced behind
# vote.sh; the present folder is the test's own.
# shellcheck shell=bash

board()
{
	python3 "$TOP/tests/support/board-folder.py" "$@" || die "board-folder.py $*"
}

# only STATUS CHECK ARGS...: urne-verify exits with STATUS, and CHECK and no other FAILS.
only()
{
	local status=$1 check=$2
	shift 2
	verdict "$status" "$@"
	says "$check" FAIL
	[ "$(grep -c '^FAIL ' report)" = 1 ] || die "other checks fail too: $(grep ^FAIL report)"
}

# because PIECE: the report says it.
because()
{
	grep -qF -- "$1" report || die "the report does not say \"$1\": $(cat report)"
}

# two_histories: the elections e and f of the sealed small vote, one key, one beginning. In e, Anna
# votes (event 1), Bruno (2), Anna again (3), Chloé (4), David (5), Emma (6), and so on to the result;
# in f the second ballot of Anna and all behind it are others.
two_histories()
{
	local all='{"liste":"for","notes":{"n-1":"bien","n-2":"moyen","n-3":"moyen"}}'
	local none='{"liste":"against","notes":{"n-1":"mal","n-2":"mal","n-3":"mal"}}'
	definition 2026-01-02T08:00:00+01:00 2199-01-03T20:00:00+01:00 >vote.json
	sealed e --test
	cast e anna "$all"
	cast e bruno "$all"
	cp -r e f
	cp e-private.json f-private.json
	cp e-trustee.key f-trustee.key
	mv e-anna.json e-anna-first.json
	cast e anna "$none"
	cast e chloe "$all"
	cast e david "$all"
	cast e emma "$all"
	cast f anna "$all"
	cast f chloe "$none"
	cast f david "$none"
	cast f emma "$none"
	cp e/*.bel open.bel
	finish e
	finish f
	# shellcheck disable=SC2034 # for the tests
	e=$(echo e/*.bel) f=$(echo f/*.bel)
	# shellcheck disable=SC2034
	uuid=$(basename "$e" .bel)
}
