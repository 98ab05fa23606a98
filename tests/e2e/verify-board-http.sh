#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# An election is verified by its address: fetched whole, while it grows, over connections that break,
# over TLS, and again into the same folder, where a log that does not continue what was kept is found
# out (threats A9, A10).
set -euo pipefail

: "${URNE:?}" "${URNE_VERIFY:?}" "${TOP:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
umask 077
# shellcheck source=tests/support/vote.sh
source "$TOP/tests/support/vote.sh"
# shellcheck source=tests/support/board.sh
source "$TOP/tests/support/board.sh"
mkdir tmp
export TMPDIR=$work/tmp

two_histories
key=$(board key)
mkdir served
coproc SERVER { python3 "$TOP/tests/support/http-server.py" served; }
read -r port <&"${SERVER[0]}"
url=http://127.0.0.1:$port/bb/$uuid

# The journal of the whole of e, and its beginning, which is that of f too.
for until in release opened; do
	python3 "$TOP/tests/support/journal.py" "$e" "$until.bel" --vote vote.json --until "$until" ||
		die "journal.py"
done

# serve ARCHIVE MAKE-OPTIONS...: what the board shows from now on.
serve()
{
	local journal=opened.bel
	[ "$*" != "$e" ] || journal=release.bel
	rm -rf served/bb
	board make "$1" "served/bb/$uuid" --vote vote.json "${@:2}"
	board make "$journal" served/bb/journal --uuid journal
}

# kept FOLDER ARCHIVE SIZE: the folder holds the first so many events of the archive, and no more.
kept()
{
	head -c "$(board end "$2" $(($3 - 1)))" "$2" | cmp -s - "$1/election.bel" ||
		die "$1 does not hold the first $3 events"
	[ "$(sed -n 2p "$1/checkpoint")" = "$3" ] || die "$1 has another checkpoint"
}

serve "$e"
board receipt "$e" receipt 3
verdict 0 "$url" --log-key "$key" --receipt receipt
for check in log-key log-checkpoint log-root receipts definition; do
	says "$check" PASS
done
because "archive       $url"
because "$(sha256sum <"$e" | cut -c1-64)"
! grep -q 'log-tiles' report || die "tiles were reported that were not fetched"
verdict 0 "$url/" --log-key "$key"
verdict 0 "http://127.0.0.1:$port/breaks/bb/$uuid" --log-key "$key"
# a cache shows the archive of some moments ago
verdict 0 "http://127.0.0.1:$port/stale/bb/$uuid" --log-key "$key"
[ -z "$(ls tmp)" ] || die "files stay behind: $(ls tmp)"

# nothing there, nobody there, no address of an election
verdict 2 "http://127.0.0.1:$port/bb/nothing"
because "bb/nothing/policy: not found"
verdict 2 "http://127.0.0.1:1/bb/$uuid"
because "no answer"
verdict 2 "$url?x=1"
verdict 2 "$e" --keep k
because "not an address"
rm "served/bb/$uuid/vote.json"
verdict 3 "$url"
says definition "NOT CHECKED"

# the log grows while it is fetched: the archive goes on behind the checkpoint, even inside a record
serve "$e" --size 4
truncate -s -700 "served/bb/$uuid/election.bel"
verdict 3 "$url" --log-key "$key"
says log-root PASS
because "stage         voting is open"
because "$(head -c "$(board end "$e" 3)" "$e" | sha256sum | cut -c1-64)"

# kept, and continued as it grows
verdict 3 "$url" --log-key "$key" --keep k
kept k "$e" 4
serve "$e" --size 8
verdict 3 "$url" --log-key "$key" --keep k
kept k "$e" 8
serve "$e"
verdict 0 "$url" --log-key "$key" --keep k
kept k "$e" "$(sed -n 2p "served/bb/$uuid/checkpoint")"
verdict 0 "$url" --log-key "$key" --keep k
verdict 0 k --log-key "$key"
[ ! -e k/checkpoint.refused ] || die "a good checkpoint was set aside"

