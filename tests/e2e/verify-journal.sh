#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The journal of a board beside an election: urne-verify holds both against each other. One journal
# for each way to lie, which one check refuses and no other (threats A11, A15, A34, A36, A38). Journals
# are made by another program, tests/support/journal.py.
set -euo pipefail

: "${URNE:?}" "${URNE_VERIFY:?}" "${URNE_MAKE_REHEARSAL:?}" "${TOP:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
umask 077
# shellcheck source=tests/support/vote.sh
source "$TOP/tests/support/vote.sh"
# shellcheck source=tests/support/board.sh
source "$TOP/tests/support/board.sh"

# journal ELECTION OUT OPTIONS...
journal()
{
	python3 "$TOP/tests/support/journal.py" "$1" "$2" --vote vote.json "${@:3}" ||
		die "journal.py ${*:3}"
}

# on_the_board FOLDER ELECTION JOURNAL: the public folder of a board with both.
on_the_board()
{
	rm -rf "$1"
	board make "$2" "$1/bb/$uuid" --vote vote.json
	board make "$3" "$1/bb/journal" --uuid journal
}

all_of_it=(journal-log journal-entries journal-seal journal-hours journal-rehearsal journal-release)

# --- a test election, which needs no rehearsal ---

two_histories
key=$(board key)
"$URNE_MAKE_REHEARSAL" "$e" e-trustee.key rehearsal
journal "$e" j.bel --rehearsal rehearsal

# without a journal nothing is known of it, and an archive is what it was
verdict 0 "$e" --definition vote.json
! grep -q 'journal-' report || die "a journal is judged that nobody gave"
because "no journal was given"
verdict 0 "$e" --definition vote.json --json -
jq -e '[.checks[] | select(.id | startswith("journal-"))] == []' report >/dev/null ||
	die "the report has checks of a journal that nobody gave"

# an archive of both: there is no log that could have signed the journal
verdict 0 "$e" --definition vote.json --journal j.bel
for check in "${all_of_it[@]:1}"; do
	says "$check" PASS
done
! grep -q 'journal-log' report || die "the journal's log is judged without one"
because "officials     3, 2 must agree"
because "incident      "
because "extension     "
because "intervention  "
verdict 0 "$e" --definition vote.json --journal j.bel --json -
jq -e '.journal | .entries == 15 and .officials == 3 and .agree == 2 and .stage == "released" and
	(.extensions | length) == 1 and .incidents[0].text == "Panne du réseau dans trois communes." and
	(.interventions | length) == 1' report >/dev/null || die "the JSON report lacks the journal"

# the folders of a board
on_the_board good "$e" j.bel
verdict 0 "good/bb/$uuid" --journal good/bb/journal --log-key "$key"
for check in "${all_of_it[@]}"; do
	says "$check" PASS
done
! grep -q 'compared with nothing' report || die "a given key is called unknown"
verdict 0 "$e" --definition vote.json --journal good/bb/journal --log-key "$key"
says journal-log PASS
verdict 0 "good/bb/$uuid" --journal good/bb/journal --log-key <(board key --uuid "$uuid")
says journal-log PASS
[ "$(grep -c 'compared with nothing' report)" = 0 ] || die "the log's own key is called unknown"
# with no key the journal must be signed by the key of the election's log
verdict 0 "good/bb/$uuid" --journal good/bb/journal
[ "$(grep -c 'compared with nothing' report)" = 1 ] || die "one key is not one"
cp -r good bad
board make j.bel bad/bb/journal --uuid journal --seed 8
only 1 journal-log "bad/bb/$uuid" --journal bad/bb/journal
# what is missing there is not taken for right
rm -rf bad
cp -r good bad
rm bad/bb/journal/checkpoint
verdict 3 "bad/bb/$uuid" --journal bad/bb/journal --log-key "$key"
says journal-log "NOT CHECKED"
# a tile, an object, a checkpoint of another log, a root that is not there
for lie in tile objects; do
	rm -rf bad
	cp -r good bad
	file=$(find "bad/bb/journal/$lie" -type f | head -n 1)
	printf x >>"$file"
	only 1 journal-log "bad/bb/$uuid" --journal bad/bb/journal --log-key "$key"
	because "journal: $lie/"
