// SPDX-License-Identifier: EUPL-1.2
// Whoever has the file of an opened ballot makes the ballot again and compares every byte.
// Spec: docs/formats.md#opened-ballot
import { prepare } from "./ballot.js";
import { base64Bare, sha256Text, unhex } from "./bytes.js";
import { isScalarText } from "./group.js";
import { hasFields, readJson } from "./json.js";
import { openedFile } from "./opened.js";
import { Refusal } from "./refusal.js";

/**
 * Where a ballot is not what its choices and its seed make. Questions and choices count from 0.
 * @typedef {object} Difference
 * @property {"everything" | "answer" | "swapped" | "marked" | "unmarked" | "forged" | "proof"} what
 *   everything: no answer was made with this seed; answer: that of `question` was not; swapped: `question` holds
 *   the answer that belongs to `other`; marked: `choice` is chosen in the ballot, not in the file's choices;
 *   unmarked: the other way round; forged: `choice` holds neither 0 nor 1; proof: the answer's ciphertexts are
 *   right and its proofs others
 * @property {number} [question]
 * @property {number} [choice]
 * @property {number} [other]
 */

// The file taken apart; it must be exactly what openedFile writes.
function readFile(text) {
	const file = readJson(text);
	const wanted = ["urne_audit", "ballot", "choices", "seed"];
	if (!hasFields(file, wanted) || file.urne_audit !== 1 || typeof file.seed !== "string" || !/^[0-9a-f]{64}$/.test(file.seed)) {
		throw new Refusal("opened.form");
	}
	const prepared = { text: JSON.stringify(file.ballot) };
	const seed = unhex(file.seed);
	if (openedFile(prepared, file.choices, seed) !== text) {
		throw new Refusal("opened.form");
	}
	return { ballot: file.ballot, marks: file.choices, seed, preparedText: prepared.text };
}

// Whether `given` has the fields, lengths and kinds of `made`.
function hasShape(given, made) {
	if (typeof made !== "object") {
		return typeof given === typeof made;
	}
	if (typeof given !== "object" || given === null || Array.isArray(given) !== Array.isArray(made)) {
		return false;
	}
	const fields = Object.keys(made);
	return (
		Object.keys(given).length === fields.length && fields.every((name) => name in given && hasShape(given[name], made[name]))
	);
}

function eachText(v, visit, name = "") {
	if (typeof v === "string") {
		visit(name, v);
	} else {
		// entries of an array go by the name of the array
		Object.entries(v).forEach(([field, value]) => eachText(value, visit, Array.isArray(v) ? name : field));
	}
}

// Every element is one, every number is below q.
function checkTexts(election, answers) {
	const { group } = election;
	const elements = ["alpha", "beta", "commitment"];
	answers.forEach((answer, i) =>
		eachText(answer, (name, text) => {
			if (!elements.includes(name) && !isScalarText(group, text)) {
				throw new Refusal("opened.form");
			}
			if (elements.includes(name)) {
				try {
					group.decode(text);
				} catch {
					throw new Refusal("opened.element", { question: i + 1 });
				}
			}
		}),
	);
}

function compareBetas(group, given, made) {
	const [is, should] = [group.decode(given), group.decode(made)];
	if (group.equal(is, group.add(should, group.g))) {
		return "marked";
	}
	return group.equal(group.add(is, group.g), should) ? "unmarked" : "forged";
}

function compareAnswers(election, given, made) {
	const choices = (answer) => answer.choices.flat();
	const ofSeed = (i) => choices(given[i]).every(({ alpha }, k) => alpha === choices(made[i])[k].alpha);
	const belongsTo = (i) =>
		made.findIndex((answer) => JSON.stringify(choices(answer)) === JSON.stringify(choices(given[i])));
	const indexes = given.map((_, i) => i);
	if (indexes.every((i) => !ofSeed(i) && belongsTo(i) < 0)) {
		return [{ what: "everything" }];
	}
	return indexes.flatMap((i) => {
		if (!ofSeed(i)) {
			const other = belongsTo(i);
			return [other < 0 ? { what: "answer", question: i } : { what: "swapped", question: i, other }];
		}
		const differences = choices(given[i]).flatMap(({ beta }, k) => {
			const should = choices(made[i])[k].beta;
			return beta === should ? [] : [{ what: compareBetas(election.group, beta, should), question: i, choice: k }];
		});
		const sameProofs = JSON.stringify(given[i]) === JSON.stringify(made[i]);
		return differences.length > 0 || sameProofs ? differences : [{ what: "proof", question: i }];
	});
}

/**
 * @param {import("./election.js").Election} election
 * @param {string} text of the file
 * @param {{onProgress?: (done: number, total: number) => void | Promise<void>}} [options] as for prepare
 * @returns {Promise<{fingerprint: string, choices: number[][], differences: Difference[]}>} no differences: the ballot is
 *   what its choices and its seed make. Refusal json.*, opened.*, and choices.* when no ballot may say this
 */
export async function checkOpened(election, text, options) {
	const { ballot, marks, seed, preparedText } = readFile(text);
	if (!hasFields(ballot, ["election_uuid", "election_hash", "credential", "answers"])) {
		throw new Refusal("opened.form");
	}
	if (ballot.election_uuid !== election.uuid || ballot.election_hash !== election.fingerprint) {
		throw new Refusal("opened.other-election");
	}
	const made = await prepare(election, marks, ballot.credential, seed, options);
	const result = { fingerprint: base64Bare(await sha256Text(preparedText)), choices: marks, differences: [] };
	if (made.text === preparedText) {
		return result;
	}
	const { answers } = JSON.parse(made.text);
	if (!hasShape(ballot.answers, answers)) {
		throw new Refusal("opened.form");
	}
	checkTexts(election, ballot.answers);
	return { ...result, differences: compareAnswers(election, ballot.answers, answers) };
}
