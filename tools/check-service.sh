#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Fails when systemd would give the board's unit more rights than it needs: an exposure above 2.0.
# Usage: tools/check-service.sh UNIT
set -euo pipefail

unit=${1:?path of the unit}
systemd-analyze security --offline=true --threshold=20 --no-pager "$unit" >build/exposure.txt || {
	grep -v '✓' build/exposure.txt >&2
	exit 1
}
tail -1 build/exposure.txt | sed 's/^[^O]*/service: /'
