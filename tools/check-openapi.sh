#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Fails unless docs/openapi.json has exactly the routes of urne-board, with exactly the names in
# braces as parameters, and names problems with the statuses that they have, each at least once.
# Usage: tools/check-openapi.sh URNE_BOARD [OPENAPI]
set -euo pipefail

board=${1:?path of urne-board}
doc=${2:-$(dirname "$0")/../docs/openapi.json}
bad=0

# same WHAT A B compares two sorted lists.
same()
{
	if ! diff <(printf '%s\n' "$2") <(printf '%s\n' "$3") >&2; then
		echo "$doc: $1 are not those of urne-board (< the page, > the program)" >&2
		bad=1
	fi
}

same 'the routes' \
	"$(jq -r '.paths | to_entries[] | .key as $p | .value | keys[] | ascii_upcase + " " + $p' "$doc" | LC_ALL=C sort)" \
	"$("$board" routes | LC_ALL=C sort)"

# 405 is said once, in the description of the whole.
same 'statuses and types of problems' \
	"$( (
		jq -r '.paths[][].responses | to_entries[] | .key as $s | .value.content["application/problem+json"]?
			| select(. != null) | .schema.allOf[1].properties.type.enum[] | $s + " " + .' "$doc"
		jq -r '.info.description | capture("(?<t>urn:urne:problem:method) \\((?<s>[0-9]+)\\)") | .s + " " + .t' "$doc"
	) | LC_ALL=C sort -u)" \
	"$("$board" routes --problems | LC_ALL=C sort)"

# Every name in braces is declared, and no other.
same 'the parameters of paths' \
	"$(jq -r '. as $d | .paths | to_entries[] | .key as $p | .value[] | .parameters[]?
		| if has("$ref") then $d.components.parameters[.["$ref"] | split("/") | last] else . end
		| select(.in == "path") | $p + " " + .name' "$doc" | LC_ALL=C sort -u)" \
	"$("$board" routes | cut -d' ' -f2 | LC_ALL=C sort -u | while read -r path; do
		grep -oE '\{[a-z]+\}' <<<"$path" | tr -d '{}' | sed "s|^|$path |" || true
	done | LC_ALL=C sort -u)"

# References lead somewhere.
while read -r ref; do
	jq -e --arg r "$ref" 'getpath($r | ltrimstr("#/") | split("/")) != null' "$doc" >/dev/null || {
		echo "$doc: $ref leads nowhere" >&2
		bad=1
	}
done < <(jq -r '.. | objects | .["$ref"]? // empty' "$doc" | sort -u)

[ "$bad" -eq 0 ] && echo "openapi: $("$board" routes | wc -l) routes, $("$board" routes --problems | wc -l) problems, as urne-board has them"
exit "$bad"
