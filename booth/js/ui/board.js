// SPDX-License-Identifier: EUPL-1.2
// The board as a page sees it: addresses, what is fetched from them, and nothing believed that can be checked. What the
// log's key has signed is verified against the key that came with the page (pinned.js); what has a hash is compared.
// Spec: docs/log.md, docs/openapi.json

import { hex, sha256, textOf } from "../core/bytes.js";
import { readElection } from "../core/election.js";
import { readEvent, readSetupData } from "../core/event.js";
import { isObject, readJson } from "../core/json.js";
import { Refusal } from "../core/refusal.js";
import { entriesOfBundle, consistencyFromTiles, inclusionFromTiles } from "../core/tiles.js";
import { leafHash, readCheckpoint, readKey, tilePath, verifyConsistency, verifyInclusion } from "../core/tlog.js";
import { service } from "../pinned.js";
import { stages } from "./stage.js";

const TILE = 256;
const HASH = 32;
const HASH_TEXT = /^[0-9a-f]{64}$/;

/** The address of the board's first page; all others are below it. */
export const home = new URL("../../../", import.meta.url);

/* What every problem of a board begins with; answers without it are somebody else's, who knows nothing. */
const PROBLEM = "urn:urne:problem:";
const MAX_DETAIL = 500;
const MAX_RETRY = 600;
const RETRY = 5; // seconds, where nobody says
const PATIENCE = 120_000; // milliseconds; who answers later does not answer
const MAX_BODY = 2 ** 24; // bytes, of the longest document that a board takes; of what is longer no more is read

/**
 * What a board answers instead of what was asked. `kind` is 'unreachable', 'missing', 'busy' or 'refused', which are the
 * board's own word, 'failing' (the board, or somebody in front of it, failed or is not a board: what became of a request is
 * not known), 'long' (so is this answer, more than any board's) or 'strange' (an answer that is none); `problem` is the board's name for it, `detail` its own sentence, in
 * English; both may be empty. `retry` says after how many seconds it is worth trying again.
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

/* Nobody is told to wait for years, or for less than nothing. */
function secondsOf(text) {
	return /^[1-9][0-9]{0,3}$/.test(text ?? "") ? Math.min(Number(text), MAX_RETRY) : RETRY;
}

/* bodyOf: the bytes of an answer. BoardError: unreachable when it breaks off, long. */
async function bodyOf(response) {
	const reader = response.body.getReader();
	const pieces = [];
	let length = 0;

	try {
		for (let next = await reader.read(); !next.done && length <= MAX_BODY; next = await reader.read()) {
			pieces.push(next.value);
			length += next.value.length;
		}
	} catch {
		throw new BoardError("unreachable");
	}
	if (length > MAX_BODY) {
		reader.cancel();
		throw new BoardError("long");
	}
	return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

async function problemOf(response) {
	let body = null;

	try {
		body = JSON.parse(textOf(await bodyOf(response)));
	} catch {
		// not ours, a proxy's: its status has to do
	}
	const ours = typeof body?.type === "string" && body.type.startsWith(PROBLEM);
	const said = ours ? (body.detail ?? body.title) : "";
	const kinds = { 404: "missing", 429: "busy", ...(ours ? { 503: "busy" } : {}) };

	return new BoardError(kinds[response.status] ?? (ours && response.status < 500 ? "refused" : "failing"), {
		detail: typeof said === "string" ? said.slice(0, MAX_DETAIL) : "",
		problem: ours ? body.type.slice(PROBLEM.length) : "",
		retry: secondsOf(response.headers.get("Retry-After")),
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
			signal: AbortSignal.timeout(PATIENCE),
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
	return bodyOf(await answer(path, options));
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

/* An answer that is no signed document, so that whoever changes it on its way is not found out by a hash: its form is
 * looked at before a page is made of it. BoardError strange. */
async function unsigned(path, isSound) {
	let value = null;

	try {
		value = readJson(textOf(await get(path)));
	} catch (error) {
		if (error instanceof BoardError) {
			throw error;
		}
	}
	if (!isObject(value) || !isSound(value)) {
		throw new BoardError("strange");
	}
	return value;
}

function isMoment(v) {
	return v === undefined || (typeof v === "string" && !Number.isNaN(Date.parse(v)));
}

/** statusOf: where an election stands, as the board says it; nothing in it is signed. BoardError. */
export function statusOf(uuid) {
	return unsigned(
		`bb/${uuid}/status`,
		(s) =>
			s.election === uuid &&
			stages.log.includes(s.stage) &&
			stages.journal.includes(s.journal) &&
			Number.isSafeInteger(s.ballots) &&
			isMoment(s.opens) &&
			isMoment(s.closes),
	);
}

/** outcomeFile: what the board computed of the result of this election; nothing in it is signed. Refusal outcome.other; BoardError. */
export async function outcomeFile({ uuid, fingerprint, definitionHash }) {
	const outcome = await unsigned(`bb/${uuid}/outcome.json`, () => true);

	if (outcome.uuid !== uuid || outcome.fingerprint !== fingerprint || outcome.definition !== definitionHash) {
		throw new Refusal("outcome.other");
	}
	return outcome;
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

/* A file of a log's tree. Of a tile that is full by now, mirrors need not keep the states before; it begins with them. */
async function fileOf(uuid, path, begin) {
	const [full, width] = path.split(".p/");

	try {
		return await get(`bb/${uuid}/${path}`);
	} catch (error) {
		if (error.kind !== "missing" || width === undefined) {
			throw error;
		}
		return begin(await get(`bb/${uuid}/${full}`), Number(width));
	}
}

/* A tile of hashes, fetched once: it never changes. */
function tileOf(log) {
	return (path) => {
		if (!log.tiles.has(path)) {
			log.tiles.set(
				path,
				fileOf(log.uuid, path, (tile, width) => tile.subarray(0, HASH * width)),
			);
		}
		return log.tiles.get(path);
	};
}

/** inclusion: the proof that entry `index` stands in the log, from its tiles; verifyInclusion says whether it is one. */
export function inclusion(log, index) {
	return inclusionFromTiles(index, log.size, tileOf(log));
}

/**
 * continues: that of two checkpoints {size, root} of one log the larger continues the smaller, by a proof made of the
 * tiles. Refusal log.consistency, log.tile; BoardError: a tile does not come.
 */
export async function continues(uuid, one, other) {
	const [from, to] = one.size <= other.size ? [one, other] : [other, one];

	await verifyConsistency({
		from: from.size,
		fromRoot: from.root,
		to: to.size,
		toRoot: to.root,
		proof: await consistencyFromTiles(from.size, to.size, tileOf({ uuid, tiles: new Map() })),
	});
}

/** entries: those of one bundle, number `index` of 256 each, as bytes; not verified. */
export async function entries(log, index) {
	const width = Math.min(TILE, log.size - index * TILE);
	const path = tilePath("entries", index, width);
	const list = entriesOfBundle(await fileOf(log.uuid, path, (bundle) => bundle)).slice(0, width);

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
