#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# All commands of the operating guide, in their order, on one machine. Where the guide's reader
# types a passphrase, it comes from a file here: there is no terminal.
set -euo pipefail

: "${TOP:?}" "${URNE:?}" "${URNE_VERIFY:?}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/bin" "$work/run"
echo 'correct horse battery staple' >"$work/passphrase"
chmod 600 "$work/passphrase"
cat >"$work/bin/urne" <<-EOF
	#!/bin/bash
	case "\$1 \${2:-}" in
	"trustee step" | "official key" | "key "* | "decrypt "* | "certify "*) exec "$URNE" "\$@" --passphrase-file "$work/passphrase" ;;
	*) exec "$URNE" "\$@" ;;
	esac
EOF
chmod +x "$work/bin/urne"
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
for secret in */*.key registrar/private.json; do
	[ "$(stat -c %a "$secret")" = 600 ] || {
		echo "$secret can be read by others" >&2
		exit 1
	}
done
if compgen -G 'usb/*.key' >/dev/null; then
	echo "a key lies on the stick" >&2
	exit 1
fi
