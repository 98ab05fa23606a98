#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Two readers of a log's public folder that nobody here wrote: Go's sumdb packages from Debian, and
# Sigstore's verifier from npm (tests/interop/tlog/). Sourced, not run; needs $TOP. What they are
# built of lies in build/peers/.
# shellcheck shell=bash

: "${TOP:?}"
peers=$TOP/build/peers
peers_missing=

# peers_prepare builds both, once, also when several scripts come here at the same time. Without
# Go's packages nothing can be said: exit 77. When npm cannot fetch, Go reads alone, and peers_end
# tells.
peers_prepare()
{
	local src=$TOP/tests/interop/tlog
	if ! command -v go >/dev/null || [ ! -d /usr/share/gocode/src/golang.org/x/mod/sumdb ]; then
		echo "golang-go and golang-golang-x-mod-dev are not installed (make deps installs them)"
		exit 77
	fi
	mkdir -p "$peers/npm"
	exec 9>"$peers/lock"
	flock 9
	GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE=$peers/go-cache GOFLAGS='' CGO_ENABLED=0 \
		go build -o "$peers/check" "$src/check.go"
	if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
		peers_missing="node and npm are not installed (make deps installs them)"
	elif ! cmp -s "$src/package-lock.json" "$peers/npm/installed"; then
		cp "$src/package.json" "$src/package-lock.json" "$peers/npm/"
		if (cd "$peers/npm" && npm ci --ignore-scripts --prefer-offline --no-audit --no-fund) >"$peers/npm.log" 2>&1; then
			cp "$src/package-lock.json" "$peers/npm/installed"
		else
			cat "$peers/npm.log" >&2
			peers_missing="npm cannot fetch @sigstore/verify; is its registry out of reach"
		fi
	fi
	flock -u 9
	exec 9>&-
}

# sumdb_agrees FOLDER VKEY-FILE [RECEIPT...]
sumdb_agrees()
{
	"$peers/check" "$@"
}

# sigstore_agrees FOLDER VKEY-FILE [RECEIPT...]
sigstore_agrees()
{
	node "$TOP/tests/interop/tlog/check.mjs" "$peers/npm/node_modules" "$@"
}

# peers_agree FOLDER VKEY-FILE [RECEIPT...]: both readers, or the one there is.
peers_agree()
{
	sumdb_agrees "$@" || return 1
	[ -n "$peers_missing" ] || sigstore_agrees "$@"
}

# peers_refuse FOLDER VKEY-FILE [RECEIPT...]: each of them finds a difference of its own, and says
# so in a sentence.
peers_refuse()
{
	local reader said rc
	local -a readers=(sumdb_agrees)
	[ -n "$peers_missing" ] || readers+=(sigstore_agrees)
	for reader in "${readers[@]}"; do
		rc=0
		said=$("$reader" "$@" 2>&1) || rc=$?
		if [ "$rc" -ne 1 ] || [ -z "$said" ]; then
			echo "$reader does not refuse (exit $rc): $said" >&2
			return 1
		fi
	done
}

# flip FILE WHERE inverts the lowest bit of one byte: first, middle or last.
flip()
{
	python3 - "$1" "$2" <<'PY'
import sys
path, where = sys.argv[1:]
with open(path, 'r+b') as f:
    data = f.read()
    at = {'first': 0, 'middle': len(data) // 2, 'last': len(data) - 1}[where]
    f.seek(at)
    f.write(bytes([data[at] ^ 1]))
PY
}

# peers_end: what was not looked at must not count as seen.
peers_end()
{
	if [ -n "$peers_missing" ]; then
		echo "sumdb agrees; sigstore did not look: $peers_missing"
		exit 77
	fi
}
