#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# From the last ballot to the result over a real board: it closes at the hour and adds up by itself,
# also when it is killed in between; two of three trustees decrypt, each for itself, a wrong share is
# refused and named (threat A23), too few voters are not counted (A19), hours are kept (A34).
set -euo pipefail

: "${TOP:?}" "${URNE:?}" "${URNE_VERIFY:?}" "${URNE_BOARD:?}"
work=$(mktemp -d)
BOARD_PID=
# shellcheck disable=SC2317 # by the trap
stop()
{
	[ -z "$BOARD_PID" ] || kill -9 "$BOARD_PID" 2>/dev/null || true
	wait
	rm -rf "$work"
}
trap stop EXIT
cd "$work"
# shellcheck source=tests/support/vote.sh
source "$TOP/tests/support/vote.sh"
# shellcheck source=tests/support/stand-in-board.sh
source "$TOP/tests/support/stand-in-board.sh"
# shellcheck source=tests/support/record.sh
source "$TOP/tests/support/record.sh"
mkdir .test
LISTEN=0

# run_board [BATCH-MS]: on the same port as the first time.
run_board()
{
	"$URNE_BOARD" run --dir board --listen "127.0.0.1:$LISTEN" --batch-ms "${1:-20}" 2>>board.log &
	BOARD_PID=$!
	await "the board does not listen" healthy
}

healthy()
{
	LISTEN=$(sed -n 's/.*"listening","address":"127.0.0.1:\([0-9]*\)".*/\1/p' board.log | tail -n 1)
	[ -n "$LISTEN" ] && curl -s "http://127.0.0.1:$LISTEN/healthz" >/dev/null
}

# crash: no word of farewell.
crash()
{
	kill -9 "$BOARD_PID"
	{ wait "$BOARD_PID" || true; } 2>/dev/null
	BOARD_PID=
}

# at DIR: url and uuid are those of the election.
at()
{
	uuid=$(basename "$(echo "$1"/*.bel)" .bel)
	url=http://127.0.0.1:$LISTEN/bb/$uuid
}

# stage: where the signed log of url stands.
stage()
{
	"$URNE" status --board "$url" --log-key board/log.pub --json 2>>log | jq -r .stage
}

# comes_to STAGE
comes_to()
{
	await "the election does not come to be $1" stage_is "$1"
}

stage_is()
{
	[ "$(stage)" = "$1" ]
}

# passed SECONDS: this moment is over.
passed()
{
	[ "$(date +%s)" -ge "$1" ]
}

# over DIR MEMBER: votes for everything.
over()
{
	ballot "$1" "$2" '{"liste":"for","notes":{"n-1":"bien","n-2":"bien","n-3":"mal"}}' "$1-$2.json"
	urne vote --board "$url" --ballot "$1-$2.json" --receipt "$1-$2-r.json" --log-key board/log.pub
}

# push DIR
push()
{
	at "$1"
	on_board "$1" "http://127.0.0.1:$LISTEN" claire.key
}

# bare DIR: an election without definition, one trustee, two members; Anna votes.
bare()
{
	local member
	echo '{"name":"n","description":"d","questions":[
		{"question":"Q","answers":["A","B"],"min":1,"max":1}]}' >"$1.q.json"
	urne new "$1" --questions "$1.q.json"
	printf 'anna\nbruno\n' >"$1-roll.csv"
	urne credentials "$1" --roll "$1-roll.csv" --out "$1-private.json"
	urne trustee key --group Ed25519 --key "$1-trustee.key" --out "$1-trustee.json" --no-passphrase
	urne trustee add "$1" "$1-trustee.json"
	urne seal "$1"
	push "$1"
	for member in anna bruno; do
		ballot "$1" "$member" '[["A"]]' "$1-$member.json"
		urne vote --board "$url" --ballot "$1-$member.json" --receipt "$1-$member-r.json" \
			--log-key board/log.pub
	done
}

official_keys
"$URNE_BOARD" init --dir board --host vote.example.org --official claire.pub >/dev/null
run_board
known=(--log-key board/log.pub)

