#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# make demo: a movement votes over a real board on a European list and a programme of sixty
# commitments. Everybody has a folder of their own, as in a real vote a machine: three officials, of
# whom two must agree, a registrar, three trustees, members, an observer. It goes from the order that
# prepares the vote to the minutes that the journal certifies, and urne-verify recomputes all of it;
# then a municipal constitution, without a board, in a group that another team's program knows, and
# that program accepts the result too. Everything happens in a new folder under /tmp, or TMPDIR.
# DEMO_MEMBERS says how many simulated members vote, WAIT=no that the board is not kept for looking
# at, CONSTITUTION=no that the second vote is left out. Exit status: 0 only if everything verified,
# one signature did nothing where two are needed, and the observer raised no alarm.
set -euo pipefail

TOP=${TOP:-$(cd "$(dirname "$0")/.." && pwd)}
URNE=${URNE:-$TOP/build/bin/urne}
URNE_VERIFY=${URNE_VERIFY:-$TOP/build/bin/urne-verify}
URNE_BOARD=${URNE_BOARD:-$TOP/build/bin/urne-board}
examples=$TOP/docs/examples
members=${DEMO_MEMBERS:-300}
# Where the output goes to a file, nobody is there to press Ctrl-C.
[ -t 1 ] && terminal=yes || terminal=no
hold=${WAIT:-$terminal}
AT_ONCE=24 # members who send a ballot at the same time
OFFICIALS=(helene-vauquerin idriss-lacombe-toure mathurin-le-gouezec)
TRUSTEES=(camille malik solange)
chair=${OFFICIALS[0]} second=${OFFICIALS[1]}

if ! [[ $members =~ ^[1-9][0-9]{0,3}$ ]] || [ "$members" -lt 3 ]; then
	echo "demo: DEMO_MEMBERS=$members: write a number from 3 to 9999" >&2
	exit 2
fi
work=$(mktemp -d -t urne-demo.XXXXXX)
cd "$work"
board_pid='' watch_pid=''
failures=()

# leave PID: ends a program that we started, and waits for it.
leave()
{
	[ -z "$1" ] || kill "$1" 2>/dev/null || true
	[ -z "$1" ] || wait "$1" 2>/dev/null || true
}
# shellcheck disable=SC2317 # by the trap
stop()
{
	local status=$?
	trap '' INT TERM HUP
	leave "$watch_pid"
	leave "$board_pid"
	[ "$status" = 0 ] || echo "demo: ended with status $status; its files are in $work" >&2
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# What people read, and what the program says, indented.
tell()
{
	printf '\n%s\n' "$*" | fmt -w 88
}
shown()
{
	local word line=
	for word in "$@"; do
		[[ $word != *' '* ]] || word="'$word'"
		line+=" $word"
	done
	printf '    $%s\n' "$line"
}
run()
{
	shown urne "$@"
	"$URNE" "$@" 2>&1 | sed 's/^/    /'
}
quietly()
{
	"$URNE" "$@" >quietly.out 2>&1 || {
		cat quietly.out >&2
		echo "demo: urne $* failed" >&2
		exit 1
	}
}
# part FILTER N COMMAND...: the first or the last lines (head, tail) of what urne says.
part()
{
	local filter=$1 lines=$2
	shift 2
	shown urne "$@" '|' "$filter" -n "$lines"
	quietly "$@"
	"$filter" -n "$lines" quietly.out | sed 's/^/    /'
}
# wrong SENTENCE: goes into the verdict, and the demonstration goes on.
wrong()
{
	failures+=("$1")
	tell "NOT AS IT MUST BE: $1."
}
# verify REPORT ARGS...: urne-verify's word; the numbers of the result are left out.
verify()
{
	local report=$1 rc=0
	shift
	shown urne-verify "$@"
	"$URNE_VERIFY" "$@" >"$report" 2>&1 || rc=$?
	sed '/^Result$/,/^Decisions$/{/^Decisions$/!d}; s/^/    /' "$report"
	[ "$rc" = 0 ] || wrong "urne-verify does not say VERIFIED, its exit status is $rc: $work/$report"
}

# credential PRIVATE FOLDER NAME: what the registrar hands to one member.
credential()
{
	(umask 077 && jq -r --arg name "$3" '.[$name]' "$1" >"$2/$3.txt")
}

# ceremony DIR KEYS: four rounds, three trustees, each on a machine of their own.
ceremony()
{
	local dir=$1 keys=$2 round j in
	run ceremony open "$dir" --size 3 --threshold 2
	for round in 1 2 3 4; do
		for j in 1 2 3; do
			in=$dir/ceremony/round-$round-for-all.json
			[ -e "$in" ] || in=$dir/ceremony/round-$round-for-$j.json
			quietly trustee step --key "$keys/trustee-$j.key" --in "$in" \
				--out "$keys/answer-$round-$j.json" --no-passphrase
		done
		run ceremony collect "$dir" "$keys"/answer-"$round"-*.json
	done
}

# officials DEFINITION: their names, as their keys have them.
officials()
{
	jq -r '.officials.keys[].key | split("+")[0]' "$1"
}

# written DIR DEFINITION CHANGE: DIR.vote.json, the definition with a key for each official, which
# lies in a folder of that name, and changed as the program CHANGE of jq says.
written()
{
	local dir=$1 i=0 name
	jq "$3" "$2" >"$dir.vote.json"
	for name in $(officials "$2"); do
		[ -e "$name/$name.key" ] || official_key "$name"
		jq --argjson i "$i" --arg key "$(cat "$name.pub")" '.officials.keys[$i].key = $key' \
			"$dir.vote.json" >"$dir.vote.json.new"
		mv "$dir.vote.json.new" "$dir.vote.json"
		i=$((i + 1))
	done
}

# official_key NAME: in a folder of their own.
official_key()
{
	mkdir "$1"
	quietly official key --name "$1" --key "$1/$1.key" --out "$1.pub" --no-passphrase
}

# again CHOICES: the same, with a yes to every commitment.
again()
{
	jq 'with_entries(if .key == "programme" or .key == "constitution"
		then .value |= with_entries(.value = "for") else . end)' "$1"
}

