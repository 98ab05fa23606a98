#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Every refusal of the command line: the exit status, one sentence that names the place, nothing on
# standard output, and the directory as it was, byte for byte.
set -uo pipefail

: "${TOP:?}" "${URNE:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
umask 077
failures=0
count=0

snapshot()
{
	find . -path ./.test -prune -o -printf '%p %m %s\n' | sort
	find . -path ./.test -prune -o -type f -print0 | sort -z | xargs -0 sha256sum
}

# refuse STATUS SENTENCE WORDS...: `urne WORDS` is refused.
refuse()
{
	local want=$1 sentence=$2 rc=0 why=
	shift 2
	count=$((count + 1))
	mkdir -p .test
	snapshot >.test/before
	"$URNE" "$@" >.test/out 2>.test/err </dev/null || rc=$?
	snapshot >.test/after
	[ "$rc" = "$want" ] || why="exit $rc, not $want"
	grep -qF -- "$sentence" .test/err || why="$why; no \"$sentence\""
	[ "$(grep -c '^urne: ' .test/err)" -ge 1 ] || why="$why; no sentence"
	[ "$(grep -vc '^urne: note: ' .test/err)" = 1 ] || why="$why; not one sentence"
	[ ! -s .test/out ] || why="$why; something on standard output"
	cmp -s .test/before .test/after || why="$why; files changed: $(diff .test/before .test/after)"
	if [ -n "$why" ]; then
		echo "FAILED: urne $*: $why"
		cat .test/err
		failures=$((failures + 1))
	fi
}
ok()
{
	"$URNE" "$@" >>.log 2>&1 || {
		echo "FAILED: urne $*: $(tail -n 3 .log)"
		exit 1
	}
}
questions()
{
	printf '{"name":"n","description":"d",\n"questions":[\n%s\n]}\n' "$1" >"$2"
}
Q='{"answers":["A","B"],"blank":true,"min":1,"max":1,"question":"Q"}'

# shellcheck source=tests/support/record.sh
source "$TOP/tests/support/record.sh"

# --- usage ---
refuse 2 'no such command' frobnicate
refuse 2 'no such command' trustee frobnicate
refuse 2 'something is missing' new
refuse 2 'give one of --definition FILE and --questions FILE' new e
refuse 2 'no such option' new e --frob x
refuse 2 'no such option' new e -q x
refuse 2 'needs a value' new e --questions
refuse 2 'given twice' new e --questions a --questions b
refuse 2 'takes no value' new e --questions a --test=yes
refuse 2 'more arguments' close e f

# --- new ---
questions "$Q" q.json
refuse 1 'there is no such file' new e --questions nowhere.json
refuse 2 'write Ed25519' new e --questions q.json --group Curve25519
echo '{"name":"n",' >bad.json
refuse 1 'bad.json: line 2' new e --questions bad.json
echo '[]' >bad.json
refuse 1 'write an object' new e --questions bad.json
echo '{"description":"d","questions":[]}' >bad.json
refuse 1 '"name" must be a text' new e --questions bad.json
echo '{"name":"n","description":"d"}' >bad.json
refuse 1 '"questions" is missing' new e --questions bad.json
echo '{"name":"n","description":"d","questions":[],"x":1}' >bad.json
refuse 1 'bad.json: line 1: x' new e --questions bad.json
questions "$Q,"$'\n''{"answers":["A"],"min":2,"max":1,"question":"Q"}' bad.json
refuse 1 'bad.json: line 4: questions[1]' new e --questions bad.json
questions '{"type":"NonHomomorphic","value":{"answers":["A"],"question":"Q"}}' bad.json
refuse 1 'non-homomorphic' new e --questions bad.json
mkdir full && touch full/x
refuse 1 'not empty' new full --questions q.json
ok new e --questions q.json
refuse 1 'not empty' new e --questions q.json
refuse 1 'there is no such directory' status nowhere
refuse 1 'no draft.json' status full

# --- credentials ---
refuse 2 'either --roll FILE or --count' credentials e --out p.json
refuse 2 'either --roll FILE or --count' credentials e --out p.json --count 3 --roll r.csv
refuse 2 'whole number' credentials e --out p.json --count 0
refuse 1 'no such file' credentials e --out p.json --roll nowhere.csv
printf 'a\nb,1\n# c\na,2\n' >r.csv
refuse 1 'r.csv: line 4: the same identifier stands in line 1' credentials e --out p.json --roll r.csv
for weight in x -1 1.5 01 '' 9999999999999; do
	printf 'a\n\nb,%s\n' "$weight" >r.csv
	refuse 1 'r.csv: line 3: the weight' credentials e --out p.json --roll r.csv
