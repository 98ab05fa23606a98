#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Installs what is missing from tools/packages.txt, and calls apt-get only when something is.
# Runs without make, which is itself on the list: tools/deps.sh on a bare machine, then make.
set -euo pipefail

top=$(cd "$(dirname "$0")/.." && pwd)

if ! command -v dpkg-query >/dev/null; then
	echo "deps: not a Debian system; install the equivalents of tools/packages.txt yourself" >&2
	exit 0
fi

missing=()
while read -r package _; do
	case $package in
	'' | '#'*) continue ;;
	# not the package but the command is wanted: another package may have brought it
	*'|'*)
		if command -v "${package#*|}" >/dev/null; then
			continue
		fi
		package=${package%%|*}
		;;
	esac
	state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
	if [ "$state" != installed ]; then
		missing+=("$package")
	fi
done <"$top/tools/packages.txt"

# What the browser tests need beside; without it they are skipped, and say so.
packages_of_booth()
{
	"$top/tools/deps-booth.sh" || echo "deps: npm cannot fetch the packages of tests/booth" >&2
}

if [ "${#missing[@]}" -eq 0 ]; then
	packages_of_booth
	exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
	if ! command -v sudo >/dev/null; then
		echo "deps: not root and no sudo; as root, run: apt-get install ${missing[*]}" >&2
		exit 1
	fi
	as_root=(sudo)
fi

echo "deps: installing ${missing[*]}"
"${as_root[@]}" apt-get update -q || echo "deps: apt-get update failed; trying with the lists at hand" >&2
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
	apt-get install -q -y --no-install-recommends "${missing[@]}"
packages_of_booth
