#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Installs the packages of tests/booth/package-lock.json below tests/booth/node_modules, unless those are
# there already. Several may call it at the same time. Nothing of them is ever built into or served by a
# program of ours.
set -euo pipefail

top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top/tests/booth"
mkdir -p node_modules
exec 9>node_modules/.lock
flock 9
if ! cmp -s package-lock.json node_modules/.installed; then
	echo "deps: installing the packages of tests/booth"
	# npm ci removes the folder, and the lock with it, which stays ours until we end
	npm ci --ignore-scripts --prefer-offline --no-audit --no-fund >&2
	cp package-lock.json node_modules/.installed
fi
