#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# urne watch and a real board, over TLS, from the Setup to the result: an observer who looks often, one
# who stays, and one who comes at the end know the same; a killed one goes on where it was; urne-verify
# goes on with their state, and they with its; many ballots need no more memory than few.
set -euo pipefail

: "${TOP:?}" "${URNE:?}" "${URNE_VERIFY:?}" "${URNE_BOARD:?}"
work=$(mktemp -d)
watcher=
# shellcheck disable=SC2317 # by the trap
stop()
{
	[ -z "$watcher" ] || kill "$watcher" 2>/dev/null || true
	[ ! -s board.pid ] || kill "$(cat board.pid)" 2>/dev/null || true
	[ -z "${BOARD_PID:-}" ] || kill "$BOARD_PID" 2>/dev/null || true
	wait
	rm -rf "$work"
}
trap stop EXIT
cd "$work"
umask 077
# shellcheck source=tests/support/vote.sh
source "$TOP/tests/support/vote.sh"

openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout tls.key -out tls.pem \
	-addext 'subjectAltName=IP:127.0.0.1,DNS:localhost' 2>/dev/null || die "openssl"
official_keys
"$URNE_BOARD" init --dir board --host vote.example.org --official claire.pub >/dev/null
"$URNE_BOARD" run --dir board --listen 127.0.0.1:0 --tls-cert tls.pem --tls-key tls.key 2>board.log &
echo $! >board.pid
await "the board does not listen" holds board.log '"listening"'
BOARD=https://$(sed -n 's/.*"listening","address":"\([^"]*\)".*/\1/p' board.log)
definition 2026-01-01T08:00:00+00:00 2199-01-02T20:00:00+00:00 >vote.json
sealed e --test
uuid=$(jq -r .uuid e/draft.json)
url=$BOARD/bb/$uuid
known=(--log-key board/log.pub --ca tls.pem)

# look NAME OPTIONS...: one look with the state NAME.
look()
{
	"$URNE" watch "$url" --state "$1" "${known[@]}" --once "${@:2}" >look.out 2>look.err ||
		die "the observer $1: $(cat look.out look.err)"
	! grep -q ALARM look.out || die "an alarm: $(cat look.out)"
}

# verifies NAME STATUS: a run of urne-verify with the state NAME.
verifies()
{
	local rc=0
	"$URNE_VERIFY" "$url" --state "$1" "${known[@]}" >verify.out 2>&1 || rc=$?
	[ "$rc" = "$2" ] || die "urne-verify with the state $1 exits $rc, not $2: $(cat verify.out)"
}

# same A B: two observers know the same, but for when they looked.
same()
{
	same_head "$1" "$2" || die "$1 and $2 know different things"
}

same_head()
{
	cmp -s <(head -n 5 "$1") <(head -n 5 "$2")
}

# over MEMBER CHOICES RECEIPT
over()
{
	grep -o "\"$1\":\"[^\"]*\"" e-private.json | cut -d'"' -f4 >credential
	printf '%s' "$2" >choices.json
	urne vote --board "$url" --credential credential --choices choices.json --receipt "$3" "${known[@]}"
}

# line PIECE: the observer who stays comes to say it.
line()
{
	await "the observer does not say \"$1\"" holds lines "$1"
}

# nobody knows the election yet
rc=0
"$URNE" watch "$url" --state often "${known[@]}" --once >out 2>&1 || rc=$?
[ "$rc" = 1 ] || die "an election that is not there: $rc"
grep -q 'there is no such election' out || die "no reason: $(cat out)"

on_board e "$BOARD" claire.key
look often
verifies both 3 # one state, in the hands of both programs in turn
"$URNE" watch "$url" --state stays "${known[@]}" --interval 1 --json >lines 2>lines.err &
watcher=$!
line '"size":1,"ballots":0,"voters":0,"stage":"open"}'
all='{"liste":"for","notes":{"n-1":"bien","n-2":"moyen","n-3":"moyen"}}'
none='{"liste":"against","notes":{"n-1":"mal","n-2":"mal","n-3":"mal"}}'
over anna "$all" anna.json
look often --receipt anna.json
look both --receipt anna.json
verifies alone 3
over bruno "$none" bruno-first.json
over chloe "$all" chloe.json
line '"ballots":3,"voters":3,'
# killed with something new before it; and only one may work with a state
over bruno "$all" bruno.json
rc=0
"$URNE" watch "$url" --state stays "${known[@]}" --once >out 2>&1 || rc=$?
[ "$rc" = 1 ] || die "two with one state: $rc: $(cat out)"
grep -q 'another "urne watch" or "urne-verify" works with this state' out || die "two with one state: $(cat out)"
kill -KILL "$watcher"
wait "$watcher" 2>/dev/null || true
over bruno "$none" bruno-last.json
over anna "$none" anna-last.json
look often --receipt bruno-first.json
verifies both 3
grep -q 'resumed behind 2 events with 1 ballots' verify.out || die "not from the observer's state: $(cat verify.out)"
same often both
"$URNE" watch "$url" --state stays "${known[@]}" --interval 1 --json >lines 2>lines.err &
watcher=$!
line '"size":7,"ballots":6,"voters":3,"stage":"open"}'
urne order give close --board "$url" "${known[@]}" --yes claire.key
line '"stage":"decrypting"' # the board adds up by itself
look often
look both
urne board pull e --board "$url" "${known[@]}"
urne decrypt e --key e-trustee.key --out decryption.json
urne append e decryption.json
urne result e
urne board push e --board "$url" "${known[@]}"
urne order give release --board "$url" "${known[@]}" --yes claire.key
line '"stage":"done"'
look often --receipt anna.json --receipt bruno-first.json --receipt bruno-last.json
# a look is said before it is kept
await "the observer who stays does not keep what he said" same_head often stays
kill "$watcher"
wait "$watcher" 2>/dev/null || true
watcher=
! grep -q alarm lines || die "an alarm: $(cat lines)"
look late --json
same often stays
same often late
verifies both 0
verifies alone 0
same often both
same often alone
look alone --receipt anna.json
same often alone
verifies late 0
grep -q 'resumed behind 11 events with 6 ballots' verify.out || die "not from the observer's state: $(cat verify.out)"
# what was verified of an archive alone bears no signature: an observer does not begin with it
cp "e/$uuid.bel" election-alone.bel
"$URNE_VERIFY" election-alone.bel --state unsigned --definition vote.json >verify.out || die "the archive: $(cat verify.out)"
rc=0
"$URNE" watch "$url" --state unsigned "${known[@]}" --once >out 2>&1 || rc=$?
[ "$rc" = 1 ] || die "a state that no log has signed: $rc"
grep -q 'is the state of an archive that no log has signed' out || die "no reason: $(cat out)"
verifies unsigned 0
look unsigned
same often unsigned

