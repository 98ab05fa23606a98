#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Three trustees, of whom two are needed, make a key over a real board: in any order, one of them
# late, one with a key from its paper. A board that shows one of them something else is seen
# (threats A21, A22), whoever made a wrong file is named, and a place takes files of its own trustee
# only. Then the vote is sealed, each trustee shows that its key decrypts, and two of them count it.
set -euo pipefail

: "${TOP:?}" "${URNE:?}" "${URNE_BOARD:?}" "${URNE_VERIFY:?}"
# shellcheck source=tests/support/real-board.sh
source "$TOP/tests/support/real-board.sh"
own_folder
umask 077
mkdir lies

# urne ARGS...: must work; refused PIECE ARGS...: exit status 1, and the sentence holds PIECE.
urne()
{
	"$URNE" "$@" >said 2>&1 </dev/null || die "urne $*: $(tail -n 3 said)"
	cat said >>log
}

# lost PIECE ARGS...: exit status 4, and the sentence holds PIECE.
lost()
{
	local piece=$1 rc=0
	shift
	"$URNE" "$@" >refused.out 2>&1 </dev/null || rc=$?
	[ "$rc" = 4 ] || die "urne $* exits $rc, not 4: $(tail -n 2 refused.out)"
	grep -qF -- "$piece" refused.out || die "urne $*: no \"$piece\" in: $(tail -n 2 refused.out)"
}

refused()
{
	local piece=$1 rc=0
	shift
	"$URNE" "$@" >refused.out 2>&1 </dev/null || rc=$?
	[ "$rc" = 1 ] || die "urne $* exits $rc, not 1: $(tail -n 2 refused.out)"
	grep -qF -- "$piece" refused.out || die "urne $*: no \"$piece\" in: $(tail -n 2 refused.out)"
}

# tells PIECE: the last command said it.
tells()
{
	grep -qF -- "$1" said || die "no \"$1\" in: $(cat said)"
}

# part NAME: a part of the draft on standard output.
part()
{
	curl -sf "$BOARD/bb/$uuid/draft/$1" || die "the board has no $1"
}

# joins WHO [OPTIONS]: over the board; refused_join PIECE WHO [OPTIONS]: over the proxy that lies.
joins()
{
	local who=$1
	shift
	urne trustee join "$BOARD/bb/$uuid" --log-key log.pub --key "$who.key" "${P[@]}" "$@"
}

refused_join()
{
	local piece=$1 who=$2
	shift 2
	refused "$piece" trustee join "$PROXY/bb/$uuid" --log-key log.pub --key "$who.key" "${P[@]}" "$@"
}

# changed FIELD: standard input with another digit in the value of the first such field.
changed()
{
	python3 -c 'import sys
text, field = sys.stdin.read(), "\"" + sys.argv[1] + "\":\""
at = text.index(field) + len(field) + 5
sys.stdout.write(text[:at] + ("1" if text[at] == "0" else "0") + text[at + 1:])' "$1"
}

# lie_signed KEY NAME ROUND TRUSTEE FILE: the file at that place bears a note of this key in this name.
lie_signed()
{
	python3 "$TOP/tests/support/trustee-note.py" "$1.key" "$2" "$SERVICE/journal" "$uuid" "$3" "$4" \
		"$5" | base64 -d >"lies/draft-ceremony-$3-note-$4"
}

