#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# All commands of the operating guide, in their order, on one machine. Where the guide's reader
# types a passphrase, it comes from a file here: there is no terminal. The guide's board is reached
# under its name; here it listens on a free port, without TLS.
set -euo pipefail

: "${TOP:?}" "${URNE:?}" "${URNE_VERIFY:?}" "${URNE_BOARD:?}"

work=$(mktemp -d)
# shellcheck disable=SC2317 # by the trap
stop()
{
	[ ! -s "$work/board.pid" ] || kill "$(cat "$work/board.pid")" 2>/dev/null || true
	rm -rf "$work"
}
trap stop EXIT

mkdir "$work/bin" "$work/run"
echo 'correct horse battery staple' >"$work/passphrase"
chmod 600 "$work/passphrase"
# Both programs reach the board of the guide where it listens here.
cat >"$work/bin/there" <<-EOF
	words=()
	for word in "\$@"; do
		if [[ \$word == https://vote.example.org* ]]; then
			for _ in \$(seq 1200); do
				grep -qs '"listening"' "$work/run/board.log" && break
				sleep 0.1
			done
			at=\$(sed -n 's/.*"listening","address":"\([^"]*\)".*/\1/p' "$work/run/board.log")
			word=http://\$at\${word#https://vote.example.org}
		fi
		words+=("\$word")
	done
	set -- "\${words[@]}"
EOF
cat >"$work/bin/urne" <<-EOF
	#!/bin/bash
	source "$work/bin/there"
	case "\$1 \${2:-}" in
	"trustee "* | "official key" | "key "* | "decrypt "* | "certify "* | "board push" | "order give")
		more=()
		# who reads the guide types "yes", to what was compared by telephone
		case "\$1 \$2" in
		"decrypt --board")
			more=(--yes)
			for _ in \$(seq 600); do # and waits for the board, as "urne status" says
				"$URNE" status --board "\$3" --log-key "\$5" --json 2>/dev/null |
					grep -q '"journal":"tallied"' && break
				sleep 0.2
			done ;;
		"board push" | "order give") more=(--yes) ;;
		"trustee join")
			! curl -sf "\$3/draft/ceremony/2/for-all" >"$work/certificates" ||
				more=(--certificates "\$(sha256sum <"$work/certificates" | cut -d' ' -f1)") ;;
		esac
		exec "$URNE" "\$@" --passphrase-file "$work/passphrase" "\${more[@]}" ;;
	*) exec "$URNE" "\$@" ;;
	esac
EOF
cat >"$work/bin/urne-verify" <<-EOF
	#!/bin/bash
	source "$work/bin/there"
	exec "$URNE_VERIFY" "\$@"
EOF
cat >"$work/bin/urne-board" <<-EOF
	#!/bin/bash
	[ "\$1" != run ] || echo "\$\$" >"$work/board.pid"
	exec "$URNE_BOARD" "\${@/127.0.0.1:8080/127.0.0.1:0}"
EOF
chmod +x "$work/bin/urne" "$work/bin/urne-verify" "$work/bin/urne-board"
PATH=$work/bin:$(dirname "$URNE_VERIFY"):$PATH
export PATH

awk '/^```$/ && code { code = 0; print "" }
	code { print }
	/^```sh$/ { code = 1 }' "$TOP/docs/operating-guide.md" >"$work/all.sh"
[ "$(grep -c '^urne' "$work/all.sh")" -ge 30 ] || {
	echo "docs/operating-guide.md: its commands were not found" >&2
	exit 1
}

cd "$work/run"
bash -euxo pipefail "$work/all.sh" </dev/null

# What the guide promises: the result, who can read the secrets, no secret on the stick.
grep -qF '"result":[[1,0,1],[0,1,0]]' usb/report.json || {
	echo "another result than the one voted: $(grep -o '"result":[^}]*' usb/report.json)" >&2
	exit 1
}
[ "$(jq -r .verdict usb/online.report.json)" = VERIFIED ] || {
	echo "the archive that went over the board: $(jq -c .verdict usb/online.report.json)" >&2
	exit 1
}
grep -qF '"result":[[0,1,1],[1,1,1]]' usb/online.report.json || {
	echo "over the board another result than the one voted: $(grep -o '"result":[^}]*' usb/online.report.json)" >&2
	exit 1
}
"$URNE" journal observer/kept/journal.archive --lang en >told
for words in 'the officials|Certify the minutes' 'the lost key|Revoke' 'the incident|trois communes, de dix heures'; do
	grep -q "${words#*|}" told || {
		echo "the journal does not tell of ${words%|*}" >&2
		exit 1
	}
done
for secret in */*.key registrar/*private.json; do
	[ "$(stat -c %a "$secret")" = 600 ] || {
		echo "$secret can be read by others" >&2
		exit 1
	}
done
if compgen -G 'usb/*.key' >/dev/null; then
	echo "a key lies on the stick" >&2
	exit 1
fi
