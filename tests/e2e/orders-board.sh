#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The whole life of an election by orders: a board, three officials of whom two must agree, each in a
# folder of their own, and a registrar. Every order is given by one and executed by the other's
# signature; whatever docs/journal.md#orders refuses is refused with its sentence; nobody signs what
# the board shows otherwise (threat A15).
set -euo pipefail

: "${TOP:?}" "${URNE:?}" "${URNE_VERIFY:?}" "${URNE_BOARD:?}"
work=$(mktemp -d)
BOARD_PID=
# shellcheck disable=SC2317 # by the trap
stop()
{
	[ -z "$BOARD_PID" ] || kill "$BOARD_PID" 2>/dev/null || true
	exec 8>&-
	wait
	rm -rf "$work"
}
trap stop EXIT
cd "$work"
# shellcheck source=tests/support/vote.sh
source "$TOP/tests/support/vote.sh"
# shellcheck source=tests/support/stand-in-board.sh
source "$TOP/tests/support/stand-in-board.sh"

# --- a board ---
for name in ines odile paul gustave nobody; do
	mkdir "$name"
	urne official key --name "$name" --key "$name/key" --out "$name.pub" --no-passphrase
done
"$URNE_BOARD" init --dir board --host vote.example.org --name 'Les Essais' --agree 2 \
	--official ines.pub --official odile.pub --official paul.pub --registrar gustave.pub >/dev/null
"$URNE_BOARD" run --dir board --listen 127.0.0.1:0 --batch-ms 20 2>board.log &
BOARD_PID=$!
await "the board does not listen" holds board.log '"listening"'
B=http://$(sed -n 's/.*"listening","address":"\([^"]*\)".*/\1/p' board.log)
known=(--log-key "$work/board/log.pub")

# order OFFICIAL WORDS...: gives an order with that official's key; says what became of it.
order()
{
	local who=$1
	shift
	exits 0 '' order give "$@" --board "$B" "${known[@]}" --yes --json "$who/key"
	jq -r .state exits.out
}

# both WORDS...: the same command by two officials executes the order.
both()
{
	[ "$(order ines "$@")" = waiting ] || die "one signature executes $*: $(cat exits.out)"
	[ "$(order odile "$@")" = executed ] || die "two signatures do not execute $*: $(cat exits.out)"
}

# no PIECE WHO WORDS...: the order is refused, with this sentence.
no()
{
	local piece=$1 who=$2
	shift 2
	exits 1 "$piece" order give "$@" --board "$B" "${known[@]}" --yes "$who/key"
}

# post FILE: sends a note past our own program, as anybody can; status and sentence in post.out
post()
{
	curl -s -o post.out -w '%{http_code}\n' -H 'Content-Type: text/plain' --data-binary "@$1" \
		"$B/bb/journal/orders" >>post.status
	cat post.out
}

# at SECONDS: the moment so many seconds from now, as a definition writes it.
at()
{
	date -u -d "@$(($(date +%s) + $1))" +%Y-%m-%dT%H:%M:%S+00:00
}

# --- what concerns no election; every refusal of an order ---
[ "$(order ines incident 'text=Le serveur a redémarré.')" = waiting ] || die "not waiting"
exits 0 '' order list --board "$B" "${known[@]}"
grep -q 'Consigner un incident.*Le serveur a redémarré.' exits.out || die "list: $(cat exits.out)"
grep -q 'signed by ines; 1 more needed' exits.out || die "list: $(cat exits.out)"
hash=$(cut -d' ' -f1 exits.out | head -n 1)
no 'has signed this order already' ines incident 'text=Le serveur a redémarré.'
exits 0 '' order show "${hash:0:8}" --board "$B" "${known[@]}" --lang en
grep -q 'Signatures missing: 1' exits.out || die "show: $(cat exits.out)"
exits 1 'no terminal to ask' order sign "$hash" --board "$B" "${known[@]}" odile/key
# a clock that is slow by less than five minutes keeps nobody from signing
slow=(faketime -f -3m)
! instrumented "$URNE" || slow=() # faketime and sanitizers do not go together
"${slow[@]}" "$URNE" order sign "$hash" --board "$B" "${known[@]}" --yes --json odile/key >exits.out ||
	die "a slow clock: $(cat exits.out)"
[ "$(jq -r .state exits.out)" = executed ] || die "not executed: $(cat exits.out)"
exits 1 'no order whose hash' order sign "$hash" --board "$B" "${known[@]}" --yes paul/key

