// SPDX-License-Identifier: EUPL-1.2
// The forms that the core reads: bytes and their texts, JSON, groups, elections, credentials. And that every refusal is
// on the list from which pages make their sentences.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import * as bytes from "../../booth/js/core/bytes.js";
import { derive, readCredential, readCredentials } from "../../booth/js/core/credential.js";
import { readElection } from "../../booth/js/core/election.js";
import { faults } from "../../booth/js/core/choices.js";
import { groupOf, isScalarText, modulo } from "../../booth/js/core/group.js";
import { readJson, writeJson } from "../../booth/js/core/json.js";
import { Refusal, refusals } from "../../booth/js/core/refusal.js";
import { streamOf } from "../../booth/js/core/stream.js";
import { TOP, changed, fileOf, peer, readText, refuses } from "./support.mjs";

test("bytes and their texts: one spelling each", async () => {
	const { base64, base64Bare, hex, unbase64, unbase64Bare, unhex } = bytes;
	const all = Uint8Array.from({ length: 256 }, (_, i) => i);
	for (let n = 0; n < 7; n++) {
		const part = all.slice(100, 100 + n);
		assert.equal(base64(part), Buffer.from(part).toString("base64"));
		assert.deepEqual(unbase64(base64(part)), part);
		assert.deepEqual(unbase64Bare(base64Bare(part)), part);
	}
	assert.deepEqual(unhex(hex(all)), all);
	assert.deepEqual(unbase64(base64(all)), all);
	for (const text of ["A", "AA", "AB==", "AA=", "AA===", "AAA", "A\n==", "-A==", "AA==AA=="]) {
		await refuses("text.base64", () => unbase64(text));
	}
	for (const text of ["A", "AB", "AA==", "AA A"]) {
		await refuses("text.base64", () => unbase64Bare(text));
	}
	for (const text of ["0", "AA", "0g", " 00"]) {
		await refuses("text.hex", () => unhex(text));
	}
	await refuses("text.utf8", () => bytes.textOf(Uint8Array.of(0xc3, 0x28)));
	assert.equal(bytes.textOf(Uint8Array.of(0xef, 0xbb, 0xbf)), "\ufeff");
	assert.equal(bytes.equal(Uint8Array.of(1, 2), Uint8Array.of(1, 2)), true);
	assert.equal(bytes.equal(Uint8Array.of(1, 2), Uint8Array.of(1)), false);
	assert.equal(bytes.equal(Uint8Array.of(), Uint8Array.of(0)), false);
});

test("JSON: no field twice, whole numbers, bounded depth, and one canonical text", async () => {
	assert.deepEqual(readJson(' {"a" : [1, -2,true ,null,"\\u00e9\\n"]}\n'), Object.assign(Object.create(null), { a: [1, -2, true, null, "é\n"] }));
	assert.equal(Object.getPrototypeOf(readJson('{"__proto__":1}')), null);
	await refuses("json.duplicate", () => readJson('{"a":1,\n "a":2}'), { line: 2, column: 2, field: "a" });
	await refuses("json.duplicate", () => readJson('{"a":1,"\\u0061":2}'));
	for (const text of ["", "{", "[1,]", "01", "1.0", "1e3", "-", "nul", '"\t"', '"\\x"', '"\\ud800"', "[1 2]", "{a:1}", "1 2", "9007199254740993", "'a'"]) {
		await refuses("json.syntax", () => readJson(text));
	}
	assert.equal(readJson(JSON.stringify("é\n".repeat(1e6))).length, 2e6);
	await refuses("json.depth", () => readJson("[".repeat(40) + "]".repeat(40)));
	assert.equal(writeJson({ b: ["\u007f\u0001\b\f\"\\/é", 3, false], a: {} }), '{"b":["\\u007f\\u0001\\b\\f\\"\\\\/é",3,false],"a":{}}');
});

