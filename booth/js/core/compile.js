// SPDX-License-Identifier: EUPL-1.2
// From the items of a definition to the questions of the election, always in the same way, and where among the marks of
// a ballot each entry stands.
// Spec: docs/vote-definition.md#compilation
import { hex, sha256Text } from "./bytes.js";
import { writeJson } from "./json.js";

// How many questions and marks an item has, by its kind. `n` counts the entries that are on the ballot.
const SIZES = {
	"list-ratification": (item) => ({ questions: 1, choices: rowLength(item) }),
	programme: (item) => ({ questions: item.entries.length, choices: item.entries.length * rowLength(item) }),
	text: (item) => ({ questions: item.entries.length + 1, choices: (item.entries.length + 1) * rowLength(item) }),
	"list-candidates": (item, n) => ({ questions: 1, choices: n + blanks(item) }),
	priorities: (item, n) => ({ questions: 1, choices: n + blanks(item) }),
	"list-choice": (item, n) => ({ questions: 1, choices: n + item.sections.length }),
	grades: (item, n) => ({ questions: n, choices: n * item.grades.length }),
};

function blanks(item) {
	return item.blank ? 1 : 0;
}

function rowLength(item) {
	return 2 + blanks(item);
}

function onBallot(item, end = item.entries.length) {
	return item.entries.slice(0, end).filter(({ withdrawn }) => !withdrawn).length;
}

// Before which mark of its item an entry stands.
const ENTRY_PLACES = {
	grades: (item, entry) => onBallot(item, entry) * item.grades.length,
	// its own list's title and those in front
	"list-choice": (item, entry) => onBallot(item, entry) + item.entries[entry].section + 1,
};

/**
 * Gives every item its place among the questions and the marks.
 * @param {any} definition with items as definition.js reads them
 * @returns {any} the same with places, and numChoices
 */
export function layOut(definition) {
	let firstQuestion = 0;
	let firstChoice = 0;
	const items = definition.items.map((item) => {
		const { questions, choices } = SIZES[item.kind](item, onBallot(item));
		const place = ENTRY_PLACES[item.kind] ?? ((_, entry) => onBallot(item, entry) + blanks(item));
		const first = firstChoice;
		const placed = {
			...item,
			firstQuestion,
			numQuestions: questions,
			firstChoice,
			numChoices: choices,
			findEntry: (id) => item.entries.findIndex((entry) => entry.id === id),
			rowPlace: (row) => first + row * rowLength(item),
			listPlace: (section) => first + section + onBallot(item, item.sections[section].entries[0]),
			entryPlace: (entry) => first + place(item, entry),
		};
		firstQuestion += questions;
		firstChoice += choices;
		return placed;
	});
	return { ...definition, items, numChoices: firstChoice };
}

function choiceOf(item, title, answers, min, max) {
	const canonical = { answers, ...(item.blank ? { blank: true } : {}), min, max, question: title };
	return { kind: "homomorphic", title, numChoices: answers.length + blanks(item), text: writeJson(canonical) };
}

function listsOf(title, lists) {
	const numChoices = lists.reduce((sum, list) => sum + list.length, 0);
	return { kind: "lists", title, numChoices, text: writeJson({ type: "Lists", value: { answers: lists, question: title } }) };
}

const COMPILERS = {
	"list-ratification": ({ item, words, say }) => [choiceOf(item, say(item.title), words, 0, 1)],
	"list-candidates": chosenQuestion,
	priorities: chosenQuestion,
	"list-choice": ({ item, say }) => {
		const titles = (section) =>
			section.entries.filter((i) => !item.entries[i].withdrawn).map((i) => say(item.entries[i].title));
		return [listsOf(say(item.title), item.sections.map((section) => [say(section.title), ...titles(section)]))];
	},
	programme: ({ item, words, say }) =>
		item.entries.map((entry) => {
			const section = item.sections[entry.section];
			return choiceOf(item, `${say(section.title)} \u2014 ${say(entry.title)}`, words, 0, 1);
		}),
	grades: ({ item, say }) => {
		const grades = item.grades.map((grade) => say(grade.title));
		return item.entries
			.filter(({ withdrawn }) => !withdrawn)
			.map((entry) => choiceOf(item, `${say(item.title)} \u2014 ${say(entry.title)}`, grades, 1, 1));
	},
	text: async ({ item, words, say }) => {
		const whole = hex(await sha256Text(item.entries.map((article) => `${article.sha256}\n`).join("")));
		const titles = [...item.entries.map((article) => [say(article.title), article.sha256]), [say(item.title), whole]];
		return titles.map(([title, hash]) => choiceOf(item, `${title} [sha256:${hash}]`, words, 0, 1));
	},
};

function chosenQuestion({ item, say }) {
	const titles = item.entries.filter(({ withdrawn }) => !withdrawn).map((entry) => say(entry.title));
	return [choiceOf(item, say(item.title), titles, item.min, item.max)];
}

/**
 * @param {any} definition as layOut gives it
 * @returns {Promise<{kind: string, title: string, numChoices: number, text: string}[]>} the questions in canonical text
 */
export async function compile(definition) {
	const [language] = definition.languages;
	const words = language === "fr" ? ["Pour", "Contre"] : ["For", "Against"];
	const say = (texts) => texts[language];
	const questions = [];
	for (const item of definition.items) {
		questions.push(...(await COMPILERS[item.kind]({ item, words, say })));
	}
	return questions;
}
