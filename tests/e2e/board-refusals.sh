#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# A board that errs or lies, and its clients: what a member, an official and anybody else is told,
# which files are left, and that nothing is believed that the log did not sign.
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
sealed e
uuid=$(jq -r .uuid e/draft.json)
bel=$uuid.bel
url=$BOARD/bb/$uuid
printf '%s\n' "$LOG_KEY" >log.pub
known=(--log-key log.pub)

# vote MEMBER RECEIPT OPTION...: by the honest way unless the mode says otherwise.
cast_at()
{
	credential_of e "$1"
	vote=(vote --board "$url" --credential credential --choices choices.json --receipt "$2")
	shift 2
	vote+=("$@")
}
printf '{"liste":"for","notes":{"n-1":"bien","n-2":"bien","n-3":"mal"}}' >choices.json

# --- addresses, keys and what is not there ---
cast_at anna r.json --log-key log.pub
exits 1 'no such election' "${vote[@]}"
for bad in ftp://x/bb/$uuid vote.example.org "$BOARD/bb/x" "https://" "$BOARD/bb/$uuid?x" \
	"$BOARD/bb/$uuid/checkpoint"; do
	exits 1 'write https://HOST/bb/UUID' vote --board "$bad" --choices choices.json --receipt r.json
done
exits 1 'add /bb/ and the UUID' vote --board "$BOARD" --choices choices.json --receipt r.json
exits 2 'name either' vote e --board "$url" --choices choices.json --receipt r.json
exits 2 '--out has no meaning with --board' "${vote[@]}" --out b.json
exits 2 '--receipt is missing' vote --board "$url" --choices choices.json
exits 2 '--choices has no meaning with --board and --ballot' vote --board "$url" \
	--choices choices.json --ballot b.json --receipt r.json
exits 3 'localhost' vote --board "http://localhost:1/bb/$uuid" --choices choices.json --receipt r.json
# in the clear: said of every host that is another machine, whatever its name begins with
for host in vote.example.org localhost.example.org 127.example.org 127.0.0.1.example.org:80; do
	exits 3 'is not encrypted' vote --board "http://$host/bb/$uuid" --ca absent.pem \
		--choices choices.json --receipt r.json
done
for host in localhost localhost:80 127.0.0.1 127.8.9.10:80 '[::1]' '[::1]:80'; do
	exits 3 'absent.pem' vote --board "http://$host/bb/$uuid" --ca absent.pem \
		--choices choices.json --receipt r.json
	! grep -q 'is not encrypted' exits.err || die "$host is called another machine"
done

# --- the seal: what the board shows as draft is what is signed, and what it did stands in its journal ---
seal=(board push e --board "$BOARD" --log-key log.pub --yes)
exits 1 'or give that with --log-key' board push e --board "$BOARD" claire.key
exits 1 'is that of election' board push e --board "$BOARD/bb/8GpLcyFqQvDrUn" --yes claire.key
exits 1 '--log-key x+y' board push e --board "$BOARD" --log-key x+y --yes claire.key
exits 1 'no terminal to ask' board push e --board "$BOARD" --log-key log.pub claire.key
exits 2 'name the key file of an official' "${seal[@]}"
exits 1 'no such file' "${seal[@]}" nobody.key
mode journal-hidden
exits 1 'keeps no journal' "${seal[@]}" claire.key
exits 1 'keeps no journal' order list --board "$BOARD"
exits 1 'keeps no journal' journal --board "$BOARD"
mode journal-root
exits 1 'do not use this board' "${seal[@]}" claire.key
[ "$(curl -s -o out -w '%{http_code}' "$url/draft/setup")" = 404 ] || die "a draft of what nobody signed"
mode other-setup
exits 1 "record's name is not the hash of its content" "${seal[@]}" claire.key
mode other-definition
exits 1 'draft/definition: line 355: ' "${seal[@]}" claire.key
mode honest
[ "$(curl -s -o out -w '%{http_code}' "$url/policy")" = 404 ] || die "sealed over another draft"
exits 0 '' "${seal[@]}" claire.key hugo.key
grep -q 'the order "seal" is executed, as entry 2 of the journal' exits.out ||
	die "push does not say that it is sealed: $(cat exits.out)"
curl -s "$url/draft/definition" | cmp -s - vote.json || die "the definition's draft is another one"
curl -s "$url/draft/setup" >setup
cmp -s -n "$(stat -c %s setup)" setup "e/$bel" || die "the draft is not the beginning of the archive"
exits 0 '' board push e --board "$url" --log-key log.pub --yes claire.key
grep -q "has everything of" exits.out || die "a second push does something: $(cat exits.out)"
exits 1 'members cannot vote now' "${vote[@]}"
rehearse_and_open e "$BOARD" claire.key

other=$(sed 's/vote.example.org/other.example.org/' log.pub)
exits 1 'hash' "${vote[@]/log.pub/$other}"
exits 1 'take the key of that log' vote --board "$url" --log-key "$(cat claire.pub)" \
	--choices choices.json --receipt r.json
