#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Rival lists with weighted credentials, from the definition to certified seats: one list is chosen
# and names on it; seats by highest averages, to the candidates with most votes; somebody withdraws
# after the seal.
set -euo pipefail

: "${URNE:?}" "${URNE_VERIFY:?}" "${TOP:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
umask 077
# shellcheck source=tests/support/vote.sh
source "$TOP/tests/support/vote.sh"

cp "$TOP/tests/support/lists.vote.json" vote.json
urne definition check vote.json
urne new e --definition vote.json --test
# 4 + 1 for rive, 3 for pont, 1 for nobody
printf '%s\n' anna,4 bruno,1 chloe,3 david,1 >roll.csv
urne credentials e --roll roll.csv --out e-private.json
urne trustee key --group Ed25519 --key e-trustee.key --out e-trustee.json --no-passphrase
urne trustee add e e-trustee.json
urne seal e
grep -o '"anna":"[^"]*"' e-private.json | cut -d'"' -f4 >credential
for bad in '{}' '{"conseil":{"rive":[]}}' '{"conseil":{"rive":["rive-1"],"pont":["pont-1"]}}' \
	'{"conseil":{"rive":["pont-1"]}}' '{"conseil":"blank"}'; do
	echo "$bad" >choices.json
	refused choices.json: vote e --credential credential --choices choices.json --out bad.json
done
cast e anna '{"conseil":{"rive":["rive-2","rive-3"]}}'
cast e bruno '{"conseil":{"rive":["rive-3"]}}'
cast e chloe '{"conseil":{"pont":["pont-2"]}}'
finish e
archive=$(echo e/*.bel)
verdict 0 "$archive"

# rive 5, pont 3: 5, 3, 2.5. To rive-3 (5), rive-2 (4) and pont-2 (3).
seats='[.items[0].lists[] | .seats] == [2,1,0]'
elected='[.items[0].elected[] | select(.in).id]'
"$URNE" outcome e --format json >outcome.json
jq -e "$seats and .turnout == {members:4,roll:9,voters:3,votes:8}
	and $elected == [\"rive-3\",\"rive-2\",\"pont-2\"]" outcome.json >/dev/null ||
	die "the seats are not those counted by hand: $(jq -c '.items[0]' outcome.json)"

# rive-3 withdraws: rive-1, without a vote, follows
echo '{"withdrawn":[{"item":"conseil","candidate":"rive-3","reason":{"fr":"Santé.","en":"Health."}}]}' \
	>"${archive%.bel}.declared.json"
"$URNE" outcome e --format json >outcome.json
jq -e "$seats and $elected == [\"rive-2\",\"rive-1\",\"pont-2\"]" outcome.json >/dev/null ||
	die "the withdrawal is not followed: $(jq -c '.items[0]' outcome.json)"
jq -e '[.items[0].votes[] | .votes] == [0,4,5,0,3,0]' outcome.json >/dev/null ||
	die "votes are missing: $(jq -c '.items[0].votes' outcome.json)"
"$URNE" outcome e --lang fr >outcome.txt
grep -q 'Toutes les voix' outcome.txt || die "the page does not show the votes of who has no seat"
urne minutes e --out m
verdict 0 "$archive" --minutes m/minutes.json
grep -q 'withdrawals after the seal' report || die "the verifier does not say what is only declared"
echo '{"withdrawn":[{"item":"conseil","candidate":"rive-9","reason":{"fr":"x","en":"y"}}]}' >bad.json
refused bad.json outcome e --declared bad.json
echo "rival lists: as they must be"
