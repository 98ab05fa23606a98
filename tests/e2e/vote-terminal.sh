#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Voting in the terminal over a real board, spoken with through a pseudo terminal in French and in
# English: vote, audit, receipt, revote; leaving at every point leaves nothing behind. Opened ballots
# are computed again, every alteration is named, and nobody can cast one (A8, A32).
set -euo pipefail

: "${TOP:?}" "${URNE:?}" "${URNE_VERIFY:?}" "${URNE_BOARD:?}"
# shellcheck source=tests/support/small-board.sh
source "$TOP/tests/support/small-board.sh"
unset LC_ALL LC_MESSAGES LANG

# speaks STATUS ARGS...: urne vote in a terminal, by the lines EXPECTED<TAB>TYPED of standard input;
# what the member sees is in `seen`, what went to standard output and standard error in `out`, `err`.
speaks()
{
	local want=$1 rc=0
	shift
	cat >dialogue
	# shellcheck disable=SC2016 # for the inner shell
	python3 "$TOP/tests/support/terminal.py" dialogue bash -c '"$0" "$@" >out 2>err' \
		"$URNE" vote "$@" >seen 2>seen.err || rc=$?
	[ "$rc" = "$want" ] || die "urne vote $* exits $rc, not $want: $(cat seen seen.err out err)"
}

# flat FILE: in one line, with plain spaces and apostrophes, as somebody hears it.
flat()
{
	sed "s/\xe2\x80\xaf/ /g; s/\xe2\x80\x99/'/g" "$1" | tr '\n' ' ' | tr -s ' '
}

sees()
{
	flat seen | grep -qF -- "$1" || die "the member does not see \"$1\": $(cat seen)"
}

# fingerprint N: the Nth one that was shown.
fingerprint()
{
	flat seen | grep -oE '(Empreinte du bulletin|Fingerprint of the ballot) ?: [A-Za-z0-9+/]{43}' |
		sed 's/.* //' | sed -n "$1p"
}

# only_new NAMES...: nothing else came into the folder since `before` was taken.
only_new()
{
	local got
	got=$(find . -mindepth 1 -maxdepth 1 -newer before ! -name dialogue ! -name seen \
		! -name seen.err ! -name out ! -name err ! -name board ! -name board.log ! -name log \
		-printf '%f\n' | sort | tr '\n' ' ')
	[ "$got" = "${*:+$* }" ] || die "new files: $got, not: $*"
}

ballots()
{
	"$URNE" board pull "$1" --board "$url" "${known[@]}" >/dev/null
	"$URNE" show "$1" --json | jq .ballots
}

# --- a board with the small vote ---
small_board
sealed other --test

# --- French: vote, look back, audit, cast ---
touch before
sleep 0.01
LANG=fr_FR.UTF-8 speaks 0 --board "$url" "${known[@]}" <<J
Votre code de vote	XXXXX-XXXXXX-XXXXX-XXXXXX
tapez-le encore	$(cat anna)
encore 12 sans réponse.	1
Noté : Pour.	1 3
Planter des arbres	?
Cent arbres par an.	<
Votre réponse pour l’instant : Alma Roux, Cléo Petit.	^M
Planter des arbres	1
Ouvrir un marché	3
Un festival	^M
Une deuxième ligne vide vaut abstention.	^M
Les priorités	1,2
Jardin	1
Piscine	2
Halle	2
Le conseil délibère en public.	1
De l’assemblée	2
Le texte dans son ensemble	1
4. Ouvrir un marché : Vote blanc	4
Ouvrir un marché	2
4. Ouvrir un marché : Contre	ok
PAS ENCORE déposé	2
un nouveau bulletin en est chiffré	1
J
sees "Vous votez dans « [TEST] Vote de printemps », élection $uuid."
sees 'Point 6 sur 6 : La charte'
grep -q 'Votre vote est déposé.' out || die "not said to be cast: $(cat out)"
only_new "audit-$uuid.json" "receipt-$uuid.json"
opened=$(fingerprint 1) cast=$(fingerprint 2)
case $cast in
'' | "$opened") die "one fingerprint for two ballots: $opened" ;;
esac
flat out | grep -qF "empreinte, la même qu'avant : $cast" || die "another fingerprint: $(cat out)"
# choices are on the terminal only
! grep -qE 'Noté|Contre|Alma|Jardin|Moyen' out err || die "choices left the terminal: $(cat out err)"
! grep -qF "$(cat anna)" seen out err || die "the credential was shown"
! grep -rqF "$(cat anna)" "audit-$uuid.json" "receipt-$uuid.json" || die "the credential in a file"
urne receipt verify "receipt-$uuid.json" --board "$url" "${known[@]}" --fingerprint "$cast"
refused 'another one than the machine showed' receipt verify "receipt-$uuid.json" --board "$url" \
	"${known[@]}" --fingerprint "$opened"

