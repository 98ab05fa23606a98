#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# More voters at once than one checking thread can serve in the time that it lets anybody wait: those
# who come too late are told when to come again (503, Retry-After), reading goes on, memory stays
# bounded, and in the end everybody has a receipt (threat A35).
set -euo pipefail

# shellcheck source=tests/support/real-board.sh
source "$TOP/tests/support/real-board.sh"
own_folder

# a ballot of this group takes some 15 ms and more to check, 2 s of it may wait
voters=400
votes "$voters" BELENIOS-2048
new_board board
start_board board --threads 1 || die "the board does not start"
bring_setup
cast 350 receipts 120 >cast.out 2>cast.err &
caster=$!
sleep 1
# while the board is full, somebody who reads is served at once, and a new ballot hears when to come
curl -sf --max-time 5 "http://127.0.0.1:$PORT/bb/$UUID/checkpoint" >/dev/null || die "nobody can read"
curl -sf --max-time 5 "http://127.0.0.1:$PORT/healthz" >/dev/null || die "/healthz"
wait "$caster" || die "voters: $(cat cast.err)"
[ "$(jq .retries cast.out)" -gt 0 ] || die "nobody was told to wait: $(cat cast.out)"
curl -sf "http://127.0.0.1:$PORT/metrics" >metrics
overloads=$(sed -n 's/^urne_overloads_total //p' metrics)
[ "$overloads" -gt 0 ] || die "no overload was counted"
[ "$(wc -l <receipts)" = "$voters" ] || die "$(wc -l <receipts) receipts for $voters voters"
peak=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$BOARD_PID/status")
[ "$peak" -lt 400000 ] || die "the board took $peak kB"
stop_board TERM
check_board board
check_history board receipts
echo "$overloads told to wait, $peak kB at most: $(cat cast.out)"
