// SPDX-License-Identifier: EUPL-1.2
// Ballots of the booth against those of the C program: the same bytes from the same seed in every group and for every
// kind of question, signatures and hints that the C accepts, opened ballots in both directions.
import assert from "node:assert/strict";
import test from "node:test";
import { checkOpened } from "../../booth/js/core/audit.js";
import { prepare, seedDraw, sign } from "../../booth/js/core/ballot.js";
import { hex, unhex, utf8 } from "../../booth/js/core/bytes.js";
import { marksOfQuestions } from "../../booth/js/core/choices.js";
import { derive, readCredential } from "../../booth/js/core/credential.js";
import { readElection } from "../../booth/js/core/election.js";
import { openedFile } from "../../booth/js/core/opened.js";
import { changed, fileOf, peer, refuses, verdict } from "./support.mjs";

const GROUPS = ["Ed25519", "BELENIOS-2048", "RFC-3526-2048"];
const CREDENTIAL = "xTq4u-QDSzBX-iNzUm-6MEfKR";
const SEED = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

const plain = { answers: ["A", "B", "C"], min: 0, max: 2, question: "one" };
const blank = { answers: ["A", "B"], blank: true, min: 1, max: 2, question: "two" };
const row = { answers: ["For", "Against"], blank: true, min: 0, max: 1, question: "row" };
const lists = { type: "Lists", value: { answers: [["L1", "a", "b"], ["L2", "c"]], question: "three" } };

// Questions with every answer that walks another way through the proofs.
const CASES = [
	{ questions: [plain], choices: [[[0, 0, 0]], [[0, 1, 0]], [[1, 0, 1]]] },
	{ questions: [blank], choices: [["blank"], [["A"]], [["A", "B"]]] },
	// blank, and nothing at all, make two branches true at once
	{ questions: [row], choices: [["blank"], [[]], [["Against"]]] },
	{ questions: [lists], choices: [[[[1, 0, 1], [0, 0]]], [[[0, 0, 0], [1, 1]]]] },
	{ questions: [plain, blank, lists], choices: [[["B"], "blank", [[1, 1, 1], [0, 0]]]] },
];

function electionOf(group, questions) {
	return readElection(new Uint8Array(peer("election", group, fileOf(JSON.stringify(questions)))));
}

function peerBallot(election, choices, seed = SEED, credential = CREDENTIAL) {
	const args = ["prepare", fileOf(election.bytes), credential, fileOf(JSON.stringify(choices)), seed];
	const [publicText, marks, hash, text, opened] = peer(...args).toString().split("\n");
	return { publicText, marks, hash, text, opened };
}

async function ballotOf(election, choices, seed = SEED) {
	const marks = marksOfQuestions(election, choices);
	const key = await derive(election, readCredential(CREDENTIAL));
	return { marks, key, prepared: await prepare(election, marks, key.publicText, unhex(seed)) };
}

for (const group of GROUPS) {
	// a ballot of 2048 bits takes seconds: there the mixed case alone
	const cases = group === "RFC-3526-2048" ? CASES.slice(-1) : CASES;
	test(`${group}: the same seed makes the bytes of the C program, and the C accepts the signed ballot`, async () => {
		for (const { questions, choices } of cases) {
			const election = await electionOf(group, questions);
			for (const answers of choices) {
				const c = peerBallot(election, answers);
				const { marks, key, prepared } = await ballotOf(election, answers);
				assert.equal(key.publicText, c.publicText);
				assert.equal(marks.flat().join(""), c.marks);
				assert.equal(prepared.text, c.text);
				assert.equal(prepared.hash, c.hash);
				assert.equal(openedFile({ text: prepared.text }, marks, unhex(SEED)), c.opened);
				const { text, hints } = await sign(election, prepared, key.secret);
				assert.equal(hints !== null, group === "Ed25519");
				assert.equal(verdict(election, text, hints ?? undefined), "good");
			}
		}
	});
}

test("an old credential gives the key that the C program derives", async () => {
	const election = await electionOf("BELENIOS-2048", [plain]);
	const old = "abc-DEF-234-xyz-9Kn";
	const typed = readCredential("abcDEF234 xyz9Kn");
	assert.equal(typed, old);
	assert.equal((await derive(election, typed)).publicText, peerBallot(election, [[]], SEED, old).publicText);
});

test("two signatures of one ballot differ, and both are good", async () => {
	const election = await electionOf("Ed25519", [blank]);
	const { key, prepared } = await ballotOf(election, [["A"]]);
	const [a, b] = [await sign(election, prepared, key.secret), await sign(election, prepared, key.secret)];
	assert.notEqual(a.text, b.text);
	assert.notEqual(a.tracker, b.tracker);
	assert.equal(verdict(election, b.text, b.hints), "good");
});

