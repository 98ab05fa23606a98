// SPDX-License-Identifier: EUPL-1.2
// Logs, notes and receipts with the vectors of tests/vectors, which programs made that share no code with either side.
import assert from "node:assert/strict";
import test from "node:test";
import { base64Bare, hex, sha256, unbase64, unhex, utf8 } from "../../booth/js/core/bytes.js";
import { isSignature, noteKey, readNote, readVerifierKey, verifyNote } from "../../booth/js/core/note.js";
import { readReceipt, verifyReceipt } from "../../booth/js/core/receipt.js";
import { readEvent, readSetupData } from "../../booth/js/core/event.js";
import { consistencyFromTiles, entriesOfBundle, inclusionFromTiles } from "../../booth/js/core/tiles.js";
import { keyOfLog, leafHash, nodeHash, readCheckpoint, readKey, tilePath, verifyConsistency, verifyInclusion } from "../../booth/js/core/tlog.js";
import { changed, readText, refuses } from "./support.mjs";

const tlog = JSON.parse(readText("tests/vectors/tlog/tlog.json"));
const notes = JSON.parse(readText("tests/vectors/notes/notes.json"));
const UUID = "8GpLcyFqQvDrUn";

const logKey = () => readVerifierKey(tlog.key.verifier);
const hashes = (list) => list.map(unbase64);

test("leaves, nodes and roots are those of the vectors", async () => {
	const leaves = await Promise.all(tlog.chain.events.map(({ event }) => leafHash(utf8(event))));
	assert.deepEqual(leaves.map(hex), tlog.chain.events.map(({ leaf }) => leaf));
	let level = leaves;
	while (level.length > 1) {
		level = await Promise.all(level.flatMap((h, i) => (i % 2 === 0 ? [nodeHash(h, level[i + 1])] : [])));
	}
	assert.equal(hex(level[0]), tlog.chain.roots[8]);
});

test("every proof of the vectors holds", async () => {
	const { roots, events, inclusion, consistency } = tlog.chain;
	const rootOf = (size) => unhex(roots[size]);
	for (const { index, size, proof } of inclusion) {
		await verifyInclusion({ leaf: unhex(events[index].leaf), index, size, proof: hashes(proof), root: rootOf(size) });
	}
	for (const { old, size, proof } of consistency) {
		await verifyConsistency({ from: old, fromRoot: rootOf(old), to: size, toRoot: rootOf(size), proof: hashes(proof) });
	}
	assert.ok(inclusion.length === 36 && consistency.length === 36);
	await verifyConsistency({ from: 0, fromRoot: rootOf(0), to: 8, toRoot: rootOf(8), proof: [] });
});

test("every proof that the vectors call wrong is refused", async () => {
	const kinds = {
		inclusion: (v) =>
			verifyInclusion({ leaf: unbase64(v.leaf), index: v.index, size: v.size, proof: hashes(v.proof), root: unbase64(v.root) }),
		consistency: (v) =>
			verifyConsistency({
				from: v.old,
				fromRoot: unbase64(v.old_root),
				to: v.size,
				toRoot: unbase64(v.root),
				proof: hashes(v.proof),
			}),
	};
	// an inner node in the place of a leaf leads to the root: whoever verifies hashes the entry
	const [note, wrong] = [true, false].map((is) => tlog.refused_proofs.filter(({ kind }) => (kind === "inclusion_note_only") === is));
	await kinds.inclusion(note[0]);
	assert.deepEqual([note.length, wrong.length], [1, 17]);
	for (const vector of wrong) {
		await assert.rejects(kinds[vector.kind](vector), { name: "Refusal" }, vector.why);
	}
	// each root by itself: the proof is right, and one of the two roots is another
	const { old, size, proof } = tlog.chain.consistency.find((v) => v.old === 3 && v.size === 8);
	const right = { from: old, fromRoot: unhex(tlog.chain.roots[old]), to: size, toRoot: unhex(tlog.chain.roots[size]), proof: hashes(proof) };
	await verifyConsistency(right);
	await refuses("log.consistency", verifyConsistency({ ...right, fromRoot: right.toRoot }), { from: "3", to: "8" });
	await refuses("log.consistency", verifyConsistency({ ...right, toRoot: right.fromRoot }));
	const claim = { leaf: unhex(tlog.chain.events[0].leaf), proof: [], root: unhex(tlog.chain.roots[1]) };
	await refuses("log.index", verifyInclusion({ ...claim, index: 1, size: 1 }), { index: "1", size: "1" });
	await refuses("log.index", verifyInclusion({ ...claim, index: 0, size: 0 }));
});