done
printf 'a\n,3\n' >r.csv
refuse 1 'r.csv: line 2: an identifier' credentials e --out p.json --roll r.csv
printf 'a\nb\377\n' >r.csv
refuse 1 'r.csv: line 2: the identifier holds bytes' credentials e --out p.json --roll r.csv
printf 'a\nb\tc\n' >r.csv
refuse 1 'r.csv: line 2: the identifier holds a control' credentials e --out p.json --roll r.csv
printf 'a b\n' >r.csv
refuse 1 'r.csv: line 1: the identifier holds a blank' credentials e --old-form --out p.json --roll r.csv
printf '# nobody\n' >r.csv
refuse 1 'no member stands in it' credentials e --out p.json --roll r.csv
printf 'anna,2\nbob\n' >r.csv
touch there.json
refuse 1 'nothing is overwritten' credentials e --out there.json --roll r.csv
refuse 3 'nowhere' credentials e --out nowhere/p.json --roll r.csv
refuse 1 'make them with "urne credentials"' seal e
ok credentials e --out p.json --roll r.csv
refuse 1 'has its credentials already' credentials e --out p2.json --roll r.csv

# --- trustees ---
refuse 1 'there are no trustees' seal e
refuse 2 'write Ed25519' trustee key --group X --key k --out o --no-passphrase
refuse 1 'no terminal' trustee key --group Ed25519 --key k --out o
echo >empty
refuse 1 'passphrase is empty' trustee key --group Ed25519 --key k --out o --passphrase-file empty
echo pass >pass
refuse 2 'exclude each other' trustee key --group Ed25519 --key k --out o --passphrase-file pass --no-passphrase
refuse 1 'nothing is overwritten' trustee key --group Ed25519 --key there.json --out o --no-passphrase
refuse 1 'nothing is overwritten' trustee key --group Ed25519 --key k --out there.json --no-passphrase
ok trustee key --group Ed25519 --key s.key --out s.json --passphrase-file pass
ok trustee key --group Ed25519 --key s2.key --out s2.json --no-passphrase
ok trustee key --group RFC-3526-2048 --key f.key --out f.json --no-passphrase
refuse 1 'f.json: ' trustee add e f.json
sed 's/"response":"[0-9]/"response":"/' s.json >bad.json
refuse 1 'bad.json: ' trustee add e bad.json
sed 's/"challenge":"[0-9]*"/"challenge":"7"/' s.json >bad.json
refuse 1 'does not verify' trustee add e bad.json
refuse 1 'is there already' trustee add e s2.json s.json s2.json
ok trustee add e s.json
refuse 1 'trustee-1.json' trustee add e s.json
refuse 1 'there is no ceremony' ceremony collect e s.json
refuse 2 'whole number' ceremony open e --size 3 --threshold 4
refuse 2 'whole number' ceremony open e --size 300 --threshold 4
ok ceremony open e --size 2 --threshold 2
refuse 1 'a ceremony is there already' ceremony open e --size 3 --threshold 2
refuse 1 'the ceremony is at round 1' seal e
refuse 1 's.json: ' trustee step --key t1.key --in s.json --out o --no-passphrase
refuse 1 'nothing is overwritten' trustee step --key s.key --in e/ceremony/round-1-for-1.json --out o --no-passphrase
for round in 1 2 3 4; do
	for j in 1 2; do
		in=e/ceremony/round-$round-for-all.json
		[ -e "$in" ] || in=e/ceremony/round-$round-for-$j.json
		if [ "$round" = 2 ] && [ "$j" = 1 ]; then
			refuse 1 'no such file' trustee step --key no.key --in "$in" --out o
			refuse 1 's2.key: ' trustee step --key s2.key --in "$in" --out o
			refuse 1 'round 2 needs a' ceremony collect e a1-1
			sed 's/Ed25519/RFC-3526-2048/' a1-1 >bad
			refuse 1 'bad: ' ceremony collect e bad
		fi
		ok trustee step --key "t$j.key" --in "$in" --out "a$round-$j" --no-passphrase
		refuse 1 'exists already' trustee step --key "t$j.key" --in "$in" --out "a$round-$j" --no-passphrase
		if [ "$round$j" = 32 ]; then
			# a wrong contribution names its author, and nothing of the round is kept
			sed 's/"signatures":\[{"challenge":"[0-9]*"/"signatures":[{"challenge":"7"/' a3-2 >bad
			refuse 1 'round 3: trustee 2' ceremony collect e bad
		fi
		ok ceremony collect e "a$round-$j"
		[ "$j" = 2 ] || refuse 1 'is there already' ceremony collect e "a$round-$j"
	done
