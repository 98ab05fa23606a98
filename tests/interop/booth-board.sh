#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The booth's core (run by node) votes at a real board: what the board shows is proved from its tiles with the log's key, its
# receipts hold, a revote names what it replaces; and `urne receipt verify` says the same of these receipts.
set -euo pipefail

: "${TOP:?}" "${URNE:?}" "${URNE_VERIFY:?}" "${URNE_BOARD:?}"
command -v node >/dev/null || {
	echo "node is not installed (make deps installs it)"
	exit 77
}
# shellcheck source=tests/support/small-board.sh
source "$TOP/tests/support/small-board.sh"

# at_booth MEMBER CHOICES RECEIPT: votes; what is said is in `said`.
at_booth()
{
	printf '%s' "$2" >choices.json
	node "$TOP/tests/booth/board_voter.mjs" "$url" board/log.pub "$1" choices.json "$3" >said 2>&1 ||
		die "the booth of $1: $(cat said)"
}

small_board

all='{"liste":"for","tete":["c-1","c-3"],"programme":{"a-1":"for","a-2":"blank","b-1":"against"},
	"priorites":["p-1"],"notes":{"n-1":"bien","n-2":"moyen","n-3":"mal"},"texte":{"whole":"for"}}'
notes='{"notes":{"n-1":"bien","n-2":"bien","n-3":"mal"}}'
at_booth anna "$all" first.json
grep -q 'replaces nothing' said || die "a first ballot: $(cat said)"
first=$(tail -n 1 said)
at_booth bruno "$notes" bruno.json
at_booth anna "$notes" second.json
grep -qF "it replaces $first" said || die "a revote: $(cat said)"
for receipt in first bruno second; do
	urne receipt verify "$receipt.json" --log-key board/log.pub
done

# a receipt of another key, or with one figure changed, holds for neither
"$URNE" official key --name vote.example.org/bb --key other.key --out other.pub --no-passphrase >>log 2>&1
refused "" receipt verify first.json --log-key other.pub
if node "$TOP/tests/booth/board_voter.mjs" "$url" other.pub chloe choices.json chloe.json >said 2>&1; then
	die "another key passes: $(cat said)"
fi
grep -q 'note.unsigned' said || die "another key: $(cat said)"
[ ! -e chloe.json ] || die "a receipt without a vote"

urne board pull pulled --board "$url" "${known[@]}"
rc=0
"$URNE_VERIFY" pulled >report 2>&1 || rc=$?
says ballot-proofs PASS
[ "$rc" = 3 ] || die "urne-verify exits $rc: $(cat report)"
"$URNE" show pulled --json | jq -e '.ballots == 3 and .voters == 2' >/dev/null || die "not three ballots of two voters"
echo "booth at a board: three ballots, their receipts hold on both sides"
