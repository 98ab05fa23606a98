#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Hints for ballots: with right ones every ballot is verified by them, with wrong, damaged, foreign, cut or
# reordered ones the report says the same. Another program, tests/support/hints.py, reads and damages
# them.
set -euo pipefail

: "${URNE:?}" "${URNE_VERIFY:?}" "${TOP:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
num=40

die()
{
	echo "FAILED: $*" >&2
	exit 1
}

urne()
{
	"$URNE" "$@" >>log 2>&1 || {
		cat log >&2
		exit 1
	}
}

hints()
{
	python3 "$TOP/tests/support/hints.py" "$@"
}

# election NAME GROUP NUM makes a whole election with so many voters.
election()
{
	urne new "$1" --questions questions.json --test --group "$2"
	urne credentials "$1" --count "$3" --out "$1.private"
	urne trustee key --group "$2" --key "$1.key" --out "$1.json" --no-passphrase
	urne trustee add "$1" "$1.json"
	urne seal "$1"
	urne simulate "$1" --ballots "$3" --credentials "$1.private"
	urne close "$1"
	urne tally "$1"
	urne decrypt "$1" --key "$1.key" --out "$1.decryption"
	urne append "$1" "$1.decryption"
	urne result "$1"
}

# refused STATUS SENTENCE ARGUMENTS...
refused()
{
	local want=$1 says=$2 rc=0
	shift 2
	"$URNE_VERIFY" "$@" >out 2>err || rc=$?
	[ "$rc" = "$want" ] || die "exit $rc instead of $want: $*"
	grep -q -e "$says" out err || die "it does not say '$says': $* ($(head -1 err))"
}

# same FILE NUM [OPTIONS...]: the report with these hints is the plain one, and NUM ballots were verified
# with them. What a note says of the file itself is left out.
same()
{
	local file=$1 want=$2 got
	shift 2
	"$URNE_VERIFY" "$archive" --json - --hints "$file" "$@" >with.json || die "exit $? with $file"
	got=$(jq .election.ballots_with_hints with.json)
	[ "$got" = "$want" ] || die "$file: $got ballots with hints instead of $want"
	jq -S 'del(.election.ballots_with_hints) | .notes |= map(select(test("every ballot is checked exactly") | not))' \
		with.json | cmp -s - plain.json || die "$file: another report"
}

cat >questions.json <<'END'
{"name":"n","description":"d","questions":[{"question":"q","answers":["a","b","c"],"min":0,"max":1},
	{"question":"r","answers":["a","b"],"blank":true,"min":1,"max":2}]}
