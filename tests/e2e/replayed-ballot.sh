#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Threat A12: a member votes, votes again, and whoever keeps the archive puts the first ballot behind
# the second, so that it counts. Every ballot verifies; the verifier refuses the ballot that stands
# twice, and the command line does not append it.
set -euo pipefail

: "${URNE:?}" "${URNE_VERIFY:?}" "${TOP:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
umask 077
mkdir .test
# shellcheck source=tests/support/record.sh
source "$TOP/tests/support/record.sh"

die()
{
	echo "FAILED: $*" >&2
	exit 1
}

urne()
{
	"$URNE" "$@" >>log 2>&1 || die "urne $*: $(tail -n 3 log)"
}

vote() # CHOICE BALLOT
{
	echo "[[\"$1\"]]" >choices.json
	urne vote e --credential credential --choices choices.json --out "$2"
}

echo '{"name":"n","description":"d","questions":[
	{"question":"q","answers":["A","B"],"min":0,"max":1}]}' >questions.json
urne new e --questions questions.json
echo camille >roll.csv
urne credentials e --roll roll.csv --out private.json
grep -o '"camille":"[^"]*"' private.json | cut -d'"' -f4 >credential
urne trustee key --group Ed25519 --key key --out key.json --no-passphrase
urne trustee add e key.json
urne seal e
vote A first.json
vote B second.json
urne append e first.json second.json

"$URNE" append e first.json >>log 2>&1 && die "the command line appends the first ballot again"

archive=$(echo e/*.bel)
head -c -1 first.json >.test/cut
if [ "$(tail -c 1 first.json | od -An -c | tr -d ' ')" = '\n' ]; then
	mv .test/cut data
else
	cp first.json data
fi
printf '{"parent":"%s","height":3,"type":"Ballot","payload":"%s"}' \
	"$(name_at "$archive" 1024)" "$(sha256sum <data | cut -c1-64)" >event
record "$archive" data data
record "$archive" event event
rc=0
"$URNE_VERIFY" "$archive" >report || rc=$?
[ "$rc" = 1 ] || die "exit $rc"
grep -q '^FAIL .*ballot-unique' report || die "another check refuses: $(grep ^FAIL report)"
[ "$(grep -c '^FAIL ' report)" = 1 ] || die "more fails than the ballot: $(grep ^FAIL report)"
echo "the ballot that stands twice is refused, by the check that is there for it"
