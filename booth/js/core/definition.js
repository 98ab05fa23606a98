// SPDX-License-Identifier: EUPL-1.2
// The vote definition as pages show it. It is taken from nobody's word: its hash is the one that the election seals, and
// the questions that it compiles to are the election's, so what members read is what they sign.
// Here it is read as far as members meet it; the rules that follow from the count belong to the C programs, which
// checked the whole before it was sealed.
// Spec: docs/vote-definition.md
import { hex, sha256, sha256Text, textOf } from "./bytes.js";
import { compile, layOut } from "./compile.js";
import { isObject, readJson } from "./json.js";
import { Refusal } from "./refusal.js";
import { isSafeText } from "./safe.js";

const TEST_MARK = "[TEST] ";
const ID = /^[a-z0-9][a-z0-9-]{0,63}$/;
const RESERVED = ["blank", "for", "against", "abstain", "whole"];

/** @typedef {Record<string, string>} Texts one string for each language of the definition, such as {fr, en} */

/**
 * What a member chooses or answers about: a candidate, a commitment, an article.
 * @typedef {object} Entry
 * @property {string} id
 * @property {Texts} title a candidate's name is the same in every language
 * @property {Texts | null} text presentation, or full text; an article's paragraphs with a newline between
 * @property {"f" | "m" | null} gender
 * @property {string} initials of a candidate's name, at most two characters, where a photo would be; else empty
 * @property {string[]} groups
 * @property {boolean} withdrawn not on the ballot
 * @property {string | null} sha256 of an article
 * @property {number} section index in the item's sections
 */

/**
 * @typedef {object} Item
 * @property {string} id
 * @property {"list-ratification" | "list-candidates" | "list-choice" | "programme" | "priorities" | "grades" | "text"} kind
 * @property {Texts} title
 * @property {Texts | null} text
 * @property {{id: string | null, title: Texts | null, text: Texts | null, entries: number[]}[]} sections of a programme,
 *   rival lists, titles of a text; other kinds have one without id; entries are indexes
 * @property {Entry[]} entries in the order of the file
 * @property {{id: string, title: Texts}[]} grades best first
 * @property {number} min how many can be chosen: list-candidates, priorities; else 0
 * @property {number} max
 * @property {boolean} blank whether a blank vote is offered
 * @property {any} rules as the file has them: for pages that say what follows from the count
 * @property {boolean} hasRows one answer of for, against or abstain for each row
 * @property {number} firstQuestion
 * @property {number} numQuestions
 * @property {number} firstChoice among the marks of the whole ballot
 * @property {number} numChoices
 * @property {(id: string) => number} findEntry index, or -1
 * @property {(row: number) => number} rowPlace of the first mark of a row; a text's last row is the whole
 * @property {(section: number) => number} listPlace of the mark of a rival list
 * @property {(entry: number) => number} entryPlace of the (first) mark of an entry that has not withdrawn
 */

/**
 * @typedef {object} Definition
 * @property {string} sha256
 * @property {string[]} languages the first is the authentic one
 * @property {Texts} title
 * @property {Texts} description
 * @property {Texts} organiser
 * @property {string} opens RFC 3339, as written
 * @property {string} closes
 * @property {Item[]} items
 * @property {{name: string, role: Texts, key: string}[]} officials who certify: verifier keys (note.js)
 * @property {number} officialsRequired how many must sign; 0 without officials
 * @property {{kind: string, title: string, numChoices: number, text: string}[]} questions that it compiles to
 * @property {number} numChoices
 */

// Where in the file each kind has its sections and its entries.
const CONTENTS = {
	"list-ratification": { entries: ["list"], read: readCandidate },
	"list-candidates": { entries: ["candidates"], read: readCandidate },
	"list-choice": { sections: "lists", entries: ["candidates"], read: readCandidate },
	programme: { sections: "sections", entries: ["commitments"], read: readCommitment },
	priorities: { entries: ["commitments"], read: readCommitment },
	grades: { entries: ["candidates", "commitments"], read: readGraded },
	text: { sections: "titles", entries: ["articles"], read: readArticle },
};

const MEMBERS_CAN_BE_BLANK = ["list-ratification", "list-candidates", "programme", "priorities", "text"];
const ROWS = ["list-ratification", "programme", "text"];

function fail(path) {
	throw new Refusal("definition.form", { path });
}

function readId(v, path) {
	return typeof v === "string" && ID.test(v) && !RESERVED.includes(v) ? v : fail(`${path}.id`);
}

// One line of words, or several: nothing in it is hidden, or turns round what stands beside it.
function isWords(v, lines = false) {
	return typeof v === "string" && /[^ \n]/.test(v) && isSafeText(v, lines);
}

