#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# A trustee whom a board lies to (threats A18, A19, A43): another tally, another archive, an older
# one, a share that is not in the log. The key is not opened, or not used, and a second tally of an
# election is never decrypted with it.
set -euo pipefail

: "${TOP:?}" "${URNE:?}" "${URNE_VERIFY:?}"
work=$(mktemp -d)
trap 'exec 9>&-; wait; rm -rf "$work"' EXIT
cd "$work"
# shellcheck source=tests/support/vote.sh
source "$TOP/tests/support/vote.sh"
# shellcheck source=tests/support/stand-in-board.sh
source "$TOP/tests/support/stand-in-board.sh"
# shellcheck source=tests/support/record.sh
source "$TOP/tests/support/record.sh"
mkdir .test tmp
export TMPDIR=$work/tmp
stand_in
echo "$LOG_KEY" >log.pub
known=(--log-key log.pub)
definition 2026-01-01T08:00:00+00:00 2199-01-02T20:00:00+00:00 >vote.json
for='{"liste":"for","notes":{"n-1":"bien","n-2":"bien","n-3":"mal"}}'
against='{"liste":"against","notes":{"n-1":"mal","n-2":"mal","n-3":"mal"}}'

# voted DIR MEMBER...: the election goes to the board, and these members vote for.
voted()
{
	local dir=$1 member
	shift
	sealed "$dir" --test
	on_board "$dir" "$BOARD" claire.key
	url=$BOARD/bb/$(jq -r .uuid "$dir/draft.json")
	for member; do
		ballot "$dir" "$member" "$for" "$dir-$member.json"
		urne vote --board "$url" --ballot "$dir-$member.json" --receipt "$dir-$member-r.json" \
			--log-key log.pub
	done
	urne board pull "$dir" --board "$url" --log-key log.pub
}

# counted ARCHIVE: the election at url is closed by an order, and this tally comes behind it.
counted()
{
	urne order give close --board "$url" --log-key log.pub --yes claire.key
	send_event EncryptedTally "$1"
}

# more DIR: DIR-more is its other history, in which David has voted too, counted.
more()
{
	cp -r "$1" "$1-more"
	cp "$1-private.json" "$1-more-private.json"
	ballot "$1-more" david "$against" "$1-david.json"
	urne append "$1-more" "$1-david.json"
	urne close "$1-more"
	urne tally "$1-more"
}

# nothing_noted KEY: nothing was decrypted with it.
nothing_noted()
{
	[ ! -e "$1.decrypted.json" ] || die "$1 was used: $(cat "$1.decrypted.json")"
}

# --- a tally of other ballots, in a log that is signed and holds together ---
voted e anna bruno chloe
exits 1 'the election is open for ballots' decrypt --board "$url" --key e-trustee.key \
	--log-key log.pub --yes
