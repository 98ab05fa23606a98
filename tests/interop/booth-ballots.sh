#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Ballots of the booth's core (run by node) in whole elections: urne takes them, urne-verify verifies the record, and so does
# Debian's belenios-tool in its group. Ballots that the booth opened pass `urne ballot audit`, and the other way round.
# shellcheck source=tests/support/interop.sh
source "$(dirname "$0")/../support/interop.sh"
cd "$work"
umask 077
# shellcheck source=tests/support/vote.sh
source "$TOP/tests/support/vote.sh"

command -v node >/dev/null || {
	echo "node is not installed (make deps installs it)"
	exit 77
}

booth()
{
	node "$TOP/tests/booth/vote.mjs" "$@" || die "vote.mjs $*"
}

# member DIR NAME CHOICES: their credential and choices as files.
member()
{
	grep -o "\"$2\":\"[^\"]*\"" "$1-private.json" | cut -d'"' -f4 >credential
	printf '%s' "$3" >choices.json
}

# by_booth DIR NAME CHOICES [DEFINITION]: votes with the booth, and the ballot is appended.
by_booth()
{
	member "$1" "$2" "$3"
	booth "$1/election.json" credential choices.json "$1-$2.json" "${@:4}"
	urne append "$1" "$1-$2.json"
}

# audits DIR NAME CHOICES [DEFINITION]: both programs open a ballot, and each checks the other's.
audits()
{
	local dir=$1
	member "$@"
	booth --open "$dir/election.json" credential choices.json opened.json "${@:4}"
	"$URNE" ballot audit opened.json "$dir" >verdict 2>&1 || die "the booth's opened ballot: $(cat verdict)"
	node "$TOP/tests/booth/vote.mjs" --audit "$dir/election.json" opened.json >audit.booth || die "its own opened ballot"
	grep -qF "$(cut -d" " -f1 audit.booth)" verdict || die "another fingerprint: $(cat verdict audit.booth)"
	sed 's/"seed":"0/"seed":"1/; t; s/"seed":"./"seed":"0/' opened.json >changed.json
	if "$URNE" ballot audit changed.json "$dir" >verdict 2>&1; then
		die "a changed seed passes urne ballot audit"
	fi
	if node "$TOP/tests/booth/vote.mjs" --audit "$dir/election.json" changed.json >audit.booth; then
		die "a changed seed passes the booth"
	fi
	grep -q everything audit.booth || die "no word of the seed: $(cat audit.booth)"
}

all='{"liste":"for","tete":["c-1","c-3"],"programme":{"a-1":"for","a-2":"for","b-1":"for"},
	"priorites":["p-1","p-2"],"notes":{"n-1":"bien","n-2":"moyen","n-3":"moyen"},
	"texte":{"art-1":"for","art-2":"for","whole":"for"}}'
some='{"programme":{"a-1":"against","a-2":"blank"},"notes":{"n-1":"mal","n-2":"bien","n-3":"mal"}}'
definition 2026-01-02T08:00:00+01:00 2199-01-03T20:00:00+01:00 >vote.json

for group in Ed25519 BELENIOS-2048; do
	sealed "$group" --test --group "$group"
	by_booth "$group" anna "$all" vote.json
	cast "$group" bruno "$all"
	cast "$group" chloe "$some"
	cast "$group" david "$some"
	cast "$group" emma "$all"
	# a revote takes the place of the first
	by_booth "$group" emma "$some" vote.json
	[ "$group" = BELENIOS-2048 ] || audits "$group" anna "$all" vote.json
	finish "$group"
	verdict 0 "$group"/*.bel
	says ballot-proofs PASS
	[ "$group" = Ed25519 ] || both_accept "$group"
	"$URNE" outcome "$group" --format json | jq -e '.items[0].decisions[0].for == 2' >/dev/null ||
		die "$group: the outcome is wrong"
	say "$group: six ballots, two of the booth, one of them a revote"
done

# without a definition: blank, lists and weights
questions='{"answers":["A","B"],"blank":true,"min":1,"max":2,"question":"one"},
	{"type":"Lists","value":{"answers":[["L1","a","b"],["L2","c"]],"question":"two"}}'
printf '{"name":"n","description":"d","questions":[%s]}' "$questions" >questions.json
urne new lists --questions questions.json --group Ed25519 --test
printf 'anna,3\nbruno,0\nchloe,2\n' >lists-roll.csv
urne credentials lists --roll lists-roll.csv --out lists-private.json
urne trustee key --group Ed25519 --key lists-trustee.key --out lists-trustee.json --no-passphrase
urne trustee add lists lists-trustee.json
urne seal lists
by_booth lists anna '["blank",["L1","b"]]'
by_booth lists bruno '[["A","B"],[[0,0,0],[1,1]]]'
by_booth lists chloe '[["B"],["L1","a","b"]]'
audits lists chloe '[["B"],["L1","a","b"]]'
# one number changed
sed -E 's/"response":"[0-9]+"/"response":"1"/' lists-anna.json >wrong.json
refused "proof" append lists wrong.json
finish lists
verdict 0 lists/*.bel
[ "$(result_of lists)" = '[[3,0,2],[[5,2,5],[0,0]]]' ] || die "the result is $(result_of lists)"
say "lists, blank, weights: as they should be"
