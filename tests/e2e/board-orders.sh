#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Two officials, and a board that does what both of them have signed: orders wait, also over a restart,
# are executed once, and lead an election from its draft to its tally. The orders are signed by a
# program that shares no line with the board.
set -euo pipefail

# shellcheck source=tests/support/real-board.sh
source "$TOP/tests/support/real-board.sh"
own_folder

for name in claire amel stranger; do
	"$URNE" official key --name $name --key $name.key --out $name.pub --no-passphrase >/dev/null 2>&1
done
"$URNE_BOARD" init --dir board --host "${SERVICE%/bb}" --name "Les Amis de la Pie" \
	--official claire.pub --official amel.pub --agree 2 >/dev/null || die "init"
start_board board || die "the board does not start"

# order FILE ACTION ELECTION [ARGUMENTS]: the text, of now.
order()
{
	{
		printf 'urne-order/1\n%s/journal\n%s\n%s\n' "$SERVICE" "$2" "$3"
		date -u +%Y-%m-%dT%H:%M:%SZ
		printf '%s' "${4:-}"
	} >"$1"
}

# give STATUS PIECE TEXT KEYS...: signs the text, and says what the board answers.
give()
{
	local want=$1 piece=$2 text=$3 got
	shift 3
	python3 "$TOP/tests/support/sign-note.py" "$@" <"$text" >note
	got=$(curl -s -o answer -w '%{http_code}' --data-binary @note \
		"http://127.0.0.1:$PORT/bb/journal/orders")
	[ "$got" = "$want" ] || die "$text by $*: $got instead of $want: $(cat answer)"
	grep -qF -- "$piece" answer || die "$text by $*: no \"$piece\" in $(cat answer)"
}

# both TEXT ENTRY: one after the other, and the entry in which it stands.
both()
{
	give 200 '"state":"waiting","signed":1,"needed":1' "$1" claire.key
	give 200 "\"state\":\"executed\",\"entry\":$2}" "$1" amel.key
}

# waiting: the orders that wait, as the board lists them.
waiting()
{
	curl -sf "http://127.0.0.1:$PORT/bb/journal/orders"
}

journal_stage()
{
	curl -sf "http://127.0.0.1:$PORT/bb/$UUID/status" | jq -r .journal
}

# --- one order, and every way in which it is none ---

[ "$(waiting)" = '{"agree":2,"orders":[]}' ] || die "a new board lists $(waiting)"
order incident incident - $'text Le bureau a ouvert en retard.\n'
give 200 '"state":"waiting","signed":1,"needed":1' incident claire.key
give 409 'claire has signed this order already' incident claire.key
give 403 'has no signature of an official' incident stranger.key
stop_board KILL
start_board board || die "the board does not start"
[ "$(waiting | jq -r '.orders[0].signed[0]')" = claire ] || die "forgotten: $(waiting)"
waiting | jq -j '.orders[0].note' >again
got=$(curl -s -o answer -w '%{http_code}' --data-binary @again "http://127.0.0.1:$PORT/bb/journal/orders")
[ "$got" = 409 ] || die "the listed note, sent again: $got"
give 200 '"state":"executed","entry":2}' incident amel.key
[ "$(waiting)" = '{"agree":2,"orders":[]}' ] || die "it still waits: $(waiting)"
give 409 'executed as entry 2 of the journal' incident claire.key amel.key
grep -rlq 'amel .*claire \|claire .*amel ' board/public/bb/journal/objects ||
	die "no object of the journal has both signatures"
sed 's/^vote\./note./' incident >elsewhere
give 422 'this journal is vote.example.org/bb/journal' elsewhere claire.key amel.key
echo 'no order' >garbage
give 400 'urn:urne:problem:form' garbage claire.key
head -c 20000 /dev/zero | tr '\0' 'x' >long
give 413 'at most 16384 bytes' long claire.key

# --- an election ---

votes 6
ballot_files
cp claire.key official.key
"$BENCH_DIR/bench_board" setup votes.bel claire.key "$SERVICE" setup.draft seal.order open.order
sed '/^$/,$d' seal.order >seal
sed '/^$/,$d' open.order >open
give 422 '"detail":"there is no draft' seal claire.key
curl -sf -X PUT -H "Urne-Order: $(base64 -w0 seal.order)" --data-binary @setup.draft \
	"http://127.0.0.1:$PORT/bb/$UUID/draft/setup" >setup.answer || die "the draft is refused"
give 422 'the journal knows no election' open claire.key amel.key
both seal 3
[ "$(journal_stage)" = sealed ] || die "it is $(journal_stage)"
post_ballot ballot.0 answer
[ "$CODE" = 409 ] || die "a ballot before the voting is opened: $CODE $(cat answer)"
both open 4
[ "$(journal_stage)" = open ] || die "it is $(journal_stage)"
for b in ballot.*; do
	post_ballot "$b" answer
	[ "$CODE" = 200 ] || die "$b: $CODE $(cat answer)"
	keep_receipt answer receipts
done
stop_board KILL
start_board board || die "the board does not start"
order close close "$UUID"
both close 6 # behind the record "opened"
tallied()
{
	[ "$(journal_stage)" = tallied ]
}
await "the board does not add up by itself" tallied
curl -sf "http://127.0.0.1:$PORT/bb/log-list.1" | grep -q "^vkey $SERVICE/journal+" ||
	die "the list of logs lacks the journal"
curl -sf "http://127.0.0.1:$PORT/bb/journal/election.bel" | cmp -s - board/public/bb/journal/election.bel ||
	die "the journal's archive is not served"
stop_board
check_board board
check_history board receipts
python3 "$TOP/tests/support/history.py" board/public/bb/journal /dev/null ||
	die "the journal's history does not hold"