test("checkpoints are accepted and refused as the vectors say", async () => {
	const key = await logKey();
	for (const { why, accept, note } of tlog.checkpoint_notes) {
		const read = readCheckpoint(utf8(note), key);
		// "policy": C2SP leaves the choice, and we refuse
		await (accept === true ? read : assert.rejects(read, { name: "Refusal" }, why));
	}
	for (const { size, signed, cosigned } of tlog.checkpoints) {
		for (const note of [signed, cosigned]) {
			const checkpoint = await readCheckpoint(utf8(note), key);
			assert.deepEqual([checkpoint.origin, checkpoint.size], [tlog.chain.origin, size]);
			assert.equal(hex(checkpoint.root), tlog.chain.roots[size]);
		}
	}
});

test("the key of a service reads its logs, and no other's", async () => {
	const { bytes } = await logKey();
	const service = await noteKey("vote.example.org/bb", bytes);
	const note = utf8(tlog.checkpoints[8].signed);
	assert.equal((await readCheckpoint(note, service)).size, 8);
	assert.deepEqual((await keyOfLog(service, `vote.example.org/bb/${UUID}`)).id, (await logKey()).id);
	const { base64 } = await import("../../booth/js/core/bytes.js");
	assert.deepEqual((await readKey("vote.example.org/bb", base64(bytes))).id, service.id);
	for (const name of ["other.example.org/bb", "vote.example.org", "vote.example.org/b", "/bb"]) {
		await refuses("checkpoint.origin", readCheckpoint(note, await noteKey(name, bytes)));
	}
	await refuses("checkpoint.origin", keyOfLog(service, "vote.example.org/bb/a/b"));
	for (const name of ["vote.example.org/board", "/bb"]) {
		await refuses("checkpoint.origin", keyOfLog(await noteKey(name, bytes), `${name}/${UUID}`));
	}
	await refuses("checkpoint.origin", keyOfLog(service, "vote.example.org/bb/"));
});

test("notes are accepted and refused as the vectors say", async () => {
	assert.equal(hex((await readVerifierKey(notes.key.verifier)).bytes), notes.key.public);
	let refused = 0;
	for (const vector of notes.notes) {
		const verify = async () => verifyNote(readNote(utf8(vector.note)), await readVerifierKey(vector.key));
		if (vector.accept) {
			await verify();
		} else {
			refused++;
			await assert.rejects(verify, { name: "Refusal" }, vector.why);
		}
	}
	assert.ok(refused > 10, `${refused} notes refused`);
});

test("signatures of RFC 8032 verify, and with one bit changed they do not", async () => {
	for (const line of readText("tests/vectors/notes/rfc8032.tsv").split("\n").filter((l) => l !== "" && !l.startsWith("#"))) {
		const [publicKey, message, signature] = line.split("\t").slice(-3).map(unhex);
		const key = await noteKey("k", publicKey);
		assert.equal(await isSignature(key, message, signature), true, line);
		for (const at of [0, 40]) {
			const wrong = Uint8Array.from(signature);
			wrong[at] ^= 1;
			assert.equal(await isSignature(key, message, wrong), false);
		}
		// S + q: the same point, another spelling
		const q = 2n ** 252n + 27742317777372353535851937790883648493n;
		const s = BigInt(`0x${hex(Uint8Array.from(signature.slice(32)).reverse())}`) + q;
		const long = unhex(s.toString(16).padStart(64, "0")).reverse();
		assert.equal(await isSignature(key, message, Uint8Array.from([...signature.slice(0, 32), ...long])), false);
	}
});

test("keys that nobody made honestly are refused", async () => {
	const identity = "01".padEnd(64, "0");
	const order8 = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05";
	const notCanonical = "ee".padEnd(62, "f") + "7f";
	for (const bytes of [identity, order8, notCanonical, `${identity.slice(0, 62)}80`]) {
		await refuses("note.key", noteKey("k", unhex(bytes)), { why: "point" });
	}
	await refuses("note.key", noteKey("k", unhex("00")), { why: "length" });
	await refuses("note.name", noteKey("a b", unhex(notes.key.public)));
	await refuses("note.key", readVerifierKey(changed(notes.key.verifier, "+f", "+e")), { why: "hash" });
});

test("names of tiles are those of the vectors", () => {
	for (const { index, path } of tlog.index_paths) {
		assert.equal(tilePath(0, index), `tile/0/${path}`);
	}
	for (const name of Object.keys(tlog.tiles_8)) {
		assert.ok([tilePath(0, 0, 8), tilePath("entries", 0, 8)].includes(name), name);
	}
});

