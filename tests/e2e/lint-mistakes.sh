#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# a28_: a check of input that stands in an assert would be gone in a build with NDEBUG. The lint finds
# it in every folder of the programs, lets a file through only with a reason, and forgets no exception.
set -euo pipefail

: "${TOP:?}"
LINT=("$TOP/tools/check-mistakes.sh")
# shellcheck source=tests/support/lint.sh
source "$TOP/tests/support/lint.sh"

folders=(base crypto election tally bulletin observer documents verifier client)
mkdir "${folders[@]}" tests tools
echo '# none' >tools/allowed.txt
printf '/* We assert(nothing). */\nint one = 1; /* "assert(x)" */\n' >base/one.c
lint 0
for folder in "${folders[@]}"; do
	printf 'int f(int len)\n{\n\tassert(len > 0);\n\treturn len;\n}\n' >"$folder/bad.c"
	lint 1 "$folder/bad.c:3:"
	grep -qE 'assert$' said || die "the rule is not named: $(cat said)"
	mv "$folder/bad.c" tests/bad.c # tests may
	lint 0
	rm tests/bad.c
done
printf 'int f(int len)\n{\n\tassert(len > 0);\n\treturn len;\n}\n' >tally/bad.c
echo 'assert tally/bad.c  how many its callers chose, never input' >>tools/allowed.txt
lint 0
echo 'assert tally/bad.c' >tools/allowed.txt
lint 1 'tally/bad.c has no reason'
rm tally/bad.c
lint 1 'tally/bad.c does not exist'
echo "lint: an assert on input is refused in ${#folders[@]} folders"