# --- closing at the hour: one while the board runs, one while it does not ---
moment()
{
	date -u -d "@$1" +%Y-%m-%dT%H:%M:%S+00:00
}
# before_the_hours: two elections, and what their members and officials do until they close.
before_the_hours()
{
	local member
	for dir in soon later; do
		definition 2026-01-01T08:00:00+00:00 "$(moment "${closes[$dir]}")" >vote.json
		sealed "$dir"
		push "$dir"
	done
	at soon
	for member in anna bruno chloe; do
		over soon "$member"
	done
	exits 1 'members may vote until' order give close --board "$url" "${known[@]}" --yes claire.key
	exits 0 '' status --board "$url" "${known[@]}"
	grep -q 'the board closes by itself' exits.out || die "status before the hour: $(cat exits.out)"
	ballot soon david '{"liste":"against","notes":{"n-1":"mal","n-2":"mal","n-3":"mal"}}' late.json
	at later
	over later anna
	over later bruno
}
# A machine that is too slow for these hours gets longer ones.
declare -A closes
for hours in 20 50 100; do
	rm -rf soon soon-* later later-*
	closes=([soon]=$(($(date +%s) + hours)) [later]=$(($(date +%s) + hours + 8)))
	if (before_the_hours); then
		break
	fi
	if [ "$hours" = 100 ] || ! passed "${closes[soon]}"; then
		die "before the hours"
	fi
	echo "the hours were over before everybody had voted: once more, with longer ones" >&2
done
at soon
comes_to decrypting
passed "${closes[soon]}" || die "closed before the hour"
grep -q '"type":"EndBallots"' board.log || die "the board does not say that it closed: $(cat board.log)"
exits 1 'not cast' vote --board "$url" --ballot late.json --receipt late-r.json "${known[@]}"
# an order that comes after is too late
exits 1 'is tallied' order give close --board "$url" "${known[@]}" --yes claire.key
crash
await "the clock stands still" passed $((closes[later] + 1))
run_board
at later
# two voted, and the floor is three: nothing is added up, and the operator is told why
told()
{
	grep -q 'not done without an order.*2 members voted' board.log
}
await "nobody is told that two votes are not added up" told
stage_is closed || die "two votes were added up: $(stage)"
exits 1 'so there is no decryption to be made now' decrypt --board "$url" --key later-trustee.key \
	"${known[@]}" --yes

# --- killed between the end and the tally ---
closed()
{
	curl -s "$url/status" | grep -q '"closed"'
}
for try in 1 2 3 4 5; do
	bare "cut$try"
	# the batch with the tally is gathered for a second behind the one with the end
	crash
	run_board 1000
	"$URNE" order give close --board "$url" "${known[@]}" --yes claire.key >close.out 2>&1 &
	closing=$!
	await "the board does not close" closed
	crash
	kill "$closing" 2>/dev/null || true
	wait "$closing" || true
	! grep -aq EncryptedTally "board/public/bb/$uuid/election.bel" || {
		run_board
		continue
	}
	grep -aq EndBallots "board/public/bb/$uuid/election.bel" || die "the end is not in the archive"
	break
done
[ -z "$BOARD_PID" ] || die "the board was never caught between the end and the tally ($try)"
"$URNE_BOARD" check --dir board >check.out 2>&1 || die "check: $(cat check.out)"
run_board
comes_to decrypting

# --- threat A19: without a definition five is the floor, and says so ---
exits 1 'below 5 the result may show how single members voted' decrypt --board "$url" \
	--key "cut$try-trustee.key" "${known[@]}" --yes
exits 0 '' decrypt --board "$url" --key "cut$try-trustee.key" "${known[@]}" --yes --few-voters
exits 0 '' order give release --board "$url" "${known[@]}" --yes claire.key
urne board pull "cut$try" --board "$url" "${known[@]}"
"$URNE" show "cut$try" | grep -q 'A' || die "no counts"
verdict 0 "$url" "${known[@]}"

# --- two of three trustees; a test, which officials may close before its hour ---
definition 2026-01-01T08:00:00+00:00 2199-01-02T20:00:00+00:00 >vote.json
urne new e --definition vote.json --test
printf '%s\n' anna bruno chloe david emma >e-roll.csv
urne credentials e --roll e-roll.csv --out e-private.json
urne ceremony open e --size 3 --threshold 2
for round in 1 2 3 4; do
	for j in 1 2 3; do
		in=e/ceremony/round-$round-for-all.json
		[ -e "$in" ] || in=e/ceremony/round-$round-for-$j.json
		urne trustee step --key "t$j.key" --in "$in" --out "a$round-$j.json" --no-passphrase
	done
	urne ceremony collect e "a$round-1.json" "a$round-2.json" "a$round-3.json"
done
urne seal e
push e
for member in anna bruno chloe david; do
	over e "$member"
