#!/bin/bash
# SPDX-License-Identifier: EUPL-1.2
# Elections set up by Debian's belenios-tool (its 2.0 forms: old credentials, threshold parameters
# without signatures) are continued by urne half-way: ballots cast, tally, decryption with the other
# program's key files, single and threshold; both accept the end.
# shellcheck source=tests/support/interop.sh
source "$(dirname "$0")/../support/interop.sh"

export BELENIOS_USE_URANDOM=1
group=BELENIOS-2048

# setup DIR THRESHOLD: an election with one single trustee, or a threshold of 2 of 3 beside it.
setup()
{
	local dir=$1 uuid u
	mkdir "$dir"
	cd "$dir"
	uuid=$(belenios-tool setup generate-token)
	belenios-tool setup generate-credentials --uuid "$uuid" --group $group --count 4 >/dev/null
	mv ./*.pubcreds public_creds.json
	mv ./*.privcreds private_creds.txt
	if [ "$2" = yes ]; then
		for _ in 1 2 3; do
			belenios-tool setup generate-trustee-key-threshold --group $group --step 1 >/dev/null
		done
		cat ./*.cert >certs.jsons
		belenios-tool setup generate-trustee-key-threshold --group $group \
			--certs certs.jsons --step 2 >/dev/null
		for u in *.key; do
			belenios-tool setup generate-trustee-key-threshold --group $group \
				--certs certs.jsons --key "$u" --step 3 --threshold 2
		done >polynomials.jsons
		belenios-tool setup generate-trustee-key-threshold --group $group \
			--certs certs.jsons --step 4 --polynomials polynomials.jsons >/dev/null
		for u in *.key; do
			belenios-tool setup generate-trustee-key-threshold --group $group \
				--certs certs.jsons --key "$u" --step 5 <"${u%.key}.vinput" \
				>"${u%.key}.voutput"
		done
		cat ./*.voutput | belenios-tool setup generate-trustee-key-threshold --group $group \
			--certs certs.jsons --step 6 --polynomials polynomials.jsons >threshold.json
	fi
	belenios-tool setup generate-trustee-key --group $group >/dev/null
	cat ./*.pubkey >public_keys.jsons
	belenios-tool setup make-trustees >/dev/null
	rm -f public_keys.jsons threshold.json
	cat >template.json <<-'J'
		{"description":"interop","name":"theirs","questions":[{"answers":["A","B","C"],"min":0,"max":2,"question":"one"},{"answers":["D","E"],"blank":true,"min":1,"max":1,"question":"two"}],"administrator":"Odile","credential_authority":"Basile"}
	J
	belenios-tool setup make-election --uuid "$uuid" --group $group --template template.json >/dev/null
	belenios-tool archive init >/dev/null
	rm -f election.json trustees.json public_creds.json
	cd - >/dev/null
}

# theirs DIR N CHOICES: the other program casts for voter N.
theirs()
{
	local cred
	cred=$(sed -n "$2p" "$1/private_creds.txt" | cut -d' ' -f2)
	(
		cd "$1"
		echo "$cred" >cred.tmp
		echo "$3" >choices.tmp
		belenios-tool election generate-ballot --privcred cred.tmp --ballot choices.tmp |
			belenios-tool archive add-event --type=Ballot
		rm cred.tmp choices.tmp
	) >/dev/null 2>&1
}

# ours DIR N CHOICES: urne casts for voter N, with the old credential.
ours()
{
	(umask 077 && sed -n "$2p" "$1/private_creds.txt" | cut -d' ' -f2 >"$work/cred")
	echo "$3" >"$work/choices.json"
	rm -f "$work/ballot.json"
	"$URNE" vote "$1" --credential "$work/cred" --choices "$work/choices.json" \
		--out "$work/ballot.json" >/dev/null
	"$URNE" append "$1" "$work/ballot.json" >/dev/null
}

for threshold in no yes; do
	dir=$work/threshold-$threshold
	say "set up by belenios-tool, threshold: $threshold"
	setup "$dir" $threshold
	theirs "$dir" 1 '[[1,1,0],[0,1,0]]'
	ours "$dir" 2 '[["A","C"],"blank"]'
	theirs "$dir" 3 '[[0,0,0],[1,0,0]]'
	ours "$dir" 3 '[[0,1,0],["E"]]'
	theirs "$dir" 2 '[[0,0,1],[0,0,1]]'
	say "closed, tallied and decrypted by urne"
	"$URNE" close "$dir" >/dev/null
	"$URNE" tally "$dir" >/dev/null
	"$URNE" decrypt "$dir" --key "$(echo "$dir"/*.privkey)" --out "$work/pd-$threshold-1.json" >/dev/null
	"$URNE" append "$dir" "$work/pd-$threshold-1.json" >/dev/null
	if [ $threshold = yes ]; then
		keys=("$dir"/*.key)
		"$URNE" decrypt "$dir" --key "${keys[2]}" --share "${keys[2]%.key}.dkey" \
			--out "$work/pd-2.json" >/dev/null
		"$URNE" append "$dir" "$work/pd-2.json" >/dev/null
		say "the second share by belenios-tool"
		(
			cd "$dir"
			belenios-tool election decrypt-threshold --key "${keys[0]}" \
				--decryption-key "${keys[0]%.key}.dkey" --trustee-id 2 |
				belenios-tool archive add-event --type=PartialDecryption
		) >/dev/null 2>&1
	fi
	"$URNE" result "$dir" >/dev/null
	both_accept "$dir"
	[ "$(result_of "$dir")" = '[[1,2,1],[0,1,2]]' ] || die "result $(result_of "$dir")"
done
say "both programs accept, and the result is the one that was voted"
