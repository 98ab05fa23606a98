#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# a32_: what a page of the booth may not do is found by the lint, and so are names that nobody uses or nobody has; words in
# comments and strings are not.
# shellcheck disable=SC2016 # it is JavaScript
set -euo pipefail

: "${TOP:?}"
command -v node >/dev/null || {
	echo "node is not installed (make deps installs it)"
	exit 77
}
"$TOP/tools/deps-booth.sh" || {
	echo "npm cannot fetch the packages of tests/booth/package-lock.json"
	exit 77
}
LINT=(node "$TOP/tools/check-booth.mjs")
# shellcheck source=tests/support/lint.sh
source "$TOP/tests/support/lint.sh"
head='// SPDX-License-Identifier: EUPL-1.2
// A module.'
count=0

# finds FILE PIECE LINE...: with these lines in the file the lint says PIECE, and only that.
finds()
{
	local file=$1 piece=$2
	shift 2
	printf '%s\n' "$head" "$@" >"$file"
	lint 1 "$piece"
	[ "$(grep -c "$file" said)" = "$(wc -l <said)" ] || die "another file is blamed: $(cat said)"
	rm "$file"
	count=$((count + 1))
}

mkdir -p booth/js/core booth/js/pages booth/vendor/x tests/booth tools
printf '%s\n' "$head" 'export const one = "innerHTML var eval(1) localStorage"; // console.log(document.cookie)' \
	'export const two = [/"innerHTML/, `==`];' >booth/js/core/good.js
printf '%s\n' "$head" 'import { one, two } from "../core/good.js";' 'document.title = `${one}${two}`;' >booth/js/pages/page.js
echo 'element.innerHTML = eval(name);' >booth/vendor/x/theirs.js
lint 0
page=booth/js/pages/bad.js
finds $page "innerHTML and its like" 'document.body.innerHTML = "x";'
finds $page "innerHTML and its like" 'document.write("x");'
finds $page "code made of text" 'eval("1");'
finds $page "code made of text" 'setTimeout("f()", 1);'
finds $page "code made of text" 'import("./other.js");'
finds $page "console" 'console.log(1);'
finds $page "var" 'var x = 1;' 'f(x);'
finds $page "==, which converts" 'f(1 == 2);'
finds $page "storage" 'localStorage.x = 1;'
finds $page "storage" 'f(document.cookie);'
finds $page "randomness beside bytes.js" 'f(Math.random());'
finds $page "innerHTML and its like" 'f(`${element.innerHTML}`);'
finds $page "imported and not used" 'import { one } from "../core/good.js";'
finds $page "is not there" 'import { f } from "../core/gone.js";' 'f();'
finds $page "nobody imports three" 'export const three = 3;'
finds $page "four is not used" 'const four = 4;'
finds $page "SyntaxError" 'const = 4;'
finds $page "white space" 'f(1); '
finds $page "white space" '    f(1);'
finds $page "exports no oen" 'import { oen } from "../core/good.js";' 'oen();'
finds $page ":3: encrpyt is not defined here" 'encrpyt();'
finds $page ":4: x is not defined here" 'for (const x of [1]) { ((y) => x + y)(1); }' 'x.y();'
finds $page ":3: labell is not defined here" 'const f = ({ label, ...more }) => ({ labell, more, [label]: 1 });' 'f();'
finds $page ":4: g is not defined here" 'const f = function g() { return g; };' 'f(g);'
finds $page ":3: process is not defined here" 'process.exit(1);'
finds booth/js/core/bad.js "fetch is not defined here" 'fetch("x");'
finds booth/js/core/bad.js "document is not defined here" 'document.x();'
finds booth/js/core/bad.js "a global of the page in the core" 'globalThis.fetch("x");'
mapfile -t long < <(printf '\tf();\n%.0s' {1..70})
finds $page "a function of 72 lines" 'function f() {' "${long[@]}" '}' 'f();'
printf 'f();\n' >$page
lint 1
grep -q 'the licence' said || die "no word of the licence: $(cat said)"
echo "lint of the booth: $count mistakes found"
