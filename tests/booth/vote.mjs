// SPDX-License-Identifier: EUPL-1.2
// A voter with the booth's core instead of a browser:
//   node vote.mjs ELECTION CREDENTIAL CHOICES BALLOT [DEFINITION]          encrypts, signs, writes the ballot
//   node vote.mjs --open ELECTION CREDENTIAL CHOICES OPENED [DEFINITION]   opens the ballot instead
//   node vote.mjs --audit ELECTION OPENED                                  computes an opened ballot again
// All but BALLOT and OPENED are files that are read.
import { readFileSync, writeFileSync } from "node:fs";
import { webcrypto } from "node:crypto";
import { checkOpened } from "../../booth/js/core/audit.js";
import { prepare, seedDraw, sign } from "../../booth/js/core/ballot.js";
import { marksOf, marksOfQuestions } from "../../booth/js/core/choices.js";
import { derive, readCredential } from "../../booth/js/core/credential.js";
import { readDefinition } from "../../booth/js/core/definition.js";
import { readElection } from "../../booth/js/core/election.js";
import { readJson } from "../../booth/js/core/json.js";
import { openedFile } from "../../booth/js/core/opened.js";

globalThis.crypto ??= webcrypto;

async function marksFrom(election, choices, definitionFile) {
	const answers = readJson(readFileSync(choices, "utf8"));
	if (definitionFile === undefined) {
		return marksOfQuestions(election, answers);
	}
	const { marks, faults } = marksOf(await readDefinition(new Uint8Array(readFileSync(definitionFile)), election), answers);
	if (marks === null) {
		throw new Error(JSON.stringify(faults));
	}
	return marks;
}

async function vote(open, [electionFile, credentialFile, choices, out, definitionFile]) {
	const election = await readElection(new Uint8Array(readFileSync(electionFile)));
	const marks = await marksFrom(election, choices, definitionFile);
	const { secret, publicText } = await derive(election, readCredential(readFileSync(credentialFile, "utf8")));
	const seed = await seedDraw(election, marks, secret);
	const prepared = await prepare(election, marks, publicText, seed);
	writeFileSync(out, open ? openedFile(prepared, marks, seed) : (await sign(election, prepared, secret)).text);
}

async function audit([electionFile, openedPath]) {
	const election = await readElection(new Uint8Array(readFileSync(electionFile)));
	const { fingerprint, differences } = await checkOpened(election, readFileSync(openedPath, "utf8"));
	process.stdout.write(`${fingerprint} ${JSON.stringify(differences)}\n`);
	process.exitCode = differences.length === 0 ? 0 : 1;
}

const [first, ...rest] = process.argv.slice(2);
if (first === "--audit") {
	await audit(rest);
} else {
	await vote(first === "--open", first === "--open" ? rest : [first, ...rest]);
}