done
refuse 1 'the ceremony is over' ceremony collect e a1-1
refuse 1 'not sealed yet' close e
cp -r e unsealed
sed -i 's/"\([^"]*\)"/"\1x"/' unsealed/public_credentials.json
refuse 1 'unsealed/public_credentials.json: ' seal unsealed
ok seal e
for command in 'seal e' 'trustee add e s2.json' 'ceremony open e --size 2 --threshold 1' 'credentials e --count 2 --out o'; do
	# shellcheck disable=SC2086
	refuse 1 'is sealed' $command
done

# --- vote ---
sed -n 's/^"anna":"\(.*\)",\{0,1\}$/\1/p' p.json >anna
echo '[["A"]]' >c.json
refuse 1 'no terminal' vote e --choices c.json --out b
refuse 1 'no such file' vote e --credential nobody --choices c.json --out b
tr 'a-y' 'b-z' <anna >wrong
refuse 1 'wrong: ' vote e --credential wrong --choices c.json --out b
echo hello >wrong
refuse 1 'wrong: ' vote e --credential wrong --choices c.json --out b
ok new other --questions q.json
ok credentials other --count 1 --out other.json
sed -n 's/^"1":"\(.*\)",\{0,1\}$/\1/p' other.json >wrong
refuse 1 'not on the list of this election' vote e --credential wrong --choices c.json --out b
for choices in '[["A","B"]]' '[[0,0,0]]' '[[1,1,0]]' '[["Z"]]' '[]' '[[2,0,0]]' '[[1,0]]' '{}' '[["A"]' '[["A"],["A"]]'; do
	echo "$choices" >bad.json
	refuse 1 'bad.json: ' vote e --credential anna --choices bad.json --out b
done
refuse 1 'exists already' vote e --credential anna --choices c.json --out there.json
ok vote e --credential anna --choices c.json --out b

# --- append ---
refuse 1 'no such file' append e nowhere
echo '{}' >bad
refuse 1 'bad: ' append e bad
sed 's/{/{ /' b >bad
refuse 1 'bad: ' append e bad
sed 's/"election_uuid":"./"election_uuid":"/' b >bad
refuse 1 'bad: ' append e bad
sed 's/"individual_proofs":\[\[{"challenge":"[0-9]*"/"individual_proofs":[[{"challenge":"7"/' b >bad
refuse 1 'bad: ' append e bad
sed 's/"signature":{"hash":"./"signature":{"hash":"/' b >bad
refuse 1 'bad: ' append e bad
refuse 1 'bad: ' append e b bad
refuse 1 'is there already' append e b b
refuse 1 'no tally to be made' tally e
refuse 1 'no result to be made' result e
refuse 1 'no decryption to be made' decrypt e --key s.key --out d
refuse 1 'this is a real election' simulate e --ballots 1 --credentials p.json
ok append e b
refuse 1 'is there already' append e b
ok vote e --credential anna --choices c.json --out b2
cp -r e other-tally
ok close e
cp -r e forged
refuse 1 'no closing now' close e
refuse 1 'no ballot to be taken' append e b2
refuse 1 'no voting now' vote e --credential anna --choices c.json --out b3
ok tally e
refuse 1 'no tally to be made' tally e

