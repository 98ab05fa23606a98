// SPDX-License-Identifier: EUPL-1.2
// The questions of an election: read strictly, written in canonical form, and how many ciphertexts an answer has.
// Lengths follow from the election, never from what somebody sends.
// Spec: docs/formats.md#election-and-questions
import { hasFields, isObject, writeJson } from "./json.js";
import { Refusal } from "./refusal.js";

const MAX_ANSWERS = 4096;
const MAX_QUESTIONS = 2048;
const MAX_CHOICES = 65536;

/**
 * @typedef {object} Question
 * @property {"homomorphic" | "lists" | "non-homomorphic"} kind
 * @property {string} title
 * @property {string[]} answers titles; of a lists question []
 * @property {string[][]} lists of a lists question: title, then candidates
 * @property {boolean} blank whether the first choice says blank
 * @property {number} min how many can be chosen; lists: 1
 * @property {number} max
 * @property {number} numChoices ciphertexts of an answer, blank included
 * @property {string} text canonical JSON
 */

function isStrings(v, least) {
	return Array.isArray(v) && v.length >= least && v.length <= MAX_ANSWERS && v.every((s) => typeof s === "string");
}

function isCount(v, most) {
	return Number.isInteger(v) && v >= 0 && v <= most;
}

function readHomomorphic(v, fail) {
	if (!hasFields(v, ["answers", "min", "max", "question"], ["blank"])) {
		fail("fields");
	}
	if (!isStrings(v.answers, 1)) {
		fail("answers");
	}
	if (!isCount(v.min, v.max) || !isCount(v.max, v.answers.length)) {
		fail("min");
	}
	if ("blank" in v && typeof v.blank !== "boolean") {
		fail("blank");
	}
	const blank = v.blank === true;
	const canonical = { answers: v.answers, ...("blank" in v ? { blank } : {}), min: v.min, max: v.max, question: v.question };
	return {
		kind: "homomorphic",
		title: v.question,
		answers: v.answers,
		lists: [],
		blank,
		min: v.min,
		max: v.max,
		numChoices: v.answers.length + (blank ? 1 : 0),
		text: writeJson(canonical),
	};
}

function readTyped(v, fail) {
	if (!hasFields(v, ["type", "value"], ["extra"]) || !hasFields(v.value, ["answers", "question"])) {
		fail("fields");
	}
	const { answers, question } = v.value;
	const canonical = { type: v.type, value: { answers, question }, ...("extra" in v ? { extra: v.extra } : {}) };
	const common = { title: question, blank: false, min: 1, max: 1, text: writeJson(canonical) };
	if (v.type === "NonHomomorphic") {
		return isStrings(answers, 1)
			? { ...common, kind: "non-homomorphic", answers, lists: [], numChoices: 1 }
			: fail("answers");
	}
	if (v.type !== "Lists") {
		fail("type");
	}
	if (!Array.isArray(answers) || answers.length < 1 || answers.length > MAX_ANSWERS || !answers.every((l) => isStrings(l, 2))) {
		fail("answers");
	}
	return {
		...common,
		kind: "lists",
		answers: [],
		lists: answers,
		numChoices: answers.reduce((sum, list) => sum + list.length, 0),
	};
}

/**
 * @param {any} list as readJson gives it
 * @returns {Question[]} Refusal election.question, election.limit
 */
export function readQuestions(list) {
	if (!Array.isArray(list) || list.length === 0) {
		throw new Refusal("election.form", { field: "questions" });
	}
	if (list.length > MAX_QUESTIONS) {
		throw new Refusal("election.limit", { what: "questions", most: MAX_QUESTIONS });
	}
	let choices = 0;
	return list.map((v, i) => {
		const fail = (field) => {
			throw new Refusal("election.question", { question: i + 1, field });
		};
		const question = isObject(v) && "type" in v ? readTyped(v, fail) : readHomomorphic(v, fail);
		if (typeof question.title !== "string") {
			fail("question");
		}
		choices += question.numChoices;
		if (choices > MAX_CHOICES) {
			throw new Refusal("election.limit", { what: "choices", most: MAX_CHOICES });
		}
		return question;
	});
}