test("a text becomes an element in one place: canonical, on the curve, in the subgroup", async () => {
	for (const name of ["Ed25519", "BELENIOS-2048", "RFC-3526-2048"]) {
		const group = groupOf(name);
		assert.ok(group.isIdentity(group.decode(group.encode(group.identity))));
		assert.ok(group.equal(group.decode(group.encode(group.g)), group.g));
		assert.ok(group.isIdentity(group.add(group.g, group.neg(group.g))));
		assert.ok(group.isIdentity(group.add(group.pow(group.g, group.q - 1n), group.g)));
		assert.ok(group.isIdentity(group.eighthPowers().pow(0n)));
		assert.deepEqual(group.encodeAll([group.identity, group.g]), [group.identity, group.g].map(group.encode));
		for (const text of ["", "0", "x", 1, null, `${group.encode(group.g)} `, `0${group.encode(group.g)}`]) {
			await refuses("group.element", () => group.decode(text));
		}
	}
	const ed = groupOf("Ed25519");
	const big = (n) => n.toString(16).padStart(64, "0");
	const p = 2n ** 255n - 19n;
	const bad = [big(p + 1n), big(p), big(1n + 2n ** 255n), big(2n), big(p - 1n), ed.encode(ed.g).toUpperCase().replace("6", "A")];
	// a member and a point of order 2 beside it
	const beside = ed.g.add(ed.g.constructor.fromAffine({ x: 0n, y: p - 1n }));
	for (const text of [...bad, big(beside.toAffine().y + ((beside.toAffine().x & 1n) << 255n))]) {
		await refuses("group.element", () => ed.decode(text));
	}
	const field = groupOf("RFC-3526-2048");
	const fieldPrime = 2n * field.q + 1n;
	// -1 is no square modulo a safe prime
	for (const n of [fieldPrime - 1n, fieldPrime, fieldPrime + 1n, fieldPrime + 4n]) {
		await refuses("group.element", () => field.decode(n.toString()));
	}
	await refuses("group.unknown", () => groupOf("toString"));
	assert.equal(modulo(ed, -1n), ed.q - 1n);
	assert.deepEqual(["0", "7", (ed.q - 1n).toString()].map((s) => isScalarText(ed, s)), [true, true, true]);
	assert.deepEqual(["", "07", "-1", ed.q.toString(), 7].map((s) => isScalarText(ed, s)), [false, false, false, false, false]);
});

test("the stream is ChaCha20 in its original form", () => {
	// draft-agl-tls-chacha20poly1305-04, section 7: key and nonce of zero, and the nonce 1
	const zero = streamOf(new Uint8Array(32));
	assert.equal(bytes.hex(zero.bytes(32)), "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7");
	const second = streamOf(new Uint8Array(32));
	second.bytes(1);
	second.bytes(1);
	const third = bytes.hex(second.bytes(200));
	const again = streamOf(new Uint8Array(32));
	again.bytes(64);
	again.bytes(0);
	assert.equal(bytes.hex(again.bytes(70)), third.slice(0, 140));
});

test("typed credentials: spaces and hyphens anywhere, errors at their place", async () => {
	const text = "xTq4u-QDSzBX-iNzUm-6MEfKR";
	for (const typed of [text, "xTq4uQDSzBXiNzUm6MEfKR", " xTq4u QDSzBX\niNzUm\u2013 6MEfKR\t", "xTq4u\u00a0\u2011QDSzBX-iNz-Um6MEfKR", `\ufeff${text}`]) {
		assert.equal(readCredential(typed), text);
	}
	await refuses("credential.length", () => readCredential("xTq4u-QDSzBX"), { length: 11 });
	await refuses("credential.length", () => readCredential(""), { length: 0 });
	await refuses("credential.length", () => readCredential(`${text}1`), { length: 23 });
	await refuses("credential.character", () => readCredential("xTq4u-QDSzBX-iNz0m-6MEfKR"), { place: 15, character: "0" });
	await refuses("credential.character", () => readCredential("xTq4u-QDSzBX-iNzUm-6MEf\u{1f600}R"), { place: 21, character: "\u{1f600}" });
	assert.equal(readCredential("abcDEF234 xyz9Kn"), "abc-DEF-234-xyz-9Kn");
	await refuses("credential.checksum", () => readCredential("abc-DEF-234-xyz-9Km"));
	await refuses("credential.checksum", () => readCredential("acb-DEF-234-xyz-9Kn"));
});

