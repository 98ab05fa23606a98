#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# A small vote with a definition, for tests of what follows from one: five members, one trustee, two
# officials. Sourced, not run; the present folder is the test's own.
# shellcheck shell=bash

die()
{
	echo "FAILED: $*" >&2
	exit 1
}

urne()
{
	"$URNE" "$@" >>log 2>&1 || die "urne $*: $(tail -n 3 log)"
}

# refused PIECE COMMAND...: exit status 1, and the sentence holds PIECE.
refused()
{
	local piece=$1 rc=0
	shift
	"$URNE" "$@" >refused.out 2>&1 || rc=$?
	[ "$rc" = 1 ] || die "urne $* exits $rc, not 1: $(tail -n 2 refused.out)"
	grep -qF -- "$piece" refused.out || die "urne $*: no \"$piece\" in: $(tail -n 2 refused.out)"
}

# shellcheck source=tests/support/await.sh
source "$TOP/tests/support/await.sh"
# shellcheck source=tests/support/instrumented.sh
source "$TOP/tests/support/instrumented.sh"

# verdict STATUS ARGS...: urne-verify's exit status; the report is in report.
verdict()
{
	local want=$1 rc=0
	shift
	"$URNE_VERIFY" "$@" >report 2>&1 || rc=$?
	[ "$rc" = "$want" ] || die "urne-verify $* exits $rc, not $want: $(cat report)"
}

# says CHECK WORD: the report's verdict on a check.
says()
{
	grep -qE "^$2 +$1 " report || die "the report does not say $2 of $1: $(cat report)"
}

# official_keys: claire and hugo, once.
official_keys()
{
	local name
	for name in claire hugo; do
		[ -e "$name.key" ] || urne official key --name "$name" --key "$name.key" --out "$name.pub" \
			--no-passphrase
	done
}

# definition OPENS CLOSES: the small vote on standard output.
definition()
{
	official_keys
	sed -e "s|@OPENS@|$1|; s|@CLOSES@|$2|; s|@CLAIRE@|$(cat claire.pub)|; s|@HUGO@|$(cat hugo.pub)|" \
		"$TOP/tests/support/small.vote.json"
}

# sealed DIR NEW-OPTIONS...: an election of small.vote.json's copy vote.json, up to its seal.
sealed()
{
	local dir=$1
	shift
	sealed_of "$dir" --definition vote.json "$@"
}

# sealed_of DIR NEW-OPTIONS...: an election of what the options say; five members, or those of DIR-roll.csv.
sealed_of()
{
	local dir=$1
	shift
	urne new "$dir" "$@"
	[ -e "$dir-roll.csv" ] || printf '%s\n' anna bruno chloe david emma >"$dir-roll.csv"
	urne credentials "$dir" --roll "$dir-roll.csv" --out "$dir-private.json"
	urne trustee key --group "$(jq -r .group "$dir/draft.json")" --key "$dir-trustee.key" \
		--out "$dir-trustee.json" --no-passphrase
	urne trustee add "$dir" "$dir-trustee.json"
	urne seal "$dir"
}

# on_board DIR BOARD KEYFILE...: brings a sealed election to a board and opens it, by orders that
# officials with these keys sign; `known` holds the options --log-key and --ca.
on_board()
{
	: "${known:?}"
	urne board push "$1" --board "$2" "${known[@]}" --yes "${@:3}"
	rehearse_and_open "$@"
}

# rehearse_and_open DIR BOARD KEYFILE...: the same of an election that is on the board. The trustee of
# a vote rehearses before.
rehearse_and_open()
{
	local dir=$1 board=$2 uuid
	shift 2
	uuid=$(jq -r .uuid "$dir/draft.json")
	if ! grep -q '"name":"\[TEST' "$dir/election.json"; then
		urne trustee rehearse "$board/bb/$uuid" --key "$dir-trustee.key" "${known[@]}"
		urne order give checklist "$uuid" --board "$board" "${known[@]}" --yes "$@"
	fi
	urne order give open "$uuid" --board "$board" "${known[@]}" --yes "$@"
}

# ballot DIR MEMBER CHOICES BALLOT
ballot()
{
	grep -o "\"$2\":\"[^\"]*\"" "$1-private.json" | cut -d'"' -f4 >credential
	printf '%s' "$3" >choices.json
	urne vote "$1" --credential credential --choices choices.json --out "$4"
}

# cast DIR MEMBER CHOICES
cast()
{
	ballot "$1" "$2" "$3" "$1-$2.json"
	urne append "$1" "$1-$2.json"
}

# finish DIR: from the last ballot to the result.
finish()
{
	urne close "$1"
	urne tally "$1"
	urne decrypt "$1" --key "$1-trustee.key" --out "$1-decryption.json"
	urne append "$1" "$1-decryption.json"
	urne result "$1"
}

# five DIR: five members vote. Anna and Bruno are for everything, Chloé against, David mixed, Emma
# abstains where she may.
five()
{
	local all='{"liste":"for","tete":["c-1","c-3"],"programme":{"a-1":"for","a-2":"for","b-1":"for"},
		"priorites":["p-1","p-2"],"notes":{"n-1":"bien","n-2":"moyen","n-3":"moyen"},
		"texte":{"art-1":"for","art-2":"for","whole":"for"}}'
	cast "$1" anna "$all"
	cast "$1" bruno "$all"
	cast "$1" chloe '{"liste":"against","tete":["c-2"],
		"programme":{"a-1":"against","a-2":"blank","b-1":"against"},"priorites":["p-3"],
		"notes":{"n-1":"mal","n-2":"mal","n-3":"mal"},
		"texte":{"art-1":"against","art-2":"against","whole":"against"}}'
	cast "$1" david '{"liste":"for","tete":["c-3","c-4"],"programme":{"a-1":"against","b-1":"for"},
		"priorites":["p-1"],"notes":{"n-1":"bien","n-2":"bien","n-3":"moyen"},
		"texte":{"art-1":"for","art-2":"against","whole":"for"}}'
	cast "$1" emma '{"notes":{"n-1":"moyen","n-2":"moyen","n-3":"moyen"}}'
}
