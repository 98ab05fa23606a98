// SPDX-License-Identifier: EUPL-1.2
// Definitions and choices against the C program: the same questions, the same marks, the same ballots; and what
// is refused or told as a fault.
import assert from "node:assert/strict";
import test from "node:test";
import { prepare } from "../../booth/js/core/ballot.js";
import { unhex, utf8 } from "../../booth/js/core/bytes.js";
import { faults, marksOf, marksOfQuestions } from "../../booth/js/core/choices.js";
import { derive, readCredential } from "../../booth/js/core/credential.js";
import { readDefinition } from "../../booth/js/core/definition.js";
import { readElection } from "../../booth/js/core/election.js";
import { readVerifierKey } from "../../booth/js/core/note.js";
import { TOP, changed, fileOf, peer, readText, refuses } from "./support.mjs";

const CREDENTIAL = "xTq4u-QDSzBX-iNzUm-6MEfKR";
const SEED = "ab".repeat(32);
const EVERY_KIND = "tests/vectors/definitions/good-every-kind.json";

const FULL = {
	liste: "for",
	tete: ["c-1", "c-3"],
	listes: { "l-b": ["b-1"] },
	programme: { "p-1": "for", "p-2": "against", "p-3": "blank" },
	priorites: ["q-3", "q-1"],
	notes: { "r-1": "good", "r-2": "bad" },
	avis: { "i-2": "yes", "i-1": "no" },
	texte: { "art-1": "for", whole: "against" },
};
// What a choice of every item may be instead, and must compile to the same marks on both sides.
const OTHERS = {
	liste: ["against", "abstain", "blank"],
	tete: ["blank", ["c-4"], ["c-1", "c-2", "c-4"]],
	listes: [{ "l-a": ["a-1", "a-2"] }, { "l-a": ["a-2"] }],
	programme: ["blank", "abstain", {}, { "p-2": "abstain" }],
	priorites: ["abstain", [], ["q-2"]],
	notes: [{ "r-2": "fair", "r-1": "fair" }],
	texte: ["abstain", { "art-2": "against" }],
};

async function electionOf(definition) {
	return readElection(new Uint8Array(peer("election", "Ed25519", definition)));
}

async function load(path = `${TOP}/${EVERY_KIND}`, text = readText(EVERY_KIND)) {
	const election = await electionOf(path);
	return { path, election, definition: await readDefinition(utf8(text), election) };
}

test("every definition that the C accepts compiles to the questions of its election", async () => {
	for (const name of ["good-every-kind", "good-public-draw", "good-smallest"]) {
		const file = `tests/vectors/definitions/${name}.json`;
		const { definition, election } = await load(`${TOP}/${file}`, readText(file));
		assert.deepEqual(
			definition.questions.map(({ text }) => text),
			election.questions.map(({ text }) => text),
		);
		assert.equal(definition.numChoices, election.questions.reduce((sum, q) => sum + q.numChoices, 0));
	}
});

test("items come as data for pages", async () => {
	const { definition } = await load();
	const byId = Object.fromEntries(definition.items.map((item) => [item.id, item]));
	assert.deepEqual(definition.languages, ["fr", "en"]);
	assert.deepEqual(byId.tete.title, { fr: "Tête de liste", en: "Head of the list" });
	assert.deepEqual([byId.tete.min, byId.tete.max, byId.tete.blank], [1, 3, true]);
	assert.deepEqual(byId.tete.entries.map(({ withdrawn }) => withdrawn), [false, false, false, false, true]);
	assert.equal(byId.liste.entries[0].initials, "AL");
	assert.equal(byId.liste.entries[4].initials, "ÉF");
	assert.deepEqual(byId.programme.sections.map(({ id, entries }) => [id, entries]), [["eau", [0, 1]], ["air", [2]]]);
	assert.equal(byId.texte.entries[0].text.en, "Whoever wants is a member.\nNobody is excluded unheard.");
	assert.equal(byId.listes.blank, false);
	assert.equal(byId.priorites.sections[0].id, null);
	assert.equal(byId.listes.rules.threshold, "5%");
	assert.equal(definition.officialsRequired, 2);
	assert.deepEqual(definition.officials[0].role, { fr: "Présidente", en: "Chair" });
	assert.ok((await readVerifierKey(definition.officials[0].key)).name.startsWith("helene"));
});