done
rm -rf bad
cp -r good bad
cp "good/bb/$uuid/checkpoint" bad/bb/journal/checkpoint
verdict 1 "bad/bb/$uuid" --journal bad/bb/journal --log-key "$key"
says journal-log FAIL
board checkpoint j.bel bad/bb/journal/checkpoint --uuid journal --root-size 3
only 1 journal-log "bad/bb/$uuid" --journal bad/bb/journal --log-key "$key"
# another journal, as lawful as the first, under the checkpoint of the first
journal "$e" other.bel
cp good/bb/journal/checkpoint bad/bb/journal/checkpoint
cp other.bel bad/bb/journal/election.bel
rm -r bad/bb/journal/tile bad/bb/journal/objects
verdict 1 "bad/bb/$uuid" --journal bad/bb/journal --log-key "$key"
says journal-log FAIL
says journal-rehearsal "NOT CHECKED"
verdict 0 "$e" --definition vote.json --journal other.bel
because "a test needs none"
# a file cut short, no file, an election in its place
head -c 3000 j.bel >cut.bel
only 1 journal-entries "$e" --definition vote.json --journal cut.bel
says journal-seal "NOT CHECKED"
verdict 2 "$e" --definition vote.json --journal nowhere.bel
verdict 2 "$e" --definition vote.json --journal e
because "not a board's folder of a journal"
only 1 journal-entries "$e" --definition vote.json --journal "$e"

# --- at an address ---

coproc SERVER { python3 "$TOP/tests/support/http-server.py" good; }
read -r port <&"${SERVER[0]}"
url=http://127.0.0.1:$port/bb/$uuid
verdict 0 "$url/" --log-key "$key" --keep k
for check in "${all_of_it[@]}"; do
	says "$check" PASS
done
cmp -s k/journal.archive j.bel || die "the journal is not kept"
verdict 0 k --log-key "$key"
says journal-log PASS
verdict 0 "$e" --definition vote.json --journal k --log-key "$key"
says journal-log PASS
verdict 0 "$url" --log-key "$key" --keep k
# another journal than the one that was kept
cp other.bel good/bb/journal/election.bel
board checkpoint other.bel good/bb/journal/checkpoint --uuid journal
verdict 1 "$url" --log-key "$key" --keep k
says journal-log FAIL
because "journal.checkpoint and journal.checkpoint.refused of that folder are evidence"
cmp -s k/journal.checkpoint.refused good/bb/journal/checkpoint || die "the other one is not kept"
cmp -s k/journal.archive j.bel || die "what was kept is lost"
# a27_: a board that shows none: nothing is wrong, and not everything is known; a copy helps
mv good/bb/journal hidden
verdict 3 "$url" --log-key "$key"
says journal-entries "NOT CHECKED"
because "the board shows no journal"
verdict 0 "$url" --log-key "$key" --journal k

mv hidden good/bb/journal

# --- a10_: pulled by a member, into the folder in which the other commands work ---

# on_show JOURNAL: what the board shows from now on.
on_show()
{
	rm -rf good/bb/journal
	board make "$1" good/bb/journal --uuid journal
}
pull=(board pull p --board "$url" --log-key "$key")
on_show j.bel
journal "$e" twin.bel --rehearsal rehearsal --name 'Un autre mouvement'
urne "${pull[@]}"
cmp -s p/journal.archive j.bel || die "the journal did not come with the archive"
for folder in p "p/$uuid.bel"; do
	verdict 0 "$folder" --log-key "$key"
	for check in "${all_of_it[@]}"; do
		says "$check" PASS
	done
done
(cd p && verdict 0 "$uuid.bel" && says journal-log PASS)
urne "${pull[@]}"
rm p/journal.checkpoint
verdict 0 p
says journal-entries PASS
! grep -q 'journal-log' report || die "the journal's log is judged without a checkpoint"
urne "${pull[@]}"
cp -r p before
# same_journal: a journal that was refused has left the one here as it was.
same_journal()
{
	cmp -s p/journal.archive before/journal.archive || die "the journal was taken: $(cat refused.out)"
	cmp -s p/journal.checkpoint before/journal.checkpoint || die "its checkpoint was taken"
}
on_show twin.bel
refused 'that is another' "${pull[@]}"
cmp -s p/journal.checkpoint.refused good/bb/journal/checkpoint || die "no evidence is kept"
same_journal
journal "$e" early.bel --rehearsal rehearsal --until opened
on_show early.bel
refused 'that was set back' "${pull[@]}"
same_journal
rm -r good/bb/journal
refused 'shows no journal any more' "${pull[@]}"
same_journal
on_show early.bel
rm -rf p before
urne "${pull[@]}"
cp -r p before
on_show twin.bel
refused 'that does not continue it' "${pull[@]}"
same_journal
on_show j.bel
cp twin.bel good/bb/journal/election.bel
refused 'does not give the root of the checkpoint' "${pull[@]}"
same_journal
[ ! -e p/journal.archive.part ] || die "what was refused lies about"
on_show j.bel
urne "${pull[@]}"
cmp -s p/journal.archive j.bel || die "a journal that went on is not taken"
rm -rf p
on_show j.bel
rm -rf good/bb/journal
board make j.bel good/bb/journal --uuid journal --seed 8
refused 'journal' "${pull[@]}"
[ ! -e p/journal.archive ] || die "a journal under another key was taken"

