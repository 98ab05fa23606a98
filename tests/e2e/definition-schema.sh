#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# docs/vote.schema.json and the program agree on vote definitions. Good files are accepted by both;
# what has another shape is refused by both; what has the shape and makes no sense is refused by the
# program alone, with exactly one fault in each of these files.
set -uo pipefail

: "${TOP:?}" "${URNE:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python=/usr/bin/python3
[ -x "$python" ] || python=python3
"$python" -c 'import jsonschema; jsonschema.Draft202012Validator' 2>/dev/null || {
	echo "python3-jsonschema is not there"
	exit 77
}

# One line for each file: accepted or refused, and its name.
cat >"$work/validate.py" <<'PY'
import json
import sys

import jsonschema

with open(sys.argv[1], encoding="utf-8") as f:
    schema = json.load(f)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
for path in sys.argv[2:]:
    with open(path, encoding="utf-8") as f:
        verdict = "accepted" if validator.is_valid(json.load(f)) else "refused"
    print(verdict, path)
PY

shopt -s nullglob
files=("$TOP"/tests/vectors/definitions/*.json "$TOP"/docs/examples/*.vote.json)
"$python" "$work/validate.py" "$TOP/docs/vote.schema.json" "${files[@]}" >"$work/verdicts" || {
	echo "FAILED: docs/vote.schema.json is no schema, or a file is no JSON"
	exit 1
}

failures=0
good=0
shape=0
meaning=0
while read -r schema file; do
	name=${file##*/}
	rc=0
	"$URNE" definition check "$file" >"$work/out" 2>"$work/err" </dev/null || rc=$?
	case $name in
	bad-shape-*)
		shape=$((shape + 1))
		want="refused 1"
		;;
	bad-meaning-*)
		meaning=$((meaning + 1))
		want="accepted 1"
		;;
	*)
		good=$((good + 1))
		want="accepted 0"
		;;
	esac
	if [ "$schema $rc" != "$want" ]; then
		echo "FAILED: $name: schema and exit status are \"$schema $rc\", not \"$want\""
		cat "$work/err"
		failures=$((failures + 1))
	elif [ "$rc" = 1 ] && ! grep -q ': 1 fault, ' "$work/err"; then
		echo "FAILED: $name: not one fault"
		cat "$work/err"
		failures=$((failures + 1))
	fi
done <"$work/verdicts"

# A loop over nothing proves nothing.
if [ "$good" -lt 3 ] || [ "$shape" -lt 20 ] || [ "$meaning" -lt 15 ]; then
	echo "FAILED: only $good good, $shape misshapen and $meaning senseless files"
	failures=$((failures + 1))
fi
echo "$good good, $shape misshapen and $meaning senseless definitions"
[ "$failures" -eq 0 ]
