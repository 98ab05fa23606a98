// SPDX-License-Identifier: EUPL-1.2
// The events of a log and the setup that its first one names, read as the log has them: canonical or refused.
// Spec: docs/formats.md#events-and-setup
import { textOf } from "./bytes.js";
import { hasFields, readJson, writeJson } from "./json.js";
import { Refusal } from "./refusal.js";

const LARGEST_NUMBER = 2 ** 30 - 1;
const TYPES = ["Setup", "Ballot", "EndBallots", "EncryptedTally", "Shuffle", "EndShuffles", "PartialDecryption", "Result"];
const OF_JOURNAL = ["Genesis", "Order", "Record"];

/** @param {unknown} v @returns {boolean} a hash as the archive writes it: 64 lower-case hex digits */
function isHash(v) {
	return typeof v === "string" && /^[0-9a-f]{64}$/.test(v);
}

/**
 * Counts are numbers up to 2^30 - 1 and decimal strings above.
 * @param {unknown} v @returns {number} up to 2^53 - 1, or NaN
 */
export function countOf(v) {
	if (typeof v === "number") {
		return v >= 0 && v <= LARGEST_NUMBER ? v : NaN;
	}
	const n = typeof v === "string" && /^[1-9][0-9]*$/.test(v) ? Number(v) : NaN;
	return Number.isSafeInteger(n) && n > LARGEST_NUMBER ? n : NaN;
}

/**
 * @typedef {object} LogEvent
 * @property {string | null} parent hash of the event before; the first has none
 * @property {number} height its index in the log
 * @property {string} type such as Ballot
 * @property {string | null} payload hash of what it records
 */

/**
 * @param {Uint8Array} bytes an entry of a log
 * @returns {LogEvent} Refusal text.*, json.*, event.form
 */
export function readEvent(bytes) {
	const text = textOf(bytes);
	const event = readJson(text);
	const sound =
		hasFields(event, ["height", "type"], ["parent", "payload"]) &&
		!Number.isNaN(countOf(event.height)) &&
		[...TYPES, ...OF_JOURNAL].includes(event.type) &&
		(!("parent" in event) || isHash(event.parent)) &&
		(!("payload" in event) || isHash(event.payload));
	if (!sound) {
		throw new Refusal("event.form");
	}
	const { parent, height, type, payload } = event;
	const canonical = { ...(parent === undefined ? {} : { parent }), height, type, ...(payload === undefined ? {} : { payload }) };
	if (writeJson(canonical) !== text) {
		throw new Refusal("event.form");
	}
	return { parent: parent ?? null, height: countOf(height), type, payload: payload ?? null };
}

/**
 * What the first event of an election's log names.
 * @param {Uint8Array} bytes the setup data
 * @returns {{election: string, trustees: string, credentials: string}} hashes of the objects. Refusal text.*, json.*, setup.form
 */
export function readSetupData(bytes) {
	const text = textOf(bytes);
	const setup = readJson(text);
	const sound = hasFields(setup, ["election", "trustees", "credentials"], ["credentials_certificate"]);
	if (!sound || !Object.values(setup).every(isHash)) {
		throw new Refusal("setup.form");
	}
	const { election, trustees, credentials } = setup;
	const more = "credentials_certificate" in setup ? { credentials_certificate: setup.credentials_certificate } : {};
	if (writeJson({ election, trustees, credentials, ...more }) !== text) {
		throw new Refusal("setup.form");
	}
	return { election, trustees, credentials };
}