test("a ballot is cast or opened, never both", async () => {
	const election = await electionOf("Ed25519", [plain]);
	const { marks, key, prepared } = await ballotOf(election, [["A"]]);
	const other = { ...prepared };
	openedFile(prepared, marks, unhex(SEED));
	openedFile(prepared, marks, unhex(SEED));
	await refuses("ballot.fate", sign(election, prepared, key.secret), { fate: "opened" });
	await sign(election, other, key.secret);
	await refuses("ballot.fate", () => openedFile(other, marks, unhex(SEED)), { fate: "signed" });
});

test("seeds differ each time, and what is drawn makes a ballot that the C accepts", async () => {
	const election = await electionOf("Ed25519", [plain]);
	const { marks, key } = await ballotOf(election, [["C"]]);
	const seeds = await Promise.all([1, 2, 3].map(() => seedDraw(election, marks, key.secret)));
	assert.equal(new Set(seeds.map(hex)).size, 3);
	const prepared = await prepare(election, marks, key.publicText, seeds[0]);
	assert.equal(verdict(election, (await sign(election, prepared, key.secret)).text), "good");
});

test("the C refuses a ballot of which one thing is changed, and hints of which one bit is", async () => {
	const election = await electionOf("Ed25519", [plain, blank, lists]);
	const { key, prepared } = await ballotOf(election, [["A"], ["B"], [[1, 1, 0], [0, 0]]]);
	const { text, hints } = await sign(election, prepared, key.secret);
	const response = /"response":"(\d+)"/.exec(text)[1];
	assert.match(verdict(election, changed(text, `"response":"${response}"`, '"response":"1"')), /proof|verif/);
	// 6 and 6 and 10 for choices, A0 behind them, and A1, A2 and the signature's at the end
	for (const point of [5, 23, hints.length / 64 - 3, hints.length / 64 - 1]) {
		const wrong = Uint8Array.from(hints);
		wrong[64 * point] ^= 1;
		assert.match(verdict(election, text, wrong), /hints/, `point ${point}`);
	}
	const other = await readElection(utf8(changed(new TextDecoder().decode(election.bytes), '"description":"d"', '"description":"e"')));
	assert.notEqual(verdict(other, text), "good");
});

test("progress is told for every ciphertext and every proof, and awaited", async () => {
	const election = await electionOf("Ed25519", [plain, blank, lists]);
	const { marks, key } = await ballotOf(election, [[], "blank", [[1, 1, 0], [0, 0]]]);
	const seen = [];
	let pending = 0;
	await prepare(election, marks, key.publicText, unhex(SEED), {
		onProgress: async (done, total) => {
			assert.equal(pending++, 0);
			await new Promise((resolve) => setImmediate(resolve));
			pending--;
			seen.push([done, total]);
		},
	});
	// 11 ciphertexts with a proof each, and the others: 1, 2, and 1 and 2
	assert.equal(seen.length, 11 + 11 + 1 + 2 + 3);
	assert.ok(seen.every(([done, total], i) => done === i + 1 && total === seen.length));
});

test("marks that no ballot may have are refused before anything is encrypted", async () => {
	const election = await electionOf("Ed25519", [plain, blank, lists]);
	const good = [[0, 0, 1], [0, 1, 0], [1, 1, 0, 0, 0]];
	const with_ = (i, marks) => good.map((m, k) => (k === i ? marks : m));
	const rules = [
		[with_(0, [1, 1, 1]), 1, "count"],
		[with_(1, [0, 0, 0]), 2, "count"],
		[with_(1, [1, 1, 0]), 2, "blank-and-more"],
		[with_(2, [0, 0, 0, 0, 0]), 3, "one-list"],
		[with_(2, [1, 1, 0, 1, 1]), 3, "one-list"],
		[with_(2, [1, 0, 0, 0, 0]), 3, "nobody-of-list"],
		[with_(2, [1, 1, 0, 0, 1]), 3, "other-list"],
	];
	const { key } = await ballotOf(election, [["C"], ["A"], [[1, 1, 0], [0, 0]]]);
	for (const [marks, question, rule] of rules) {
		await refuses("choices.rule", prepare(election, marks, key.publicText, unhex(SEED)), { question, rule });
	}
	await refuses("choices.form", prepare(election, with_(1, [0, 2, 0]), key.publicText, unhex(SEED)), { question: 2 });
	await refuses("choices.form", prepare(election, with_(1, [0, 1]), key.publicText, unhex(SEED)), { question: 2 });
	await refuses("group.element", prepare(election, good, "00".repeat(32), unhex(SEED)));
	const mixnet = await electionOf("Ed25519", [{ type: "NonHomomorphic", value: { answers: ["A", "B"], question: "order" } }]);
	await refuses("ballot.unsupported", prepare(mixnet, [[1]], key.publicText, unhex(SEED)), { question: 1 });
});