# --- over the board ---

# start_board: on a free port; `board` is its address.
start_board()
{
	local name who=()
	for name in "${OFFICIALS[@]}"; do
		who+=(--official "$name.pub")
	done
	who=(--dir technician/board --host vote.example.org --name 'Rives communes' "${who[@]}" --agree 2
		--registrar registrar.pub)
	shown urne-board init "${who[@]}"
	"$URNE_BOARD" init "${who[@]}" | sed 's/^/    /'
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
	echo "    The board listens at $board."
}

# orders WHO ACTION...: one official, or the registrar, gives an order.
orders()
{
	local who=$1
	shift
	run order give "$@" "${known[@]}" --yes "$who/$who.key"
}

# both ACTION...: two officials, each on a machine of their own; what the second one is shown is the
# same and left out.
both()
{
	orders "$chair" "$@"
	part tail 1 order give "$@" "${known[@]}" --yes "$second/$second.key"
}

# joins TRUSTEE: does what it can in the ceremony.
joins()
{
	local more=()
	[ -z "$certificates" ] || more=(--certificates "$certificates")
	run trustee join "$url" --log-key log.pub --key "$1/$1.key" "${more[@]}"
}

# board_ceremony: three trustees, who never sit at one table.
board_ceremony()
{
	local name certificates=''
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
		joins "$name"
	done
	for name in solange camille malik solange camille; do
		joins "$name"
	done
	for name in "${TRUSTEES[@]}"; do
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
	local day name keys=()
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
		keys+=("trustee=$name.pub")
	done
	tell "The order that prepares the vote names its trustees. One signature does nothing: the order" \
		"waits, for everybody to see."
	orders "$chair" prepare "$uuid" threshold=2 "${keys[@]}" --from "$chair/liste"
	run order list "${known[@]}" --lang en
	[ "$(stage)" = none ] || wrong "one signature prepares the vote, and two are needed"
	tell "The second official, on another machine, has read the definition too, and gives the same" \
		"order. Now it is executed."
	cp -r "$chair/liste" "$second/liste"
	part tail 1 order give prepare "$uuid" threshold=2 "${keys[@]}" --from "$second/liste" \
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
	part tail 1 order sign "$order" "${known[@]}" --yes "$second/$second.key"

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
	tell "They pull the archive from the board; the verifier holds it against the log, and keeps the" \
		"journal that it has proved, for the minutes."
	run board pull "$chair/liste" "${online[@]}"
	verify liste-before-minutes.txt "$url" --log-key log.pub --keep "$chair/kept" --quiet
	cp "$chair/kept/journal.bel" "$chair/liste/"
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
	verify liste-report.txt "${whole[@]}"
	tell "And what has the observer seen?"
	observed
}

# --- without a board ---

# member DIR KEYS NAME CHOICES BALLOT: one member votes and the ballot is cast.
member()
{
	credential "$1-private.json" "$2" "$3"
	quietly vote "$1" --credential "$2/$3.txt" --choices "$4" --out "$2/$5.json"
	run append "$1" "$2/$5.json"
}

