// SPDX-License-Identifier: EUPL-1.2
// Two readers of one format refuse the same bytes: thousands of texts that are nearly right, the same in every run, given
// to the booth's core and to the C programs.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { dirname, join } from "node:path";
import test from "node:test";
import { hex, textOf, utf8 } from "../../booth/js/core/bytes.js";
import { readDefinition } from "../../booth/js/core/definition.js";
import { readElection } from "../../booth/js/core/election.js";
import { readEvent, readSetupData } from "../../booth/js/core/event.js";
import { groupOf } from "../../booth/js/core/group.js";
import { readJson } from "../../booth/js/core/json.js";
import { readNote, readVerifierKey } from "../../booth/js/core/note.js";
import { checkOpened } from "../../booth/js/core/audit.js";
import { readReceipt } from "../../booth/js/core/receipt.js";
import { Refusal } from "../../booth/js/core/refusal.js";
import { PEER, fileOf, peer, readBytes } from "./support.mjs";

const READER = join(dirname(PEER), "booth_reader");
const ROUNDS = Number(process.env.URNE_BOOTH_ROUNDS ?? 1500);
const QUESTIONS = '[{"answers":["A","B"],"blank":true,"min":0,"max":1,"question":"Q"}]';
const HASH = "ab".repeat(32);

// Numbers from 0 to n - 1, the same in every run.
function chance(seed) {
	let state = seed;
	return (n) => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return Math.floor((state / 2 ** 32) * n);
	};
}

const PIECES = [" ", "\n", "\t", "\r", "\0", "\x7f", "\u0085", "\u00a0", "\u202e", "\u2028", "\ufeff", "\u{1f5f3}", "0", "00", "-0", "1e3", "1.0", "+"].map(utf8);
const MORE = ["\\u0041", "\\ud800", "\\/", "\\u002f", ",", "}", "]", "[", "{", '"', ":", "null", "true", "A", "f", "F", "=", "\u2014 ", "__proto__", '"__proto__":1,'].map(utf8);
const RAW = [[0x80], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xff]].map((b) => Uint8Array.from(b));
const ALL = [...PIECES, ...MORE, ...RAW];

// Things to do to a text: each gives what stands for the bytes from `at` to `to`.
const CHANGES = [
	(bytes, at, to, pick) => ALL[pick(ALL.length)],
	(bytes, at, to, pick) => [...bytes.subarray(at, to), ...ALL[pick(ALL.length)]],
	() => [],
	(bytes, at, to) => [...bytes.subarray(at, to), ...bytes.subarray(at, to)],
	(bytes, at, to, pick) => [bytes[at] ^ (1 << pick(8)), ...bytes.subarray(at + 1, to)],
	(bytes, at, to) => utf8(new TextDecoder().decode(bytes.subarray(at, to)).toUpperCase()),
	(bytes, at, to, pick) => bytes.subarray(pick(bytes.length), bytes.length).subarray(0, to - at),
];

function mutants(seeds, rounds, seed) {
	const pick = chance(seed);
	const list = [...seeds];
	while (list.length < rounds) {
		const bytes = seeds[pick(seeds.length)];
		const at = pick(bytes.length);
		const to = Math.min(bytes.length, at + 1 + (pick(3) === 0 ? pick(20) : 0));
		list.push(Uint8Array.from([...bytes.subarray(0, at), ...CHANGES[pick(CHANGES.length)](bytes, at, to, pick), ...bytes.subarray(to)]));
	}
	return list.filter((bytes) => bytes.length > 0);
}

async function ours(read, bytes) {
	try {
		await read(bytes);
		return "good";
	} catch (error) {
		assert.ok(error instanceof Refusal, `${JSON.stringify(new TextDecoder().decode(bytes))}: ${error.stack}`);
		return error.code;
	}
}

function theirs(kind, list, ...more) {
	const texts = fileOf(list.map((bytes) => `${hex(bytes)}\n`).join(""));
	return execFileSync(READER, [kind, texts, ...more], { encoding: "utf8", maxBuffer: 1 << 28 }).split("\n");
}

/* Both say good, or both refuse; `apart` excuses what is documented to differ. Of both kinds there are some. */
async function agree(kind, seeds, read, { rounds = ROUNDS, apart = () => false, more = [] } = {}) {
	const list = mutants(seeds, rounds, 7);
	const c = theirs(kind, list, ...more);
	const count = { good: 0, refused: 0 };
	const different = [];
	for (const [i, bytes] of list.entries()) {
		const js = await ours(read, bytes);
		count[js === "good" ? "good" : "refused"]++;
		if ((js === "good") !== (c[i] === "good") && !apart(new TextDecoder().decode(bytes))) {
			different.push(`${JSON.stringify(new TextDecoder().decode(bytes))}: booth ${js}, C ${c[i]}`);
		}
	}
	assert.deepEqual(different.slice(0, 10), [], `${kind}: ${different.length} of ${list.length} differ`);
	assert.ok(count.good > 0 && count.refused > 0, `${kind}: ${JSON.stringify(count)}`);
}

