#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# What comes back from copies, and what somebody else put there: each file of a board old, gone, new,
# of another board, of a fork, or with one byte changed. The board refuses with one sentence that says
# what is wrong and the way out, and has changed no file; or it mends what is only missing.
# Threats A9 and A10: ballots whose receipts were given away, and two histories under one key.
set -euo pipefail

# shellcheck source=tests/support/real-board.sh
source "$TOP/tests/support/real-board.sh"
own_folder

# --- tools ---

# sql FILE STATEMENT
sql()
{
	python3 - "$@" <<'EOF'
import hashlib
import sqlite3
import sys
db = sqlite3.connect(sys.argv[1])
db.create_function("sha256", 1, lambda b: hashlib.sha256(b).digest())
db.create_function("flip", 1, lambda b: bytes([b[0] ^ 1]) + b[1:])
db.create_function("other", 1, lambda b: b[:-3] + (b"0" if b[-3:-2] != b"0" else b"1") + b[-2:])
db.create_function("leaf", 1, lambda b: hashlib.sha256(b"\0" + b).digest())
if db.execute(sys.argv[2]).rowcount != 1:
    sys.exit("%s: not one row" % sys.argv[2])
db.commit()
EOF
}

# flip FILE AT: one bit.
flip()
{
	python3 - "$@" <<'EOF'
import sys
with open(sys.argv[1], "r+b") as f:
    f.seek(int(sys.argv[2]), 2 if sys.argv[2].startswith("-") else 0)
    at = f.tell()
    byte = f.read(1)
    f.seek(at)
    f.write(bytes([byte[0] ^ 1]))
EOF
}

# snapshot: all that a board holds; SQLite's index of a WAL and an empty WAL hold nothing.
snapshot()
{
	find case -type f -size +0 ! -name '*-shm' -print0 | sort -z | xargs -0 sha256sum
}

# begin LABEL [FOLDER]: a new copy as the folder `case`.
begin()
{
	label=$1
	rm -rf case
	cp -a "${2:-board}" case
	num=$((num + 1))
}

# one_sentence FILE PATTERN
one_sentence()
{
	[ "$(grep -c '^urne-board: ' "$1")" = 1 ] || die "$label: not one sentence: $(cat "$1")"
	grep -qE "^urne-board: .*$2" "$1" || die "$label: it says $(grep '^urne-board: ' "$1")"
}

unchanged()
{
	[ "$(snapshot)" = "$before" ] || die "$label: files changed: $(diff <(echo "$before") <(snapshot))"
}

# refuses PATTERN: the start does, and leaves everything as it was.
refuses()
{
	before=$(snapshot)
	! start_board case || die "$label: it starts"
	[ "$BOARD_STATUS" = 1 ] || [ "$BOARD_STATUS" = 3 ] || die "$label: status $BOARD_STATUS"
	one_sentence board.log "$1"
	unchanged
}

# command_refuses PATTERN COMMAND...: check, refill, backup or a second run.
command_refuses()
{
	local pattern=$1 status=0
	shift
	before=$(snapshot)
	"$URNE_BOARD" "$@" >command.out 2>command.err || status=$?
	[ "$status" = 1 ] || [ "$status" = 3 ] || die "$label: $1 ends with $status"
	one_sentence command.err "$pattern"
	unchanged
}

check_refuses()
{
	command_refuses "$1" check --dir case
}

