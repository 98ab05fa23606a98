#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The pages in a real browser: every tests/booth/browser_*.mjs, each with a board of its own, in Debian's
# Chromium. Pictures of the screens lie in build/booth-shots/ afterwards.
set -euo pipefail

: "${TOP:?}"
for command in node chromium; do
	command -v "$command" >/dev/null || {
		echo "$command is not installed (make deps installs it)"
		exit 77
	}
done
"$TOP/tools/deps-booth.sh" || {
	echo "npm cannot fetch the packages of tests/booth/package-lock.json"
	exit 77
}
cd "$TOP/tests/booth"
# they wait for boards and pages more than they compute; node alone would run one after the other on two processors
exec node --test --test-concurrency=2 browser_*.mjs
