#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# make demo: the members of a movement vote over a real board on a European list and a programme of
# sixty commitments, watched by an observer, from the vote definition to signed minutes that
# urne-verify recomputes; then a municipal constitution, without a board, in a group that another
# team's program knows, and that program accepts the result too. Everything happens in a new folder
# under /tmp, or TMPDIR. DEMO_MEMBERS says how many simulated members vote, WAIT=no that the board is
# not kept for looking at, CONSTITUTION=no that the second vote is left out. Exit status: 0 only if
# everything verified and the observer raised no alarm.
set -euo pipefail

TOP=${TOP:-$(cd "$(dirname "$0")/.." && pwd)}
URNE=${URNE:-$TOP/build/bin/urne}
URNE_VERIFY=${URNE_VERIFY:-$TOP/build/bin/urne-verify}
URNE_BOARD=${URNE_BOARD:-$TOP/build/bin/urne-board}
examples=$TOP/docs/examples
members=${DEMO_MEMBERS:-60}
# Where the output goes to a file, nobody is there to press Ctrl-C.
[ -t 1 ] && terminal=yes || terminal=no
hold=${WAIT:-$terminal}
AT_ONCE=24 # members who send a ballot at the same time

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

# credential DIR KEYS NAME: what the registrar hands to one member.
credential()
{
	(umask 077 && jq -r --arg name "$3" '.[$name]' "$1-private.json" >"$2/$3.txt")
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

# prepare DIR DEFINITION GROUP FLOOR MEMBER...: from the definition to the credentials; a member is
# an identifier and a weight.
prepare()
{
	local dir=$1 definition=$2 group=$3 floor=$4 keys=$1-keys i=0 name
	shift 4
	mkdir "$keys"
	jq --argjson floor "$floor" '.floor = $floor' "$definition" >"$dir.vote.json"
	tell "The officials write the vote down: texts in French and English, rules, times. Each has a" \
		"key of their own with which they will sign."
	for name in $(officials "$definition"); do
		quietly official key --name "$name" --key "$keys/$name.key" --out "$keys/$name.pub" \
			--no-passphrase
		jq --argjson i "$i" --arg key "$(cat "$keys/$name.pub")" '.officials.keys[$i].key = $key' \
			"$dir.vote.json" >"$dir.vote.json.new"
		mv "$dir.vote.json.new" "$dir.vote.json"
		i=$((i + 1))
	done
	run definition check "$dir.vote.json"

	tell "An election is made of it. It is marked as a test, so nobody can take it for a real one," \
		"and the hours of the definition are not kept."
	run new "$dir" --definition "$dir.vote.json" --group "$group" --test \
		--administrator "Commission électorale"

	tell "The registrar makes a credential for each member of the roll. Delegates speak for" \
		"several members: their votes have a weight."
	printf '%s\n' '# identifiant,poids' "$@" >"$keys/roll.csv"
	run credentials "$dir" --roll "$keys/roll.csv" --out "$dir-private.json"
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
	local name obeyed=()
	for name in $(officials liste.vote.json); do
		obeyed+=(--official "liste-keys/$name.pub")
	done
	shown urne-board init --dir board --host vote.example.org "${obeyed[@]}" --agree 2
	"$URNE_BOARD" init --dir board --host vote.example.org "${obeyed[@]}" --agree 2 | sed 's/^/    /'
	shown urne-board run --dir board --listen 127.0.0.1:0
	"$URNE_BOARD" run --dir board --listen 127.0.0.1:0 2>board.log >board.out &
	board_pid=$!
	board=
	while [ -z "$board" ]; do
		kill -0 "$board_pid" 2>/dev/null || {
			cat board.log >&2
			exit 1
		}
		sleep 0.1
		board=$(sed -n 's/.*"listening","address":"\([^"]*\)".*/http:\/\/\1/p' board.log)
	done
	echo "    The board listens at $board."
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
	cp -r liste crowd/machines
	(umask 077 && jq 'with_entries(select(.key | startswith("membre-")))' liste-private.json \
		>crowd/private.json)
	run simulate crowd/machines --ballots "$members" --credentials crowd/private.json
	tar -C crowd/records -xf "$(echo crowd/machines/*.bel)"
	cat crowd/records/*.event.json | jq -r 'select(.type == "Ballot").payload' >crowd/ballots
	printf '    $ urne vote --board %s --ballot ... --receipt ... (%d times, %d at once)\n' "$url" \
		"$members" "$AT_ONCE"
	# shellcheck disable=SC2016 # for the inner shell
	xargs -P "$AT_ONCE" -n 1 sh -c '"$0" vote --board "$1" --log-key board/log.pub \
		--ballot "crowd/records/$2.data.json" --receipt "crowd/$2.receipt.json" \
		>"crowd/$2.out" 2>&1 || { cat "crowd/$2.out" >&2; exit 1; }' "$URNE" "$url" <crowd/ballots
	echo "    $(find crowd -name '*.receipt.json' | wc -l) receipts for $members ballots"
}

# board_votes: a vote and another that replaces it, an audit, everybody else.
board_votes()
{
	local choices=$examples/european-list.choices.json name noted
	for name in anna bruno; do
		credential liste liste-keys "$name"
	done
	tell "Members vote. Anna encrypts on her own machine; the ballot proves that it follows the rules" \
		"of every question. The vote is cast when the board's receipt has been checked, not before."
	run vote "${online[@]}" --credential liste-keys/anna.txt --choices "$choices" \
		--receipt anna-1.receipt.json
	tell "Bruno does not trust his machine. He has a ballot opened instead of cast, and on another" \
		"machine computes it again: the fingerprint must be the one that he was shown."
	run vote "${online[@]}" --credential liste-keys/bruno.txt --choices "$choices" \
		--audit bruno.audit.json | tee bruno.shown
	noted=$(sed -n 's/.*opened ballot with fingerprint //p' bruno.shown)
	part tail 12 ballot audit bruno.audit.json "${online[@]}" --lang en
	grep -qxF "Fingerprint of the ballot: $noted" quietly.out ||
		wrong "the audited ballot has another fingerprint than Bruno was shown"
	tell "An opened ballot is never cast. He has a new one encrypted, and casts that."
	run vote "${online[@]}" --credential liste-keys/bruno.txt --choices "$choices" \
		--receipt bruno.receipt.json
	tell "$members more members vote at once. They are simulated: their choices are drawn at random," \
		"and one program makes all their ballots. Each ballot is sent by itself, for a receipt of" \
		"its own. Odile stays at home."
	crowd
	tell "Anna changes her mind and votes again: only her last ballot counts."
	again "$choices" >anna-again.json
	run vote "${online[@]}" --credential liste-keys/anna.txt --choices anna-again.json \
		--receipt anna-2.receipt.json
	watched '"ballots":'$((members + 3))','
}

# waiting: the hash of the order that waits at the board.
waiting()
{
	"$URNE" order list --board "$board" --log-key board/log.pub --json | jq -r '.orders[0].order'
}

# board_counts: from the end of the voting to the result.
board_counts()
{
	local signers=("$@") i
	tell "Two of the three officials close the vote: this board obeys no single one. It adds the" \
		"encrypted ballots up by itself. Nothing is decrypted yet."
	run order give close "${online[@]}" --yes "${signers[@]}"
	watched '"stage":"decrypting"'
	run status "${online[@]}"
	tell "Each trustee's program fetches everything, verifies what the log has signed and every" \
		"ballot, and adds up itself, before a key is used. Trustee 2 is away; two are enough."
	for i in 1 3; do
		run decrypt "${online[@]}" --key "liste-keys/trustee-$i.key" \
			--share "liste/ceremony/share-$i.dkey" --yes
	done
	tell "The officials release the result, again two of them together. The program makes it first, from" \
		"every ballot, and signs nothing else."
	run order give release "${online[@]}" --yes "${signers[@]}"
	watched '"stage":"done"'
	tell "They pull the archive from the board, for the decisions and the minutes."
	run board pull liste "${online[@]}"
}

# decided SIGNER...: the decisions, the minutes, their signatures.
decided()
{
	local record=liste/$uuid name
	tell "Equal votes are drawn with randomness that nobody knew before: here a value that stands" \
		"for the public draw which the definition names. The officials declare it."
	printf '{"draw":"%s"}\n' "$(printf 'la démonstration' | sha256sum | cut -c1-64)" \
		>"$record.declared.json"
	tell "What is decided, with the reason for each decision and each rank (the first lines; the" \
		"pages have everything):"
	part head 60 outcome liste
	run outcome liste --format json --out "$record.outcome.json"
	run outcome liste --format csv --out liste-outcome.csv
	run outcome liste --format html --out liste-outcome.html

	tell "The minutes: the verifier recomputes the whole record first; then two officials sign, each" \
		"with their own key."
	run minutes liste --out liste-minutes
	for name in "$@"; do
		run certify liste --minutes liste-minutes --key "$name"
	done
}

# observed: the observer's last look, with the receipts of members, and the verdict.
observed()
{
	local rc=0
	kill -0 "$watch_pid" 2>/dev/null || wrong "the observer ended before its time"
	leave "$watch_pid"
	watch_pid=
	shown urne watch "$url" --state observer/state --log-key board/log.pub --once "${receipts[@]}"
	"$URNE" watch "$url" --state observer/state --log-key board/log.pub --once "${receipts[@]}" \
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
	local i floor=20 roll=('anna,3' 'bruno,2' 'odile,1') signers=() name
	[ "$members" -ge 18 ] || floor=$((members + 2))
	for ((i = 1; i <= members; i++)); do
		roll+=("membre-$i,1")
	done
	prepare liste "$examples/european-list.vote.json" Ed25519 "$floor" "${roll[@]}"
	for name in $(officials liste.vote.json | head -n 2); do
		signers+=("liste-keys/$name.key")
	done
	tell "Three trustees make one key together, so that any two of them suffice, and none alone."
	ceremony liste liste-keys
	tell "Sealing fixes questions, roll and keys. Everybody compares the fingerprints aloud: with" \
		"that of the definition, nobody can be shown other words or other rules."
	run seal liste

	tell "The technician starts a board, which obeys two officials together. One brings what they sealed," \
		"as drafts, and orders to seal them; the order waits until another has read and signed it. What" \
		"they sign stands in the board's journal, for everybody."
	start_board
	uuid=$(basename "$(echo liste/*.bel)" .bel)
	url=$board/bb/$uuid
	online=(--board "$url" --log-key board/log.pub)
	part tail 2 board push liste --board "$board" --log-key board/log.pub --yes "${signers[0]}"
	part head 24 order show "$(waiting)" --board "$board" --log-key board/log.pub --lang en
	part tail 1 order sign "$(waiting)" --board "$board" --log-key board/log.pub --yes "${signers[1]}"
	run order give open "${online[@]}" --yes "${signers[@]}"
	tell "From now on an observer watches: it verifies every ballot as it comes, and that the log" \
		"only grows. It needs nobody's leave."
	mkdir observer
	shown urne watch "$url" --state observer/state --log-key board/log.pub --interval 1 --json
	"$URNE" watch "$url" --state observer/state --log-key board/log.pub --interval 1 --json \
		>observer/lines 2>observer/log &
	watch_pid=$!
	watched '"stage":"open"'
	board_votes
	board_counts "${signers[@]}"
	decided "${signers[@]}"

	receipts=(--receipt anna-1.receipt.json --receipt anna-2.receipt.json --receipt bruno.receipt.json
		--receipt "crowd/$(head -n 1 crowd/ballots).receipt.json")
	tell "Anybody can verify all of it with a program that holds no key: the log and what it has" \
		"signed, receipts, every ballot, the result, the decisions and the minutes."
	whole=("$url" --log-key board/log.pub "${receipts[@]}" --declared "liste/$uuid.declared.json"
		--outcome "liste/$uuid.outcome.json" --minutes liste-minutes/minutes.json)
	verify liste-report.txt "${whole[@]}"
	tell "And what has the observer seen?"
	observed
}

# --- without a board ---

# member DIR KEYS NAME CHOICES BALLOT: one member votes and the ballot is cast.
member()
{
	credential "$1" "$2" "$3"
	quietly vote "$1" --credential "$2/$3.txt" --choices "$4" --out "$2/$5.json"
	run append "$1" "$2/$5.json"
}

constitution()
{
	local dir=constitution keys=constitution-keys choices=$examples/municipal-constitution.choices.json
	prepare $dir "$examples/municipal-constitution.vote.json" BELENIOS-2048 4 anna,3 bruno,1 chloe,1 \
		david,2
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

tell "TO LOOK AT. Decisions and minutes: $work/liste-outcome.html and" \
	"$work/liste-minutes/minutes.fr.html. What the verifier said: $work/liste-report.txt. What the" \
	"board logged of its own work: $work/board.log. What the observer saw: $work/observer/lines."
tell "To verify by hand, now or in ten years, from the archive with the definition beside it:"
shown cd "$work"
shown "$URNE_VERIFY" "liste/$uuid.bel" --minutes liste-minutes/minutes.json
shown "$URNE" receipt verify anna-2.receipt.json --log-key board/log.pub
if [ "$hold" != no ]; then
	tell "And from the board, as long as it is there; any program that speaks HTTP reads it:"
	shown curl "$url/checkpoint"
	shown "$URNE_VERIFY" "${whole[@]}"
	shown "$URNE" receipt verify anna-2.receipt.json "${online[@]}"
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
