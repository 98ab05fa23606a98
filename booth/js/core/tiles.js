// SPDX-License-Identifier: EUPL-1.2
// Proofs of inclusion out of the tiles of a log, made by whoever reads it: the board is asked for files that never change,
// and for no opinion. What comes out is verified like any other proof.
// Spec: docs/log.md#tiles
import { Refusal } from "./refusal.js";
import { nodeHash, tilePath } from "./tlog.js";

const WIDTH = 256;
const HASH = 32;

// The root of a complete tree of these hashes.
async function rootOf(hashes) {
	let level = hashes;
	while (level.length > 1) {
		const pairs = level.flatMap((h, i) => (i % 2 === 0 ? [nodeHash(h, level[i + 1])] : []));
		level = await Promise.all(pairs);
	}
	return level[0];
}

// Whole numbers of logs may be above 2^31: no shifts.
function above(n, level) {
	return Math.floor(n / 2 ** level);
}

// The node `index` of `level`, all of whose entries the tree of `size` has.
async function node(level, index, size, readTile) {
	const inTile = level % 8;
	const tileLevel = (level - inTile) / 8;
	const first = index * 2 ** inTile;
	const tile = Math.floor(first / WIDTH);
	const width = Math.min(WIDTH, above(size, 8 * tileLevel) - tile * WIDTH);
	const bytes = await readTile(tilePath(tileLevel, tile, width));
	if (bytes.length !== width * HASH) {
		throw new Refusal("log.tile", { path: tilePath(tileLevel, tile, width) });
	}
	const start = first % WIDTH;
	return rootOf(Array.from({ length: 2 ** inTile }, (_, i) => bytes.slice((start + i) * HASH, (start + i + 1) * HASH)));
}

// The same for a node of which the tree may have only the beginning.
async function subtree(level, index, size, readTile) {
	const begin = index * 2 ** level;
	const length = size - begin;
	if (above(length, level) > 0) {
		return node(level, index, size, readTile);
	}
	let root = null;
	for (let low = 0; low < level; low++) {
		if (above(length, low) % 2 === 1) {
			const peak = await node(low, above(size, low) - 1, size, readTile);
			root = root === null ? peak : await nodeHash(peak, root);
		}
	}
	return root;
}

/**
 * The proof that entry `index` stands in the tree of `size` entries, as verifyInclusion wants it.
 * @param {number} index
 * @param {number} size of a checkpoint
 * @param {(path: string) => Promise<Uint8Array>} readTile gives a file of the log by its path below the log's address
 * @returns {Promise<Uint8Array[]>} lowest first. Refusal log.index; log.tile: a tile has another length
 */
export async function inclusionFromTiles(index, size, readTile) {
	if (index < 0 || index >= size) {
		throw new Refusal("log.index", { index: String(index), size: String(size) });
	}
	const path = [];
	let at = index;
	for (let level = 0, last = size - 1; last > 0; level++, at = above(at, 1), last = above(last, 1)) {
		// the last node of a level has no sibling when its index is even
		if (at % 2 === 1 || at < last) {
			path.push(await subtree(level, at % 2 === 1 ? at - 1 : at + 1, size, readTile));
		}
	}
	return path;
}

/**
 * The proof that the tree of `size` entries continues that of its first `from`, as verifyConsistency wants it (RFC 9162,
 * section 2.1.4.1).
 * @param {number} from
 * @param {number} size of a checkpoint
 * @param {(path: string) => Promise<Uint8Array>} readTile as above
 * @returns {Promise<Uint8Array[]>} Refusal log.index, log.tile
 */
export async function consistencyFromTiles(from, size, readTile) {
	if (from < 0 || from > size) {
		throw new Refusal("log.index", { index: String(from), size: String(size) });
	}
	// of the entries low to high, which are a subtree of the whole, as far as that reaches
	const part = (low, high) => {
		const level = Math.ceil(Math.log2(high - low));
		return subtree(level, low / 2 ** level, size, readTile);
	};
	const path = [];
	let [low, high, whole] = [0, size, true];
	while (from > 0 && from < high) {
		const middle = low + 2 ** (Math.ceil(Math.log2(high - low)) - 1);
		if (from <= middle) {
			path.unshift(await part(middle, high));
			high = middle;
		} else {
			path.unshift(await part(low, middle));
			[low, whole] = [middle, false];
		}
	}
	return whole || from === 0 ? path : [await part(low, high), ...path];
}

/**
 * The entries in a bundle, tile/entries/N.
 * @param {Uint8Array} bytes
 * @returns {Uint8Array[]} Refusal log.tile: a length reaches beyond the end
 */
export function entriesOfBundle(bytes) {
	const entries = [];
	let at = 0;
	while (at < bytes.length) {
		const end = at + 2 + ((bytes[at] << 8) | (bytes[at + 1] ?? 0));
		if (end > bytes.length || at + 2 > bytes.length) {
			throw new Refusal("log.tile", { path: "tile/entries" });
		}
		entries.push(bytes.subarray(at + 2, end));
		at = end;
	}
	return entries;
}
