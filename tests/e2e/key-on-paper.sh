#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Keys on paper: printed, read back by a camera and by hand, typed on a terminal with mistakes, and a
# whole election whose trustee lost the machine. Papers that are wrong, mixed up or of another key
# give no key file.
set -euo pipefail

: "${URNE:?}" "${URNE_VERIFY:?}" "${TOP:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
umask 077
# shellcheck source=tests/support/vote.sh
source "$TOP/tests/support/vote.sh"

echo 'correct horse battery staple' >pass
echo 'another one' >other-pass
P=(--passphrase-file pass)

# lines PDF: the typed lines, as pdftotext sees them
lines()
{
	pdftotext -layout "$1" - | tr -d '\f' | grep -E '^ *[0-9]+:  '
}

# code PDF DPI: what the QR code says
code()
{
	pdftoppm -r "$2" -png "$1" sheet
	zbarimg --nodbus -q --raw sheet*.png 2>>log || [ $? = 4 ]
	rm sheet*.png
}

# no_file: a refusal left nothing behind
no_file()
{
	[ ! -e "$1" ] || die "$1 was written"
}

# ---- one key of each kind, locked, comes back byte for byte -----------------------------------

urne official key --name claire --key claire.key --out claire.pub "${P[@]}"
urne official key --name hugo --key hugo.key --out hugo.pub "${P[@]}"
urne trustee key --group Ed25519 --key anna.key --out anna.json "${P[@]}"
urne trustee key --group RFC-3526-2048 --key rfc.key --out rfc.json "${P[@]}"
urne new ceremony --questions <(echo '{"name":"n","description":"d","questions":[{"answers":["A","B"],"min":0,"max":1,"question":"?"}]}') --test
urne ceremony open ceremony --size 2 --threshold 2
urne trustee step --key malik.key --in ceremony/ceremony/round-1-for-2.json --out malik.json "${P[@]}"
urne trustee identity --name nadia --key nadia.key --out nadia.pub "${P[@]}"
cp claire.pub claire.json
cp nadia.pub nadia.json
for who in claire anna malik rfc nadia; do
	urne key print $who.key --public $who.json --owner "Zoé" --out $who.pdf "${P[@]}"
	[ "$(stat -c %a $who.pdf)" = 600 ] || die "others can read $who.pdf"
	for dpi in 150 300; do
		code $who.pdf $dpi >$who.code
		# a pipe is read without being told
		"$URNE" key restore --out $who.$dpi "${P[@]}" <$who.code >>log 2>&1 ||
			die "$who at $dpi dpi: $(tail -n 1 log)"
		cmp $who.key $who.$dpi
		[ "$(stat -c %a $who.$dpi)" = 600 ] || die "others can read $who.$dpi"
	done
	lines $who.pdf >$who.lines
	urne key restore --from $who.lines --out $who.typed "${P[@]}"
	cmp $who.key $who.typed
done
[ "$(wc -l <claire.lines)" -lt 12 ] || die "more lines than needed"

# which key it is: what anybody can compute from the public half
sum=$(jq -rj .public_key anna.json | sha256sum | cut -c1-64)
"$URNE" key restore --from anna.lines --out which.key "${P[@]}" --json | jq -e --arg h "$sum" \
	'.public_sha256 == $h and .was_locked and .key == "key of a single trustee, group Ed25519"' \
	>/dev/null || die "another fingerprint than that of the public key"
pdftotext anna.pdf - | tr -d ' \n' >anna.txt
grep -qF "$sum" anna.txt || die "the page lacks the fingerprint"
sum=$(jq -rj '.certs[0].message | fromjson | .verification' malik.json | sha256sum | cut -c1-64)
pdftotext malik.pdf - | tr -d ' \n' >malik.txt
grep -qF "$sum" malik.txt || die "the page lacks the fingerprint"
grep -qF 'keyoftrustee2of2,ofwhom2suffice' malik.txt ||
	die "the page does not say which trustee's key it is"

