#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Records that no command would write, for archives that must be refused. Sourced, not run; the
# present folder has a folder .test.
# shellcheck shell=bash

# record ARCHIVE KIND BODY: appends a record that no command would write.
record()
{
	local archive=$1 kind=$2 body=$3 size sum
	size=$(stat -c %s "$body")
	printf '%s.%s.json' "$(sha256sum <"$body" | cut -c1-64)" "$kind" >.test/name
	truncate -s 100 .test/name
	{
		cat .test/name
		printf '0000644\0000000000\0000000000\0%011o\0' "$size"
		dd if="$archive" bs=1 skip=136 count=12 status=none
	} >.test/head
	sum=$(($(od -An -v -tu1 .test/head | tr -s ' \n' '+' | sed 's/^+//; s/+$//') + 8 * 32 + 48))
	printf '%06o\0 0' "$sum" >>.test/head
	truncate -s 512 .test/head
	cat .test/head "$body" >>"$archive"
	truncate -s %512 "$archive"
}
# name_at ARCHIVE BYTES: the hash in the header so many bytes before the end.
name_at()
{
	tail -c "$2" "$1" | head -c 64
}