# --- threats A18, A43: a tally that is not that of the ballots is not decrypted ---
ok append other-tally b2
ok close other-tally
theirs=$(echo other-tally/*.bel)
archive=$(echo forged/*.bel)
size=$(stat -c %s "$theirs")
ok tally other-tally
printf '{"parent":"%s","height":3,"type":"EncryptedTally","payload":"%s"}' \
	"$(name_at "$archive" 1024)" "$(name_at "$theirs" 2048)" >event
tail -c +$((size + 1)) "$theirs" | head -c -1024 >>"$archive"
record "$archive" event event
refuse 1 'not the one that the ballots give' decrypt forged --key s.key --passphrase-file pass --out d

# --- decrypt and result ---
echo other >pass2
refuse 1 's.key: ' decrypt e --key s.key --passphrase-file pass2 --out d
refuse 1 'no terminal' decrypt e --key s.key --out d
refuse 1 'not the key of a trustee' decrypt e --key s2.key --out d
refuse 1 'give --share' decrypt e --key t1.key --out d
refuse 1 'share-2.dkey' decrypt e --key t1.key --share e/ceremony/share-2.dkey --out d
refuse 1 'not the key of that trustee' decrypt e --key s.key --passphrase-file pass --owner 2 --out d
refuse 1 'exists already' decrypt e --key s.key --passphrase-file pass --out there.json
ok decrypt e --key s.key --passphrase-file pass --out d1
ok decrypt e --key t1.key --share e/ceremony/share-1.dkey --out d2
ok decrypt e --key t2.key --share e/ceremony/share-2.dkey --out d3
refuse 1 'trustee 1' result e
sed 's/"owner":1/"owner":2/' d1 >bad
refuse 1 'bad: trustee 2' append e bad
sed 's/"owner":1/"owner":9/' d1 >bad
refuse 1 'no trustee 9' append e bad
sed 's/"election_hash":"./"election_hash":"9/' d1 | sed 's/\("election_hash":".\{42\}\).*\(","partial\)/\1A\2/' >bad
refuse 1 'bad: ' append e bad
refuse 1 'is there already' append e d1 d1
ok append e d1 d2
refuse 1 'is there already' append e d2
refuse 1 '1 valid partial decryptions are there, 2 are needed' result e
# a wrong partial decryption in the archive names its author, and does not keep the right one out
cp -r e wrong-share
archive=$(echo wrong-share/*.bel)
sed 's/^.*"partial_decryption"://; s/}$//' d1 | tr -d '\n' >data
printf '{"owner":3,"payload":"%s"}' "$(sha256sum <data | cut -c1-64)" >owned
printf '{"parent":"%s","height":6,"type":"PartialDecryption","payload":"%s"}' \
	"$(name_at "$archive" 1024)" "$(sha256sum <owned | cut -c1-64)" >event
record "$archive" data data
record "$archive" data owned
record "$archive" event event
refuse 1 'trustee 3, event 6: the partial decryption is wrong' result wrong-share
ok append wrong-share d3
ok result wrong-share
ok append e d3
ok result e
refuse 1 'no result to be made' result e
refuse 1 'no partial decryption to be taken' append e d1

# --- archives that were tampered with ---
cp -r e broken
archive=$(echo broken/*.bel)
printf 'X' | dd of="$archive" bs=1 seek=600 conv=notrunc status=none
refuse 1 "$archive: " show broken
cp e/*.bel broken/second.bel
refuse 1 'more than one archive' show broken
head -c 100 e/election.json >notanarchive
refuse 1 'notanarchive: ' show notanarchive

# --- a real election is never filled, and too few credentials are said ---
ok new t --questions q.json --test
ok credentials t --count 3 --out tp.json
ok trustee add t s2.json
ok seal t
refuse 1 'cannot cast 4 first votes' simulate t --ballots 4 --credentials tp.json
refuse 2 'whole number' simulate t --ballots 0 --credentials tp.json
refuse 1 'c.json: line 1' simulate t --ballots 1 --credentials c.json
echo 'x nothing' >bad
refuse 1 'ballot 1' simulate t --ballots 1 --credentials bad

# --json says the same as an object
"$URNE" close nowhere --json >.test/out 2>/dev/null
grep -qF '{"command":"close","exit":1,"error":"unknown","message":"nowhere: ' .test/out || {
	echo "FAILED: --json of a refusal: $(cat .test/out)"
	failures=$((failures + 1))
}
# a full disk is our error
"$URNE" version >/dev/full 2>.test/err
[ $? = 3 ] || {
	echo "FAILED: version >/dev/full"
	failures=$((failures + 1))
}
echo "$count refusals, $failures wrong"
[ "$failures" -eq 0 ]
