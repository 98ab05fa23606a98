// SPDX-License-Identifier: EUPL-1.2
// The election object: the bytes that every ballot names by their hash. Its form is read leniently, since it is
// hashed whole; its content strictly.
// Spec: docs/formats.md#election-and-questions
import { base64Bare, hex, sha256, textOf } from "./bytes.js";
import { groupOf } from "./group.js";
import { isObject, readJson } from "./json.js";
import { once } from "./powers.js";
import { readQuestions } from "./questions.js";
import { Refusal } from "./refusal.js";

const MAX_BYTES = 16 << 20;
const UUID = /^[1-9A-HJ-NP-Za-km-z]{14,64}$/;
const HASH = /^[0-9a-f]{64}$/;
const STRINGS = { description: true, name: true, uuid: true, administrator: false, credential_authority: false, vote_definition: false };

/**
 * @typedef {object} Election
 * @property {Uint8Array} bytes as received
 * @property {string} uuid
 * @property {string} name
 * @property {string} description
 * @property {string} administrator empty when it is not there
 * @property {string} credentialAuthority the same
 * @property {string | null} definitionHash 64 hex digits of the vote definition that it seals
 * @property {string} groupName
 * @property {import("./group.js").Group} group
 * @property {any} y the public key, never the identity
 * @property {() => {pow: (x: bigint) => any}} keyPowers the powers of the eighth of y, made once
 * @property {import("./questions.js").Question[]} questions
 * @property {string} fingerprint unpadded Base64 of the SHA-256 of `bytes`
 * @property {string} fingerprintHex
 */

/** @param {string} text @returns {boolean} an election's identifier: 14 to 64 Base58 characters */
export function isUuid(text) {
	return UUID.test(text);
}

function checkStrings(root) {
	for (const [field, needed] of Object.entries(STRINGS)) {
		if (needed || field in root ? typeof root[field] !== "string" : false) {
			throw new Refusal("election.form", { field });
		}
	}
	if (!isUuid(root.uuid)) {
		throw new Refusal("election.uuid");
	}
	if ("vote_definition" in root && !HASH.test(root.vote_definition)) {
		throw new Refusal("election.form", { field: "vote_definition" });
	}
}

function readKey(group, text) {
	let y;
	try {
		y = group.decode(text);
	} catch {
		throw new Refusal("election.key");
	}
	if (group.isIdentity(y)) {
		throw new Refusal("election.key");
	}
	return y;
}

/**
 * @param {Uint8Array} bytes the election object, byte for byte as the board has it
 * @returns {Promise<Election>} Refusal text.*, json.*, election.*, group.unknown
 */
export async function readElection(bytes) {
	if (bytes.length > MAX_BYTES) {
		throw new Refusal("election.limit", { what: "bytes", most: MAX_BYTES });
	}
	const root = readJson(textOf(bytes));
	if (!isObject(root)) {
		throw new Refusal("election.form", { field: "" });
	}
	if (root.version !== 1) {
		throw new Refusal("election.version");
	}
	checkStrings(root);
	const group = groupOf(root.group);
	const hash = await sha256(bytes);
	const y = readKey(group, root.public_key);
	return {
		bytes,
		uuid: root.uuid,
		name: root.name,
		description: root.description,
		administrator: root.administrator ?? "",
		credentialAuthority: root.credential_authority ?? "",
		definitionHash: root.vote_definition ?? null,
		groupName: group.name,
		group,
		y,
		keyPowers: once(() => group.base(group.eighth(y))),
		questions: readQuestions(root.questions),
		fingerprint: base64Bare(hash),
		fingerprintHex: hex(hash),
	};
}
