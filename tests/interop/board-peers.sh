#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# What a real board publishes and answers, read by two programs that nobody here wrote: every tile and
# entry, the checkpoint, and every voter's receipt, made while others were voting and against
# checkpoints of many sizes.
set -euo pipefail

# shellcheck source=tests/support/real-board.sh
source "$TOP/tests/support/real-board.sh"
# shellcheck source=tests/support/tlog-peers.sh
source "$TOP/tests/support/tlog-peers.sh"
own_folder

peers_prepare
# past the first full tile
votes 300
new_board board
start_board board || die "the board does not start"
bring_setup
cast 32 receipts >/dev/null
log=board/public/bb/$UUID
# a receipt that is asked for later is against the newest checkpoint
first=$(jq -rn input.tracker receipts)
hex=$(printf '%s=' "$first" | base64 -d | od -An -tx1 | tr -d ' \n')
curl -sf "http://127.0.0.1:$PORT/bb/$UUID/receipt/$hex" >later || die "no receipt for $first"
stop_board TERM

sed -n 's/^log \([^ ]*\) .*/\1/p' "$log/policy" >vkey
mkdir each
# shellcheck disable=SC2016 # split says what FILE is
split -l 1 -a 4 --additional-suffix=.json --filter='tr -d "\n" >"$FILE"' receipts each/
cp later each/later.json
[ "$(jq -r '.proof | split("\n\n")[1] | split("\n")[1]' later)" = 301 ] ||
	die "the later receipt is not against the newest checkpoint: $(cat later)"
[ "$(jq -r '.proof | split("\n\n")[1] | split("\n")[1]' receipts | sort -u | wc -l)" -gt 3 ] ||
	die "all receipts are against the same few checkpoints: nothing is shown about growing"
peers_agree "$log" vkey each/*.json || die "they do not agree"
check_history board receipts
peers_end