# a stranger; too few; the same official twice; another journal; a replay
no 'signature' nobody incident 'text=Rien.'
urne order write incident 'text=Coupure.' --board "$B" "${known[@]}" --out ines/coupure
exits 1 'nobody has signed it' order send ines/coupure --board "$B" "${known[@]}"
urne order sign ines/coupure --yes ines/key
exits 1 'ines has signed this order already' order sign ines/coupure --yes ines/key
exits 0 '' order send ines/coupure --board "$B" "${known[@]}"
grep -q 'waits for 1 more signature' exits.out || die "send: $(cat exits.out)"
exits 1 'every signature in it is at the board already' order send ines/coupure --board "$B" "${known[@]}"
post ines/coupure | grep -q ines || die "the same signature again: $(cat post.out)"
sed -n '1,/^$/p' ines/coupure >twice
grep '^—' ines/coupure >>twice
grep '^—' ines/coupure >>twice
post twice | grep -q 'twice\|two' || die "two lines of one key: $(cat post.out)"
cp ines/coupure odile/coupure
urne order sign odile/coupure --yes odile/key
exits 0 '' order send odile/coupure --board "$B" "${known[@]}" --json
[ "$(jq -r .state exits.out)" = executed ] || die "not executed: $(cat exits.out)"
entry=$(jq .entry exits.out)
exits 1 "entry $entry" order send odile/coupure --board "$B" "${known[@]}"
urne order write incident 'text=Ailleurs.' --journal vote.example.com/bb/journal --out other
urne order sign other --yes ines/key odile/key
exits 1 'journal' order send other --board "$B" "${known[@]}"
sed 's/^text Coupure/text Coupures/' odile/coupure >changed
post changed | grep -q 'verify' || die "a changed text: $(cat post.out)"
sed "5s/.*/$(date -u -d '+10 minutes' +%Y-%m-%dT%H:%M:%SZ)/; /^—/d" ines/coupure | head -n 6 >early
urne order sign early --yes ines/key
exits 1 'clock' order send early --board "$B" "${known[@]}"
sed "5s/.*/2026-01-01T00:00:00Z/; /^—/d" ines/coupure | head -n 6 >late
urne order sign late --yes ines/key
exits 1 'days' order send late --board "$B" "${known[@]}"

# a board that says it executed what its journal does not show
mkdir lies
mkfifo proxy.stdin
python3 "$TOP/tests/support/lying-proxy.py" "$B" lies <proxy.stdin >proxy.out 2>proxy.err &
exec 8>proxy.stdin
await "the proxy does not listen" test -s proxy.out
liar=http://127.0.0.1:$(cat proxy.out)
echo '{"order":"00","state":"executed","entry":1}' >lies/lost-orders
exits 4 'does not show it there; tell the other officials' order give incident 'text=Perdu.' --board "$liar" \
	"${known[@]}" --yes ines/key
: >lies/lost-orders
exits 4 'without saying what became of the order' order give incident 'text=Perdu.' --board "$liar" \
	"${known[@]}" --yes ines/key
rm lies/lost-orders
# an entry that is another, a payload that is another
size=$(curl -s "$B/bb/journal/checkpoint" | sed -n 2p)
curl -s "$B/bb/journal/tile/entries/000.p/$size" >lies/honest
sed 's/"height":1,/"height":7,/' lies/honest >"lies/tile-entries-000.p-$size"
exits 1 'entry 1' journal --board "$liar" "${known[@]}"
sed 's/"payload":"[0-9a-f]\{8\}/"payload":"00000000/2' lies/honest >"lies/tile-entries-000.p-$size"
exits 1 'parent' journal --board "$liar" "${known[@]}"
# of the last one nothing but the root speaks
python3 -c 'import sys
b = bytearray(sys.stdin.buffer.read())
at = b.rindex(b"\"payload\":\"") + 11
b[at] = ord("1") if b[at] == ord("0") else ord("0")
sys.stdout.buffer.write(b)' <lies/honest >"lies/tile-entries-000.p-$size"
exits 1 'do not lead to the root' journal --board "$liar" "${known[@]}"
rm "lies/tile-entries-000.p-$size"
# the archive: a payload that is another, entries of another journal, one entry too few
curl -s "$B/bb/journal/election.bel" >lies/honest
LC_ALL=C sed 's/"agree":2/"agree":1/' lies/honest >lies/election.bel
exits 1 'hash' order list --board "$liar" "${known[@]}"
exits 1 'entry 0' status --board "$liar/bb/8GpLcyFqQvDrUn" "${known[@]}"
"$URNE_BOARD" init --dir stranger --host vote.example.org --official ines.pub >/dev/null
"$URNE_BOARD" run --dir stranger --listen 127.0.0.1:0 2>stranger.log &
await "the stranger has no journal" test -s stranger/public/bb/journal/checkpoint
kill $!
wait $! || true
cp stranger/public/bb/journal/election.bel lies/election.bel
exits 1 'entry 0: it is not the one that the log has signed' order list --board "$liar" "${known[@]}"
head -c "$(($(grep -abo 'event.json' lies/honest | tail -n 1 | cut -d: -f1) / 512 * 512))" lies/honest >lies/election.bel
exits 1 "election.bel: entry $((size - 1))" order list --board "$liar" "${known[@]}"
rm lies/election.bel
exits 0 '' order list --board "$liar" "${known[@]}"

