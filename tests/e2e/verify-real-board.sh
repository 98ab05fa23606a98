#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# urne-verify and a real board: what it serves while it takes ballots verifies at any moment, by its
# address and as the folder on its disk, with its own receipts; and a board whose disk was changed is
# refused, whatever it still signs (threat A29).
set -euo pipefail

: "${URNE:?}" "${URNE_VERIFY:?}" "${URNE_BOARD:?}" "${TOP:?}"
work=$(mktemp -d)
cd "$work"
umask 077
# shellcheck source=tests/support/vote.sh
source "$TOP/tests/support/vote.sh"
# shellcheck source=tests/support/board.sh
source "$TOP/tests/support/board.sh"
# shellcheck source=tests/support/real-board.sh
source "$TOP/tests/support/real-board.sh"
trap 'stop_board; rm -rf "$work"' EXIT

votes 30
new_board b
start_board b || die "the board does not start"
bring_setup
url=http://127.0.0.1:$PORT/bb/$UUID

# send HEIGHT: the ballot of that event of votes.bel; its receipt is in receipt-HEIGHT.
send()
{
	board ballot votes.bel "ballot-$1" "$1"
	curl -sf --data-binary "@ballot-$1" "$url/ballots" >"receipt-$1" || die "ballot $1 is refused"
}

send 1
verdict 3 "$url" --log-key b/log.pub --receipt receipt-1 --keep k
says log-key PASS
says log-root PASS
says receipts PASS
because "(2 events)"

# ballots come in while it is read again and again
(for i in {2..30}; do send "$i"; done) &
sender=$!
runs=0
while kill -0 "$sender" 2>/dev/null; do
	verdict 3 "$url" --log-key b/log.pub --receipt receipt-1 --keep k
	says log-root PASS
	runs=$((runs + 1))
done
wait "$sender" || die "not every ballot was taken"
[ "$runs" -gt 0 ] || die "nothing was read meanwhile"
verdict 3 "$url" --log-key b/log.pub --receipt receipt-1 --receipt receipt-30 --keep k
because "(31 events)"
because "(2 receipts)"
! grep -q 'compared with nothing' report || die "the key of the board is called unknown"
verdict 3 k --log-key b/log.pub
cmp k/election.bel "b/public/bb/$UUID/election.bel" || die "the copy is another one"

# the folder on its disk, tiles and objects included
verdict 3 "b/public/bb/$UUID" --log-key b/log.pub --receipt receipt-30
says log-tiles PASS
cp -r "b/public/bb/$UUID" bad
tile=$(find bad/tile/0 -type f | sort | head -n 1)
truncate -s +1 "$tile"
only 1 log-tiles bad --log-key b/log.pub

# somebody takes the last ballot off the board's disk; the checkpoint remembers it
stop_board TERM
start_board b || die "the board does not start again"
url=http://127.0.0.1:$PORT/bb/$UUID
bel=b/public/bb/$UUID/election.bel
chmod u+w "$bel"
truncate -s "$(board end "$bel" 29)" "$bel"
only 1 log-root "$url" --log-key b/log.pub
because "it was cut short"
echo "a real board: $runs readings while ballots came in, every one of them verified"
