#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# What urne-verify --state keeps when a run does not go to the end: the sum of the ballots before the first
# that is not right, wherever in a chunk it stands; nothing behind the first check that fails; nothing of an
# election below its floor. And a file that others hold or that may not be read stays as it is.
set -euo pipefail

: "${URNE:?}" "${URNE_VERIFY:?}" "${TOP:?}"
work=$(mktemp -d)
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
cd "$work"
umask 077
# shellcheck source=tests/support/vote.sh
source "$TOP/tests/support/vote.sh"
# shellcheck source=tests/support/board.sh
source "$TOP/tests/support/board.sh"
# shellcheck source=tests/support/changed-archive.sh
source "$TOP/tests/support/changed-archive.sh"

# looks ARGS...: a run; its report is in full.json.
looks()
{
	local rc=0
	"$URNE_VERIFY" "$@" --json - >full.json 2>err || rc=$?
	[ "$rc" != 2 ] || die "urne-verify $*: $(cat err)"
}

# resumed EVENTS VERDICT: what the last run took from the state, and what it found.
resumed()
{
	[ "$(jq -r '"\(.resumed.events) \(.verdict)"' full.json)" = "$1 $2" ] ||
		die "$(jq -c '.resumed, .verdict, [.checks[] | select(.verdict == "FAIL")]' full.json), not $1 $2"
}

# --- a bad ballot among good ones ---

# Forty members, most of whom vote again: ballots before and behind the bad one replace others.
revoted '{"name":"n","description":"d","questions":[{"question":"q","answers":["a","b","c"],"min":0,"max":1}]}' 40 60
[ "$(grep -ao '\.event\.json' "$w" | wc -l)" = 46 ] || die "another archive was made"
"$URNE_VERIFY" "$w" --write-hints hints --quiet >/dev/null || die "hints"
# The state that such a run leaves serves the log in which that ballot is good: then the tally there
# tells whether each ballot before it was added, and taken back, once. With one thread a chunk has 16
# ballots, with four or with hints all of them.
for bad in 9 16 17 33; do
	edit "$w" bad.bel bad "$bad"
	for options in '--threads 1' '--threads 4' '--threads 2 --hints hints'; do
		rm -f state
		cp bad.bel at.bel
		# shellcheck disable=SC2086 # several words
		looks at.bel --state state $options
		resumed 0 FAILED
		# shellcheck disable=SC2086
		looks at.bel --state state $options
		resumed "$bad" FAILED
		cp "$w" at.bel
		looks at.bel --state state
		resumed "$bad" VERIFIED
	done
done
# the same ballot once more, and a stranger's form of it: neither is added
edit "$w" twice.bel again 7 20
edit "$w" form.bel edit 20 0 '"signature"' '"signatur"'
for kind in twice form; do
	rm -f state
	cp $kind.bel at.bel
	looks at.bel --state state
	cp "$w" at.bel
	looks at.bel --state state
	resumed 20 VERIFIED
done

# --- behind a check that fails nothing is kept, though all later ones pass ---

# a trustee's right share stands twice: the second is a failure, and shares and result behind it pass
edit "$w" at.bel again 43 44
rm -f state
looks at.bel --state state
resumed 0 FAILED
[ "$(jq -c '[.checks[] | select(.verdict == "FAIL") | .id]' full.json)" = '["decryption-proofs"]' ] ||
	die "another failure: $(jq -c '[.checks[] | select(.verdict == "FAIL")]' full.json)"
looks at.bel --state state
resumed 44 FAILED

# --- below the floor ---