# a key that was revoked signs nothing any more; a new one does
both revoke official=paul 'reason=Il a perdu sa clé.'
no 'revoked' paul incident 'text=Rien.'
no 'paul' ines revoke official=paul 'reason=Encore.'
mkdir paula
urne official key --name paula --key paula/key --out paula.pub --no-passphrase
both enrol official=paula.pub 'reason=Elle le remplace.'
[ "$(order paula incident 'text=Paula signe.')" = waiting ] || die "paula does not sign"
[ "$(order odile incident 'text=Paula signe.')" = executed ] || die "paula's signature does not count"

# --- before an election: who makes the key, and whose turn it is ---
prepared=8GpLcyFqQvDrUn
no 'threshold' ines prepare $prepared threshold=3 trustee=ines.pub trustee=odile.pub
both prepare $prepared threshold=2 trustee=ines.pub trustee=odile.pub trustee=nobody.pub
exits 0 '' status --board "$B" "${known[@]}" --json
grep -qF "{\"election\":\"$prepared\",\"stage\":\"prepared\"}" exits.out || die "the board's elections: $(cat exits.out)"
exits 0 '' status --board "$B/bb/$prepared" "${known[@]}" --json
jq -e '.journal == "prepared" and .stage == "empty" and ([.next[].who] ==
	["trustee 1, ines", "trustee 2, odile", "trustee 3, nobody", "registrar"]) and
	(.next[0].what == "round 1 of 4 of the ceremony") and
	(.next[0].command | startswith("urne trustee join"))' exits.out >/dev/null ||
	die "status of a ceremony: $(cat exits.out)"
order ines incident $prepared 'text=Une dépositaire est malade.' >/dev/null
exits 0 '' status --board "$B/bb/$prepared" "${known[@]}" --json
jq -e '.orders | length == 1 and .[0].signed == ["ines"] and .[0].needed == 1' exits.out >/dev/null ||
	die "status does not list what waits: $(cat exits.out)"

# --- an election: made in one folder, its copy in another ---
mkdir home
cd home
# all that comes before the end takes less time than what came until here; slow machines get more of it
definition "$(at -3600)" \
	"$(at $((10 + 3 * SECONDS)))" >vote.json
sealed e
# what a colleague would like to be sealed instead: the same questions and roll, one trustee more
mkdir liar
cp e/draft.json e/*.vote.json e/public_credentials.json e/trustee-*.json liar/
urne trustee key --group "$(jq -r .group e/draft.json)" --key liar.key --out liar.json --no-passphrase
urne trustee add liar liar.json
urne seal liar
# and one with a roll that is not the registrar's
mkdir stuffed
cp e/draft.json e/*.vote.json e/trustee-*.json stuffed/
printf '%s\n' anna bruno chloe david emma fanny >stuffed-roll.csv
urne credentials stuffed --roll stuffed-roll.csv --out stuffed-private.json
urne seal stuffed
cd ..
uuid=$(jq -r .uuid home/e/draft.json)
url=$B/bb/$uuid
cp -r home/e ines/e
cp -r home/e odile/e

exits 0 '' status --board "$url" "${known[@]}"
grep -q 'urne order give roll' exits.out || die "status does not name the registrar: $(cat exits.out)"

# the registrar first, and nobody else
exits 1 'roll' board push ines/e --board "$B" "${known[@]}" --yes ines/key
no 'registrar' ines roll "$uuid" --from ines/e
[ "$(order gustave roll "$uuid" --from home/e)" = executed ] || die "the roll: $(cat exits.out)"

# the seal: a first official brings the drafts, a second one checks them whole and reads them
exits 0 '' board push ines/e --board "$B" "${known[@]}" --yes --json ines/key
[ "$(jq -r .state exits.out)" = waiting ] || die "one official seals: $(cat exits.out)"
seal=$(jq -r .order exits.out)
grep -q 'Ce qui est scellé' exits.err || die "what is sealed is not shown: $(cat exits.err)"
grep -qi "$(jq -r .title.fr home/vote.json)" exits.err || die "the definition is not shown"
exits 0 '' order show "$seal" --board "$B" "${known[@]}" --format html --out seal.html
grep -q 'lang="fr"' seal.html || die "no page: $(head -c 200 seal.html)"

# a colleague who lies: the order says other hours, another number of trustees, another kind
for lie in 's/^trustees 1/trustees 2/' 's/^kind vote/kind test/' 's/^opens .*/opens 2030-01-01T00:00:00Z/'; do
	curl -s "$B/bb/journal/orders" | jq -r '.orders[] | select(.note | contains("\nseal\n")) | .note' |
		sed "$lie; /^—/d" | head -n 11 >lied
	urne order sign lied --yes ines/key
	exits 1 'do not sign' order sign lied --board "$B" "${known[@]}" --yes odile/key
