// SPDX-License-Identifier: EUPL-1.2
// What the marks of a ballot must be before anything is encrypted: 0 or 1 for each ciphertext, and as many as the
// question allows. Spec: docs/protocol.md#answers-and-their-proofs
import { Refusal } from "./refusal.js";

// The rule that the marks of a homomorphic answer break, or null.
function brokenOfHomomorphic(q, marks) {
	const blank = q.blank ? marks[0] : 0;
	const chosen = marks.reduce((sum, m) => sum + m, 0) - blank;
	if (blank === 1) {
		return chosen === 0 ? null : "blank-and-more";
	}
	return chosen >= q.min && chosen <= q.max ? null : "count";
}

function brokenOfLists(q, marks) {
	let at = 0;
	let lists = 0;
	for (const list of q.lists) {
		const [head, ...candidates] = marks.slice(at, (at += list.length));
		const some = candidates.includes(1);
		if (head === 0 && some) {
			return "other-list";
		}
		if (head === 1 && !some) {
			return "nobody-of-list";
		}
		lists += head;
	}
	return lists === 1 ? null : "one-list";
}

/**
 * Whether a ballot may say this; no proof could be made of anything else.
 * @param {import("./election.js").Election} election
 * @param {number[][]} marks
 * @returns {void} Refusal choices.form: not one 0 or 1 for each choice; choices.rule: `rule` is count, blank-and-more,
 *   one-list, other-list or nobody-of-list
 */
export function checkMarks(election, marks) {
	if (!Array.isArray(marks) || marks.length !== election.questions.length) {
		throw new Refusal("choices.form", { question: 0 });
	}
	for (const [i, q] of election.questions.entries()) {
		const list = marks[i];
		if (!Array.isArray(list) || list.length !== q.numChoices || !list.every((m) => m === 0 || m === 1)) {
			throw new Refusal("choices.form", { question: i + 1 });
		}
		const rule = q.kind === "lists" ? brokenOfLists(q, list) : brokenOfHomomorphic(q, list);
		if (rule !== null) {
			throw new Refusal("choices.rule", { question: i + 1, rule });
		}
	}
}
