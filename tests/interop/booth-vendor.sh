#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# booth/vendor holds what others published, and the check of that sees a changed byte, a file too many, another version.
set -euo pipefail

: "${TOP:?}"
# shellcheck source=tests/support/booth-packages.sh
source "$TOP/tests/support/booth-packages.sh"
booth_packages
modules=$booth_modules
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# copy makes a fresh copy of what the check reads.
copy()
{
	rm -rf "$work/top"
	mkdir -p "$work/top/booth" "$work/top/tests/booth"
	cp -r "$TOP/booth/vendor" "$work/top/booth/"
	cp "$TOP/tests/booth/package-lock.json" "$work/top/tests/booth/"
}

# sees PIECE: the check of the copy fails, and its sentence holds PIECE.
sees()
{
	if node "$TOP/tools/check-vendor.mjs" "$modules" "$work/top" >"$work/out" 2>&1; then
		echo "FAILED: not seen: $1" >&2
		exit 1
	fi
	grep -qF -- "$1" "$work/out" || {
		echo "FAILED: no \"$1\" in: $(cat "$work/out")" >&2
		exit 1
	}
}

node "$TOP/tools/check-vendor.mjs" "$modules"
vendor=$work/top/booth/vendor
copy
sed -i 's/_1n/_2n/' "$vendor/noble-curves-2.4.0/abstract/edwards.js"
sees "edwards.js: not what @noble/curves 2.4.0 has"
copy
echo "export const more = 1;" >"$vendor/noble-hashes-2.4.0/more.js"
sees "more.js: @noble/hashes has no such file"
copy
rm "$vendor/noble-hashes-2.4.0/LICENSE"
sees "its LICENSE is missing"
copy
mv "$vendor/noble-hashes-2.4.0" "$vendor/noble-hashes-2.3.0"
sees "not a package of tests/booth/package-lock.json in this version"
copy
mkdir "$vendor/left-pad-1.0.0"
sees "left-pad-1.0.0: not a package"
if grep -n resolved "$TOP/tests/booth/package-lock.json"; then
	echo "FAILED: the lock file names a registry" >&2
	exit 1
fi
echo "vendor: as published, and five differences seen"
