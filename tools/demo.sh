#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# make demo: a European list and a programme of sixty commitments go from the vote definition to
# signed minutes that urne-verify recomputes; then a municipal constitution, article by article, in a
# group that another team's program knows, and that program accepts the result too. Everything
# happens in a folder of its own under /tmp.
set -euo pipefail

TOP=${TOP:-$(cd "$(dirname "$0")/.." && pwd)}
URNE=${URNE:-$TOP/build/bin/urne}
URNE_VERIFY=${URNE_VERIFY:-$TOP/build/bin/urne-verify}
examples=$TOP/docs/examples
work=$(mktemp -d /tmp/urne-demo.XXXXXX)
cd "$work"

# What people read, and what the program says, indented.
tell()
{
	printf '\n%s\n' "$*" | fmt -w 88
}
run()
{
	printf '    $ urne %s\n' "$*"
	"$URNE" "$@" 2>&1 | sed 's/^/    /'
}
quietly()
{
	"$URNE" "$@" >/dev/null 2>&1 || {
		echo "demo: urne $* failed" >&2
		exit 1
	}
}

# credential MEMBER FILE: what the registrar hands to one member.
credential()
{
	(umask 077 && sed -n "s/^\"$1\":\"\(.*\)\",\{0,1\}\$/\1/p" "$work/$3-private.json" >"$2")
}

# ceremony DIR KEYS: four rounds, three trustees, each on a machine of their own.
ceremony()
{
	local dir=$1 keys=$2 round j in
	for round in 1 2 3 4; do
		for j in 1 2 3; do
			in=$dir/ceremony/round-$round-for-all.json
			[ -e "$in" ] || in=$dir/ceremony/round-$round-for-$j.json
			quietly trustee step --key "$keys/trustee-$j.key" --in "$in" \
				--out "$keys/answer-$round-$j.json" --no-passphrase
		done
		run ceremony collect "$dir" "$keys"/answer-"$round"-*.json
	done
}

# member DIR KEYS NAME CHOICES BALLOT: one member votes and the ballot is cast.
member()
{
	local dir=$1 keys=$2 name=$3 choices=$4 ballot=$5
	credential "$name" "$keys/$name.txt" "$dir"
	quietly vote "$dir" --credential "$keys/$name.txt" --choices "$choices" \
		--out "$keys/$ballot.json"
	run append "$dir" "$keys/$ballot.json"
}

# officials KEYS DEFINITION: three officials with keys of their own, written into the definition.
officials()
{
	local keys=$1 definition=$2 i name
	i=0
	for name in $(jq -r '.officials.keys[].key | split("+")[0]' "$definition"); do
		quietly official key --name "$name" --key "$keys/$name.key" --out "$keys/$name.pub" \
			--no-passphrase
		jq --argjson i "$i" --arg key "$(cat "$keys/$name.pub")" '.officials.keys[$i].key = $key' \
			"$definition" >"$definition.new"
		mv "$definition.new" "$definition"
		i=$((i + 1))
	done
}

# election DIR DEFINITION GROUP MEMBERS FLOOR
election()
{
	local dir=$1 definition=$2 group=$3 members=$4 floor=$5 keys=$1-keys i
	mkdir "$keys"
	cp "$definition" "$dir.vote.json"
	tell "The officials write the vote down: texts in French and English, rules, times. Each has a" \
		"key of their own with which they will sign the minutes."
	officials "$keys" "$dir.vote.json"
	jq --argjson floor "$floor" '.floor = $floor' "$dir.vote.json" >"$dir.vote.json.new"
	mv "$dir.vote.json.new" "$dir.vote.json"
	run definition check "$dir.vote.json"

	tell "An election is made of it. It is marked as a test, so nobody can take it for a real one."
	run new "$dir" --definition "$dir.vote.json" --group "$group" --test \
		--administrator "Commission électorale"

	tell "The registrar makes a credential for each member of the roll. Delegates speak for" \
		"several members: their votes have a weight."
	printf '%s\n' '# identifiant,poids' 'anna,3' 'bruno,1' 'chloe,1' 'david,2' >"$keys/roll.csv"
	for i in $(seq 1 "$members"); do
		echo "membre-$i,1"
	done >>"$keys/roll.csv"
	run credentials "$dir" --roll "$keys/roll.csv" --out "$dir-private.json"

	tell "One trustee makes a key alone, locked with a passphrase; three more share one, so that" \
		"any two of them suffice."
	(umask 077 && echo 'une phrase de passe pour la démonstration' >"$keys/passphrase")
	run trustee key --group "$group" --key "$keys/anna.key" --out "$keys/anna.public.json" \
		--passphrase-file "$keys/passphrase"
	run trustee add "$dir" "$keys/anna.public.json"
	run ceremony open "$dir" --size 3 --threshold 2
	ceremony "$dir" "$keys"

	tell "Sealing fixes questions, roll and keys. Everybody compares the fingerprints aloud: with" \
		"that of the definition, nobody can be shown other words or other rules."
	run seal "$dir"

	tell "Members vote. Ballots are encrypted on their own machines and prove that they follow" \
		"the rules. Anna changes her mind and votes again: only her last ballot counts."
	member "$dir" "$keys" anna "${definition%.vote.json}.choices.json" b1
	member "$dir" "$keys" bruno "${definition%.vote.json}.choices.json" b2
	jq 'to_entries | map(if .key == "programme" or .key == "constitution" then .value |=
		with_entries(.value = "for") else . end) | from_entries' \
		"${definition%.vote.json}.choices.json" >"$keys/again.json"
	member "$dir" "$keys" anna "$keys/again.json" b3
	tell "$members more ballots, one in ten a revote, are drawn at random for the demonstration."
	run simulate "$dir" --ballots "$members" --revotes 10 --credentials "$dir-private.json"

	tell "What comes next? The program says it at any time."
	run status "$dir"

	tell "The officials close the vote and add the encrypted ballots up. Nothing is decrypted yet."
	run close "$dir"
	run tally "$dir"

	tell "Each trustee verifies every ballot and the tally before using a key. Trustee 3 is away;" \
		"two of the three are enough."
	run decrypt "$dir" --key "$keys/anna.key" --out "$keys/d1.json" --passphrase-file "$keys/passphrase"
	run decrypt "$dir" --key "$keys/trustee-1.key" --share "$dir/ceremony/share-1.dkey" --out "$keys/d2.json"
	run decrypt "$dir" --key "$keys/trustee-3.key" --share "$dir/ceremony/share-3.dkey" --out "$keys/d4.json"
	run append "$dir" "$keys/d1.json" "$keys/d2.json" "$keys/d4.json"
	run result "$dir"
}