test("choices of every kind become the marks of the C program, and the same ballot", async () => {
	const { path, election, definition } = await load();
	const { publicText } = await derive(election, readCredential(CREDENTIAL));
	const all = [FULL, ...Object.entries(OTHERS).flatMap(([id, list]) => list.map((other) => ({ ...FULL, [id]: other })))];
	const { liste, programme, priorites, texte, ...least } = FULL;
	assert.ok(liste && programme && priorites && texte);
	for (const [i, answers] of [...all, least].entries()) {
		const { marks, faults: none } = marksOf(definition, answers);
		assert.deepEqual(none, [], JSON.stringify(answers));
		const c = peer("prepare", fileOf(election.bytes), CREDENTIAL, fileOf(JSON.stringify(answers)), SEED, path);
		const [, bits, , text] = c.toString().split("\n");
		assert.equal(marks.flat().join(""), bits, JSON.stringify(answers));
		if (i === 0) {
			assert.equal((await prepare(election, marks, publicText, unhex(SEED))).text, text);
		}
	}
});

test("every fault of choices is told at once, with its item, its entry and its key", async () => {
	const { definition } = await load();
	const told = (answers) => marksOf(definition, answers).faults.map(({ item, entry, key }) => [item, entry, key]);
	const with_ = (more) => told({ ...FULL, ...more });
	const seen = new Set();
	const cases = [
		[with_({ liste: "yes" }), [["liste", null, "choices.word"]]],
		[with_({ texte: { "art-1": 1 } }), [["texte", "art-1", "choices.word"]]],
		[with_({ tete: [] }), [["tete", null, "choices.count"]]],
		[with_({ tete: undefined }), [["tete", null, "choices.no-abstention"]]],
		[with_({ tete: ["c-5"] }), [["tete", "c-5", "choices.withdrawn"]]],
		[with_({ tete: ["c-1", "c-1"] }), [["tete", "c-1", "choices.twice"]]],
		[with_({ tete: "c-1" }), [["tete", null, "choices.list-of-ids"]]],
		[with_({ tete: ["c-9"] }), [["tete", "c-9", "choices.no-entry"]]],
		[with_({ listes: {} }), [["listes", null, "choices.one-list"]]],
		[with_({ listes: { "l-a": [] } }), [["listes", "l-a", "choices.nobody-of-list"]]],
		[with_({ listes: { "l-a": ["b-1"] } }), [["listes", "b-1", "choices.other-list"]]],
		[with_({ listes: { "l-c": ["b-1"] } }), [["listes", "l-c", "choices.no-entry"]]],
		[with_({ listes: "abstain" }), [["listes", null, "choices.no-abstention"]]],
		[with_({ listes: "blank" }), [["listes", null, "choices.no-blank"]]],
		[with_({ programme: ["p-1"] }), [["programme", null, "choices.rows"]]],
		[with_({ programme: { whole: "for" } }), [["programme", "whole", "choices.no-entry"]]],
		[with_({ notes: { "r-1": "good" } }), [["notes", "r-2", "choices.no-grade"]]],
		[with_({ notes: { "r-1": "good", "r-2": "best" } }), [["notes", "r-2", "choices.grade"]]],
		[with_({ nothing: "for" }), [["nothing", null, "choices.no-item"]]],
		[with_({ liste: "no", avis: {} }), [["liste", null, "choices.word"], ["avis", "i-1", "choices.no-grade"], ["avis", "i-2", "choices.no-grade"]]],
		[told([]), [[null, null, "choices.not-an-object"]]],
	];
	for (const [is, should] of cases) {
		assert.deepEqual(is, should);
		is.forEach(([, , key]) => seen.add(key));
	}
	assert.deepEqual([...seen].sort(), Object.keys(faults).sort());
	assert.equal(marksOf(definition, { ...FULL, liste: "no" }).marks, null);
});

