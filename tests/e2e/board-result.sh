#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# What a board shows after the release: the outcome as everybody else computes it, and the minutes that the
# officials certified, bound by the hash that they ordered; other minutes and other signatures are refused.
set -euo pipefail

: "${TOP:?}" "${URNE:?}" "${URNE_BOARD:?}" "${URNE_VERIFY:?}"
work=$(mktemp -d)
trap 'exec 8>&- 9<&-; wait; rm -rf "$work"' EXIT
cd "$work"

die()
{
	echo "FAILED: $*" >&2
	exit 1
}

mkfifo in out
bash "$TOP/tests/support/booth-board.sh" "$work/vote" <in >out &
exec 8>in 9<out
read -r line <&9 || die "no board"
board=$(jq -r .board <<<"$line") uuid=$(jq -r .uuid <<<"$line")
url=$board/bb/$uuid

# does WHAT: the board of the tests has done it.
does()
{
	echo "$1" >&8
	read -r line <&9 || die "$1: the board ended"
	[ "$line" = "{\"done\":\"$1\"}" ] || die "$1: $line"
}

# no STATUS PIECE PATH [CURL-OPTIONS]: the answer is a problem with this sentence.
no()
{
	local want=$1 piece=$2 path=$3 got
	shift 3
	got=$(curl -s -o answer -w '%{http_code}' "$@" "$url/$path")
	[ "$got" = "$want" ] || die "$path: $got, not $want: $(cat answer)"
	grep -qF -- "$piece" answer || die "$path: no \"$piece\" in $(cat answer)"
}

# put STATUS PIECE NAME FILE
put()
{
	no "$1" "$2" "$3" -X PUT --data-binary "@$4"
}

for name in outcome.json outcome.csv; do
	no 404 'there is no result yet: the election is open' "$name"
done
no 404 'brought no minutes.json' minutes.json
no 404 'brought no minutes.note' minutes.note
no 404 'no page of minutes in this language' minutes.fr.html
echo '{}' >some.json
put 409 'the election is open' minutes.json some.json

does ballots
does result

# the outcome is the one that the program of an official computes from the archive
"$URNE" board pull pulled --board "$url" --log-key vote/board/log.pub >/dev/null 2>&1 || die "pull"
for format in json csv; do
	"$URNE" outcome pulled --format "$format" >"own.$format" 2>/dev/null || die "outcome"
	curl -sf "$url/outcome.$format" >"served.$format" || die "no outcome.$format"
	cmp "own.$format" "served.$format" || die "another outcome.$format"
done
curl -sI "$url/outcome.csv" | grep -qi '^content-type: text/csv; charset=utf-8' || die "the type of the CSV"
jq -e '.items | length == 6' served.json >/dev/null || die "not six items"
curl -s "$board/bb/journal/outcome.json" | grep -q 'journal is no election' || die "the journal has an outcome"

# nothing is taken before the order, which names the hash
put 409 'the election is released' minutes.json some.json
does minutes
cmp vote/minutes/minutes.json <(curl -sf "$url/minutes.json") || die "the minutes are not on the board"
cmp vote/minutes/minutes.note <(curl -sf "$url/minutes.note") || die "their signatures are not on the board"
curl -sI "$url/minutes.json" | grep -qi '^content-security-policy: default-src .none.; sandbox' || die "the minutes could run"

# the page of them is what urne minutes makes, and the browser lets nothing in it run
for lang in fr en; do
	cmp "vote/minutes/minutes.$lang.html" <(curl -sf "$url/minutes.$lang.html") || die "another page in $lang"
done
curl -sI "$url/minutes.fr.html" >page.headers
grep -qi "^content-security-policy: default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]*='; .*; sandbox" page.headers ||
	die "the policy of the page: $(cat page.headers)"
grep -qi '^content-type: text/html; charset=utf-8' page.headers || die "the type of the page"

# it is made once: what it is made of is not looked at again; whoever has it is told so, and gzip has the same bytes
mv vote/board/public/bb/journal/election.bel journal.bel
for lang in fr en; do
	cmp "vote/minutes/minutes.$lang.html" <(curl -sf "$url/minutes.$lang.html") || die "the page in $lang is made anew"
	cmp "vote/minutes/minutes.$lang.html" <(curl -sf -H 'Accept-Encoding: gzip' "$url/minutes.$lang.html" | gunzip) || die "gzip"
done
mv journal.bel vote/board/public/bb/journal/election.bel
etag=$(grep -i '^etag: ' page.headers | tr -d '\r' | cut -d' ' -f2)
curl -si -H "If-None-Match: $etag" "$url/minutes.fr.html" >page.same
grep -q '^HTTP/1.1 304' page.same || die "who has the page is sent it again: $(head -n 1 page.same)"
grep -qi '^content-security-policy: .*; sandbox' page.same || die "304 without the policy"
grep -qi '^vary: accept-encoding' page.headers || die "no Vary"

# what is bound stays
sed 's/Vote/vote/' vote/minutes/minutes.json >other.json
put 422 'these are not the minutes' minutes.json other.json
put 200 '"repeated":true' minutes.json vote/minutes/minutes.json
head -n 5 vote/minutes/minutes.note >one.note
put 422 'are needed' minutes.note one.note
sed 's/sha256 0/sha256 1/; t; s/sha256 ./sha256 0/' vote/minutes/minutes.note >moved.note
put 422 '' minutes.note moved.note
put 400 '' minutes.note some.json
{ cat vote/minutes/minutes.note; tail -n 1 vote/minutes/minutes.note | sed 's/^\(. \)[a-z]*/\1eve/'; } >eve.note
put 422 '' minutes.note eve.note
cmp vote/minutes/minutes.note <(curl -sf "$url/minutes.note") || die "the signatures changed"

# they are there after a restart, and the board is sound
does stop
"$URNE_BOARD" check --dir vote/board >check.out 2>&1 || die "check: $(cat check.out)"
does start
cmp vote/minutes/minutes.json <(curl -sf "$url/minutes.json") || die "the minutes are gone"
cmp vote/minutes/minutes.fr.html <(curl -sf "$url/minutes.fr.html") || die "the page is gone"
cmp own.json <(curl -sf "$url/outcome.json") || die "the outcome is gone"
exec 8>&-
