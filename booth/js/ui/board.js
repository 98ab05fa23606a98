// SPDX-License-Identifier: EUPL-1.2
// The board as a page sees it: addresses, what is fetched from them, and nothing believed that can be checked. What the
// log's key has signed is verified against the key that came with the page (pinned.js); what has a hash is compared.
// Spec: docs/log.md, docs/openapi.json

import { hex, sha256, textOf } from "../core/bytes.js";
import { readElection } from "../core/election.js";
import { readJson } from "../core/json.js";
import { Refusal } from "../core/refusal.js";
import { leafHash, nodeHash, readCheckpoint, readKey, tilePath, verifyInclusion } from "../core/tlog.js";
import { service } from "../pinned.js";

const TILE = 256;
const TILE_BITS = 8;
const HASH = 32;
const HASH_TEXT = /^[0-9a-f]{64}$/;

/** The address of the board's first page; all others are below it. */
export const home = new URL("../../../", import.meta.url);

/**
 * What a board answers instead of what was asked. `kind` is 'unreachable', 'missing', 'busy' or 'refused'; `detail` is the
 * board's own sentence, in English, or empty; `retry` says after how many seconds it is worth trying again, or 0.
 */
export class BoardError extends Error {
	constructor(kind, { detail = "", problem = "", retry = 0 } = {}) {
		super(kind);
		this.name = "BoardError";
		this.kind = kind;
		this.detail = detail;
		this.problem = problem;
		this.retry = retry;
	}
}

async function problemOf(response) {
	const kinds = { 404: "missing", 429: "busy", 503: "busy" };
	let body = {};

	try {
		body = await response.json();
	} catch {
		// not ours, a proxy's: its status has to do
	}
	return new BoardError(kinds[response.status] ?? "refused", {
		detail: typeof body.detail === "string" ? body.detail : "",
		problem: typeof body.type === "string" ? body.type : String(response.status),
		retry: Number(response.headers.get("Retry-After")) || 0,
	});
}

async function ask(path, options) {
	let response;

	try {
		response = await fetch(new URL(path, home), {
			credentials: "omit",
			redirect: "error",
			referrerPolicy: "no-referrer",
			...options,
		});
	} catch {
		throw new BoardError("unreachable");
	}
	if (!response.ok) {
		throw await problemOf(response);
	}
	try {
		return new Uint8Array(await response.arrayBuffer());
	} catch {
		throw new BoardError("unreachable");
	}
}

/** get: the bytes of a resource, by its path below `home`. BoardError. */
export function get(path) {
	return ask(path, {});
}

/** uuidOfPage: whose page this is: the last name of its path. */
export function uuidOfPage() {
	return decodeURIComponent(
		location.pathname
			.split("/")
			.filter((part) => part !== "")
			.at(-1) ?? "",
	);
}

/** statusOf: where an election stands, as the board says it; nothing in it is signed. */
export async function statusOf(uuid) {
	return readJson(textOf(await get(`bb/${uuid}/status`)));
}

/** object: what has this hash (hex), compared. */
export async function object(uuid, hash) {
	if (!HASH_TEXT.test(hash)) {
		throw new Refusal("text.hex");
	}
	const bytes = await get(`bb/${uuid}/objects/${hash}`);

	if (hex(await sha256(bytes)) !== hash) {
		throw new Refusal("log.proof");
	}
	return bytes;
}

/**
 * openLog: the newest checkpoint of a log, signed by the pinned key, and under that log's name.
 * Returns {uuid, key, origin, size, root, note}.
 */
export async function openLog(uuid) {
	const key = await readKey(service.name, service.key);
	const note = await get(`bb/${uuid}/checkpoint`);
	const checkpoint = await readCheckpoint(note, key);
	const name = `${service.name}/${uuid}`;

	if (checkpoint.origin !== name) {
		throw new Refusal("checkpoint.origin", { origin: checkpoint.origin, name });
	}
	return { uuid, key, note, tiles: new Map(), ...checkpoint };
}

/* tile: the hashes of one, as many as the signed size has, each fetched once. */
function tile(log, level, index) {
	const width = Math.min(TILE, Math.floor(log.size / TILE ** level) - index * TILE);
	const path = tilePath(level, index, width);

	if (!log.tiles.has(path)) {
		log.tiles.set(path, get(`bb/${log.uuid}/${path}`));
	}
	return log.tiles.get(path);
}

