# SPDX-License-Identifier: EUPL-1.2
# shellcheck shell=bash
# For tests of a lint: a folder of their own to try it in. Whoever sources this sets LINT, the command.
: "${TOP:?}" "${LINT:?}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

die()
{
	echo "FAILED: $*" >&2
	exit 1
}

# lint STATUS [PIECE]: what the lint makes of this tree is in `said`.
lint()
{
	local rc=0
	"${LINT[@]}" "$work" >said 2>&1 || rc=$?
	[ "$rc" = "$1" ] || die "the lint exits $rc, not $1: $(cat said)"
	[ $# = 1 ] || grep -qF -- "$2" said || die "no \"$2\" in: $(cat said)"
}
