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

# shellcheck source=tools/demo-board.sh
source "$TOP/tools/demo-board.sh"

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
tell "To verify by hand, now or in ten years, from the folder that holds archive, definition, journal" \
	"and what the logs have signed:"
shown cd "$work"
shown "$URNE_VERIFY" "$chair/kept" --log-key log.pub --declared "$chair/liste/$uuid.declared.json" \
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
	tell "Pages for members and observers, in a browser, as long as the board is there:" \
		"$board/ (the votes of this board), $board/result/$uuid (decisions, minutes)," \
		"$board/observe/$uuid (the record), $board/receipt (give it anna/receipt-2.json)." \
		"Members voted at $board/vote/$uuid, which says now that it is over."
	tell "The board goes on at $url until you press Ctrl-C. The files stay in $work."
	trap 'exit "$verdict"' INT
	wait "$board_pid" || true
fi
exit "$verdict"