# a45_: the same with a state, with and without a folder: what was verified is not verified again, and a
# log that goes back, or continues another history, is found out
serve "$e" --size 4
verdict 3 "$url" --log-key "$key" --state s
because "none yet"
cp s s-4
serve "$e"
verdict 0 "$url" --log-key "$key" --state s --keep sk --threads 2
because "resumed behind 4 events with 3 ballots"
says continues PASS
verdict 0 "$url" --log-key "$key" --state s --keep sk
because "resumed behind 11 events with 6 ballots"
cp s s-11
serve "$e" --size 8
truncate -s "$(board end "$e" 7)" "served/bb/$uuid/election.bel"
verdict 3 "$url" --log-key "$key" --state s
says continues "NOT CHECKED"
because "the log shows 8 events, and 11 were there before: it is behind, or it was set back"
because "verified from its beginning"
cmp -s s s-11 || die "a log that went back changed the state"
serve "$f"
verdict 1 "$url" --log-key "$key" --state s
says continues FAIL
says log-root PASS
because "event 3: is not the ballot that was verified there (ballot 3)"
cmp -s s s-11 || die "another history changed the state"
serve "$e"

# the first run was interrupted: the rest is fetched behind what came
mkdir cut
head -c 5000 "$e" >cut/election.bel
verdict 0 "$url" --log-key "$key" --keep cut
kept cut "$e" "$(sed -n 2p "served/bb/$uuid/checkpoint")"

# a9_: the board goes back, and says so under its signature
serve "$e" --size 8
truncate -s "$(board end "$e" 7)" "served/bb/$uuid/election.bel"
verdict 3 "$url" --log-key "$key" --keep k
says log-root "NOT CHECKED"
because "it is behind, or it was set back"
serve "$e"
verdict 0 "$url" --log-key "$key" --keep k

# a10_: the board continues another history than the one that it showed before
serve "$e" --size 4
verdict 3 "$url" --log-key "$key" --keep h
serve "$f"
verdict 1 "$url" --log-key "$key" --keep h
says log-root "NOT CHECKED"
because "does not continue them"
kept h "$e" 4
cmp -s h/checkpoint.refused "served/bb/$uuid/checkpoint" || die "the other checkpoint is not kept"
# as many events, others
serve "$f" --size 4
only 1 log-root "$url" --log-key "$key" --keep h
because "does not continue them"
kept h "$e" 4
# whoever comes for the first time cannot see it: that is what receipts and witnesses are for
verdict 3 "$url" --log-key "$key"
only 1 receipts "$url" --log-key "$key" --receipt receipt
# the key changes between two runs, and nobody named it
serve "$e" --seed 8
verdict 1 "$url" --keep h
says log-key FAIL
because "no longer the one of the copy"
kept h "$e" 4

# what is kept was damaged: the board is not to blame
serve "$e"
truncate -s -100 h/election.bel
verdict 2 "$url" --log-key "$key" --keep h
because "it was damaged"
# the board has less than is kept, whatever it signs
cp -r k shorter
head -c 4000 "$e" >"served/bb/$uuid/election.bel"
verdict 2 "$url" --log-key "$key" --keep shorter
because "cannot be continued"

# TLS, with a certificate that only --ca knows
openssl req -x509 -newkey ed25519 -nodes -keyout tls.key -out tls.pem -days 2 -subj /CN=test \
	-addext subjectAltName=DNS:localhost 2>>log
serve "$e"
# bash knows one coprocess at a time
mkfifo tls.in
python3 "$TOP/tests/support/http-server.py" served tls.pem tls.key <tls.in >tls.port &
exec 9>tls.in
await "the server does not listen" test -s tls.port
secure=https://localhost:$(cat tls.port)/bb/$uuid
verdict 2 "$secure" --log-key "$key"
because "certificate"
verdict 0 "$secure" --log-key "$key" --ca tls.pem
verdict 2 "$secure" --log-key "$key" --ca nothing.pem
exec 9>&-

# the static verifier has no network, and says what to do
if [ -x "${URNE_STATIC_VERIFY:-}" ]; then
	rc=0
	"$URNE_STATIC_VERIFY" "$url" >report 2>&1 || rc=$?
	[ "$rc" = 2 ] || die "the static verifier exits $rc"
	because "built without network"
	"$URNE_STATIC_VERIFY" k --log-key "$key" --quiet >report || die "the static verifier refuses k"
fi
echo "fetched, continued, and held against what was seen before"
