#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# A board that is killed again and again while people vote: whoever got a receipt is in the log, every
# checkpoint that was ever served is a beginning of it, and nobody has to do anything but start it
# again. BOARD_KILLS (default 6) kills, 80 voters for each.
set -euo pipefail

# shellcheck source=tests/support/real-board.sh
source "$TOP/tests/support/real-board.sh"
own_folder

kills=${BOARD_KILLS:-6}
voters=$((80 * (kills + 1)))
votes "$voters"
new_board board
start_board board || die "the board does not start"
bring_setup
keep_checkpoint served

# watch: keeps every checkpoint that is served, as somebody who follows the log does.
watch()
{
	local note last='' port=$PORT
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
cast_and_kill "$kills"
touch end
wait "$watcher"
stop_board
[ "$BOARD_STATUS" = 0 ] || die "the board ends with status $BOARD_STATUS"

[ "$(wc -l <receipts)" = "$voters" ] || die "$(wc -l <receipts) receipts for $voters voters"
CHECKPOINTS=served check_history board receipts
check_board board
echo "$kills kills: $(cat cast.out)"
