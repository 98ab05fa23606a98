#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# A member's program and hints: it sends them where the board asks for them, and the ballot alone where
# the board does not, is older, or refuses them. A vote never fails for them.
set -euo pipefail

: "${TOP:?}" "${URNE:?}"
work=$(mktemp -d)
trap 'exec 9>&-; rm -rf "$work"' EXIT
cd "$work"
umask 077
# shellcheck source=tests/support/vote.sh
source "$TOP/tests/support/vote.sh"
# shellcheck source=tests/support/stand-in-board.sh
source "$TOP/tests/support/stand-in-board.sh"

stand_in
definition 2026-01-01T08:00:00+00:00 2199-01-02T20:00:00+00:00 >vote.json
sealed e --test
uuid=$(jq -r .uuid e/draft.json)
url=$BOARD/bb/$uuid
printf '%s\n' "$LOG_KEY" >log.pub
urne board push e --board "$BOARD" --log-key log.pub --yes claire.key
urne order give open --board "$url" --log-key log.pub --yes claire.key
printf '{"liste":"for","notes":{"n-1":"bien","n-2":"bien","n-3":"mal"}}' >choices.json
credential_of e anna
num=0

# casts MODE HINTED: a vote succeeds, and so many came with hints by now.
casts()
{
	local got
	mode "$1"
	num=$((num + 1))
	exits 0 '' vote --board "$url" --credential credential --choices choices.json \
		--receipt "r$num.json" --log-key log.pub
	grep -q '^Cast' exits.out || die "$1: not cast: $(cat exits.out)"
	mode hints
	got=$(curl -sf "$url/status" | jq .hinted)
	[ "$got" = "$2" ] || die "$1: $got ballots with hints, not $2"
}
casts honest 0
casts hints-silent 0
casts hints 1
casts hints-415 1
casts hints-413 1
casts hints 2

# one that was made before is sent as it is
mkdir home
mode honest
urne board pull home --board "$url" --log-key log.pub
[ ! -e "home/$uuid.hints" ] || die "hints from a board that has none"
urne vote home --credential credential --choices choices.json --out ballot.json
mode hints
exits 0 '' vote --board "$url" --ballot ballot.json --receipt sent.json --log-key log.pub
[ "$(curl -sf "$url/status" | jq .hinted)" = 2 ] || die "hints for a ballot that was made before"

# what refuses the ballot itself is no reason to send it again
mode refuse
exits 1 'not cast' vote --board "$url" --credential credential --choices choices.json \
	--receipt refused.json --log-key log.pub
