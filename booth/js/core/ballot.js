// SPDX-License-Identifier: EUPL-1.2
// A ballot in two halves that share no randomness: everything up to the signature is made of the choices and a seed,
// and of nothing else that is secret; the signature is made when the ballot is cast. Whoever is given choices
// and seed makes the same bytes again, and so does the C program.
// Spec: docs/protocol.md#the-randomness-of-a-ballot, docs/formats.md#ballot, docs/formats.md#hints
import { base64Bare, concat, randomBytes, sha256, sha256Text, utf8 } from "./bytes.js";
import { modulo } from "./group.js";
import { checkMarks } from "./marks.js";
import { challengeOf, encrypt, proofText, proveNonzero, proveOr } from "./prove.js";
import { Refusal } from "./refusal.js";
import { statementsOf, sumsOf } from "./statement.js";
import { streamOf } from "./stream.js";

// URNE_MAX_HINTED_POINTS of the C programs.
const MAX_HINTED_POINTS = 16384;

/**
 * What prepare makes. Only `text` and `hash` may be shown before it is decided what happens to the ballot.
 * @typedef {object} Prepared
 * @property {string} text the ballot without its signature
 * @property {string} hash unpadded Base64 of its SHA-256: the ballot's fingerprint
 * @property {any[] | null} points eighths of its elements in the order of hints, or null where there are none
 * @property {null | "signed" | "opened"} fate what became of it; it is one or the other
 */

/**
 * A ballot is cast or opened: one whose seed was shown is never signed, and one that is signed is never opened.
 * @param {{fate?: null | "signed" | "opened"}} prepared
 * @param {"signed" | "opened"} fate
 * @returns {void} Refusal ballot.fate: it has the other
 */
export function decide(prepared, fate) {
	prepared.fate ??= fate;
	if (prepared.fate !== fate) {
		throw new Refusal("ballot.fate", { fate: prepared.fate });
	}
}

/**
 * Draws the seed of a ballot. The browser's randomness alone would do; what belongs to the ballot is hashed in with
 * it, so that two ballots differ even where the browser gives the same bytes twice.
 * @param {import("./election.js").Election} election @param {number[][]} marks @param {bigint} secret the credential's
 * @returns {Promise<Uint8Array>} 32 bytes, secret until the ballot is opened
 */
export async function seedDraw(election, marks, secret) {
	return drawKey("urne-booth-seed|", secret, `${election.fingerprint}|${JSON.stringify(marks)}`);
}

async function drawKey(label, secret, text) {
	const numbers = `|${secret.toString(16)}|`;
	return sha256(concat(utf8(label), randomBytes(32), utf8(numbers), utf8(text)));
}

// Elements come as eighths where ballots have hints, and as themselves elsewhere.
function proverOf(election, seed, credential) {
	const { group } = election;
	const kept = { text: [group.eighth(credential)], commitment: [] };
	return {
		kept,
		prover: {
			group,
			one: group.eighth(group.g),
			g: group.eighthPowers(),
			y: election.keyPowers(),
			stream: streamOf(seed),
			point(kind, a) {
				kept[kind].push(a);
				return group.whole(a);
			},
		},
	};
}

// Ciphertexts of all choices, and the openings of them and their sums.
async function encryptChoices(prover, q, marks, progress) {
	const made = [];
	for (const m of marks) {
		made.push(encrypt(prover, m));
		await progress();
	}
	const { group } = prover;
	const texts = group.encodeAll(made.flatMap(({ alpha, beta }) => [alpha, beta]));
	const openings = made.map(({ opening }) => opening);
	const ciphertexts = made.map(({ alpha, beta }) => ({ alpha, beta }));
	for (const addends of sumsOf(q)) {
		openings.push({
			r: modulo(group, addends.reduce((sum, i) => sum + openings[i].r, 0n)),
			m: addends.reduce((sum, i) => sum + openings[i].m, 0n),
		});
		ciphertexts.push({
			alpha: addends.reduce((sum, i) => group.add(sum, ciphertexts[i].alpha), group.identity),
			beta: addends.reduce((sum, i) => group.add(sum, ciphertexts[i].beta), group.identity),
		});
	}
	return { texts, openings, ciphertexts };
}

// Cuts a flat list into pieces of the lists of a lists question.
function byList(q, flat) {
	let at = 0;
	return q.lists.map((list) => flat.slice(at, (at += list.length)));
}