# --- the opened ballot, on another machine ---
"$URNE" ballot audit "audit-$uuid.json" --board "$url" "${known[@]}" --lang fr >audited
for piece in "$opened" '2. Réponse : Alma Roux, Cléo Petit' '4. Ouvrir un marché : Contre' \
	'5. Un festival : abstention' 'personne ne peut le déposer'; do
	flat audited | grep -qF "$piece" || die "the audit does not say \"$piece\": $(cat audited)"
done
[ "$(stat -c %a "audit-$uuid.json")" = 600 ] || die "others can read what the opened ballot chose"

# by a program that knows only the specification
python3 "$TOP/tests/support/opened.py" e/election.json "audit-$uuid.json" >again ||
	die "the specification makes another ballot"
[ "$(sed 's/.* //' again)" = "$(jq -r .fingerprint <("$URNE" ballot audit "audit-$uuid.json" e --json) |
	tr -d '\n' | sed 's/$/=/' | base64 -d | od -An -v -tx1 | tr -d ' \n')" ] ||
	die "another fingerprint: $(cat again)"

# nobody casts it: not this program, not the board
refused 'opened to be audited and is never cast' vote --board "$url" "${known[@]}" \
	--ballot "audit-$uuid.json" --receipt none.json
jq -cj .ballot "audit-$uuid.json" >unsigned.json
refused 'not cast' vote --board "$url" "${known[@]}" --ballot unsigned.json --receipt none.json
jq -cj --slurpfile a "audit-$uuid.json" '.answers = $a[0].ballot.answers' \
	<("$URNE" vote e --credential anna --choices <(echo '{"notes":{"n-1":"bien","n-2":"bien","n-3":"bien"}}') \
		--out borrowed.json >/dev/null && cat borrowed.json) >forged.json
refused 'not cast' vote --board "$url" "${known[@]}" --ballot forged.json --receipt none.json
[ ! -e none.json ] || die "a receipt for an opened ballot"
[ "$(ballots pulled)" = 1 ] || die "the board has another ballot than the one that was cast"

# every alteration is named
# altered JQ PIECE...: the audit of the altered file says the pieces.
altered()
{
	local filter=$1 rc=0 piece
	shift
	jq -cj "$filter" "audit-$uuid.json" >altered.json
	"$URNE" ballot audit altered.json pulled --lang fr >altered.out 2>&1 || rc=$?
	[ "$rc" = 1 ] || die "altered by $filter: exit $rc: $(cat altered.out)"
	for piece; do
		flat altered.out | grep -qF -- "$piece" ||
			die "altered by $filter: no \"$piece\": $(cat altered.out)"
	done
}
altered '.choices[0] = [0,1]' 'question 1, « La liste » : le bulletin choisit « Pour », le fichier dit que non' \
	'le fichier dit que « Contre » est choisi, le bulletin ne le choisit pas' '2 differences'
altered '.seed = (if .seed[:2] == "00" then "ff" else "00" end) + .seed[2:]' "aucune réponse de ce bulletin n'est faite avec cette graine"
altered '.ballot.answers[2:4] |= reverse' 'question 3, « Planter des arbres » : la réponse est celle de la question 4' \
	'question 4, « Ouvrir un marché » : la réponse est celle de la question 3'
altered '.ballot.answers[6].choices[0] = .ballot.answers[7].choices[0]' \
	"question 7, « Jardin » : la réponse n'est pas faite avec cette graine"