mode other-key
exits 1 'signs its log with another key' "${vote[@]}"
mode empty
exits 1 'the log is empty' "${vote[@]}"
exits 1 'the log is empty' board pull empty --board "$url" --log-key log.pub
mode forged-root
exits 1 'entry 0 is not the one' "${vote[@]}"
mode other-entry
exits 1 'entry 0 is not the one' "${vote[@]}"
mode other-object
exits 1 'is not the object with this hash' "${vote[@]}"
if [ -e r.json ] || [ -e r.json.ballot.json ]; then
	die "something was written before a ballot was made"
fi
mode honest

# --- a receipt, and what it is worth ---
exits 0 "compare with your letter: fingerprint $(jq -r '.fingerprint' \
	<("$URNE" show e --json))" "${vote[@]}"
grep -q '^Cast' exits.out || die "vote does not say cast: $(cat exits.out)"
if [ ! -s r.json ] || [ -e r.json.ballot.json ]; then
	die "no receipt, or a ballot left over"
fi
exits 0 '' receipt verify r.json --log-key "$LOG_KEY"
grep -q 'not that it counts' exits.out || die "the receipt says more than it proves: $(cat exits.out)"
exits 0 '' receipt verify r.json --board "$url" --log-key log.pub
exits 0 'compare it with what the officials published' receipt verify r.json --board "$url"
exits 1 'nothing is overwritten' "${vote[@]}"
exits 2 '--log-key or --board is missing' receipt verify r.json
exits 1 'take the key of that log' receipt verify r.json --log-key "$(cat claire.pub)"
sed 's/"height":1/"height":2/' r.json >height.json
exits 1 'says height 2' receipt verify height.json --log-key log.pub
sed 's/"tracker":"\(.\)/"tracker":"x\1/; s/"tracker":"\(.\{43\}\)./"tracker":"\1/' r.json >tracker.json
exits 1 'tracker' receipt verify tracker.json --log-key log.pub
"$URNE" board pull other --board "$url" --log-key log.pub >/dev/null
exits 1 'is for the ballot with tracker' receipt verify r.json --log-key log.pub --ballot choices.json

# --- threats A8 and A13: the receipt of another ballot is no receipt of ours ---
cast_at bruno first.json --log-key log.pub
mode first-receipt
exits 4 'it is for the ballot with tracker' "${vote[@]}"
[ ! -e first.json ] || die "a receipt of another ballot was kept"
[ -s first.json.ballot.json ] || die "the ballot is not kept"
grep -qF -- "--ballot first.json.ballot.json --receipt first.json" exits.err ||
	die "no word on how to send the ballot again: $(cat exits.err)"
grep -qF -- "--receipt first.json --log-key log.pub" exits.err ||
	die "sent again like that, any key would do: $(cat exits.err)"
exits 1 'a ballot without receipt is there' "${vote[@]}"
resend=(vote --board "$url" --log-key log.pub --ballot first.json.ballot.json --receipt first.json)
mode forged-receipt
exits 4 'receipt does not hold' "${resend[@]}"
mode refuse
exits 1 'not cast' "${resend[@]}"
grep -q 'the election is closed' exits.err || die "the board's reason is lost: $(cat exits.err)"
mode broken
exits 4 'perhaps cast, perhaps not' "${resend[@]}"
[ ! -e first.json ] || die "a receipt out of nothing"
mode long-receipt
exits 4 'the answer is larger than' "${resend[@]}"
[ ! -e first.json ] || die "a receipt too long for one was kept"
mode busy
exits 0 'trying again in 1 s' "${resend[@]}"
exits 0 '' receipt verify first.json --log-key log.pub --ballot first.json.ballot.json

# --- a connection that breaks behind the ballot: the same ballot, the same place ---
cast_at chloe lost.json --log-key log.pub
mode lost
exits 0 'trying again' "${vote[@]}"
[ "$(jq .height lost.json)" = 3 ] || die "the ballot sent twice stands twice: $(cat lost.json)"
mode honest
printf '{"liste":"against","notes":{"n-1":"bien","n-2":"bien","n-3":"mal"}}' >choices.json
cast_at chloe again.json --log-key log.pub
exits 0 '' "${vote[@]}" --json
[ "$(jq -r .replaces exits.out)" = "$(jq -r .tracker lost.json)" ] ||
	die "the revote does not name what it replaces: $(cat exits.out)"