END
election e Ed25519 $num
archive=$(echo e/*.bel)
"$URNE_VERIFY" "$archive" --json - | jq -S . >plain.json

# --- right hints ---

"$URNE_VERIFY" "$archive" --json - --write-hints right --threads 2 | jq -S . | cmp -s - plain.json ||
	die "writing hints changes the report"
[ "$(hints check "$archive" right)" = $num ] || die "the file has not $num records"
"$URNE_VERIFY" "$archive" --quiet --write-hints again --threads 1 >out
cmp -s right again || die "the file depends on the number of threads"
same right $num --threads 1
same right $num --threads 2
same right $num --threads 7
"$URNE_VERIFY" "$archive" --hints right >out
grep -q "^hints  *$num of these ballots were verified with hints" out ||
	die "the report for people does not say how many"
grep -q hints plain.json && die "a report without hints speaks of them"
hints reorder right reordered 1
same reordered $num
hints twice right twice
same twice $num

# of two records for a ballot the first counts
hints zero right zero
{ cat right && tail -c +65 zero; } >first
same first $num
{ cat zero && tail -c +65 right; } >first
same first 0

# --- wrong ones ---

for how in swap flip zero long empty shorter; do
	for seed in 1 2 3; do
		hints $how right wrong $seed
		same wrong 0
	done
done
size=$(stat -c %s right)
each=$(((size - 64) / num))
# one record missing, and one for nobody: the others are found behind them
{ head -c 64 right && tail -c +$((65 + each)) right; } >missing
same missing $((num - 1))
{ head -c 64 right && head -c 32 /dev/urandom && printf '\0\0\0\0\0\0\0\1' && head -c 64 /dev/zero && tail -c +65 right; } >besides
same besides $num
# cut inside the last record, inside the first, inside the head, to nothing
head -c $((size - 1)) right >short
same short $((num - 1))
head -c $((64 + each - 1)) right >short
same short 0
head -c 63 right >short
same short 0
jq -e '.notes | any(test("no hints for this election"))' with.json >/dev/null || die "no note says why"
: >short
same short 0
head -c 100000 /dev/urandom >noise
same noise 0
# half of the records wrong: the others serve
{ head -c $((64 + each * num / 2)) right && tail -c $((each * num / 2)) wrong; } >half
same half $((num / 2))
# another election's, as they are and said to be of these ballots
election f Ed25519 10
"$URNE_VERIFY" f/*.bel --quiet --write-hints foreign >out
same foreign 0
jq -e '.notes | any(test("no hints for this election"))' with.json >/dev/null || die "no note says that it is foreign"
hints relabel foreign "$archive" foreign-here
same foreign-here 0

# --- a ballot that is wrong fails as it does without, with hints of the right one ---

python3 - "$archive" bad.bel <<'END'
import hashlib, json, sys
data = open(sys.argv[1], "rb").read()
records, at = [], 0
while at < len(data):
    size = int(data[at + 124:at + 135], 8)
    records.append([data[at:at + 512], data[at + 512:at + 512 + size]])
    at += 512 + (size + 511) // 512 * 512
names = {}
ballot = 0
out = b""
for i, (head, body) in enumerate(records):
    name = head[:100].rstrip(b"\0").decode()
    if name.endswith(".data.json") and records[i + 1][1].find(b'"type":"Ballot"') >= 0:
        ballot += 1
        if ballot == 17:
            b = json.loads(body)
            p = b["answers"][0]["individual_proofs"][1][0]
            p["response"] = str(int(p["response"]) + 1)
            body = json.dumps(b, separators=(",", ":")).encode()
    for old, new in names.items():
        body = body.replace(old, new)
    if name.endswith(".json"):
        digest = hashlib.sha256(body).hexdigest()
        if digest != name[:64]:
            names[name[:64].encode()] = digest.encode()
            head = bytearray(head)
            head[:64] = digest.encode()
            head[124:135] = b"%011o" % len(body)
            head[148:156] = b" " * 8
            head[148:156] = b"%06o\0 " % sum(head)
            head = bytes(head)
    out += head + body + bytes(-len(body) % 512)
open(sys.argv[2], "wb").write(out)
END
rc=0
"$URNE_VERIFY" bad.bel --json - | jq -S . >plain.json || rc=$?
jq -e '[.checks[] | select(.verdict == "FAIL") | .id] | index("ballot-proofs") != null' plain.json >/dev/null ||
	die "the changed ballot does not fail by its proofs"
hints relabel right bad.bel bad.hints
for file in right bad.hints; do
	for n in 1 2; do
		"$URNE_VERIFY" bad.bel --json - --hints $file --threads $n >with.json && die "a bad ballot verifies"
		jq -S 'del(.election.ballots_with_hints)' with.json | cmp -s - plain.json ||
			die "$file: another report of a bad ballot"
		[ "$(jq .election.ballots_with_hints with.json)" = $((num - 1)) ] || die "the others are not by hints"
	done
done

# --- what is refused, and kinds of elections that hints do not serve ---

refused 2 "is there already" "$archive" --write-hints right
refused 2 "leave out --hints" "$archive" --write-hints new --hints right
refused 2 "nowhere" "$archive" --hints nowhere
refused 2 "not a file" "$archive" --hints .
refused 2 "nowhere/new" "$archive" --write-hints nowhere/new
mkfifo pipe
refused 2 "not a file" "$archive" --hints pipe
[ ! -e new ] || die "a refused command left a file"
election b BELENIOS-2048 2
refused 0 "hints do not serve this kind of election" b/*.bel --write-hints new
[ ! -e new ] || die "hints were written that serve nobody"
refused 0 "hints do not serve this kind of election" b/*.bel --hints right
echo "hints: as without them, whatever they are"
