#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# A thousand ballots of ten options, in Ed25519, are verified by the static verifier within 200 MB of
# address space, and a record that announces more than it has does not make it take memory.
set -euo pipefail

: "${URNE:?}" "${URNE_STATIC_VERIFY:?}"
if [ ! -x "$URNE_STATIC_VERIFY" ]; then
	echo "$URNE_STATIC_VERIFY is not there (make static makes it)"
	exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

urne()
{
	"$URNE" "$@" >>log 2>&1 || {
		cat log >&2
		exit 1
	}
}

# verify FILE: with at most 200 MB of address space, its threads' included
verify()
{
	MALLOC_ARENA_MAX=1 prlimit --as=$((200 * 1000 * 1000)) "$URNE_STATIC_VERIFY" --quiet "$1"
}

echo '{"name":"n","description":"d","questions":[{"question":"q","answers":
	["a","b","c","d","e","f","g","h","i","j"],"min":0,"max":1}]}' >questions.json
urne new e --questions questions.json --test
urne credentials e --count 1000 --out private.json
urne trustee key --group Ed25519 --key key --out key.json --no-passphrase
urne trustee add e key.json
urne seal e
urne simulate e --ballots 1000 --credentials private.json
urne close e
urne tally e
urne decrypt e --key key --out decryption
urne append e decryption
urne result e
verify e/*.bel

# the size of the last record says 8 GiB - 1
cp e/*.bel huge.bel
size=$(stat -c %s huge.bel)
printf '77777777777' | dd of=huge.bel bs=1 seek=$((size - 1024 + 124)) conv=notrunc status=none
rc=0
verify huge.bel || rc=$?
[ "$rc" = 1 ] || {
	echo "FAILED: exit $rc for a record that announces 8 GiB" >&2
	exit 1
}
