#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Attacks on a board from outside, by their rows in docs/threat-model.md: ballots that are copied,
# replayed, of another election; times that would tell who voted when. Each leaves the log as it was.
set -euo pipefail

# shellcheck source=tests/support/real-board.sh
source "$TOP/tests/support/real-board.sh"
own_folder

votes 12
new_board board
start_board board || die "the board does not start"
bring_setup
cast 4 receipts >/dev/null
log=board/public/bb/$UUID
url=http://127.0.0.1:$PORT/bb/$UUID

# ballot N: the text of entry N, from what is published.
ballot()
{
	local payload
	payload=$(curl -sf "$url/tile/entries/000.p/13" | grep -ao '"height":'"$1"',[^}]*' |
		grep -o '[0-9a-f]\{64\}')
	curl -sf "$url/objects/$payload"
}

# answers STATUS PIECE FILE: what the board says to a ballot.
answers()
{
	local got
	got=$(curl -s -o answer -w '%{http_code}' --data-binary "@$3" -H 'Content-Type: application/json' \
		"$url/ballots")
	[ "$got" = "$1" ] || die "$3: $got instead of $1: $(cat answer)"
	grep -qF -- "$2" answer || die "$3: no \"$2\" in: $(cat answer)"
}

ballot 1 >first
ballot 2 >second
[ "$(cat first second | wc -c)" -gt 2000 ] || die "the ballots are not published"
before=$(cat "$log/checkpoint")

# A7: the ballot of one member under the credential of another
mine=$(jq -r .credential first)
theirs=$(jq -r .credential second)
sed "s/$mine/$theirs/" first | tr -d '\n' >a7
answers 422 '"status":422' a7

# A8: two people cannot be given one receipt: the same ballot from somebody else is the same ballot
jq -r .tracker receipts | sort | uniq -d | grep -q . && die "two voters have the same tracker"

# A12: an old ballot is taken back to the board, to make it the last one of its credential
answers 200 '"height":1,' first
answers 200 '"height":2,' second

# A13: a ballot of another election, or of this one under another text
sed "s/$UUID/${UUID%y}x/" first | tr -d '\n' >a13-uuid
answers 422 'election' a13-uuid
hash=$(jq -r .election_hash first)
other=$([ "${hash:0:1}" = A ] && echo B || echo A)${hash:1}
sed "s|$hash|$other|" first | tr -d '\n' >a13-hash
answers 422 '"status":422' a13-hash

# a ballot of a credential that is not on the list, and one that is cut short
sed 's/"credential":"[0-9a-f]*"/"credential":"5866666666666666666666666666666666666666666666666666666666666666"/' \
	first | tr -d '\n' >stranger
answers 422 'status' stranger
head -c 2000 first >cut-short
answers 400 'status' cut-short

# A25: nobody can end the voting, count or publish a result by sending it, whatever the sum; and an order
# that no official signed is nobody's
for type in Setup EndBallots EncryptedTally Result; do
	got=$(curl -s -o answer -w '%{http_code}' -X POST --data-binary @first "$url/events/$type")
	[ "$got" = 404 ] || die "$type is taken: $got: $(cat answer)"
done
"$URNE" official key --name claire --key stranger.key --out stranger.pub --no-passphrase >/dev/null 2>&1
rm -f setup.draft
"$BENCH_DIR/bench_board" setup votes.bel stranger.key "$SERVICE" setup.draft strange.seal strange.open
got=$(curl -s -o answer -w '%{http_code}' --data-binary @strange.open "${url%/*}/journal/orders")
[ "$got" = 403 ] || die "an order of a stranger: $got: $(cat answer)"

[ "$(cat "$log/checkpoint")" = "$before" ] || die "the log has grown"

# A39: nothing public says when a ballot came: no time in a file, of a file, or in an answer
find "$log/objects" "$log/tile" -type f -newermt @1 | grep . && die "files tell when ballots came"
curl -sI "$url/objects/$(find "$log/objects" -type f -printf '%f\n' | head -n 1 || true)" |
	grep -i '^last-modified' && die "an answer tells when a ballot came"
jq -e 'has("time") or has("date") or has("timestamp")' receipts >/dev/null && die "a receipt tells the time"
grep -aq "$(date +%Y-%m-%d)" "$log"/tile/entries/*.p/13 && die "an entry holds a date"
# and the operator's log does not say who sent what
grep -qE '127\.0\.0\.1"|10\.[0-9]+\.[0-9]+\.[0-9]+|tracker|credential' <(grep -v '"listening"' board.log) &&
	die "the operator's log names addresses or ballots"

stop_board TERM
check_board board
check_history board receipts
