#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# urne watch and a board that lies: each lie has its alarm and no other, the evidence convicts the board
# without us, honest boards raise none, and what was verified stays (threats A9, A10, A12, A25, A29, A34).
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

# fresh: the opened election on a board without ballots, and an observer who knows nothing.
fresh()
{
	exec 9>&-
	rm -rf board.stdin board.out s s.d
	stand_in
	printf '%s\n' "$LOG_KEY" >log.pub
	url=$BOARD/bb/$uuid
	on_board e "$BOARD" claire.key
}

# send BALLOT...: each gets its receipt in BALLOT.receipt.
send()
{
	local b
	for b in "$@"; do
		curl -sf --data-binary "@$b" "$url/ballots" >"$b.receipt" || die "$b is refused"
	done
}

# look STATUS OPTIONS...: one look; what it says is in look.out.
look()
{
	local want=$1 rc=0
	shift
	"${AT[@]}" "$URNE" watch "$url" --state s --log-key log.pub --once "$@" \
		>look.out 2>look.err </dev/null || rc=$?
	[ "$rc" = "$want" ] || die "urne watch $* exits $rc, not $want: $(cat look.out look.err)"
}
AT=(env)

# alarm NAME PIECE OPTIONS...: one look, which says this alarm, and no other; its evidence is in `folder`.
alarm()
{
	local name=$1 piece=$2
	shift 2
	look 1 "$@"
	[ "$(grep -c ALARM look.out)" = 1 ] || die "not one alarm, $name: $(cat look.out)"
	grep -F "ALARM $name: " look.out | grep -qF -- "$piece" ||
		die "not the alarm $name with \"$piece\": $(cat look.out look.err)"
	folder=$(sed -n 's/.*; evidence: //p' look.out)
	[ -s "$folder/why.txt" ] || die "$name: no evidence in $folder"
}

quiet()
{
	look 0 "$@"
	! grep -q ALARM look.out || die "an alarm: $(cat look.out)"
}

# convicts KIND: the evidence in `folder`, judged without our programs.
convicts()
{
	python3 "$TOP/tests/support/evidence.py" "$1" "$folder" "$LOG_KEY" >evidence.out ||
		die "the evidence of $1 in $folder does not convict"
}

definition 2026-01-01T08:00:00+00:00 2199-01-02T20:00:00+00:00 >vote.json
sealed e
known=(--log-key log.pub)
uuid=$(jq -r .uuid e/draft.json)
all='{"liste":"for","notes":{"n-1":"bien","n-2":"moyen","n-3":"moyen"}}'
none='{"liste":"against","notes":{"n-1":"mal","n-2":"mal","n-3":"mal"}}'
for m in anna bruno chloe; do
	ballot e "$m" "$all" "$m"
done
ballot e anna "$none" anna-again
other_tracker=$(sed "s/\"credential\":\"[^\"]*\"/\"credential\":$(jq .credential bruno)/" anna | tr -d '\n')
printf '%s' "$other_tracker" >stolen

# --- fork: one size, two roots; and a longer log that does not continue ---
fresh
send anna bruno
quiet
mode forgetful
send chloe
mode honest
alarm fork 'a log of 3 entries and one of 3 that does not continue it'
convicts fork
alarm fork 'one of 3' # it stays, and is not kept twice
[ "$(find s.d/alarms -mindepth 1 -maxdepth 1 | wc -l)" = 1 ] || die "the same evidence was kept twice"
send anna-again
alarm fork 'one of 4'
convicts fork
python3 "$TOP/tests/support/evidence.py" fork "$folder" "${LOG_KEY%????}AAAA" 2>/dev/null &&
	die "the evidence convicts anybody"

# a shorter log that was never the beginning of the longer one, which its tiles still show
fresh
send anna bruno chloe
quiet
mode forged-behind
alarm fork 'of 4 entries and one of 3'
convicts fork
mode honest
quiet

# --- rollback: it ends when the log is back ---
fresh
send anna bruno
quiet
mode ahead
alarm rollback 'the log had 3 entries and shows 2 now'
if [ ! -s "$folder/checkpoint.kept" ] || [ ! -s "$folder/checkpoint" ]; then
	die "a rollback needs both checkpoints"
fi
mode honest
quiet --receipt anna.receipt --receipt bruno.receipt

# --- stall, and that no answer is no alarm at once ---
mode down
look 3
grep -q 'something broke' look.err || die "no reason: $(cat look.err)"
alarm stall 'no good answer since 0 minutes' --stall 0
mode honest
quiet

# --- somebody on the way sends another part of the archive: no answer, and no word of the board ---
fresh
send anna
quiet
send bruno
mode wrong-part
look 3
grep -q 'sends another part' look.err || die "no reason: $(cat look.err)"
! grep -q ALARM look.out || die "an alarm: $(cat look.out)"
mode honest
quiet

# --- another key, nobody's signature ---
mode other-key
alarm signature 'the checkpoint is not signed with the log'
rm -rf s s.d
alarm signature 'signs its log with another key than that of --log-key'
mode honest

# --- what is served is not what is signed ---
rm -rf s s.d
mode other-entry
alarm files 'the entries from 0 on are not those'
mode other-object
alarm files 'is not the object with this hash'
mode honest
quiet
mode other-tile
alarm files 'do not lead to the root' --receipt anna.receipt
mode honest
send chloe
mode other-tail
alarm archive 'of the archive are not the events'
mode honest
quiet --receipt chloe.receipt
mode forged-root # signed: the board contradicts itself
alarm fork 'of 4 entries and one of 4'
convicts fork

