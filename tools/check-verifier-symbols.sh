#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Fails when the verifier contains or asks for secret-key code: a symbol of crypto/secret/
# (urne_secret_*) or of libsodium (sodium_*, crypto_*).
set -euo pipefail

program=${1:-build/bin/urne-verify}
symbols=$(nm "$program"; nm -D "$program")
if [ "$(grep -c . <<<"$symbols")" -lt 10 ]; then
	echo "$program: no symbol table, nothing can be said about it" >&2
	exit 1
fi
bad=$(awk '{ s = $NF; sub(/@.*/, "", s); if (s ~ /^(urne_secret_|sodium_|crypto_)/) print s }' \
	<<<"$symbols" | sort -u)
if [ -n "$bad" ]; then
	echo "$program holds secret-key code:" >&2
	echo "$bad" >&2
	exit 1
fi
if readelf -d "$program" | grep -q 'libsodium'; then
	echo "$program is linked with libsodium" >&2
	exit 1
fi
echo "$program: no secret-key code"