# --- archives ---
"$URNE" board pull other --board "$url" --log-key log.pub >out
grep -q '5 events, 3 of them new' out || die "the second pull: $(cat out)"
cmp -s "other/$uuid.vote.json" vote.json || die "the definition was not pulled"
cp -r other behind
cast_at david r2.json --log-key log.pub
exits 0 '' "${vote[@]}"
before=$(sha256sum <"behind/$bel")
mode forged-root
exits 1 'not those it has signed' board pull behind --board "$url" --log-key log.pub
[ "$(sha256sum <"behind/$bel")" = "$before" ] || die "an archive was replaced by what is not signed"
mode other-archive
exits 1 'hash' board pull behind --board "$url" --log-key log.pub
[ "$(sha256sum <"behind/$bel")" = "$before" ] || die "an archive was replaced by a damaged one"
[ ! -e "behind/$bel.part" ] || die "a damaged download is left"
mode honest
truncate -s "$(stat -c %s "behind/$bel")" "behind/$bel.part"
exits 0 '' board pull behind --board "$url" --log-key log.pub
# what is published and not signed yet is not taken
mode ahead
exits 0 '' board pull signed --board "$url" --log-key log.pub
grep -q '5 events, 5 of them new' exits.out || die "more was taken than is signed: $(cat exits.out)"
[ "$(stat -c %s "signed/$bel")" -lt "$(stat -c %s "behind/$bel")" ] || die "the file has it all"
mode honest
exits 0 '' board pull signed --board "$url" --log-key log.pub
cmp "behind/$bel" "signed/$bel" || die "a pull in two steps gives another archive"
# an archive that is some moments older than its checkpoint is waited for
mode late
exits 0 '' board pull fresh --board "$url" --log-key log.pub
mode honest
cmp "behind/$bel" "fresh/$bel" || die "two pulls give two archives"
sealed f --test
on_board f "$BOARD" hugo.key
exits 1 'pull into another folder' board pull behind --log-key log.pub \
	--board "$BOARD/bb/$(jq -r .uuid f/draft.json)"

# an archive that went on by itself
cp -r fresh mine
cp e-private.json mine-private.json
ballot mine emma '{"liste":"for","notes":{"n-1":"bien","n-2":"bien","n-3":"mal"}}' emma.json
urne append mine emma.json
exits 1 'is a ballot that the board does not have' board push mine --board "$url" \
	--log-key log.pub
exits 0 '' board pull mine --board "$url" --log-key log.pub
grep -q 'and 1 more' exits.out || die "pull does not say that the archive is longer: $(cat exits.out)"
cast_at emma r3.json --log-key log.pub
exits 0 '' "${vote[@]}"
before=$(sha256sum <"mine/$bel")
exits 1 'part at event 6, and neither was changed' board pull mine --board "$url" --log-key log.pub
exits 1 'part at event 6' board push mine --board "$url" --log-key log.pub
[ "$(sha256sum <"mine/$bel")" = "$before" ] || die "pull changed an archive that parts"

# --- two histories: the board forgets a ballot and takes another in its place ---
printf '{"liste":"against","notes":{"n-1":"bien","n-2":"bien","n-3":"mal"}}' >choices.json
cast_at david fork.json --log-key log.pub
mode forgetful
exits 0 '' "${vote[@]}"
mode honest
exits 0 '' receipt verify r3.json --log-key log.pub
exits 1 'two histories' receipt verify r3.json --board "$url" --log-key log.pub
[ "$(grep -c '^vote.example.org/bb/' exits.err)" = 2 ] ||
	die "the two signed checkpoints are not printed: $(cat exits.err)"

# --- an archive that holds, of the other history ---
mode old-archive
exits 1 'does not give the root of the checkpoint' board pull late --board "$url" --log-key log.pub
[ -z "$(ls late)" ] || die "something is left of an archive that the log did not sign: $(ls late)"
mode honest
exits 0 '' board pull late --board "$url" --log-key log.pub

# --- an append that waited while a pull put a longer archive in place goes into that one ---
cp e-private.json late-private.json
ballot late emma '{"liste":"for","notes":{"n-1":"bien","n-2":"bien","n-3":"mal"}}' waiting.json
exec 8<"late/$bel"
flock -x 8
"$URNE" append late waiting.json >append.out 2>&1 8<&- &
appending=$!
await "the append does not wait for the archive" waits_in_flock $appending
cp "late/$bel" longer.bel
cp "late/$bel" kept.bel
mv longer.bel "late/$bel"
flock -u 8
wait "$appending" || die "the append that waited: $(cat append.out)"
if cmp -s "late/$bel" kept.bel; then
	die "the ballot went into an archive that had been replaced"
fi

# --- closing ---
close=(order give close --board "$BOARD/bb/$(jq -r .uuid f/draft.json)" --log-key log.pub --yes)
exits 1 'no such file' "${close[@]}" nobody.key
mode journal-root
exits 1 'do not use this board' "${close[@]}" claire.key
mode journal-entry
exits 4 'and the journal that it has signed does not show it there' "${close[@]}" claire.key hugo.key
mode honest
exits 1 'the election is closed' "${close[@]}" claire.key hugo.key
# a board that does what the journal forbids is found out
exits 4 'members may vote until' order give close --board "$url" --log-key log.pub --yes claire.key
exits 1 'members may vote until' order give incident --board "$BOARD" --log-key log.pub --yes \
	text=Panne. claire.key

# --- no board ---
exec 9>&-
wait
exits 3 '127.0.0.1' "${close[@]}" claire.key
exits 3 '127.0.0.1' receipt verify r.json --board "$url" --log-key log.pub
exits 0 '' receipt verify r.json --log-key log.pub