altered '.ballot.answers[11].overall_proof[0] = .ballot.answers[10].overall_proof[0]' \
	'question 12, « Le texte dans son ensemble » : la réponse est juste, ses preuves ne sont pas'
altered '.ballot.credential = "6666666666666666666666666666666666666666666666666666666666666658"' \
	'question 1, « La liste » : la réponse est juste, ses preuves'
altered '.choices[1] = [1,1,1,1]' 'no ballot may say this: question 2' 'at most 2'
altered '.note = "x"' 'altered.json: '
refused 'election' ballot audit "audit-$uuid.json" other
refused 'urne_audit' ballot audit "receipt-$uuid.json" pulled
"$URNE" ballot audit altered.json pulled --json >altered.out 2>/dev/null || true
jq -e '.honest == false' altered.out >/dev/null || die "honest: $(cat altered.out)"

# --- English: the same member votes again, after an audit with other answers ---
touch before
sleep 0.01
LANG=en_GB.UTF-8 speaks 0 --board "$url" "${known[@]}" --credential anna --receipt again.json <<J
12 still unanswered	2
Noted: Against.	0
Plant trees	q
go on:	0
Open a market	0
A festival	0
What is urgent.	0
Garden	3
Pool	3
Hall	3
Of the council	0
Of the assembly	0
The whole text	0
1. Answer: Against	ok
NOT CAST YET	2
a new ballot is encrypted	3
a number to change	1
Your answer so far: Against.	1
1. Answer: For	ok
NOT CAST YET	1
J
only_new again.json "audit-$uuid-2.json"
flat out | grep -qF 'It replaces a ballot that was cast before' || die "no revote: $(cat out)"
[ "$(jq -r .replaces again.json)" = "$(jq -r .tracker "receipt-$uuid.json")" ] || die "replaces what?"
"$URNE" ballot audit "audit-$uuid-2.json" pulled --lang en | grep -q '1. Answer: Against' ||
	die "the second audit"
urne receipt verify again.json --board "$url" "${known[@]}" --fingerprint "$(fingerprint 3)"
[ "$(ballots pulled)" = 2 ] || die "not two ballots"

# --- leaving, at every point, leaves nothing behind ---
answers=$(printf 'Votre réponse\t1\n%.0s' $(seq 12))
touch before
sleep 0.01
for lines in 'Votre code	^D' "Votre code	$(cat bruno)
Votre réponse	^D" "Votre code	$(cat bruno)
Votre réponse	1
Votre réponse	^D" "Votre code	$(cat bruno)
$answers
pour chiffrer	^D" "Votre code	$(cat bruno)
$answers
pour chiffrer	ok
PAS ENCORE	^D" "Votre code	$(cat bruno)
$answers
pour chiffrer	ok
PAS ENCORE	4" "Votre code	$(cat bruno)
Votre réponse	q
continuez	quitter"; do
	speaks 1 --board "$url" "${known[@]}" --lang fr <<<"$lines"
	sees "Vous avez quitté sans voter. Rien n'est déposé"
	grep -q 'nothing is cast' err || die "no sentence: $(cat err)"
	[ ! -s out ] || die "a result: $(cat out)"
	only_new
done
speaks 130 --board "$url" "${known[@]}" --lang fr <<J
Votre code	$(cat bruno)
Votre réponse	1
Votre réponse	^C
J
only_new
[ "$(ballots pulled)" = 2 ] || die "somebody who left has a ballot"

# --- without a board, and without questions ---
speaks 0 pulled --lang en --out bruno-ballot.json <<J
Your credential	$(cat bruno)
$(printf 'Your answer\t1\n%.0s' $(seq 12))
to encrypt this vote	ok
Write this ballot to a file	1
J
flat out | grep -qF 'It is NOT CAST YET' || die "a ballot in a file is said to be cast: $(cat out)"
urne vote --board "$url" "${known[@]}" --ballot bruno-ballot.json --receipt bruno-receipt.json
echo '{"liste":"for","notes":{"n-1":"bien","n-2":"moyen","n-3":"moyen"}}' >choices.json
for from in pulled "--board $url ${known[*]}"; do
	rm -f audit.json
	# shellcheck disable=SC2086 # several words
	urne vote $from --credential bruno --choices choices.json --audit audit.json
	urne ballot audit audit.json pulled
