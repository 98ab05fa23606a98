#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Fails when a source, script or page cites docs/PAGE.md at an anchor (or a page links to one
# beside it), and that page has no heading with this slug.
# Usage: tools/check-doc-anchors.sh [TOP]
set -euo pipefail

cd "${1:-$(dirname "$0")/..}"

# slugs FILE prints the anchor of every heading: lower case, no punctuation, spaces to dashes.
slugs()
{
	awk '/^```/ { code = !code } !code && /^#+ / { sub(/^#+ +/, ""); print tolower($0) }' "$1" |
		sed -E 's/[^[:alnum:] _-]//g; s/ /-/g'
}

# cited prints "place page anchor" for each citation.
cited()
{
	grep -rnoE --exclude-dir=.git --exclude-dir=build -I 'docs/[A-Za-z0-9_/-]+\.md#[A-Za-z0-9_-]+' . |
		sed -E 's/^\.\/([^:]+:[0-9]+):(docs[^#]+)#(.*)$/\1 \2 \3/' || true
	grep -noE '\]\([A-Za-z0-9_-]+\.md#[A-Za-z0-9_-]+' docs/*.md /dev/null |
		sed -E 's/^([^:]+:[0-9]+):\]\(([^#]+)#(.*)$/\1 docs\/\2 \3/' || true
	grep -noE '\]\(#[A-Za-z0-9_-]+' README.md docs/*.md |
		sed -E 's/^(([^:]+):[0-9]+):\]\(#(.*)$/\1 \2 \3/' || true
}

bad=0
num=0
while read -r place page anchor; do
	num=$((num + 1))
	if [ ! -f "$page" ]; then
		echo "$place: $page is not there" >&2
		bad=1
	elif ! slugs "$page" | grep -qxF -- "$anchor"; then
		echo "$place: $page has no heading \"$anchor\"" >&2
		bad=1
	fi
done < <(cited)
if [ "$num" -eq 0 ]; then
	echo "no citation of any page was found: this check looks in the wrong place" >&2
	exit 1
fi
[ "$bad" -eq 0 ] && echo "documentation: $num citations, every one leads to a heading"
exit "$bad"
