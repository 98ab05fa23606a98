#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Hints at a board: ballots that come with right, wrong, foreign or cut ones get the answers that they
# get without; the file beside the archive verifies the whole log, after kills too; and one that cannot
# be written keeps nobody from voting. Another program, tests/support/hints.py, reads the file.
set -euo pipefail

# shellcheck source=tests/support/real-board.sh
source "$TOP/tests/support/real-board.sh"
: "${URNE_VERIFY:?}"
own_folder
type=application/vnd.urne.hinted-ballot

# post FILE [TYPE]: CODE and answer.
post()
{
	CODE=$(curl -s --max-time 120 -H "Content-Type: ${2:-$type}" --data-binary "@$1" -o answer \
		-w '%{http_code}' "http://127.0.0.1:$PORT/bb/$UUID/ballots") || CODE=000
}

# counts NAME: a number of the running board.
counts()
{
	curl -sf "http://127.0.0.1:$PORT/metrics" | sed -n "s/^urne_$1 //p"
}

# same_verdict HINTS NUM: with these hints the report on the running board's log is the one without, and the
# whole list of credentials and NUM ballots were verified by them.
same_verdict()
{
	local at=http://127.0.0.1:$PORT/bb/$UUID got list rc=0
	"$URNE_VERIFY" "$at" --log-key board/log.pub --json - >plain.json || rc=$?
	[ "$rc" = 3 ] || die "without hints: $rc"
	rc=0
	"$URNE_VERIFY" "$at" --log-key board/log.pub --hints "$1" --json - >with.json || rc=$?
	[ "$rc" = 3 ] || die "with $1: $rc"
	got=$(jq .election.ballots_with_hints with.json)
	[ "$got" = "$2" ] || die "$1: $got ballots by hints, not $2: $(jq -c .notes with.json)"
	list=$(jq .election.credentials with.json)
	got=$(jq .election.credentials_with_hints with.json)
	[ "$got" = "${list}" ] || die "$1: $got credentials of $list by hints: $(jq -c .notes with.json)"
	jq -S 'del(.election["ballots_with_hints","credentials_with_hints","factors_with_hints"])' with.json >with
	jq -S . plain.json | cmp -s - with || die "$1: another report: $(jq -S . plain.json | diff - with | head -5)"
}

votes 60
ballot_files
new_board board
start_board board || die "the board does not start"
bring_setup
"$URNE_VERIFY" votes.bel --write-hints all --quiet >/dev/null || [ $? = 3 ] || die "hints"
file=board/public/bb/$UUID/hints
python3 - all <<'END' || die "hints of votes.bel"
import hashlib, sys
data = open(sys.argv[1], "rb").read()
found, at = {}, 64
while at < len(data):
    num = int.from_bytes(data[at + 32:at + 40], "big")
    found[data[at:at + 32]] = data[at + 40:at + 40 + 64 * num]
    at += 40 + 64 * num
for i in range(60):
    text = open("ballot.%d" % i, "rb").read()
    open("hints.%d" % i, "wb").write(found[hashlib.sha256(text).digest()])
END

# --- one at a time ---

# hinted BALLOT HINTS: the body of both.
hinted()
{
	cat "ballot.$1"
	echo
	cat "$2"
}
hinted 0 hints.0 >body
post body
[ "$CODE" = 200 ] || die "right hints: $CODE $(cat answer)"
[ "$(counts 'hinted_ballots_total{check="hints"}')" = 1 ] || die "it was not checked by its hints"
post ballot.1 application/json
[ "$CODE" = 200 ] || die "without hints: $CODE $(cat answer)"
hinted 2 hints.3 >body
post body
[ "$CODE" = 200 ] || die "hints of another ballot: $CODE $(cat answer)"
[ "$(counts 'hinted_ballots_total{check="exact"}')" = 1 ] || die "it was not checked exactly"
for cut in 0 1 63 64 1000 $(($(stat -c %s hints.3) - 1)); do
	head -c "$cut" hints.3 >shorter
	hinted 3 shorter >body
	post body
	[ "$CODE" = 200 ] || die "hints cut to $cut bytes: $CODE $(cat answer)"
done
head -c "$(stat -c %s hints.4)" /dev/urandom >noise
hinted 4 noise >body
post body
[ "$CODE" = 200 ] || die "noise for hints: $CODE $(cat answer)"
# a bad ballot has the sentence that it has without hints, and so has one that came as a ballot alone
sed 's/"response":"\([0-9]\)/"response":"1\1/' ballot.5 >ballot.bad
post ballot.bad application/json
cp answer plain.answer
plain=$CODE
{ cat ballot.bad; echo; cat hints.5; } >body
post body
if [ "$CODE" != "$plain" ] || [ "$CODE" = 200 ] || ! cmp answer plain.answer; then
	die "a bad ballot: $CODE $(cat answer), without hints $plain $(cat plain.answer)"
fi
hinted 5 hints.5 >body
post body application/json
[ "$CODE" = 413 ] || die "hints behind a ballot that is sent alone: $CODE"

# the file: the head, the list of credentials, and ballots 0 to 4
[ "$(python3 "$TOP/tests/support/hints.py" check "board/public/bb/$UUID/election.bel" $file)" = 6 ] ||
	die "not the hints of the list and five ballots"
first=$(curl -sf -r 64-95 "http://127.0.0.1:$PORT/bb/$UUID/hints" | xxd -p -c 32)
jq -e 'type == "array"' "board/public/bb/$UUID/objects/$first" >/dev/null || die "the first record is not of the list"
same_verdict "http://127.0.0.1:$PORT/bb/$UUID/hints" 5
same_verdict $file 5

