#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# A real board with the small vote (every kind of item of a definition but rival lists), for tests in a browser.
# Usage: booth-board.sh FOLDER [PAGES]: makes everything in FOLDER, which is new, and prints one line of
# JSON: board, uuid, service, key, folder, members (credential by name). Then it obeys the lines of
# standard input, each answered by one of JSON with {"done":LINE}:
#   ballots      anna, bruno and chloe vote, so that there are as many as the definition's floor asks for
#   result [OF]  closes the voting, decrypts, releases
#   minutes      makes minutes, signs them, certifies
#   stop         stops the board; start: starts it again on the same port
#   add OF       one more election on the same board, with its uuid and members in the answer. OF is what
#                result takes too: field (the small vote in BELENIOS-2048), lists (rival lists, weights), bare
#                (questions without a definition: blank, lists), wordy (the small vote with words and titles
#                as long as they come)
# The board ends when standard input does. TEST=no makes a real vote instead of a test.
set -euo pipefail

: "${TOP:?}" "${URNE:?}" "${URNE_VERIFY:=$TOP/build/bin/urne-verify}" "${URNE_BOARD:?}"
export URNE_VERIFY
mkdir -p "$1"
cd "$1"
pages=${2:-$TOP/booth}
board_pid=
port=0
umask 077
# shellcheck source=tests/support/vote.sh
source "$TOP/tests/support/vote.sh"

# shellcheck disable=SC2317 # by the trap
leave()
{
	[ -z "$board_pid" ] || kill "$board_pid" 2>/dev/null || true
	wait
}
trap leave EXIT

start()
{
	: >board.log
	"$URNE_BOARD" run --dir board --listen "127.0.0.1:$port" --proxy 127.0.0.1 --batch-ms 20 --rate 1000 \
		--pages "$pages" 2>board.log >board.out </dev/null &
	board_pid=$!
	await "the board neither listens nor ends" listens_or_ended
	[ -n "$port" ] || die "the board does not start: $(cat board.log)"
	board=http://127.0.0.1:$port
}

listens_or_ended()
{
	port=$(sed -n 's/.*"listening","address":"127.0.0.1:\([0-9]*\)".*/\1/p' board.log)
	[ -n "$port" ] || gone "$board_pid"
}

stop()
{
	kill "$board_pid"
	wait "$board_pid" || true
	board_pid=
}

# url_of DIR: where its election is on the board.
url_of()
{
	echo "$board/bb/$(jq -r .uuid "$1/draft.json")"
}

give()
{
	urne order give "$@" --board "$board" "${known[@]}" --yes claire.key
}

ballots()
{
	local member
	for member in anna bruno chloe; do
		ballot e "$member" '{"liste":"for","tete":["c-1","c-3"],"programme":{"a-1":"for","a-2":"for","b-1":"for"},
			"priorites":["p-1","p-2"],"notes":{"n-1":"bien","n-2":"moyen","n-3":"moyen"},
			"texte":{"art-1":"for","art-2":"for","whole":"for"}}' "$member.ballot"
		curl -sf --data-binary "@$member.ballot" "$url/ballots" >"$member.receipt" ||
			die "the ballot of $member is refused"
	done
}

# decrypting URL: the election is added up.
decrypting()
{
	curl -sf "$1/status" | grep -q '"stage":"decrypting"'
}

result()
{
	local dir=${1:-e} url few=()
	url=$(url_of "$dir")
	# without a definition nobody has said that three ballots may be counted
	[ "$dir" != bare ] || few=(--few-voters)
	give close "${url##*/}"
	await "the board does not add up by itself" decrypting "$url"
	urne decrypt --board "$url" --key "$dir-trustee.key" "${known[@]}" --yes "${few[@]}"
	give release "${url##*/}"
}

# How each kind of election is made. The texts of articles stay what they are: their hashes stand beside them.
make_field()
{
	sealed_of field --definition vote.json --group BELENIOS-2048 --test
}

make_lists()
{
	printf '%s\n' anna,4 bruno,1 chloe,3 david,1 >lists-roll.csv
	sealed_of lists --definition "$TOP/tests/support/lists.vote.json" --test
}

make_bare()
{
	cat >questions.json <<-'J'
		{"name":"Sans définition","description":"Deux questions nues.","questions":[
		{"answers":["Oui","Non"],"blank":true,"min":1,"max":1,"question":"Faut-il un banc ?"},
		{"type":"Lists","value":{"answers":[["Rive","Alma","Basile"],["Pont","Cléo"]],"question":"Qui siège ?"}}]}
	J
	sealed_of bare --questions questions.json --group Ed25519 --test
}

make_wordy()
{
	jq --arg word 'Anticonstitutionnellement-hexakosioihexekontahexaphobiquement' \
		--arg long "$(printf 'un très long intitulé qui va toujours plus loin, %.0s' {1..6})" \
		'def wordy: .fr = $word + " : " + .fr + ", " + $long;
		.title |= wordy | .description |= wordy | .organiser |= wordy
		| .items |= map(.title |= wordy | .text |= wordy
			| if .entries then .entries |= map(.title? |= (if . then wordy else . end)) else . end
			| if .candidates then .candidates |= map(.name = "Marie-Antoinette-Joséphine " + $word[0:40] + " " + .name) else . end
			| if .commitments then .commitments |= map(.title |= wordy) else . end
			| if .grades then .grades |= map(.title.fr = "Insatisfaisantissime " + .title.fr) else . end)' \
		vote.json >wordy.vote.json
	sealed_of wordy --definition wordy.vote.json --test
}

add()
{
	"make_$1"
	on_board "$1" "$board" claire.key
}

minutes()
{
	rm -rf pulled minutes
	urne board pull pulled --board "$url" "${known[@]}"
	urne minutes pulled --out minutes
	urne certify pulled --minutes minutes --key claire.key
	urne certify pulled --minutes minutes --key hugo.key
	give certify "$uuid" --minutes minutes/minutes.json
}

official_keys
"$URNE_BOARD" init --dir board --host vote.example.org --official claire.pub >init.out
start
definition 2026-01-01T08:00:00+00:00 2199-01-02T20:00:00+00:00 >vote.json
if [ "${TEST:-yes}" = yes ]; then
	sealed e --test
else
	sealed e
fi
uuid=$(jq -r .uuid e/draft.json)
url=$board/bb/$uuid
known=(--log-key board/log.pub)
on_board e "$board" claire.key
jq -nc --arg board "$board" --arg uuid "$uuid" --arg folder "$PWD" --rawfile key board/log.pub \
	--slurpfile members e-private.json \
	'{board: $board, uuid: $uuid, folder: $folder, key: ($key | rtrimstr("\n")), members: $members[0]}'

while read -r what of; do
	case $what in
	ballots | minutes | stop | start) "$what" ;;
	result) result "${of:-e}" ;;
	add) add "$of" ;;
	*) die "booth-board: no such thing: $what" ;;
	esac
	if [ "$what" = add ]; then
		jq -nc --arg line "$what $of" --arg uuid "$(jq -r .uuid "$of/draft.json")" \
			--slurpfile members "$of-private.json" '{done: $line, uuid: $uuid, members: $members[0]}'
	else
		jq -nc --arg line "$what${of:+ $of}" '{done: $line}'
	fi
done
