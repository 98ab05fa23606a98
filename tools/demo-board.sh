#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The first part of make demo, voted over a board: who does what, in the order in which it happens.
# Sourced by tools/demo.sh, not run; the present folder holds one folder for each person, and beside
# them what is public.
# shellcheck shell=bash

: "${chair:?}" "${second:?}" "${examples:?}" "${members:?}" "${work:?}"

# start_board: on a free port; `board` is its address.
start_board()
{
	local name made=()
	for name in "${OFFICIALS[@]}"; do
		made+=(--official "$name.pub")
	done
	made=(--dir technician/board --host vote.example.org --name 'Rives communes' "${made[@]}" --agree 2
		--registrar registrar.pub)
	shown urne-board init "${made[@]}"
	"$URNE_BOARD" init "${made[@]}" | sed 's/^/    /'
	cp technician/board/log.pub .
	shown urne-board run --dir technician/board --listen 127.0.0.1:0
	"$URNE_BOARD" run --dir technician/board --listen 127.0.0.1:0 2>technician/board.log \
		>technician/board.out &
	board_pid=$!
	board=
	while [ -z "$board" ]; do
		kill -0 "$board_pid" 2>/dev/null || {
			cat technician/board.log >&2
			exit 1
		}
		sleep 0.1
		board=$(sed -n 's/.*"listening","address":"\([^"]*\)".*/http:\/\/\1/p' technician/board.log)
	done
	known=(--board "$board" --log-key log.pub)
	echo "    The board listens at $board; a browser shows its votes there."
}

# orders WHO ACTION...: one official, or the registrar, gives an order.
orders()
{
	local who=$1
	shift
	run order give "$@" "${known[@]}" --lang en --yes "$who/$who.key"
}

# both ACTION...: two officials, each on a machine of their own; what the second one is shown is the
# same and left out.
both()
{
	orders "$chair" "$@"
	part tail 2 order give "$@" "${known[@]}" --yes "$second/$second.key"
}

# joins TRUSTEE [OPTIONS]: does what it can in the ceremony.
joins()
{
	local name=$1
	shift
	run trustee join "$url" --log-key log.pub --key "$name/$name.key" "$@"
}

# board_ceremony: three trustees, who never sit at one table.
board_ceremony()
{
	local name certificates
	tell "Three trustees make one key together, so that any two of them suffice, and none alone. Each" \
		"runs one command whenever it suits; the program says for whom the next round waits."
	joins malik
	joins camille
	run status --board "$url" --log-key log.pub --lang en
	joins solange
	tell "Now the telephone: each reads out the sum of the certificates. A board that stands between" \
		"them would have to show each of them another one; nothing else tells."
	certificates=$(curl -sf "$url/draft/ceremony/2/for-all" | sha256sum | cut -d' ' -f1)
	for name in "${TRUSTEES[@]}"; do
		joins "$name" --certificates "$certificates"
	done
	tell "Two more rounds, and each keeps a share at the end; who comes too early is told so."
	for name in solange solange camille malik solange malik camille camille malik solange; do
		joins "$name"
	done
	tell "The first official fetches what follows from the files of all; everything is checked again."
	run ceremony pull "$chair/liste" "${known[@]}"
}

# stage: where the election is in the journal.
stage()
{
	"$URNE" status "${online[@]}" --json 2>/dev/null | jq -r .journal
}

