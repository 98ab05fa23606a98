#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The program urne-board as its operator meets it: made whole or not at all, served over HTTP and
# HTTPS, refused with a sentence, stopped without losing an answer.
set -euo pipefail

work=$(mktemp -d)
pid=
# shellcheck disable=SC2317 # by the trap
cleanup()
{
	[ -z "$pid" ] || kill -9 "$pid" 2>/dev/null || true
	rm -rf "$work"
}
trap cleanup EXIT
cd "$work"
num=0

die()
{
	echo "FAILED: $*" >&2
	[ ! -s log ] || tail -n 5 log >&2
	exit 1
}

# shellcheck source=tests/support/await.sh
source "$TOP/tests/support/await.sh"

# refuse STATUS SENTENCE COMMAND...: the exit status and a piece of the one sentence.
refuse()
{
	local want=$1 says=$2 status=0
	shift 2
	"$URNE_BOARD" "$@" >out 2>err || status=$?
	[ "$status" = "$want" ] || die "$*: status $status, not $want: $(cat err)"
	grep -qF -- "$says" err || die "$*: does not say \"$says\": $(cat err)"
	[ "$(wc -l <err)" = 1 ] || die "$*: more than one sentence: $(cat err)"
	num=$((num + 1))
}

# start DIR [OPTIONS]: runs the board on a free port and sets $address.
start()
{
	: >log
	"$URNE_BOARD" run --dir "$1" --listen 127.0.0.1:0 "${@:2}" 2>log &
	pid=$!
	await "the board does not listen" listening
}

listening()
{
	address=$(jq -r 'select(.event == "listening") | .address' log 2>/dev/null) && [ -n "$address" ]
}

stop()
{
	local status=0
	kill "-${1:-TERM}" "$pid"
	wait "$pid" || status=$?
	pid=
	[ "$status" = 0 ] || die "the board ends with status $status"
	[ "$(tail -n 1 log | jq -r .event)" = stopped ] || die "the last line is not \"stopped\""
}

for name in claire amel; do
	"$URNE" official key --name "$name" --key "$name.key" --out "$name.pub" --no-passphrase \
		>/dev/null 2>&1
done
made=(--host vote.example.org --official claire.pub --official amel.pub)

# The command line.
refuse 2 'a command is missing'
refuse 2 'no such command' serve
refuse 2 '--dir is missing' init --host x --official claire.pub
refuse 2 '--listen is missing' run --dir board
refuse 2 '--host is given twice' init --dir b --host x --host y --official claire.pub
refuse 2 'write an address and a port' run --dir board --listen localhost:80
refuse 2 'write an address and a port' run --dir board --listen 127.0.0.1:70000
refuse 2 '--proxy proxy.example.org: write an address' run --dir board --listen :0 \
	--proxy proxy.example.org
refuse 2 '--tls-key is missing' run --dir board --listen :0 --tls-cert cert.pem
refuse 2 'a whole number from 1' run --dir board --listen :0 --rate 0

# Nothing of a board that cannot be made stays.
refuse 1 'a space, a plus sign' init --dir board --host 'vote example' --official claire.pub
refuse 3 'nobody.pub: No such file' init --dir board --host x --official nobody.pub
refuse 1 'would count twice' init --dir board --host x --official claire.pub --official claire.pub
refuse 1 '3 officials have to agree, and there are 2' init --dir board "${made[@]}" --agree 3
refuse 1 'must be http:// or https://' init --dir board "${made[@]}" --url vote.example.org
refuse 1 'is there already' init --dir board "${made[@]}" --head "$work/claire.pub"
refuse 3 'nowhere/head.db: unable to open' init --dir board "${made[@]}" --head "$work/nowhere/head.db"
refuse 3 'No such file' init --dir nowhere/board "${made[@]}"
[ ! -e board ] || die "something of a refused board stays: $(find board)"
mkdir empty
refuse 3 'nowhere/head.db: unable to open' init --dir empty "${made[@]}" --head "$work/nowhere/head.db"
[ -z "$(ls -A empty)" ] || die "something of a refused board stays: $(ls -A empty)"

# A new board, with its head elsewhere.
mkdir other
"$URNE_BOARD" init --dir board "${made[@]}" --agree 2 --head "$work/other/head.db" >out
grep -qF "$(cat board/log.pub)" out || die "init does not print the key"
grep -q '^vote.example.org/bb+' board/log.pub || die "the key is not that of the service"
[ -e other/head.db ] || die "there is no head where it was asked for"
[ ! -e board/head.db ] || die "there is a second head"
[ "$(stat -c %a board board/log.key board/tmp | tr '\n' ' ')" = '750 600 700 ' ] ||
	die "modes: $(stat -c '%a %n' board board/log.key board/tmp)"
refuse 1 'folder is not empty' init --dir board "${made[@]}"
"$URNE_BOARD" check --dir board >out || die "a new board is not whole"

# HTTP.
start board
[ "$(curl -s "http://$address/healthz")" = '{"status":"ok"}' ] || die "healthz"
[ "$(curl -s "http://$address/bb/log-list.1" | head -n 1)" = logs/v0 ] || die "log-list.1"
for path in /board.json /bb/../../board.json /bb/%2e%2e/%2e%2e/log.key /bb//log-list.1 '/bb/log-list.1?x'; do
	status=$(curl -s --path-as-is -o body -w '%{http_code}' "http://$address$path")
	case $status in
	400 | 404) ;;
	*) die "$path: $status" ;;
	esac
	jq -e ".status == $status and (.type | startswith(\"urn:urne:problem:\"))" body >/dev/null ||
		die "$path: no problem document: $(cat body)"
done
refuse 3 "listening at $address: Address already in use" run --dir board --listen "$address"
refuse 1 'another urne-board works' run --dir board --listen 127.0.0.1:0
stop TERM

# HTTPS.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout tls.key -out tls.pem -days 2 \
	-subj /CN=vote.example.org -addext subjectAltName=DNS:vote.example.org 2>/dev/null
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out other.key 2>/dev/null
chmod 644 tls.key
refuse 2 'everybody can read this key' run --dir board --listen 127.0.0.1:0 \
	--tls-cert tls.pem --tls-key tls.key
chmod 600 tls.key other.key
refuse 1 'must be PEM, and belong together' run --dir board --listen 127.0.0.1:0 \
	--tls-cert tls.pem --tls-key other.key
start board --tls-cert tls.pem --tls-key tls.key
port=${address##*:}
[ "$(curl -s --cacert tls.pem --resolve "vote.example.org:$port:127.0.0.1" \
	"https://vote.example.org:$port/healthz")" = '{"status":"ok"}' ] || die "healthz over TLS"
! curl -s --max-time 5 "http://$address/healthz" >/dev/null || die "plain HTTP at the TLS port"
stop INT

# The log tells nothing of who asked.
! grep -qF '127.0.0.1' <(grep -v '"listening"' log) || die "an address is in the log"

echo "$num refusals, HTTP, HTTPS, stopped twice"