test("an opened ballot of the C holds, and everything that a machine could do to one has its name", async () => {
	const second = { ...plain, question: "again" };
	const election = await electionOf("Ed25519", [plain, second, blank, lists]);
	const choices = [["A"], ["B"], ["A"], [[1, 1, 0], [0, 0]]];
	const { opened, hash } = peerBallot(election, choices);
	const differences = async (file) => (await checkOpened(election, file)).differences;
	const honest = await checkOpened(election, opened);
	assert.deepEqual(honest.differences, []);
	assert.equal(honest.fingerprint, hash);
	assert.deepEqual(honest.choices[0], [1, 0, 0]);

	const file = JSON.parse(opened);
	const write = (f) => JSON.stringify(f);
	assert.equal(write(file), opened);
	const edit = (change) => {
		const copy = JSON.parse(opened);
		change(copy);
		return write(copy);
	};
	const seed = (f) => (f.seed = "ff".repeat(32));
	const unmark = (f) => (f.choices[0][0] = 0);
	const mark = (f) => (f.choices[0][1] = 1);
	const swap = ({ ballot: { answers } }) => ([answers[0], answers[1]] = [answers[1], answers[0]]);
	const foreign = ({ ballot: { answers } }) => (answers[0].choices[0].alpha = answers[1].choices[0].alpha);
	const forge = ({ ballot: { answers } }) => (answers[2].choices[1].beta = answers[0].choices[1].beta);
	const proof = ({ ballot: { answers } }) => (answers[3].nonzero_proof.challenge = "7");
	assert.deepEqual(await differences(edit(seed)), [{ what: "everything" }]);
	assert.deepEqual(await differences(edit(unmark)), [{ what: "marked", question: 0, choice: 0 }]);
	assert.deepEqual(await differences(edit(mark)), [{ what: "unmarked", question: 0, choice: 1 }]);
	assert.deepEqual(await differences(edit(swap)), [
		{ what: "swapped", question: 0, other: 1 },
		{ what: "swapped", question: 1, other: 0 },
	]);
	assert.deepEqual(await differences(edit(foreign)), [{ what: "answer", question: 0 }]);
	assert.deepEqual(await differences(edit(forge)), [{ what: "forged", question: 2, choice: 1 }]);
	assert.deepEqual(await differences(edit(proof)), [{ what: "proof", question: 3 }]);
});

test("a file that is no opened ballot of this election is refused with the reason", async () => {
	const election = await electionOf("Ed25519", [plain]);
	const { opened } = peerBallot(election, [["A"]]);
	const check = (text) => checkOpened(election, text);
	const point = "00".repeat(32);
	await refuses("opened.form", check(opened.replace('"urne_audit":1', '"urne_audit":2')));
	await refuses("opened.form", check(`${opened}\n`));
	await refuses("opened.form", check(opened.replace(/"seed":"../, '"seed":"AB')));
	await refuses("opened.form", check(changed(opened, '"overall_proof":[', '"overall_proof":[{"challenge":"1","response":"1"},')));
	await refuses("opened.form", check(opened.replace(/"response":"\d+"/, `"response":"${election.group.q}"`)));
	await refuses("opened.form", check(opened.replace(/"response":"\d+"/, '"response":"01"')));
	await refuses("opened.other-election", check(changed(opened, election.fingerprint, election.fingerprint.replace(/./, "!"))));
	await refuses("opened.element", check(opened.replace(/"alpha":"[^"]*"/, `"alpha":"${point}"`)), { question: 1 });
	await refuses("choices.rule", check(changed(opened, '"choices":[[1,0,0]]', '"choices":[[1,1,1]]')));
	await refuses("json.syntax", check(opened.slice(0, -1)));
});

test("of 40 options, one or all of them, the C accepts the ballot by its hints", async () => {
	const answers = Array.from({ length: 40 }, (_, i) => `Option ${i}`);
	for (const max of [1, 40]) {
		const election = await electionOf("Ed25519", [{ answers, min: 0, max, question: "which" }]);
		const { key, prepared } = await ballotOf(election, [answers.slice(0, max)]);
		const { text, hints } = await sign(election, prepared, key.secret);
		assert.equal(verdict(election, text, hints), "good");
	}
});