# prepared FLOOR: from the definition to the order that names the trustees.
prepared()
{
	local day name named=()
	day=$(date -u +%Y-%m-%d)
	tell "The officials write the vote down: texts in French and English, rules, times. Each has a" \
		"key of their own with which they will sign."
	written liste "$examples/european-list.vote.json" ".floor = $1 | .opens = \"${day}T00:00:00Z\" |
		.closes = \"$(date -u -d "$day + 2 days" +%Y-%m-%d)T19:00:00Z\""
	run definition check liste.vote.json
	tell "An election is made of it. It is marked as a test, so nobody can take it for a real one," \
		"and may end before its hour."
	run new "$chair/liste" --definition liste.vote.json --test \
		--administrator "Commission électorale"
	uuid=$(jq -r .uuid "$chair/liste/draft.json")
	tell "The technician starts a board. The first entry of its journal names the officials, of whom" \
		"two must agree, and the registrar. It obeys signed orders, and nothing else."
	official_key registrar
	mkdir technician
	start_board
	url=$board/bb/$uuid
	online=(--board "$url" --log-key log.pub)
	for name in "${TRUSTEES[@]}"; do
		mkdir "$name"
		quietly trustee identity --name "$name" --key "$name/$name.key" --out "$name.pub" \
			--no-passphrase
		named+=("trustee=$name.pub")
	done
	tell "The order that prepares the vote names its trustees. One signature does nothing: the order" \
		"waits, for everybody to see."
	orders "$chair" prepare "$uuid" threshold=2 "${named[@]}" --from "$chair/liste"
	run order list "${known[@]}" --lang en
	[ "$(stage)" = none ] || wrong "one signature prepares the vote, and two are needed"
	tell "The second official, on another machine, has read the definition too, and gives the same" \
		"order. Now it is executed."
	cp -r "$chair/liste" "$second/liste"
	part tail 2 order give prepare "$uuid" threshold=2 "${named[@]}" --from "$second/liste" \
		"${known[@]}" --yes "$second/$second.key"
	[ "$(stage)" = prepared ] || wrong "two signatures do not prepare the vote"
}