more e
urne close e
theirs=$(echo e-more/*.bel)
forged=$(echo e/*.bel)
ours=$(stat -c %s "$forged")
# behind the end of e stands what e-more has for a tally
printf '{"parent":"%s","height":5,"type":"EncryptedTally","payload":"%s"}' \
	"$(name_at "$forged" 1024)" "$(name_at "$theirs" 2048)" >event
tail -c +"$(($(grep -abo '"EndBallots"' "$theirs" | tail -n 1 | cut -d: -f1) / 512 * 512 + 513))" \
	"$theirs" | head -c -1024 >>"$forged"
record "$forged" event event
[ "$(stat -c %s "$forged")" -gt "$((ours + 2048))" ] || die "nothing was forged"
counted "$forged"
# the key is locked here, and nobody is asked for what opens it
echo secret >pass
chmod 600 pass
exits 1 'not the one that the ballots give' decrypt --board "$url" --key e-trustee.key \
	--log-key log.pub --yes
nothing_noted e-trustee.key
exits 1 'not the one that the ballots give' order give release --board "$url" --log-key log.pub \
	--yes claire.key
exits 1 'no such file' decrypt --board "$url" --key e-trustee.key --log-key nobody.pub --yes

# --- an honest tally, and a board that lies about all the rest ---
voted f anna bruno chloe
cp -r f f-open
more f
urne close f
urne tally f
counted "$(echo f/*.bel)"
give=(decrypt --board "$url" --key f-trustee.key --log-key log.pub)
mode other-archive
exits 1 '' "${give[@]}" --yes
mode old-archive
exits 1 '' "${give[@]}" --yes
mode forged-root
exits 1 'root' "${give[@]}" --yes
mode other-key
exits 1 'another key' "${give[@]}" --yes
mode other-object
exits 1 'is not the object' "${give[@]}" --yes
mode honest
nothing_noted f-trustee.key
[ -z "$(ls tmp)" ] || die "what was fetched stays behind: $(ls tmp)"

# --- nobody decrypts without having said so ---
exits 2 'one of the two' decrypt --key f-trustee.key
exits 2 'one of the two' "${give[@]}" f
exits 2 '--yes goes with --board' decrypt f --key f-trustee.key --out d --yes
exits 2 '--out FILE is needed' decrypt f --key f-trustee.key
exits 2 'the vote definition sets the floor' "${give[@]}" --few-voters --yes
exits 1 'no terminal to ask' "${give[@]}"
nothing_noted f-trustee.key
cat >typed.py <<'PY'
import os, pty, sys
answer = sys.argv[1].encode() + b"\n"
pid, tty = pty.fork()
if pid == 0:
    os.execv(sys.argv[2], sys.argv[2:])
seen, sent = b"", False
while True:
    try:
        some = os.read(tty, 4096)
    except OSError:
        break
    if not some:
        break
    seen += some
    if not sent and b"in full:" in seen:
        os.write(tty, answer)
        sent = True
sys.stdout.buffer.write(seen)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
PY
rc=0
python3 typed.py non "$URNE" "${give[@]}" >typed || rc=$?
[ "$rc" = 1 ] || die "a no is exit status $rc: $(cat typed)"
grep -q 'not confirmed; nothing was done' typed || die "a no: $(cat typed)"
for piece in 'la somme chiffrée de 3 bulletins' 'the encrypted sum of 3 ballots' 'Vote de printemps' \
	"$(sed -n 's/.*"encrypted_tally":"\([0-9a-f]*\)".*/\1/p' f/*.bel)"; do
	grep -aqF "$piece" typed || die "the question does not say \"$piece\": $(cat typed)"
done
nothing_noted f-trustee.key

# --- the record comes first, and is needed ---
mkdir f-trustee.key.decrypted.json
exits 3 'f-trustee.key.decrypted.json' "${give[@]}" --yes
rmdir f-trustee.key.decrypted.json
echo '{"format":"urne-decrypted/1"}' >f-trustee.key.decrypted.json
exits 1 'is damaged' "${give[@]}" --yes
rm f-trustee.key.decrypted.json
rc=0
"$URNE" decrypt f --key - --out from-stdin <f-trustee.key 2>piped || rc=$?
[ "$rc" = 2 ] || die "a key from a pipe: $rc: $(cat piped)"
grep -q 'the key must be a file' piped || die "a key from a pipe: $(cat piped)"
[ ! -e from-stdin ] || die "a key from a pipe was used"

# --- taken, and not where the board says: it may have it, so that asking again is right ---
mode wrong-height
exits 4 'is not the PartialDecryption that the board claims' "${give[@]}" --yes --state kept
mode honest
jq -e '.decrypted[0].election == "'"${url##*/}"'" and (.decrypted | length) == 1' \
	f-trustee.key.decrypted.json >/dev/null || die "$(cat f-trustee.key.decrypted.json)"
exits 0 '' "${give[@]}" --yes --state kept --json
jq -e '.repeated == true and .height == 6 and .ballots_verified == 3' exits.out >/dev/null ||
	die "the share that is there is not found: $(cat exits.out)"
# the same tally again does no harm, here or there
exits 0 '' decrypt f --key f-trustee.key --out again.json
# a log that shows less than was kept
mode ahead
exits 1 'it was set back' "${give[@]}" --yes --state kept
mode honest

# --- threat A18: a second tally of the same election, one ballot more ---
exits 1 'has decrypted another tally of election' decrypt f-more --key f-trustee.key --out second
[ ! -e second ] || die "the second tally was decrypted"
voted g anna bruno chloe
more g
urne decrypt g-more --key g-trustee.key --out first
urne close g
urne tally g
counted "$(echo g/*.bel)"
exits 1 'has decrypted another tally of election' decrypt --board "$url" --key g-trustee.key \
	--log-key log.pub --yes
urne board pull seen --board "$url" --log-key log.pub
if grep -aq PartialDecryption seen/*.bel; then
	die "the second tally was decrypted"
fi

# --- where it stands: a bad address, no election, no board ---
exits 1 'is no address of a board' status --board vote.example.org
exits 0 '' status --board "$BOARD" --log-key log.pub # the elections of its journal
grep -qxF "$(basename "$url"): tallied" exits.out || die "the board's elections: $(cat exits.out)"
exits 0 '' status --board "$BOARD/bb/8GpLcyFqQvDrUx" --log-key log.pub --json
jq -e '.journal == "none" and (has("ballots") | not)' exits.out >/dev/null ||
	die "an election that the board does not have: $(cat exits.out)"
mode other-entry
exits 1 'do not use this board' status --board "$url" --log-key log.pub
mode honest
exec 9>&-
wait
exits 3 '127.0.0.1' status --board "$url" --log-key log.pub
exits 3 '127.0.0.1' decrypt --board "$url" --key g-trustee.key --log-key log.pub --yes