done
sleep 1.5
[ "$(stage)" = open ] || die "the board closed a test: $(stage)"
exits 0 '' order give close --board "$url" "${known[@]}" --yes claire.key
grep -q 'The ballots are added up' exits.out || die "close: $(cat exits.out)"
share()
{
	echo decrypt --board "$url" --key "t$1.key" --share "e/ceremony/share-$1.dkey" "${known[@]}" --yes
}

# threat A23: wrong shares are refused, named, and leave nothing
urne board pull copy --board "$url" "${known[@]}"
urne decrypt copy --key t2.key --share e/ceremony/share-2.dkey --out d2
sed 's/^.*"partial_decryption"://; s/}$//' d2 | tr -d '\n' >right
# body OWNER PARTIAL: as it is sent
body()
{
	cp "copy/$uuid.bel" framed
	printf '{"owner":%s,"payload":"%s"}' "$1" "$(sha256sum <"$2" | cut -c1-64)" >owned
	record framed data "$2"
	record framed data owned
	tail -c +"$(($(stat -c %s "copy/$uuid.bel") + 1))" framed >sent
}
# answers STATUS PIECE: to what is sent.
answers()
{
	local got
	got=$(curl -s -o answer -w '%{http_code}' --data-binary @sent "$url/events/PartialDecryption")
	[ "$got" = "$1" ] || die "$got, not $1: $(cat answer)"
	grep -qF -- "$2" answer || die "no \"$2\" in: $(cat answer)"
}
sed 's/\("response":"[0-9]*\)[0-9]"/\10"/2; t; s/$/x/' right | tr -d '\n' >wrong
! cmp -s right wrong || sed 's/\("response":"[0-9]*\)[0-9]"/\11"/2' right | tr -d '\n' >wrong
before=$(cat "board/public/bb/$uuid/checkpoint")
body 2 wrong
answers 422 "trustee 2: choice 1: the decryption factor's proof does not verify"
body 1 right
answers 422 'trustee 1: choice 0'
body 4 right
answers 422 'there is no trustee 4'
body 2 right
head -c 1536 sent >short
mv short sent
answers 422 'the file ends inside the record'
head -c 2000000 /dev/zero >sent
answers 413 ''
body 2 right
mv sent share-2-body
[ "$(cat "board/public/bb/$uuid/checkpoint")" = "$before" ] || die "a wrong share is in the log"

# the first gives its share; then the board is killed, and the third gives its own
read -ra give <<<"$(share 1)"
exits 0 '' "${give[@]}" --json
jq -e '.owner == 1 and .height == 7 and .repeated == false' exits.out >/dev/null || die "$(cat exits.out)"
exits 0 '' status --board "$url" "${known[@]}" --json
jq -e '.decrypted == [1] and .missing == 1 and .ballots == 4 and .num_tallied == 4 and
	([.next[].who] == ["trustee 2", "trustee 3", "official"])' exits.out >/dev/null ||
	die "status: $(cat exits.out)"
exits 1 '1 valid partial decryptions are there, 2 are needed' order give release --board "$url" "${known[@]}" \
	--yes claire.key
crash
read -ra give <<<"$(share 3)"
exits 3 '127.0.0.1' "${give[@]}"
run_board
exits 0 '' "${give[@]}"
# the same trustee again, from another machine: nothing to do
rm t3.key.decrypted.json
exits 0 '' "${give[@]}"
grep -q 'There is nothing to do' exits.out || die "twice: $(cat exits.out)"
# one more than is needed makes a forged one stand out (threat A17); it is taken without an order
cp share-2-body sent
answers 200 '"height":9'
answers 200 '"height":9'

# --- the result is the officials' to publish ---
exits 1 'signature' order give release --board "$url" "${known[@]}" --yes hugo.key
exits 0 '' order give release --board "$url" "${known[@]}" --yes claire.key
sleep 1.1
exits 1 'is released' order give release --board "$url" "${known[@]}" --yes claire.key
answers 200 '"height":9'
body 3 wrong
answers 409 'cannot come now'
exits 1 'has its result' "${give[@]}"
exits 0 '' status --board "$url" "${known[@]}"
grep -q 'urne outcome DIR' exits.out || die "status at the end: $(cat exits.out)"
urne board pull copy --board "$url" "${known[@]}"
"$URNE" outcome copy --format json --out outcome.json >/dev/null
jq -e '.. | objects | select(.id? == "liste")' outcome.json >/dev/null || die "no outcome"
verdict 0 "$url" "${known[@]}" --receipt e-anna-r.json
kill "$BOARD_PID"
wait "$BOARD_PID" || die "the board does not stop"
BOARD_PID=
"$URNE_BOARD" check --dir board >check.out 2>&1 || die "check: $(cat check.out)"