# honest: the lies are over.
honest()
{
	rm -f lies/*
}

cat >questions.json <<'EOF'
{"name": "Élection", "description": "essai", "questions": [
  {"answers": ["Pour", "Contre"], "min": 0, "max": 1, "question": "Liste ?"},
  {"answers": ["A", "B", "C"], "blank": true, "min": 1, "max": 2, "question": "Qui ?"}]}
EOF
new_board b
start_board b
BOARD=http://127.0.0.1:$PORT
cp b/log.pub log.pub
mkfifo proxy.stdin
python3 "$TOP/tests/support/lying-proxy.py" "$BOARD" lies <proxy.stdin >proxy.out 2>proxy.err &
exec 9>proxy.stdin
await "the proxy does not listen" test -s proxy.out
PROXY=http://127.0.0.1:$(cat proxy.out)

# ---- keys, and who the trustees are ------------------------------------------------------------

echo 'correct horse battery staple' >pass
P=(--passphrase-file pass)
for who in anna bruno chloe dora; do
	urne trustee identity --name $who --key $who.key --out $who.pub --no-passphrase
done
rm anna.key anna.pub
urne trustee identity --name anna --key anna.key --out anna.pub "${P[@]}"
refused 'exists already' trustee identity --name anna --key anna.key --out other.pub "${P[@]}"
[ ! -e other.pub ] || die "half of a pair of keys was written"

urne new e --questions questions.json
uuid=$(jq -r .uuid e/draft.json)
refused_join 'the journal names no trustees for this election yet' anna
urne order give prepare "$uuid" "group=$(jq -r .group e/draft.json)" threshold=2 \
	trustee=anna.pub trustee=bruno.pub trustee=chloe.pub --board "$BOARD" --log-key log.pub --yes \
	official.key
refused_join 'is the key of none of the 3 trustees' dora
"$URNE_BOARD" init --dir other --host vote.example.org --official official.pub >>log
refused 'another key' trustee join "$BOARD/bb/$uuid" --log-key other/log.pub --key anna.key "${P[@]}"

# ---- round 1 -----------------------------------------------------------------------------------

touch lies/lost-draft-ceremony-1-3
lost 'said that it took this file and shows none' trustee join "$PROXY/bb/$uuid" --log-key log.pub \
	--key chloe.key
honest
joins chloe
tells 'Trustee 3 (chloe), round 1 of 4'
tells 'Round 1 of 4 waits for trustees 1 (anna) and 2 (bruno)'
joins anna
tells 'Round 1 of 4 waits for trustee 2 (bruno)'
joins anna
tells 'Your file of round 1 of 4 is there; there is nothing to do.'

# Chloé has a file for the place of Bruno, signed with her own key, in her name and in his
part ceremony/1/3 >wrong.json
for name in chloe bruno; do
	code=$(curl -s -o wrong.answer -w '%{http_code}' -X PUT --data-binary @wrong.json -H "Urne-Trustee: $(
		python3 "$TOP/tests/support/trustee-note.py" chloe.key $name "$SERVICE/journal" "$uuid" 1 2 \
			wrong.json
	)" "$BOARD/bb/$uuid/draft/ceremony/1/2")
	[ "$code" = 403 ] || die "a file for another's place: $code $(cat wrong.answer)"
	! curl -sf "$BOARD/bb/$uuid/draft/ceremony/1/2" >>log || die "a file stands at another's place"
done

# and a certificate of her own again, which stands there first
code=$(curl -s -o wrong.answer -w '%{http_code}' -X PUT --data-binary @pass -H "Urne-Trustee: $(
	python3 "$TOP/tests/support/trustee-note.py" chloe.key chloe "$SERVICE/journal" "$uuid" 1 3 pass
)" "$BOARD/bb/$uuid/draft/ceremony/1/3")
[ "$code" = 409 ] || die "a second file for a place: $code $(cat wrong.answer)"

joins bruno
tells 'Round 1 of 4 is complete: go on with the next at once'

# ---- round 2: what only the telephone sees (A22) -----------------------------------------------

part ceremony/2/for-all >certificates
sum=$(sha256sum <certificates | cut -d' ' -f1)
[ "$(jq '.certs | length' certificates)" = 3 ] || die "not the certificates"

# a board that puts itself in the place of Bruno, before Anna and Chloé
urne new split --questions questions.json
urne ceremony open split --size 3 --threshold 2
urne trustee step --key mallory.key --in split/ceremony/round-1-for-2.json --out mallory.json \
	--no-passphrase
part ceremony/1/1 >anna-1.json
part ceremony/1/3 >chloe-1.json
urne ceremony collect split anna-1.json mallory.json chloe-1.json
cp split/ceremony/round-2-for-all.json lies/draft-ceremony-2-for-all
other=$(sha256sum <lies/draft-ceremony-2-for-all | cut -d' ' -f1)
refused_join 'does not follow from the files that the trustees signed' chloe --certificates "$other"
# with its own certificate at his place: under his note for another one, under a note of its own in
# its name and in his, and without any
cp mallory.json lies/draft-ceremony-1-2
his='round 1: the file of trustee 2 (bruno): '
refused_join "${his}the trustee signed another one" chloe --certificates "$other"
lie_signed mallory mallory 1 2 mallory.json
refused_join "${his}trustee 2 did not sign" chloe --certificates "$other"
lie_signed mallory bruno 1 2 mallory.json
refused_join "${his}trustee 2 did not sign" chloe --certificates "$other"
lie_signed chloe chloe 1 2 mallory.json
refused_join "${his}trustee 2 did not sign" chloe --certificates "$other"
lie_signed bruno bruno 1 3 mallory.json
cp lies/draft-ceremony-1-note-3 lies/draft-ceremony-1-note-2
rm lies/draft-ceremony-1-note-3
refused_join "${his}the trustee's note is for round 1 and trustee 3" chloe --certificates "$other"
: >lies/draft-ceremony-1-note-2
refused_join "${his}the board shows no signature of the trustee for it" chloe --certificates "$other"
# when Bruno himself does it together with the board, the telephone is left
lie_signed bruno bruno 1 2 mallory.json
refused_join 'there is no terminal to ask for confirmation' chloe
grep -qF 'empreinte des certificats des 3 dépositaires' refused.out || die "$(cat refused.out)"
grep -qF "$(sha256sum <lies/draft-ceremony-2-for-all | cut -c1-64 | sed 's/..../& /g; s/ $//')" \
	refused.out || die "the sum is not shown: $(cat refused.out)"
refused_join 'another one than you were told; stop' chloe --certificates "$sum"
# before Bruno himself it does not help to know the sum
refused_join 'the certificate of trustee 2 is not yours' bruno --certificates "$other"
honest
# her own certificate at another place
jq -c '.certs |= [.[2],.[1],.[0]]' certificates >lies/draft-ceremony-2-for-all
refused_join 'the certificate of trustee 3 is not yours' chloe \
	--certificates "$(sha256sum <lies/draft-ceremony-2-for-all | cut -d' ' -f1)"
honest
! curl -sf "$BOARD/bb/$uuid/draft/ceremony/2/3" >>log || die "a split view was answered"

joins anna --certificates "$sum"
tells 'round 2 of 4: all certificates are right'
joins chloe --certificates "$sum"
# Bruno types it
cat >typed.py <<'PY'
import os, pty, sys
pid, tty = pty.fork()
if pid == 0:
    os.execv(sys.argv[2], sys.argv[2:])
seen, sent = b"", False
while True:
    try:
        some = os.read(tty, 4096)
    except OSError:
        break
    if not some:
        break
    seen += some
    if not sent and b"in full:" in seen:
        os.write(tty, sys.argv[1].encode() + b"\n")
        sent = True
sys.stdout.buffer.write(seen)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
PY
typed=("$URNE" trustee join "$BOARD/bb/$uuid" --log-key log.pub --key bruno.key)
rc=0
python3 typed.py non "${typed[@]}" >typed || rc=$?
[ "$rc" = 1 ] || die "a no is exit status $rc: $(cat typed)"
python3 typed.py oui "${typed[@]}" >typed || die "a yes: $(cat typed)"

# ---- Anna's machine is lost; she has the paper, and the file beside the key --------------------

urne key print anna.key --public anna.pub --owner 'Anna Roux' --plain --text --out anna.txt "${P[@]}"
grep -qF 'key of the trustee “anna”' anna.txt || die "the page does not say whose key it is"
rm anna.key
grep -E '^ *[0-9]+:  ' anna.txt >anna.lines
urne key restore --from anna.lines --public anna.pub --out anna.key --no-passphrase
P=() # a key that is opened often takes its time for every passphrase

# ---- round 3: one set of commitments (A21) -----------------------------------------------------

part ceremony/3/for-all >commitments
joins anna
[ "$(cat anna.key.commitments)" = "$(sha256sum <commitments | cut -d' ' -f1)" ] ||
	die "anna.key.commitments is not the hash of the file"
# the board hides what Anna has answered, and shows commitments of which Chloé's is another
urne new again --questions questions.json
urne ceremony open again --size 3 --threshold 2
for j in 1 2 3; do part ceremony/1/$j >c$j.json; done
urne ceremony collect again c1.json c2.json c3.json
cmp -s again/ceremony/round-2-for-all.json certificates || die "other certificates"
urne trustee step --key chloe.key --in certificates --out chloe-again.json
for j in 1 2; do part ceremony/2/$j >c$j.json; done
urne ceremony collect again c1.json c2.json chloe-again.json
cp again/ceremony/round-3-for-all.json lies/draft-ceremony-3-for-all
! cmp -s lies/draft-ceremony-3-for-all commitments || die "the same commitments"
: >lies/draft-ceremony-3-1
refused_join 'does not follow from the files that the trustees signed' anna
# Chloé signs both
cp chloe-again.json lies/draft-ceremony-2-3
lie_signed chloe chloe 2 3 chloe-again.json
refused_join 'this key has answered other commitments' anna
honest
joins anna
tells 'Round 3 of 4 waits for trustees 2 (bruno) and 3 (chloe)'
joins chloe
joins bruno

# ---- round 4: whoever made a wrong file is named -----------------------------------------------

part ceremony/4/for-1 >shares
part ceremony/3/2 >bruno-3.json
python3 -c 'import json, sys
data = json.load(open("shares"))["shares"][1]["data"]
other = data[:10] + ("1" if data[10] == "0" else "0") + data[11:]
for source, name in (("shares", "lies/draft-ceremony-4-for-1"), ("bruno-3.json", "changed-3.json")):
    text = open(source).read()
    assert text.count(data) == 1
    open(name, "w").write(text.replace(data, other))'
refused_join 'does not follow from the files that the trustees signed' anna
cp changed-3.json lies/draft-ceremony-3-2
lie_signed bruno bruno 3 2 changed-3.json
refused_join 'trustee 2: share for trustee 1: ' anna
honest
cp shares lies/draft-ceremony-4-for-2
refused_join 'what this board gives you for round 4 does not follow' bruno
honest
joins bruno
joins chloe
tells 'Round 4 of 4 waits for trustee 1 (anna)'
refused 'the file of trustee 1 (anna) for round 4 of 4 is not there yet' ceremony pull e \
	--board "$BOARD" --log-key log.pub
joins anna
tells 'fetch your share at once'

# ---- the shares --------------------------------------------------------------------------------

part ceremony/share-2 >lies/draft-ceremony-share-3
refused_join 'cannot be decrypted' chloe
# of another ceremony, in which a board has played two others with the certificate of Chloé
urne new theirs --questions questions.json
urne ceremony open theirs --size 3 --threshold 2
for j in 1 2; do
	urne trustee step --key m$j.key --in theirs/ceremony/round-1-for-$j.json --out m$j-1.json \
		--no-passphrase
done
cp chloe.key m3.key
part ceremony/1/3 >m3-1.json
urne ceremony collect theirs m?-1.json
for round in 2 3 4; do
	for j in 1 2 3; do
		to=$([ $round = 4 ] && echo $j || echo all)
		urne trustee step --key m$j.key --in theirs/ceremony/round-$round-for-"$to".json \
			--out m$j-$round.json
	done
	urne ceremony collect theirs m?-$round.json
done
cp theirs/ceremony/share-3.dkey lies/draft-ceremony-share-3
refused_join 'is not what the ceremony has given you' chloe
[ ! -e chloe.key.dkey ] || die "a wrong share was kept"
honest
for who in anna bruno chloe; do
	joins $who
	tells 'The ceremony is over'
	[ "$(stat -c %a $who.key.dkey)" = 600 ] || die "others can read $who.key.dkey"
	joins $who
done
joins anna --share anna.share
cmp anna.share anna.key.dkey
echo '{}' >other.share
chmod 600 other.share
refused 'holds another share' trustee join "$BOARD/bb/$uuid" --log-key log.pub --key anna.key \
	--share other.share "${P[@]}"

# ---- the official takes the result, and believes no file ---------------------------------------

pull=(ceremony pull e --board "$PROXY" --log-key log.pub)
part ceremony/4/2 | changed challenge >lies/draft-ceremony-4-2
refused 'round 4: the file of trustee 2 (bruno): the trustee signed another one' "${pull[@]}"
lie_signed bruno bruno 4 2 lies/draft-ceremony-4-2
refused 'round 4: trustee 2: ' "${pull[@]}"
part ceremony/1/2 | changed response >lies/draft-ceremony-1-2
lie_signed bruno bruno 1 2 lies/draft-ceremony-1-2
refused 'round 1: trustee 2: signature of the certificate does not verify' "${pull[@]}"
honest
cp mallory.json lies/draft-ceremony-1-2
lie_signed mallory bruno 1 2 mallory.json
refused "${his}trustee 2 did not sign" "${pull[@]}"
: >lies/draft-ceremony-1-note-2
refused "${his}the board shows no signature of the trustee for it" "${pull[@]}"
[ ! -e e/threshold.json ] || die "a wrong key was taken"
honest
urne ceremony pull e --board "$BOARD" --log-key log.pub
tells 'trustee 3, chloe: SHA-256 of the public key'
refused 'is there already' ceremony pull e --board "$BOARD" --log-key log.pub
printf '%s\n' anna bruno chloe dora emma farid >roll.csv
cp -r e e-other
urne credentials e --roll roll.csv --out private.json
urne seal e

# ---- sealed on the board, and rehearsed --------------------------------------------------------

rehearse=(trustee rehearse "$BOARD/bb/$uuid" --log-key log.pub)
refused 'the officials have not sealed this election yet' "${rehearse[@]}" --key anna.key "${P[@]}"
urne board push e --board "$BOARD" --log-key log.pub --yes official.key
# a second machine with the board's key serves another Setup of this election
urne credentials e-other --roll roll.csv --out other-private.json
urne seal e-other
first_pid=$BOARD_PID
new_board c
cp b/log.key b/log.pub c/
start_board c
urne board push e-other --board "http://127.0.0.1:$PORT" --log-key log.pub --yes official.key
echo "http://127.0.0.1:$PORT" >"lies/board-$uuid"
refused 'its log begins with another Setup than the one that the officials ordered to be sealed' \
	trustee rehearse "$PROXY/bb/$uuid" --log-key log.pub --key anna.key "${P[@]}"
honest
stop_board
BOARD_PID=$first_pid
urne "${rehearse[@]}" --key anna.key "${P[@]}"
tells 'the rehearsal of trustee 1 is in the signed journal'
tells '2 of 3 rehearsals are still missing'
urne "${rehearse[@]}" --key anna.key "${P[@]}"
tells 'in the signed journal already'
refused 'cannot be decrypted' "${rehearse[@]}" --key chloe.key --share bruno.key.dkey
refused 'is not the key of a trustee' "${rehearse[@]}" --key m3.key \
	--share theirs/ceremony/share-3.dkey
[ ! -e anna.key.decrypted.json ] || die "a rehearsal was noted as a decryption"
# what Bruno sends, in the name of Chloé
urne trustee rehearse "$PROXY/bb/$uuid" --log-key log.pub --key bruno.key
python3 - lies/posted-rehearsals wrong.body <<'PY'
import hashlib, json, sys
raw, found, at = open(sys.argv[1], "rb").read(), [], 0
while at < len(raw):
    size = int(raw[at + 124:at + 135], 8)
    found.append((raw[at:at + 512], raw[at + 512:at + 512 + size]))
    at += 512 + (size + 511) // 512 * 512
owned = json.loads(found[1][1])
owned["owner"] = 3
text = json.dumps(owned, separators=(",", ":")).encode()
head = bytearray(found[1][0])
name = hashlib.sha256(text).hexdigest() + ".data.json"
head[0:len(name)] = name.encode()
head[124:136] = b"%011o\0" % len(text)
head[148:156] = b" " * 8
head[148:156] = b"%06o\0 " % sum(head)
body = found[0][0] + found[0][1] + bytes(-len(found[0][1]) % 512)
open(sys.argv[2], "wb").write(body + bytes(head) + text + bytes(-len(text) % 512))
PY
code=$(curl -s -o wrong.answer -w '%{http_code}' --data-binary @wrong.body \
	"$BOARD/bb/$uuid/rehearsals")
[ "$code" = 422 ] || die "a wrong rehearsal: $code $(cat wrong.answer)"
grep -q 'trustee 3' wrong.answer || die "the trustee is not named: $(cat wrong.answer)"
touch lies/lost-rehearsals
lost 'said that it took the rehearsal of trustee 3' trustee rehearse "$PROXY/bb/$uuid" \
	--log-key log.pub --key chloe.key
honest
urne "${rehearse[@]}" --key chloe.key
tells 'All trustees have rehearsed'

# ---- the vote itself: any two of them decrypt what was cast ------------------------------------

give=(--board "$BOARD" --log-key log.pub --yes official.key)
urne order give checklist "$uuid" "${give[@]}"
urne order give open "$uuid" "${give[@]}"
echo '[["Pour"],["A","C"]]' >choices.json
while read -r member; do
	sed -n "s/^\"$member\":\"\(.*\)\",\{0,1\}\$/\1/p" private.json >credential
	urne vote --board "$BOARD/bb/$uuid" --log-key log.pub --credential credential \
		--choices choices.json --receipt "$member.receipt"
done <roll.csv
urne order give close "$uuid" "${give[@]}"
tallied()
{
	"$URNE" status --board "$BOARD/bb/$uuid" --log-key log.pub --json 2>>log | grep -q '"journal":"tallied"'
}
await "the board does not add up by itself" tallied
decrypt=(decrypt --board "$BOARD/bb/$uuid" --log-key log.pub --yes)
urne "${decrypt[@]}" --key chloe.key
urne "${decrypt[@]}" --key anna.key "${P[@]}"
jq -e --arg u "$uuid" '.decrypted | length == 1 and .[0].election == $u' \
	anna.key.decrypted.json >/dev/null || die "$(cat anna.key.decrypted.json)"
urne order give release "$uuid" "${give[@]}"
urne board pull counted --board "$BOARD/bb/$uuid" --log-key log.pub
grep -aq '"result":\[\[6,0\],\[0,6,0,6\]\]' counted/*.bel || die "another result than was cast"
"$URNE_VERIFY" counted >report 2>&1 || die "urne-verify: $(cat report)"
grep -qE '^PASS +journal-seal ' report || die "not the trustees that were prepared: $(cat report)"

# ---- the same for a trustee with a single key --------------------------------------------------

urne new f --questions questions.json
urne trustee key --group "$(jq -r .group f/draft.json)" --key single.key --out single.json \
	--no-passphrase
urne trustee add f single.json
urne credentials f --roll roll.csv --out f-private.json
urne seal f
urne board push f --board "$BOARD" --log-key log.pub --yes official.key
rehearse=(trustee rehearse "$BOARD/bb/$(jq -r .uuid f/draft.json)" --log-key log.pub)
refused 'is not the key of a single trustee' "${rehearse[@]}" --key m1.key
urne "${rehearse[@]}" --key single.key
tells 'All trustees have rehearsed'
[ ! -e single.key.decrypted.json ] || die "a rehearsal was noted as a decryption"

# ---- nothing is rehearsed once the voting was ordered to begin ---------------------------------

urne new g --questions questions.json --test
cp single.json g-single.json
urne trustee add g g-single.json
urne credentials g --roll roll.csv --out g-private.json
urne seal g
urne board push g --board "$BOARD" --log-key log.pub --yes official.key
uuid=$(jq -r .uuid g/draft.json)
urne order give open "$uuid" --board "$BOARD" --log-key log.pub --yes official.key
refused 'there is nothing to rehearse any more' trustee rehearse "$BOARD/bb/$uuid" \
	--log-key log.pub --key single.key
exec 9>&-
echo "three trustees made a key over a board, whoever lied was seen, and two of them counted"