# mends [BALLOT]: it starts by itself, and everything is there again; with a ballot it also goes on.
mends()
{
	start_board case || die "$label: it does not start"
	if [ $# -gt 0 ]; then
		post_ballot "$1" answer
		[ "$CODE" = 200 ] || die "$label: a ballot: $CODE $(cat answer)"
	fi
	stop_board
	[ "$BOARD_STATUS" = 0 ] || die "$label: it ends with $BOARD_STATUS"
	check_board case
	CHECKPOINTS=served check_history case receipts >history.out
}

refill()
{
	"$URNE_BOARD" refill --dir case "$@" >refill.out 2>refill.err ||
		die "$label: refill: $(cat refill.err)"
}

# vote FILES...: on the running board, receipts kept.
vote()
{
	local b
	for b in "$@"; do
		post_ballot "$b" answer
		[ "$CODE" = 200 ] || die "$b: $CODE $(cat answer)"
		keep_receipt answer "${RECEIPTS:-receipts}"
		keep_checkpoint "${SERVED:-served}"
	done
}

# --- the boards ---

num=0
votes 12
ballot_files
: >receipts
: >served
new_board board
cp -a board empty
start_board board || die "the board does not start"
bring_setup
stop_board
cp -a board setup
start_board board || die "the board does not start"
vote ballot.0 ballot.1 ballot.2
stop_board
cp -a board old
start_board board || die "the board does not start"
vote ballot.3 ballot.4 ballot.5
stop_board
[ "$BOARD_STATUS" = 0 ] || die "the board ends with status $BOARD_STATUS"
check_board board

# A copy that went on by itself: the same key, the same beginning, another history.
cp -a old fork
start_board fork || die "the fork does not start"
RECEIPTS=receipts.fork SERVED=served.fork vote ballot.6 ballot.7 ballot.8
stop_board
cp -a fork longer
start_board longer || die "the fork does not start"
RECEIPTS=receipts.fork SERVED=served.fork vote ballot.9
stop_board

# Another board with the same name, official and election, and another key. Its journal begins in another
# second: the first two entries would be the same otherwise.
sleep 1.1
new_board other
start_board other || die "the other board does not start"
bring_setup
stop_board
public=case/public/bb/$UUID
of_election="log=(SELECT id FROM log WHERE uuid='$UUID')"
of_journal="log=(SELECT id FROM log WHERE uuid='journal')"

# --- old copies (A9: going on from one drops ballots; A10: and signs a second history) ---

begin "old main.db"
cp old/main.db case/
echo half >case/tmp/0
refuses 'main.db holds 4 entries, and 7 are signed: an old copy .* "urne-board refill"'
check_refuses 'main.db holds 4 entries, and 7 are signed'
refill
grep -q '3 entries added, 7 in all, as signed' refill.out || die "$label: $(cat refill.out)"
mends ballot.10

begin "main.db gone"
rm case/main.db
refuses 'main.db: the database is not there.*"urne-board refill"'
check_refuses 'main.db: the database is not there'
[ ! -e case/main.db ] || die "$label: it was made"
refill
grep -q '7 entries added, 7 in all' refill.out || die "$label: $(cat refill.out)"
mends ballot.10
rm case/main.db
refill
mends ballot.3

begin "main.db of no bytes"
: >case/main.db
refuses 'main.db: is empty, no database of a board'
command_refuses 'main.db: is empty, no database of a board' refill --dir case

begin "main.db is no database"
head -c 8192 /dev/urandom >case/main.db
refuses 'main.db: the file is damaged: .*put back an undamaged one'

begin "main.db new"
cp empty/main.db case/
refuses 'main.db does not know that log: an old or empty main.db .*"urne-board refill"'
refill
mends ballot.10

begin "old head.db"
cp old/head.db case/
refuses 'old copy of head.db was put back; nothing is signed, put back the newest'
check_refuses 'old copy of head.db was put back'

begin "old head.db and old main.db"
cp old/head.db old/main.db case/
refuses 'a checkpoint of 7 entries is published, and head.db knows of 4: an old copy of head.db'

begin "old head.db, and nothing published that would tell"
cp old/head.db case/
rm -r "$public"
refuses 'main.db knows of 7 published entries, and head.db of 4 signed ones: an old copy of head.db'

begin "head.db gone"
rm case/head.db
refuses 'head.db: the file with the signed heads is not there, .* put back the newest one, never a copy'

begin "head.db new"
cp empty/head.db case/
refuses 'head.db has no head of this log, .*made anew or is an old copy'

begin "head.db and main.db new"
cp empty/head.db empty/main.db case/
refuses 'has published a log that neither main.db nor head.db knows'

begin "everything old but the published files"
cp setup/head.db setup/main.db case/
refuses 'a checkpoint of 7 entries is published, and head.db knows of 1'

# --- files of another board ---

begin "head.db of another board" setup
cp other/head.db case/
refuses 'journal: main.db has another history than the one that was signed'

begin "log.key of another board"
cp other/log.key case/
refuses 'log.key: is not the key that log.pub names'

begin "log.key and log.pub of another board"
cp other/log.key other/log.pub case/
refuses 'head in head.db is not signed by the key of this board'
check_refuses 'head in head.db is not signed by the key of this board'

begin "published files of another board: a checkpoint that this key did not sign proves nothing" setup
cp "other/public/bb/$UUID/checkpoint" "$public/"
start_board case || die "$label: it does not start"
grep -q 'published checkpoint is not ours, it is replaced' board.log || die "$label: no warning"
stop_board
cmp -s "$public/checkpoint" "setup/public/bb/$UUID/checkpoint" || die "$label: not replaced"

begin "main.db of a board with another name" empty
cp other/main.db case/
sql case/main.db "UPDATE log SET origin='else.example.org/bb/journal', published=0 WHERE uuid='journal'"
refuses "main.db has the log else.example.org/bb/journal, which is none of $SERVICE"

# --- a fork (A10) ---

begin "checkpoint of a fork"
cp "fork/public/bb/$UUID/checkpoint" "$public/"
refuses 'the checkpoint that is published tells another history than main.db and head.db'
check_refuses 'the checkpoint that is published tells another history'

begin "checkpoint of a longer fork"
cp "longer/public/bb/$UUID/checkpoint" "$public/"
refuses 'a checkpoint of 8 entries is published, and head.db knows of 7'

begin "main.db of a fork"
cp fork/main.db case/
refuses 'main.db has another history than the one that was signed'
command_refuses 'main.db has another history than the one that was signed; move it away' \
	refill --dir case
rm case/main.db # as the sentence says
refill
mends ballot.10

begin "head.db of a fork"
cp fork/head.db case/
refuses 'main.db has another history than the one that was signed'

begin "main.db and head.db of a fork"
cp fork/main.db fork/head.db case/
refuses 'the checkpoint that is published tells another history'

begin "main.db and head.db of a longer fork"
cp longer/main.db longer/head.db case/
refuses 'the checkpoint that is published tells another history'

begin "published files of a fork"
rm -r "$public"
cp -a "fork/public/bb/$UUID" "$public"
refuses 'the checkpoint that is published tells another history'

begin "two processes on one folder, the lock taken away"
start_board case || die "$label: it does not start"
first=$BOARD_PID first_port=$PORT
rm case/lock
start_board case || die "$label: the second does not start"
second=$BOARD_PID second_port=$PORT
PORT=$first_port RECEIPTS=receipts.two SERVED=served.two vote ballot.6
PORT=$second_port
post_ballot ballot.7 answer
[ "$CODE" = 000 ] || die "$label: the second signs as well: $CODE"
kill -9 "$first" "$second" 2>/dev/null || true
wait "$first" "$second" 2>/dev/null || true
BOARD_PID=
mends
CHECKPOINTS=served.two check_history case receipts.two >history.out

# --- one byte ---

begin "a byte of an event"
sql case/main.db "UPDATE entry SET event=flip(event) WHERE idx=2 AND $of_election"
refuses 'main.db: entry 2: its bytes do not give its hashes; the file is damaged'
check_refuses 'main.db: entry 2: its bytes do not give its hashes'
rm case/main.db # as the sentence says
refill
mends ballot.10

begin "an event, and its hashes with it"
sql case/main.db "UPDATE entry SET event=other(event) WHERE idx=6 AND $of_election"
sql case/main.db "UPDATE entry SET ehash=sha256(event), leaf=leaf(event) WHERE idx=6 AND $of_election"
refuses 'main.db has another history than the one that was signed'

begin "the leaf of an entry"
sql case/main.db "UPDATE entry SET leaf=flip(leaf) WHERE idx=5 AND $of_election"
refuses 'main.db: entry 5: its bytes do not give its hashes'

begin "a node"
sql case/main.db "UPDATE node SET h=flip(h) WHERE lvl=1 AND i=1 AND $of_election"
refuses 'main.db: entry 3: a node above it is not the hash of its children'
check_refuses 'main.db: entry 3: a node above it is not the hash of its children'

begin "an entry is gone"
sql case/main.db "DELETE FROM entry WHERE idx=3 AND $of_election"
refuses 'main.db: entries are missing'

begin "a record of the Setup"
sql case/main.db "UPDATE object SET data=flip(data) WHERE rowid=3" # behind genesis and software
refuses 'main.db: entry 0: an object that it names does not give its hash'

begin "a ballot among the objects"
sql case/main.db "UPDATE object SET data=flip(data) WHERE rowid=(SELECT max(rowid) FROM object)"
check_refuses 'main.db: entry 6: an object that it names does not give its hash'
rm case/main.db
refill
mends

begin "a ballot is gone from the objects"
sql case/main.db "DELETE FROM object WHERE rowid=(SELECT max(rowid) FROM object)"
check_refuses 'main.db: entry 6: an object that it names is missing'

begin "the table of ballots"
sql case/main.db "UPDATE ballot SET idx=5 WHERE idx=4"
check_refuses 'entry 4: the table of ballots does not lead to it'

begin "who voted last with what"
sql case/main.db "UPDATE last SET bhash=flip(bhash) WHERE member=(SELECT min(member) FROM last)"
check_refuses 'the last ballot of member [0-9]+ is not the one that counts'

begin "the head's note"
sql case/head.db "UPDATE head SET note=flip(note) WHERE origin='$SERVICE/$UUID'"
refuses 'the head in head.db is not signed by the key of this board'

begin "the head's size and root"
sql case/head.db "UPDATE head SET size=4 WHERE origin='$SERVICE/$UUID'"
refuses 'another history|changed by hand'

begin "a published tile"
flip "$public/tile/0/000.p/7" 40
check_refuses "tile/0/000.p/7: is not what the log says"

begin "a published ballot"
flip "$(find "$public/objects" -type f | sort | head -n 1)" 200
check_refuses 'objects/[0-9a-f]{64}: is not what the log says'

begin "the published archive"
flip "$public/election.bel" -700
check_refuses 'election.bel: is not what the log says'

begin "something behind the archive"
echo more >>"$public/election.bel"
refuses 'election.bel is longer than main.db says'
check_refuses 'election.bel is longer than main.db says'

# --- the journal ---

begin "the genesis"
sql case/main.db "UPDATE object SET data=flip(data) WHERE rowid=1"
refuses 'journal: main.db: entry 0: an object that it names does not give its hash'

begin "a byte of an order's entry"
sql case/main.db "UPDATE entry SET event=flip(event) WHERE idx=2 AND $of_journal"
refuses 'journal: main.db: entry 2: its bytes do not give its hashes'
check_refuses 'journal: main.db: entry 2: its bytes do not give its hashes'
rm case/main.db # as the sentence says
refill
mends ballot.10

begin "the last entry of the journal is gone"
sql case/main.db "DELETE FROM entry WHERE idx=4 AND $of_journal"
refuses 'journal: main.db holds 4 entries, and 5 are signed: an old copy'
refill
grep -q 'journal: 1 entries added, 5 in all, as signed' refill.out || die "$label: $(cat refill.out)"
mends ballot.10

begin "a journal of another board" empty
cp other/main.db other/head.db other/log.key other/log.pub case/
cp -r other/public/bb/. case/public/bb/
sed -i 's/"agree":1/"agree": 1/' case/board.json
start_board case || die "$label: it does not start with a board.json that says the same"
stop_board
sed -i 's/"name":"vote.example.org"/"name":"Les autres"/' case/board.json
refuses 'board.json: "name" is not what the journal.s genesis says; put back what it was'
check_refuses 'board.json: "name" is not what the journal.s genesis says'

begin "all published files of the journal gone"
rm -r case/public/bb/journal
mends ballot.10

begin "something behind the archive of the journal"
echo more >>case/public/bb/journal/election.bel
refuses 'journal: election.bel is longer than main.db says'

# --- what is only missing is made anew ---

begin "a shorter archive"
truncate -s -5000 "$public/election.bel"
check_refuses 'election.bel: is missing or incomplete'
mends ballot.10

begin "the archive gone"
rm "$public/election.bel"
mends ballot.10

begin "the checkpoint gone"
rm "$public/checkpoint"
mends

begin "objects and tiles gone"
rm -r "$public/objects" "$public/tile"
check_refuses 'is missing or incomplete; move the checkpoint beside it away'
rm "$public/checkpoint" # as the sentence says
mends ballot.10

begin "all published files of the election gone"
rm -r "$public"
mends ballot.10

begin "the public folder gone"
rm -r case/public
refuses 'public/bb: the folder is not there; if it is lost make an empty one'
mkdir -p case/public/bb
mends ballot.10

begin "tmp gone"
rmdir case/tmp
refuses 'case/tmp: the folder is not there'
mkdir case/tmp

begin "leftovers in tmp"
echo half >case/tmp/0
echo half >case/tmp/17
mends ballot.10
[ -z "$(ls case/tmp)" ] || die "$label: they stay"

# --- beside a running board ---

begin "a running board"
start_board case || die "$label: it does not start"
command_refuses 'another urne-board works on this folder' run --dir case --listen 127.0.0.1:0
command_refuses 'another urne-board works on this folder' check --dir case
command_refuses 'another urne-board works on this folder' refill --dir case
stop_board

# --- refill takes nothing that was not signed ---

begin "refill from nothing"
cp old/main.db case/
command_refuses 'election.bel' refill --dir case --from "$work/nowhere"

begin "refill from a shorter archive"
cp old/main.db case/
command_refuses '4 entries and 7 are signed; look for a newer one' \
	refill --dir case --from old/public/bb

begin "refill from a fork"
cp old/main.db case/
command_refuses 'is not what was signed; nothing is added' refill --dir case --from fork/public/bb

begin "refill from a changed archive"
rm case/main.db
cp -a "case/public/bb" changed
flip "changed/$UUID/election.bel" -2500
command_refuses "election $UUID: " refill --dir case --from "$work/changed"
[ ! -e case/main.db ] || die "$label: a main.db is there"
refill --from board/public/bb
mends ballot.10

# --- a full disk ---

if [ "$(id -u)" = 0 ] || [ "$(cat /proc/sys/kernel/yama/ptrace_scope 2>/dev/null || echo 0)" = 0 ]; then
	begin "a full disk"
	rm "$public/checkpoint"
	# in an instrumented build the leak checker and strace exclude each other
	TRACE=(env "ASAN_OPTIONS=${ASAN_OPTIONS:-}:detect_leaks=0" strace -f -qq -o trace -e trace=pwrite64 -e inject=pwrite64:error=ENOSPC)
	refuses 'main.db|public/bb'
	TRACE=()
	mends ballot.10
fi

# --- backup while people vote ---

# Eight voters at a time come until the copy is there, and the rest behind it.
votes 150
rm ballot.*
ballot_files
new_board busy
start_board busy || die "the board does not start"
bring_setup
busy_ballot()
{
	[ -e copied ] || curl -s --max-time 120 --data-binary "@ballot.$1" -o "busy.$1" "http://127.0.0.1:$PORT/bb/$UUID/ballots"
}
export -f busy_ballot
export PORT UUID
seq 0 139 | xargs -P 8 -I{} bash -c 'busy_ballot {}' &
voters=$!
thirty()
{
	[ "$(find . -name 'busy.*' -size +0 | wc -l)" -ge 30 ]
}
await "nobody votes" thirty
before_copy=$(find . -name 'busy.*' -size +0 | wc -l)
"$URNE_BOARD" backup --dir busy --out copy >backup.out 2>&1 || die "backup: $(cat backup.out)"
touch copied
wait "$voters" || die "voters"
cast 16 receipts.busy >cast.out 2>cast.err || die "voters: $(cat cast.err)"
stop_board KILL # its WAL stays
check_board copy
ballots=$(sed -n 's/.* entries, \([0-9]*\) ballots, rows agree$/\1/p' check.out)
if [ "$ballots" -lt "$before_copy" ] || [ "$ballots" -ge 150 ]; then
	die "the copy has $ballots ballots, $before_copy had a receipt when it began"
fi
: >served.busy

begin "a backup in the place of main.db, beside the WAL of the newer one" busy
[ -s case/main.db-wal ] || die "$label: there is no WAL"
cp copy/main.db case/
if start_board case; then
	stop_board
	check_board case
	CHECKPOINTS=served.busy check_history case receipts.busy >history.out
else
	one_sentence board.log 'main.db'
fi

begin "main.db gone, its WAL still there" busy
rm case/main.db
refuses 'main.db: the database is not there'
refill
[ ! -e case/main.db-wal ] || die "$label: the WAL of the lost database would be mixed in"
start_board case || die "$label: it does not start"
stop_board
check_board case
CHECKPOINTS=served.busy check_history case receipts.busy >history.out

begin "a backup in the place of main.db" busy
rm case/main.db-wal case/main.db-shm
cp copy/main.db case/
refuses "main.db holds $((ballots + 1)) entries, and 151 are signed: an old copy"
refill
cp receipts.busy receipts
cp served.busy served
mends

echo "$num cases: refused with nothing changed, or mended; a copy of $ballots of 150 ballots made while people voted"
