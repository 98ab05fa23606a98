// SPDX-License-Identifier: EUPL-1.2
// The words of the pages: both languages say the same things with the same values, whatever the core refuses has a
// sentence, and no message is missing or left over.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import { refusals } from "../../booth/js/core/refusal.js";
import { en as enVote } from "../../booth/js/messages/en.js";
import { en as enMore } from "../../booth/js/messages/en_more.js";
import { fr as frVote } from "../../booth/js/messages/fr.js";
import { fr as frMore } from "../../booth/js/messages/fr_more.js";

const BOOTH = join(dirname(fileURLToPath(import.meta.url)), "../../booth");
const fr = { ...frVote, ...frMore };
const en = { ...enVote, ...enMore };
const values = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
const sources = ["js/ui", "js/vote", "js/observe", "js/result", "js/pages", "pages"].flatMap((folder) =>
	readdirSync(join(BOOTH, folder)).map((name) => readFileSync(join(BOOTH, folder, name), "utf8")),
);
const code = sources.join("\n");

test("French and English have the same messages with the same values", () => {
	assert.deepEqual(Object.keys(fr).sort(), Object.keys(en).sort());
	for (const key of Object.keys(fr)) {
		assert.deepEqual(values(fr[key]), values(en[key]), key);
		assert.notEqual(fr[key].trim(), "", key);
	}
});

test("whatever the core can refuse has a sentence, with no other values than the refusal has", () => {
	for (const [refusal, params] of Object.entries(refusals)) {
		const sentence = fr[`refusal.${refusal}`];
		assert.ok(sentence !== undefined, `no words for ${refusal}`);
		for (const name of values(sentence)) {
			assert.ok(params.includes(name), `${refusal} has no ${name}`);
		}
	}
});

test("every message that a page asks for is there, and none is left over", () => {
	const has = (key) => key in fr || (`${key}.one` in fr && `${key}.other` in fr);
	const named = [...code.matchAll(/\bt\(\s*"([^"]+)"/g), ...code.matchAll(/data-t="([^"]+)"/g)].map(([, key]) => key);
	assert.ok(named.length > 100);
	for (const key of named) {
		assert.ok(has(key), `no message ${key}`);
	}
	// keys that are put together in the code, such as t(`stage.${…}`)
	const starts = [...code.matchAll(/`([a-z.-]+)\.\$\{/g)].map(([, start]) => `${start}.`);
	for (const key of Object.keys(fr)) {
		const bare = key.replace(/\.(?:one|other)$/, "");
		assert.ok(
			code.includes(`"${key}"`) || code.includes(`"${bare}"`) || starts.some((start) => key.startsWith(start)),
			`nobody says ${key}`,
		);
	}
});

test("the page to vote finds its words in the half that it loads, and no word stands in both", () => {
	assert.deepEqual(Object.keys(frVote).sort(), Object.keys(enVote).sort());
	for (const key of Object.keys(frMore)) {
		assert.ok(!(key in frVote), `${key} stands twice`);
	}
	const reached = new Set();
	const reach = (path) => {
		if (!reached.has(path)) {
			reached.add(path);
			const text = readFileSync(path, "utf8");
			[...text.matchAll(/(?:from|import) "(\.[^"]+)"/g)]
				.map(([, to]) => join(dirname(path), to))
				.filter((to) => !to.endsWith("pinned.js"))
				.forEach(reach);
		}
	};
	reach(join(BOOTH, "js/pages/vote.js"));
	assert.ok(!reached.has(join(BOOTH, "js/messages/fr_more.js")));
	const said = [...reached].map((path) => readFileSync(path, "utf8")).join("\n");
	for (const key of Object.keys(frMore)) {
		const bare = key.replace(/\.(?:one|other)$/, "");
		assert.ok(!said.includes(`"${key}"`) && !said.includes(`"${bare}"`), `the page to vote says ${key}, which it does not load`);
	}
});

test("French uses the spaces that it wants before double signs", () => {
	for (const [key, text] of Object.entries(fr)) {
		assert.ok(
			!/[^\u00a0\u202f ][;!?»]/.test(text.replace(/\{\w+\}/g, "x").replace(/[;!?»]{2}/g, "")),
			`${key}: ${text}`,
		);
		assert.ok(!/ [:;!?»]|« /.test(text), `${key}: a space that breaks: ${text}`);
	}
});
