#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The demonstration with a few members: it keeps the board until Ctrl-C and leaves nothing running,
# also when it is interrupted while members vote; its exit status is the verdict of the verifier, of
# the observer, and of what the board does with one signature.
set -euo pipefail

: "${TOP:?}" "${URNE:?}" "${URNE_VERIFY:?}" "${URNE_BOARD:?}"
work=$(mktemp -d)
demo=
# shellcheck disable=SC2317 # by the trap
stop()
{
	# the whole group: also what a demonstration that has ended left behind
	[ -z "$demo" ] || kill -TERM -- "-$demo" 2>/dev/null || true
	wait
	rm -rf "$work"
}
trap stop EXIT
cd "$work"
export TMPDIR=$work DEMO_MEMBERS=3 CONSTITUTION=no

die()
{
	echo "FAILED: $*" >&2
	[ ! -s out ] || tail -n 30 out >&2
	exit 1
}

# begin WAIT: as a terminal runs it, in a group of its own that Ctrl-C reaches as a whole.
begin()
{
	set -m
	WAIT=$1 bash "$TOP/tools/demo.sh" >out 2>&1 &
	demo=$!
	set +m
}

# said PIECE: the demonstration comes to say it.
said()
{
	local i
	for ((i = 0; i < 3000; i++)); do
		! grep -qF -- "$1" out || return 0
		kill -0 "$demo" 2>/dev/null || break
		sleep 0.1
	done
	die "it does not say \"$1\""
}

# ended STATUS: with this status, and nothing that it started is still there.
ended()
{
	local rc=0 there
	wait "$demo" || rc=$?
	[ "$rc" = "$1" ] || die "exit status $rc, not $1"
	for there in /proc/[0-9]*/cwd; do
		there=$(readlink "$there" 2>/dev/null) || continue
		[[ $there != "$work"/urne-demo.* ]] || die "a program is left in $there"
	done
}

# --- to the end, and Ctrl-C ---
begin yes
said 'Ctrl-C. The files stay in'
for piece in '3 receipts for 3 ballots' 'Everything verified, and the observer raised no alarm' \
	'"ballots":6,"voters":5,"stage":"done"' 'PASS        minutes-signatures' \
	'PASS        journal-certification' 'the order "prepare" waits for 1 more signature' \
	'All trustees have rehearsed' 'Signed by: helene-vauquerin, idriss-lacombe-toure' \
	'incident      20' 'extension     20' \
	'anna/receipt-1.json: the ballot does not count' \
	'anna/receipt-2.json: the ballot is event 6, and it counts'; do
	grep -qF -- "$piece" out || die "no \"$piece\""
done
address=$(sed -n 's|^    \$ curl \(http://[^ ]*/checkpoint\)$|\1|p' out)
curl -sf "$address" >checkpoint || die "the board does not answer at \"$address\""
grep -q '^vote.example.org/bb/' checkpoint || die "no checkpoint: $(cat checkpoint)"
grep -q 'Panne du réseau dans trois communes, de dix heures à midi' urne-demo.*/liste-minutes/minutes.fr.html ||
	die "the incident is not in the minutes"
for page in urne-demo.*/liste-seal.fr.html urne-demo.*/journal.fr.html; do
	grep -q 'lang="fr"' "$page" || die "no page: $page"
done
# what it tells people to type
(eval "$(sed -n '/^To verify by hand/,/^DONE/s/^    \$ //p' out)") >by-hand 2>&1 ||
	die "by hand: $(tail -n 5 by-hand)"
[ "$(grep -c '^VERIFIED' by-hand)" = 2 ] || die "not verified twice by hand: $(cat by-hand)"
kill -INT -- "-$demo"
ended 0
! curl -s "$address" >/dev/null || die "the board is still there"

# --- Ctrl-C while members vote ---
begin yes
said 'more members vote at once'
kill -INT -- "-$demo"
ended 130

# --- what is wrong is named, and the status says so: a verifier that refuses, an observer with an
# alarm, a board that obeys one official alone ---
cat >refuses <<-XX
	#!/bin/bash
	"$URNE_VERIFY" "\$@"
	exit 1
XX
cat >alarms <<-XX
	#!/bin/bash
	[[ "\$*" != watch*--interval* ]] || echo '{"alarm":"stall","message":"m","evidence":"e"}'
	exec "$URNE" "\$@"
XX
cat >obeys <<-XX
	#!/bin/bash
	exec "$URNE_BOARD" "\${@/%2/1}"
XX
chmod +x refuses alarms obeys
real_urne=$URNE real_verify=$URNE_VERIFY
URNE=$work/alarms URNE_VERIFY=$work/refuses
begin no
ended 1
grep -qF 'urne-verify does not say VERIFIED, its exit status is 1' out || die "the verifier is not named"
grep -qF 'the observer raised an alarm' out || die "the observer is not named"
! grep -qF 'Everything verified' out || die "everything verified all the same"
# what it made is right nevertheless
"$real_verify" --quiet "$(find urne-demo.* -path '*/liste/*.bel' -newer refuses)" \
	>/dev/null || die "the archive does not verify"
URNE=$real_urne URNE_VERIFY=$real_verify URNE_BOARD=$work/obeys
begin no
ended 1
grep -qF 'one signature prepares the vote, and two are needed' out || die "the board is not named"

rc=0
DEMO_MEMBERS=many bash "$TOP/tools/demo.sh" >out 2>&1 || rc=$?
[ "$rc" = 2 ] || die "DEMO_MEMBERS=many: exit status $rc, not 2"
grep -q 'write a number from 3 to 9999' out || die "DEMO_MEMBERS=many: no way out"