done
refused 'exists already' vote pulled --credential bruno --choices choices.json --audit audit.json
for args in "pulled" "--board $url"; do
	rc=0
	# shellcheck disable=SC2086
	"$URNE" vote $args </dev/null >piped 2>&1 || rc=$?
	[ "$rc" = 2 ] || die "a pipe is asked: exit $rc: $(cat piped)"
	grep -qF -- '--choices is missing, and there is no terminal to ask' piped ||
		die "another sentence for a pipe: $(cat piped)"
done
speaks 2 pulled --lang br </dev/null
grep -q 'not in that language; its first one is fr' err || die "a language of no text: $(cat err)"
[ "$(ballots pulled)" = 3 ] || die "an opened ballot was cast"
urne vote --board "$url" "${known[@]}" --credential chloe --choices choices.json --receipt chloe.json

# --- an election of bare questions, with lists: asked, opened, and computed by the specification ---
echo '{"name":"Bare","description":"Bare questions","questions":[
	{"type":"Lists","value":{"answers":[["L1","a","b"],["L2","c"]],"question":"Which list?"}},
	{"question":"Who?","answers":["A","B","C"],"blank":true,"min":1,"max":2}]}' >questions.json
urne new bare --questions questions.json
urne credentials bare --roll e-roll.csv --out bare-private.json
urne trustee key --group Ed25519 --key bare.key --out bare-trustee.json --no-passphrase
urne trustee add bare bare-trustee.json
urne seal bare
grep -o '"anna":"[^"]*"' bare-private.json | cut -d'"' -f4 >bare-anna
speaks 0 bare --credential bare-anna --lang fr --out bare-ballot.json <<J
Choisissez une liste	1
Liste choisie : L1	2
Choisissez de 1 à 2 réponses.	4
1. Which list? : L1 (b)	ok
PAS ENCORE	2
un nouveau bulletin	1
J
bare=$(jq -r .uuid bare/draft.json)
python3 "$TOP/tests/support/opened.py" bare/election.json "audit-$bare.json" >again ||
	die "the specification makes another ballot of bare questions"
"$URNE" ballot audit "audit-$bare.json" bare | grep -q '2. Who?: Blank vote' || die "the bare audit"
urne append bare bare-ballot.json

# --- it ends while a member answers: the board refuses, and the member hears it; whoever comes later
# answers nothing; the count is that of the answers ---
cat >close-it <<J
#!/bin/bash
exec "$URNE" order give close --board "$url" ${known[*]} --yes claire.key >/dev/null 2>&1
J
chmod +x close-it
speaks 1 --board "$url" "${known[@]}" --lang fr --receipt late.json <<J
Votre code	$(cat bruno)
$answers
pour chiffrer	ok
PAS ENCORE	!./close-it	1
J
sees "Votre vote N'EST PAS déposé : l'urne a refusé le bulletin"
sees "urne vote --board $url --ballot late.json.ballot.json --receipt late.json"
[ ! -e late.json ] || die "a receipt after the end"
speaks 1 --board "$url" "${known[@]}" --lang fr --receipt later.json </dev/null
grep -q 'members cannot vote now' err || die "asked after the end: $(cat seen err)"
"$URNE" board pull pulled --board "$url" "${known[@]}" >/dev/null
# what is counted here no official has released, as the journal of the board would tell
rm pulled/journal.*
urne decrypt pulled --key e-trustee.key --out decryption.json
urne append pulled decryption.json
urne result pulled
# Anna, in her second vote, Bruno and Chloé are for the list; the garden is good, good and to reject
"$URNE" show pulled --json >result.json
jq -e '.outcome.items | (.[0].decisions[0] | .for == 3 and .against == 0) and
	.[4].rows[0].histogram == [2,0,1]' result.json >/dev/null ||
	die "another result: $(cat result.json)"
verdict 0 "pulled/$uuid.bel" --receipt again.json --receipt chloe.json --log-key board/log.pub
