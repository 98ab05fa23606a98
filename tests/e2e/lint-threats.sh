#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The lint of the threat model takes the page as it is, and names each way in which a row can promise a
# test that is not there.
set -euo pipefail

: "${TOP:?}"
LINT=("$TOP/tools/check-threats.sh")
# shellcheck source=tests/support/lint.sh
source "$TOP/tests/support/lint.sh"

mkdir docs
ln -s "$TOP/tests" "$TOP/tools" "$TOP/Makefile" .
page=$TOP/docs/threat-model.md
cp "$page" docs/
lint 0 "all are there"
while IFS='|' read -r what change said; do
	sed "$change" "$page" >docs/threat-model.md
	cmp -s "$page" docs/threat-model.md && die "$what: nothing was changed"
	lint 1 "$said"
done <<'END'
a case|s/json_refuses_duplicate_keys/json_refuses_nothing/|A30 names json_refuses_nothing
cases that begin so|s/`a32_…`/`a99_…`/|A32 names a99_…
a script|s#tests/e2e/replayed-ballot.sh#tests/e2e/replayed.sh#|A12 names tests/e2e/replayed.sh
an archive|s/short-hex/short-oct/|A6 names short-oct
a test at all|s/ none possible / /|names no test
a table|s/^. A[0-9]/&x/|no test was found
END