function readTexts(v, languages, path, lines = false) {
	const sound =
		isObject(v) &&
		Object.keys(v).length === languages.length &&
		languages.every((language) => isWords(v[language], lines));
	return sound ? { ...v } : fail(path);
}

function readOptional(v, languages, path) {
	return v === undefined ? null : readTexts(v, languages, path, true);
}

function readList(v, path) {
	return Array.isArray(v) && v.length > 0 && v.every(isObject) ? v : fail(path);
}

function initialsOf(name) {
	const words = name.split(/[\s-]+/u).filter((word) => word !== "");
	const first = (word) => [...(word ?? "")].slice(0, 1).join("");
	return (first(words[0]) + (words.length > 1 ? first(words[words.length - 1]) : "")).toUpperCase();
}

const PLAIN_ENTRY = { gender: null, initials: "", groups: [], withdrawn: false, sha256: null };

function readCandidate(v, languages, path) {
	if (!isWords(v.name)) {
		fail(`${path}.name`);
	}
	return {
		...PLAIN_ENTRY,
		title: Object.fromEntries(languages.map((language) => [language, v.name])),
		text: readOptional(v.presentation, languages, `${path}.presentation`),
		gender: ["f", "m"].includes(v.gender) ? v.gender : null,
		initials: initialsOf(v.name),
		groups: Array.isArray(v.groups) ? v.groups.map(String) : [],
	};
}

function readCommitment(v, languages, path) {
	return {
		...PLAIN_ENTRY,
		title: readTexts(v.title, languages, `${path}.title`),
		text: readOptional(v.text, languages, `${path}.text`),
	};
}

function readGraded(v, languages, path) {
	return "name" in v ? readCandidate(v, languages, path) : readCommitment(v, languages, path);
}

function readArticle(v, languages, path) {
	const paragraphs = readList(v.paragraphs, `${path}.paragraphs`).map((p, i) =>
		readTexts(p, languages, `${path}.paragraphs[${i}]`),
	);
	if (typeof v.sha256 !== "string" || !/^[0-9a-f]{64}$/.test(v.sha256)) {
		fail(`${path}.sha256`);
	}
	return {
		...PLAIN_ENTRY,
		title: readTexts(v.title, languages, `${path}.title`),
		text: Object.fromEntries(languages.map((language) => [language, paragraphs.map((p) => p[language]).join("\n")])),
		sha256: v.sha256,
	};
}

// The text that an article shows is the one whose hash stands in its question.
async function checkArticles(definition) {
	const [language] = definition.languages;
	for (const [i, item] of definition.items.entries()) {
		for (const [k, article] of item.entries.entries()) {
			const text = `${article.title[language]}\n${article.text?.[language] ?? ""}\n`;
			if (article.sha256 !== null && hex(await sha256Text(text)) !== article.sha256) {
				fail(`items[${i}].entries[${k}].sha256`);
			}
		}
	}
}

function readSections(v, kind, languages, path) {
	const { sections, entries } = CONTENTS[kind];
	const given = entries.filter((name) => name in v);
	const lists = sections === undefined ? [v] : readList(v[sections], `${path}.${sections}`);
	if (sections === undefined && given.length !== 1) {
		fail(`${path}.${entries[0]}`);
	}
	return lists.map((list, i) => {
		const at = sections === undefined ? path : `${path}.${sections}[${i}]`;
		const name = sections === undefined ? given[0] : entries[0];
		return {
			id: sections === undefined ? null : readId(list.id, at),
			title: sections === undefined ? null : readTexts(list.title, languages, `${at}.title`),
			text: sections === undefined ? null : readOptional(list.text, languages, `${at}.text`),
			raw: readList(list[name], `${at}.${name}`).map((entry, k) => ({ entry, path: `${at}.${name}[${k}]` })),
		};
	});
}

function checkDistinct(ids, path) {
	if (new Set(ids).size !== ids.length) {
		fail(path);
	}
}

function readEntries(item, sections, kind, languages) {
	for (const [section, { raw, ...rest }] of sections.entries()) {
		const indexes = raw.map(({ entry, path }) => {
			const id = readId(entry.id, path);
			return item.entries.push({ id, ...CONTENTS[kind].read(entry, languages, path), section }) - 1;
		});
		item.sections.push({ ...rest, entries: indexes });
	}
}

