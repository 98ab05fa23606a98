#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# A whole election on the command line, in Ed25519: one single trustee with a passphrase and a
# threshold of 2 of 3, weights, revotes, an interrupted append, to a result that is the one the
# choices give and that urne-verify accepts.
set -euo pipefail

: "${TOP:?}" "${URNE:?}" "${URNE_VERIFY:?}" "${URNE_BOARD:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
umask 077

die()
{
	echo "FAILED: $*" >&2
	exit 1
}
urne()
{
	"$URNE" "$@" 2>>errors || die "urne $*: $(tail -n 3 errors)"
}
# says TEXT COMMAND...: the output holds TEXT.
says()
{
	local text=$1
	shift
	"$@" >out 2>&1 || die "$*: $(cat out)"
	grep -qF -- "$text" out || die "$*: no \"$text\" in: $(cat out)"
}
credential()
{
	sed -n "s/^\"$1\":\"\(.*\)\",\{0,1\}\$/\1/p" private.json
}
# vote MEMBER CHOICES BALLOT
vote()
{
	printf '%s\n' "$2" >choices.json
	credential "$1" | urne vote e --credential - --choices choices.json --out "$3" >out
	grep -q 'not cast yet' out || die "vote does not say that nothing is cast"
}

cat >questions.json <<'EOF'
{
  "name": "Élection", "description": "essai",
  "questions": [
    {"answers": ["Pour", "Contre"], "min": 0, "max": 1, "question": "Liste ?"},
    {"answers": ["A", "B", "C"], "blank": true, "min": 1, "max": 2, "question": "Qui ?"},
    {"type": "Lists", "value": {"answers": [["L1", "a", "b"], ["L2", "c"]], "question": "Listes ?"}}
  ]
}
EOF
printf '# membres\n\nanna,5\nbruno,1\r\nchloé,2\ndavid,0\n' >roll.csv
echo 'correct horse' >pass

says 'no draft.json' bash -c "mkdir empty && ! $URNE status empty"
urne new e --questions questions.json --administrator 'La commission' --test >/dev/null
says 'urne credentials e' urne status e
urne credentials e --roll roll.csv --out private.json >/dev/null
[ "$(stat -c %a private.json)" = 600 ] || die "private.json is not 0600"
[ "$(grep -c '^"' private.json)" = 4 ] || die "private.json has not 4 members"
urne trustee key --group Ed25519 --key s.key --out s.json --passphrase-file pass >/dev/null
[ "$(stat -c %a s.key)" = 600 ] || die "s.key is not 0600"
grep -q argon2id s.key || die "s.key is not locked"
urne trustee add e s.json >/dev/null
urne ceremony open e --size 3 --threshold 2 >/dev/null
for round in 1 2 3 4; do
	for j in 1 2 3; do
		in=e/ceremony/round-$round-for-all.json
		[ -e "$in" ] || in=e/ceremony/round-$round-for-$j.json
		says "--in $in" urne status e
		urne trustee step --key "t$j.key" --in "$in" --out "a$round-$j.json" \
			--no-passphrase >/dev/null
		if [ "$j" != 3 ]; then
			says 'still missing: trustee' urne ceremony collect e "a$round-$j.json"
		else
			says "round $round of 4 is complete" urne ceremony collect e "a$round-$j.json"
		fi
	done
done
says 'urne seal e' urne status e
urne seal e >fingerprints
for word in election credentials trustees; do
	grep -Eq "^  $word +[A-Za-z0-9+/]{43}\$" fingerprints || die "no fingerprint of the $word"
done
archive=$(echo e/*.bel)

vote anna '[["Contre"],"blank",[[1,0,1],[0,0]]]' b1
says 'cast as event 1' urne append e b1
vote bruno '[["Pour"],["A","C"],["L2","c"]]' b2
vote "chloé" '[[0,0],[0,0,1,0],[[1,1,1],[0,0]]]' b3
vote david '[["Pour"],["A"],["L2","c"]]' b4
says 'cast as event 4' urne append e b2 b3 b4
# a revote names what it replaces
tracker=$(openssl dgst -sha256 -binary b1 | base64 | tr -d =)
vote anna '[["Pour"],["B"],["L2","c"]]' b5
says "$tracker" urne append e b5
rc=0
"$URNE_VERIFY" --quiet "$archive" >/dev/null || rc=$?
[ "$rc" = 3 ] || die "urne-verify says $rc of an open election"

# an append that was cut short: kept aside, and the archive goes on with its last whole event
cp "$archive" whole.bel
vote bruno '[["Contre"],["A"],["L2","c"]]' b6
urne append e b6 >/dev/null
size=$(stat -c %s whole.bel)
truncate -s $((size + 700)) "$archive"
says 'interrupted append' "$URNE" status e
vote bruno '[["Contre"],["B"],["L2","c"]]' b7
says 'now in' "$URNE" append e b7
[ "$(stat -c %s "$archive".torn-6)" = 700 ] || die "the torn bytes are not beside the archive"
cmp -n "$size" whole.bel "$archive" || die "what stood in the archive has changed"

urne simulate e --ballots 1 --credentials private.json --threads 1 >/dev/null
vote anna '[["Pour"],["B"],["L2","c"]]' b8
vote bruno '[["Contre"],["B"],["L2","c"]]' b9
vote "chloé" '[[0,0],[0,0,1,0],[[1,1,1],[0,0]]]' b10
vote david '[["Pour"],["A"],["L2","c"]]' b11
urne append e b8 b9 b10 b11 >/dev/null
urne close e >/dev/null
urne tally e --json >out
grep -q '"num_tallied":4,"total_weight":8' out || die "tally: $(cat out)"
urne decrypt e --key s.key --passphrase-file pass --out d1 >/dev/null
urne decrypt "$archive" --key t3.key --share e/ceremony/share-3.dkey --out d4 >/dev/null
says 'trustee 4' urne append e d1 d4
says 'urne result e' urne status e
urne decrypt e --key t1.key --share e/ceremony/share-1.dkey --owner 2 --out d2 >/dev/null
urne append e d2 >/dev/null
urne result e --json >out
counts=$(grep -o '"count":[0-9]*' out | cut -d: -f2 | tr '\n' ' ')
[ "$counts" = "5 1 0 0 8 0 2 2 2 6 6 " ] || die "the counts are $counts"
says 'Pour: 5' urne show e
says 'urne-verify' urne status e
"$URNE_VERIFY" "$archive" >out || die "urne-verify: $(cat out)"
! grep -rqF -f <(sed -n 's/^"[^"]*":"\(.*\)",\{0,1\}$/\1/p' private.json) e errors out ||
	die "a private credential has leaked"

# every command has help and a man page, and what is committed is what the tables give
while IFS= read -r name; do
	# shellcheck disable=SC2086 # "trustee-key" are two words
	says 'Exit status' urne ${name//-/ } --help
done < <("$URNE" help --man list)
"$TOP/tools/gen-man.sh" "$URNE" "$URNE_BOARD" man
for page in man/*; do
	cmp "$page" "$TOP/docs/man/${page#man/}" || die "run tools/gen-man.sh: $page differs"
done
echo "a whole election, verified"
