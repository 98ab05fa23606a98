#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# A folder copied from a board: urne-verify recomputes what the log claims of the archive. One folder
# for each way to lie, which one check refuses and no other (threats A9, A10, A29). Folders and
# receipts are made by another program, tests/support/board-folder.py.
set -euo pipefail

: "${URNE:?}" "${URNE_VERIFY:?}" "${TOP:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
umask 077
# shellcheck source=tests/support/vote.sh
source "$TOP/tests/support/vote.sh"
# shellcheck source=tests/support/board.sh
source "$TOP/tests/support/board.sh"

two_histories
key=$(board key)
board make "$e" good --vote vote.json
num=$(sed -n 2p good/checkpoint)

# --- what is right ---

verdict 0 good --log-key "$key"
for check in log-key log-checkpoint log-root log-tiles; do
	says "$check" PASS
done
grep -q 'receipts' report && die "receipts are reported that nobody gave"
says definition PASS
! grep -q 'compared with nothing' report || die "a given key is called unknown"
board key --uuid "$uuid" >log.key
verdict 0 good --log-key log.key
verdict 0 good
because "compared with nothing"
because "$key"
# the service's key and the log's, a cosignature of a witness nobody knows, no tiles, no objects
cp -r good less
rm -r less/tile less/objects
echo "— witness.example.net/w1 LrhrQAAAAABlU/EIn6zP5ouCoH6tG6XCmablww84OGSUOKtiKCaj9vRrweC9kaAOhhIxYcxEwlvKPTLIei5AIQ1TmvHaXG8kzPI+Dg==" \
	>>less/checkpoint
verdict 0 less/ --log-key log.key
! grep -q 'log-tiles' report || die "tiles are reported that are not there"
verdict 0 good --log-key "$key" --json -
jq -e '[.checks[] | select(.id | startswith("log-")) | .verdict] == ["PASS","PASS","PASS","PASS"]' \
	report >/dev/null || die "the JSON report lacks the log"

# --- what is missing is not taken for right ---

# a27_: what is missing is not checked, and nothing is VERIFIED without it
for part in checkpoint policy vote.json; do
	rm -rf less
	cp -r good less
	rm "less/$part"
	verdict 3 less
	! grep -q '^FAIL' report || die "a missing $part is called wrong"
done
verdict 0 less --log-key "$key" --definition vote.json
mkdir empty
verdict 2 empty --log-key "$key"
because "no election.bel"
verdict 2 e --log-key "$key"
because "archive alone"
verdict 2 "$e" --log-key "$key"
because "archive alone"
verdict 2 good --log-key nonsense
because "neither a file nor a key"

# --- the key ---

cp -r good bad
board policy bad --seed 8
only 1 log-key bad --log-key "$key"
because "--log-key is another one"
cp good/policy bad/policy
echo 'witness w1 witness.example.net/w1+2eb86b40+BMA7tQOvYTrfY' >>bad/policy
verdict 3 bad --log-key "$key"
says log-key "NOT CHECKED"
because "names witnesses"
{
	cat good/policy
	echo nonsense
} >bad/policy
only 1 log-key bad --log-key "$key"

# bad_checkpoint ARGS...: a folder whose checkpoint alone is another one.
bad_checkpoint()
{
	rm -rf bad
	cp -r good bad
	board checkpoint "$e" bad/checkpoint "$@"
}

# a29_: no signature, a wrong one, somebody else's, one of another log of the same service
bad_checkpoint
sed -i '$d' bad/checkpoint
only 1 log-checkpoint bad --log-key "$key"
bad_checkpoint
sed -i '2s/.*/5/' bad/checkpoint
only 1 log-checkpoint bad --log-key "$key"
because "does not verify"
bad_checkpoint --seed 8
only 1 log-checkpoint bad
bad_checkpoint --uuid "${uuid:1}A"
only 1 log-checkpoint bad --log-key "$key"
because "it is of the log vote.example.org/bb/${uuid:1}A"

# --- the root ---

