#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# What the definition forbids in a real election: voting before it opens and after it closes (threat
# A34), closing too early, decrypting fewer ballots than the floor (threat A19), a quorum that the
# roll can never meet, an election made of another definition.
set -euo pipefail

: "${URNE:?}" "${URNE_VERIFY:?}" "${TOP:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
umask 077
# shellcheck source=tests/support/vote.sh
source "$TOP/tests/support/vote.sh"

notes='"notes":{"n-1":"bien","n-2":"moyen","n-3":"moyen"}'

# not open yet
definition 2198-01-02T08:00:00+01:00 2199-01-03T20:00:00+01:00 >vote.json
sealed early
grep -o '"anna":"[^"]*"' early-private.json | cut -d'"' -f4 >credential
echo "{$notes}" >choices.json
refused "voting opens at 2198-01-02T08:00:00+01:00" \
	vote early --credential credential --choices choices.json --out early.json

# open: no closing before its time
definition 2026-01-02T08:00:00+01:00 2199-01-03T20:00:00+01:00 >vote.json
sealed open
cast open anna "{$notes}"
refused "members may vote until 2199-01-03T20:00:00+01:00" close open
verdict 3 open/*.bel

# over
definition 2020-01-02T08:00:00+01:00 2020-01-03T20:00:00+01:00 >vote.json
sealed over
grep -o '"anna":"[^"]*"' over-private.json | cut -d'"' -f4 >credential
refused "voting ended at 2020-01-03T20:00:00+01:00" \
	vote over --credential credential --choices choices.json --out late.json
# a ballot that another program made in time, and that comes late
if instrumented "$URNE"; then
	echo "a late ballot: not tried in an instrumented build, which takes no preload"
else
	faketime '2020-01-03 12:00:00' "$URNE" vote over --credential credential \
		--choices choices.json --out late.json >>log
	refused "voting ended at" append over late.json
	faketime '2020-01-03 12:00:00' "$URNE" append over late.json >>log || die "not open in time"
	urne close over
fi

# a rehearsal keeps no hours, but it keeps the floor: 3
definition 2026-01-02T08:00:00+01:00 2199-01-03T20:00:00+01:00 >vote.json
sealed few --test
cast few anna "{$notes}"
cast few bruno "{$notes}"
urne close few
refused "2 members voted" tally few
# a tally that another program made: the trustee does not decrypt it, and the verifier says so
sed 's/"floor": 3/"floor": 2/' vote.json >two.json
[ "$(diff vote.json two.json | wc -l)" = 4 ] || die "the floor was not lowered"
cp vote.json three.json
mv two.json vote.json
sealed pair --test
cast pair anna "{$notes}"
cast pair bruno "{$notes}"
finish pair
verdict 0 pair/*.bel
says floor PASS

# a quorum above the roll, and a roll below the floor
sed '0,/"at_least": "20%"/s//"at_least": 6/' three.json >vote.json
urne new quorum --definition vote.json --test
printf '%s\n' anna bruno chloe david emma >roll.csv
urne credentials quorum --roll roll.csv --out quorum-private.json
urne trustee key --group Ed25519 --key quorum.key --out quorum.json --no-passphrase
urne trustee add quorum quorum.json
refused "can never be met" seal quorum
cp three.json vote.json
urne new small --definition vote.json --test
printf '%s\n' anna bruno >roll.csv
urne credentials small --roll roll.csv --out small-private.json
urne trustee add small quorum.json
refused "the roll has 2 members" seal small

# the definition in the folder is changed between "new" and "seal"
urne new swapped --definition vote.json --test
printf '%s\n' anna bruno chloe david emma >roll.csv
urne credentials swapped --roll roll.csv --out swapped-private.json
urne trustee add swapped quorum.json
sed -i 's/Planter des arbres/Couper des arbres/' swapped/*.vote.json
refused "vote.json" seal swapped
[ ! -e swapped/election.json ] || die "an election was sealed with another definition"
echo "hours, floor, quorum and seal: as they must be"