definition 2026-01-02T08:00:00+01:00 2199-01-03T20:00:00+01:00 | sed 's/"floor": 3/"floor": 2/' >vote.json
sealed e --test
cast e anna '{"liste":"for","notes":{"n-1":"bien","n-2":"moyen","n-3":"moyen"}}'
cast e bruno '{"liste":"for","notes":{"n-1":"bien","n-2":"moyen","n-3":"moyen"}}'
finish e
# a tally of Anna's ballot, right in every other respect, and a trustee who decrypts it
edit e/*.bel at.bel cut 6 drop 2 alone 1 3
rm -f state
looks at.bel --definition vote.json
[ "$(jq -c '[.checks[] | select(.verdict == "FAIL") | .id]' full.json)" = '["floor"]' ] ||
	die "the tally of one: $(jq -c '[.checks[] | select(.verdict == "FAIL")]' full.json)"
looks at.bel --definition vote.json --state state
[ ! -e state ] || die "a tally below the floor was kept"
edit at.bel open.bel cut 2
cp open.bel other.bel
looks other.bel --definition vote.json --state state
cp state before
looks at.bel --definition vote.json --state state
[ "$(jq -r .resumed.events full.json)" = 2 ] || die "it did not go on"
cmp -s state before || die "a tally below the floor was added"

# --- who may not read it, who comes second ---

# refuses USER PIECE ARGS...: exit 2 and one sentence, as that user.
refuses()
{
	local user=$1 piece=$2 rc=0
	local -a as=()
	shift 2
	[ "$user" = self ] || as=(setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups)
	"${as[@]}" "$URNE_VERIFY" at.bel "$@" >report 2>&1 || rc=$?
	[ "$rc" = 2 ] || die "$piece: exit $rc: $(cat report)"
	grep -qF -- "$piece" report || die "no \"$piece\" in: $(cat report)"
	[ "$(wc -l <report)" = 1 ] || die "more than one sentence: $(cat report)"
}

edit e/*.bel at.bel cut 6
rm -f state
looks at.bel --definition vote.json --state state
# root reads everything, so there the runs are nobody's, who owns the folder and not the file
user=self
if [ "$(id -u)" = 0 ]; then
	user=nobody
	install -m 755 "$URNE_VERIFY" verify
	URNE_VERIFY=$PWD/verify
	chmod 755 . state.d
	chmod 644 at.bel vote.json
	chown nobody . state.d at.bel vote.json
	setpriv --reuid nobody --regid nogroup --clear-groups "$URNE_VERIFY" --help >/dev/null || die "nobody can run nothing"
fi
chmod 0 state
cp -p state before
refuses "$user" "state: Permission denied" --definition vote.json --state state
cmp -s state before || die "a file that could not be read was written over"
[ "$(stat -c '%a %u' state)" = "$(stat -c '%a %u' before)" ] || die "it was replaced"
mkdir shut
mv state.d shut/state.d
mv state shut/state
chmod 0 shut
refuses "$user" "Permission denied" --definition vote.json --state shut/state
chmod 755 shut
mv shut/state state
mv shut/state.d state.d
chmod 600 state

# Two at once: the report of the first goes to a pipe that is full, so that it has read and not written.
rm -f state
edit e/*.bel at.bel cut 4
looks at.bel --definition vote.json --state state
cp state before
edit e/*.bel at.bel cut 6
mkfifo full
exec 7<>full
python3 - <<'END'
import fcntl, os
fcntl.fcntl(7, fcntl.F_SETFL, fcntl.fcntl(7, fcntl.F_GETFL) | os.O_NONBLOCK)
try:
    while True:
        os.write(7, bytes(512))
except BlockingIOError:
    fcntl.fcntl(7, fcntl.F_SETFL, fcntl.fcntl(7, fcntl.F_GETFL) & ~os.O_NONBLOCK)
END
"$URNE_VERIFY" at.bel --definition vote.json --state state >&7 2>first.err &
first=$!
await "the first does not take the lock" has_flock $first
for i in 1 2 3; do
	refuses self "works with this state" --definition vote.json --state state
	cmp -s state before || die "the second of two wrote"
done
kill -0 $first || die "the first did not wait"
cat full >/dev/null 7>&- &
reader=$!
wait $first && rc=0 || rc=$?
exec 7>&-
wait $reader
[ "$rc" = 3 ] || die "the first of two: exit $rc: $(cat first.err)"
looks at.bel --definition vote.json --state state
resumed 6 "$(jq -r .verdict full.json)"
echo "state: the sum before a bad ballot is kept wherever it stands, and nothing behind what fails"
