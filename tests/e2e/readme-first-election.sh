#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The first election of the README runs as it is printed there, and what it leaves is verified.
set -euo pipefail

: "${TOP:?}" "${URNE:?}" "${URNE_VERIFY:?}"
PATH=$(dirname "$URNE"):$(dirname "$URNE_VERIFY"):$PATH
export PATH

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The first sh block under the heading.
awk '/^## / { here = ($0 == "## A first election") }
	here && /^```$/ && code { exit }
	code { print }
	here && /^```sh$/ { code = 1 }' "$TOP/README.md" >"$work/block.sh"
[ "$(grep -c '^urne' "$work/block.sh")" -ge 10 ] || {
	echo "README.md: no block of commands under \"A first election\"" >&2
	exit 1
}

mkdir "$work/run"
cd "$work/run"
bash -euo pipefail "$work/block.sh" </dev/null

shopt -s nullglob
archives=(*/*.bel)
[ "${#archives[@]}" -eq 1 ] || {
	echo "the README's election left ${#archives[@]} archives" >&2
	exit 1
}
"$URNE_VERIFY" --quiet --json "$work/report.json" "${archives[0]}"
grep -qF '"result":[[1,0]]' "$work/report.json" || {
	echo "the result is not one vote for: $(grep -o '"result":[^}]*' "$work/report.json")" >&2
	exit 1
}
