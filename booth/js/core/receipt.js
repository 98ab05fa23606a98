// SPDX-License-Identifier: EUPL-1.2
// Receipts: that a ballot stands in the log that the board has signed. Whoever has the receipt and the log's key checks
// it without a network.
// Spec: docs/log.md#receipts
import { base64Bare, equal, hex, sha256, textOf, unbase64, unbase64Bare, utf8 } from "./bytes.js";
import { isUuid } from "./election.js";
import { countOf, readEvent } from "./event.js";
import { hasFields, readJson, writeJson } from "./json.js";
import { Refusal } from "./refusal.js";
import { leafHash, readCheckpoint, verifyInclusion } from "./tlog.js";

const FORMAT = "urne-receipt/1";
const PROOF = /^c2sp\.org\/tlog-proof@v1\nextra ([^\n]+)\nindex (0|[1-9][0-9]*)\n((?:[^\n]{44}\n)*)\n/;
const MAX_EVENT = 65535;
const MAX_PATH = 63;

/**
 * @typedef {object} Receipt
 * @property {string} text as received: what a member keeps
 * @property {string} election its uuid
 * @property {string} tracker unpadded Base64
 * @property {number} height
 * @property {string | null} replaces the tracker of the ballot of the same credential that counted until then
 * @property {Uint8Array} event the entry of the log
 * @property {number} index
 * @property {Uint8Array[]} path
 * @property {Uint8Array} note the signed checkpoint
 */

function isTracker(text) {
	return typeof text === "string" && text.length === 43 && base64Bare(unbase64Bare(text)) === text;
}

function readProof(text) {
	const parts = PROOF.exec(text);
	if (parts === null) {
		throw new Refusal("receipt.form");
	}
	const event = unbase64(parts[1]);
	const path = parts[3].split("\n").slice(0, -1).map(unbase64);
	const index = Number(parts[2]);
	if (event.length > MAX_EVENT || path.length > MAX_PATH || !path.every((h) => h.length === 32) || !Number.isSafeInteger(index)) {
		throw new Refusal("receipt.form");
	}
	return { event, index, path, note: utf8(text.slice(parts[0].length)) };
}

/**
 * Reads the document and the proof in it; nothing is verified.
 * @param {Uint8Array} bytes
 * @returns {Receipt} Refusal text.*, json.*, receipt.form
 */
export function readReceipt(bytes) {
	const text = textOf(bytes);
	const file = readJson(text);
	const sound =
		hasFields(file, ["format", "election", "tracker", "height", "proof"], ["replaces"]) &&
		file.format === FORMAT &&
		typeof file.election === "string" &&
		isUuid(file.election) &&
		isTracker(file.tracker) &&
		!Number.isNaN(countOf(file.height)) &&
		(!("replaces" in file) || isTracker(file.replaces)) &&
		typeof file.proof === "string";
	if (!sound) {
		throw new Refusal("receipt.form");
	}
	const { format, election, tracker, height, replaces, proof } = file;
	const canonical = { format, election, tracker, height, ...(replaces === undefined ? {} : { replaces }), proof };
	if (writeJson(canonical) !== text) {
		throw new Refusal("json.canonical");
	}
	return { text, election, tracker, height: countOf(height), replaces: replaces ?? null, ...readProof(proof) };
}

/**
 * The offline check, in the order of the specification: signature, origin, event, height, tracker, inclusion.
 * @param {Receipt} receipt
 * @param {string} uuid of the election that is meant
 * @param {import("./note.js").NoteKey} key of the log or of its service
 * @param {Uint8Array} [ballot] the ballot's bytes, of whoever kept them: the tracker is their hash
 * @returns {Promise<{checkpoint: {origin: string, size: number, root: Uint8Array}, event: import("./event.js").LogEvent}>}
 *   Refusal receipt.*, checkpoint.*, event.*, note.*, log.*. What `replaces` says is not checked: the archive shows it
 */
export async function verifyReceipt(receipt, uuid, key, ballot) {
	if (receipt.election !== uuid) {
		throw new Refusal("receipt.election", { receipt: receipt.election, asked: uuid });
	}
	const checkpoint = await readCheckpoint(receipt.note, key);
	if (!checkpoint.origin.includes("/") || checkpoint.origin.split("/").pop() !== receipt.election) {
		throw new Refusal("receipt.origin", { election: receipt.election, origin: checkpoint.origin });
	}
	const event = readEvent(receipt.event);
	if (event.type !== "Ballot" || event.payload === null) {
		throw new Refusal("receipt.event");
	}
	if (event.height !== receipt.index || event.height !== receipt.height) {
		throw new Refusal("receipt.height", { event: event.height, index: receipt.index, receipt: receipt.height });
	}
	if (event.height >= checkpoint.size) {
		throw new Refusal("receipt.size", { height: event.height, size: checkpoint.size });
	}
	if (event.payload !== hex(unbase64Bare(receipt.tracker))) {
		throw new Refusal("receipt.tracker");
	}
	if (ballot !== undefined && !equal(await sha256(ballot), unbase64Bare(receipt.tracker))) {
		throw new Refusal("receipt.ballot");
	}
	const leaf = await leafHash(receipt.event);
	await verifyInclusion({ leaf, index: receipt.index, size: checkpoint.size, proof: receipt.path, root: checkpoint.root });
	return { checkpoint, event };
}
