#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# What benchmarks measure on is the archive of a real election: urne-verify passes it with every check,
# belenios-tool does (BELENIOS-2048), voters who voted again count once, all hints that come with it are
# right, and the same arguments give the same bytes on one processor and on all.
set -euo pipefail

: "${URNE_VERIFY:?}" "${BENCH_DIR:?}"
uuid=GnQagTgeJqLsvY
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

die()
{
	echo "FAILED: $*" >&2
	exit 1
}

# passed ARGUMENTS...: the report is in report.json, and no check of the election failed or was left out.
passed()
{
	"$URNE_VERIFY" "$@" --json report.json.new >out || die "exit $?: $(tail -n 5 out)"
	mv report.json.new report.json
	grep -q '^VERIFIED' out || die "not verified: $(tail -n 1 out)"
}

# counts FIELD NUMBER: of the last report
counts()
{
	[ "$(jq ".election.$1" report.json)" = "$2" ] || die "$1 is $(jq ".election.$1" report.json), not $2"
}

mkdir plain again
"$BENCH_DIR/bench_archive" Ed25519 300 >plain/$uuid.bel
passed plain/$uuid.bel
counts ballots 300
counts voters 300

"$BENCH_DIR/bench_archive" Ed25519 300 5 hints >again/$uuid.bel
passed again/$uuid.bel --hints hints
counts ballots 300
counts voters 285
counts ballots_with_hints 300
"$URNE_VERIFY" again/$uuid.bel --write-hints ours --quiet >out
# which writes those of the partial decryption behind them
cmp -n "$(stat -c %s hints)" hints ours || die "the hints are not those that urne-verify writes"
counts credentials_with_hints 300

taskset -c "$(taskset -cp $$ | sed 's/.*: //; s/[,-].*//')" \
	"$BENCH_DIR/bench_archive" Ed25519 300 5 one >one.bel
cmp one.bel again/$uuid.bel || die "the archive depends on the number of processors"
cmp one hints || die "the hints depend on the number of processors"

mkdir field
"$BENCH_DIR/bench_archive" BELENIOS-2048 20 10 >field/$uuid.bel
passed field/$uuid.bel
counts voters 18
if command -v belenios-tool >/dev/null; then
	belenios-tool election verify --dir field >out 2>&1 || die "belenios-tool: $(cat out)"
	grep -q 'all checks passed' out || die "belenios-tool: $(cat out)"
fi
