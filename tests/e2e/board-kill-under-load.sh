#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# A board that is killed again and again while people vote: whoever got a receipt is in the log, every
# checkpoint that was ever served is a beginning of it, and nobody has to do anything but start it
# again. BOARD_KILLS (default 6) kills, BOARD_VOTERS (default 300) voters.
set -euo pipefail

# shellcheck source=tests/support/real-board.sh
source "$TOP/tests/support/real-board.sh"
own_folder

kills=${BOARD_KILLS:-6}
voters=${BOARD_VOTERS:-300}
votes "$voters"
new_board board
start_board board || die "the board does not start"
bring_setup
# The board comes back on the same port every time.
port=$PORT

# watch: keeps every checkpoint that is served, as somebody who follows the log does.
watch()
{
	local note last=
	while [ ! -e end ]; do
		note=$(curl -s --max-time 2 "http://127.0.0.1:$port/bb/$UUID/checkpoint"; echo .) || true
		note=${note%.}
		if [ -n "$note" ] && [ "$note" != "$last" ]; then
			printf '%s--\n' "$note" >>served
			last=$note
		fi
		sleep 0.02
	done
}
watch &
watcher=$!
cast 64 receipts 60 >cast.out 2>cast.err &
caster=$!

for ((k = 0; k < kills; k++)); do
	sleep "0.$((RANDOM % 4 + 1))"
	kill -0 "$caster" 2>/dev/null || break
	stop_board KILL
	LISTEN=$port start_board board || die "kill $k: the board does not come back"
done
[ "$k" -gt 0 ] || die "everybody had voted before the first kill: more voters are needed"
wait "$caster" || die "voters: $(cat cast.err)"
touch end
wait "$watcher"
stop_board
[ "$BOARD_STATUS" = 0 ] || die "the board ends with status $BOARD_STATUS"

[ "$(wc -l <receipts)" = "$voters" ] || die "$(wc -l <receipts) receipts for $voters voters"
CHECKPOINTS=served check_history board receipts
check_board board
echo "$k kills: $(cat cast.out)"