# --- a vote, from its opening to its end ---

if instrumented "$URNE"; then
	echo "a vote from its opening to its end: not tried in an instrumented build, which takes no preload"
	exit 0
fi
printf '#!/bin/sh\nexec faketime "2020-01-03 12:00:00Z" "%s" "$@"\n' "$URNE" >during
chmod +x during
definition 2020-01-02T08:00:00+01:00 2020-01-04T20:00:00+01:00 >vote.json
sealed v
URNE=$PWD/during five v
finish v
v=$(echo v/*.bel)
uuid=$(basename "$v" .bel)
"$URNE_MAKE_REHEARSAL" "$v" v-trustee.key rehearsal.v
journal "$v" jv.bel --rehearsal rehearsal.v
verdict 0 "$v" --definition vote.json --journal jv.bel
for check in "${all_of_it[@]:1}"; do
	says "$check" PASS
done

# refuses CHECK PIECE LIE...: each lie fails this check and no other, and the sentence holds PIECE.
refuses()
{
	local check=$1 piece=$2 lie
	shift 2
	for lie in "$@"; do
		journal "$v" lie.bel --rehearsal rehearsal.v --lie "$lie"
		only 1 "$check" "$v" --definition vote.json --journal lie.bel
		because "$piece"
		echo "$lie" >>told
	done
}

# an order that officials did not give, or not enough of them, or no longer, or for another
# election, or twice; a journal that begins with other officials, or is another board's
refuses journal-entries 'journal: entry 7: ' dropped-order other-election other-journal another-line
refuses journal-entries 'journal: entry 10: ' one-signature revoked-official
refuses journal-entries 'journal: entry 2: ' unknown-signer other-service
refuses journal-entries 'entry 10' replayed
refuses journal-entries 'journal: entry 1: ' genesis-exchanged
# a32_: a list of what browsers were shown that is none
refuses journal-entries 'the manifest of the pages' pages-of-no-form
# a34_: voting that opens with ballots in the urn, or ends before the hour that was extended
refuses journal-entries 'journal: entry 8: ' opened-with-ballots other-urn
refuses journal-entries 'journal: entry 12: ' closed-early
refuses journal-hours 'journal: opened: ' opened-root
refuses journal-hours 'journal: closed: ' closed-root closed-before-the-end
# a15_: an election that is not the one that was sealed
refuses journal-seal 'the Setup that was ordered' other-setup
refuses journal-seal 'the definition that was ordered' other-definition
refuses journal-seal 'voting opens at' other-hours
refuses journal-seal 'a test was ordered' other-kind
refuses journal-seal 'the officials prepared the group' other-group
refuses journal-seal 'nobody sealed its Setup' nothing-of-it
# a11_, a38_: a roll that the registrar did not sign, or that changes once it is sealed
refuses journal-entries 'journal: entry 5: ' roll-after-seal
refuses journal-seal 'the roll that was ordered' other-roll
# keys that were not tried, results that nobody released
refuses journal-rehearsal 'journal: entry 5 (rehearsal of trustee 1): ' rehearsal-changed
refuses journal-release 'no official ordered its release' result-not-ordered
refuses journal-release 'the officials released the result' other-result
# a journal that is right in itself, of another service than the log that signs it
on_the_board good "$v" jv.bel
journal "$v" lie.bel --rehearsal rehearsal.v --lie all-of-another-service
verdict 0 "$v" --definition vote.json --journal lie.bel
only 1 journal-entries "good/bb/$uuid" --journal lie.bel --log-key "$key"
because 'it is of the service other.example.org/bb'
echo all-of-another-service >>told
diff <(sort told) <(python3 "$TOP/tests/support/journal.py" --lies | sort) ||
	die "not every lie was told"

# --- the minutes that officials certify ---

urne minutes v --out minutes
journal "$v" certified.bel --rehearsal rehearsal.v --minutes minutes/minutes.json
verdict 3 "$v" --definition vote.json --journal certified.bel --minutes minutes/minutes.json
says minutes PASS
says journal-certification PASS
verdict 3 "$v" --definition vote.json --journal jv.bel --minutes minutes/minutes.json
says journal-certification "NOT CHECKED"
because "have not certified any minutes yet"
verdict 0 "$v" --definition vote.json --journal certified.bel
because "the officials certified the minutes with the SHA-256 $(sha256sum <minutes/minutes.json | cut -c1-64)"
# a36_: minutes that say another time than those that were certified
printf '{"remarks":[{"fr":"Le dépouillement a commencé à 20 h 05.","en":"The count began at 20:05."}]}' \
	>declared.json
urne minutes v --declared declared.json --out others
only 1 journal-certification "$v" --definition vote.json --journal certified.bel \
	--minutes others/minutes.json
# a36_: what the journal tells stands in the minutes, at the journal's moments and no others
urne minutes v --journal jv.bel --out told-minutes
jq -e '.journal | .size == 15 and .agree == 2 and .officials == ["claire","hugo","ines"] and
	([.entries[] | select(.order == "incident")] == [{"entry":9,"at":"2020-01-02T08:00:00Z",
		"order":"incident","by":["claire","hugo"],"text":"Panne du réseau dans trois communes."}]) and
	([.entries[] | select(.order == "extend") | .closes] == ["2020-01-04T20:00:00Z"]) and
	([.entries[] | select(.record) | .record | [.record, .at]] | map(select(.[0] == "opened" or
		.[0] == "closed")) == [["opened","2020-01-02T07:00:00Z"],["closed","2020-01-04T20:00:00Z"]])' \
	told-minutes/minutes.json >/dev/null || die "the minutes do not tell what the journal does"
jq -e '[.not_in_record[].code] | (index("times") == null) and (index("incidents") == null)' \
	told-minutes/minutes.json >/dev/null || die "the minutes lack what they tell"
# what was sealed, and what the officials saw before the opening, by its hash
jq -r '.journal.entries[] | .setup, .urn, .software | select(.)' told-minutes/minutes.json >hashes
[ "$(wc -l <hashes)" = 3 ] || die "the minutes lack the hashes of seal and checklist"
while read -r hash; do
	grep -qF "$(echo "$hash" | sed 's/......../& /g; s/ $//')" told-minutes/minutes.fr.html ||
		die "the page lacks $hash"
done <hashes
for piece in "Journal de l’urne" 'Panne du réseau dans trois communes.' 'vote ouvert, urne vide'; do
	grep -qF "$piece" told-minutes/minutes.fr.html || die "the page does not say: $piece"
done
grep -qF 'voting opened, the urn is empty' told-minutes/minutes.en.html || die "no English journal"
[ "$(head -c 4 told-minutes/minutes.fr.pdf)" = %PDF ] || die "no PDF"
TZ=Pacific/Auckland LC_ALL=C faketime '2031-05-06 07:08:09' "$URNE" minutes v --journal jv.bel \
	--out again-minutes >>log
cmp -s told-minutes/minutes.json again-minutes/minutes.json || die "another day, other minutes"
# they can be made again from a journal that has gone on, and not without one
journal "$v" certified.bel --rehearsal rehearsal.v --minutes told-minutes/minutes.json
verdict 3 "$v" --definition vote.json --journal certified.bel --minutes told-minutes/minutes.json
says minutes PASS
says journal-certification PASS
verdict 3 "$v" --definition vote.json --minutes told-minutes/minutes.json
says minutes "NOT CHECKED"
because "they hold the journal of the board, name it with --journal"
journal "$v" short.bel --rehearsal rehearsal.v --until tallied
verdict 1 "$v" --definition vote.json --journal short.bel --minutes told-minutes/minutes.json
says minutes FAIL
because "the journal has 14 entries, and the minutes hold 15"
sed 's/2020-01-02T08:00:00Z/2020-01-02T09:00:00Z/' told-minutes/minutes.json >later.json
only 1 minutes "$v" --definition vote.json --journal jv.bel --minutes later.json
# an official signs them with the journal beside the archive, or named
refused "name it with --journal" certify v --minutes told-minutes --key claire.key
cp certified.bel v/journal.archive
urne certify v --minutes told-minutes --key claire.key
rm v/journal.archive
urne certify v --minutes told-minutes --key hugo.key --journal certified.bel
verdict 0 "$v" --definition vote.json --journal certified.bel --minutes told-minutes/minutes.json
says minutes-signatures PASS
# a journal that lies makes no minutes
journal "$v" lie.bel --rehearsal rehearsal.v --lie other-result
refused "journal-release" minutes v --journal lie.bel --out lied
