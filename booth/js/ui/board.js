// SPDX-License-Identifier: EUPL-1.2
// The board as a page sees it: addresses, what is fetched from them, and nothing believed that can be checked. What the
// log's key has signed is verified against the key that came with the page (pinned.js); what has a hash is compared.
// Spec: docs/log.md, docs/openapi.json

import { hex, sha256, textOf } from "../core/bytes.js";
import { readElection } from "../core/election.js";
import { readEvent, readSetupData } from "../core/event.js";
import { readJson } from "../core/json.js";
import { Refusal } from "../core/refusal.js";
import { entriesOfBundle, consistencyFromTiles, inclusionFromTiles } from "../core/tiles.js";
import { leafHash, readCheckpoint, readKey, tilePath, verifyInclusion } from "../core/tlog.js";
import { service } from "../pinned.js";

const TILE = 256;
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

/* answer: the Response to a request; nothing of its body was read. */
async function answer(path, options) {
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
	return response;
}

async function ask(path, options) {
	const response = await answer(path, options);

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

function objectPath(uuid, hash) {
	if (!HASH_TEXT.test(hash)) {
		throw new Refusal("text.hex");
	}
	return `bb/${uuid}/objects/${hash}`;
}

/** objectLength: how many bytes the object with this hash has, as the board says before it sends any; Infinity if it does not. */
export async function objectLength(uuid, hash) {
	const response = await answer(objectPath(uuid, hash), { method: "HEAD" });
	const length = response.headers.get("Content-Length");

	await response.arrayBuffer(); // empty; a browser counts a body that nobody reads as broken off
	return length === null ? Infinity : Number(length);
}

/** object: what has this hash (hex), compared. */
export async function object(uuid, hash) {
	const bytes = await get(objectPath(uuid, hash));

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

/* A file of a log's tree, fetched once: it never changes. */
function tileOf(log) {
	return (path) => {
		if (!log.tiles.has(path)) {
			log.tiles.set(path, get(`bb/${log.uuid}/${path}`));
		}
		return log.tiles.get(path);
	};
}

/** inclusion: the proof that entry `index` stands in the log, from its tiles; verifyInclusion says whether it is one. */
export function inclusion(log, index) {
	return inclusionFromTiles(index, log.size, tileOf(log));
}

/** consistency: the proof that the log continues the tree of its first `size` entries, likewise. */
export function consistency(log, size) {
	return consistencyFromTiles(size, log.size, tileOf(log));
}

/** entries: those of one bundle, number `index` of 256 each, as bytes; not verified. */
export async function entries(log, index) {
	const width = Math.min(TILE, log.size - index * TILE);
	const path = tilePath("entries", index, width);
	const list = entriesOfBundle(await get(`bb/${log.uuid}/${path}`));

	if (list.length !== width) {
		throw new Refusal("log.tile", { path });
	}
	return list;
}

/** entryOf: one entry of a log, verified to stand there. */
export async function entryOf(log, index) {
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
	const event = readEvent(await entryOf(log, 0));

	if (event.type !== "Setup") {
		throw new Refusal("election.form", { field: "Setup" });
	}
	const setup = readSetupData(await object(uuid, event.payload));
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
