// SPDX-License-Identifier: EUPL-1.2
// A member's choices become marks: 0 or 1 for each ciphertext of each question. Faults are data: pages say them in words
// beside the field that they are about.
// Spec: docs/vote-definition.md#choices, docs/formats.md#election-and-questions
import { isObject } from "./json.js";
import { checkMarks } from "./marks.js";
import { Refusal } from "./refusal.js";

/**
 * One thing that is not as it must be.
 * @typedef {object} Fault
 * @property {string | null} item id of the item, or null when it is about the whole
 * @property {string | null} entry id of the entry, list or row, where it is about one
 * @property {string} key of the message, one of `faults`
 * @property {Record<string, string | number>} params for the sentence
 */

/** Every key of a fault with its parameters. @type {Readonly<Record<string, readonly string[]>>} */
export const faults = Object.freeze({
	"choices.not-an-object": [],
	"choices.no-item": [],
	"choices.no-blank": [],
	"choices.no-abstention": ["min", "max"],
	"choices.word": [],
	"choices.rows": [],
	"choices.no-entry": [],
	"choices.withdrawn": [],
	"choices.list-of-ids": [],
	"choices.twice": [],
	"choices.count": ["chosen", "min", "max"],
	"choices.one-list": [],
	"choices.other-list": ["list"],
	"choices.nobody-of-list": [],
	"choices.grade": [],
	"choices.no-grade": [],
});

// Collects marks and faults of one definition.
class Marker {
	constructor(definition) {
		this.marks = new Array(definition.numChoices).fill(0);
		this.faults = [];
	}

	fault(item, entry, key, params = {}) {
		this.faults.push({ item: item === null ? null : item.id, entry, key, params });
	}
}

function markRow(marker, item, row, entry, answer) {
	const first = item.rowPlace(row);
	const words = { abstain: null, for: item.blank ? 1 : 0, against: item.blank ? 2 : 1, ...(item.blank ? { blank: 0 } : {}) };
	if (typeof answer !== "string" || !Object.hasOwn(words, answer)) {
		marker.fault(item, entry, answer === "blank" ? "choices.no-blank" : "choices.word");
	} else if (words[answer] !== null) {
		marker.marks[first + words[answer]] = 1;
	}
}

function markRows(marker, item, answer) {
	if (!isObject(answer)) {
		marker.fault(item, null, "choices.rows");
		return;
	}
	for (const [id, word] of Object.entries(answer)) {
		const row = item.kind === "text" && id === "whole" ? item.entries.length : item.findEntry(id);
		if (row < 0) {
			marker.fault(item, id, "choices.no-entry");
		} else {
			markRow(marker, item, row, id, word);
		}
	}
}

// The index of an entry that can be chosen, or -1 behind a fault.
function findOnBallot(marker, item, id) {
	const index = typeof id === "string" ? item.findEntry(id) : -1;
	if (index < 0) {
		marker.fault(item, String(id), "choices.no-entry");
		return -1;
	}
	if (item.entries[index].withdrawn) {
		marker.fault(item, id, "choices.withdrawn");
		return -1;
	}
	return index;
}

// Ids of those chosen; only of one section, unless it is null.
function markChosen(marker, item, section, ids) {
	if (!Array.isArray(ids)) {
		marker.fault(item, section?.id ?? null, "choices.list-of-ids");
		return;
	}
	for (const id of ids) {
		const index = findOnBallot(marker, item, id);
		const place = index < 0 ? -1 : item.entryPlace(index);
		if (index < 0) {
			continue;
		}
		if (section !== null && !section.entries.includes(index)) {
			marker.fault(item, id, "choices.other-list", { list: item.sections[item.entries[index].section].id });
		} else if (marker.marks[place] === 1) {
			marker.fault(item, id, "choices.twice");
		}
		marker.marks[place] = 1;
	}
}

function markCounted(marker, item, ids) {
	markChosen(marker, item, null, ids);
	if (Array.isArray(ids) && (ids.length < item.min || ids.length > item.max)) {
		marker.fault(item, null, "choices.count", { chosen: ids.length, min: item.min, max: item.max });
	}
}

function markList(marker, item, answer) {
	const lists = isObject(answer) ? Object.keys(answer) : [];
	if (lists.length !== 1) {
		marker.fault(item, null, "choices.one-list");
		return;
	}
	const section = item.sections.findIndex((s) => s.id === lists[0]);
	const ids = answer[lists[0]];
	if (section < 0) {
		marker.fault(item, lists[0], "choices.no-entry");
		return;
	}
	if (Array.isArray(ids) && ids.length === 0) {
		marker.fault(item, lists[0], "choices.nobody-of-list");
	}
	marker.marks[item.listPlace(section)] = 1;
	markChosen(marker, item, item.sections[section], ids);
}

