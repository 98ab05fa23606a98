#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# An election that seals a vote definition is accepted by Debian's belenios-tool: the hash is a field
# that it does not know. And an archive of another team, without a definition, has no check of one.
# shellcheck source=tests/support/interop.sh
source "$(dirname "$0")/../support/interop.sh"
cd "$work"
umask 077
# shellcheck source=tests/support/vote.sh
source "$TOP/tests/support/vote.sh"

group=BELENIOS-2048
definition 2026-01-02T08:00:00+01:00 2199-01-03T20:00:00+01:00 >vote.json
sealed "$group" --test --group "$group"
five "$group"
finish "$group"
both_accept "$group"
grep -q vote_definition "$group/election.json" || die "no definition is sealed"
# the other program hashes the field with the rest: without it the ballots are of another election
verdict 0 "$group"/*.bel
says definition PASS
"$URNE" outcome "$group" --format json | jq -e '.items[0].decisions[0].for == 3' >/dev/null ||
	die "$group: the outcome is wrong"
say "$group: accepted with a sealed definition"

# without a definition: no such check, and none can be brought along
"$URNE" new plain --questions "$TOP/docs/examples/first-election.json" --group BELENIOS-2048 >>log
seq 3 | sed 's/^/m/' >roll.csv
urne credentials plain --roll roll.csv --out plain-private.json
urne trustee key --group BELENIOS-2048 --key plain.key --out plain-trustee.json --no-passphrase
urne trustee add plain plain-trustee.json
urne seal plain
verdict 3 plain/*.bel
! grep -q definition report || die "a check of a definition that nobody sealed"
verdict 1 plain/*.bel --definition vote.json
says definition FAIL

# threat A19: the other program knows no floor. It counts and opens two ballots where the definition
# wants three; our trustee refuses, and the verifier says so.
sealed few --test --group BELENIOS-2048
notes='{"notes":{"n-1":"bien","n-2":"moyen","n-3":"moyen"}}'
cast few anna "$notes"
cast few bruno "$notes"
urne close few
refused "2 members voted" tally few
theirs()
{
	(cd few && belenios-tool "$@") 2>>log
}
theirs election compute-encrypted-tally | theirs archive add-event --type=EncryptedTally
refused "2 members voted" decrypt few --key few-trustee.key --out few-decryption.json
cp few-trustee.key few/1.privkey
theirs election decrypt --privkey 1.privkey --trustee-id 1 |
	theirs archive add-event --type=PartialDecryption
theirs election compute-result | theirs archive add-event --type=Result
belenios-tool election verify --dir few >>log 2>&1 || die "the other program refuses its own tally"
verdict 1 few/*.bel
says floor FAIL
says result PASS
refused "the verifier refuses the record" minutes few --out few-minutes
say "two ballots opened below a floor of three: seen"