/* complete: the hash of the complete subtree of 2^level leaves with this index. */
async function complete(log, level, index) {
	const down = level % TILE_BITS;
	const first = index * 2 ** down;
	const bytes = await tile(log, (level - down) / TILE_BITS, Math.floor(first / TILE));
	const at = (first % TILE) * HASH;
	let row = Array.from({ length: 2 ** down }, (_, i) => bytes.subarray(at + i * HASH, at + (i + 1) * HASH));

	while (row.length > 1) {
		row = await Promise.all(row.flatMap((left, i) => (i % 2 === 0 ? [nodeHash(left, row[i + 1])] : [])));
	}
	return row[0];
}

/* The largest power of two below n. */
function half(n) {
	return 2 ** Math.floor(Math.log2(n - 1));
}

/* range: the hash of the tree of the entries from `low` to below `high`. */
async function range(log, low, high) {
	const n = high - low;

	if (n === 1 || 2 * half(n) === n) {
		return complete(log, Math.round(Math.log2(n)), low / n);
	}
	const k = half(n);

	return nodeHash(await range(log, low, low + k), await range(log, low + k, high));
}

/** inclusion: the proof that entry `index` stands in the log, from its tiles; verifyInclusion says whether it is one. */
export async function inclusion(log, index) {
	const path = [];
	let [low, high] = [0, log.size];

	while (high - low > 1) {
		const middle = low + half(high - low);

		if (index < middle) {
			path.unshift(await range(log, middle, high));
			high = middle;
		} else {
			path.unshift(await range(log, low, middle));
			low = middle;
		}
	}
	return path;
}

/* What proves that the tree of the entries low to high continues that of its first m; `whole`: as a tree of its own. */
async function continues(log, m, low, high, whole) {
	if (m === high - low) {
		return whole ? [] : [await range(log, low, high)];
	}
	const k = half(high - low);

	return m <= k
		? [...(await continues(log, m, low, low + k, whole)), await range(log, low + k, high)]
		: [...(await continues(log, m - k, low + k, high, false)), await range(log, low, low + k)];
}

/** consistency: the proof that the log continues the tree of its first `size` entries, from its tiles (RFC 9162, 2.1.4.1). */
export function consistency(log, size) {
	return size === 0 || size === log.size ? Promise.resolve([]) : continues(log, size, 0, log.size, true);
}

/** entries: those of one bundle, number `index` of 256 each, as bytes; not verified. */
export async function entries(log, index) {
	const width = Math.min(TILE, log.size - index * TILE);
	const bytes = await get(`bb/${log.uuid}/${tilePath("entries", index, width)}`);
	const list = [];

	for (let at = 0; at < bytes.length;) {
		const length = bytes[at] * 256 + bytes[at + 1];

		list.push(bytes.subarray(at + 2, at + 2 + length));
		at += 2 + length;
	}
	if (list.length !== width) {
		throw new Refusal("log.proof");
	}
	return list;
}

/* entry: one, verified to stand there. */
async function entry(log, index) {
	const bundle = await entries(log, Math.floor(index / TILE));
	const bytes = bundle[index % TILE];

	await verifyInclusion({
		leaf: await leafHash(bytes),
		index,
		size: log.size,
		proof: await inclusion(log, index),
		root: log.root,
	});
	return bytes;
}

/**
 * openElection: what the log's first entry, which is proved, seals. Returns {log, setup, election, definition}; setup has the
 * hashes (hex) of election, trustees and credentials; definition: the bytes of vote.json, compared, or null where none is sealed.
 */
export async function openElection(uuid) {
	const log = await openLog(uuid);
	const event = readJson(textOf(await entry(log, 0)));

	if (event.type !== "Setup") {
		throw new Refusal("election.form", { field: "Setup" });
	}
	const setup = readJson(textOf(await object(uuid, event.payload)));
	const election = await readElection(await object(uuid, setup.election));

	if (election.uuid !== uuid) {
		throw new Refusal("election.uuid");
	}
	let definition = null;

	if (election.definitionHash !== null) {
		definition = await get(`bb/${uuid}/vote.json`);
		if (hex(await sha256(definition)) !== election.definitionHash) {
			throw new Refusal("definition.hash", { sealed: election.definitionHash, is: hex(await sha256(definition)) });
		}
	}
	return { log, setup, election, definition };
}

/** cast sends a ballot, with its hints where the board asks for them. Returns the receipt's bytes. BoardError. */
export function cast(uuid, text, hints) {
	const type = hints === null ? "application/json" : "application/vnd.urne.hinted-ballot";
	const body = hints === null ? text : new Blob([text, "\n", hints]);

	return ask(`bb/${uuid}/ballots`, { method: "POST", headers: { "Content-Type": type }, body });
}

/** receiptOf: the receipt of a ballot that the board has, by its hash (hex). */
export function receiptOf(uuid, hash) {
	return get(`bb/${uuid}/receipt/${hash}`);
}