test("a definition that the election does not seal, or that says something else, is refused", async () => {
	const { election } = await load();
	const text = readText(EVERY_KIND);
	await refuses("definition.hash", readDefinition(utf8(`${text} `), election));
	await refuses("definition.unsealed", readDefinition(utf8(text), { ...election, definitionHash: null }));
	await refuses("definition.words", readDefinition(utf8(text), { ...election, name: "Congress" }), { field: "name" });
	await refuses("definition.words", readDefinition(utf8(text), { ...election, description: "" }), { field: "description" });
	await readDefinition(utf8(text), { ...election, name: `[TEST] ${election.name}` });
	const fewer = { ...election, questions: election.questions.slice(1) };
	await refuses("definition.questions", readDefinition(utf8(text), fewer));
	const questions = election.questions.map((q, i) => (i === 4 ? { ...q, text: q.text.replace('"max":1', '"max":2') } : q));
	await refuses("definition.question", readDefinition(utf8(text), { ...election, questions }), { question: 5, item: "programme" });
});

test("a sealed text that is no definition is refused with its place", async () => {
	const text = readText(EVERY_KIND);
	const { election } = await load();
	const { hex, sha256 } = await import("../../booth/js/core/bytes.js");
	const read = async (t) => readDefinition(utf8(t), { ...election, definitionHash: hex(await sha256(utf8(t))) });
	await refuses("definition.form", read(changed(text, '"kind": "grades"', '"kind": "ranking"')), { path: "items[5].kind" });
	await refuses("definition.form", read(changed(text, "Est membre qui le veut.", "Est membre qui le peut.")), { path: "items[7].entries[0].sha256" });
	await refuses("definition.form", read(changed(text, '"id": "tete"', '"id": "liste"')), { path: "items" });
	await refuses("definition.form", read(changed(text, '"id": "c-2"', '"id": "c-1"')), { path: "items[0]" });
	await refuses("definition.form", read(changed(text, '"id": "c-2"', '"id": "blank"')));
	await refuses("definition.form", read(changed(text, '["c-5"]\n', '["c-7"]\n')), { path: "items[1].rules.withdrawn" });
	await refuses("definition.form", read(changed(text, '"en": "The list"', '"de": "Die Liste"')), { path: "items[0].title" });
	await refuses("json.duplicate", read(changed(text, '"urne_vote": 1,', '"urne_vote": 1, "urne_vote": 1,')), { line: 2, column: 18, field: "urne_vote" });
	await refuses("definition.question", read(changed(text, "Des rivières propres", "Des rivières sales")));
});

test("answers without a definition are titles, marks or blank, as in a choices file", async () => {
	const questions = [
		{ answers: ["A", "B"], blank: true, min: 1, max: 1, question: "q" },
		{ type: "Lists", value: { answers: [["L", "a"], ["M", "b"]], question: "l" } },
	];
	const election = await readElection(new Uint8Array(peer("election", "Ed25519", fileOf(JSON.stringify(questions)))));
	assert.deepEqual(marksOfQuestions(election, ["blank", ["M", "b"]]), [[1, 0, 0], [0, 0, 1, 1]]);
	assert.deepEqual(marksOfQuestions(election, [["B"], [[1, 1], [0, 0]]]), [[0, 0, 1], [1, 1, 0, 0]]);
	assert.deepEqual(marksOfQuestions(election, [[0, 1, 0], ["L", "a"]]), [[0, 1, 0], [1, 1, 0, 0]]);
	const bad = (answers, question) => refuses("choices.form", () => marksOfQuestions(election, answers), { question });
	await bad([["C"], ["L", "a"]], 1);
	await bad([["A", "A"], ["L", "a"]], 1);
	await bad([["A"], "blank"], 2);
	await bad([["A"], [[1, 1]]], 2);
	await bad([["A"]], 0);
	await bad([{ A: 1 }, ["L", "a"]], 1);
});
