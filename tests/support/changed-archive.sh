#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# A vote with many revotes, and archives that are not as they were made. Sourced behind vote.sh, not run;
# the present folder is the test's own.
# shellcheck shell=bash

# edit IN OUT STEP...: tests/support/edit-archive.py
edit()
{
	python3 "$TOP/tests/support/edit-archive.py" "$@" || die "edit-archive.py $*"
}

# revoted QUESTIONS BALLOTS REVOTES: the election w of these questions from its beginning to its result, with
# twenty members of weights 1 to 20, two trustees, and so many ballots, REVOTES of a hundred of which
# replace others. Its archive is w.
revoted()
{
	local i
	printf '%s\n' "$1" >questions.json
	urne new w --questions questions.json --test
	seq 20 | sed 's/.*/m&,&/' >roll.csv
	urne credentials w --roll roll.csv --out w-private.json
	for i in 1 2; do
		urne trustee key --group Ed25519 --key "w$i.key" --out "w$i.json" --no-passphrase
		urne trustee add w "w$i.json"
	done
	urne seal w
	urne simulate w --ballots "$2" --revotes "$3" --credentials w-private.json
	urne close w
	urne tally w
	for i in 1 2; do
		urne decrypt w --key "w$i.key" --out "w$i.share"
		urne append w "w$i.share"
	done
	urne result w
	# shellcheck disable=SC2034 # for the tests
	w=$(echo w/*.bel)
}
