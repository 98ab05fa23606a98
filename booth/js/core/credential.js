// SPDX-License-Identifier: EUPL-1.2
// A member's credential: what is typed or pasted becomes its one text, and that text a key. The list of public
// credentials says who is a member.
// Spec: docs/protocol.md#keys-and-credentials, docs/formats.md#public-credentials
import { concat, numberOf, sha256Text, textOf, utf8 } from "./bytes.js";
import { modulo } from "./group.js";
import { readJson } from "./json.js";
import { Refusal } from "./refusal.js";

const BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const OLD_ROUNDS = 1000;
const MAX_WEIGHT = 10 ** 12;
// Lengths of what stands between the hyphens, by the number of characters in all.
const FORMS = { 22: [5, 6, 5, 6], 15: [3, 3, 3, 3, 3] };
// Besides spaces, what mail programs and keyboards make of a hyphen.
const PASSED_OVER = /[\s\u00ad\u200b\u2060\ufeff\u2010-\u2015\u2212-]/u;

// 53 - n mod 53 of the number that the first 14 digits write.
function oldChecksum(digits) {
	return 53 - digits.slice(0, 14).reduce((rest, digit) => (rest * 58 + digit) % 53, 0);
}

/**
 * Spaces, hyphens and line ends may stand anywhere or nowhere.
 * @param {string} typed
 * @returns {string} XXXXX-XXXXXX-XXXXX-XXXXXX, or the old XXX-XXX-XXX-XXX-XXX.
 *   Refusal credential.character with its place among the characters that count, from 1; credential.length;
 *   credential.checksum (old form only)
 */
export function readCredential(typed) {
	const characters = [...typed].filter((c) => !PASSED_OVER.test(c));
	const digits = characters.map((c) => BASE58.indexOf(c));
	const wrong = digits.indexOf(-1);
	if (wrong >= 0) {
		throw new Refusal("credential.character", { place: wrong + 1, character: characters[wrong] });
	}
	if (!Object.hasOwn(FORMS, characters.length)) {
		throw new Refusal("credential.length", { length: characters.length });
	}
	if (characters.length === 15 && digits[14] !== oldChecksum(digits)) {
		throw new Refusal("credential.checksum");
	}
	let at = 0;
	return FORMS[characters.length].map((n) => characters.slice(at, (at += n)).join("")).join("-");
}

async function deriveNew(uuid, text) {
	const half = (i) => sha256Text(`derive_credential|${uuid}|${i}|${text}`);
	return numberOf(concat(await half(0), await half(1)));
}

async function deriveOld(uuid, text) {
	const { subtle } = globalThis.crypto;
	const key = await subtle.importKey("raw", utf8(text), "PBKDF2", false, ["deriveBits"]);
	const how = { name: "PBKDF2", hash: "SHA-256", salt: utf8(uuid), iterations: OLD_ROUNDS };
	return numberOf(new Uint8Array(await subtle.deriveBits(how, key, 256)));
}

/**
 * @param {import("./election.js").Election} election
 * @param {string} text as readCredential gives it; it and `secret` are the member's alone
 * @returns {Promise<{secret: bigint, point: any, publicText: string}>}
 */
export async function derive(election, text) {
	const { group, uuid } = election;
	const secret = modulo(group, await (text.length === 19 ? deriveOld : deriveNew)(uuid, text));
	const point = group.whole(group.eighthPowers().pow(secret));
	return { secret, point, publicText: group.encode(point) };
}

/**
 * The list of the election's setup: who may vote. Its hash is in the setup; whoever has fetched it compares that.
 * @param {Uint8Array} bytes
 * @returns {{number: number, totalWeight: number, find: (publicText: string) => {index: number, weight: number} | null}}
 *   Refusal text.*, json.*, credentials.form
 */
export function readCredentials(bytes) {
	const list = readJson(textOf(bytes));
	if (!Array.isArray(list)) {
		throw new Refusal("credentials.form", { entry: 0 });
	}
	const weighted = typeof list[0] === "string" && list[0].includes(",");
	const form = weighted ? /^[0-9a-f]+,(?:0|[1-9][0-9]{0,12})$/ : /^[0-9a-f]+$/;
	const places = new Map();
	let totalWeight = 0;
	list.forEach((entry, index) => {
		if (typeof entry !== "string" || !form.test(entry)) {
			throw new Refusal("credentials.form", { entry: index + 1 });
		}
		const [text, weight] = entry.split(",");
		if (places.has(text) || Number(weight ?? 1) > MAX_WEIGHT) {
			throw new Refusal("credentials.form", { entry: index + 1 });
		}
		places.set(text, { index, weight: Number(weight ?? 1) });
		totalWeight += Number(weight ?? 1);
	});
	return { number: list.length, totalWeight, find: (publicText) => places.get(publicText) ?? null };
}
