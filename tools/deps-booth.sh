#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Installs the packages of tests/booth/package-lock.json in build/booth-npm/, unless those are there already,
# and lets tests/booth/node_modules lead there: the sources hold nothing that is not ours. Several may call it
# at the same time. Nothing of the packages is ever built into or served by a program of ours.
set -euo pipefail

top=$(cd "$(dirname "$0")/.." && pwd)
src=$top/tests/booth
at=$top/build/booth-npm
mkdir -p "$at"
exec 9>"$at/lock"
flock 9
if ! cmp -s "$src/package-lock.json" "$at/installed"; then
	echo "deps: installing the packages of tests/booth"
	cp "$src/package.json" "$src/package-lock.json" "$at/"
	(cd "$at" && npm ci --ignore-scripts --prefer-offline --no-audit --no-fund) >&2
	cp "$src/package-lock.json" "$at/installed"
fi
if [ ! -e "$src/node_modules" ]; then
	ln -sfn ../../build/booth-npm/node_modules "$src/node_modules"
fi
