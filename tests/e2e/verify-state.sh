#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# urne-verify --state: a run that resumes says what a run from the beginning says, wherever the log was
# cut; whatever was changed of what was verified is named; a file that is not whole, or not of this
# election, is refused.
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
# shellcheck source=tests/support/changed-archive.sh
source "$TOP/tests/support/changed-archive.sh"

# json OUT ARGS...: the report without what a state adds to it.
json()
{
	local out=$1 rc=0
	shift
	"$URNE_VERIFY" "$@" --json - >full.json 2>err || rc=$?
	[ "$rc" != 2 ] || die "urne-verify $*: $(cat err)"
	jq -S 'del(.resumed) | .checks |= map(select(.id != "continues"))' full.json >"$out"
}

# resumed EVENTS: how much the last run took from the state.
resumed()
{
	[ "$(jq .resumed.events full.json)" = "$1" ] || die "resumed behind $(jq -c .resumed full.json), not $1"
}

# continues WORD
continues()
{
	[ "$(jq -r '.checks[] | select(.id == "continues") | .verdict' full.json)" = "$1" ] ||
		die "continues is $(jq -c '.checks[] | select(.id == "continues")' full.json), not $1"
}

# every_cut ARCHIVE OPTIONS...: from each beginning to longer ones, and through all of them one by one, the reports are those of runs from the beginning.
every_cut()
{
	local archive=$1 num from to
	shift
	num=$(grep -ao '\.event\.json' "$archive" | wc -l)
	for to in $(seq "$num"); do
		edit "$archive" "cut-$to.bel" cut "$to"
	done
	rm -f walking
	for to in $(seq "$num"); do
		cp "cut-$to.bel" at.bel
		json "zero-$to" at.bel "$@"
		json step at.bel "$@" --state walking
		cmp -s step "zero-$to" || die "$archive to $to: another report: $(diff "zero-$to" step)"
	done
	resumed $((num - 1))
	for from in $(seq "$num"); do
		rm -f start
		cp "cut-$from.bel" at.bel
		json step at.bel "$@" --state start
		for to in $(printf '%s\n' "$from" $((from + 2 < num ? from + 2 : num)) "$num" | uniq); do
			cp start state
			cp "cut-$to.bel" at.bel
			json step at.bel "$@" --state state --threads $((1 + to % 3))
			cmp -s step "zero-$to" ||
				die "$archive from $from to $to: another report: $(diff "zero-$to" step)"
			resumed "${good:-$from}"
			continues PASS
		done
	done
}

two_histories
num=11
every_cut "$e" --definition vote.json
cp state whole

# --- weights, revotes, several trustees, a wrong share, more than one chunk ---

revoted '{"name":"n","description":"d","questions":[{"question":"q","answers":["a","b","c"],"min":0,"max":1},
	{"question":"r","answers":["a","b"],"blank":true,"min":1,"max":2}]}' 30 40
for cut in 1 2 11 25 31 32 33 34 35; do
	edit "$w" at.bel cut "$cut"
	rm -f state
	json start at.bel --state state
	cp "$w" at.bel
	json zero at.bel
	json step at.bel --state state
	cmp -s step zero || die "weights: another report from $cut on"
	resumed "$cut"
	continues PASS
done
[ "$(jq -r .verdict full.json)" = VERIFIED ] || die "the whole vote is not VERIFIED"
# an archive whose first share does not verify and is not counted (threat A23)
edit "$w" shares.bel drop 35 drop 34 again 33 33 share 33
for cut in 33 34 35; do
	edit shares.bel at.bel cut "$cut"
	rm -f state
	json start at.bel --state state
	cp shares.bel at.bel
	json zero at.bel
	json step at.bel --state state
	cmp -s step zero || die "a wrong share: another report from $cut on: $(diff zero step)"
	resumed "$cut"
done

# --- what fails, fails again: the state ends before it ---