constitution()
{
	local dir=constitution keys=constitution-keys choices=$examples/municipal-constitution.choices.json
	mkdir $keys
	tell "The officials write the vote down: texts in French and English, rules, times. Each has a" \
		"key of their own with which they will sign."
	written $dir "$examples/municipal-constitution.vote.json" '.floor = 4'
	run definition check $dir.vote.json
	run new $dir --definition $dir.vote.json --group BELENIOS-2048 --test \
		--administrator "Commission électorale"
	printf '%s\n' '# identifiant,poids' anna,3 bruno,1 chloe,1 david,2 >$keys/roll.csv
	run credentials $dir --roll $keys/roll.csv --out $dir-private.json
	tell "One trustee makes a key alone, locked with a passphrase; three more share one."
	(umask 077 && echo 'une phrase de passe pour la démonstration' >$keys/passphrase)
	run trustee key --group BELENIOS-2048 --key $keys/solo.key --out $keys/solo.json \
		--passphrase-file $keys/passphrase
	run trustee add $dir $keys/solo.json
	ceremony $dir $keys
	run seal $dir
	tell "Four members vote; ballots are brought to the officials as files. Anna votes again."
	member $dir $keys anna "$choices" ballot-1
	member $dir $keys bruno "$choices" ballot-2
	again "$choices" >$keys/again.json
	member $dir $keys anna $keys/again.json ballot-3
	(umask 077 && jq '{chloe, david}' $dir-private.json >$keys/others.json)
	run simulate $dir --ballots 2 --credentials $keys/others.json
	tell "What comes next? The program says it at any time."
	run status $dir
	run close $dir
	run tally $dir
	run decrypt $dir --key $keys/solo.key --out $keys/d1.json --passphrase-file $keys/passphrase
	run decrypt $dir --key $keys/trustee-1.key --share $dir/ceremony/share-1.dkey --out $keys/d2.json
	run decrypt $dir --key $keys/trustee-3.key --share $dir/ceremony/share-3.dkey --out $keys/d4.json
	run append $dir $keys/d1.json $keys/d2.json $keys/d4.json
	run result $dir
	verify constitution-report.txt $dir/*.bel

	tell "The independent program reads the same archive and recomputes everything its own way:"
	mkdir independent
	cp $dir/*.bel independent/
	shown belenios-tool election verify --dir independent
	belenios-tool election verify --dir independent 2>&1 | sed 's/^/    /' ||
		wrong "belenios-tool does not accept the archive"
}

tell "PART 1. A list of 81 places for the European elections, 118 candidates, and a programme of" \
	"sixty commitments, voted over a board. Everybody works in $work here; in a real vote each" \
	"person has a machine of their own."
list_over_the_board
if [ "${CONSTITUTION:-yes}" != no ]; then
	tell "PART 2. A municipal constitution of forty articles, without a board, in the group" \
		"BELENIOS-2048, which the program of another team (Debian's belenios-tool) can check." \
		"Four members only, so the definition's floor, below which nothing is decrypted, is lowered."
	constitution
fi

tell "TO LOOK AT, in a browser. Decisions and minutes: $work/liste-outcome.html and" \
	"$work/liste-minutes/minutes.fr.html. The page that the second official signed, and the journal:" \
	"$work/liste-seal.fr.html and $work/journal.fr.html. What the verifier said:" \
	"$work/liste-report.txt. What the board logged of its own work: $work/technician/board.log." \
	"What the observer saw: $work/observer/lines."
tell "To verify by hand, now or in ten years, from the archive with definition and journal beside it:"
shown cd "$work"
shown "$URNE_VERIFY" "$chair/liste/$uuid.bel" --journal "$chair/liste/journal.bel" \
	--minutes liste-minutes/minutes.json
shown "$URNE" receipt verify anna/receipt-2.json --log-key log.pub
if [ "$hold" != no ]; then
	tell "And from the board, as long as it is there; any program that speaks HTTP reads it:"
	shown curl "$url/checkpoint"
	shown "$URNE_VERIFY" "${whole[@]}"
	shown "$URNE" journal "${known[@]}"
	shown "$URNE" receipt verify anna/receipt-2.json "${online[@]}"
fi

verdict=0
if [ "${#failures[@]}" = 0 ]; then
	tell "DONE. Everything verified, and the observer raised no alarm."
else
	verdict=1
	tell "DONE, and something is not as it must be:"
	printf '    %s\n' "${failures[@]}"
fi
if [ "$hold" != no ]; then
	tell "The board goes on at $url until you press Ctrl-C. The files stay in $work."
	trap 'exit "$verdict"' INT
	wait "$board_pid" || true
fi
exit "$verdict"
