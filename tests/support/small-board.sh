#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# A real board with the small vote, sealed and open. Sourced, not run, by scripts that speak to it in
# this folder of their own.
# shellcheck shell=bash disable=SC2034 # variables are for the tests

: "${TOP:?}" "${URNE:?}" "${URNE_BOARD:?}"
work=$(mktemp -d)
board_pid=
# shellcheck disable=SC2317 # by the trap
leave()
{
	[ -z "$board_pid" ] || kill "$board_pid" 2>/dev/null || true
	wait
	rm -rf "$work"
}
trap leave EXIT
cd "$work" || exit 1
umask 077
# shellcheck source=tests/support/vote.sh
source "$TOP/tests/support/vote.sh"

# small_board: the election e at BOARD, with its uuid and url; known says whose signatures to expect; the
# codes of anna, bruno and chloe are in files of these names.
small_board()
{
	local member
	official_keys
	"$URNE_BOARD" init --dir board --host vote.example.org --official claire.pub >/dev/null
	"$URNE_BOARD" run --dir board --listen 127.0.0.1:0 --proxy 127.0.0.1 2>board.log &
	board_pid=$!
	await "the board does not listen" holds board.log '"listening"'
	BOARD=http://$(sed -n 's/.*"listening","address":"\([^"]*\)".*/\1/p' board.log)
	definition 2026-01-01T08:00:00+00:00 2199-01-02T20:00:00+00:00 >vote.json
	sealed e --test
	uuid=$(jq -r .uuid e/draft.json)
	url=$BOARD/bb/$uuid
	known=(--log-key board/log.pub)
	on_board e "$BOARD" claire.key
	for member in anna bruno chloe; do
		grep -o "\"$member\":\"[^\"]*\"" e-private.json | cut -d'"' -f4 >"$member"
	done
}