function answerOf(q, texts, proofs, nonzero) {
	const pairs = q.kind === "lists" ? (flat) => byList(q, flat) : (flat) => flat;
	const choices = Array.from({ length: q.numChoices }, (_, i) => ({ alpha: texts[2 * i], beta: texts[2 * i + 1] }));
	const answer = {
		choices: pairs(choices),
		individual_proofs: pairs(proofs.individual_proofs),
		overall_proof: q.kind === "lists" ? proofs.overall_proof[0][0] : proofs.overall_proof[0],
	};
	if (q.kind === "lists") {
		return { ...answer, list_proofs: proofs.list_proofs, nonzero_proof: nonzero };
	}
	return q.blank ? { ...answer, blank_proof: proofs.blank_proof[0] } : answer;
}

async function makeAnswer(prover, q, marks, s0, progress) {
	const { group } = prover;
	const { texts, openings, ciphertexts } = await encryptChoices(prover, q, marks, progress);
	const s = `${s0}|${texts.join(",")}`;
	const proofs = { individual_proofs: [], overall_proof: [], blank_proof: [], list_proofs: [] };
	for (const statement of statementsOf(q)) {
		let transcript = `${statement.tag}|${statement.ofChoice ? s0 : s}|`;
		if (statement.named !== null) {
			const { alpha, beta } = ciphertexts[statement.named];
			transcript += `${group.encodeAll([alpha, beta]).join(",")}|`;
		}
		proofs[statement.field].push(await proveOr(prover, transcript, statement.branches, openings));
		await progress();
	}
	const nonzero = q.kind === "lists" ? await proveNonzero(prover, `nonzero|${s}|`, openings[openings.length - 1]) : null;
	return answerOf(q, texts, proofs, nonzero);
}

/**
 * Encrypts. All that is random in the result follows from the seed, so that the same arguments give the same bytes.
 * @param {import("./election.js").Election} election
 * @param {number[][]} marks 0 or 1 for each ciphertext of each question (choices.js)
 * @param {string} publicText the public credential
 * @param {Uint8Array} seed 32 bytes
 * @param {{onProgress?: (done: number, total: number) => void | Promise<void>}} [options] called after each ciphertext
 *   and each proof, and awaited: a page that returns a promise there stays alive
 * @returns {Promise<Prepared>} Refusal ballot.unsupported, choices.form, choices.rule, group.element
 */
export async function prepare(election, marks, publicText, seed, { onProgress } = {}) {
	const { group, questions } = election;
	const unsupported = questions.findIndex((q) => q.kind === "non-homomorphic");
	if (unsupported >= 0) {
		throw new Refusal("ballot.unsupported", { question: unsupported + 1 });
	}
	checkMarks(election, marks);
	const { kept, prover } = proverOf(election, seed, group.decode(publicText));
	const total = questions.reduce((sum, q) => sum + q.numChoices + statementsOf(q).length, 0);
	let done = 0;
	const progress = async () => {
		done++;
		await onProgress?.(done, total);
	};
	const answers = [];
	for (const [i, q] of questions.entries()) {
		answers.push(await makeAnswer(prover, q, marks[i], `${election.fingerprint}|${publicText}`, progress));
	}
	const text = JSON.stringify({
		election_uuid: election.uuid,
		election_hash: election.fingerprint,
		credential: publicText,
		answers,
	});
	const hash = base64Bare(await sha256Text(text));
	return { text, hash, points: hintsOf(election, kept), fate: null };
}

// The points that stand in the text, then the commitments; the signature's is one more. Larger ballots have no hints.
// Spec: docs/formats.md#hints
function hintsOf(election, kept) {
	const points = [...kept.text, ...kept.commitment];
	return election.group.hintBytes !== null && points.length < MAX_HINTED_POINTS ? points : null;
}

/**
 * Signs a prepared ballot: from here on it can be cast. The nonce is drawn anew, apart from the seed.
 * @param {import("./election.js").Election} election
 * @param {Prepared} prepared
 * @param {bigint} secret the credential's
 * @returns {Promise<{text: string, tracker: string, hints: Uint8Array | null}>} tracker: unpadded Base64; hints: 64
 *   bytes for each point, in their order, or null where ballots have none. Refusal ballot.fate: its seed was shown
 */
export async function sign(election, prepared, secret) {
	decide(prepared, "signed");
	const { group } = election;
	const w = streamOf(await drawKey("urne-booth-nonce|", secret, prepared.hash)).scalar(group);
	const commitment = group.eighthPowers().pow(w);
	const challenge = await challengeOf(group, `sig|${prepared.hash}|${group.encode(group.whole(commitment))}`);
	const proof = proofText(challenge, modulo(group, w - secret * challenge));
	const signature = JSON.stringify({ hash: prepared.hash, proof });
	const text = `${prepared.text.slice(0, -1)},"signature":${signature}}`;
	return {
		text,
		tracker: base64Bare(await sha256Text(text)),
		hints: prepared.points === null ? null : concat(...group.hintBytes([...prepared.points, commitment])),
	};
}
