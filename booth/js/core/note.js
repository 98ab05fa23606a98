// SPDX-License-Identifier: EUPL-1.2
// Signed notes: their keys, their lines, and whether a line verifies. One spelling is read and every other refused, as
// in the C programs, so that two readers cannot see two notes in the same bytes. Public data, variable time.
// Spec: docs/formats.md#signed-notes
import { concat, equal, hex, numberOfLittle, sha256, sha512, textOf, unbase64, utf8 } from "./bytes.js";
import { Point } from "./group_edwards.js";
import { groupOf, modulo } from "./group.js";
import { Refusal } from "./refusal.js";

const MAX_NOTE = 65536;
const MAX_LINES = 32;
const MAX_NAME = 255;
const ED25519 = 1;
// Controls, what Unicode calls white space, and the plus sign.
const NOT_IN_NAMES = /[\u0000-\u0020+\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const NOT_IN_NOTES = /[\u0000-\u0009\u000b-\u001f]/;
const LINE = /^\u2014 ([^ ]+) ([^ ]+)$/;

/**
 * @typedef {object} NoteKey
 * @property {string} name
 * @property {Uint8Array} id 4 bytes
 * @property {Uint8Array} bytes 32, the public key
 * @property {any} point
 */

/** @param {string} name @returns {string} the same; Refusal note.name */
export function checkName(name) {
	const { length } = utf8(name);
	if (length < 1 || length > MAX_NAME || NOT_IN_NAMES.test(name)) {
		throw new Refusal("note.name");
	}
	return name;
}

/**
 * A key under a name. Refusal note.name; note.key: `why` is length, or point when nobody made it honestly.
 * @param {string} name
 * @param {Uint8Array} bytes
 * @returns {Promise<NoteKey>}
 */
export async function noteKey(name, bytes) {
	checkName(name);
	if (bytes.length !== 32) {
		throw new Refusal("note.key", { why: "length" });
	}
	let point;
	try {
		point = Point.fromBytes(bytes);
	} catch {
		throw new Refusal("note.key", { why: "point" });
	}
	if (point.isSmallOrder()) {
		throw new Refusal("note.key", { why: "point" });
	}
	const hash = await sha256(concat(utf8(name), Uint8Array.of(0x0a, ED25519), bytes));
	return { name, id: hash.subarray(0, 4), bytes, point };
}

/**
 * @param {string} text a verifier key: NAME+ID+BASE64
 * @returns {Promise<NoteKey>} Refusal note.key, note.name, text.base64
 */
export async function readVerifierKey(text) {
	const [name, id, ...rest] = text.split("+");
	if (id === undefined || rest.length === 0) {
		throw new Refusal("note.key", { why: "parts" });
	}
	const raw = unbase64(rest.join("+"));
	if (raw.length !== 33 || raw[0] !== ED25519) {
		throw new Refusal("note.key", { why: "type" });
	}
	const key = await noteKey(name, raw.subarray(1));
	if (hex(key.id) !== id) {
		throw new Refusal("note.key", { why: "hash" });
	}
	return key;
}

function readLine(line) {
	const parts = LINE.exec(line);
	if (parts === null) {
		throw new Refusal("note.form", { why: "line" });
	}
	const raw = unbase64(parts[2]);
	if (raw.length <= 4) {
		throw new Refusal("note.form", { why: "signature" });
	}
	return { name: checkName(parts[1]), id: raw.subarray(0, 4), signature: raw.subarray(4) };
}

/**
 * Takes a note apart; nothing is verified.
 * @param {Uint8Array} bytes
 * @returns {{text: string, lines: {name: string, id: Uint8Array, signature: Uint8Array}[]}} the text ends with its newline.
 *   Refusal text.*, note.form, note.name
 */
export function readNote(bytes) {
	if (bytes.length > MAX_NOTE) {
		throw new Refusal("note.form", { why: "length" });
	}
	const note = textOf(bytes);
	if (NOT_IN_NOTES.test(note)) {
		throw new Refusal("note.form", { why: "control" });
	}
	const end = note.lastIndexOf("\n\n");
	if (end < 0 || !note.endsWith("\n")) {
		throw new Refusal("note.form", { why: "parts" });
	}
	const lines = note.slice(end + 2, -1).split("\n");
	if (lines.length > MAX_LINES) {
		throw new Refusal("note.form", { why: "lines" });
	}
	if (end + 2 === note.length) {
		throw new Refusal("note.form", { why: "unsigned" });
	}
	return { text: note.slice(0, end + 1), lines: lines.map(readLine) };
}

/**
 * RFC 8032, section 5.1.7, without the cofactor; S is below q.
 * @param {NoteKey} key @param {Uint8Array} message @param {Uint8Array} signature
 * @returns {Promise<boolean>}
 */
export async function isSignature(key, message, signature) {
	if (signature.length !== 64) {
		return false;
	}
	const group = groupOf("Ed25519");
	const r = signature.subarray(0, 32);
	const s = numberOfLittle(signature.subarray(32));
	if (s >= group.q) {
		return false;
	}
	const k = modulo(group, numberOfLittle(await sha512(concat(r, key.bytes, message))));
	return equal(group.pow(group.g, s).add(group.pow(key.point.negate(), k)).toBytes(), r);
}

/**
 * That a note has exactly one line of this key, and it verifies. Lines of other keys are passed over.
 * @param {ReturnType<typeof readNote>} note
 * @param {NoteKey} key
 * @returns {Promise<void>} Refusal note.unsigned, note.twice, note.signature
 */
export async function verifyNote(note, key) {
	const own = note.lines.filter((line) => line.name === key.name && equal(line.id, key.id));
	if (own.length !== 1) {
		throw new Refusal(own.length === 0 ? "note.unsigned" : "note.twice", { name: key.name });
	}
	if (!(await isSignature(key, utf8(note.text), own[0].signature))) {
		throw new Refusal("note.signature", { name: key.name });
	}
}