// Numbers between 2^53 and 2^63 are read by the C alone (docs/booth.md).
const large = (text) => /\d{16}/.test(text);
const corpus = (folder, names) => names.map((name) => readBytes(`tests/fuzz/corpus/${folder}/${name}`));

test("JSON", () =>
	agree("json", ['{"a":[1,-2,0,true,false,null],"b":{"c":"d\\n\\u00e9\\ud83d\\ude00"},"":"é"}', "[]", `${"[".repeat(31)}${"]".repeat(31)}`, `${"[".repeat(33)}${"]".repeat(33)}`].map(utf8), (b) => readJson(textOf(b)), { apart: large, rounds: 4 * ROUNDS }));

test("elections", async () => {
	const { election } = await small();
	const lists = peer("election", "Ed25519", fileOf('[{"type":"Lists","value":{"answers":[["L","a"],["M","b"]],"question":"Q"},"extra":{"x":1}},{"type":"NonHomomorphic","value":{"answers":["a"],"question":"Q"}}]'));
	await agree("election", [election.bytes, new Uint8Array(lists)], readElection, { apart: large });
});

test("events and setups", async () => {
	await agree("event", [`{"parent":"${HASH}","height":7,"type":"Ballot","payload":"${HASH}"}`, `{"height":0,"type":"Setup","payload":"${HASH}"}`, `{"parent":"${HASH}","height":8,"type":"EndBallots"}`].map(utf8), readEvent, { apart: large });
	await agree("setup", [`{"election":"${HASH}","trustees":"${HASH}","credentials":"${HASH}"}`, `{"election":"${HASH}","trustees":"${HASH}","credentials":"${HASH}","credentials_certificate":"${HASH}"}`].map(utf8), readSetupData);
});

test("signed notes and keys", async () => {
	await agree("note", corpus("note", ["example", "cosigned", "two-lines"]), readNote);
	await agree("key", ["PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "example.com/foo+530d903a+AQ=="].map(utf8), (b) => readVerifierKey(textOf(b)));
});

test("receipts", () => agree("receipt", corpus("receipt", ["ballot-2-of-8", "replaces"]), readReceipt, { apart: large }));

test("elements: edges of the encoding, small orders, and texts nearly right", async () => {
	const p = (1n << 255n) - 19n;
	const text = (n) => utf8(n.toString(16).padStart(64, "0"));
	const top = 1n << 255n;
	const order8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd83d3d706a17c7n;
	const group = groupOf("Ed25519");
	const edges = [0n, 1n, 2n, p - 2n, p - 1n, p, p + 1n, top - 1n, order8, p - order8].flatMap((y) => [text(y), text(y + top)]);
	await agree("element", [...edges, utf8(group.encode(group.g)), utf8(group.encode(group.pow(group.g, 12345n)))], (b) => group.decode(textOf(b)), { rounds: ROUNDS });
});

async function small() {
	const bytes = new Uint8Array(peer("election", "Ed25519", fileOf(QUESTIONS)));
	return { election: await readElection(bytes), path: fileOf(bytes) };
}

test("opened ballots", async () => {
	const { election, path } = await small();
	const made = peer("prepare", path, "xTq4u-QDSzBX-iNzUm-6MEfKR", fileOf('[["A"]]'), "ab".repeat(32));
	const opened = made.toString().trim().split("\n").at(-1);
	const odd = opened.replace(/"seed":("[^"]*")/, '"seed":[$1]');
	await agree("opened", [utf8(opened), utf8(odd)], (b) => checkOpened(election, textOf(b)), { rounds: ROUNDS / 10, more: [path], apart: large });
});

test("no definition that the C accepts is refused by the booth", async () => {
	const seeds = ["good-every-kind", "good-public-draw", "good-smallest"].map((name) => readBytes(`tests/vectors/definitions/${name}.json`));
	const list = mutants(seeds, ROUNDS, 9);
	const good = list.filter((_, i) => i >= 3).filter(((c) => (_, i) => c[i + 3] === "good")(theirs("definition", list)));
	assert.ok(good.length >= 10, `${good.length} are good`);
	for (const bytes of good.slice(0, 60)) {
		const election = await readElection(new Uint8Array(peer("election", "Ed25519", fileOf(bytes))));
		assert.equal(await ours((b) => readDefinition(b, election), bytes), "good", textOf(bytes));
	}
});