# sealed MEMBER...: the roll, the seal, the rehearsal, the checklist.
sealed()
{
	local name order
	tell "The registrar makes a credential for each member of the roll, and answers for their number" \
		"and weight with a signature. Delegates speak for several members: their votes have a weight."
	printf '%s\n' '# identifiant,poids' "$@" >registrar/roll.csv
	mkdir registrar/liste
	cp "$chair"/liste/*.json registrar/liste/
	run credentials registrar/liste --roll registrar/roll.csv --out registrar/private.json
	cp registrar/liste/public_credentials.json "$chair/liste/"
	orders registrar roll "$uuid" --from registrar/liste
	tell "Sealing fixes questions, roll and keys. The first official brings what is to be sealed; the" \
		"second sees the whole page, and compares the hashes by telephone, before it is signed too" \
		"(the first lines):"
	run seal "$chair/liste"
	part tail 3 board push "$chair/liste" "${known[@]}" --yes "$chair/$chair.key"
	order=$("$URNE" order list "${known[@]}" --json 2>/dev/null | jq -r '.orders[0].order')
	part head 40 order show "$order" "${known[@]}" --lang en
	quietly order show "$order" "${known[@]}" --format html --out liste-seal.fr.html
	part tail 2 order sign "$order" "${known[@]}" --yes "$second/$second.key"

	tell "Before anybody votes, each trustee decrypts a test tally with the very key that will be" \
		"used. Nobody learns on the last evening that a key is lost."
	for name in "${TRUSTEES[@]}"; do
		run trustee rehearse "$url" --log-key log.pub --key "$name/$name.key"
	done
	tell "The officials compare once more, and sign it: the urn is empty, this program serves it, all" \
		"trustees have rehearsed. Then they open."
	both checklist "$uuid"
	both open "$uuid"
}

# watched PIECE: what the observer saw last, as soon as its line holds PIECE.
watched()
{
	local i
	for ((i = 0; i < 600; i++)); do
		! tail -n 1 observer/lines | grep -qF -- "$1" || break
		kill -0 "$watch_pid" 2>/dev/null || break
		sleep 0.1
	done
	printf '    observer: %s\n' "$(tail -n 1 observer/lines)"
}

# crowd: all members without a name vote at once. One program makes their ballots, in a copy of the
# sealed election that stands for their machines; each is then sent on its own.
crowd()
{
	mkdir crowd crowd/records
	cp -r "$chair/liste" crowd/machines
	(umask 077 && jq 'with_entries(select(.key | startswith("membre-")))' registrar/private.json \
		>crowd/private.json)
	run simulate crowd/machines --ballots "$members" --credentials crowd/private.json
	tar -C crowd/records -xf "$(echo crowd/machines/*.bel)"
	cat crowd/records/*.event.json | jq -r 'select(.type == "Ballot").payload' >crowd/ballots
	printf '    $ urne vote --board %s --ballot ... --receipt ... (%d times, %d at once)\n' "$url" \
		"$members" "$AT_ONCE"
	# shellcheck disable=SC2016 # for the inner shell
	xargs -P "$AT_ONCE" -n 1 sh -c '"$0" vote --board "$1" --log-key log.pub \
		--ballot "crowd/records/$2.data.json" --receipt "crowd/$2.receipt.json" \
		>"crowd/$2.out" 2>&1 || { cat "crowd/$2.out" >&2; exit 1; }' "$URNE" "$url" <crowd/ballots
	echo "    $(find crowd -name '*.receipt.json' | wc -l) receipts for $members ballots"
}

# board_votes: a vote and another that replaces it, an audit, everybody else.
board_votes()
{
	local choices=$examples/european-list.choices.json name noted
	for name in anna bruno; do
		mkdir "$name"
		credential registrar/private.json "$name" "$name"
	done
	tell "Members vote. Anna encrypts on her own machine; the ballot proves that it follows the rules" \
		"of every question. The vote is cast when the board's receipt has been checked, not before."
	run vote "${online[@]}" --credential anna/anna.txt --choices "$choices" \
		--receipt anna/receipt-1.json
	tell "Bruno does not trust his machine. He has a ballot opened instead of cast, and on another" \
		"machine computes it again: the fingerprint must be the one that he was shown."
	run vote "${online[@]}" --credential bruno/bruno.txt --choices "$choices" \
		--audit bruno/audit.json | tee bruno/shown
	noted=$(sed -n 's/.*opened ballot with fingerprint //p' bruno/shown)
	part tail 12 ballot audit bruno/audit.json "${online[@]}" --lang en
	grep -qxF "Fingerprint of the ballot: $noted" quietly.out ||
		wrong "the audited ballot has another fingerprint than Bruno was shown"
	tell "An opened ballot is never cast. He has a new one encrypted, and casts that."
	run vote "${online[@]}" --credential bruno/bruno.txt --choices "$choices" \
		--receipt bruno/receipt.json
	tell "$members more members vote at once. They are simulated: their choices are drawn at random," \
		"and one program makes all their ballots. Each ballot is sent by itself, for a receipt of" \
		"its own. Odile stays at home."
	crowd
	tell "The network fails in some places. The officials record it, and two of them extend the" \
		"voting; when and why stands in the journal, under their signatures."
	both incident "$uuid" "text=Panne du réseau dans trois communes, de dix heures à midi."
	both extend "$uuid" "closes=$(date -u -d "$(jq -r .closes liste.vote.json) + 2 hours" \
		+%Y-%m-%dT%H:%M:%SZ)" "reason=Panne du réseau dans trois communes."
	tell "Anna changes her mind and votes again: only her last ballot counts."
	again "$choices" >anna/again.json
	run vote "${online[@]}" --credential anna/anna.txt --choices anna/again.json \
		--receipt anna/receipt-2.json
	watched '"ballots":'$((members + 3))','
}

# board_counts: from the end of the voting to the result.
board_counts()
{
	local name
	tell "At its hour a real vote ends by itself. This one is a test, which two officials may close" \
		"before. The board adds the encrypted ballots up by itself. Nothing is decrypted yet."
	both close "$uuid"
	watched '"stage":"decrypting"'
	run status "${online[@]}" --lang en
	tell "Each trustee's program fetches everything, verifies what the log has signed and every" \
		"ballot, and adds up itself, before a key is used. Malik is away; two are enough."
	for name in camille solange; do
		run decrypt "${online[@]}" --key "$name/$name.key" --share "$name/$name.key.dkey" --yes
	done
	tell "The officials release the result. Each one's program computes it from every ballot before" \
		"it signs."
	both release "$uuid"
	watched '"stage":"done"'
}

# decided: the decisions, the minutes, their signatures, and the order that certifies them.
decided()
{
	local record=$chair/liste/$uuid name
	tell "They pull the archive from the board, and the journal for the minutes; the verifier holds" \
		"both against what the log has signed."
	run board pull "$chair/liste" "${online[@]}"
	verify liste-before-minutes.txt "$url" --log-key log.pub --quiet
	tell "Equal votes are drawn with randomness that nobody knew before: here a value that stands" \
		"for the public draw which the definition names. The officials declare it."
	printf '{"draw":"%s"}\n' "$(printf 'la démonstration' | sha256sum | cut -c1-64)" \
		>"$record.declared.json"
	tell "What is decided, with the reason for each decision and each rank (the first lines; the" \
		"pages have everything):"
	part head 60 outcome "$chair/liste"
	run outcome "$chair/liste" --format json --out "$record.outcome.json"
	run outcome "$chair/liste" --format csv --out liste-outcome.csv
	run outcome "$chair/liste" --format html --out liste-outcome.html

	tell "The minutes, with what the journal tells: the verifier recomputes the whole record first;" \
		"then two officials sign, each with their own key. Their order puts the hash of the" \
		"minutes into the journal."
	run minutes "$chair/liste" --out liste-minutes
	for name in "$chair" "$second"; do
		run certify "$chair/liste" --minutes liste-minutes --key "$name/$name.key"
	done
	both certify "$uuid" --minutes liste-minutes/minutes.json
	tell "The journal says in words how it went (the last lines):"
	part tail 40 journal "${known[@]}" --lang en
	quietly journal "${known[@]}" --format html --out journal.fr.html
}

# observed: the observer's last look, with the receipts of members, and the verdict.
observed()
{
	local rc=0
	kill -0 "$watch_pid" 2>/dev/null || wrong "the observer ended before its time"
	leave "$watch_pid"
	watch_pid=
	shown urne watch "$url" --state observer/state --log-key log.pub --once "${receipts[@]}"
	"$URNE" watch "$url" --state observer/state --log-key log.pub --once "${receipts[@]}" \
		>observer/last 2>&1 || rc=$?
	sed 's/^/    /' observer/last
	[ "$rc" = 0 ] || wrong "the observer's last look ends with exit status $rc: $work/observer/last"
	if grep -q '"alarm":' observer/lines; then
		wrong "the observer raised an alarm: $work/observer/lines"
	else
		echo "    observer: no alarm in $(wc -l <observer/lines) lines"
	fi
}

list_over_the_board()
{
	local i floor=20 roll=('anna,3' 'bruno,2' 'odile,1')
	[ "$members" -ge 18 ] || floor=$((members + 2))
	for ((i = 1; i <= members; i++)); do
		roll+=("membre-$i,1")
	done
	prepared "$floor"
	board_ceremony
	sealed "${roll[@]}"
	tell "From now on an observer watches: it verifies every ballot as it comes, and that the log" \
		"only grows. It needs nobody's leave."
	mkdir observer
	shown urne watch "$url" --state observer/state --log-key log.pub --interval 1 --json
	"$URNE" watch "$url" --state observer/state --log-key log.pub --interval 1 --json \
		>observer/lines 2>observer/log &
	watch_pid=$!
	watched '"stage":"open"'
	board_votes
	board_counts
	decided

	receipts=(--receipt anna/receipt-1.json --receipt anna/receipt-2.json --receipt bruno/receipt.json
		--receipt "crowd/$(head -n 1 crowd/ballots).receipt.json")
	tell "Anybody can verify all of it with a program that holds no key: the log and what it has" \
		"signed, the journal and its orders, receipts, every ballot, the result, the decisions and" \
		"the minutes."
	whole=("$url" --log-key log.pub "${receipts[@]}" --declared "$chair/liste/$uuid.declared.json"
		--outcome "$chair/liste/$uuid.outcome.json" --minutes liste-minutes/minutes.json)
	verify liste-report.txt "${whole[@]}" --keep "$chair/kept"
	tell "And what has the observer seen?"
	observed
}
