#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The npm packages of tests/booth, as its lock file pins them. Sourced, not run; needs $TOP.
# shellcheck shell=bash

: "${TOP:?}"

# booth_packages installs them once, also when several scripts come here at the same time, and sets booth_modules to
# their folder. Where npm cannot fetch them nothing can be said: exit 77.
booth_packages()
{
	local src=$TOP/tests/booth to=$TOP/build/booth-npm
	if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
		echo "node and npm are not installed (make deps installs them)"
		exit 77
	fi
	mkdir -p "$to"
	exec 9>"$to/lock"
	flock 9
	if ! cmp -s "$src/package-lock.json" "$to/installed"; then
		cp "$src/package.json" "$src/package-lock.json" "$to/"
		if ! (cd "$to" && npm ci --ignore-scripts --prefer-offline --no-audit --no-fund) >"$to.log" 2>&1; then
			cat "$to.log" >&2
			echo "npm cannot fetch the packages of tests/booth; is its registry out of reach"
			exit 77
		fi
		cp "$src/package-lock.json" "$to/installed"
	fi
	flock -u 9
	exec 9>&-
	export booth_modules=$to/node_modules
}