# decided DIR: the decisions, the minutes, their signatures.
decided()
{
	local dir=$1 name count=0
	tell "Equal votes are drawn with randomness that nobody knew before: here a value that stands" \
		"for the public draw which the definition names. The officials declare it."
	printf '{"draw":"%s"}\n' "$(printf 'la démonstration' | sha256sum | cut -c1-64)" \
		>"$(echo "$dir"/*.bel | sed 's/\.bel$/.declared.json/')"

	tell "What is decided, with the reason for each decision and each rank (the first lines; the" \
		"pages have everything):"
	printf '    $ urne outcome %s | head -n 60\n' "$dir"
	"$URNE" outcome "$dir" >"$dir-outcome.txt"
	head -n 60 "$dir-outcome.txt" | sed 's/^/    /'
	run outcome "$dir" --format json --out "$(echo "$dir"/*.bel | sed 's/\.bel$/.outcome.json/')"
	run outcome "$dir" --format csv --out "$dir-outcome.csv"
	run outcome "$dir" --format html --out "$dir-outcome.html"

	tell "The minutes: the verifier recomputes the whole record first; then officials sign, each" \
		"with their own key."
	run minutes "$dir" --out "$dir-minutes"
	for name in $(jq -r '.officials.keys[].key | split("+")[0]' "$dir.vote.json"); do
		[ "$count" = "$(jq .officials.required "$dir.vote.json")" ] && break
		run certify "$dir" --minutes "$dir-minutes" --key "$dir-keys/$name.key"
		count=$((count + 1))
	done

	tell "Anybody can verify the whole record, decisions and minutes with a program of its own" \
		"that holds no key:"
	printf '    $ urne-verify %s --minutes %s\n' "$dir/"*.bel "$dir-minutes/minutes.json"
	"$URNE_VERIFY" "$dir/"*.bel --minutes "$dir-minutes/minutes.json" >"$dir-report.txt"
	sed '/^Result$/,/^Decisions$/{/^Decisions$/!d}; s/^/    /' "$dir-report.txt"
}

tell "PART 1. A list of 81 places for the European elections, 118 candidates, and a programme of" \
	"sixty commitments, in the group Ed25519. Folder: $work"
election liste "$examples/european-list.vote.json" Ed25519 24 20
decided liste

tell "PART 2. A municipal constitution of forty articles, in the group BELENIOS-2048, which the" \
	"program of another team (Debian's belenios-tool) can check. Eleven members only, so the" \
	"definition's floor, below which nothing is decrypted, is lowered to five."
election constitution "$examples/municipal-constitution.vote.json" BELENIOS-2048 7 5
decided constitution

tell "The independent program reads the same archive and recomputes everything its own way:"
mkdir independent
cp constitution/*.bel independent/
echo '    $ belenios-tool election verify --dir independent'
belenios-tool election verify --dir independent 2>&1 | sed 's/^/    /'

tell "DONE. Both programs accept the election. To read: $work/liste-minutes/minutes.fr.html, and" \
	"$work/liste-outcome.html. To verify it yourself, now or in ten years, you need the archive," \
	"and beside it the definition:"
printf '    %s %s\n' "$URNE_VERIFY" "$work"/liste/*.bel "$URNE_VERIFY" "$work"/constitution/*.bel
tell "Exit status 0 means: everything that the archive can show is right, the result follows from" \
	"its ballots, and the decisions from the result. That your own ballot is among them, its" \
	"tracker shows you: \"urne append\" printed it above."
