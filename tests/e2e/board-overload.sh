#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# More voters at once than one checking thread can serve in the time that it lets anybody wait: those
# who come too late are told when to come again (503, Retry-After), reading goes on, memory stays
# bounded, and in the end everybody has a receipt (threat A35).
set -euo pipefail

# shellcheck source=tests/support/real-board.sh
source "$TOP/tests/support/real-board.sh"
own_folder

# Two seconds of checks may wait (URNE_MAX_AHEAD_MS): three times as many voters come at once as one thread
# checks here in that time.
votes 40 BELENIOS-2048
"$BENCH_DIR/bench_board" ceiling votes.bel 1 >ceiling.out || die "ceiling"
connections=$(jq '.ballots_per_s * 2 * 3 | floor | if . > 1000 then 1000 else . end' ceiling.out)
voters=$((connections + 50))
votes "$voters" BELENIOS-2048
new_board board
start_board board --threads 1 || die "the board does not start"
bring_setup
cast "$connections" receipts 120 >cast.out 2>cast.err &
caster=$!
# overloads: how many were told to come again
overloads()
{
	curl -sf --max-time 20 "http://127.0.0.1:$PORT/metrics" | sed -n 's/^urne_overloads_total //p'
}
overloaded()
{
	[ "$(overloads)" -gt 0 ]
}
await "nobody is told to wait: $(cat ceiling.out)" overloaded
# while the board is full, somebody who reads is served at once
[ "$(wc -l <receipts)" -lt "$voters" ] || die "everybody has voted"
curl -sf --max-time 20 "http://127.0.0.1:$PORT/bb/$UUID/checkpoint" >/dev/null || die "nobody can read"
curl -sf --max-time 20 "http://127.0.0.1:$PORT/healthz" >/dev/null || die "/healthz"
[ "$(wc -l <receipts)" -lt "$voters" ] || die "who reads waits for those who vote"
wait "$caster" || die "voters: $(cat cast.err)"
[ "$(jq .retries cast.out)" -gt 0 ] || die "nobody was told to wait: $(cat cast.out)"
overloads=$(overloads)
[ "$(wc -l <receipts)" = "$voters" ] || die "$(wc -l <receipts) receipts for $voters voters"
peak=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$BOARD_PID/status")
[ "$peak" -lt 400000 ] || die "the board took $peak kB"
stop_board TERM
check_board board
check_history board receipts
echo "$overloads told to wait, $peak kB at most: $(cat cast.out)"