function readRules(item, v, path) {
	const rules = isObject(v.rules) ? v.rules : fail(`${path}.rules`);
	const withdrawn = rules.withdrawn ?? [];
	item.rules = rules;
	if (!Array.isArray(withdrawn) || !withdrawn.every((id) => item.entries.some((entry) => entry.id === id))) {
		fail(`${path}.rules.withdrawn`);
	}
	item.entries.forEach((entry) => {
		entry.withdrawn = withdrawn.includes(entry.id);
	});
	item.blank = MEMBERS_CAN_BE_BLANK.includes(item.kind) && ["included", "excluded"].includes(rules.blank);
	if (["list-candidates", "priorities"].includes(item.kind)) {
		const { min, max } = isObject(rules.choose) ? rules.choose : fail(`${path}.rules.choose`);
		if (!Number.isInteger(min) || !Number.isInteger(max)) {
			fail(`${path}.rules.choose`);
		}
		[item.min, item.max] = [min, max];
	}
}

function readItem(v, languages, path) {
	const kind = typeof v.kind === "string" && Object.hasOwn(CONTENTS, v.kind) ? v.kind : fail(`${path}.kind`);
	const item = {
		id: readId(v.id, path),
		kind,
		title: readTexts(v.title, languages, `${path}.title`),
		text: readOptional(v.text, languages, `${path}.text`),
		sections: [],
		entries: [],
		grades: [],
		min: 0,
		max: 0,
		blank: false,
		rules: null,
		hasRows: ROWS.includes(kind),
	};
	if (kind === "grades") {
		item.grades = readList(v.grades, `${path}.grades`).map((grade, i) => {
			const at = `${path}.grades[${i}]`;
			return { id: readId(grade.id, at), title: readTexts(grade.title, languages, `${at}.title`) };
		});
	}
	readEntries(item, readSections(v, kind, languages, path), kind, languages);
	checkDistinct(item.entries.map(({ id }) => id), path);
	checkDistinct(item.sections.map(({ id }) => id), path);
	checkDistinct(item.grades.map(({ id }) => id), path);
	readRules(item, v, path);
	return item;
}

function readLanguages(v) {
	const sound = Array.isArray(v) && ["fr", "en"].includes(v[0]) && v.every((l) => typeof l === "string" && /^[a-z]{2}$/.test(l));
	return sound ? v : fail("languages");
}

function readOfficials(v, languages) {
	if (v === undefined) {
		return { officials: [], officialsRequired: 0 };
	}
	if (!isObject(v) || !Number.isInteger(v.required)) {
		fail("officials");
	}
	const officials = readList(v.keys, "officials.keys").map(({ name, role, key }, i) => {
		const at = `officials.keys[${i}]`;
		if (typeof name !== "string" || typeof key !== "string") {
			fail(at);
		}
		return { name, role: readTexts(role, languages, `${at}.role`), key };
	});
	return { officials, officialsRequired: v.required };
}

function checkAgrees(definition, election) {
	const [language] = definition.languages;
	const title = definition.title[language];
	if (election.name !== title && election.name !== TEST_MARK + title) {
		throw new Refusal("definition.words", { field: "name" });
	}
	if (election.description !== definition.description[language]) {
		throw new Refusal("definition.words", { field: "description" });
	}
	const [is, should] = [election.questions, definition.questions];
	if (is.length !== should.length) {
		throw new Refusal("definition.questions", { is: is.length, should: should.length });
	}
	is.forEach((question, i) => {
		if (question.text !== should[i].text) {
			const item = definition.items.find((one) => i < one.firstQuestion + one.numQuestions);
			throw new Refusal("definition.question", { question: i + 1, item: item.id });
		}
	});
}

/**
 * @param {Uint8Array} bytes the definition, byte for byte as the board has it
 * @param {import("./election.js").Election} election that seals it
 * @returns {Promise<Definition>} Refusal text.*, json.*, definition.*
 */
export async function readDefinition(bytes, election) {
	const is = hex(await sha256(bytes));
	if (election.definitionHash === null) {
		throw new Refusal("definition.unsealed");
	}
	if (election.definitionHash !== is) {
		throw new Refusal("definition.hash", { sealed: election.definitionHash, is });
	}
	const root = readJson(textOf(bytes));
	if (!isObject(root) || root.urne_vote !== 1) {
		fail("urne_vote");
	}
	const languages = readLanguages(root.languages);
	const definition = {
		sha256: is,
		languages,
		title: readTexts(root.title, languages, "title"),
		description: readTexts(root.description, languages, "description", true),
		organiser: readTexts(root.organiser, languages, "organiser"),
		opens: typeof root.opens === "string" ? root.opens : fail("opens"),
		closes: typeof root.closes === "string" ? root.closes : fail("closes"),
		...readOfficials(root.officials, languages),
		items: readList(root.items, "items").map((v, i) => readItem(v, languages, `items[${i}]`)),
	};
	checkDistinct(definition.items.map(({ id }) => id), "items");
	await checkArticles(definition);
	const laidOut = layOut(definition);
	const complete = { ...laidOut, questions: await compile(laidOut) };
	checkAgrees(complete, election);
	return complete;
}
