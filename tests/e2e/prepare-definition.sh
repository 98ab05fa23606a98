#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The order that prepares a vote says which definition will be sealed and in which group the key is
# made: what the official's own folder holds, or what is written out, and never what another folder
# or a colleague says.
set -euo pipefail

: "${TOP:?}" "${URNE:?}" "${URNE_BOARD:?}"
# shellcheck source=tests/support/vote.sh
source "$TOP/tests/support/vote.sh"
# shellcheck source=tests/support/real-board.sh
source "$TOP/tests/support/real-board.sh"
own_folder

new_board b
start_board b
B=http://127.0.0.1:$PORT
definition 2026-01-02T08:00:00+01:00 2199-01-03T20:00:00+01:00 >vote.json
hash=$(sha256sum <vote.json | cut -d' ' -f1)
trustees=()
for who in anna bruno chloe; do
	urne trustee identity --name $who --key $who.key --out $who.pub --no-passphrase
	trustees+=("trustee=$who.pub")
done
rest=(threshold=2 "${trustees[@]}" --board "$B" --log-key b/log.pub --yes official.key)

# ordered ELECTION: the lines of the order that stands in the journal.
ordered()
{
	curl -sf "$B/bb/journal/election.bel" | grep -aoF "prepare\\n$1\\n" >found ||
		die "the journal does not prepare $1"
	curl -sf "$B/bb/journal/election.bel" | grep -ao "prepare\\\\n$1\\\\n[^\"]*" | sed 's/\\n/\n/g'
}

# --- from the folder ---
urne new e --definition vote.json --test --group BELENIOS-2048
urne new other --definition vote.json --test
uuid=$(jq -r .uuid e/draft.json)
refused "other: holds election $(jq -r .uuid other/draft.json)" order give prepare "$uuid" "${rest[@]}" --from other
refused 'do not sign: the order says definition -' order give prepare "$uuid" "${rest[@]}" --from e definition=-
refused 'do not sign: the order says group Ed25519' order give prepare "$uuid" "${rest[@]}" --from e group=Ed25519
! curl -sf "$B/bb/journal/election.bel" | grep -aqF "$uuid" || die "a refused order stands in the journal"
urne order give prepare "$uuid" "${rest[@]}" --from e
ordered "$uuid" >order
grep -qxF "definition $hash" order || die "another definition: $(cat order)"
grep -qxF 'group BELENIOS-2048' order || die "another group: $(cat order)"

# --- written out, without a folder; and the usual values where nothing is written ---
urne order give prepare aaaaaaaaaaaaaA "${rest[@]}" definition=vote.json group=BELENIOS-2048
ordered aaaaaaaaaaaaaA >order
grep -qxF "definition $hash" order || die "another definition: $(cat order)"
grep -qxF 'group BELENIOS-2048' order || die "another group: $(cat order)"
urne order give prepare bbbbbbbbbbbbbB "${rest[@]}"
ordered bbbbbbbbbbbbbB >order
grep -qxF 'definition -' order || die "a definition that nobody named: $(cat order)"
grep -qxF 'group Ed25519' order || die "another group than the usual one: $(cat order)"
echo "an order that prepares a vote says what its officials have in their folders"
