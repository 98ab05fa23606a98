// SPDX-License-Identifier: EUPL-1.2
// What a log has signed and what stands in it: keys, checkpoints, hashes of the tree, proofs, names of its files.
// Spec: docs/log.md
import { concat, equal, sha256, unbase64 } from "./bytes.js";
import { checkName, noteKey, readNote, verifyNote } from "./note.js";
import { Refusal } from "./refusal.js";

const SERVICE_END = "/bb";
const DECIMAL = /^(?:0|[1-9][0-9]*)$/;
const TILE = 256;

/**
 * The key of a service, from which those of its logs follow.
 * @param {string} name HOST/bb
 * @param {string} keyBase64 32 bytes
 * @returns {Promise<import("./note.js").NoteKey>} Refusal note.*, text.base64
 */
export function readKey(name, keyBase64) {
	return noteKey(name, unbase64(keyBase64));
}

/**
 * The key of one log: itself, or that of its service under the log's name. Of one log there is none for another.
 * @param {import("./note.js").NoteKey} key
 * @param {string} origin HOST/bb/UUID
 * @returns {Promise<import("./note.js").NoteKey>} Refusal checkpoint.origin
 */
export async function keyOfLog(key, origin) {
	if (key.name === origin) {
		return key;
	}
	const start = `${key.name}/`;
	const isService = key.name.endsWith(SERVICE_END) && key.name.length > SERVICE_END.length;
	if (!isService || !origin.startsWith(start) || !/^[^/]+$/.test(origin.slice(start.length))) {
		throw new Refusal("checkpoint.origin", { origin, name: key.name });
	}
	return noteKey(origin, key.bytes);
}

/**
 * A checkpoint, verified: nothing that was read counts before the signature does.
 * @param {Uint8Array} bytes the signed note
 * @param {import("./note.js").NoteKey} key of the log or of its service
 * @returns {Promise<{origin: string, size: number, root: Uint8Array}>} size up to 2^53 - 1.
 *   Refusal note.*, checkpoint.*, text.*
 */
export async function readCheckpoint(bytes, key) {
	const note = readNote(bytes);
	const [origin, size, root, ...rest] = note.text.split("\n");
	if (root === undefined || rest.length !== 1 || rest[0] !== "") {
		throw new Refusal("checkpoint.form", { line: 0 });
	}
	checkName(origin);
	if (!DECIMAL.test(size) || !Number.isSafeInteger(Number(size))) {
		throw new Refusal("checkpoint.form", { line: 2 });
	}
	const checkpoint = { origin, size: Number(size), root: unbase64(root) };
	const nothing = await sha256(new Uint8Array(0));
	if (checkpoint.root.length !== 32 || (checkpoint.size === 0 && !equal(checkpoint.root, nothing))) {
		throw new Refusal("checkpoint.form", { line: 3 });
	}
	await verifyNote(note, await keyOfLog(key, origin));
	return checkpoint;
}

/** @param {Uint8Array} entry @returns {Promise<Uint8Array>} */
export function leafHash(entry) {
	return sha256(concat(Uint8Array.of(0), entry));
}

/** @param {Uint8Array} left @param {Uint8Array} right @returns {Promise<Uint8Array>} */
export function nodeHash(left, right) {
	return sha256(concat(Uint8Array.of(1), left, right));
}

// Up one level, and further while the node is the left one of a tree that ends with it.
function climb(fn, sn) {
	let [a, b] = [fn, sn];
	while (a !== 0n && (a & 1n) === 0n) {
		a >>= 1n;
		b >>= 1n;
	}
	return [a, b];
}

/**
 * That the entry with this leaf hash stands at the index (RFC 9162, section 2.1.3.2).
 * @param {{leaf: Uint8Array, index: number | bigint, size: number | bigint, proof: Uint8Array[], root: Uint8Array}} claim
 * @returns {Promise<void>} Refusal log.index, log.proof
 */
export async function verifyInclusion({ leaf, index, size, proof, root }) {
	let [fn, sn] = [BigInt(index), BigInt(size) - 1n];
	let hash = leaf;
	if (fn < 0n || fn > sn) {
		throw new Refusal("log.index", { index: String(index), size: String(size) });
	}
	for (const sibling of proof) {
		if (sn === 0n) {
			throw new Refusal("log.proof");
		}
		if ((fn & 1n) === 1n || fn === sn) {
			hash = await nodeHash(sibling, hash);
			[fn, sn] = climb(fn, sn);
		} else {
			hash = await nodeHash(hash, sibling);
		}
		[fn, sn] = [fn >> 1n, sn >> 1n];
	}
	if (sn !== 0n || !equal(hash, root)) {
		throw new Refusal("log.proof");
	}
}

/**
 * That the tree of `to` entries continues that of `from` (RFC 9162, section 2.1.4.2).
 * @param {{from: number | bigint, fromRoot: Uint8Array, to: number | bigint, toRoot: Uint8Array, proof: Uint8Array[]}} claim
 * @returns {Promise<void>} Refusal log.consistency
 */
export async function verifyConsistency({ from, fromRoot, to, toRoot, proof }) {
	const [m, n] = [BigInt(from), BigInt(to)];
	const refuse = () => {
		throw new Refusal("log.consistency", { from: String(from), to: String(to) });
	};
	if (m === n || m === 0n) {
		const same = m === n ? toRoot : await sha256(new Uint8Array(0));
		return proof.length === 0 && m <= n && equal(fromRoot, same) ? undefined : refuse();
	}
	if (m < 0n || m > n || proof.length === 0) {
		refuse();
	}
	const path = (m & (m - 1n)) === 0n ? [fromRoot, ...proof] : proof;
	let [fn, sn] = [m - 1n, n - 1n];
	while ((fn & 1n) === 1n) {
		[fn, sn] = [fn >> 1n, sn >> 1n];
	}
	let [old, now] = [path[0], path[0]];
	for (const sibling of path.slice(1)) {
		if (sn === 0n) {
			refuse();
		}
		if ((fn & 1n) === 1n || fn === sn) {
			[old, now] = [await nodeHash(sibling, old), await nodeHash(sibling, now)];
			[fn, sn] = climb(fn, sn);
		} else {
			now = await nodeHash(now, sibling);
		}
		[fn, sn] = [fn >> 1n, sn >> 1n];
	}
	return sn === 0n && equal(old, fromRoot) && equal(now, toRoot) ? undefined : refuse();
}

/**
 * The name of a tile below the log's address.
 * @param {number | "entries"} level 0 to 7, or entries
 * @param {number} index
 * @param {number} [width] 1 to 256; below 256 the state of the last tile at some size
 * @returns {string} such as tile/0/x001/067.p/12
 */
export function tilePath(level, index, width = TILE) {
	const groups = [];
	let rest = index;
	do {
		groups.unshift(String(rest % 1000).padStart(3, "0"));
		rest = Math.floor(rest / 1000);
	} while (rest > 0);
	const name = groups.map((three, i) => (i < groups.length - 1 ? `x${three}` : three)).join("/");
	return `tile/${level}/${name}${width < TILE ? `.p/${width}` : ""}`;
}
