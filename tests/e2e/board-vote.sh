#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# A whole election over the board, encrypted on the way: set up, cast, revoted, closed, counted, by
# the commands that the operating guide shows; the result is the one the choices give, everybody's
# receipt holds to the end, and urne-verify accepts the archive that was pulled.
set -euo pipefail

: "${TOP:?}" "${URNE:?}" "${URNE_VERIFY:?}" "${URNE_BOARD:?}"
work=$(mktemp -d)
# shellcheck disable=SC2317 # by the trap
stop()
{
	[ ! -s board.pid ] || kill "$(cat board.pid)" 2>/dev/null || true
	wait
	rm -rf "$work"
}
trap stop EXIT
cd "$work"
# shellcheck source=tests/support/vote.sh
source "$TOP/tests/support/vote.sh"
# shellcheck source=tests/support/stand-in-board.sh
source "$TOP/tests/support/stand-in-board.sh"

# --- a board ---
umask 077
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout tls.key -out tls.pem \
	-addext 'subjectAltName=IP:127.0.0.1,DNS:localhost' 2>/dev/null || die "openssl"
official_keys
"$URNE_BOARD" init --dir board --host vote.example.org --official claire.pub --official hugo.pub \
	--agree 2 >/dev/null
# run_board: serves it at BOARD, always on the same port.
port=0
run_board()
{
	"$URNE_BOARD" run --dir board --listen "127.0.0.1:$port" --tls-cert tls.pem --tls-key tls.key \
		2>board.log &
	echo $! >board.pid
	await "the board does not listen" holds board.log '"listening"'
	BOARD=https://$(sed -n 's/.*"listening","address":"\([^"]*\)".*/\1/p' board.log)
	port=${BOARD##*:}
	url=$BOARD/bb/$uuid
	known=(--log-key board/log.pub --ca tls.pem)
}

# --- the election, set up on a machine of the officials ---
definition 2026-01-01T08:00:00+00:00 2199-01-02T20:00:00+00:00 >vote.json
sealed e --test
uuid=$(jq -r .uuid e/draft.json)
run_board
exits 3 'certificate' board push e --board "$BOARD" --log-key board/log.pub --yes claire.key hugo.key
exits 0 '' board push e --board "$BOARD" "${known[@]}" --yes claire.key
grep -q 'waits for 1 more signature' exits.out || die "one official seals: $(cat exits.out)"
urne board push e --board "$BOARD" "${known[@]}" --yes hugo.key
urne order give open --board "$url" "${known[@]}" --yes claire.key hugo.key
exits 1 'no such election' vote --board "${url%??}xx" --choices choices.json --receipt r "${known[@]}"

# --- members vote ---
everything='{"liste":"for","tete":["c-1","c-3"],"programme":{"a-1":"for","a-2":"for","b-1":"for"},
	"priorites":["p-1","p-2"],"notes":{"n-1":"bien","n-2":"moyen","n-3":"moyen"},
	"texte":{"art-1":"for","art-2":"for","whole":"for"}}'
nothing='{"liste":"against","notes":{"n-1":"mal","n-2":"mal","n-3":"mal"}}'
# over MEMBER CHOICES RECEIPT
over()
{
	credential_of e "$1"
	printf '%s' "$2" >choices.json
	exits 0 'compare with your letter' vote --board "$url" --credential credential \
		--choices choices.json --receipt "$3" "${known[@]}"
	grep -q '^Cast' exits.out || die "not cast: $(cat exits.out)"
}
over anna "$everything" anna.json
over bruno "$nothing" bruno-first.json
over chloe "$everything" chloe.json
over bruno "$everything" bruno.json
[ "$(jq -r .replaces bruno.json)" = "$(jq -r .tracker bruno-first.json)" ] ||
	die "the revote does not name what it replaces: $(cat bruno.json)"

[ "$(curl -sf --cacert tls.pem "$BOARD/metrics" | sed -n 's/^urne_hinted_ballots_total{check="hints"} //p')" = 4 ] ||
	die "four ballots of urne vote were not good by their hints"

