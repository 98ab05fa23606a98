#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Fails when a program that is meant to be fully static asks for a library or a loader.
set -euo pipefail

program=${1:-build/static/urne-verify}
if readelf -d "$program" 2>/dev/null | grep -q '(NEEDED)'; then
	echo "$program needs shared libraries" >&2
	exit 1
fi
if readelf -l "$program" | grep -q 'INTERP'; then
	echo "$program needs a loader" >&2
	exit 1
fi
echo "$program is fully static"
