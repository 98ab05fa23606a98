// SPDX-License-Identifier: EUPL-1.2
// The journal as a page reads it: what officials ordered and what the board recorded, each entry in the tree that the log's key
// has signed, each signature under an order verified with the key that the journal itself made known before.
// Spec: docs/journal.md

import { equal, textOf, utf8 } from "../core/bytes.js";
import { readEvent } from "../core/event.js";
import { readJson } from "../core/json.js";
import { readNote, readVerifierKey, verifyNote } from "../core/note.js";
import { Refusal } from "../core/refusal.js";
import { leafHash, nodeHash } from "../core/tlog.js";
import { entries, object, openLog } from "./board.js";

const BUNDLE = 256;
const FIRST_ARGUMENT = 5;

/* rootOf: of the tree with these leaf hashes. */
async function rootOf(leaves) {
	if (leaves.length === 1) {
		return leaves[0];
	}
	const k = 2 ** Math.floor(Math.log2(leaves.length - 1));

	return nodeHash(await rootOf(leaves.slice(0, k)), await rootOf(leaves.slice(k)));
}

/* all entries of a log, which give its signed root. */
async function everything(log) {
	const list = [];

	for (let bundle = 0; bundle * BUNDLE < log.size; bundle++) {
		list.push(...(await entries(log, bundle)));
	}
	if (!equal(await rootOf(await Promise.all(list.map(leafHash))), log.root)) {
		throw new Refusal("log.proof");
	}
	return list;
}

async function signersOf(note, keys) {
	const names = [];

	for (const key of keys) {
		try {
			await verifyNote(note, key);
			names.push(key.name);
		} catch (error) {
			if (!(error instanceof Refusal)) {
				throw error;
			}
			// somebody else's line, or none: only what verifies is named
		}
	}
	return names;
}

/* order: an order's note as data. */
async function order(note, keys) {
	const lines = note.text.slice(0, -1).split("\n");
	const split = lines
		.slice(FIRST_ARGUMENT)
		.map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]);

	return {
		kind: lines[2],
		election: lines[3] === "-" ? null : lines[3],
		args: Object.fromEntries(split),
		signers: await signersOf(note, keys),
	};
}

/**
 * readJournal: {name, log, entries: [{height, at, kind, election|null, args, signers}]}; kind is an order's action or a record's kind.
 * Null when the board keeps no journal.
 */
export async function readJournal() {
	let log;

	try {
		log = await openLog("journal");
	} catch (error) {
		if (error.kind === "missing") {
			return null;
		}
		throw error;
	}
	const events = (await everything(log)).map(readEvent);
	const payloads = await Promise.all(events.map(async (e) => readJson(textOf(await object("journal", e.payload)))));
	const [genesis, ...rest] = payloads;
	const keys = await Promise.all(
		[...genesis.officials, genesis.registrar].filter((k) => k !== undefined).map(readVerifierKey),
	);
	const list = [];

	for (const [i, payload] of rest.entries()) {
		const { at } = payload;
		const what =
			payload.order === undefined
				? { kind: payload.record, election: payload.election ?? null, args: payload, signers: [] }
				: await order(readNote(utf8(payload.order)), keys);

		if (what.kind === "enrol") {
			keys.push(await readVerifierKey(what.args.official));
		}
		list.push({ height: i + 1, at, ...what });
	}
	return { name: genesis.name, entries: list, log };
}