# a ballot made on another machine is cast from its file, twice the same
mkdir home
urne board pull home --board "$url" "${known[@]}"
credential_of e david
printf '%s' "$nothing" >choices.json
urne vote home --credential credential --choices choices.json --out david-ballot.json
urne vote --board "$url" --ballot david-ballot.json --receipt david.json "${known[@]}"
urne vote --board "$url" --ballot david-ballot.json --receipt david-again.json "${known[@]}"
[ "$(jq .height david.json)" = "$(jq .height david-again.json)" ] ||
	die "the same ballot got two places"
exits 0 '' receipt verify david.json --log-key board/log.pub --ballot david-ballot.json
sed 's/"proof"/"Proof"/' david-ballot.json >broken-ballot.json
exits 1 'not cast' vote --board "$url" --ballot broken-ballot.json --receipt x.json "${known[@]}"

# the board is gone for a while
kill "$(cat board.pid)"
wait "$(cat board.pid)" || die "the board does not stop: $(tail -n 2 board.log)"
exits 3 '127.0.0.1' board pull home --board "$url" "${known[@]}"
run_board
over emma "$nothing" emma.json

urne vote home --credential credential --choices choices.json --out late-ballot.json

# --- closing, and the count on the officials' machine ---
exits 0 '' order give close --board "$url" "${known[@]}" --yes claire.key
grep -q 'waits for 1 more signature' exits.out || die "one official closes: $(cat exits.out)"
exits 0 '' order give close --board "$url" "${known[@]}" --yes hugo.key
grep -q 'The ballots are added up' exits.out || die "close: $(cat exits.out)"
exits 1 'not cast' vote --board "$url" --ballot late-ballot.json --receipt late.json "${known[@]}"
[ ! -e late.json ] || die "a receipt for a ballot after the end"
exits 0 '' vote --board "$url" --ballot david-ballot.json --receipt found.json "${known[@]}"
urne board pull e --board "$url" "${known[@]}"
cmp -s "e/$uuid.vote.json" vote.json || die "the definition is not the one that was pushed"
# the board has added the ballots up; an official who does it makes the same event, byte for byte
exits 1 'no tally to be made' tally e
cp -r e mine
truncate -s "$(($(grep -abo '"EndBallots"' "e/$uuid.bel" | cut -d: -f1) / 512 * 512 + 512))" \
	"mine/$uuid.bel"
urne tally mine
cmp "mine/$uuid.bel" "e/$uuid.bel" || die "the board's tally is not the officials'"
urne board pull home --board "$url" "${known[@]}"
urne decrypt home --key e-trustee.key --out decryption.json
urne append e decryption.json
urne result e
exits 0 '' board push e --board "$url" "${known[@]}"
grep -q 'PartialDecryption: taken' exits.out || die "push does not say what it sent: $(cat exits.out)"
grep -q 'Result is not sent' exits.out || die "push does not say what it keeps: $(cat exits.out)"
urne order give release --board "$url" "${known[@]}" --yes claire.key hugo.key

# --- everybody ---
urne board pull fresh --board "$url" "${known[@]}"
cmp "fresh/$uuid.bel" "e/$uuid.bel" || die "the board has another archive than the officials"
verdict 0 "fresh/$uuid.bel"
for receipt in anna bruno bruno-first chloe david emma; do
	exits 0 '' receipt verify "$receipt.json" --board "$url" "${known[@]}"
done
verdict 0 "$url" "${known[@]}" --receipt anna.json --receipt bruno-first.json --receipt emma.json
for check in log entries seal hours release; do
	says "journal-$check" PASS
done
"$URNE" outcome fresh --format json --out outcome.json >/dev/null
jq -e '.. | objects | select(.id? == "liste")' outcome.json >/dev/null ||
	die "no outcome: $(cat outcome.json)"
"$URNE" show fresh --json | jq -e '.ballots == 6 and .voters == 5' >/dev/null ||
	die "not six ballots of five voters: $("$URNE" show fresh --json)"
urne minutes fresh --out minutes
urne certify fresh --minutes minutes --key claire.key
