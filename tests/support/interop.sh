#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Pieces that the interop scripts share. Sourced, not run.
# shellcheck shell=bash
set -euo pipefail

: "${URNE:?}" "${URNE_VERIFY:?}" "${TOP:?}"

if ! command -v belenios-tool >/dev/null; then
	echo "belenios-tool is not installed (make deps installs it)"
	exit 77
fi
export BELENIOS_USE_URANDOM=1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say()
{
	echo "--- $*"
}

die()
{
	echo "FAILED: $*" >&2
	exit 1
}

# archive_of DIR prints its only archive.
archive_of()
{
	local found=("$1"/*.bel)
	[ "${#found[@]}" = 1 ] || die "$1 has ${#found[@]} archives"
	echo "${found[0]}"
}

# both_accept DIR: urne-verify and the other program accept what is in DIR.
both_accept()
{
	"$URNE_VERIFY" --quiet "$(archive_of "$1")" || die "urne-verify refuses $1"
	belenios-tool election verify --dir "$1" >"$work/other.log" 2>&1 || {
		cat "$work/other.log" >&2
		die "belenios-tool refuses $1"
	}
	# release 2.0 also succeeds when there is no result: make sure it saw one
	belenios-tool election compute-checksums --dir "$1" >/dev/null
}

# result_of DIR prints the result array as both programs published it.
result_of()
{
	rm -f "$work/report.json"
	"$URNE_VERIFY" --quiet --json "$work/report.json" "$(archive_of "$1")" >/dev/null
	jq -c .result "$work/report.json"
}
