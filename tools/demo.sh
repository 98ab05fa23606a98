#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# make demo: a list and a programme of commitments go from the question file to a result that
# urne-verify accepts; then the same questions in a group that another team's program knows, and
# that program accepts the result too. Everything happens in a folder of its own under /tmp.
set -euo pipefail

TOP=${TOP:-$(cd "$(dirname "$0")/.." && pwd)}
URNE=${URNE:-$TOP/build/bin/urne}
URNE_VERIFY=${URNE_VERIFY:-$TOP/build/bin/urne-verify}
questions=$TOP/docs/examples/first-election.json
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
	printf '%s\n' "$choices" >"$keys/$ballot-choices.json"
	quietly vote "$dir" --credential "$keys/$name.txt" --choices "$keys/$ballot-choices.json" \
		--out "$keys/$ballot.json"
	run append "$dir" "$keys/$ballot.json"
}

# election DIR GROUP
election()
{
	local dir=$1 group=$2 keys=$1-keys
	mkdir "$keys"
	tell "The officials write the questions down and open a directory for the election. It is" \
		"marked as a test, so nobody can take it for a real one."
	run new "$dir" --questions "$questions" --group "$group" --test \
		--administrator "Commission électorale"

	tell "The registrar makes a credential for each member of the roll. Delegates speak for" \
		"several members: their votes have a weight."
	printf '%s\n' '# identifiant,poids' 'anna,3' 'bruno,1' 'chloe,1' 'david,2' >"$keys/roll.csv"
	for i in $(seq 1 20); do
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

	tell "Sealing fixes questions, roll and keys. Everybody compares the fingerprints aloud."
	run seal "$dir"

	tell "Members vote. Ballots are encrypted on their own machines and prove that they follow" \
		"the rules. Anna changes her mind and votes again: only her last ballot counts."
	member "$dir" "$keys" anna '[["Pour"],["Inès Benali"],["Pour"],["Pour"],["Contre"],["Pour"],["Pour"],[],["Pour"],["Pour"]]' b1
	member "$dir" "$keys" bruno '[["Contre"],"blank",["Pour"],["Contre"],["Contre"],[],["Pour"],["Pour"],["Pour"],["Contre"]]' b2
	member "$dir" "$keys" anna '[["Pour"],["Camille Arnaud"],["Pour"],["Pour"],["Pour"],["Pour"],["Pour"],["Pour"],["Pour"],["Pour"]]' b3
	tell "Twenty more ballots, one in ten a revote, are drawn at random for the demonstration."
	run simulate "$dir" --ballots 20 --revotes 10 --credentials "$dir-private.json"

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

	tell "Anybody can verify the whole record with a program of its own that holds no key:"
	printf '    $ urne-verify %s\n' "$dir/"*.bel
	"$URNE_VERIFY" "$dir/"*.bel | sed 's/^/    /'
}

tell "PART 1. A list for the European elections and a programme of eight commitments, in the" \
	"group Ed25519. Folder: $work"
election liste Ed25519

tell "PART 2. The same questions in the group BELENIOS-2048, which the program of another team" \
	"(Debian's belenios-tool) can check."
election liste-2048 BELENIOS-2048

tell "The independent program reads the same archive and recomputes everything its own way:"
mkdir independent
cp liste-2048/*.bel independent/
echo '    $ belenios-tool election verify --dir independent'
belenios-tool election verify --dir independent 2>&1 | sed 's/^/    /'

tell "DONE. Both programs accept the election. To verify it yourself, now or in ten years, you" \
	"need one file, the archive:"
printf '    %s %s\n' "$URNE_VERIFY" "$work"/liste/*.bel "$URNE_VERIFY" "$work"/liste-2048/*.bel
tell "Exit status 0 means: everything that the archive can show is right, and the result follows" \
	"from its ballots. That your own ballot is among them, its tracker shows you:" \
	"\"urne append\" printed it above."