edit "$e" bad.bel bad 4 again 2 6
good=4
for cut in 6 7 13; do
	edit bad.bel at.bel cut "$cut"
	rm -f state
	json start at.bel --definition vote.json --state state
	cp bad.bel at.bel
	json zero at.bel --definition vote.json
	json step at.bel --definition vote.json --state state
	cmp -s step zero || die "bad ballots: another report from $cut on: $(diff zero step)"
	resumed "$good"
	continues PASS
done
[ "$(jq -r .verdict full.json)" = FAILED ] || die "bad ballots do not fail"
# a Setup that fails leaves nothing behind it
edit "$e" at.bel edit 0 2 '","' '",  "'
rm -f state
json step at.bel --definition vote.json --state state
[ ! -e state ] || die "a Setup that fails was kept"
# with another definition than the sealed one nothing is kept either
sed '1s/{/{ /' vote.json >other.json
cp "$e" at.bel
json step at.bel --definition other.json --state state
[ ! -e state ] || die "an archive with another definition was kept"

# --- a45_: what was changed of what was verified is named, and the rest of the report is true ---

cp whole state
cp state before
# changed STATUS PIECE: at.bel is not what was verified.
changed()
{
	local want=$1 piece=$2 rc=0
	json zero at.bel --definition vote.json
	json step at.bel --definition vote.json --state state
	continues FAIL
	resumed 0
	cmp -s <(jq -S '.checks,.election' step) <(jq -S '.checks,.election' zero) ||
		die "$piece: the other checks are not those of a run from the beginning"
	"$URNE_VERIFY" at.bel --definition vote.json --state state >report 2>&1 || rc=$?
	[ "$rc" = "$want" ] || die "$piece: exit $rc"
	because "$piece"
	cmp -s state before || die "$piece: the state was changed"
}

edit "$e" at.bel flip 3
changed 1 "event 3: can no longer be read, and it was verified before"
for height in 1 4 6; do
	# one bit in each ballot
	edit "$e" at.bel flip "$height"
	changed 1 "event $height: can no longer be read"
done
edit "$e" at.bel swap 1 2
changed 1 "event 1: is not the ballot that was verified there (ballot 1)"
edit "$e" at.bel swap 5 6
changed 1 "event 5: is not the ballot that was verified there (ballot 5)"
edit "$e" at.bel drop 3
changed 1 "event 3: is not the ballot that was verified there"
edit "$e" at.bel drop 6
changed 1 "event 6: is EndBallots, and ballot 6 was verified there"
edit "$e" at.bel again 2 7
changed 1 "event 7: is a ballot, and voting had 6 ballots when it ended"
edit "$e" at.bel again 2 2
changed 1 "event 3: is not the ballot that was verified there"
edit "$e" at.bel bad 2
changed 1 "event 2: is not the ballot that was verified there"
edit "$e" at.bel time 1700000000
changed 1 "event 0: the archive's timestamp is not the one that was verified"
edit "$e" at.bel edit 8 1 '"num_tallied":5' '"num_tallied":4'
changed 1 "event 7: from here to event 10 it is not what was verified there"
edit "$e" at.bel edit 10 0 '[[' '[[1,'
changed 1 "event 7: from here to event 10"
cp "$f" at.bel
# a10_: another history, every link of it good and every check passed
changed 1 "event 3: is not the ballot that was verified there (ballot 3)"
[ "$(jq -r .verdict zero)" = VERIFIED ] || die "the other history is not lawful by itself"
edit "$e" at.bel edit 0 2 '["' '[ "'
changed 1 "event 0: its list of credentials is not the one that was verified"
edit "$e" at.bel edit 0 0 '"description":"' '"description":"x'
changed 1 "event 0: its election is not the one that was verified"
for cut in 1 4 7 10; do
	edit "$e" at.bel cut $cut
	changed 1 "event $cut: 11 events were there, and there are $cut now: it was cut short"
done
head -c -100 "$e" >at.bel
changed 1 "event 10: can no longer be read"
: >at.bel
json step at.bel --state state
continues FAIL
cp "$e" at.bel
json step at.bel --definition vote.json --state state
continues PASS
resumed $num

# --- the file: damaged at any place, foreign, of another version, it is refused and left as it is ---