sum=$(cut -d+ -f3- nadia.pub | tr -d '\n' | sha256sum | cut -c1-64)
"$URNE" key restore --from nadia.lines --out which-trustee.key "${P[@]}" --json |
	jq -e --arg h "$sum" '.public_sha256 == $h and .key == "key of a trustee that boards know by name"' \
	>/dev/null || die "another fingerprint than that of the identity"
pdftotext nadia.pdf - | tr -d ' \n' >nadia.txt
grep -qF "$sum" nadia.txt || die "the page lacks the fingerprint"
grep -qF 'keyofthetrustee“nadia”' nadia.txt || die "the page does not name the trustee"

# nothing of a plain key in what the programs say, and only the lines on the page
urne official key --name open --key open.key --out open.pub --no-passphrase
seed=$(cut -d+ -f4- open.key)
"$URNE" key print open.key --plain --out open.pdf --json >said 2>&1
"$URNE" key print open.key --plain --out - --text >open.txt 2>>said
grep -E '^ *[0-9]+:  ' open.txt >open.lines
"$URNE" key restore --from open.lines --out open.back --no-passphrase >>said 2>&1
cmp open.key open.back
! grep -qF "${seed:4:20}" said open.txt || die "the key is told"
! grep -qF "$(tr -d ' ' <open.lines | cut -d: -f2 | tail -n 1)" said || die "a line is told"
grep -q 'no passphrase protects it' open.txt || die "the page does not warn"
lines open.pdf | diff -b - open.lines || die "text and PDF have other lines"

# the page in French, with a name that is longer than a line
name="Anne-Sophie de la Tour d'Auvergne-Lauraguais, née Kowalczyk-Brzęczyszczykiewicz, suppléante"
urne key print claire.key --owner "$name" --purpose "Élections européennes" --lang fr \
	--out fr.pdf "${P[@]}"
pdftotext fr.pdf fr.txt
tr -d ' \n-' <fr.txt >fr.whole
grep -qF "$(tr -d ' -' <<<"$name")" fr.whole ||
	die "the name is not whole"
grep -qF 'Clé privée sur papier' fr.txt || die "the page is not in French"
[ "$(pdfinfo fr.pdf | awk '$1 == "Pages:" { print $2 }')" = 1 ] || die "the paper has two sheets"

# ---- on the terminal --------------------------------------------------------------------------

# The third line has a wrong character first, the fourth two that changed places.
cut -d: -f2 anna.lines >right
wrong=$(sed -n 3p right | awk '{ $1 = substr($1, 1, 2) (substr($1, 3, 1) == "7" ? "8" : "7") substr($1, 4); print }')
swapped=$(sed -n 4p right | sed -E 's/(.)(.)$/\2\1/')
[ "$swapped" != "$(sed -n 4p right)" ] || swapped=
{ sed -n 1,2p right; echo "$wrong"; sed -n 3p right; echo "$swapped"; sed -n '4,$p' right | tr '[:upper:]' '[:lower:]'; } >typing
script -qec "'$URNE' key restore --out terminal.key --passphrase-file pass" terminal.log <typing >/dev/null ||
	die "typed on the terminal: $(tail -n 3 terminal.log)"
cmp anna.key terminal.key
grep -q 'line 3: one character is wrong: look at number 3 of group 1 again' terminal.log ||
	die "the mistake is not named"
[ -z "$swapped" ] || grep -q 'line 4: number 3 of group 7 and the character after it' terminal.log ||
	die "the exchange is not named"
grep -q 'line 4 of 11: right' terminal.log || die "what is right is not said"

# ---- papers that give no key ------------------------------------------------------------------