# --- a state that is not ours, or no longer ---
# refuses PIECE STATE OPTIONS...
refuses()
{
	local rc=0
	"$URNE" watch "$url" --state "$2" --ca tls.pem --once "${@:3}" >out 2>&1 || rc=$?
	[ "$rc" = 1 ] || die "the state $2: $rc: $(cat out)"
	grep -qF -- "$1" out || die "no \"$1\" in: $(cat out)"
}
sed 's/"size":11/"size":12/' often >changed
refuses 'was changed: its sum is another one' changed
head -c 300 often >cut-short
refuses 'was cut short' cut-short
sed 's|urne-watch/2|urne-watch/3|' often >newer
refuses 'was written by another version' newer
echo hello >hello
refuses 'is no state of "urne watch"' hello
"$URNE_BOARD" init --dir other --host vote.example.org --official claire.pub >/dev/null
refuses 'another key than that of --log-key' often --log-key other/log.pub
rc=0
"$URNE" watch "${url%??}xx" --state often --ca tls.pem --once >out 2>&1 || rc=$?
[ "$rc" = 1 ] || die "another election's state: $rc: $(cat out)"
grep -q 'which is another election than' out || die "another election's state: $(cat out)"
# what belongs to it may be lost: it is fetched again
rm -r often.d
look often
same often late
kill "$(cat board.pid)"
wait "$(cat board.pid)" 2>/dev/null || true
rm board.pid

# --- the command of an alarm: called once, without a shell; and one that hangs ---
cat >call <<'EOF'
#!/bin/sh
printf '%s|' "$#" "$@" >>called
echo 'not for standard output'
EOF
printf '#!/bin/sh\nsleep 100\n' >hang
chmod +x call hang
rc=0
"$URNE" watch "$url" --state often --ca tls.pem --once --stall 0 --alarm ./call --json >out 2>err || rc=$?
[ "$rc" = 1 ] || die "a stall exits $rc: $(cat out err)"
grep -q "^3|stall|$url: no good answer since .*|often.d/alarms/stall-[0-9a-f]*|$" called || die "called: $(cat called)"
grep -q '"alarm":"stall","message":"' out || die "no line for programs: $(cat out)"
grep -q 'not for' out && die "the command writes between the lines"
began=$SECONDS
"$URNE" watch "$url" --state often --ca tls.pem --once --stall 0 --alarm ./hang >out 2>err && die "no stall"
grep -q 'did not end within 20 s and was killed' err || die "the command was not killed: $(cat err)"
[ $((SECONDS - began)) -lt 60 ] || die "a command that hangs keeps the observer for $((SECONDS - began)) s"

# --- memory: few ballots and many ---
# shellcheck source=tests/support/real-board.sh
source "$TOP/tests/support/real-board.sh"
# peak NUM: kilobytes that an observer of NUM ballots took at most.
peak()
{
	votes "$1"
	rm -rf b receipts
	new_board b
	start_board b || die "the board does not start"
	bring_setup
	cast 50 receipts >/dev/null
	"$URNE" watch "http://127.0.0.1:$PORT/bb/$UUID" --state "many-$1" --log-key b/log.pub --interval 1 \
		>lines 2>lines.err &
	watcher=$!
	await "$1 ballots are not seen" holds lines "ballots $1,"
	sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$watcher/status"
	kill "$watcher"
	wait "$watcher" 2>/dev/null || true
	watcher=
	stop_board TERM
}
few=$(peak 200)
many=$(peak 2000)
! grep -q ALARM lines || die "an alarm: $(cat lines)"
# 2000 members and ballots take some hundred bytes each; the archive is ten times as large
if ! instrumented "$URNE"; then
	[ "$many" -lt $((few + 8192)) ] || die "2000 ballots took $many KiB, 200 took $few KiB"
fi
echo "a real board: three observers know the same; $few KiB for 200 ballots, $many KiB for 2000"
