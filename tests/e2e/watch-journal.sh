#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# urne watch and the journal of a board: an extension is honoured, an end before it is an alarm, and so
# are ballots before the opening, orders with too few signatures, a journal that is set back, hidden,
# exchanged or signed by somebody else (threats A10, A34). Boards are folders that a web server shows.
set -euo pipefail

: "${TOP:?}" "${URNE:?}"
# shellcheck source=tests/support/instrumented.sh
source "$TOP/tests/support/instrumented.sh"
if instrumented "$URNE"; then
	echo "an instrumented build takes no preload, and this test lives at other times"
	exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
umask 077
# shellcheck source=tests/support/vote.sh
source "$TOP/tests/support/vote.sh"
# shellcheck source=tests/support/board.sh
source "$TOP/tests/support/board.sh"

# By the definition voting is over since 2020; the officials extended it to 2199.
printf '#!/bin/sh\nexec faketime "2020-01-03 12:00:00Z" "%s" "$@"\n' "$URNE" >during
chmod +x during
definition 2020-01-02T08:00:00+01:00 2020-01-04T20:00:00+01:00 >vote.json
sealed e
URNE=$PWD/during five e
cp e/*.bel open.bel
urne close e
e=$(echo e/*.bel)
cp "$e" closed.bel
uuid=$(basename "$e" .bel)
board key >log.pub
extended=2199-01-04T19:00:00Z

# journal OUT OPTIONS...
journal()
{
	python3 "$TOP/tests/support/journal.py" open.bel "$1" --vote vote.json --extend "$extended" \
		--rehearsal rehearsal "${@:2}" || die "journal.py $*"
}
printf '{}' >rehearsal # nobody who watches verifies it again
journal j.bel
journal opened.bel --until opened
journal called.bel --until open
journal short.bel --until extend

mkdir served
coproc SERVER { python3 "$TOP/tests/support/http-server.py" served; }
read -r port <&"${SERVER[0]}"
url=http://127.0.0.1:$port/bb/$uuid

# serve ELECTION [JOURNAL [MAKE-OPTIONS...]]: what the board shows from now on.
serve()
{
	rm -rf served/bb
	board make "$1" "served/bb/$uuid" --vote vote.json
	[ $# = 1 ] || board make "$2" served/bb/journal --uuid journal "${@:3}"
}

# look STATUS: one look; what it says is in look.out.
look()
{
	local rc=0
	"$URNE" watch "$url" --state s --log-key log.pub --once >look.out 2>look.err </dev/null || rc=$?
	[ "$rc" = "$1" ] || die "urne watch exits $rc, not $1: $(cat look.out look.err)"
}

quiet()
{
	look 0
	! grep -q ALARM look.out || die "an alarm: $(cat look.out)"
}

# alarm NAME PIECE: one look, which says this alarm, and no other.
alarm()
{
	look 1
	[ "$(grep -c ALARM look.out)" = 1 ] || die "not one alarm, $1: $(cat look.out)"
	grep -F "ALARM $1: " look.out | grep -qF -- "$2" ||
		die "not the alarm $1 with \"$2\": $(cat look.out look.err)"
	folder=$(sed -n 's/.*; evidence: //p' look.out)
	[ -s "$folder/why.txt" ] || die "$1: no evidence in $folder"
}

anew()
{
	rm -rf s s.d
}

# --- the hours ---

# a34_: without a journal the definition decides
serve open.bel
alarm stall 'voting ended at 2020-01-04T20:00:00+01:00, and nobody has closed it'
# with one, the officials: nothing is over, and what ends it ends it too early
anew
serve open.bel j.bel
quiet
quiet
serve closed.bel j.bel
alarm early-closing 'event 6: it ends voting, and the journal says 2199-01-04T19:00:00Z'
alarm early-closing 'event 6: '
anew
alarm early-closing 'event 6: '
# a34_: ballots before the journal opens the voting
anew
serve open.bel called.bel
alarm outside-hours 'event 1: it stands in the log, and the journal of the board has not opened'
serve open.bel opened.bel
alarm stall 'voting ended at 2020-01-04T19:00:00Z, and nobody has closed it'
serve open.bel j.bel
quiet

# --- its entries ---

for lie in one-signature:10 unknown-signer:2 replayed:11 dropped-order:7 other-service:0; do
	anew
	journal lie.bel --lie "${lie%:*}"
	serve open.bel lie.bel
	alarm journal "bb/journal: entry ${lie#*:}: "
	alarm journal "bb/journal: entry ${lie#*:}: "
done
for file in journal.entry payload; do
	[ -s "$folder/$file" ] || die "no evidence of the entry: $file"
done
# one that comes later, behind what was right
anew
serve open.bel opened.bel
alarm stall 'voting ended at'
journal lie.bel --lie one-signature
serve open.bel lie.bel
alarm journal "bb/journal: entry 10: "

# --- what stands in the log by an order only ---

# a15_: a Setup that is not the one that the officials sealed, or that nobody sealed
anew
journal lie.bel --lie other-setup
serve open.bel lie.bel
alarm journal 'event 0: the Setup '
grep -q 'in the log, and the officials ordered' look.out || die "not compared: $(cat look.out)"
alarm journal 'event 0: the Setup '
for file in event.tlog-proof payload journal.checkpoint; do
	[ -s "$folder/$file" ] || die "no evidence of the Setup: $file"
done
anew
journal lie.bel --until roll
serve open.bel lie.bel
alarm journal 'event 0: a Setup stands in the log, and no order of the officials'
# a Result that they did not release, or another one than they did
extended=2020-01-04T20:00:00Z
urne tally e
urne decrypt e --key e-trustee.key --out e-decryption.json
urne append e e-decryption.json
urne result e
ended()
{
	python3 "$TOP/tests/support/journal.py" "$e" "$1" --vote vote.json --extend "$extended" \
		--rehearsal rehearsal "${@:2}" || die "journal.py $*"
}
anew
ended right.bel
serve "$e" right.bel
quiet
quiet
anew
ended lie.bel --lie result-not-ordered
serve "$e" lie.bel
alarm journal 'a Result stands in the log, and no order of the officials'
anew
ended lie.bel --lie other-result
serve "$e" lie.bel
alarm journal ': the Result '
serve "$e" right.bel
extended=2199-01-04T19:00:00Z

# --- its history ---

anew
serve open.bel j.bel
quiet
journal other.bel --name 'Un autre mouvement'
serve open.bel other.bel
alarm fork 'two journals: the board signed one of 12 entries and one of 12 that is another'
cmp -s "$folder/journal.checkpoint" served/bb/journal/checkpoint || die "the one is no evidence"
board checkpoint j.bel kept --uuid journal
cmp -s "$folder/journal.checkpoint.kept" kept || die "the other is no evidence"
serve open.bel j.bel
quiet
anew
serve open.bel short.bel
quiet
serve open.bel other.bel
alarm fork 'one of 11 entries and one of 12 that does not continue it, or begins with another genesis'
serve open.bel j.bel
quiet
serve open.bel short.bel
alarm rollback 'the journal had 12 entries and shows 11 now'
serve open.bel
alarm rollback 'the board shows none any more'
serve open.bel j.bel
quiet
serve open.bel j.bel --seed 8
alarm signature 'is not signed with the key of the board'
anew
serve open.bel j.bel
printf 'x' | dd of="$(find served/bb/journal/tile/entries -name 12)" bs=1 seek=40 conv=notrunc status=none
alarm files 'the entries are not those that the board has signed'
anew
serve open.bel j.bel
find served/bb/journal/objects -type f | head -n 1 | xargs -I{} sh -c 'printf x >>{}'
alarm files 'is not the object with this hash'
anew
serve open.bel j.bel
rm -r served/bb/journal/tile
look 3
serve open.bel j.bel
quiet
printf 'x' >>s.d/journal
look 1
grep -q 's.d/journal: was changed' look.err || die "a changed state is believed: $(cat look.err)"