done
# and a draft that is another election than the one that was announced
[ "${uuid: -1}" = X ] && unlike=${uuid%?}Y || unlike=${uuid%?}X
exits 1 "holds election" order give seal "$unlike" --from ines/e --board "$B" "${known[@]}" --yes odile/key

# a list with one name more is not the registrar's
exits 1 'not the roll that the registrar ordered' board push home/stuffed --board "$B" "${known[@]}" --yes \
	paula/key
# a colleague puts another Setup in its place: whoever signs the order that was announced is warned, and
# so is whoever reads it
exits 0 '' board push home/liar --board "$B" "${known[@]}" --yes --json paula/key
exits 1 'do not sign: the order says setup' order sign "$seal" --board "$B" "${known[@]}" --yes odile/key
exits 1 'do not sign: the order says setup' order show "$seal" --board "$B" "${known[@]}"
exits 1 'is that of election' board push odile/e --board "$B/bb/8GpLcyFqQvDrUn" "${known[@]}" --yes odile/key
# with a copy of her own she brings the right one back, and seals it
exits 0 '' board push odile/e --board "$B" "${known[@]}" --yes --json odile/key
[ "$(jq -r .state exits.out)" = executed ] || die "the seal: $(cat exits.out)"
[ "$(jq -r .order exits.out)" = "$seal" ] || die "another order was sealed: $(cat exits.out)"
exits 0 '' board push odile/e --board "$B" "${known[@]}"
grep -q 'has everything' exits.out || die "push again: $(cat exits.out)"

# before the opening: rehearsals, the checklist; no ballot
exits 0 '' status --board "$url" "${known[@]}"
grep -q 'urne trustee rehearse' exits.out || die "status after the seal: $(cat exits.out)"
credential_of home/e anna
printf '{"liste":"for","notes":{"n-1":"bien","n-2":"bien","n-3":"mal"}}' >choices.json
exits 1 'members cannot vote now' vote --board "$url" --credential credential --choices choices.json --receipt r.json "${known[@]}"
no 'rehearsed' ines open "$uuid"
urne trustee rehearse "$url" --key home/e-trustee.key "${known[@]}"
no 'checklist' ines open "$uuid"
software=$(curl -s "$B/bb/journal/election.bel" | grep -ao '"record":"software","hash":"[0-9a-f]*"' |
	tail -n 1 | cut -d'"' -f8)
[ "$software" = "$(sha256sum "$URNE_BOARD" | cut -c1-64)" ] || die "software $software"
no 'do not sign: the order says rehearsed 0' ines checklist "$uuid" rehearsed=0
no 'do not sign: the order says urn' ines checklist "$uuid" "urn=$software"
both checklist "$uuid"