function markGrades(marker, item, answer) {
	if (!isObject(answer)) {
		marker.fault(item, null, "choices.rows");
		return;
	}
	for (const [id, word] of Object.entries(answer)) {
		const index = findOnBallot(marker, item, id);
		const grade = item.grades.findIndex((g) => g.id === word);
		if (index >= 0 && grade < 0) {
			marker.fault(item, id, "choices.grade");
		} else if (index >= 0) {
			marker.marks[item.entryPlace(index) + grade] = 1;
		}
	}
	for (const { id, withdrawn } of item.entries) {
		if (!withdrawn && !(id in answer)) {
			marker.fault(item, id, "choices.no-grade");
		}
	}
}

function markBlank(marker, item) {
	if (!item.blank) {
		marker.fault(item, null, "choices.no-blank");
		return;
	}
	const rows = item.hasRows ? item.numQuestions : 1;
	for (let row = 0; row < rows; row++) {
		marker.marks[item.rowPlace(row)] = 1;
	}
}

// Nothing is marked: whether that is an answer.
function abstain(marker, item) {
	const possible = {
		"list-ratification": true,
		programme: true,
		text: true,
		"list-candidates": item.min === 0,
		priorities: item.min === 0,
		"list-choice": false,
		grades: false,
	};
	if (!possible[item.kind]) {
		marker.fault(item, null, "choices.no-abstention", { min: item.min, max: item.max });
	}
}

const readers = {
	"list-ratification": (marker, item, answer) => markRow(marker, item, 0, null, answer),
	programme: markRows,
	text: markRows,
	"list-candidates": markCounted,
	priorities: markCounted,
	"list-choice": markList,
	grades: markGrades,
};

function markItem(marker, item, answer) {
	if (answer === undefined || answer === "abstain") {
		abstain(marker, item);
	} else if (answer === "blank") {
		markBlank(marker, item);
	} else {
		readers[item.kind](marker, item, answer);
	}
}

/**
 * @param {import("./definition.js").Definition} definition
 * @param {Record<string, any>} answers by item, in the words of docs/vote-definition.md#choices
 * @returns {{marks: number[][] | null, faults: Fault[]}} marks of each question, or null and every fault at once
 */
export function marksOf(definition, answers) {
	const marker = new Marker(definition);
	if (!isObject(answers)) {
		marker.fault(null, null, "choices.not-an-object");
		return { marks: null, faults: marker.faults };
	}
	for (const id of Object.keys(answers)) {
		if (!definition.items.some((item) => item.id === id)) {
			marker.faults.push({ item: id, entry: null, key: "choices.no-item", params: {} });
		}
	}
	for (const item of definition.items) {
		markItem(marker, item, Object.hasOwn(answers, item.id) ? answers[item.id] : undefined);
	}
	if (marker.faults.length > 0) {
		return { marks: null, faults: marker.faults };
	}
	let at = 0;
	const marks = definition.questions.map((q) => marker.marks.slice(at, (at += q.numChoices)));
	return { marks, faults: [] };
}

// The marks of titles; of lists a list's title marks the list.
function marksOfTitles(q, titles, fail) {
	const all = [...(q.blank ? [null] : []), ...q.answers, ...q.lists.flat()];
	const marks = all.map(() => 0);
	for (const title of titles) {
		const place = all.indexOf(title);
		if (place < 0 || title === null || marks[place] === 1) {
			fail();
		}
		marks[place] = 1;
	}
	return marks;
}

function marksOfAnswer(q, answer, fail) {
	if (answer === "blank") {
		return q.blank ? [1, ...q.answers.map(() => 0)] : fail();
	}
	if (!Array.isArray(answer)) {
		return fail();
	}
	if (answer.length === 0 || typeof answer[0] === "string") {
		return marksOfTitles(q, answer, fail);
	}
	if (q.kind !== "lists") {
		return answer;
	}
	return answer.length === q.lists.length && answer.every((part, i) => Array.isArray(part) && part.length === q.lists[i].length)
		? answer.flat()
		: fail();
}

/**
 * For elections without a definition: answers as in a choices file, one per question: titles, marks, marks of each
 * list, or "blank".
 * @param {import("./election.js").Election} election
 * @param {any[]} answers
 * @returns {number[][]} Refusal choices.form, choices.rule
 */
export function marksOfQuestions(election, answers) {
	if (!Array.isArray(answers) || answers.length !== election.questions.length) {
		throw new Refusal("choices.form", { question: 0 });
	}
	const marks = election.questions.map((q, i) =>
		marksOfAnswer(q, answers[i], () => {
			throw new Refusal("choices.form", { question: i + 1 });
		}),
	);
	checkMarks(election, marks);
	return marks;
}
