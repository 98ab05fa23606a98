#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# The first election of the README and its first board run as they are printed there, and what they
# leave is verified. Where the reader answers at a terminal, options do; the board listens where the
# machine has room.
set -euo pipefail

: "${TOP:?}" "${URNE:?}" "${URNE_VERIFY:?}" "${URNE_BOARD:?}"

work=$(mktemp -d)
# shellcheck disable=SC2317 # by the trap
stop()
{
	[ ! -s "$work/pid" ] || kill "$(cat "$work/pid")" 2>/dev/null || true
	rm -rf "$work"
}
trap stop EXIT

mkdir "$work/bin" "$work/run"
cat >"$work/bin/there" <<-EOF
	words=()
	for word in "\$@"; do
		if [[ \$word == http://127.0.0.1:8080* ]]; then
			until grep -qs '"listening"' "$work/run/board.log"; do
				kill -0 "\$(cat "$work/pid")" || exit 1
				sleep 0.05
			done
			at=\$(sed -n 's/.*"listening","address":"\([^"]*\)".*/\1/p' "$work/run/board.log")
			word=http://\$at\${word#http://127.0.0.1:8080}
		fi
		words+=("\$word")
	done
	set -- "\${words[@]}"
EOF
cat >"$work/bin/urne" <<-EOF
	#!/bin/bash
	source "$work/bin/there"
	case "\$1 \$2" in
	"official key") exec "$URNE" "\$@" --no-passphrase ;;
	"board push" | "order give" | "decrypt --board") exec "$URNE" "\$@" --yes ;;
	*) exec "$URNE" "\$@" ;;
	esac
EOF
cat >"$work/bin/urne-verify" <<-EOF
	#!/bin/bash
	source "$work/bin/there"
	exec "$URNE_VERIFY" "\$@"
EOF
cat >"$work/bin/urne-board" <<-EOF
	#!/bin/bash
	[ "\$1" != run ] || echo "\$\$" >"$work/pid"
	exec "$URNE_BOARD" "\${@/127.0.0.1:8080/127.0.0.1:0}"
EOF
chmod +x "$work/bin/urne" "$work/bin/urne-verify" "$work/bin/urne-board"
PATH=$work/bin:$PATH
export PATH

# run HEADING runs the first sh block under it, in the folder that the one before has left.
run()
{
	awk -v heading="## $1" '/^## / { here = ($0 == heading) }
		here && /^```$/ && code { exit }
		code { print }
		here && /^```sh$/ { code = 1 }' "$TOP/README.md" >"$work/block.sh"
	[ "$(grep -c '^urne' "$work/block.sh")" -ge 10 ] || {
		echo "README.md: no block of commands under \"$1\"" >&2
		exit 1
	}
	bash -euo pipefail "$work/block.sh" </dev/null
}

# one_for ARCHIVE fails unless it verifies and has one vote for.
one_for()
{
	rm -f "$work/report.json"
	"$URNE_VERIFY" --quiet --json "$work/report.json" "$1"
	grep -qF '"result":[[1,0]]' "$work/report.json" || {
		echo "$1: the result is not one vote for: $(grep -o '"result":[^}]*' "$work/report.json")" >&2
		exit 1
	}
}

cd "$work/run"
run "A first election"
shopt -s nullglob
archives=(*/*.bel)
[ "${#archives[@]}" -eq 1 ] || {
	echo "the README's election left ${#archives[@]} archives" >&2
	exit 1
}
one_for "${archives[0]}"

run "A first board"
archives=(board/public/bb/*/election.bel)
[ "${#archives[@]}" -eq 2 ] || { # the election's and the journal's
	echo "the README's board shows ${#archives[@]} archives" >&2
	exit 1
}
for archive in "${archives[@]}"; do
	[[ $archive == */journal/* ]] || one_for "$archive"
done