# --- voting: open, an extension, the end by itself ---
both open "$uuid"
sleep 1.1 # an order written in the same second would be the same order
no 'comes only while an election is sealed' ines open "$uuid"
cast_all()
{
	local name
	for name in "$@"; do
		credential_of home/e "$name"
		urne vote --board "$url" --credential credential --choices choices.json \
			--receipt "$name.json" "${known[@]}"
	done
}
both incident "$uuid" 'text=Coupure de courant à la mairie.' >/dev/null
cast_all anna bruno chloe
# an archive that went on by itself
cp -r odile/e mine
cp home/e-private.json mine-private.json
ballot mine emma "$(cat choices.json)" emma-ballot.json
urne append mine emma-ballot.json
exits 1 'part at event 1' board push mine --board "$B" "${known[@]}"
exits 1 'no such file' order give close --board "$url" "${known[@]}" --yes nobody.key
no 'members may vote until' ines close "$uuid"
sealed_closes=$(curl -s "$url/vote.json" | jq -r .closes)
sealed_at=$(date -d "$sealed_closes" +%s)
later=$(date -u -d "@$((sealed_at + 5 + SECONDS / 2))" +%Y-%m-%dT%H:%M:%SZ)
no 'later' ines extend "$uuid" "closes=$(date -u -d "@$((sealed_at - 1))" +%Y-%m-%dT%H:%M:%SZ)" 'reason=Non.'
both extend "$uuid" "closes=$later" 'reason=Panne du réseau dans trois communes.'
exits 0 '' status --board "$url" "${known[@]}" --json
[ "$(jq -r .extended exits.out)" = "$later" ] || die "status: $(cat exits.out)"
# between the sealed closing and the new one members still vote
wait=$((sealed_at - $(date +%s) + 1))
[ "$wait" -gt 0 ] || die "the sealed hours were over before the extension was through"
sleep "$wait"
cast_all david emma
tallied()
{
	exits 0 '' status --board "$url" "${known[@]}" --json
	[ "$(jq -r .journal exits.out)" = tallied ]
}
await "the voting does not end by itself" tallied
credential_of home/e anna
exits 1 'members cannot vote now' vote --board "$url" --credential credential --choices choices.json --receipt r.json "${known[@]}"

# --- the result ---
exits 1 'partial decryption' order give release "$uuid" --board "$B" "${known[@]}" --yes ines/key
urne decrypt --board "$url" --key home/e-trustee.key "${known[@]}" --yes
no 'do not sign: the order says result' ines release "$uuid" "result=$software"
both release "$uuid"
urne board pull home/e --board "$url" "${known[@]}"
ordered=$(curl -s "$B/bb/journal/election.bel" | grep -ao 'result [0-9a-f]\{64\}' | tail -n 1)
grep -aq "\"type\":\"Result\",\"payload\":\"${ordered#result }\"" "home/e/$uuid.bel" ||
	die "the result in the log is not the one that was ordered, $ordered"

# the journal came with the archive: the folder verifies with it, and the minutes tell it
verdict 0 home/e "${known[@]}"
for check in journal-log journal-entries journal-seal journal-hours journal-rehearsal journal-release; do
	says "$check" PASS
done

# --- certified ---
urne minutes home/e --out minutes
jq -e '[.journal.entries[] | select(.order == "incident" and .by == ["ines","odile"]) | .text] ==
	["Le serveur a redémarré.", "Coupure.", "Coupure de courant à la mairie."]' minutes/minutes.json >/dev/null ||
	die "the minutes lack the incidents: $(jq -c '[.journal.entries[] | select(.order)]' minutes/minutes.json)"
jq -e --arg s "$software" '[.journal.entries[] | select(.order == "checklist") | .software] == [$s]' \
	minutes/minutes.json >/dev/null || die "the minutes lack the board's program"
verdict 3 home/e --minutes minutes/minutes.json # nobody has certified them yet
says minutes PASS
exits 2 'give the file with --minutes' order give certify "$uuid" --board "$B" "${known[@]}" --yes ines/key
both certify "$uuid" --minutes minutes/minutes.json
urne board pull home/e --board "$url" "${known[@]}"
verdict 3 home/e --minutes minutes/minutes.json # without signatures under the minutes themselves
says minutes PASS
says journal-certification PASS
sleep 1.1
no 'is certified' ines certify "$uuid" --minutes minutes/minutes.json

# --- the journal in words, at the board and from its archive ---
exits 0 '' journal --board "$B" "${known[@]}" --lang en
for words in 'The journal of Les Essais begins: 2 of 3 officials must agree' 'Fix the roll' \
	'Seal the election' 'Trustee 1 has rehearsed' 'State before the opening' 'The voting is open' \
	'Extend the voting until' 'The voting is closed' 'The ballots are added up' \
	'Release the result' 'Certify the minutes' 'Signed by: gustave' 'Signed by: ines, odile'; do
	grep -q "$words" exits.out || die "the journal does not say \"$words\": $(cat exits.out)"
done
cp exits.out from-board
curl -s "$B/bb/journal/election.bel" >journal.archive
exits 0 '' journal journal.archive --lang en
cmp -s exits.out from-board || die "the archive says something else than the board"
exits 0 '' status --board "$url" "${known[@]}"
grep -q 'urne-verify' exits.out || die "status at the end: $(cat exits.out)"

echo "orders: an election from its roll to its certificate; $(jq .entries <("$URNE" journal --board "$B" "${known[@]}" --json 2>/dev/null)) entries"