# a10_: signed all the same, it is not the root of this archive
bad_checkpoint --root-size $((num - 1))
only 1 log-root bad --log-key "$key"
because "this is not the history that was signed"
bad_checkpoint --size $((num + 1)) --root-size "$num"
only 1 log-root bad --log-key "$key"
because "it was cut short"
# a10_: another history, every link of it good
rm -rf bad
cp -r good bad
cp "$f" bad/election.bel
rm -r bad/tile bad/objects
only 1 log-root bad --log-key "$key"
verdict 0 bad/election.bel --definition vote.json
# a9_: what stands behind the checkpoint, nobody has signed
bad_checkpoint --size $((num - 1))
only 1 log-root bad --log-key "$key"
because "nobody has signed the 1 that stand behind them"
# a9_: the last event was taken off, and with it what the tiles hold of it
rm -rf bad
board make "$e" bad --size $((num - 1)) --vote vote.json
cp good/checkpoint bad/checkpoint
truncate -s "$(board end "$e" $((num - 2)))" bad/election.bel
only 1 log-root bad --log-key "$key"
because "it was cut short"
board checkpoint bad/election.bel bad/checkpoint
verdict 3 bad --log-key "$key"
says log-root PASS

# --- tiles, entries, objects ---

# flip FILE BYTE: one bit of it
flip()
{
	local byte
	byte=$(od -An -tu1 -j "$2" -N 1 "$1")
	printf '%b' "\\x$(printf %02x $((byte ^ 1)))" | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}
partial=000.p/$num
object=$(find good/objects -type f -size +1k -printf '%f\n' | sort | head -n 1)
for change in "tile/0/$partial 40" "tile/entries/$partial 200" "tile/entries/000.p/1 1" \
	"tile/0/000.p/3 95" "objects/$object 9"; do
	rm -rf bad
	cp -r good bad
	# shellcheck disable=SC2086 # file and byte
	flip bad/$change
	only 1 log-tiles bad --log-key "$key"
	because "${change% *}"
done
# more or less than there is, names of nothing
for change in "truncate -s +32 bad/tile/0/$partial" "truncate -s -1 bad/tile/entries/$partial" \
	"cp bad/tile/0/$partial bad/tile/0/000.p/$((num + 1))" "cp bad/policy bad/tile/0/000.p/x" \
	"cp bad/tile/0/$partial bad/tile/0/001.p/$num" "mv bad/objects/$object bad/objects/x" \
	"cp bad/tile/0/$partial bad/tile/0/000"; do
	rm -rf bad
	cp -r good bad
	mkdir -p bad/tile/0/001.p
	$change
	only 1 log-tiles bad --log-key "$key"
done
# what is no file is not read, since that might never end: a pipe, a device, a link to one, to nothing
hash=$(printf '%064d' 0)
for change in "mkfifo bad/objects/$hash" "mkfifo bad/tile/0/001.p/1" \
	"ln -s /dev/zero bad/objects/$hash" "ln -s nothing bad/objects/$hash"; do
	rm -rf bad
	cp -r good bad
	mkdir -p bad/tile/0/001.p
	$change
	only 1 log-tiles bad --log-key "$key"
	because "it is no file"
done
# a link to the right file is as good as the file
rm -rf bad
cp -r good bad
mv "bad/objects/$object" bad/linked
ln -s ../linked "bad/objects/$object"
verdict 0 bad --log-key "$key"

# --- receipts ---

for height in 1 2 3 6; do
	board receipt "$e" "r$height" "$height" --size $((height + 1))
done
verdict 0 good --log-key "$key" --receipt r1 --receipt r2 --receipt r3 --receipt r6
says receipts PASS
because "(4 receipts)"
because "r1: the ballot does not count, for a later one of the same credential replaced it"
because "r3: the ballot is event 3, and it counts"
verdict 0 "$e" --log-key "$key" --receipt r3 --definition vote.json
says receipts PASS
verdict 2 "$e" --receipt r3
because "name the log's key"
# the voting is still open
mkdir open
cp open.bel open/election.bel
board checkpoint open.bel open/checkpoint
verdict 3 open --log-key "$key" --receipt r3
says receipts PASS
because "it counts unless a later one"
# a receipt of more than this copy has is no proof of anything
board receipt "$e" late 3
verdict 3 open --log-key "$key" --receipt late
says receipts "NOT CHECKED"
because "get a newer copy"

