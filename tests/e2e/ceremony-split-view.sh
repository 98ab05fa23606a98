#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Threat A21: an official shows one trustee two sets of commitments. The trustee's key answers the
# first and no other, so nobody sees its coefficients before choosing their own. The same file again
# is answered again.
set -euo pipefail

: "${URNE:?}" "${TOP:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

die()
{
	echo "FAILED: $*" >&2
	exit 1
}

step() # TRUSTEE IN OUT
{
	"$URNE" trustee step --key "t$1.key" --in "$2" --out "$3" --no-passphrase >/dev/null 2>err
}

"$URNE" new e --questions "$TOP/docs/examples/first-election.json" >/dev/null
"$URNE" ceremony open e --size 2 --threshold 2 >/dev/null
step 1 e/ceremony/round-1-for-1.json certificate-1
step 2 e/ceremony/round-1-for-2.json certificate-2
"$URNE" ceremony collect e certificate-1 certificate-2 >/dev/null
step 1 e/ceremony/round-2-for-all.json commitment-1
step 2 e/ceremony/round-2-for-all.json commitment-2
# the second trustee answers twice: the same numbers under another signature
step 2 e/ceremony/round-2-for-all.json commitment-2-again
cp -r e other
"$URNE" ceremony collect e commitment-1 commitment-2 >/dev/null
"$URNE" ceremony collect other commitment-1 commitment-2-again >/dev/null
cmp -s e/ceremony/round-3-for-all.json other/ceremony/round-3-for-all.json &&
	die "the two sets of commitments are the same"

step 1 e/ceremony/round-3-for-all.json polynomial-1
if step 1 other/ceremony/round-3-for-all.json polynomial-1-other; then
	die "a second set of commitments was answered"
fi
grep -q 'this key has answered other commitments' err || die "another sentence: $(cat err)"
[ ! -e polynomial-1-other ] || die "something was written"
step 1 e/ceremony/round-3-for-all.json polynomial-1-again
cmp -s t1.key.commitments <(sha256sum <e/ceremony/round-3-for-all.json | cut -d' ' -f1) ||
	die "t1.key.commitments is not the hash of the file"
echo "the second set of commitments is refused, the first is answered again"