test("proofs made from tiles are those of the vectors, and hold at every size", async () => {
	const files = { ...tlog.tiles_8 };
	const small = async (path) => unhex(files[path]);
	for (const { index, size, proof } of tlog.chain.inclusion.filter((v) => v.size === 8)) {
		assert.deepEqual((await inclusionFromTiles(index, size, small)).map(hex), hashes(proof).map(hex));
	}
	for (const { old, size, proof } of tlog.chain.consistency.filter((v) => v.size === 8)) {
		assert.deepEqual((await consistencyFromTiles(old, size, small)).map(hex), hashes(proof).map(hex));
	}
	await refuses("log.index", consistencyFromTiles(9, 8, small), { index: "9", size: "8" });
	// a log of 700 entries, its tiles cut out of the levels of its tree
	const leaves = await Promise.all(Array.from({ length: 700 }, (_, i) => leafHash(utf8(`entry ${i}`))));
	const levels = [leaves];
	while (levels[levels.length - 1].length > 1) {
		const below = levels[levels.length - 1];
		levels.push(await Promise.all(Array.from({ length: below.length >> 1 }, (_, i) => nodeHash(below[2 * i], below[2 * i + 1]))));
	}
	const asked = new Set();
	const large = async (path) => {
		asked.add(path);
		const [, level, index, width] = /^tile\/(\d)\/(\d{3})(?:\.p\/(\d+))?$/.exec(path);
		const first = 256 * Number(index);
		return Uint8Array.from(levels[8 * Number(level)].slice(first, first + Number(width ?? 256)).flatMap((h) => [...h]));
	};
	const rootOf = async (list) => {
		if (list.length === 1) {
			return list[0];
		}
		const k = 2 ** Math.floor(Math.log2(list.length - 1));
		return nodeHash(await rootOf(list.slice(0, k)), await rootOf(list.slice(k)));
	};
	for (const size of [1, 2, 255, 256, 257, 511, 600, 700]) {
		const root = await rootOf(leaves.slice(0, size));
		for (const index of new Set([0, 1, 254, 255, 256, 300, size - 2, size - 1].filter((i) => i >= 0 && i < size))) {
			const proof = await inclusionFromTiles(index, size, large);
			await verifyInclusion({ leaf: leaves[index], index, size, proof, root });
		}
		for (const from of new Set([0, 1, 2, 3, 100, 255, 256, 257, 300, 512, size - 1, size].filter((n) => n >= 0 && n <= size))) {
			const fromRoot = from === 0 ? await sha256(new Uint8Array(0)) : await rootOf(leaves.slice(0, from));
			await verifyConsistency({ from, fromRoot, to: size, toRoot: root, proof: await consistencyFromTiles(from, size, large) });
		}
	}
	assert.ok(asked.has("tile/1/000.p/2") && asked.has("tile/0/002.p/188"), [...asked].join());
	await refuses("log.index", inclusionFromTiles(8, 8, small), { index: "8", size: "8" });
	await refuses("log.tile", inclusionFromTiles(0, 7, async () => new Uint8Array(8 * 32)), { path: "tile/0/000.p/7" });
});

test("entries come out of their bundle, and events are read in one form", async () => {
	const { events } = tlog.chain;
	const bundle = unhex(tlog.tiles_8["tile/entries/000.p/8"]);
	const entries = entriesOfBundle(bundle);
	assert.deepEqual(entries.map((e) => Buffer.from(e).toString()), events.map(({ event }) => event));
	assert.deepEqual(entriesOfBundle(new Uint8Array(0)), []);
	await refuses("log.tile", () => entriesOfBundle(bundle.subarray(0, bundle.length - 1)));
	await refuses("log.tile", () => entriesOfBundle(bundle.subarray(0, 1)));
	const read = entries.map(readEvent);
	assert.deepEqual(read.map(({ height }) => height), events.map((_, i) => i));
	assert.deepEqual([read[0].type, read[0].parent], ["Setup", null]);
	assert.equal(read[1].parent, events[0].event_hash);
	const text = events[1].event;
	for (const wrong of [`${text} `, changed(text, '"height":1', '"height":01'), changed(text, "Ballot", "Vote"), changed(text, '"height":1', '"height":"1"')]) {
		await assert.rejects(async () => readEvent(utf8(wrong)), { name: "Refusal" }, wrong);
	}
	assert.equal(readEvent(utf8(changed(text, '"height":1', '"height":"1073741824"'))).height, 2 ** 30);
	await refuses("event.form", () => readEvent(utf8(changed(text, '"height":1', '"height":1073741824'))));
	const h = (c) => c.repeat(64);
	const setup = JSON.stringify({ election: h("a"), trustees: h("b"), credentials: h("c") });
	assert.deepEqual({ ...readSetupData(utf8(setup)) }, JSON.parse(setup));
	for (const wrong of [`${setup}\n`, changed(setup, h("a"), h("A")), changed(setup, "trustees", "trustee")]) {
		await refuses("setup.form", () => readSetupData(utf8(wrong)));
	}
});