# --- a ballot that the log signs and nobody may count ---
fresh
send anna
quiet
send bruno stolen
alarm invalid 'event 3: ballot'
convicts event
[ "$(cat evidence.out)" = "3 Ballot" ] || die "another event: $(cat evidence.out)"
cmp stolen "$folder/payload" || die "the ballot is not in the evidence"
grep -q '"size":3' s || die "what stood before the bad ballot was not kept: $(head -n 2 s)"
alarm invalid 'event 3: ballot'

# --- a receipt that the log does not honour ---
fresh
send anna bruno
cp anna.receipt first.json
cp bruno.receipt kept.json
send anna # it is there: a receipt of the log with both
mode forgetful
send chloe
mode honest
for kept in kept.json anna.receipt; do
	alarm receipt 'two histories' --receipt "$kept"
	convicts receipt
done
quiet --receipt first.json
fresh
send anna
cp anna.receipt kept.json
quiet --receipt kept.json
rm -rf s s.d
send bruno
sed -i 's|"proof"|"replaces":"'"$(jq -r .tracker anna.receipt)"'","proof"|' bruno.receipt
alarm receipt 'what it says of the ballot that it replaces' --receipt bruno.receipt
mode ahead
rm -rf s s.d
alarm stall 'the ballot is not in it' --receipt bruno.receipt --stall 0
mode honest
printf '{}' >nothing.json
look 1 --receipt nothing.json
! grep -q ALARM look.out || die "a file that is no receipt is an alarm: $(cat look.out)"

# --- the hours ---
fresh
send anna
quiet
for mode in 'early the journal' 'journal-hidden the sealed definition'; do
	rm -rf s s.d
	mode "${mode%% *}"
	alarm early-closing "event 2: it ends voting, and ${mode#* } says 2199-01-02"
	convicts event
	[ "$(cat evidence.out)" = "2 EndBallots" ] || die "another event: $(cat evidence.out)"
done
if ! instrumented "$URNE"; then
	fresh
	send anna
	AT=(faketime '2199-01-02 20:05:00Z')
	quiet
	AT=(faketime '2199-01-02 20:10:00Z')
	send bruno
	alarm outside-hours 'event 2: 1 ballots from here on were taken after voting had ended'
	convicts event
	AT=(faketime '2199-01-02 20:30:00Z')
	alarm stall 'voting ended at 2199-01-02T20:00:00Z, and nobody has closed it'
	rm -rf s s.d
	mode journal-hidden
	alarm stall 'voting ended at 2199-01-02T20:00:00+00:00, and nobody has closed it'
	mode honest
	rm -rf s s.d
	AT=(faketime '2025-01-01 00:00:00Z')
	alarm outside-hours 'were taken before voting opened'
	AT=(env)
fi

# --- the count: a tally with a ballot less, a result that somebody chose, nothing wrong at all ---
if ! instrumented "$URNE"; then
	# count DIR BALLOT...: the whole election with these ballots, counted after closing
	count()
	{
		local dir=$1 step
		cp -r e "$dir"
		cp e-trustee.key "$dir.key" # a key decrypts one tally
		for step in "${@:2}"; do
			urne append "$dir" "$step"
		done
		for step in "close $dir" "tally $dir" "decrypt $dir --key $dir.key --out $dir.json" \
			"append $dir $dir.json" "result $dir"; do
			# shellcheck disable=SC2086 # words
			faketime '2199-01-03 12:00:00Z' "$URNE" $step >>log 2>&1 || die "$step: $(tail -n 1 log)"
		done
		archive=$(echo "$dir"/*.bel)
	}
	AT=(faketime '2199-01-02 20:00:30Z') # clocks may differ by a minute
	count less anna bruno chloe
	less=$archive
	count all anna bruno chloe anna-again
	fresh
	send anna bruno chloe anna-again
	send_event EndBallots "$archive"
	quiet
	send_event EncryptedTally "$less"
	alarm tally 'event 6: '
	convicts event
	[ "$(cat evidence.out)" = "6 EncryptedTally" ] || die "another event: $(cat evidence.out)"

	fresh
	send anna bruno chloe
	quiet
	send anna-again
	for step in EndBallots EncryptedTally PartialDecryption; do
		send_event "$step" "$archive"
		quiet
	done
	said=$(grep -ao '"result":\[\[[0-9]*,[0-9]*' "$archive" | tail -n 1)
	send_event Result "$archive" "$said" '"result":[[3,0'
	alarm result 'event 8: '
	convicts event
	[ "$(cat evidence.out)" = "8 Result" ] || die "another event: $(cat evidence.out)"

	fresh
	send anna bruno chloe anna-again
	for step in EndBallots EncryptedTally PartialDecryption; do
		send_event "$step" "$archive"
	done
	"${AT[@]}" "$URNE" order give release --board "$url" --log-key log.pub --yes claire.key >>log 2>&1 ||
		die "release: $(tail -n 3 log)"
	send_event Result "$archive"
	quiet --receipt anna.receipt --receipt anna-again.receipt
	grep -q 'events 9, ballots 4, members 3, done' look.out || die "not done: $(cat look.out)"
	quiet
	send_event Result "$archive"
	alarm invalid 'event 9: Result cannot come here: the result is there'
	AT=(env)
fi
echo "every lie has its alarm"
