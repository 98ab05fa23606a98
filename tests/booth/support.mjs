// SPDX-License-Identifier: EUPL-1.2
// What the tests of the booth's core share: files of the repository, the C side of a comparison, refusals.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { webcrypto } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { refusals } from "../../booth/js/core/refusal.js";

// Node 18 has it in its module only.
globalThis.crypto ??= webcrypto;

export const TOP = process.env.TOP ?? join(dirname(fileURLToPath(import.meta.url)), "../..");
export const PEER = process.env.URNE_BOOTH_PEER ?? join(TOP, "build/gcc/tests/interop/booth_peer");

const work = mkdtempSync(join(tmpdir(), "urne-booth-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));

let files = 0;

/** A file of its own with this content. */
export function fileOf(content) {
	const path = join(work, String(files++));
	writeFileSync(path, content);
	return path;
}

export function readText(path) {
	return readFileSync(join(TOP, path), "utf8");
}

export function readBytes(path) {
	return new Uint8Array(readFileSync(join(TOP, path)));
}

export function peer(...args) {
	return execFileSync(PEER, args, { maxBuffer: 1 << 28 });
}

/** The C program's verdict on a ballot: "good", or its sentence. */
export function verdict(election, text, hints) {
	const more = hints === undefined ? [] : [fileOf(hints)];
	const run = spawnSync(PEER, ["check", fileOf(election.bytes), fileOf(text), ...more], { encoding: "utf8" });
	return run.stdout.trim() || run.stderr;
}

/** That something is refused with this code, and with these parameters when they are given. */
export async function refuses(code, what, params) {
	try {
		await (typeof what === "function" ? what() : what);
	} catch (e) {
		assert.equal(e.code, code, e.stack);
		assert.deepEqual(Object.keys(e.params).sort(), [...refusals[code]].sort(), code);
		if (params !== undefined) {
			assert.deepEqual(e.params, params);
		}
		return;
	}
	assert.fail(`not refused: ${code} was expected`);
}

/** A copy of a text with one piece replaced; the piece must be there. */
export function changed(text, from, to) {
	assert.ok(text.includes(from), `no ${from} in the text`);
	return text.replace(from, to);
}
