#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Threats A14, A15: an election that seals the hash of the right definition and asks something else.
# No command makes one, so its archive is put together here record by record: the verifier compiles
# the definition again and compares, and members' programs refuse to vote.
set -euo pipefail

: "${URNE:?}" "${URNE_VERIFY:?}" "${TOP:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
umask 077
mkdir .test
# shellcheck source=tests/support/record.sh
source "$TOP/tests/support/record.sh"
# shellcheck source=tests/support/vote.sh
source "$TOP/tests/support/vote.sh"

sum()
{
	sha256sum <"$1" | cut -c1-64
}

definition 2026-01-02T08:00:00+01:00 2199-01-03T20:00:00+01:00 >vote.json
sealed e --test
uuid=$(basename e/*.bel .bel)

# setup ELECTION DIR: an archive whose setup is that election.
setup()
{
	local election=$1 dir=$2
	mkdir "$dir"
	head -c 1024 "e/$uuid.bel" >"$dir/$uuid.bel"
	cp "e/$uuid.vote.json" "$dir/"
	tr -d '\n' <e/public_credentials.json >credentials
	printf '{"election":"%s","trustees":"%s","credentials":"%s"}' "$(sum "$election")" \
		"$(sum e/trustees.json)" "$(sum credentials)" >setup
	printf '{"height":0,"type":"Setup","payload":"%s"}' "$(sum setup)" >event
	for part in "$election" e/trustees.json credentials setup; do
		record "$dir/$uuid.bel" data "$part"
	done
	record "$dir/$uuid.bel" event event
}

# put together the same way, the honest one is byte for byte the one that urne wrote
setup e/election.json same
cmp "e/$uuid.bel" "same/$uuid.bel" || die "the archive is not put together right"

for change in 's/Planter des arbres/Couper des arbres/' 's/"Pour","Contre"/"Contre","Pour"/' \
	's/"max":2/"max":3/' 's/Vote de printemps/Vote de mars/' \
	's/Les membres décident/Les membres parlent/'; do
	sed "$change" e/election.json >election
	cmp -s e/election.json election && die "$change changes nothing"
	rm -rf other
	setup election other
	verdict 1 "other/$uuid.bel"
	says definition PASS
	says definition-questions FAIL
	says setup-election PASS
	refused vote.json show other
done
echo "other questions than the definition's: refused"