# refuses PIECE ARGS...
refuses()
{
	local piece=$1 rc=0
	shift
	"$URNE_VERIFY" at.bel "$@" >report 2>&1 || rc=$?
	[ "$rc" = 2 ] || die "$piece: exit $rc: $(cat report)"
	because "$piece"
	[ "$(wc -l <report)" = 1 ] || die "more than one sentence: $(cat report)"
}

size=$(stat -c %s whole)
for i in $(seq 0 211 $((size - 1))) $((size - 1)); do
	python3 -c 'import sys
b = bytearray(open("whole", "rb").read())
b[int(sys.argv[1])] ^= 1
open("state", "wb").write(b)' "$i"
	cp state before
	refuses "state: " --state state
	cmp -s state before || die "a damaged state was written over"
	head -c "$i" whole >state
	refuses "state: " --state state
done
sed 's|^urne-watch/2$|urne-watch/1|' whole >state
refuses "was written by another version" --state state
echo 'something else' >state
refuses "is no state" --state state
# a state that is whole, and not of this archive: the sum was made to fit
forge()
{
	python3 - "$@" <<'END'
import hashlib, sys
t = open("whole").read()
for old, new in zip(sys.argv[1::2], sys.argv[2::2]):
    assert old in t, old
    t = t.replace(old, new, 1)
t = t[:t.rindex("\n", 0, -1) + 1]
open("state", "w").write(t + hashlib.sha256(t.encode()).hexdigest() + "\n")
END
}
first=$(sed -n 4p whole | cut -d, -f1)
forge "$first,\"" '[[4999999,"'
grep -q '^\[\[4999999,' state || die "another line was forged"
refuses "does not agree with the archive" --state state
forge "\"last\":\"$(grep -o '"last":"[^"]*' whole | cut -d'"' -f4)" "\"last\":\"$(printf '%064d' 0)"
refuses "does not agree with the archive" --state state
other=$(tr 'A-Za-z' 'N-ZA-Mn-za-m' <<<"$uuid")
forge "{\"election\":\"$uuid" "{\"election\":\"$other"
refuses "is the state of election $other, and this is $uuid" --state state
# forge_peak: the root of what was verified is another one.
forge_peak()
{
	local peak
	peak=$(sed -n 2p whole | grep -o '"peaks":\["[^"]*')
	forge "$peak" "\"peaks\":[\"$(printf '%043d' 0)"
}
forge_peak
verdict 1 at.bel --definition vote.json --state state
says continues FAIL
because "event 7: from here to event 10 it is not what was verified there"
because "state is left as it was"
# of another election
cp "$w" at.bel
cp whole state
refuses "is the state of election $uuid, and this is" --state state
cmp -s state whole || die "another election's state was written over"
cp "$e" at.bel

# --- what cannot be written ---

verdict 2 at.bel --state new --write-hints new.hints
because "leave out --state"
refuses "nowhere/new" --state nowhere/new
mkdir folder
refuses "folder: is no file" --state folder
mkfifo pipe
refuses "pipe: is no file" --state pipe
verdict 2 at.bel --state -
because "a state is kept in a file"
[ ! -e new ] || die "a refused command left a state"
# an error at the end leaves the old file: here no report can be written
edit "$e" at.bel cut 4
rm -f state
json step at.bel --state state
cp state before
cp "$e" at.bel
rc=0
"$URNE_VERIFY" at.bel --state state >/dev/full 2>err || rc=$?
[ "$rc" = 2 ] || die "a report that could not be written: exit $rc"
cmp -s state before || die "an error changed the state"
# too large for the disk: the old file stays, and the sentence names it
rc=0
(
	ulimit -f 1
	trap '' XFSZ
	exec "$URNE_VERIFY" at.bel --quiet --state state >out 2>err
) || rc=$?
[ "$rc" = 2 ] || die "a full disk: exit $rc"
grep -q '^urne-verify: state' err || die "a full disk: $(cat err)"
cmp -s state before || die "a full disk changed the state"
[ "$(find . -maxdepth 1 -name '*state*' | wc -l)" = 2 ] || die "something was left: $(ls)"
# killed at any time
for pause in 0.001 0.005 0.01 0.02 0.03 0.05; do
	{ timeout -s KILL "$pause" "$URNE_VERIFY" at.bel --state state >/dev/null || true; } 2>/dev/null
	json step at.bel --definition vote.json --state state
	continues PASS
	cp before state
done
# one at a time
(
	flock -n 9 || exit 1
	refuses 'works with this state' --state state
) 9<state.d || die "the lock"

# --- a log: its key, its checkpoint, hints, threads, receipts ---

key=$(board key)
board make open.bel shown --vote vote.json
rm -f state
verdict 3 shown --log-key "$key" --state state
! grep -q continues report || die "a first run continues something"
grep -q '^state *none yet' report || die "a first run does not say that it is one"
rm -r shown
board make "$e" shown --vote vote.json
"$URNE_VERIFY" "$e" --quiet --definition vote.json --write-hints hints >/dev/null
board receipt "$e" r1 1 --size 3
board receipt "$e" r3 3 --size 4
json zero shown --log-key "$key" --receipt r1 --receipt r3
cp state before
json step shown --log-key "$key" --receipt r1 --receipt r3 --state state
cmp -s step zero || die "a log: another report: $(diff zero step)"
resumed 7
cp before state
json step shown --log-key "$key" --state state --hints hints --threads 2
resumed 7
continues PASS
[ "$(jq .election.ballots_with_hints full.json)" = 0 ] || die "ballots of the state were verified again"
# what a log has signed stands and falls with its key, its root, and its name
cp state whole
forge "{\"election\":\"$uuid" "{\"election\":\"$other"
refuses "its election $other is not the one of its log vote.example.org/bb/$uuid" --state state
forge_peak
refuses "its 11 entries are not those of its checkpoint" --state state
signer=$(board key --uuid "$uuid")
forge "\"key\":\"$signer" "\"key\":\"$(board key --uuid "$uuid" --seed 8)"
refuses "its checkpoint: " --state state
forge "\"key\":\"$signer" '"key":"'
refuses "it has a checkpoint, and no key that signed it" --state state
cp whole state
cp state before
# a9_: the log was set back; a10_: it is another one; a29_: with another key
rm -rf shown && board make "$e" shown --vote vote.json --size 9
truncate -s "$(board end "$e" 8)" shown/election.bel
only 1 continues shown --log-key "$key" --state state
because "11 events were there, and there are 9 now"
rm -rf shown && board make "$f" shown --vote vote.json
only 1 continues shown --log-key "$key" --state state
because "event 3: is not the ballot"
rm -rf shown && board make "$e" shown --vote vote.json --seed 8
only 1 continues shown --state state
because "the log's key is no longer the one"
cmp -s state before || die "a log that does not continue changed the state"
# of what was signed and not verified, the checkpoint is kept: behind a bad ballot the log forks
edit "$e" bad.bel bad 4
edit "$f" fork.bel bad 4
edit bad.bel fork.bel swap 5 6
rm -rf shown state && board make bad.bel shown --vote vote.json
verdict 1 shown --log-key "$key" --state state
cp state before
rm -rf shown && board make fork.bel shown --vote vote.json
verdict 1 shown --log-key "$key" --state state
says continues FAIL
because "the first 11 events are not those that the log signed before"
cmp -s state before || die "a log that forks changed the state"

# --- kinds of elections that a state does not serve ---

echo '{"name":"n","description":"d","questions":[{"type":"NonHomomorphic","value":{"answers":["a","b"],"question":"q"}}]}' >q.json
if "$URNE" new n --questions q.json --test >/dev/null 2>&1; then
	urne credentials n --count 2 --out n-private.json
	urne trustee key --group Ed25519 --key n.key --out n.json --no-passphrase
	urne trustee add n n.json
	urne seal n
	verdict 3 n/*.bel --state new
	because "does not serve elections with non-homomorphic questions"
	[ ! -e new ] || die "a state was written that serves nobody"
fi
echo "state: a run that resumes says what a run from the beginning says, and names every change"
