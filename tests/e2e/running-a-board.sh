#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The commands of docs/running-a-board.md, in their order, with a board that votes reach while they
# run; and the options that its text names exist.
set -euo pipefail

work=$(mktemp -d)
# shellcheck source=tests/support/real-board.sh
source "$TOP/tests/support/real-board.sh"
# shellcheck disable=SC2317 # by the trap
stop()
{
	[ ! -s pid ] || kill -9 "$(cat pid)" 2>/dev/null || true
	rm -rf "$work"
}
trap stop EXIT
cd "$work"

# Officials' keys come from elsewhere; the board listens where the machine has room, and is waited for.
for name in ines odile; do
	"$URNE" official key --name "$name" --key "$name.key" --out "$name.pub" --no-passphrase \
		>/dev/null 2>&1
done
mkdir bin
cat >bin/urne-board <<E2
#!/bin/bash
if [ "\$1" = run ]; then
	echo \$\$ >"$work/pid"
	exec "$URNE_BOARD" "\${@/127.0.0.1:8080/127.0.0.1:0}"
fi
exec "$URNE_BOARD" "\$@"
E2
chmod +x bin/urne-board
guide=$TOP/docs/running-a-board.md
awk '/^```$/ && code { code = 0; print "" }
	code { print }
	/^```sh$/ { code = 1 }' "$guide" >all.sh
[ "$(grep -c '^urne-board' all.sh)" -ge 4 ] || die "the guide's commands were not found"
sed -i 's/board.log &$/board.log \& until grep -q listening board.log; do sleep 0.05; done/' all.sh
PATH=$work/bin:$PATH bash -euxo pipefail all.sh >out 2>err </dev/null || die "$(tail -n 5 err)"
grep -q 'backup' out || die "check does not say that the copy is a backup: $(cat out)"
compgen -G 'copy/*.key' >/dev/null && die "the copy holds a key"
[ ! -e copy/head.db ] || die "the copy holds heads"

PORT=$(sed -n 's/.*"listening","address":"127.0.0.1:\([0-9]*\)".*/\1/p' board.log)
for path in healthz metrics; do
	curl -sf "http://127.0.0.1:$PORT/$path" >"$path" || die "/$path"
done
kill "$(cat pid)"
await "the board does not stop" gone "$(cat pid)"
: >pid
grep -q '"stopped"' board.log || die "it did not stop in good order: $(tail -n 2 board.log)"

# What the text says by name is there.
for command in init run refill backup; do
	"$URNE_BOARD" "$command" --help >>help
done
"$URNE_VERIFY" --help >>help
echo '--home --group --system --now ' >>help # of other programs
grep -o -- '--[a-z][a-z-]*' "$guide" | sort -u >named
while read -r option; do
	grep -qE -- "$option( |$)" help || die "the guide names $option, which no command has"
done <named
grep -o 'urne_[a-z_]*' "$guide" | sort -u >named
while read -r metric; do
	grep -q "^$metric" metrics || die "the guide names $metric, which is not measured"
done <named
