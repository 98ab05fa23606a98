#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The files of our logs, read by two programs that nobody here wrote: they agree with every byte, and
# refuse the folder when any one of them is another.
set -euo pipefail

: "${TOP:?}" "${URNE_MAKE_LOG:=$TOP/build/gcc/tests/interop/make_log}"
# shellcheck source=tests/support/tlog-peers.sh
source "$TOP/tests/support/tlog-peers.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

die()
{
	echo "FAILED: $*" >&2
	exit 1
}

peers_prepare
for size in 8 600 70000; do
	"$URNE_MAKE_LOG" "$size" "$size"
	peers_agree "$size/log" "$size/vkey" "$size"/receipts/* || die "a log of $size entries"
done
# a log of a Setup alone has no receipt
"$URNE_MAKE_LOG" 1 1
peers_agree 1/log 1/vkey || die "a log of one entry"

# objects are read by one of them
object=600/log/objects/$(find 600/log/objects -type f -printf '%f\n' | sort | tail -n 1)
flip "$object" middle
! sumdb_agrees 600/log 600/vkey >/dev/null 2>&1 || die "an object that is another"
rm "$object"
! sumdb_agrees 600/log 600/vkey >/dev/null 2>&1 || die "an object that is missing"
rm -r 600/log/objects

# refused WHAT: the folder `copy` is refused; then it is made anew.
num=0
refused()
{
	peers_refuse copy/log copy/vkey copy/receipts/* || die "$1: not noticed"
	num=$((num + 1))
	rm -rf copy
	cp -r 600 copy
}

cp -r 600 copy
peers_agree copy/log copy/vkey copy/receipts/* >/dev/null || die "the copy"
for file in log/checkpoint log/tile/0/000 log/tile/0/001 log/tile/0/002.p/88 log/tile/0/000.p/255 \
	log/tile/1/000.p/2 log/tile/entries/000 log/tile/entries/002.p/88 log/tile/entries/000.p/8 \
	receipts/1-in-2.json receipts/555-in-600.json vkey; do
	for where in first middle last; do
		# the newline behind the key is not part of it
		[ "$file $where" != "vkey last" ] || continue
		flip "copy/$file" "$where"
		refused "the $where byte of $file"
	done
done
[ "$num" -ge 30 ] || die "only $num flips"

rm copy/log/tile/0/001
refused "a tile that is missing"
cp copy/log/tile/0/000 copy/log/tile/0/003
refused "a tile too many"
cp copy/log/tile/0/000 copy/log/tile/0/0000
refused "a file with another name"
truncate -s -32 copy/log/tile/1/000.p/2
refused "a tile cut short"
printf '\0\0' >>copy/log/tile/entries/002.p/88
refused "an entry too many"
cp 8/log/checkpoint copy/log/checkpoint
refused "the checkpoint of an earlier size"
sed -i 's/"height":\([0-9]*\)/"height":1\1/' copy/receipts/555-in-600.json
refused "a receipt with another height"
cp 70000/receipts/*-in-70000.json copy/receipts/
refused "a receipt of a log that has grown further"
echo "--- $num changes, every one seen"
peers_end
