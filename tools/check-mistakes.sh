#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Simple mistakes a grep can find. Exceptions, each with its reason: tools/allowed.txt.
# Usage: tools/check-mistakes.sh [TOP]
set -euo pipefail

cd "${1:-$(dirname "$0")/..}"
bad=0
code=(base crypto election tally bulletin observer documents verifier client)

complain()
{
	echo "$1" >&2
	bad=1
}

allowed()
{
	grep -qE "^$1[[:space:]]+$2([[:space:]]|$)" tools/allowed.txt
}

# bare FILE prints the file with comments, strings and character constants blanked, line by line.
bare()
{
	awk '
	{
		out = ""
		n = length($0)
		for (i = 1; i <= n; i++) {
			c = substr($0, i, 1)
			two = substr($0, i, 2)
			if (comment) {
				if (two == "*/") { comment = 0; i++ }
			} else if (quote != "") {
				if (c == "\\") i++
				else if (c == quote) { quote = ""; out = out c }
			} else if (two == "/*") { comment = 1; i++; out = out " " }
			else if (two == "//") break
			else if (c == "\"" || c == "\047") { quote = c; out = out c }
			else out = out c
		}
		quote = ""
		print out
	}' "$1"
}

# find_in RULE FILE REGEX: the lines of the bare file that match, unless the file is excepted.
find_in()
{
	local rule=$1 file=$2 regex=$3 line
	if allowed "$rule" "$file"; then
		return
	fi
	while IFS= read -r line; do
		complain "$file:$line: $rule"
	done < <(grep -nE "$regex" <<<"$text" || true)
}

banned='(^|[^A-Za-z0-9_])(strcpy|strcat|sprintf|vsprintf|gets|strtok|strtok_r|atoi|atol|atoll|atof|rand|srand|random|drand48|alloca|strncpy|strncat|tmpnam|mktemp|system|popen)[[:space:]]*\('
asserts='(^|[^A-Za-z0-9_])assert[[:space:]]*\('
memcmps='(^|[^A-Za-z0-9_])(memcmp|bcmp|strcmp|strncmp)[[:space:]]*\('
secrets='secret|passphrase|password|private|nonce|seed'

files=0
while IFS= read -r file; do
	files=$((files + 1))
	text=$(bare "$file")
	find_in banned-function "$file" "$banned"
	case $file in
	tests/* | tools/*) ;;
	*) find_in assert "$file" "$asserts" ;;
	esac
	case $file in
	tests/* | tools/*) ;;
	crypto/secret/*) find_in secret-memcmp "$file" "$memcmps" ;;
	*) find_in secret-memcmp "$file" "(memcmp|bcmp)[[:space:]]*\\(.*($secrets)" ;;
	esac
done < <(find "${code[@]}" tests tools -name '*.[ch]' | sort)

# Notes to ourselves carry the number of an issue.
while IFS= read -r line; do
	complain "$line: a note without its issue number"
done < <(grep -rnE '\b(TODO|FIXME)\b|(^|[^-[:alnum:]])XXX([^-[:alnum:]]|$)' --include='*.[ch]' --include='*.sh' --include='*.mjs' \
	"${code[@]}" tests | grep -vE '\b(TODO|FIXME|XXX)\b.*#[0-9]+' || true)

# Trailing white space, in what people write by hand.
while IFS= read -r line; do
	complain "$line: trailing white space"
done < <(grep -rnE '[[:space:]]+$' --include='*.[ch]' --include='*.sh' --include='*.md' \
	--include='*.txt' --include='*.1' --include=Makefile --exclude-dir=build --exclude-dir=.git \
	--exclude-dir=vectors --exclude-dir=corpus . | cut -d: -f1,2 || true)

# An exception for a file that is gone is a hole waiting for a file.
while read -r rule file why; do
	case $rule in '' | '#'*) continue ;; esac
	[ -e "$file" ] || complain "tools/allowed.txt: $file does not exist"
	[ -n "$why" ] || complain "tools/allowed.txt: $rule $file has no reason"
done <tools/allowed.txt

if [ "$files" -eq 0 ]; then
	echo "check-mistakes: no file found" >&2
	exit 1
fi
if [ "$bad" -ne 0 ]; then
	exit 1
fi
echo "mistakes: none in $files files"
