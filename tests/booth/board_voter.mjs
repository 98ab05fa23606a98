// SPDX-License-Identifier: EUPL-1.2
// A voter at a real board with the booth's core instead of a browser. Nothing that the board says is believed before the
// log's key has signed for it.
//   node board_voter.mjs URL KEYFILE CREDENTIAL CHOICES RECEIPT
// URL is http://HOST/bb/UUID, KEYFILE has the service's verifier key. Prints what happened, and the tracker last.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { webcrypto } from "node:crypto";
import { prepare, seedDraw, sign } from "../../booth/js/core/ballot.js";
import { hex, sha256, utf8 } from "../../booth/js/core/bytes.js";
import { marksOf } from "../../booth/js/core/choices.js";
import { derive, readCredential, readCredentials } from "../../booth/js/core/credential.js";
import { readDefinition } from "../../booth/js/core/definition.js";
import { readElection } from "../../booth/js/core/election.js";
import { readEvent, readSetupData } from "../../booth/js/core/event.js";
import { readJson } from "../../booth/js/core/json.js";
import { readVerifierKey } from "../../booth/js/core/note.js";
import { readReceipt, verifyReceipt } from "../../booth/js/core/receipt.js";
import { entriesOfBundle, inclusionFromTiles } from "../../booth/js/core/tiles.js";
import { leafHash, readCheckpoint, tilePath, verifyInclusion } from "../../booth/js/core/tlog.js";

globalThis.crypto ??= webcrypto;

const [url, keyFile, credentialFile, choicesFile, receiptFile] = process.argv.slice(2);

async function get(path) {
	const answer = await fetch(`${url}/${path}`);
	assert.equal(answer.status, 200, `${path}: ${answer.status}`);
	return new Uint8Array(await answer.arrayBuffer());
}

async function object(hash) {
	const bytes = await get(`objects/${hash}`);
	assert.equal(hex(await sha256(bytes)), hash);
	return bytes;
}

function say(line) {
	process.stdout.write(`${line}\n`);
}

// The election and its members, proved to be those of the log that the key has signed.
async function readBoard(key, uuid) {
	const { origin, size, root } = await readCheckpoint(await get("checkpoint"), key);
	assert.equal(origin, `${key.name}/${uuid}`);
	const [first] = entriesOfBundle(await get(tilePath("entries", 0, Math.min(size, 256))));
	await verifyInclusion({ leaf: await leafHash(first), index: 0, size, proof: await inclusionFromTiles(0, size, get), root });
	const { type, payload } = readEvent(first);
	assert.equal(type, "Setup");
	const setup = readSetupData(await object(payload));
	const election = await readElection(await object(setup.election));
	assert.equal(election.uuid, uuid);
	say(`the election is entry 0 of ${size} of ${origin}`);
	return {
		election,
		credentials: readCredentials(await object(setup.credentials)),
		definition: await readDefinition(await get("vote.json"), election),
	};
}

const key = await readVerifierKey(readFileSync(keyFile, "utf8").trim());
const uuid = url.split("/").pop();
const { election, credentials, definition } = await readBoard(key, uuid);
const { secret, publicText } = await derive(election, readCredential(readFileSync(credentialFile, "utf8")));
say(`member ${credentials.find(publicText).index + 1} of ${credentials.number}`);
const { marks, faults } = marksOf(definition, readJson(readFileSync(choicesFile, "utf8")));
assert.deepEqual(faults, []);
const prepared = await prepare(election, marks, publicText, await seedDraw(election, marks, secret));

async function post(text) {
	return fetch(`${url}/ballots`, { method: "POST", headers: { "Content-Type": "application/json" }, body: text });
}

const unsigned = await post(prepared.text);
assert.ok(unsigned.status >= 400 && unsigned.status < 500, `a ballot without a signature: ${unsigned.status}`);
const { text, tracker } = await sign(election, prepared, secret);
const answer = await post(text);
const bytes = new Uint8Array(await answer.arrayBuffer());
assert.equal(answer.status, 200, Buffer.from(bytes).toString());
const receipt = readReceipt(bytes);
assert.equal(receipt.tracker, tracker);
const { checkpoint } = await verifyReceipt(receipt, uuid, key, utf8(text));
say(`entry ${receipt.height} of ${checkpoint.size}, it replaces ${receipt.replaces ?? "nothing"}`);
writeFileSync(receiptFile, receipt.text);
say(tracker);
