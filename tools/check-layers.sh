#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Fails when a file includes upwards, or across a wall. A file may include its own folder and the
# folders before it in   base, crypto, election, tally, bulletin/log, observer, documents, (programs)
# where the programs are bulletin/server, verifier and client and never include each other.
# Usage: tools/check-layers.sh [TOP]
set -euo pipefail

cd "${1:-$(dirname "$0")/..}"
bad=0

complain()
{
	echo "$1: $2" >&2
	bad=1
}

# layer PATH prints the height of its folder, or nothing.
layer()
{
	case $1 in
	base/*) echo 1 ;;
	crypto/*) echo 2 ;;
	election/*) echo 3 ;;
	tally/*) echo 4 ;;
	bulletin/log/*) echo 5 ;;
	observer/*) echo 6 ;;
	documents/*) echo 7 ;;
	bulletin/server/* | verifier/* | client/*) echo 8 ;;
	esac
}

# program PATH prints which program a file of the top layer belongs to.
program()
{
	case $1 in
	bulletin/server/*) echo server ;;
	verifier/*) echo verifier ;;
	client/*) echo client ;;
	esac
}

# normal PATH resolves . and .. without asking the file system.
normal()
{
	realpath -m --relative-to=. "$1"
}

check_ours()
{
	local file=$1 where=$2 name=$3 target from to
	if [ -e "$name" ]; then
		target=$(normal "$name")
	elif [ -e "$(dirname "$file")/$name" ]; then
		target=$(normal "$(dirname "$file")/$name")
	else
		target=$(normal "$name")
		if [ -z "$(layer "$target")" ]; then
			complain "$where" "includes $name, which is nowhere"
			return
		fi
	fi
	from=$(layer "$file")
	to=$(layer "$target")
	if [ -z "$to" ]; then
		complain "$where" "includes $target, which is in no layer"
		return
	fi
	if [ "$to" -gt "$from" ]; then
		complain "$where" "includes $target, which is above it"
	elif [ "$to" -eq 8 ] && [ "$(program "$file")" != "$(program "$target")" ]; then
		complain "$where" "includes $target of another program"
	fi
	case $target in
	crypto/secret/*)
		case $file in
		crypto/secret/*) ;;
		crypto/* | bulletin/log/* | observer/* | documents/* | verifier/*)
			complain "$where" "includes $target; secret-key code stays out of this folder"
			;;
		esac
		;;
	crypto/vartime/*)
		case $file in
		crypto/secret/*)
			complain "$where" "includes $target; secrets never meet variable-time code"
			;;
		esac
		;;
	esac
}

check_library()
{
	local file=$1 where=$2 name=$3
	case $name in
	sodium.h | sodium/*)
		case $file in
		crypto/secret/*) ;;
		*) complain "$where" "only crypto/secret/ may include $name" ;;
		esac
		;;
	gmp.h)
		case $file in
		crypto/*.c) ;;
		*) complain "$where" "only .c files of crypto/ may include $name" ;;
		esac
		;;
	openssl/*)
		case $file in
		crypto/*) ;;
		*) complain "$where" "only crypto/ may include $name" ;;
		esac
		;;
	cairo.h | cairo-pdf.h | pango/* | glib.h | glib-object.h | qrencode.h | fontconfig/*)
		case $file in
		documents/*.c) ;;
		*) complain "$where" "only .c files of documents/ may include $name" ;;
		esac
		;;
	curl/*)
		case $file in
		base/http/transfer.h) ;;
		*) complain "$where" "only base/http/transfer.h may include $name" ;;
		esac
		;;
	zlib.h)
		case $file in
		bulletin/server/gzip.c) ;;
		*) complain "$where" "only bulletin/server/gzip.c may include $name" ;;
		esac
		;;
	sqlite3.h | microhttpd.h | jansson.h)
		case $file in
		bulletin/server/*.c) ;;
		*) complain "$where" "only .c files of bulletin/server/ may include $name" ;;
		esac
		;;
	esac
}

files=0
while IFS= read -r file; do
	files=$((files + 1))
	if [ -z "$(layer "$file")" ]; then
		complain "$file" "is in no layer"
		continue
	fi
	while IFS=: read -r line text; do
		if [[ $text =~ ^[[:space:]]*#[[:space:]]*include[[:space:]]*([\<\"])([^\>\"]+)[\>\"] ]]; then
			name=${BASH_REMATCH[2]}
			check_library "$file" "$file:$line" "$name"
			if [ "${BASH_REMATCH[1]}" = '"' ]; then
				check_ours "$file" "$file:$line" "$name"
			elif [ -n "$(layer "$name")" ]; then
				complain "$file:$line" "write \"$name\", it is ours"
			fi
		else
			complain "$file:$line" "an include this script cannot read: $text"
		fi
	done < <(grep -nE '^[[:space:]]*#[[:space:]]*include' "$file" || true)
done < <(find base crypto election tally bulletin observer documents verifier client -name '*.[ch]' -o -name '*.inc' | sort)

# One file each, so that a handler is testable without a socket and a store without a server.
for header in sqlite3.h microhttpd.h; do
	count=$(grep -rlE "^[[:space:]]*#[[:space:]]*include[[:space:]]*[<\"]$header" bulletin 2>/dev/null | wc -l || true)
	if [ "$count" -gt 1 ]; then
		complain bulletin/server "$count files include $header, one may"
	fi
done

if [ "$files" -eq 0 ]; then
	echo "check-layers: no file found" >&2
	exit 1
fi
if [ "$bad" -ne 0 ]; then
	exit 1
fi
echo "layers: $files files include downwards only"
