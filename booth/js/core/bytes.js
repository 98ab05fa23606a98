// SPDX-License-Identifier: EUPL-1.2
// Bytes and their text forms, hashes by WebCrypto, and the one place where randomness comes from. Every text
// has one spelling; whatever else stands for the same bytes is refused.
// Spec: docs/protocol.md#text-forms
import { Refusal } from "./refusal.js";

const HEX = /^(?:[0-9a-f]{2})*$/;
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** @param {string} text @returns {Uint8Array} its UTF-8 */
export function utf8(text) {
	return new TextEncoder().encode(text);
}

/** @param {Uint8Array} bytes @returns {string} Refusal text.utf8: no UTF-8; a byte order mark stays a character */
export function textOf(bytes) {
	try {
		return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		throw new Refusal("text.utf8");
	}
}

/** @param {Uint8Array} bytes @returns {string} lower-case hex digits */
export function hex(bytes) {
	return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
}

/** @param {string} text lower-case hex digits; Refusal text.hex @returns {Uint8Array} */
export function unhex(text) {
	if (!HEX.test(text)) {
		throw new Refusal("text.hex");
	}
	return Uint8Array.from(text.match(/../g) ?? [], (two) => parseInt(two, 16));
}

/** @param {Uint8Array} bytes @returns {string} standard Base64 with padding */
export function base64(bytes) {
	return btoa(Array.from(bytes, (b) => String.fromCharCode(b)).join(""));
}

/** @param {Uint8Array} bytes @returns {string} standard Base64 without padding: fingerprints, trackers */
export function base64Bare(bytes) {
	return base64(bytes).replace(/=+$/, "");
}

/** @param {string} text padded, canonical Base64; Refusal text.base64 @returns {Uint8Array} */
export function unbase64(text) {
	const out = decodeBase64(text.replace(/={1,2}$/, ""));
	if (base64(out) !== text) {
		throw new Refusal("text.base64");
	}
	return out;
}

/** @param {string} text canonical Base64 without padding; Refusal text.base64 @returns {Uint8Array} */
export function unbase64Bare(text) {
	const out = decodeBase64(text);
	if (base64Bare(out) !== text) {
		throw new Refusal("text.base64");
	}
	return out;
}

// The callers encode again and compare, so that bits which stand for nothing are found.
function decodeBase64(text) {
	const out = new Uint8Array(Math.floor((text.length * 3) / 4));
	let bits = 0;
	let at = 0;
	for (let i = 0; i < text.length; i++) {
		const value = BASE64.indexOf(text[i]);
		if (value < 0) {
			throw new Refusal("text.base64");
		}
		bits = ((bits << 6) | value) & 0xffffff;
		if (i % 4 !== 0) {
			out[at++] = (bits >> (6 - 2 * (i % 4))) & 0xff;
		}
	}
	return out;
}

/** @param {...Uint8Array} parts @returns {Uint8Array} one behind the other */
export function concat(...parts) {
	const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		out.set(part, at);
		at += part.length;
	}
	return out;
}

/** @param {Uint8Array} a @param {Uint8Array} b @returns {boolean} of public data: it stops at no place, and is no promise */
export function equal(a, b) {
	let differ = a.length ^ b.length;
	for (let i = 0; i < a.length && i < b.length; i++) {
		differ |= a[i] ^ b[i];
	}
	return differ === 0;
}

/** @param {Uint8Array} bytes @returns {bigint} big-endian, 0 for none */
export function numberOf(bytes) {
	return bytes.length === 0 ? 0n : BigInt(`0x${hex(bytes)}`);
}

/** @param {Uint8Array} bytes @returns {bigint} little-endian */
export function numberOfLittle(bytes) {
	return numberOf(Uint8Array.from(bytes).reverse());
}

/** @param {bigint} n below 2^256 @returns {Uint8Array} 32 bytes, little-endian */
export function littleOf(n) {
	return unhex(n.toString(16).padStart(64, "0")).reverse();
}

/** @param {Uint8Array} bytes @returns {Promise<Uint8Array>} 32 bytes */
export async function sha256(bytes) {
	return new Uint8Array(await globalThis.crypto.subtle.digest("SHA-256", bytes));
}

/** @param {string} text @returns {Promise<Uint8Array>} of its UTF-8 */
export function sha256Text(text) {
	return sha256(utf8(text));
}

/** @param {Uint8Array} bytes @returns {Promise<Uint8Array>} 64 bytes */
export async function sha512(bytes) {
	return new Uint8Array(await globalThis.crypto.subtle.digest("SHA-512", bytes));
}

/** @param {number} n at most 65536 @returns {Uint8Array} of the browser's generator for keys */
export function randomBytes(n) {
	return globalThis.crypto.getRandomValues(new Uint8Array(n));
}
