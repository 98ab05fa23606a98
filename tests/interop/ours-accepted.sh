#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Elections made by urne, in the groups that Debian's belenios-tool knows, are accepted by it: with
# and without blank, weights, revotes, 1 and 3 single trustees, threshold 2 of 3, and both kinds
# mixed.
# shellcheck source=tests/support/interop.sh
source "$(dirname "$0")/../support/interop.sh"

plain='{"answers":["A","B","C"],"min":0,"max":1,"question":"one"}'
blank='{"answers":["D","E"],"blank":true,"min":1,"max":2,"question":"two"}'

# ceremony DIR SIZE THRESHOLD KEYS: all rounds of the threshold ceremony.
ceremony()
{
	local dir=$1 size=$2 threshold=$3 keys=$4 round i in answers
	"$URNE" ceremony open "$dir" --size "$size" --threshold "$threshold" >/dev/null
	for round in 1 2 3 4; do
		answers=()
		for ((i = 1; i <= size; i++)); do
			in=$dir/ceremony/round-$round-for-all.json
			[ -e "$in" ] || in=$dir/ceremony/round-$round-for-$i.json
			"$URNE" trustee step --key "$keys/t$i.key" --in "$in" \
				--out "$keys/t$i-$round.json" --no-passphrase >/dev/null
			answers+=("$keys/t$i-$round.json")
		done
		"$URNE" ceremony collect "$dir" "${answers[@]}" >/dev/null
	done
}

# election NAME GROUP QUESTIONS SINGLES THRESHOLD(0 or 2) WEIGHTS BALLOTS
election()
{
	local name=$1 group=$2 questions=$3 singles=$4 threshold=$5 weights=$6 ballots=$7
	local dir=$work/$name keys=$work/$name-keys i
	say "$name: $group, $singles single trustees, threshold $threshold of 3"
	mkdir "$keys"
	printf '{"name":"%s","description":"interop","questions":[%s]}' "$name" "$questions" \
		>"$keys/questions.json"
	"$URNE" new "$dir" --questions "$keys/questions.json" --group "$group" --test >/dev/null
	for i in 1 2 3 4 5 6; do
		if [ "$weights" = yes ]; then
			echo "voter$i@example.org,$((i * 400000000))"
		else
			echo "voter$i@example.org"
		fi
	done >"$keys/roll.csv"
	"$URNE" credentials "$dir" --roll "$keys/roll.csv" --out "$keys/private.json" >/dev/null
	for ((i = 1; i <= singles; i++)); do
		"$URNE" trustee key --group "$group" --key "$keys/s$i.key" --out "$keys/s$i.json" \
			--no-passphrase >/dev/null
		"$URNE" trustee add "$dir" "$keys/s$i.json" >/dev/null
	done
	if [ "$threshold" != 0 ]; then
		ceremony "$dir" 3 "$threshold" "$keys"
	fi
	"$URNE" seal "$dir" >/dev/null
	"$URNE" simulate "$dir" --ballots "$ballots" --revotes 50 \
		--credentials "$keys/private.json" >/dev/null
	"$URNE" close "$dir" >/dev/null
	"$URNE" tally "$dir" >/dev/null
	for ((i = 1; i <= singles; i++)); do
		"$URNE" decrypt "$dir" --key "$keys/s$i.key" --out "$keys/pd-s$i.json" >/dev/null
		"$URNE" append "$dir" "$keys/pd-s$i.json" >/dev/null
	done
	if [ "$threshold" != 0 ]; then
		for i in 3 1; do
			"$URNE" decrypt "$dir" --key "$keys/t$i.key" \
				--share "$dir/ceremony/share-$i.dkey" --out "$keys/pd-t$i.json" >/dev/null
			"$URNE" append "$dir" "$keys/pd-t$i.json" >/dev/null
		done
	fi
	"$URNE" result "$dir" >/dev/null
	both_accept "$dir"
}

for group in BELENIOS-2048 RFC-3526-2048; do
	election "one-$group" "$group" "$plain" 1 0 no 4
	election "three-$group" "$group" "$blank" 3 0 no 4
	election "threshold-$group" "$group" "$plain,$blank" 0 2 no 4
done
election mixed-weights BELENIOS-2048 "$plain,$blank" 1 2 yes 9
say "all accepted by both programs"