// A receipt as the board writes it, of the vectors' proof of a ballot.
function receiptOf({ proof, index }, more = {}) {
	const tracker = base64Bare(unhex(JSON.parse(tlog.chain.events[index].event).payload));
	return JSON.stringify({ format: "urne-receipt/1", election: UUID, tracker, height: index, ...more, proof });
}

const ofBallots = tlog.receipts.filter(({ index }) => JSON.parse(tlog.chain.events[index].event).type === "Ballot");

test("receipts hold, with the key of the log or of its service", async () => {
	const key = await logKey();
	const service = await noteKey("vote.example.org/bb", key.bytes);
	assert.ok(ofBallots.length > 0);
	for (const vector of ofBallots) {
		const receipt = readReceipt(utf8(receiptOf(vector)));
		for (const k of [key, service]) {
			const { checkpoint, event } = await verifyReceipt(receipt, UUID, k);
			assert.deepEqual([checkpoint.size, event.height], [vector.size, vector.index]);
		}
	}
});

test("each step of a receipt's check refuses what it is for", async () => {
	const key = await logKey();
	const vector = ofBallots[0];
	const good = receiptOf(vector);
	const verify = (text, uuid = UUID, k = key) => verifyReceipt(readReceipt(utf8(text)), uuid, k);
	await verify(good);
	const other = "a".repeat(43);
	const withOther = readReceipt(utf8(receiptOf(vector, { replaces: base64Bare(new Uint8Array(32)) })));
	assert.equal(withOther.replaces, base64Bare(new Uint8Array(32)));
	await verifyReceipt(withOther, UUID, key);

	await refuses("json.canonical", async () => verify(good.replace('"height":', '"height": ')));
	await refuses("receipt.form", async () => verify(good.replace("urne-receipt/1", "urne-receipt/2")));
	await refuses("text.base64", async () => verify(good.replace(/"tracker":"[^"]*"/, `"tracker":"${other}"`)));
	await refuses("receipt.form", async () => verify(good.replace("\\nindex ", "\\nindex 0")));
	await refuses("receipt.election", verify(good, "8GpLcyFqQvDrUm"));
	const elsewhere = good.replace(`"election":"${UUID}"`, '"election":"8GpLcyFqQvDrUm"');
	await refuses("receipt.origin", verify(elsewhere, "8GpLcyFqQvDrUm"));
	await refuses("receipt.height", verify(good.replace(`"height":${vector.index}`, `"height":${vector.index + 1}`)));
	await refuses("receipt.height", verify(good.replace(`\\nindex ${vector.index}`, `\\nindex ${vector.index + 1}`)));
	const tracker = base64Bare(new Uint8Array(32));
	await refuses("receipt.tracker", verify(good.replace(/"tracker":"[^"]*"/, `"tracker":"${tracker}"`)));
	await refuses("receipt.ballot", verifyReceipt(readReceipt(utf8(good)), UUID, key, utf8("another ballot")));
	// the event with another parent: the tree has no such leaf
	const event = tlog.chain.events[vector.index].event;
	const forged = Buffer.from(changed(event, '"parent":"', '"parent":"0').replace(/.","height/, '","height')).toString("base64");
	await refuses("log.proof", verify(good.replace(/extra [^\\]*/, `extra ${forged}`)));
	const setup = Buffer.from(tlog.chain.events[0].event).toString("base64");
	await refuses("receipt.event", verify(good.replace(/extra [^\\]*/, `extra ${setup}`)));
	const small = tlog.checkpoints[vector.index].signed;
	const [head] = JSON.parse(good).proof.split("\n\n");
	await refuses("receipt.size", verify(JSON.stringify({ ...JSON.parse(good), proof: `${head}\n\n${small}` })));
	await refuses("note.signature", verify(good.replace(/(\u2014 [^ ]+ .{20})./, (all, start) => start + (all.endsWith("A") ? "B" : "A"))));
});

test("of two receipts that convict a board both hold", async () => {
	const key = await logKey();
	const { index, a, b } = tlog.equivocation;
	const roots = [];
	for (const { event, proof, note, size } of [a, b]) {
		const checkpoint = await readCheckpoint(utf8(note), key);
		const leaf = await leafHash(utf8(event));
		await verifyInclusion({ leaf, index, size, proof: hashes(proof), root: checkpoint.root });
		roots.push(hex(checkpoint.root));
	}
	assert.notEqual(roots[0], roots[1]);
});
