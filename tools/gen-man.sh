#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Writes the man pages of urne and its commands, and of urne-board, from the same tables as --help.
# Usage: tools/gen-man.sh URNE URNE_BOARD DIR
set -euo pipefail

urne=${1:?path of urne}
board=${2:?path of urne-board}
dir=${3:?folder for the pages}

mkdir -p "$dir"
"$urne" help --man urne >"$dir/urne.1"
"$urne" help --man list | while read -r name; do
	"$urne" help --man "$name" >"$dir/urne-$name.1"
done
"$board" help --man >"$dir/urne-board.8"