# a10_: the board signed another history for this voter
board receipt "$f" fork 3 --size 4
only 1 receipts good --log-key "$key" --receipt r2 --receipt fork
because "the board showed two histories"
# even when the copy does not reach as far as the receipt
board receipt "$f" fork 3
only 1 receipts open --log-key "$key" --receipt fork
because "event 3 is not the one that the log signed"
board receipt "$f" fork 2 --size 5
only 1 receipts good --log-key "$key" --receipt fork
because "the board showed two histories"
# a12_: the receipt hides that the credential voted before, or names another ballot
board receipt "$e" liar 3 --replaces -
only 1 receipts good --log-key "$key" --receipt liar
because "somebody else may hold this credential"
board receipt "$e" liar 3 --replaces "$(jq -r .tracker r2)"
only 1 receipts good --log-key "$key" --receipt liar
board receipt "$e" liar 2 --replaces "$(jq -r .tracker r1)"
only 1 receipts good --log-key "$key" --receipt liar
because "no ballot of this credential stood before"
# a29_: nobody of this log signed it
board receipt "$e" forged 3 --seed 8
only 1 receipts good --log-key "$key" --receipt forged
# a8_: a receipt of another election of the same service
board receipt "$e" other 3 --uuid "${uuid:1}A"
only 1 receipts good --log-key "$key" --receipt other
because "another election"
# a9_: the ballot was dropped, the rest signed anew; the receipt remembers
cp e/*.bel dropped.bel
truncate -s "$(board end "$e" 2)" dropped.bel
rm -rf g
cp -r e g
cp dropped.bel "g/$uuid.bel"
cp e-private.json g-private.json
cp e-trustee.key g-trustee.key
cast g chloe '{"liste":"for","notes":{"n-1":"bien","n-2":"moyen","n-3":"moyen"}}'
urne close g
board make "g/$uuid.bel" dropped --vote vote.json
verdict 3 dropped --log-key "$key"
only 1 receipts dropped --log-key "$key" --receipt r6
because "was taken out"
only 1 receipts dropped --log-key "$key" --receipt r3
because "the board showed two histories"

# --- the minutes are those of the archive, wherever it was found ---

urne minutes e --out m
verdict 3 good --log-key "$key" --minutes m/minutes.json
says minutes PASS
rm -rf bad
cp -r good bad
flip "bad/tile/0/$partial" 40
only 1 log-tiles bad --log-key "$key" --minutes m/minutes.json
says minutes PASS

# --- more than one tile, and a level above ---

echo '{"name":"n","description":"d","questions":[
	{"question":"q","answers":["A","B"],"min":0,"max":1}]}' >questions.json
urne new big --questions questions.json --test
urne credentials big --count 300 --out big-private.json
urne trustee key --group Ed25519 --key big.key --out big-key.json --no-passphrase
urne trustee add big big-key.json
urne seal big
urne simulate big --ballots 300 --credentials big-private.json
board make big/*.bel large
board receipt big/*.bel r200 200
verdict 3 large --log-key "$key" --receipt r200
says log-tiles PASS
says receipts PASS
for change in "tile/1/000.p/1 31" "tile/0/000 8191" "tile/0/001.p/45 0" "tile/entries/000 40000" \
	"tile/entries/001.p/1 100"; do
	cp -r large bad-large
	# shellcheck disable=SC2086 # file and byte
	flip bad-large/$change
	only 1 log-tiles bad-large --log-key "$key"
	because "${change% *}"
	rm -r bad-large
done
echo "key, checkpoint, root, tiles and receipts: each lie is refused by the check that is there for it"