R=(key restore --out bad.key "${P[@]}")
sed '3s/ \(.\)\(...\)$/ \2\1/' anna.lines >bad
cmp -s anna.lines bad || refused 'bad: line 3: ' "${R[@]}" --from bad
awk 'NR == 5 { $2 = substr($2, 1, 3) (substr($2, 4) == "7" ? "8" : "7") } { print }' anna.lines >bad
refused 'bad: line 5: one character is wrong: look at number 4 of group 1 again' "${R[@]}" --from bad
sed 4d anna.lines >bad
refused 'bad: line 4 is missing: line 5 stands at its place' "${R[@]}" --from bad
sed '$d' anna.lines >bad
refused 'is missing: the paper has 11 lines' "${R[@]}" --from bad
awk 'NR == 6 { six = $0; next } NR == 7 { print; print six; next } { print }' anna.lines >bad
refused 'bad: line 6 is missing: line 7 stands at its place' "${R[@]}" --from bad
awk -F: -v OFS=: 'NR == 6 { t = $2; next } NR == 7 { print " 6", $2; print " 7", t; next } 1' anna.lines >bad
refused 'bad: line 6: this is line 7 of the paper, at the wrong place' "${R[@]}" --from bad
cat anna.lines <(tail -n 1 anna.lines) >bad
refused 'stands here a second time' "${R[@]}" --from bad
urne key print hugo.key --out hugo.pdf "${P[@]}"
lines hugo.pdf >hugo.lines
{ sed -n 1,3p claire.lines; sed -n '4,$p' hugo.lines; } >bad
refused 'they are not of one paper' "${R[@]}" --from bad
cut -d: -f2 anna.lines >bad
refused 'begins with its number and a colon' "${R[@]}" --from bad
: >bad
refused 'there is no line of a key' "${R[@]}" --from bad
refused 'there is no line of a key' "${R[@]}" </dev/null
refused 'the key on the paper is not the private half of claire.pub' "${R[@]}" --from anna.lines \
	--public claire.pub
refused 'the key on the paper is not the private half of claire.pub' "${R[@]}" --from hugo.lines \
	--public claire.pub
refused 'the key on the paper is not the private half of claire.pub' "${R[@]}" --from nadia.lines \
	--public claire.pub
refused 'the passphrase does not open the key' key restore --out bad.key --from anna.lines \
	--passphrase-file other-pass
no_file bad.key
refused 'exists already' key restore --out anna.key --from anna.lines "${P[@]}"
cmp anna.key anna.typed

# ---- keys that are not printed ----------------------------------------------------------------

K=(key print --out bad.pdf "${P[@]}")
refused 'has no passphrase, so whoever has its paper has the key' "${K[@]}" open.key
refused 'the passphrase does not open the key' key print anna.key --public anna.json --out bad.pdf \
	--passphrase-file other-pass
refused 'anna.key is not the private half of rfc.json' "${K[@]}" anna.key --public rfc.json
refused 'claire.key is not the private half of hugo.pub' "${K[@]}" claire.key --public hugo.pub
refused 'nadia.key is not the private half of hugo.pub' "${K[@]}" nadia.key --public hugo.pub
refused 'claire.key is not the private half of nadia.pub' "${K[@]}" claire.key --public nadia.pub
refused 'give the certificate that the trustee wrote' "${K[@]}" malik.key \
	--public ceremony/ceremony/round-1-for-2.json
refused 'is neither a trustee' "${K[@]}" anna.key --public ceremony/draft.json
# usage ARGS...: exit status 2
usage()
{
	local rc=0
	"$URNE" key print "${P[@]}" "$@" >>log 2>&1 || rc=$?
	[ $rc = 2 ] || die "key print $* exits $rc, not 2"
}
usage anna.key --out bad.pdf
usage claire.key --out bad.pdf --lang de
usage claire.key --out -
usage claire.key --out - --text --json
no_file bad.pdf
refused 'exists already' key print claire.key --out claire.pub "${P[@]}"

# ---- an election whose trustee has only the paper ---------------------------------------------

rm claire.* hugo.*
definition 2026-01-02T08:00:00+01:00 2199-01-03T20:00:00+01:00 >vote.json
sealed e --test
urne key print e-trustee.key --public e-trustee.json --plain --out trustee.pdf
rm e-trustee.key
five e
urne close e
urne tally e
code trustee.pdf 150 >trustee.code
urne key restore --from trustee.code --public e-trustee.json --out new.key "${P[@]}"
grep -q '^{"urne_key":1' new.key || die "a plain paper gives a file without passphrase"
urne decrypt e --key new.key --out decryption.json "${P[@]}"
urne append e decryption.json
urne result e
verdict 0 e/*.bel
echo "keys on paper: printed, read, typed, and refused as they must be"
