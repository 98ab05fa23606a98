#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Fails when systemd would give a unit more rights than it needs: an exposure above 2.0.
# Usage: tools/check-service.sh UNIT...
set -euo pipefail

: "${1:?path of a unit}"
# a template is judged as one of its instances
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for unit in "$@"; do
	name=$(basename "$unit")
	cp "$unit" "$work/${name/@./@x.}"
	systemd-analyze security --offline=true --threshold=20 --no-pager "$work/${name/@./@x.}" \
		>build/exposure.txt || {
		grep -v '✓' build/exposure.txt >&2
		exit 1
	}
	echo "service: $name: $(tail -1 build/exposure.txt | sed 's/^[^O]*//')"
done