test("the list of public credentials says who is on it, with what weight", async () => {
	const election = await readElection(new Uint8Array(peer("election", "Ed25519", fileOf('[{"answers":["A"],"min":0,"max":1,"question":"q"}]'))));
	const { publicText } = await derive(election, "xTq4u-QDSzBX-iNzUm-6MEfKR");
	const other = "0".repeat(64);
	const read = (list) => readCredentials(bytes.utf8(JSON.stringify(list)));
	assert.deepEqual(read([other, publicText]).find(publicText), { index: 1, weight: 1 });
	assert.equal(read([other]).find(publicText), null);
	const weighted = read([`${other},0`, `${publicText},12`]);
	assert.deepEqual([weighted.find(publicText), weighted.number, weighted.totalWeight], [{ index: 1, weight: 12 }, 2, 12]);
	for (const list of [[other, other], [`${other},1`, publicText], [other, `${publicText},1`], [`${other},01`], [`${other},1,anna`], [7]]) {
		await refuses("credentials.form", () => read(list));
	}
});

test("an election object is read strictly in what counts, and hashed as it is", async () => {
	const questions = '[{"answers":["A","B"],"blank":false,"min":0,"max":1,"question":"q"}]';
	const text = peer("election", "Ed25519", fileOf(questions)).toString();
	const read = (t) => readElection(bytes.utf8(t));
	const election = await read(text);
	assert.equal(election.fingerprintHex, bytes.hex(await bytes.sha256(bytes.utf8(text))));
	assert.equal(election.questions[0].text, questions.slice(1, -1));
	assert.notEqual((await read(`${text}\n`)).fingerprint, election.fingerprint);
	const key = /"public_key":"([0-9a-f]{64})"/.exec(text)[1];
	const cases = [
		['"version":1', '"version":2', "election.version"],
		['"name":"n"', '"name":1', "election.form"],
		['"uuid":"GnQagTgeJqLsvY"', '"uuid":"short"', "election.uuid"],
		['"Ed25519"', '"P-256"', "group.unknown"],
		[key, "1".padStart(64, "0"), "election.key"],
		[key, key.replace(/./, "g"), "election.key"],
		['"max":1', '"max":3', "election.question"],
		['"min":0', '"min":2', "election.question"],
		['"blank":false', '"blank":0', "election.question"],
		['"blank":false', '"more":0', "election.question"],
		['["A","B"]', "[]", "election.question"],
		['["A","B"]', '["A",7]', "election.question"],
		['"question":"q"', '"question":7', "election.question"],
		['"uuid"', '"vote_definition":"00","uuid"', "election.form"],
		[questions, "[]", "election.form"],
		['"name":"n"', '"name":"n","name":"m"', "json.duplicate"],
	];
	for (const [from, to, code] of cases) {
		await refuses(code, read(changed(text, from, to)));
	}
});

test("every refusal of the core is on the list, with its parameters, and none is there in vain", () => {
	const folder = join(TOP, "booth/js/core");
	const source = readdirSync(folder)
		.filter((name) => name !== "refusal.js")
		.map((name) => readText(`booth/js/core/${name}`))
		.join("\n");
	for (const code of Object.keys(refusals)) {
		assert.ok(source.includes(`"${code}"`), `nobody refuses with ${code}`);
	}
	for (const [, code] of source.matchAll(/new Refusal\(\s*"([^"]+)"/g)) {
		assert.ok(code in refusals, `${code} is not on the list`);
	}
	for (const key of Object.keys(faults)) {
		assert.ok(!(key in refusals), `${key} is a fault and a refusal`);
	}
	assert.ok(new Refusal("json.syntax") instanceof Error);
});
