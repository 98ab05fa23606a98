// SPDX-License-Identifier: EUPL-1.2
// What is proved about an answer: its ciphertexts and their sums, and the statements in the order in which a ballot
// has them. A statement is a disjunction of branches "this part holds that value".
// Spec: docs/protocol.md#answers-and-their-proofs

/**
 * Sums of ciphertexts stand behind the choices: of a homomorphic answer the sum without blank; of lists the sum of
 * the lists' own, then that of each list's candidates, then that of all candidates.
 * @param {import("./questions.js").Question} q
 * @returns {number[][]} for each sum the choices that it adds
 */
export function sumsOf(q) {
	if (q.kind === "homomorphic") {
		return [Array.from({ length: q.answers.length }, (_, i) => i + (q.blank ? 1 : 0))];
	}
	const heads = [];
	const candidates = [];
	let at = 0;
	for (const list of q.lists) {
		heads.push(at);
		candidates.push(Array.from({ length: list.length - 1 }, (_, i) => at + 1 + i));
		at += list.length;
	}
	return [heads, ...candidates, candidates.flat()];
}

/**
 * @typedef {object} Statement
 * @property {"individual_proofs" | "overall_proof" | "blank_proof" | "list_proofs"} field
 * @property {string} tag of its transcript
 * @property {boolean} ofChoice its transcript begins with S0 instead of S
 * @property {number | null} named the part whose ciphertext the transcript names, or none
 * @property {{part: number, value: number}[]} branches
 */

function individual(i) {
	const branches = [
		{ part: i, value: 0 },
		{ part: i, value: 1 },
	];
	return { field: "individual_proofs", tag: "prove", ofChoice: true, named: i, branches };
}

function homomorphicStatements(q) {
	const sum = q.numChoices;
	const counts = Array.from({ length: q.max - q.min + 1 }, (_, i) => ({ part: sum, value: q.min + i }));
	if (!q.blank) {
		return [{ field: "overall_proof", tag: "prove", ofChoice: false, named: sum, branches: counts }];
	}
	const isBlank = { part: 0, value: 1 };
	const nothing = [
		{ part: 0, value: 0 },
		{ part: sum, value: 0 },
	];
	return [
		{ field: "overall_proof", tag: "bproof1", ofChoice: false, named: null, branches: [isBlank, ...counts] },
		{ field: "blank_proof", tag: "bproof0", ofChoice: false, named: null, branches: nothing },
	];
}

function listsStatements(q) {
	const [heads] = sumsOf(q);
	const sum = q.numChoices;
	const oneList = { field: "overall_proof", tag: "prove", ofChoice: false, named: sum, branches: [{ part: sum, value: 1 }] };
	const each = heads.map((head, i) => {
		const branches = [
			{ part: head, value: 1 },
			{ part: sum + 1 + i, value: 0 },
		];
		return { field: "list_proofs", tag: "lproof", ofChoice: false, named: null, branches };
	});
	return [oneList, ...each];
}

/** @param {import("./questions.js").Question} q not non-homomorphic @returns {Statement[]} in the order of the ballot */
export function statementsOf(q) {
	const bits = Array.from({ length: q.numChoices }, (_, i) => individual(i));
	return [...bits, ...(q.kind === "lists" ? listsStatements(q) : homomorphicStatements(q))];
}
