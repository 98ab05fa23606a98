// SPDX-License-Identifier: EUPL-1.2
// Encryption and proofs by a prover who knows all randomness: every element is a product of powers of g and y,
// by tables. Every branch of a disjunction does the same work, and which one is true chooses numbers by
// multiplication with 0 or 1, never a path through the code.
//
// With w = z + r c a simulated branch g^z alpha^c, y^z (beta/g^M)^c is g^w, y^w g^((m - M) c), and so is the
// true one, whose m is M. Numbers are drawn in the order that the specification fixes: whoever is given the
// seed makes the same bytes.
// Spec: docs/protocol.md#answers-and-their-proofs, docs/protocol.md#the-randomness-of-a-ballot
import { numberOf, sha256Text } from "./bytes.js";
import { modulo } from "./group.js";

/**
 * What all proofs of one ballot share.
 * @typedef {object} Prover
 * @property {import("./group.js").Group} group
 * @property {{pow: (x: bigint) => any}} g tables; where ballots have hints, of the eighths of g and y
 * @property {{pow: (x: bigint) => any}} y
 * @property {any} one the base of `g`
 * @property {(kind: "text" | "commitment", eighth: any) => any} point keeps what becomes a hint, by
 *   whether it stands in the ballot's text or is computed by whoever verifies, and gives the element
 * @property {ReturnType<import("./stream.js").streamOf>} stream
 */

/** @typedef {{r: bigint, m: bigint}} Opening what a ciphertext is made of: alpha = g^r, beta = y^r g^m */

/** @param {import("./group.js").Group} group @param {string} transcript @returns {Promise<bigint>} H(transcript) modulo q */
export async function challengeOf(group, transcript) {
	return modulo(group, numberOf(await sha256Text(transcript)));
}

/** @param {bigint} challenge @param {bigint} response @returns {{challenge: string, response: string}} a proof as a ballot has it */
export function proofText(challenge, response) {
	return { challenge: challenge.toString(), response: response.toString() };
}

/**
 * @param {Prover} prover @param {number} m 0 or 1
 * @returns {{opening: Opening, alpha: any, beta: any}}
 */
export function encrypt(prover, m) {
	const { group, g, y } = prover;
	const r = prover.stream.scalar(group);
	const mark = [group.identity, prover.one][m];
	return {
		opening: { r, m: BigInt(m) },
		alpha: prover.point("text", g.pow(r)),
		beta: prover.point("text", group.add(y.pow(r), mark)),
	};
}

// Commitments and challenges of all branches; `fill` is for the true one: hash minus the sum of the others.
function commitBranches(prover, branches, openings) {
	const { group, g, y, stream } = prover;
	let found = 0n;
	return branches.map(({ part, value }) => {
		const { r, m } = openings[part];
		const w = stream.scalar(group);
		const c = stream.scalar(group);
		const distance = m - BigInt(value);
		const here = BigInt(Number(distance === 0n)) * (1n - found);
		found += here;
		const A = prover.point("commitment", g.pow(w));
		const B = prover.point("commitment", group.add(y.pow(w), g.pow(modulo(group, distance * c))));
		return { r, w, c, here, A, B };
	});
}

/**
 * One statement's proofs, one for each branch.
 * @param {Prover} prover
 * @param {string} transcript what stands before the commitments, the last bar included
 * @param {{part: number, value: number}[]} branches one of which is true
 * @param {Opening[]} openings of all parts
 * @returns {Promise<{challenge: string, response: string}[]>}
 */
export async function proveOr(prover, transcript, branches, openings) {
	const { group } = prover;
	const rows = commitBranches(prover, branches, openings);
	const texts = group.encodeAll(rows.flatMap(({ A, B }) => [A, B]));
	const total = await challengeOf(group, transcript + texts.join(","));
	const others = rows.reduce((sum, { c, here }) => sum + c * (1n - here), 0n);
	const rest = modulo(group, total - others);
	return rows.map(({ r, w, c, here }) => {
		const challenge = c * (1n - here) + rest * here;
		return proofText(challenge, modulo(group, w - r * challenge));
	});
}

/**
 * That a ciphertext does not hold 0.
 * @param {Prover} prover
 * @param {string} transcript up to and with the last bar
 * @param {Opening} opening
 * @returns {Promise<{commitment: string, challenge: string, response: string[]}>}
 */
export async function proveNonzero(prover, transcript, { r, m }) {
	const { group, g, y, stream } = prover;
	const s = stream.scalar(group);
	const w1 = stream.scalar(group);
	const w2 = stream.scalar(group);
	const mod = (x) => modulo(group, x);
	const shared = mod(r * w1 + w2);
	// A0 = beta^s y^(-sr), A1 = alpha^w1 g^w2, A2 = beta^w1 y^w2, each by g and y alone
	const A0 = prover.point("text", g.pow(mod(s * m)));
	const A1 = prover.point("commitment", g.pow(shared));
	const A2 = prover.point("commitment", group.add(y.pow(shared), g.pow(mod(m * w1))));
	const texts = group.encodeAll([A0, A1, A2]);
	const c = await challengeOf(group, transcript + texts.join(","));
	const response = [mod(w1 - s * c), mod(w2 + s * r * c)].map(String);
	return { commitment: texts[0], challenge: c.toString(), response };
}