# --- a bad one among many ---

# The writer gathers for so long that all wait for each other in the checks, or nearly.
for ((i = 10; i < 40; i++)); do
	hinted $i hints.$i >"body.$i"
done
{ cat ballot.bad; echo; cat hints.5; } >body.20
seq 10 39 | xargs -P 30 -I{} curl -s --max-time 120 -H "Content-Type: $type" --data-binary @body.{} \
	-o answer.{} -w '{} %{http_code}\n' "http://127.0.0.1:$PORT/bb/$UUID/ballots" >codes
[ "$(grep -c ' 200$' codes)" = 29 ] || die "a bad ballot among thirty: $(grep -v ' 200$' codes)"
cmp answer.20 plain.answer || die "the bad one has another sentence: $(cat answer.20)"
same_verdict "http://127.0.0.1:$PORT/bb/$UUID/hints" 34

# --- who fetches them ---

"$URNE" board pull home --board "http://127.0.0.1:$PORT/bb/$UUID" --log-key board/log.pub >pull.out 2>&1 ||
	die "pull: $(cat pull.out)"
cmp "home/$UUID.hints" $file || die "pull brings other hints"
post ballot.6 application/json
"$URNE" board pull home --board "http://127.0.0.1:$PORT/bb/$UUID" --log-key board/log.pub >pull.out 2>&1
cmp "home/$UUID.hints" $file || die "a second pull does not go on"
head -c 5000 $file >short && cp short $file
"$URNE" board pull home --board "http://127.0.0.1:$PORT/bb/$UUID" --log-key board/log.pub >pull.out 2>&1
cmp "home/$UUID.hints" $file || die "hints that were made anew are not fetched anew"
# the sentence for an address without hints; every ballot is checked exactly
same=$(jq -S .verdict plain.json)
for address in "http://127.0.0.1:$PORT/bb/nowhere/hints" http://127.0.0.1:1/hints; do
	"$URNE_VERIFY" "http://127.0.0.1:$PORT/bb/$UUID" --hints "$address" --json - >with.json || [ $? = 3 ] ||
		die "hints from $address end the verification"
	jq -e '.notes | any(test("no hints, every ballot is checked exactly"))' with.json >/dev/null ||
		die "no note about $address"
	[ "$(jq -S .verdict with.json)" = "$same" ] || die "another verdict"
done

# --- gone while the board runs ---

rm $file
for i in 7 8; do
	post ballot.$i application/json
	[ "$CODE" = 200 ] || die "without the file of hints a ballot is refused: $CODE"
done
[ "$(grep -c 'hints are gone' board.log)" = 1 ] || die "the operator is not told, or again and again"
grep 'hints are gone' board.log | grep -q 'had [1-9][0-9]* bytes and has 64.*urne-board refill --hints' ||
	die "the operator is not told what now: $(grep 'hints are gone' board.log)"
stop_board
"$URNE_BOARD" refill --dir board --hints >refill.out || die "refill"
start_board board || die "after refill"
same_verdict $file 37

# --- killed under load ---

stop_board
rm -rf board
votes 300
new_board board
start_board board || die "the board does not start"
bring_setup
cast_and_kill 4 cast-hinted
num=$(python3 "$TOP/tests/support/hints.py" order "board/public/bb/$UUID/election.bel" $file) ||
	die "after kills the file is damaged"
num=$((num - 1)) # the first is of the list
same_verdict "http://127.0.0.1:$PORT/bb/$UUID/hints" "$num"

# what is missing is made by refill, in the place where it belongs
stop_board
check_board board
"$URNE_BOARD" refill --dir board --hints >refill.out || die "refill"
[ "$(python3 "$TOP/tests/support/hints.py" order "board/public/bb/$UUID/election.bel" $file)" = 301 ] ||
	die "refill: $(cat refill.out)"
start_board board || die "after refill"
same_verdict $file 300
rm $file
stop_board
"$URNE_BOARD" refill --dir board --hints >refill.out || die "refill"
start_board board || die "after refill"
same_verdict $file 300
echo "4 kills, $num of 300 ballots with hints before refill"

# --- a disk that is full for them ---

command -v strace >/dev/null || die "strace is missing: tools/deps.sh"
[ "$(id -u)" = 0 ] || { echo "strace gets hold of a running board only as root"; exit 77; }
stop_board
rm -rf board
new_board board
start_board board || die "the board does not start"
bring_setup
ballot_files
post ballot.0 application/json
size=$(stat -c %s $file)
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0 trace_board -P "$PWD/$file" -e trace=pwrite64 \
	-e inject=pwrite64:error=ENOSPC
for i in 1 2 3; do
	post ballot.$i application/json
	[ "$CODE" = 200 ] || die "a full disk for hints refuses a ballot: $CODE"
done
untrace_board
[ "$(stat -c %s $file)" = "$size" ] || die "the fault did not come"
[ "$(counts 'hints_total{outcome="missing"}')" = 3 ] || die "nobody counts what is missing"
[ "$(grep -c 'hints are not kept' board.log)" = 1 ] || die "the operator is not told, or again and again"
grep 'hints are not kept' board.log | grep -q 'No space left' || die "the operator is not told why"
post ballot.4 application/json
same_verdict $file 2
stop_board
[ "$BOARD_STATUS" = 0 ] || die "the board ends with status $BOARD_STATUS"
check_board board
